//! What the server says to a browser, address by address.

use crate::support::{Answer, Server};
use axum::{
    body::Body,
    http::{Request, header},
};
use wire::{Code, Problem};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const HASHED: &str = "/pkg/ampoule.0123456789abcdef.js";

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_answer_carries_the_security_headers() {
    let server = Server::start().await;
    for path in [
        "/",
        "/patients",
        "/patients/abc/notes",
        "/no/such/page",
        HASHED,
        "/pkg/worker.0123456789abcdef.js",
        "/pkg/none.js",
        "/sw.js",
        "/offline.html",
        "/manifest.webmanifest",
        "/none.txt",
        "/v1/state",
        "/v1/none",
        "/v1/commits?after=0",
        "/../secret.txt",
    ] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "'wasm-unsafe-eval'",
            "style-src 'self';",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'none'",
            "worker-src 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types default",
        ] {
            assert!(policy.contains(part), "{path}: {part} is missing in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("permissions-policy").starts_with("camera=(self), "), "{path}");
        assert!(answer.headers.contains_key(header::CACHE_CONTROL), "{path}");
        for name in ["content-security-policy", "cache-control"] {
            assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{path}: one {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_has_a_nonce_of_its_own_and_no_code_without_it() {
    let server = Server::start().await;
    let (first, second) = (server.get("/").await, server.get("/").await);
    assert_eq!(first.status, 200);
    assert_eq!(first.header("cache-control"), "no-store");
    assert!(first.header("content-type").starts_with("text/html"));
    assert_ne!(nonce(&first), nonce(&second));
    assert!(first.body.starts_with("<!DOCTYPE html>"));
    for script in first.body.split("<script").skip(1) {
        let (attributes, rest) = script.split_once('>').unwrap();
        let is_own_nonce = attributes.contains(&format!("nonce=\"{}\"", nonce(&first)));
        let is_empty = rest.starts_with("</script>"); // a placeholder of the translations; a browser runs nothing
        assert!(attributes.contains("src=\"/pkg/") || is_own_nonce || is_empty, "<script{attributes}>");
    }
    for inline in ["<style", " style=", " onclick=", " onload=", "javascript:"] {
        assert!(!first.body.contains(inline), "{inline}");
    }
    // What a worker or a file is allowed does not depend on a nonce.
    assert!(!server.get("/sw.js").await.header("content-security-policy").contains("nonce"));
}

fn nonce(answer: &Answer) -> &str {
    let policy = answer.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).expect("a nonce").split('\'').next().unwrap();
    assert!(nonce.len() >= 16, "{nonce}");
    nonce
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shell_links_the_files_of_the_build() {
    let page = Server::start().await.get("/").await.body;
    for file in ["ampoule.0123456789abcdef.js", "ampoule.0123456789abcdef.css", "policy.0123456789abcdef.js"] {
        assert!(page.contains(&format!("\"/pkg/{file}\"")), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hashed_files_are_kept_and_others_asked_for_again() {
    let server = Server::start().await;
    let file = server.get(HASHED).await;
    assert_eq!(
        (file.status.as_u16(), &*file.body, file.header("cache-control")),
        (200, "export default 1;", IMMUTABLE)
    );
    assert!(file.header("content-type").starts_with("text/javascript"));
    for path in ["/pkg/plain.js", "/sw.js", "/offline.html", "/manifest.webmanifest", "/icons/icon.svg"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-cache"), "{path}");
    }
    let gone = server.get("/pkg/ampoule.ffffffffffffffff.js").await;
    assert_eq!((gone.status.as_u16(), gone.header("cache-control")), (404, "no-cache"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_compressed_file_is_sent_to_who_takes_it() {
    let server = Server::start().await;
    let request = Request::get(HASHED).header(header::HOST, "localhost").header(header::ACCEPT_ENCODING, "gzip, br");
    let answer = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((&*answer.body, answer.header("content-encoding")), ("brotli", "br"));
    assert_eq!(answer.header("cache-control"), IMMUTABLE);
    assert!(answer.header("content-type").starts_with("text/javascript"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_page_is_the_shell_and_an_unknown_file_is_not() {
    let server = Server::start().await;
    for path in ["/patients/0123/timeline", "/no/such/page", "/icons", "/icons/"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.starts_with("<!DOCTYPE html>"), "{path}");
    }
    for path in ["/pkg/none.0123456789abcdef.js", "/pkg/none", "/pkg/", "/none.js", "/icons/none.svg", "/.git/x.y"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("<html"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_of_the_api_is_a_problem() {
    let server = Server::start().await;
    for path in ["/v1/none", "/v1/", "/v1/commits/x.js"] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "application/problem+json"),
            "{path}"
        );
        let problem: Problem = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem.code, Code::NotFound, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_the_site_is_served() {
    let server = Server::start().await;
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/pkg/../../secret.txt",
        "/pkg/..%2f..%2fsecret.txt",
        "/pkg/%2e%2e/%2e%2e/secret.txt",
        "//secret.txt",
        "/icons/..%2f..%2fsecret.txt",
        "/%00secret.txt",
        "/pkg//etc/passwd",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret") && !answer.body.contains("root:"), "{path}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_a_foreign_name_is_refused() {
    let server = Server::start().await;
    for path in ["/", "/v1/state", HASHED] {
        for (host, status) in [
            (Some("clinic.lan:4870"), 200),
            (Some("192.168.1.5"), 200),
            (Some("evil.example"), 421),
            (Some("evil.example:4870"), 421),
            (None, 421),
        ] {
            let mut request = Request::get(path);
            if let Some(host) = host {
                request = request.header(header::HOST, host);
            }
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status, "{path} as {host:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_reading_is_possible_outside_the_api() {
    let server = Server::start().await;
    for path in ["/", "/patients", HASHED, "/sw.js"] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, 405, "{method} {path}");
        }
    }
}
