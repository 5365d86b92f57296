//! What a person's kit and password make: a login key and an unlock key.
//!
//! ```text
//! salt       = HKDF(Secret Key, "password-salt" ‖ account)
//! prk        = HKDF-Extract(salt = Secret Key, ikm = Argon2id(NFKC(password), salt))
//! login key  = Ed25519(seed = HKDF-Expand(prk, "login"))
//! unlock key = HKDF-Expand(prk, "unlock")
//! ```

use core::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::kdf::Kdf;
use crate::kit::Kit;
use crate::label::{Deriver, Secret, derive};
use crate::sign::{SignKey, VerifyKey};

/// Seals the account key, and with the device share the device bundle. Erased when dropped.
#[derive(Clone)]
pub struct UnlockKey(pub(crate) Secret);

impl fmt::Debug for UnlockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnlockKey(redacted)")
    }
}

/// Login key and unlock key of a person. Erased when dropped.
pub struct PersonKeys {
    login: SignKey,
    unlock: UnlockKey,
}

impl PersonKeys {
    /// Derives both; takes as long as `kdf` asks for. A wrong password gives other keys, never an error.
    pub fn derive(kit: &Kit, password: &str, kdf: Kdf) -> Result<Self> {
        let normal: Zeroizing<String> = Zeroizing::new(password.nfkc().collect());
        let salt = derive(kit.secret_key.bytes(), "password-salt", &[kit.account.as_bytes()]);
        let stretched = kdf.stretch(normal.as_bytes(), &salt)?;
        let prk = Deriver::salted(kit.secret_key.bytes(), stretched.as_ref());
        Ok(Self { login: SignKey::from_seed(&prk.expand("login", &[])), unlock: UnlockKey(prk.expand("unlock", &[])) })
    }

    /// What the server and the log know.
    pub fn login_public(&self) -> VerifyKey {
        self.login.public()
    }

    /// Signs exactly these bytes, which carry a label and everything they must bind.
    pub fn sign_login(&self, message: &[u8]) -> [u8; 64] {
        self.login.sign_raw(message)
    }

    /// The key that opens the account wrap and the bundle.
    pub fn unlock_key(&self) -> &UnlockKey {
        &self.unlock
    }
}

impl fmt::Debug for PersonKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonKeys(login {:?})", self.login_public())
    }
}

#[cfg(test)]
mod tests;
