//! Bodies as postcard bytes; anything left over is refused.

use serde::{Serialize, de::DeserializeOwned};

/// The bytes are not a well-formed body of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed body")]
pub struct Malformed;

/// Encodes one body.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("a body of owned data always encodes")
}

/// Decodes one body; trailing bytes are an error.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(Malformed),
    }
}
