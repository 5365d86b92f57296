//! The routes of [`wire`], one file per subject.

mod commits;
mod events;
mod log;
mod login;
mod practice;

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};

use crate::{Api, Error, guard::same_origin};

/// Answers every path under `/v1`; what is not a route of the contract is a problem, never a page.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/state", get(practice::state))
        .route("/v1/practice", post(practice::found))
        .route("/v1/login/challenge", post(login::challenge))
        .route("/v1/login", post(login::login))
        .route("/v1/logout", post(login::logout))
        .route("/v1/log", get(log::page).post(log::append))
        .route("/v1/commits", get(commits::pull).post(commits::push))
        .route("/v1/envelopes", post(commits::envelopes))
        .route("/v1/events", get(events::events))
        .route("/v1", any(not_found))
        .route("/v1/", any(not_found))
        .route("/v1/{*rest}", any(not_found))
        .method_not_allowed_fallback(not_found)
        .layer(from_fn(same_origin))
        .layer(from_fn(private))
        .layer(from_fn(trace))
        .with_state(api)
}

async fn not_found() -> Error {
    Error::NotFound
}

/// No answer is kept by a cache or taken for another type than it says.
async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// One line per answer: route, status and duration; no parameters, no bodies.
async fn trace(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis() as u64);
    tracing::debug!(route = route.as_deref().unwrap_or("none"), status, ms, "answered");
    response
}

/// A postcard body or a frame.
fn binary(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, wire::CONTENT_TYPE)], bytes).into_response()
}
