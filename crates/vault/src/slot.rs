//! A small sealed value with key commitment.
//!
//! ```text
//! slot = kc[32] ‖ nonce[12] ‖ Seal(HKDF(material, name), nonce, plaintext; ad)
//! kc   = HKDF(material, name ‖ "-commitment" ‖ 0 ‖ H("slot" ‖ ad))
//! ```
//! AES-GCM-SIV does not commit to its key; without `kc` one ciphertext could be made to open under two passwords.

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::aead::{self, Cipher, NONCE};
use crate::error::{Error, Result};
use crate::label::{Deriver, Secret, hash};

pub(crate) const OVERHEAD: usize = 32 + NONCE + aead::TAG;

pub(crate) fn seal(rng: &mut dyn CryptoRng, name: &str, material: &[u8], ad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let (key, kc) = keys(name, material, ad);
    let nonce = aead::nonce(rng);
    let mut out = Vec::with_capacity(OVERHEAD + plaintext.len());
    out.extend_from_slice(kc.as_ref());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(plaintext);
    let tag = Cipher::new(&key).seal(&nonce, ad, &mut out[32 + NONCE..]);
    out.extend_from_slice(&tag);
    out
}

pub(crate) fn open(name: &str, material: &[u8], ad: &[u8], slot: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let (kc, rest) = slot.split_at_checked(32).ok_or(Error::Malformed)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(Error::Malformed)?;
    let (key, expected) = keys(name, material, ad);
    if !bool::from(expected.ct_eq(kc)) {
        return Err(Error::Open);
    }
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let len = Cipher::new(&key).open_tagged(nonce, ad, &mut buffer)?.len();
    buffer.truncate(len);
    Ok(buffer)
}

fn keys(name: &str, material: &[u8], ad: &[u8]) -> (Secret, Secret) {
    let d = Deriver::new(material);
    let kc = d.expand(&format!("{name}-commitment"), &[&hash("slot", &[ad])]);
    (d.expand(name, &[]), kc)
}
