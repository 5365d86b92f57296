//! Only this server's own pages may post.

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, Method, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::Error;

/// The origin that a post came from (`http://localhost:4870`), found to be this server's.
#[derive(Clone, Debug)]
pub(crate) struct Origin(pub String);

impl Origin {
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Refuses posts whose `Origin` is missing or of another host than the request's, and anything that the browser says
/// comes from another site. Together with the cookie's `SameSite=Strict` this ends cross-site requests.
pub(crate) async fn same_origin(mut request: Request, next: Next) -> Response {
    let fetch_site = request.headers().get("sec-fetch-site").map(|site| site.as_bytes());
    if matches!(fetch_site, Some(b"cross-site" | b"same-site")) {
        return Error::Malformed("the request comes from another site").into_response();
    }
    if request.method() == Method::POST {
        let Some(origin) = own_origin(request.headers(), request.uri()) else {
            return Error::Malformed("the request does not come from a page of this server").into_response();
        };
        request.extensions_mut().insert(origin);
    }
    next.run(request).await
}

fn own_origin(headers: &HeaderMap, uri: &Uri) -> Option<Origin> {
    let origin = headers.get(header::ORIGIN)?.to_str().ok()?;
    let host = match headers.get(header::HOST) {
        Some(host) => host.to_str().ok()?,
        None => uri.authority()?.as_str(), // HTTP/2
    };
    let named = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))?;
    named.eq_ignore_ascii_case(host).then(|| Origin(origin.to_owned()))
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get().cloned().ok_or(Error::Malformed("the request has no origin"))
    }
}
