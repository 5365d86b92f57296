//! Ed25519 with a label: `Sign(name, x)` is over `label(name) ‖ practice id ‖ x`; `verify_strict` only.

use core::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rand_core::CryptoRng;

use crate::ids::PracticeId;
use crate::label::{Secret, label, random};

pub(crate) const SIGNATURE: usize = 64;

/// The public half of a signing key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyKey([u8; 32]);

impl VerifyKey {
    /// From its 32 bytes (RFC 8032); not checked until used or put in a log.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Strict verification of a signature over exactly these bytes (the caller has put label and practice in).
    pub fn verify_raw(&self, message: &[u8], signature: &[u8; SIGNATURE]) -> bool {
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
    }

    pub(crate) fn verify(&self, name: &str, practice: &PracticeId, x: &[u8], signature: &[u8; SIGNATURE]) -> bool {
        self.verify_raw(&statement(name, practice, x), signature)
    }

    /// Whether this is a point of full order; others never enter a log.
    pub(crate) fn is_sound(&self) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| !key.is_weak())
    }
}

impl fmt::Debug for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerifyKey(")?;
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))?;
        f.write_str(")")
    }
}

/// A signing key. Erased when dropped.
#[derive(Clone)]
pub(crate) struct SignKey(SigningKey);

impl SignKey {
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self::from_seed(&random(rng))
    }

    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    pub fn seed(&self) -> Secret {
        Secret::new(self.0.to_bytes())
    }

    pub fn public(&self) -> VerifyKey {
        VerifyKey(self.0.verifying_key().to_bytes())
    }

    pub fn sign_raw(&self, message: &[u8]) -> [u8; SIGNATURE] {
        self.0.sign(message).to_bytes()
    }

    pub fn sign(&self, name: &str, practice: &PracticeId, x: &[u8]) -> [u8; SIGNATURE] {
        self.sign_raw(&statement(name, practice, x))
    }
}

fn statement(name: &str, practice: &PracticeId, x: &[u8]) -> Vec<u8> {
    [&label(name)[..], practice.as_bytes(), x].concat()
}
