//! What the log says up to its head.

use std::collections::{BTreeMap, BTreeSet};

use super::body::Role;
use super::entry::{Cut, Principal};
use super::grant::{Epoch, Grant};
use super::name::{Names, SealedName, Subject};
use crate::account::{AccountKeys, AccountPublic};
use crate::aead::{Cipher, NONCE};
use crate::device::{DeviceKeys, DevicePublic};
use crate::epoch::{EpochKey, EpochKeys};
use crate::error::{Error, LogError, Result};
use crate::ids::{AccountId, DeviceId, EntryHash, MemberId, PracticeId, Scope};
use crate::kem::{HpkePublic, HpkeSeed};
use crate::label::{Secret, derive, label};
use crate::recovery::{RecoveryKeys, RecoveryPublic};
use crate::sign::VerifyKey;

/// A place in the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogHead {
    /// Number of the entry; the genesis is 0.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
}

/// A member, as the log has it.
#[derive(Clone, Debug)]
pub struct MemberInLog {
    pub(crate) name: SealedName,
    /// What held from which entry on, oldest first.
    pub(crate) standings: Vec<Standing>,
}

#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub from: u64,
    pub role: Role,
    pub scopes: BTreeSet<Scope>,
}

impl MemberInLog {
    /// The member's role now.
    pub fn role(&self) -> Option<Role> {
        self.standings.last().map(|s| s.role)
    }

    /// The scopes the member reads and writes now.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        self.standings.last().into_iter().flat_map(|s| s.scopes.iter().copied())
    }

    pub(crate) fn standing_at(&self, seq: u64) -> Option<&Standing> {
        self.standings.iter().rev().find(|s| s.from <= seq)
    }
}

/// An account, as the log has it.
#[derive(Clone, Debug)]
pub struct AccountInLog {
    /// Whose account it is.
    pub member: MemberId,
    /// Its public keys.
    pub public: AccountPublic,
}

/// A device, as the log has it.
#[derive(Clone, Debug)]
pub struct DeviceInLog {
    /// Whose device it is.
    pub account: AccountId,
    /// Its public keys.
    pub public: DevicePublic,
    /// The entry that added it.
    pub added_at: u64,
    /// The entry that removed it.
    pub removed_at: Option<u64>,
    /// Its last commit that counts, if it lost authority.
    pub cut: Option<Cut>,
    pub(crate) name: SealedName,
}

impl DeviceInLog {
    /// Whether the device belongs to the practice at an entry.
    pub fn is_active_at(&self, seq: u64) -> bool {
        self.added_at <= seq && self.removed_at.is_none_or(|r| seq < r)
    }
}

#[derive(Clone, Default)]
pub(crate) struct ScopeInLog {
    /// One for each epoch so far.
    pub commitments: Vec<[u8; 32]>,
    /// The wrapped key of the epoch before; empty for epoch 0.
    pub previous: Vec<Vec<u8>>,
    /// Those of the current epoch.
    pub grants: BTreeMap<Principal, Grant>,
}

impl ScopeInLog {
    pub fn current(&self) -> Option<u32> {
        u32::try_from(self.commitments.len()).ok()?.checked_sub(1)
    }
}

/// The verified log. Made by [`LogState::verify_genesis`] and [`LogState::append`]; equal entries give equal states, so a
/// client stores the raw entries and replays them.
#[derive(Clone)]
pub struct LogState {
    pub(crate) practice: PracticeId,
    pub(crate) hashes: Vec<EntryHash>,
    pub(crate) practice_name: SealedName,
    pub(crate) members: BTreeMap<MemberId, MemberInLog>,
    pub(crate) accounts: BTreeMap<AccountId, AccountInLog>,
    pub(crate) devices: BTreeMap<DeviceId, DeviceInLog>,
    pub(crate) scopes: BTreeMap<Scope, ScopeInLog>,
    pub(crate) recovery: RecoveryPublic,
    /// Every key that ever signed here: none enters twice.
    pub(crate) keys_seen: BTreeSet<VerifyKey>,
}

