//! Sealing for one device alone: indexes, drafts, the outbox's bookkeeping.
//!
//! ```text
//! local  = version ‖ suite ‖ nonce[12] ‖ Seal(HKDF(local key, "local" ‖ purpose), nonce, plaintext; ad)
//! ad     = "local" ‖ version ‖ suite ‖ practice ‖ account ‖ device ‖ var purpose ‖ caller's bytes
//! ```

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::aead::{self, Cipher, NONCE, TAG};
use crate::bundle::UnlockedDevice;
use crate::codec::{Reader, SUITE, VERSION, Writer};
use crate::error::Result;
use crate::label::{derive, label};

const HEAD: usize = 2 + NONCE;

/// A cipher for one purpose, made ready; keep it while the device is unlocked. Erased when dropped.
pub struct LocalCipher {
    cipher: Cipher,
    ad: Vec<u8>,
}

impl LocalCipher {
    /// How much longer the sealed form is.
    pub const OVERHEAD: usize = HEAD + TAG;

    /// Seals; `ad` names what is sealed (a segment's number, a draft's record) and must be given again to open.
    pub fn seal(&self, rng: &mut dyn CryptoRng, ad: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let mut buffer = Vec::with_capacity(plaintext.len() + Self::OVERHEAD);
        buffer.extend_from_slice(&[0; HEAD]);
        buffer.extend_from_slice(plaintext);
        self.seal_from(rng, ad, &mut buffer);
        buffer
    }

    /// Replaces the plaintext in `buffer` by its sealed form; the plaintext's memory is written over where it stands.
    /// Give the buffer [`Self::OVERHEAD`] bytes of spare capacity: a buffer that must grow leaves its old memory behind.
    pub fn seal_in_place(&self, rng: &mut dyn CryptoRng, ad: &[u8], buffer: &mut Vec<u8>) {
        buffer.splice(..0, [0; HEAD]);
        self.seal_from(rng, ad, buffer);
    }

    /// Opens into a buffer that erases itself.
    pub fn open(&self, ad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let mut buffer = Zeroizing::new(sealed.to_vec());
        self.open_in_place(ad, &mut buffer)?;
        Ok(buffer)
    }

    /// Replaces the sealed form in `buffer` by the plaintext. On an error the buffer's content is of no use.
    pub fn open_in_place(&self, ad: &[u8], buffer: &mut Vec<u8>) -> Result<()> {
        let mut r = Reader::object(buffer)?;
        let nonce = r.array()?;
        let len = self.cipher.open_tagged(&nonce, &self.ad(ad), &mut buffer[HEAD..])?.len();
        buffer.copy_within(HEAD..HEAD + len, 0);
        zeroize::Zeroize::zeroize(&mut buffer[len..]);
        buffer.truncate(len);
        Ok(())
    }

    fn seal_from(&self, rng: &mut dyn CryptoRng, ad: &[u8], buffer: &mut Vec<u8>) {
        let nonce = aead::nonce(rng);
        buffer[..2].copy_from_slice(&[VERSION, SUITE]);
        buffer[2..HEAD].copy_from_slice(&nonce);
        let tag = self.cipher.seal(&nonce, &self.ad(ad), &mut buffer[HEAD..]);
        buffer.extend_from_slice(&tag);
    }

    fn ad(&self, ad: &[u8]) -> Vec<u8> {
        [&self.ad[..], ad].concat()
    }
}

impl fmt::Debug for LocalCipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LocalCipher(redacted)")
    }
}

impl UnlockedDevice {
    /// The cipher of a purpose, for instance `"index"`; purposes cannot open each other's bytes.
    pub fn local_cipher(&self, purpose: &str) -> LocalCipher {
        let key = derive(self.keys.local.as_ref(), "local", &[purpose.as_bytes()]);
        let mut w = Writer::part();
        w.fixed(&label("local")).u8(VERSION).u8(SUITE);
        w.fixed(self.ids.practice.as_bytes()).fixed(self.ids.account.as_bytes()).fixed(self.ids.device.as_bytes());
        w.var(purpose.as_bytes());
        LocalCipher { cipher: Cipher::new(&key), ad: w.finish() }
    }

    /// Seals once; for more than one call keep a [`LocalCipher`].
    pub fn local_seal(&self, rng: &mut dyn CryptoRng, purpose: &str, ad: &[u8], plaintext: &[u8]) -> Vec<u8> {
        self.local_cipher(purpose).seal(rng, ad, plaintext)
    }

    /// Opens once; for more than one call keep a [`LocalCipher`].
    pub fn local_open(&self, purpose: &str, ad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.local_cipher(purpose).open(ad, sealed)
    }
}

#[cfg(test)]
mod tests;
