//! Answers for accounts that do not exist, alike those for accounts that do.

use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use wire::KdfParams;

use crate::state::random;

/// The parameters that devices begin with; an unknown account seems to have kept them.
const USUAL_KDF: KdfParams = KdfParams { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

/// Stands in where there is no key to verify with, so that the work done is the same.
pub(crate) struct Decoy {
    public: [u8; 32],
}

impl Decoy {
    pub fn new() -> Self {
        Self { public: SigningKey::from_bytes(&random()).verifying_key().to_bytes() }
    }

    pub fn kdf(&self) -> KdfParams {
        USUAL_KDF
    }

    /// A public key whose secret half nobody has.
    pub fn public(&self) -> [u8; 32] {
        self.public
    }
}

/// Strict Ed25519 (no small-order keys, no malleable signatures). False for anything malformed.
pub(crate) fn verifies(public: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(public), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify_strict(message, &signature).is_ok()
}

/// Whether a public key can ever verify strictly.
pub(crate) fn is_usable(public: &[u8; 32]) -> bool {
    VerifyingKey::from_bytes(public).is_ok_and(|key| !key.is_weak())
}
