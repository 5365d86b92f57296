//! Epoch keys: one key for each scope and epoch, and what is derived from it.
//!
//! ```text
//! commitment  = H("epoch" ‖ key)                      in the log
//! wrap key    = HKDF(key, "wrap")                     wraps data keys
//! previous    = HKDF(key, "previous")                 wraps the key of the epoch before
//! name key    = HKDF(key, "name")                     seals names in the log (administrative)
//! import key  = HKDF(key 0 of administrative, "import")
//! ```

use core::fmt;
use std::collections::BTreeMap;

use rand_core::CryptoRng;

use crate::aead::Cipher;
use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::ids::{PracticeId, RecordId, Scope};
use crate::label::{Secret, derive, hash, mac, random};

/// One epoch key with its wrapping cipher made ready. Erased when dropped.
pub(crate) struct EpochKey {
    key: Secret,
    pub(crate) wrap: Cipher,
}

impl EpochKey {
    pub fn new(key: Secret) -> Self {
        let wrap = Cipher::new(&derive(key.as_ref(), "wrap", &[]));
        Self { key, wrap }
    }

    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self::new(random(rng))
    }

    pub fn key(&self) -> &[u8; 32] {
        &self.key
    }

    pub fn commitment(&self) -> [u8; 32] {
        hash("epoch", &[self.key.as_ref()])
    }
}

/// The epoch keys that a device or an account holds. Erased when dropped.
pub struct EpochKeys {
    practice: PracticeId,
    keys: BTreeMap<(Scope, u32), EpochKey>,
}

impl EpochKeys {
    pub(crate) fn new(practice: PracticeId) -> Self {
        Self { practice, keys: BTreeMap::new() }
    }

    pub(crate) fn insert(&mut self, scope: Scope, epoch: u32, key: EpochKey) {
        self.keys.insert((scope, epoch), key);
    }

    pub(crate) fn get(&self, scope: Scope, epoch: u32) -> Result<&EpochKey> {
        self.keys.get(&(scope, epoch)).ok_or(Error::MissingEpoch { scope, epoch })
    }

    /// The practice.
    pub fn practice(&self) -> PracticeId {
        self.practice
    }

    /// The newest epoch held of a scope.
    pub fn current(&self, scope: Scope) -> Option<u32> {
        self.keys.range((scope, 0)..=(scope, u32::MAX)).next_back().map(|((_, epoch), _)| *epoch)
    }

    /// The scopes of which a key is held.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        Scope::ALL.into_iter().filter(|s| self.current(*s).is_some())
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the key of an epoch is held.
    pub fn holds(&self, scope: Scope, epoch: u32) -> bool {
        self.keys.contains_key(&(scope, epoch))
    }

    /// The record id of an imported resource: the first 16 bytes of `HMAC(import key, var type ‖ var id)`, so that two
    /// imports of one file meet and nobody else can tell what was imported.
    pub fn import_id(&self, resource_type: &str, id: &str) -> Result<RecordId> {
        let key = derive(self.get(Scope::ADMINISTRATIVE, 0)?.key(), "import", &[]);
        let mut w = Writer::part();
        w.var(resource_type.as_bytes()).var(id.as_bytes());
        let tag = mac(&key, &[w.bytes()]);
        Ok(RecordId::from_bytes(tag[..16].try_into().expect("16 of 32 bytes")))
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.count(self.keys.len());
        for ((scope, epoch), key) in &self.keys {
            w.u16(scope.number()).u32(*epoch).fixed(key.key());
        }
    }

    pub(crate) fn read(practice: PracticeId, r: &mut Reader<'_>) -> Result<Self> {
        let mut out = Self::new(practice);
        let mut last = None;
        for _ in 0..r.count(2 + 4 + 32)? {
            let at = (Scope::from_number(r.u16()?)?, r.u32()?);
            if last.replace(at).is_some_and(|last| last >= at) {
                return Err(Error::Malformed);
            }
            out.insert(at.0, at.1, EpochKey::new(Secret::new(r.array()?)));
        }
        Ok(out)
    }
}

impl fmt::Debug for EpochKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochKeys")?;
        f.debug_list().entries(self.keys.keys()).finish()
    }
}

#[cfg(test)]
mod tests;
