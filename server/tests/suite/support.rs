//! A small built site and the whole router over it.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use server::{Site, host::Hosts, router};
use tower::ServiceExt;

/// A folder with a built site in `site`, gone with the value.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("ampoule-server-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        for (path, text) in FILES {
            let path = folder.site().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        std::fs::write(folder.0.join("secret.txt"), "secret").unwrap();
        folder
    }

    pub fn site(&self) -> PathBuf {
        self.0.join("site")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const FILES: &[(&str, &str)] = &[
    ("assets.json", ASSETS),
    ("pkg/ampoule.0123456789abcdef.js", "export default 1;"),
    ("pkg/ampoule.0123456789abcdef.js.br", "brotli"),
    ("pkg/worker.0123456789abcdef.js", "onmessage = null;"),
    ("pkg/plain.js", "1;"),
    ("sw.js", "// service worker"),
    ("offline.html", "<!doctype html><title>Ampoule</title>"),
    ("manifest.webmanifest", "{}"),
    ("icons/icon.svg", "<svg/>"),
];

const ASSETS: &str = r#"{
    "js": "/pkg/ampoule.0123456789abcdef.js",
    "wasm": "/pkg/ampoule.0123456789abcdef.wasm",
    "css": "/pkg/ampoule.0123456789abcdef.css",
    "start": "/pkg/start.0123456789abcdef.js",
    "policy": "/pkg/policy.0123456789abcdef.js"
}"#;

pub struct Server {
    router: Router,
    _folder: Folder,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
    }
}

impl Server {
    pub async fn start() -> Self {
        let folder = Folder::new();
        let api = api::open(&format!("sqlite://{}/ampoule.db", folder.0.display())).await.unwrap();
        let site = Site::open(&folder.site()).unwrap();
        let router = router(api, &site, Hosts::new(["clinic.lan".to_owned()]));
        Self { router, _folder: folder }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, "localhost:4870").body(Body::empty()).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
