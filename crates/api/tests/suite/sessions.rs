use wire::{Action, Code, SESSION_COOKIE};

use crate::support::{Device, Site, get, on_both_stores, post};

on_both_stores!(
    without_a_session_every_route_gives_nothing,
    a_session_of_enrolment_reaches_the_log_only,
    a_session_ends_with_logout,
    a_session_ends_when_it_is_not_used,
    a_token_is_not_stored,
    what_is_not_a_route_is_a_problem,
);

/// Every route that wants a session: method, path, and whether a session of enrolment is enough.
const GUARDED: &[(&str, &str, bool)] = &[
    ("POST", "/v1/logout", true),
    ("GET", "/v1/log?after=-1", true),
    ("POST", "/v1/log", true),
    ("GET", "/v1/commits?after=0", false),
    ("POST", "/v1/commits", false),
    ("POST", "/v1/envelopes", false),
    ("GET", "/v1/events", false),
];

async fn without_a_session_every_route_gives_nothing(site: Site) {
    Device::founder(&site).await;
    let forged = format!("{SESSION_COOKIE}={}", "ab".repeat(32));
    let short = format!("{SESSION_COOKIE}=ab");
    let odd = format!("other=1; {SESSION_COOKIE}=ü");
    for (method, path, _) in GUARDED {
        for cookie in [None, Some(&*forged), Some(&*short), Some("garbage")] {
            let request = if *method == "GET" { get(path, cookie) } else { post(path, cookie, vec![0; 64]) };
            let answer = site.send(request).await;
            assert_eq!(answer.code(), Code::NoSession, "{method} {path} with {cookie:?}");
        }
    }
    let mut request = get("/v1/log?after=-1", None);
    request.headers_mut().insert("cookie", axum::http::HeaderValue::from_bytes(odd.as_bytes()).unwrap());
    assert_eq!(site.send(request).await.code(), Code::NoSession);
}

async fn a_session_of_enrolment_reaches_the_log_only(site: Site) {
    Device::founder(&site).await;
    let mut device = Device::of(1, 2);
    device.login(&site, Action::Enrol).await.success();
    for (method, path, enough) in GUARDED.iter().filter(|route| route.1 != "/v1/logout") {
        let answer = match *method {
            "GET" => device.get(&site, path).await,
            _ => device.post(&site, path, vec![0; 64]).await,
        };
        match (*enough, *method) {
            (true, "GET") => drop(answer.success()),
            (true, _) => assert_eq!(answer.code(), Code::Malformed, "{path}: let in, and the body looked at"),
            (false, _) => assert_eq!(answer.code(), Code::NotFound, "{path}"),
        }
    }
}

async fn a_session_ends_with_logout(site: Site) {
    let device = Device::founder(&site).await;
    let answer = device.post(&site, "/v1/logout", Vec::new()).await;
    assert_eq!(answer.status, 204);
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(device.get(&site, "/v1/log?after=-1").await.code(), Code::NoSession);
}

async fn a_session_ends_when_it_is_not_used(site: Site) {
    let device = Device::founder(&site).await;
    for _ in 0..4 {
        site.pass(11 * 3600);
        device.get(&site, "/v1/log?after=-1").await.success();
    }
    site.pass(12 * 3600);
    assert_eq!(device.get(&site, "/v1/log?after=-1").await.code(), Code::NoSession);
}

async fn a_token_is_not_stored(site: Site) {
    let device = Device::founder(&site).await;
    let token = device.cookie.unwrap().split_once('=').unwrap().1.to_owned();
    assert_eq!(token.len(), 64);
    // Presenting what is stored (the hash) opens nothing.
    use sha2::{Digest, Sha256};
    let bytes: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&token[2 * i..2 * i + 2], 16).unwrap()).collect();
    let stored: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let cookie = format!("{SESSION_COOKIE}={stored}");
    assert_eq!(site.send(get("/v1/log?after=-1", Some(&cookie))).await.code(), Code::NoSession);
}

async fn what_is_not_a_route_is_a_problem(site: Site) {
    for path in ["/v1", "/v1/", "/v1/nothing", "/v1/commits/1", "/v1/login", "/v1/practice"] {
        assert_eq!(site.send(get(path, None)).await.code(), Code::NotFound, "{path}");
    }
    assert_eq!(site.send(post("/v1/state", None, Vec::new())).await.code(), Code::NotFound);
}
