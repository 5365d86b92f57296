//! What may be appended to a log. Each rule has a test of its own; the table stands in `docs/CRYPTO.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{AddDevice, Genesis, Role, Rotate};
use super::entry::{Entry, EntryKind, Principal};
use super::state::{AccountInLog, DeviceInLog, LogState, MemberInLog, ScopeInLog, Standing};
use crate::error::{Error, LogError, Result};
use crate::ids::{AccountId, EntryHash, PracticeId, Scope};
use crate::sign::VerifyKey;

/// An entry that was checked and is to be applied.
pub(super) enum Change {
    AddDevice(AddDevice),
    Rotate(Rotate),
}

impl LogState {
    /// Starts a log from its first entry. The caller pins [`LogState::practice`] or compares it, see
    /// [`LogState::verify_genesis_of`].
    pub fn verify_genesis(bytes: &[u8]) -> Result<Self> {
        let entry = Entry::parse(bytes)?;
        if entry.kind != EntryKind::GENESIS || entry.seq != 0 || entry.prev != EntryHash::from_bytes([0; 32]) {
            return Err(LogError::BadGenesis.into());
        }
        if !entry.cuts.is_empty() {
            return Err(LogError::UnexpectedCuts.into());
        }
        let genesis = Genesis::parse(entry.body)?;
        let keys = &genesis.keys;
        if entry.signer != Principal::Device(keys.device.device) {
            return Err(LogError::UnknownSigner.into());
        }
        if !entry.verify(&PracticeId::from_bytes([0; 32]), &keys.device.signing) {
            return Err(LogError::BadSignature.into());
        }
        if genesis.role != Role::Owner || genesis.scopes != Scope::ALL || !keys.recovery.is_sensible() {
            return Err(LogError::BadGenesis.into());
        }
        let introduced =
            [keys.account.login, keys.account.signing, keys.device.signing, keys.device.access, keys.recovery.signing];
        let keys_seen: BTreeSet<VerifyKey> = introduced.into_iter().filter(VerifyKey::is_sound).collect();
        if keys_seen.len() != introduced.len() {
            return Err(LogError::BadKey.into());
        }
        Ok(Self::from_genesis(genesis, entry.hash, keys_seen))
    }

    /// As [`LogState::verify_genesis`], and the practice must be the one expected.
    pub fn verify_genesis_of(practice: PracticeId, bytes: &[u8]) -> Result<Self> {
        let state = Self::verify_genesis(bytes)?;
        if state.practice == practice { Ok(state) } else { Err(LogError::OtherPractice.into()) }
    }

    /// Verifies a whole log from its raw entries.
    pub fn replay<B: AsRef<[u8]>>(practice: PracticeId, entries: impl IntoIterator<Item = B>) -> Result<Self> {
        let mut entries = entries.into_iter();
        let first = entries.next().ok_or(LogError::Gap { expected: 0 })?;
        let mut state = Self::verify_genesis_of(practice, first.as_ref())?;
        entries.try_for_each(|entry| state.append(entry.as_ref()).map(drop))?;
        Ok(state)
    }

    /// Verifies the next entry and takes it in. On an error the state is as before.
    pub fn append(&mut self, bytes: &[u8]) -> Result<EntryHash> {
        let entry = Entry::parse(bytes)?;
        let change = self.check(&entry)?;
        self.apply(change, entry.seq);
        self.hashes.push(entry.hash);
        Ok(entry.hash)
    }

    pub(super) fn check(&self, entry: &Entry<'_>) -> Result<Change> {
        self.check_place(entry)?;
        let key = self.signer_key(entry.signer).ok_or(LogError::UnknownSigner)?;
        if !entry.verify(&self.practice, &key) {
            return Err(LogError::BadSignature.into());
        }
        let change = match entry.kind {
            EntryKind::ADD_DEVICE => Change::AddDevice(AddDevice::parse(entry.body)?),
            EntryKind::ROTATE => Change::Rotate(Rotate::parse(entry.body)?),
            EntryKind::GENESIS => return Err(LogError::Fork.into()),
            _ => return Err(Error::UpdateRequired),
        };
        if !entry.cuts.is_empty() {
            return Err(LogError::UnexpectedCuts.into());
        }
        match &change {
            Change::AddDevice(body) => self.check_add_device(entry.signer, body)?,
            Change::Rotate(body) => self.check_rotate(entry.signer, body)?,
        }
        Ok(change)
    }

    fn check_place(&self, entry: &Entry<'_>) -> Result<(), LogError> {
        let head = self.head();
        let expected = head.seq + 1;
        match self.hash_at(entry.seq) {
            Some(known) if known == entry.hash => Err(LogError::Replay),
            Some(_) => Err(LogError::Fork),
            None if entry.seq > expected => Err(LogError::Gap { expected }),
            None if entry.prev != head.hash => Err(LogError::Fork),
            None => Ok(()),
        }
    }

    fn signer_key(&self, signer: Principal) -> Option<VerifyKey> {
        match signer {
            Principal::Device(id) => {
                let device = self.devices.get(&id).filter(|d| d.is_active_at(self.head().seq))?;
                Some(device.public.signing)
            }
            Principal::Account(id) => Some(self.accounts.get(&id)?.public.signing),
            Principal::Recovery(set) => (set == self.recovery.set).then_some(self.recovery.signing),
        }
    }

