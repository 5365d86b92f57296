//! Requests to the router and what comes back.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde::de::DeserializeOwned;
use tower::ServiceExt;
use wire::{Code, Problem};

use super::Site;

pub const HOST: &str = "localhost:4870";
pub const ORIGIN: &str = "http://localhost:4870";

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        wire::decode(self.success()).expect("a body of the contract")
    }

    #[track_caller]
    pub fn success(&self) -> &[u8] {
        assert!(self.status.is_success(), "{:?}: {}", self.status, String::from_utf8_lossy(&self.body));
        &self.body
    }

    /// The body of a failure, which is always a problem.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        assert!(self.status.is_client_error() || self.status.is_server_error(), "{:?}", self.status);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem: Problem = serde_json::from_slice(&self.body).expect("a problem");
        assert_eq!(problem.status, self.status.as_u16());
        problem
    }

    #[track_caller]
    pub fn code(&self) -> Code {
        self.problem().code
    }

    /// The cookie that it sets, as a request sends it back.
    pub fn cookie(&self) -> Option<String> {
        let set = self.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        Some(set.split(';').next().unwrap().to_owned())
    }
}

pub fn get(path: &str, cookie: Option<&str>) -> Request<Body> {
    let mut request = Request::get(path).header(header::HOST, HOST);
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Body::empty()).unwrap()
}

pub fn post(path: &str, cookie: Option<&str>, body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::post(path).header(header::HOST, HOST).header(header::ORIGIN, ORIGIN);
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(body.into()).unwrap()
}

impl Site {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = api::router(self.api.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        assert_eq!(parts.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(parts.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
