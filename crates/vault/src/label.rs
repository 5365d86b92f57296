//! Domain separation: labels, labelled hashing and key derivation.
//!
//! `label(name)` is `"ampoule/v1/" ‖ name ‖ 0x00`. Names are unique within a primitive (hash prefix, HKDF info, signature
//! prefix, HPKE info, associated data), and the primitives never share an input.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const PREFIX: &[u8] = b"ampoule/v1/";

/// A secret of 32 bytes that erases itself.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

pub(crate) fn label(name: &str) -> Vec<u8> {
    [PREFIX, name.as_bytes(), &[0]].concat()
}

/// `H(label(name) ‖ parts…)`.
pub(crate) fn hash(name: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut h = Sha256::new();
    h.update(PREFIX);
    h.update(name.as_bytes());
    h.update([0]);
    parts.iter().for_each(|p| h.update(p));
    h.finalize().into()
}

/// A key from which several are derived: `HKDF-Extract(salt, ikm)` done once.
pub(crate) struct Deriver(Hkdf<Sha256>);

impl Deriver {
    /// `HKDF-Extract(salt = "", ikm)`.
    #[inline(never)]
    pub fn new(ikm: &[u8]) -> Self {
        Self(Hkdf::new(None, ikm))
    }

    pub fn salted(salt: &[u8], ikm: &[u8]) -> Self {
        Self(Hkdf::new(Some(salt), ikm))
    }

    /// `HKDF-Expand(prk, label(name) ‖ context…, 32)`.
    #[inline(never)]
    pub fn expand(&self, name: &str, context: &[&[u8]]) -> Secret {
        let mut info: Vec<&[u8]> = vec![PREFIX, name.as_bytes(), &[0]];
        info.extend_from_slice(context);
        let mut out = Zeroizing::new([0; 32]);
        self.0.expand_multi_info(&info, out.as_mut()).expect("32 bytes are within HKDF's limit");
        out
    }
}

/// `HKDF(ikm, label(name) ‖ context…)`.
pub(crate) fn derive(ikm: &[u8], name: &str, context: &[&[u8]]) -> Secret {
    Deriver::new(ikm).expand(name, context)
}

/// `HMAC-SHA-256(key, parts…)`.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut m = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    parts.iter().for_each(|p| m.update(p));
    m.finalize().into_bytes().into()
}

/// Fresh random bytes.
pub(crate) fn random<const N: usize>(rng: &mut dyn rand_core::CryptoRng) -> Zeroizing<[u8; N]> {
    let mut out = Zeroizing::new([0; N]);
    rand_core::Rng::fill_bytes(rng, out.as_mut());
    out
}