    fn is_owners_device(&self, signer: Principal) -> bool {
        let Principal::Device(id) = signer else {
            return false;
        };
        self.standing_of(id, self.head().seq).is_some_and(|s| s.role == Role::Owner)
    }

    fn acts_for(&self, signer: Principal, account: AccountId) -> bool {
        match signer {
            Principal::Account(id) => id == account,
            Principal::Device(id) => self.devices.get(&id).is_some_and(|d| d.account == account),
            Principal::Recovery(_) => false,
        }
    }

    fn check_add_device(&self, signer: Principal, body: &AddDevice) -> Result<(), LogError> {
        if Scope::ALL.iter().any(|s| self.current_epoch(*s).is_none()) {
            return Err(LogError::FoundingIncomplete);
        }
        let account = self.accounts.get(&body.account).ok_or(LogError::UnknownAccount)?;
        if !self.is_owners_device(signer) && !self.acts_for(signer, body.account) {
            return Err(LogError::NotAllowed);
        }
        let (device, keys) = (&body.device, [body.device.signing, body.device.access]);
        let known = |k: &VerifyKey| self.keys_seen.contains(k) || !k.is_sound();
        if self.devices.contains_key(&device.device) || keys[0] == keys[1] || keys.iter().any(known) {
            return Err(LogError::BadKey);
        }
        let member = self.members.get(&account.member).ok_or(LogError::UnknownAccount)?;
        let fingerprint = device.hpke.fingerprint();
        let mut grants = body.grants.iter();
        for scope in member.scopes() {
            let (granted, epoch, grant) = grants.next().ok_or(LogError::WrongRecipients)?;
            let to_device = grant.recipient == Principal::Device(device.device) && grant.key == fingerprint;
            if *granted != scope || !to_device {
                return Err(LogError::WrongRecipients);
            }
            if Some(*epoch) != self.current_epoch(scope) {
                return Err(LogError::WrongEpoch);
            }
        }
        if grants.next().is_some() { Err(LogError::WrongRecipients) } else { Ok(()) }
    }

    fn check_rotate(&self, signer: Principal, body: &Rotate) -> Result<(), LogError> {
        if !self.is_owners_device(signer) {
            return Err(LogError::NotAllowed);
        }
        let first_missing = Scope::ALL.into_iter().find(|s| self.current_epoch(*s).is_none());
        if first_missing.is_some_and(|s| s != body.scope) {
            return Err(LogError::FoundingIncomplete);
        }
        let expected = self.current_epoch(body.scope).map_or(0, |n| n + 1);
        let previous = if expected == 0 { 0 } else { Rotate::PREVIOUS };
        if body.epoch != expected || body.previous.len() != previous {
            return Err(LogError::WrongEpoch);
        }
        let recipients = self.recipients(body.scope);
        let exact = recipients.len() == body.grants.len()
            && recipients
                .iter()
                .zip(&body.grants)
                .all(|((who, public), grant)| *who == grant.recipient && public.fingerprint() == grant.key);
        if exact { Ok(()) } else { Err(LogError::WrongRecipients) }
    }

    fn apply(&mut self, change: Change, seq: u64) {
        match change {
            Change::AddDevice(body) => {
                self.keys_seen.extend([body.device.signing, body.device.access]);
                for (scope, _, grant) in body.grants {
                    self.scopes.entry(scope).or_default().grants.insert(grant.recipient, grant);
                }
                let device = DeviceInLog {
                    account: body.account,
                    public: body.device,
                    added_at: seq,
                    removed_at: None,
                    cut: None,
                    name: body.name,
                };
                self.devices.insert(device.public.device, device);
            }
            Change::Rotate(body) => {
                let scope: &mut ScopeInLog = self.scopes.entry(body.scope).or_default();
                scope.commitments.push(body.commitment);
                scope.previous.push(body.previous);
                scope.grants = body.grants.into_iter().map(|g| (g.recipient, g)).collect();
            }
        }
    }

    fn from_genesis(genesis: Genesis, hash: EntryHash, keys_seen: BTreeSet<VerifyKey>) -> Self {
        let keys = genesis.keys;
        let standing = Standing { from: 0, role: genesis.role, scopes: genesis.scopes.into_iter().collect() };
        let member = MemberInLog { name: genesis.member_name, standings: vec![standing] };
        let account_id = keys.account.account;
        let device = DeviceInLog {
            account: account_id,
            public: keys.device,
            added_at: 0,
            removed_at: None,
            cut: None,
            name: genesis.device_name,
        };
        Self {
            practice: PracticeId::from_bytes(*hash.as_bytes()),
            hashes: vec![hash],
            practice_name: genesis.practice_name,
            members: BTreeMap::from([(genesis.member, member)]),
            accounts: BTreeMap::from([(account_id, AccountInLog { member: genesis.member, public: keys.account })]),
            devices: BTreeMap::from([(device.public.device, device)]),
            scopes: BTreeMap::new(),
            recovery: keys.recovery,
            keys_seen,
        }
    }
}
