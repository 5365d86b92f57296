//! An epoch key sealed for one recipient.
//!
//! ```text
//! grant = recipient kind u8 ‖ recipient id[16] ‖ H("hpke" ‖ recipient's public key)[32] ‖ enc[1120] ‖ ct[48]
//! info  = "grant" ‖ practice ‖ scope u16 ‖ epoch u32 ‖ recipient kind ‖ recipient id ‖ H("hpke" ‖ public key)
//! ```

use rand_core::CryptoRng;

use super::entry::Principal;
use crate::codec::{Reader, Writer};
use crate::epoch::EpochKey;
use crate::error::{LogError, Result};
use crate::ids::{PracticeId, Scope};
use crate::kem::{HpkePublic, HpkeSeed, SEALED};
use crate::label::label;

/// Which key is granted.
#[derive(Clone, Copy)]
pub(crate) struct Epoch {
    pub practice: PracticeId,
    pub scope: Scope,
    pub number: u32,
}

#[derive(Clone)]
pub(crate) struct Grant {
    pub recipient: Principal,
    pub key: [u8; 32],
    sealed: Box<[u8; SEALED]>,
}

impl Grant {
    pub const ENCODED: usize = Principal::ENCODED + 32 + SEALED;

    pub fn seal(
        rng: &mut dyn CryptoRng,
        epoch: Epoch,
        recipient: Principal,
        public: &HpkePublic,
        key: &EpochKey,
    ) -> Result<Self> {
        let fingerprint = public.fingerprint();
        let sealed = public.seal(rng, &info(epoch, recipient, &fingerprint), key.key())?;
        Ok(Self { recipient, key: fingerprint, sealed: Box::new(sealed) })
    }

    /// Opens the grant and compares the key with the log's commitment.
    pub fn open(&self, epoch: Epoch, seed: &HpkeSeed, commitment: &[u8; 32]) -> Result<EpochKey> {
        let key = seed.open(&info(epoch, self.recipient, &self.key), &self.sealed).map_err(|_| LogError::BadGrant)?;
        let key = EpochKey::new(key);
        if key.commitment() == *commitment { Ok(key) } else { Err(LogError::BadGrant.into()) }
    }

    pub fn write(&self, w: &mut Writer) {
        self.recipient.write(w);
        w.fixed(&self.key).fixed(&self.sealed[..]);
    }

    pub fn read(r: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { recipient: Principal::read(r)?, key: r.array()?, sealed: Box::new(r.array()?) })
    }
}

fn info(epoch: Epoch, recipient: Principal, fingerprint: &[u8; 32]) -> Vec<u8> {
    let mut w = Writer::part();
    w.fixed(&label("grant")).fixed(epoch.practice.as_bytes()).u16(epoch.scope.number()).u32(epoch.number);
    recipient.write(&mut w);
    w.fixed(fingerprint);
    w.finish()
}