impl LogState {
    /// The practice: the hash of the genesis.
    pub fn practice(&self) -> PracticeId {
        self.practice
    }

    /// The newest entry.
    pub fn head(&self) -> LogHead {
        let hash = *self.hashes.last().expect("a state holds at least the genesis");
        LogHead { seq: self.hashes.len() as u64 - 1, hash }
    }

    /// The hash of an entry.
    pub fn hash_at(&self, seq: u64) -> Option<EntryHash> {
        self.hashes.get(usize::try_from(seq).ok()?).copied()
    }

    /// Whether a head seen before is an entry of this log. If not, and the log is no shorter, it was forked.
    pub fn contains(&self, head: LogHead) -> bool {
        self.hash_at(head.seq) == Some(head.hash)
    }

    /// All members ever.
    pub fn members(&self) -> &BTreeMap<MemberId, MemberInLog> {
        &self.members
    }

    /// All accounts ever.
    pub fn accounts(&self) -> &BTreeMap<AccountId, AccountInLog> {
        &self.accounts
    }

    /// All devices ever; see [`DeviceInLog::is_active_at`].
    pub fn devices(&self) -> &BTreeMap<DeviceId, DeviceInLog> {
        &self.devices
    }

    /// The recovery key's public half.
    pub fn recovery(&self) -> &RecoveryPublic {
        &self.recovery
    }

    /// The newest epoch of a scope; none before its first rotation.
    pub fn current_epoch(&self, scope: Scope) -> Option<u32> {
        self.scopes.get(&scope)?.current()
    }

    /// Whether a device could write a scope at an entry of the log.
    pub fn may_write(&self, device: DeviceId, scope: Scope, at: u64) -> bool {
        self.standing_of(device, at).is_some_and(|s| s.scopes.contains(&scope))
    }

    pub(crate) fn standing_of(&self, device: DeviceId, at: u64) -> Option<&Standing> {
        let device = self.devices.get(&device).filter(|d| d.is_active_at(at))?;
        let account = self.accounts.get(&device.account)?;
        self.members.get(&account.member)?.standing_at(at)
    }

    /// The names that these keys open.
    pub fn names(&self, keys: &EpochKeys) -> Names {
        let open = |name: &SealedName, subject| name.open(subject, keys).ok();
        Names {
            practice: open(&self.practice_name, Subject::Practice),
            members: self
                .members
                .iter()
                .filter_map(|(id, m)| Some((*id, open(&m.name, Subject::Member(*id))?)))
                .collect(),
            devices: self
                .devices
                .iter()
                .filter_map(|(id, d)| Some((*id, open(&d.name, Subject::Device(*id))?)))
                .collect(),
        }
    }

    /// All epoch keys granted to a device: the current ones and, through them, the earlier ones.
    pub fn epoch_keys_for_device(&self, keys: &DeviceKeys) -> Result<EpochKeys> {
        let mut out = EpochKeys::new(self.practice);
        self.refresh_epoch_keys(keys, &mut out)?;
        Ok(out)
    }

    /// Opens only what `held` lacks; returns whether anything was added.
    pub fn refresh_epoch_keys(&self, keys: &DeviceKeys, held: &mut EpochKeys) -> Result<bool> {
        self.open_grants(Principal::Device(keys.device), &keys.hpke, held)
    }

    /// All epoch keys granted to an account.
    pub fn epoch_keys_for_account(&self, keys: &AccountKeys) -> Result<EpochKeys> {
        let mut out = EpochKeys::new(self.practice);
        self.open_grants(Principal::Account(keys.account()), &keys.hpke, &mut out)?;
        Ok(out)
    }

