//! Typed calls of the `wire` contract over the [`Transport`] port. Every answer is hostile until decoded.

use serde::{Serialize, de::DeserializeOwned};
use wire::{Code, Problem};

use crate::{
    failure::Failure,
    ports::{Answer, Method, Transport},
};

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    Unreachable,
    /// The server said no, in Ampoule's own words.
    Refused(Problem),
    /// Something answered that is not Ampoule (a proxy's page, a crash, another program).
    Confused {
        status: u16,
    },
}

impl CallError {
    pub fn code(&self) -> Option<Code> {
        match self {
            CallError::Refused(problem) => Some(problem.code),
            _ => None,
        }
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unreachable => Failure::ServerUnreachable,
            CallError::Confused { status } if status >= 500 => Failure::ServerFailed,
            CallError::Confused { .. } => Failure::ServerConfused,
            CallError::Refused(problem) => match problem.code {
                Code::LoginRefused => Failure::WrongPassword,
                Code::TooManyTries => Failure::TooManyTries { seconds: problem.retry_after_s.unwrap_or(30) },
                Code::PracticeExists => Failure::PracticeExists,
                Code::NoPractice => Failure::WrongServer,
                Code::DeviceRevoked => Failure::DeviceRevoked,
                Code::NotFound => Failure::NotFound,
                Code::NotAtHead | Code::OutOfSequence => Failure::Changed,
                Code::Storage => Failure::ServerFailed,
                Code::OtherEpoch => Failure::Unverified,
                _ => Failure::ServerConfused,
            },
        }
    }
}

/// POST with a postcard body, postcard answer.
pub async fn post<T: Transport, B: Serialize, R: DeserializeOwned>(
    transport: &T,
    path: &str,
    body: &B,
) -> Result<R, CallError> {
    decoded(&raw(transport, Method::Post, path, wire::encode(body)).await?)
}

/// GET with a postcard answer.
pub async fn get<T: Transport, R: DeserializeOwned>(transport: &T, path: &str) -> Result<R, CallError> {
    decoded(&raw(transport, Method::Get, path, Vec::new()).await?)
}

/// Bytes there and bytes back, for frames.
pub async fn raw<T: Transport>(transport: &T, method: Method, path: &str, body: Vec<u8>) -> Result<Vec<u8>, CallError> {
    let answer = transport.send(method, path, body).await.map_err(|_| CallError::Unreachable)?;
    if answer.status == 204 {
        return Ok(Vec::new());
    }
    if answer.status == 200 && answer.content_type.starts_with(wire::CONTENT_TYPE) {
        return Ok(answer.body);
    }
    Err(refusal(&answer))
}

fn decoded<R: DeserializeOwned>(body: &[u8]) -> Result<R, CallError> {
    wire::decode(body).map_err(|_| CallError::Confused { status: 200 })
}

fn refusal(answer: &Answer) -> CallError {
    if answer.content_type.starts_with("application/problem+json")
        && let Ok(problem) = serde_json::from_slice::<Problem>(&answer.body)
        && problem.status == answer.status
    {
        return CallError::Refused(problem);
    }
    CallError::Confused { status: answer.status }
}
