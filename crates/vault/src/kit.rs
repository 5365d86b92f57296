//! The kit: what a person prints and keeps, half of what opens their account.
//!
//! ```text
//! kit code = code("kit", version u8 ‖ account[16] ‖ Secret Key[16])     14 groups of 5
//! kit QR   = "AMPOULE-KIT:1:" ‖ code without hyphens ‖ ":" ‖ practice in hex ‖ ":" ‖ server address
//! ```
//! It has no URL scheme on purpose: a phone's camera must not offer to open it in a browser, whose history would keep it.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::code;
use crate::codec::VERSION;
use crate::error::{Error, Result};
use crate::ids::{AccountId, PracticeId};
use crate::label::random;

const QR: &str = "AMPOULE-KIT:1:";

/// 128 random bits that make guessing a password useless to whoever copies the server.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Zeroizing<[u8; 16]>);

impl SecretKey {
    pub(crate) fn from_bytes(bytes: &[u8; 16]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(redacted)")
    }
}

/// Account id and Secret Key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kit {
    /// Whose kit it is.
    pub account: AccountId,
    /// The half that only the kit and the person's devices hold.
    pub secret_key: SecretKey,
}

impl Kit {
    /// A new kit for a new account.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let account = AccountId::generate(rng);
        Self { account, secret_key: SecretKey(random(rng)) }
    }

    /// The code to print, in groups of five.
    pub fn to_code(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(vec![VERSION]);
        bytes.extend_from_slice(self.account.as_bytes());
        bytes.extend_from_slice(self.secret_key.bytes());
        code::encode("kit", &bytes)
    }

    /// Reads a typed code; the error names the first group that is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        let bytes = code::decode("kit", text, 33)?;
        let (version, rest) = bytes.split_first().ok_or(Error::Malformed)?;
        if *version != VERSION {
            return Err(Error::UpdateRequired);
        }
        let (account, secret) = rest.split_first_chunk::<16>().ok_or(Error::Malformed)?;
        let secret: &[u8; 16] = secret.try_into().map_err(|_| Error::Malformed)?;
        Ok(Self { account: AccountId::from_bytes(*account), secret_key: SecretKey::from_bytes(secret) })
    }
}

/// What the QR code on a kit holds: the code, and where and what to expect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KitQr {
    /// Account and Secret Key.
    pub kit: Kit,
    /// The practice that must be found there: the hash of its genesis.
    pub practice: PracticeId,
    /// The server's address, for instance `https://ampoule.example`.
    pub server: String,
}

impl KitQr {
    /// The text to put into the QR code.
    pub fn to_text(&self) -> Zeroizing<String> {
        let code = Zeroizing::new(self.kit.to_code().replace('-', ""));
        Zeroizing::new(format!("{QR}{}:{}:{}", *code, self.practice, self.server))
    }

    /// Reads a scanned text.
    pub fn parse(text: &str) -> Result<Self> {
        let mut parts = text.trim().strip_prefix(QR).ok_or(Error::Malformed)?.splitn(3, ':');
        let mut next = || parts.next().ok_or(Error::Malformed);
        let kit = Kit::parse(next()?)?;
        let practice = PracticeId::from_hex(next()?)?;
        let server = next()?.to_owned();
        if server.is_empty() { Err(Error::Malformed) } else { Ok(Self { kit, practice, server }) }
    }
}

#[cfg(test)]
mod tests;