    /// All epoch keys granted to the recovery key.
    pub fn epoch_keys_for_recovery(&self, keys: &RecoveryKeys) -> Result<EpochKeys> {
        let mut out = EpochKeys::new(self.practice);
        self.open_grants(Principal::Recovery(self.recovery.set), &keys.hpke, &mut out)?;
        Ok(out)
    }

    fn open_grants(&self, who: Principal, seed: &HpkeSeed, held: &mut EpochKeys) -> Result<bool> {
        if held.practice() != self.practice {
            return Err(LogError::OtherPractice.into());
        }
        let mut added = false;
        for (scope, in_log) in &self.scopes {
            let (Some(mut number), Some(grant)) = (in_log.current(), in_log.grants.get(&who)) else {
                continue;
            };
            if held.holds(*scope, number) {
                continue;
            }
            let commitment = |n: u32| &in_log.commitments[n as usize];
            let mut key = grant.open(self.epoch(*scope, number), seed, commitment(number))?;
            while number > 0 && !held.holds(*scope, number - 1) {
                let wrapped = &in_log.previous[number as usize];
                let previous =
                    open_previous(self.epoch(*scope, number), &key, wrapped).map_err(|_| LogError::BadGrant)?;
                if previous.commitment() != *commitment(number - 1) {
                    return Err(LogError::BadGrant.into());
                }
                held.insert(*scope, number, key);
                (number, key) = (number - 1, previous);
            }
            held.insert(*scope, number, key);
            added = true;
        }
        Ok(added)
    }

    pub(crate) fn epoch(&self, scope: Scope, number: u32) -> Epoch {
        Epoch { practice: self.practice, scope, number }
    }

    /// Everyone who must receive a new key of a scope, in order.
    pub(crate) fn recipients(&self, scope: Scope) -> BTreeMap<Principal, &HpkePublic> {
        let head = self.head().seq;
        let reads = |account: &AccountId| {
            let member = self.accounts.get(account).and_then(|a| self.members.get(&a.member));
            member.is_some_and(|m| m.scopes().any(|s| s == scope))
        };
        let devices = self.devices.iter().filter(|(_, d)| d.is_active_at(head) && reads(&d.account));
        let accounts = self.accounts.iter().filter(|(id, _)| reads(id));
        devices
            .map(|(id, d)| (Principal::Device(*id), &d.public.hpke))
            .chain(accounts.map(|(id, a)| (Principal::Account(*id), &a.public.hpke)))
            .chain([(Principal::Recovery(self.recovery.set), &self.recovery.hpke)])
            .collect()
    }
}

pub(super) fn seal_previous(nonce: &[u8; NONCE], epoch: Epoch, key: &EpochKey, previous: &EpochKey) -> Vec<u8> {
    let mut buffer = Secret::new(*previous.key());
    let tag = Cipher::new(&derive(key.key(), "previous", &[])).seal(nonce, &previous_ad(epoch), buffer.as_mut());
    [&nonce[..], buffer.as_ref(), &tag].concat()
}

fn open_previous(epoch: Epoch, key: &EpochKey, wrapped: &[u8]) -> Result<EpochKey> {
    let (nonce, sealed) = wrapped.split_first_chunk::<NONCE>().ok_or(Error::Malformed)?;
    let mut sealed = zeroize::Zeroizing::new(sealed.to_vec());
    let cipher = Cipher::new(&derive(key.key(), "previous", &[]));
    let plain = cipher.open_tagged(nonce, &previous_ad(epoch), &mut sealed)?;
    Ok(EpochKey::new(crate::account::open_exact(plain)?))
}

fn previous_ad(epoch: Epoch) -> Vec<u8> {
    let mut w = crate::codec::Writer::part();
    w.fixed(&label("previous")).fixed(epoch.practice.as_bytes()).u16(epoch.scope.number()).u32(epoch.number);
    w.finish()
}

impl core::fmt::Debug for LogState {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "LogState({} at {})", self.practice, self.head().seq)
    }
}
