//! The keys of a device: one account in one browser profile.
//!
//! ```text
//! device public = device[16] ‖ signing key[32] ‖ access key[32] ‖ HPKE key[1216]
//! stub          = version ‖ suite ‖ practice[32] ‖ account[16] ‖ device[16] ‖ kdf ‖ Secret Key[16] ‖ access seed[32]
//! ```
//! The stub stands unsealed on disk. Without the share that the server keeps, nothing on disk can be tested against a password.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::codec::{Reader, Writer};
use crate::error::Result;
use crate::ids::{AccountId, DeviceId, PracticeId};
use crate::kdf::Kdf;
use crate::kem::{self, HpkePublic, HpkeSeed};
use crate::kit::{Kit, SecretKey};
use crate::label::{Secret, random};
use crate::sign::{SignKey, VerifyKey};

/// The public half of a device, as the log holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DevicePublic {
    /// The device.
    pub device: DeviceId,
    /// Checks commits and log entries.
    pub signing: VerifyKey,
    /// Checks that a request comes from this device, before anything is unlocked.
    pub access: VerifyKey,
    /// Receives epoch keys.
    pub hpke: HpkePublic,
}

impl DevicePublic {
    pub(crate) fn write(&self, w: &mut Writer) {
        w.fixed(self.device.as_bytes()).fixed(self.signing.as_bytes()).fixed(self.access.as_bytes());
        w.fixed(self.hpke.as_bytes());
    }

    pub(crate) fn read(r: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            device: DeviceId::from_bytes(r.array()?),
            signing: VerifyKey::from_bytes(r.array()?),
            access: VerifyKey::from_bytes(r.array()?),
            hpke: HpkePublic::from_bytes(r.take(kem::PUBLIC)?)?,
        })
    }
}

/// The private keys of a device. Erased when dropped.
#[derive(Clone)]
pub struct DeviceKeys {
    pub(crate) device: DeviceId,
    pub(crate) signing: SignKey,
    pub(crate) hpke: HpkeSeed,
    pub(crate) local: Secret,
    pub(crate) access: SignKey,
}

impl DeviceKeys {
    /// Fresh random keys and a fresh id.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self {
            device: DeviceId::generate(rng),
            signing: SignKey::generate(rng),
            hpke: HpkeSeed::generate(rng),
            local: random(rng),
            access: SignKey::generate(rng),
        }
    }

    /// The device's id.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The public halves.
    pub fn public(&self) -> DevicePublic {
        DevicePublic {
            device: self.device,
            signing: self.signing.public(),
            access: self.access.public(),
            hpke: self.hpke.public(),
        }
    }

    /// Signs exactly these bytes with the access key.
    pub fn sign_access(&self, message: &[u8]) -> [u8; 64] {
        self.access.sign_raw(message)
    }

    /// What this device keeps unsealed on disk.
    pub fn stub(&self, practice: PracticeId, kit: &Kit, kdf: Kdf) -> DeviceStub {
        DeviceStub {
            practice,
            account: kit.account,
            device: self.device,
            kdf,
            secret_key: kit.secret_key.clone(),
            access: self.access.clone(),
        }
    }
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKeys({})", self.device)
    }
}

/// What stands unsealed on a device's disk: enough to ask for the share and to derive keys from the password.
#[derive(Clone)]
pub struct DeviceStub {
    /// The practice.
    pub practice: PracticeId,
    /// The account.
    pub account: AccountId,
    /// The device.
    pub device: DeviceId,
    /// How the password was stretched when this stub was written; the account wrap has the last word.
    pub kdf: Kdf,
    /// The Secret Key of the kit.
    pub secret_key: SecretKey,
    pub(crate) access: SignKey,
}

impl DeviceStub {
    /// The kit, to derive [`crate::PersonKeys`].
    pub fn kit(&self) -> Kit {
        Kit { account: self.account, secret_key: self.secret_key.clone() }
    }

    /// Signs exactly these bytes with the access key.
    pub fn sign_access(&self, message: &[u8]) -> [u8; 64] {
        self.access.sign_raw(message)
    }

    /// The public access key.
    pub fn access_public(&self) -> VerifyKey {
        self.access.public()
    }

    /// To keep on disk.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut w = Writer::object();
        w.fixed(self.practice.as_bytes()).fixed(self.account.as_bytes()).fixed(self.device.as_bytes());
        self.kdf.write(&mut w);
        w.fixed(self.secret_key.bytes()).fixed(self.access.seed().as_ref());
        Zeroizing::new(w.finish())
    }

    /// From disk.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let stub = Self {
            practice: PracticeId::from_bytes(r.array()?),
            account: AccountId::from_bytes(r.array()?),
            device: DeviceId::from_bytes(r.array()?),
            kdf: Kdf::read(&mut r)?,
            secret_key: SecretKey::from_bytes(&r.array()?),
            access: SignKey::from_seed(&Zeroizing::new(r.array()?)),
        };
        r.finish()?;
        Ok(stub)
    }
}

impl fmt::Debug for DeviceStub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceStub({} of {})", self.device, self.account)
    }
}

/// 32 random bytes that the server keeps for a device and releases to a co-signed login. Erased when dropped.
#[derive(Clone)]
pub struct Share(Secret);

impl Share {
    /// As received from the server.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::new(bytes))
    }

    /// The bytes, to keep for *offline for N hours* only.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Share(redacted)")
    }
}

#[cfg(test)]
mod tests;
