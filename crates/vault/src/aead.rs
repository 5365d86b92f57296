//! AES-256-GCM-SIV, in place, behind functions that are not generic: they are compiled in this crate, where optimisation
//! is set for speed.

use aes_gcm_siv::aead::{AeadInOut, KeyInit, inout::InOutBuf};
use aes_gcm_siv::{Aes256GcmSiv, Nonce, Tag};
use rand_core::CryptoRng;

use crate::error::{Error, Result};
use crate::label::random;

pub(crate) const NONCE: usize = 12;
pub(crate) const TAG: usize = 16;

/// A key made ready. Erased when dropped.
pub(crate) struct Cipher(Aes256GcmSiv);

impl Cipher {
    #[inline(never)]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Aes256GcmSiv::new(key.into()))
    }

    /// Seals `buffer` in place and returns the tag.
    #[inline(never)]
    pub fn seal(&self, nonce: &[u8; NONCE], ad: &[u8], buffer: &mut [u8]) -> [u8; TAG] {
        self.0
            .encrypt_inout_detached(&Nonce::from(*nonce), ad, InOutBuf::from(buffer))
            .expect("buffers are far below the limit of the mode")
            .into()
    }

    /// Opens `buffer` in place; on failure the content is of no use.
    #[inline(never)]
    pub fn open(&self, nonce: &[u8; NONCE], ad: &[u8], buffer: &mut [u8], tag: &[u8; TAG]) -> Result<()> {
        self.0
            .decrypt_inout_detached(&Nonce::from(*nonce), ad, InOutBuf::from(buffer), &Tag::from(*tag))
            .map_err(|_| Error::Open)
    }

    /// Opens `buffer ‖ tag` in place and returns the plaintext's part of it.
    pub fn open_tagged<'b>(&self, nonce: &[u8; NONCE], ad: &[u8], sealed: &'b mut [u8]) -> Result<&'b mut [u8]> {
        let at = sealed.len().checked_sub(TAG).ok_or(Error::Malformed)?;
        let (buffer, tag) = sealed.split_at_mut(at);
        let tag: &[u8; TAG] = (&*tag).try_into().map_err(|_| Error::Malformed)?;
        self.open(nonce, ad, buffer, tag)?;
        Ok(buffer)
    }
}

pub(crate) fn nonce(rng: &mut dyn CryptoRng) -> [u8; NONCE] {
    *random(rng)
}
