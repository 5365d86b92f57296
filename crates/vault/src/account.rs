//! The account key and what it seals: the cold keys of a person.
//!
//! ```text
//! account wrap = version ‖ suite ‖ practice[32] ‖ account[16] ‖ kdf ‖ var slot_key ‖ var slot_secrets
//! slot_key     = slot("account-key", unlock key, account key[32];              ad = "account-key" ‖ fields before slot_key)
//! slot_secrets = slot("account-secrets", account key, signing seed[32] ‖ HPKE seed[32];
//!                                       ad = "account-secrets" ‖ practice ‖ account)
//! ```
//! A password change makes `slot_key` anew and copies `slot_secrets`.

use core::fmt;

use rand_core::CryptoRng;

use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PracticeId};
use crate::kdf::Kdf;
use crate::kem::{HpkePublic, HpkeSeed};
use crate::label::{Secret, label, random};
use crate::person::UnlockKey;
use crate::sign::{SignKey, VerifyKey};
use crate::slot;

/// The public half of an account, as the log holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountPublic {
    /// The account.
    pub account: AccountId,
    /// Checks logins.
    pub login: VerifyKey,
    /// Checks entries signed by the account.
    pub signing: VerifyKey,
    /// Receives epoch keys.
    pub hpke: HpkePublic,
}

impl AccountPublic {
    pub(crate) fn write(&self, w: &mut Writer) {
        w.fixed(self.account.as_bytes()).fixed(self.login.as_bytes()).fixed(self.signing.as_bytes());
        w.fixed(self.hpke.as_bytes());
    }

    pub(crate) fn read(r: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            account: AccountId::from_bytes(r.array()?),
            login: VerifyKey::from_bytes(r.array()?),
            signing: VerifyKey::from_bytes(r.array()?),
            hpke: HpkePublic::from_bytes(r.take(crate::kem::PUBLIC)?)?,
        })
    }
}

/// The key that stands between password and everything else. Erased when dropped.
#[derive(Clone)]
pub struct AccountKey(pub(crate) Secret);

/// The cold keys of an account, opened for enrolment, password change and recovery only. Erased when dropped.
pub struct AccountKeys {
    account: AccountId,
    key: AccountKey,
    pub(crate) signing: SignKey,
    pub(crate) hpke: HpkeSeed,
}

impl AccountKeys {
    /// Fresh random keys.
    pub fn generate(rng: &mut dyn CryptoRng, account: AccountId) -> Self {
        let key = AccountKey(random(rng));
        Self { account, key, signing: SignKey::generate(rng), hpke: HpkeSeed::generate(rng) }
    }

    /// Whose keys they are.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The account key, which also reopens the device bundle after a password change elsewhere.
    pub fn account_key(&self) -> &AccountKey {
        &self.key
    }

    /// The public halves, with the login key of the person.
    pub fn public(&self, login: VerifyKey) -> AccountPublic {
        AccountPublic { account: self.account, login, signing: self.signing.public(), hpke: self.hpke.public() }
    }

    /// Seals everything under the unlock key: the account wrap that the server keeps.
    pub fn seal(&self, rng: &mut dyn CryptoRng, practice: PracticeId, kdf: Kdf, unlock: &UnlockKey) -> Vec<u8> {
        let mut plain = zeroize::Zeroizing::new(Vec::with_capacity(64));
        plain.extend_from_slice(self.signing.seed().as_ref());
        plain.extend_from_slice(self.hpke.seed());
        let secrets =
            slot::seal(rng, "account-secrets", self.key.0.as_ref(), &secrets_ad(&practice, &self.account), &plain);
        self.with_secrets(rng, practice, kdf, unlock, &secrets)
    }

    /// Opens an account wrap. Practice and account must be those expected, whatever the server sent.
    pub fn open(practice: PracticeId, account: AccountId, wrap: &[u8], unlock: &UnlockKey) -> Result<Self> {
        let parsed = AccountWrap::parse(wrap)?;
        parsed.kdf.check()?;
        if (parsed.practice, parsed.account) != (practice, account) {
            return Err(Error::Open);
        }
        let key = open_exact(&slot::open("account-key", unlock.0.as_ref(), &key_ad(parsed.head), parsed.key)?)?;
        let ad = secrets_ad(&practice, &account);
        let plain = slot::open("account-secrets", key.as_ref(), &ad, parsed.secrets)?;
        let (signing, hpke) = plain.split_at_checked(32).ok_or(Error::Open)?;
        Ok(Self {
            account,
            key: AccountKey(key),
            signing: SignKey::from_seed(&*open_exact(signing)?),
            hpke: HpkeSeed::from_seed(open_exact(hpke)?),
        })
    }

    /// The wrap for a new password; refuses parameters lower than those of `old`.
    pub fn rewrap(&self, rng: &mut dyn CryptoRng, old: &[u8], kdf: Kdf, unlock: &UnlockKey) -> Result<Vec<u8>> {
        kdf.check()?;
        let old = AccountWrap::parse(old)?;
        if old.account != self.account {
            return Err(Error::Open);
        }
        if !kdf.may_replace(&old.kdf) {
            return Err(Error::KdfBelowFloor);
        }
        slot::open("account-secrets", self.key.0.as_ref(), &secrets_ad(&old.practice, &old.account), old.secrets)?;
        Ok(self.with_secrets(rng, old.practice, kdf, unlock, old.secrets))
    }

    fn with_secrets(
        &self,
        rng: &mut dyn CryptoRng,
        practice: PracticeId,
        kdf: Kdf,
        unlock: &UnlockKey,
        secrets: &[u8],
    ) -> Vec<u8> {
        let mut w = Writer::object();
        w.fixed(practice.as_bytes()).fixed(self.account.as_bytes());
        kdf.write(&mut w);
        let key = slot::seal(rng, "account-key", unlock.0.as_ref(), &key_ad(w.bytes()), self.key.0.as_ref());
        w.var(&key).var(secrets);
        w.finish()
    }
}

/// The readable part of an account wrap: what must be known to derive keys from the password.
#[derive(Clone, Copy, Debug)]
pub struct AccountWrap<'a> {
    /// The practice.
    pub practice: PracticeId,
    /// The account.
    pub account: AccountId,
    /// The parameters the password must be stretched with; check them before use.
    pub kdf: Kdf,
    head: &'a [u8],
    key: &'a [u8],
    secrets: &'a [u8],
}

impl<'a> AccountWrap<'a> {
    /// Reads the wrap without opening it.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let practice = PracticeId::from_bytes(r.array()?);
        let account = AccountId::from_bytes(r.array()?);
        let kdf = Kdf::read(&mut r)?;
        let head = r.read();
        let (key, secrets) = (r.var()?, r.var()?);
        r.finish()?;
        Ok(Self { practice, account, kdf, head, key, secrets })
    }
}

fn key_ad(head: &[u8]) -> Vec<u8> {
    [&label("account-key")[..], head].concat()
}

fn secrets_ad(practice: &PracticeId, account: &AccountId) -> Vec<u8> {
    [&label("account-secrets")[..], practice.as_bytes(), account.as_bytes()].concat()
}

pub(crate) fn open_exact(bytes: &[u8]) -> Result<Secret> {
    let mut out = Secret::default();
    if bytes.len() != out.len() {
        return Err(Error::Open);
    }
    out.copy_from_slice(bytes);
    Ok(out)
}

impl fmt::Debug for AccountKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountKeys({})", self.account)
    }
}

impl fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountKey(redacted)")
    }
}

#[cfg(test)]
mod tests;
