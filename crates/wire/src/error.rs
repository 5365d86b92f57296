//! Errors as the device sees them: `application/problem+json` (RFC 9457) with a stable code.

use serde::{Deserialize, Serialize};

/// What went wrong, for a program. The page maps codes to translated text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The body or a parameter is not what the route takes.
    Malformed,
    /// The body is larger than [`crate::MAX_BODY`].
    TooLarge,
    /// No session, or it has ended: log in again.
    NoSession,
    /// The login was not accepted; which part was wrong is not said.
    LoginRefused,
    /// Too many tries: wait `retry_after_s`.
    TooManyTries,
    /// The practice exists already; sign in.
    PracticeExists,
    /// Nobody has created the practice yet.
    NoPractice,
    /// The log has moved on: fetch it, look again, sign again.
    NotAtHead,
    /// The device's sequence does not continue what the server has.
    OutOfSequence,
    /// The device was revoked.
    DeviceRevoked,
    /// The server has another state than the cursor speaks of (it was restored).
    OtherEpoch,
    /// No such thing, or not for this session.
    NotFound,
    /// The server's storage is full or failing; nothing was stored.
    Storage,
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: Code,
    pub status: u16,
    /// English, for a developer's eyes; carries no data of the practice.
    pub title: String,
    /// Seconds to wait, with [`Code::TooManyTries`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}
