//! Making entries for the head of a log. What is made here was checked by the same rules that verify it.

use rand_core::CryptoRng;

use super::body::{AddDevice, Rotate};
use super::entry::{Entry, EntryKind, Principal};
use super::grant::Grant;
use super::name::{SealedName, Subject};
use super::state::{LogState, seal_previous};
use crate::account::AccountKeys;
use crate::aead;
use crate::codec::Writer;
use crate::device::{DeviceKeys, DevicePublic};
use crate::epoch::{EpochKey, EpochKeys};
use crate::error::{LogError, Result};
use crate::ids::{AccountId, EntryHash, PracticeId, Scope};
use crate::recovery::RecoveryKeys;
use crate::sign::SignKey;

/// Whose key signs an entry.
#[derive(Clone, Copy, Debug)]
pub enum EntrySigner<'a> {
    /// A device.
    Device(&'a DeviceKeys),
    /// An account, so that a kit can enrol.
    Account(&'a AccountKeys),
    /// The recovery key.
    Recovery(&'a RecoveryKeys),
}

impl EntrySigner<'_> {
    fn principal(&self) -> Principal {
        match self {
            Self::Device(keys) => Principal::Device(keys.device),
            Self::Account(keys) => Principal::Account(keys.account()),
            Self::Recovery(keys) => Principal::Recovery(keys.set()),
        }
    }

    fn key(&self) -> &SignKey {
        match self {
            Self::Device(keys) => &keys.signing,
            Self::Account(keys) => &keys.signing,
            Self::Recovery(keys) => &keys.signing,
        }
    }
}

impl LogState {
    /// An entry that adds a device to an account, with grants of the current epochs. `keys` must hold them.
    #[expect(clippy::too_many_arguments, reason = "each is a field of the entry or a port")]
    pub fn draft_add_device(
        &self,
        rng: &mut dyn CryptoRng,
        signer: EntrySigner<'_>,
        account: AccountId,
        device: &DevicePublic,
        name: &str,
        keys: &EpochKeys,
        claimed_time_ms: u64,
    ) -> Result<Vec<u8>> {
        let member = self.accounts.get(&account).and_then(|a| self.members.get(&a.member));
        let to = Principal::Device(device.device);
        let mut grants = Vec::new();
        for scope in member.ok_or(LogError::UnknownAccount)?.scopes() {
            let number = self.current_epoch(scope).ok_or(LogError::FoundingIncomplete)?;
            let key = keys.get(scope, number)?;
            grants.push((scope, number, Grant::seal(rng, self.epoch(scope, number), to, &device.hpke, key)?));
        }
        let name = match keys.current(Scope::ADMINISTRATIVE) {
            Some(epoch) => {
                let key = keys.get(Scope::ADMINISTRATIVE, epoch)?;
                SealedName::seal(rng, Subject::Device(device.device), epoch, key, name)?
            }
            None => SealedName(Vec::new()),
        };
        let body = AddDevice { account, device: device.clone(), name, grants }.to_bytes();
        self.finish(signer, EntryKind::ADD_DEVICE, &body, claimed_time_ms)
    }

    /// An entry that starts the next epoch of a scope, with a fresh key for everyone who must have it.
    /// `keys` must hold the current epoch. The new key is read back by [`LogState::refresh_epoch_keys`] after appending.
    pub fn draft_rotate(
        &self,
        rng: &mut dyn CryptoRng,
        signer: EntrySigner<'_>,
        scope: Scope,
        keys: &EpochKeys,
        claimed_time_ms: u64,
    ) -> Result<Vec<u8>> {
        let current = self.current_epoch(scope).ok_or(LogError::FoundingIncomplete)?;
        let key = EpochKey::generate(rng);
        self.rotate_to(rng, signer, scope, &key, Some((current, keys.get(scope, current)?)), claimed_time_ms)
    }

    pub(crate) fn rotate_to(
        &self,
        rng: &mut dyn CryptoRng,
        signer: EntrySigner<'_>,
        scope: Scope,
        key: &EpochKey,
        previous: Option<(u32, &EpochKey)>,
        claimed_time_ms: u64,
    ) -> Result<Vec<u8>> {
        let epoch = self.epoch(scope, previous.map_or(0, |(n, _)| n + 1));
        let grants = self
            .recipients(scope)
            .into_iter()
            .map(|(who, public)| Grant::seal(rng, epoch, who, public, key))
            .collect::<Result<Vec<_>>>()?;
        let previous = previous.map(|(_, p)| seal_previous(&aead::nonce(rng), epoch, key, p)).unwrap_or_default();
        let commitment = key.commitment();
        let body = Rotate { scope, epoch: epoch.number, commitment, previous, grants }.to_bytes();
        self.finish(signer, EntryKind::ROTATE, &body, claimed_time_ms)
    }

    fn finish(&self, signer: EntrySigner<'_>, kind: EntryKind, body: &[u8], time: u64) -> Result<Vec<u8>> {
        let head = self.head();
        let bytes = finish_entry(&self.practice, signer, head.seq + 1, head.hash, kind, body, time);
        self.check(&Entry::parse(&bytes)?)?;
        Ok(bytes)
    }
}

/// Encodes and signs; no cuts.
pub(crate) fn finish_entry(
    practice: &PracticeId,
    signer: EntrySigner<'_>,
    seq: u64,
    prev: EntryHash,
    kind: EntryKind,
    body: &[u8],
    claimed_time_ms: u64,
) -> Vec<u8> {
    let mut w = Writer::object();
    w.u64(seq).fixed(prev.as_bytes()).u16(kind.0).var(body).count(0);
    signer.principal().write(&mut w);
    w.u64(claimed_time_ms);
    let signature = signer.key().sign("entry", practice, w.bytes());
    w.fixed(&signature);
    w.finish()
}
