//! The one error of the API and its one mapping to HTTP.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sea_orm::DbErr;
use wire::{Code, Problem};

/// Why a request was not served. The messages are for a developer and carry no data of the practice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("malformed: {0}")]
    Malformed(&'static str),
    #[error("the body is too large")]
    TooLarge,
    #[error("no session, or it has ended")]
    NoSession,
    #[error("the login was not accepted")]
    LoginRefused,
    #[error("too many tries")]
    TooManyTries { retry_after_s: u32 },
    #[error("the practice exists already")]
    PracticeExists,
    #[error("there is no practice yet")]
    NoPractice,
    #[error("the log has moved on")]
    NotAtHead,
    #[error("the device's sequence does not continue what is stored")]
    OutOfSequence,
    #[error("the device was revoked")]
    DeviceRevoked,
    #[error("the cursor speaks of another state of this server")]
    OtherEpoch,
    #[error("no such thing, or not for this session")]
    NotFound,
    #[error("the storage is full or failing; nothing was stored")]
    Storage(#[source] DbErr),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Storage(error)
    }
}

impl From<wire::Malformed> for Error {
    fn from(_: wire::Malformed) -> Self {
        Self::Malformed("the body is not of the expected kind")
    }
}

impl From<axum::extract::rejection::QueryRejection> for Error {
    fn from(_: axum::extract::rejection::QueryRejection) -> Self {
        Self::Malformed("a parameter is missing or not a number")
    }
}

impl Error {
    fn parts(&self) -> (StatusCode, Code) {
        match self {
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, Code::Malformed),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge),
            Self::NoSession => (StatusCode::UNAUTHORIZED, Code::NoSession),
            Self::LoginRefused => (StatusCode::UNAUTHORIZED, Code::LoginRefused),
            Self::TooManyTries { .. } => (StatusCode::TOO_MANY_REQUESTS, Code::TooManyTries),
            Self::PracticeExists => (StatusCode::CONFLICT, Code::PracticeExists),
            Self::NoPractice => (StatusCode::NOT_FOUND, Code::NoPractice),
            Self::NotAtHead => (StatusCode::CONFLICT, Code::NotAtHead),
            Self::OutOfSequence => (StatusCode::CONFLICT, Code::OutOfSequence),
            Self::DeviceRevoked => (StatusCode::FORBIDDEN, Code::DeviceRevoked),
            Self::OtherEpoch => (StatusCode::CONFLICT, Code::OtherEpoch),
            Self::NotFound => (StatusCode::NOT_FOUND, Code::NotFound),
            Self::Storage(_) => (StatusCode::SERVICE_UNAVAILABLE, Code::Storage),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Storage(error) = &self {
            tracing::error!(kind = kind(error), "the storage failed");
        }
        let (status, code) = self.parts();
        let retry_after_s = match self {
            Self::TooManyTries { retry_after_s } => Some(retry_after_s),
            _ => None,
        };
        let problem = Problem { code, status: status.as_u16(), title: self.to_string(), retry_after_s };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The kind of a storage error, without its text, which may quote stored values.
fn kind(error: &DbErr) -> &'static str {
    match error {
        DbErr::ConnectionAcquire(_) => "no connection in time",
        DbErr::Conn(_) => "connection",
        DbErr::Exec(_) => "statement",
        DbErr::Query(_) => "query",
        DbErr::Type(_) | DbErr::TryIntoErr { .. } => "stored value of another type",
        _ => "other",
    }
}
