//! The bytes that a login signs.

use serde::{Deserialize, Serialize};

/// What a login is for; part of the signed bytes, so that one cannot be used as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Unlock an enrolled device: co-signed by its access key; answers its share.
    Unlock,
    /// Begin on a new device: answers the account wrap; the session may only read and append to the log.
    Enrol,
    /// Renew an ended session of an unlocked device, without its share: signed by the access key alone.
    Renew,
}

/// Bytes signed by the login key (and, for [`Action::Unlock`], by the device's access key; for [`Action::Renew`] by
/// the access key alone):
/// `"ampoule/v1/login" 0 ‖ practice[32] ‖ u32le len ‖ origin ‖ account[16] ‖ device[16] (zeros without) ‖ action u8 ‖ nonce[32]`.
///
/// `origin` is the origin that the client itself runs on (`http://localhost:4870`), so a relayed challenge fails.
pub fn login_message(
    practice: &[u8; 32],
    origin: &str,
    account: &[u8; 16],
    device: Option<&[u8; 16]>,
    action: Action,
    nonce: &[u8; 32],
) -> Vec<u8> {
    let mut message = Vec::with_capacity(128 + origin.len());
    message.extend_from_slice(b"ampoule/v1/login\0");
    message.extend_from_slice(practice);
    message.extend_from_slice(&(origin.len() as u32).to_le_bytes());
    message.extend_from_slice(origin.as_bytes());
    message.extend_from_slice(account);
    message.extend_from_slice(device.unwrap_or(&[0; 16]));
    message.push(match action {
        Action::Unlock => 1,
        Action::Enrol => 2,
        Action::Renew => 3,
    });
    message.extend_from_slice(nonce);
    message
}
