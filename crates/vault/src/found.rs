//! Founding a practice: one call that makes everything.
//!
//! Entries: 0 genesis, 1 rotate administrative to epoch 0, 2 rotate clinical to epoch 0; all signed by the first device. The
//! rotations stand apart from the genesis because grants bind the practice id, which is the genesis' hash.

use core::fmt;
use std::collections::BTreeMap;

use rand_core::CryptoRng;

use crate::account::AccountKeys;
use crate::bundle::{PinnedHeads, UnlockedDevice};
use crate::device::DeviceKeys;
use crate::epoch::EpochKey;
use crate::error::Result;
use crate::ids::{EntryHash, MemberId, PracticeId, Scope};
use crate::kdf::Kdf;
use crate::kit::Kit;
use crate::log::{EntryKind, EntrySigner, Genesis, GenesisKeys, LogState, Role, SealedName, Subject, finish_entry};
use crate::person::PersonKeys;
use crate::recovery::{RecoveryKeys, Sheet};

/// Sheets needed and sheets made at founding.
pub const SHEETS: (u8, u8) = (2, 3);

/// What a founder gives.
pub struct FoundingInput<'a> {
    /// Name of the practice.
    pub practice_name: &'a str,
    /// Name of the founder, the first owner.
    pub person_name: &'a str,
    /// Name of this device.
    pub device_name: &'a str,
    /// The founder's password.
    pub password: &'a str,
    /// How to stretch it.
    pub kdf: Kdf,
    /// The device's clock.
    pub claimed_time_ms: u64,
}

/// A new practice. Register `log`'s entries and `account_wrap` with the server; it answers with the device's share, with which
/// [`UnlockedDevice::seal`] makes the bundle. Print `kit` and `sheets`, then drop them.
pub struct Founding {
    /// The practice: the hash of the genesis.
    pub practice: PracticeId,
    /// The founder's kit.
    pub kit: Kit,
    /// Login and unlock key.
    pub person: PersonKeys,
    /// The cold keys.
    pub account: AccountKeys,
    /// The cold keys, sealed, for the server.
    pub account_wrap: Vec<u8>,
    /// The first device, open, with epoch keys and pinned heads.
    pub device: UnlockedDevice,
    /// Genesis and the two first rotations.
    pub entries: Vec<Vec<u8>>,
    /// The log after them.
    pub log: LogState,
    /// The recovery sheets.
    pub sheets: [Sheet; 3],
}

/// Founds a practice. Takes as long as `kdf` asks for.
pub fn found(rng: &mut dyn CryptoRng, input: &FoundingInput<'_>) -> Result<Founding> {
    let kit = Kit::generate(rng);
    let person = PersonKeys::derive(&kit, input.password, input.kdf)?;
    let account = AccountKeys::generate(rng, kit.account);
    let device = DeviceKeys::generate(rng);
    let recovery = RecoveryKeys::generate(rng);
    let epochs = Scope::ALL.map(|scope| (scope, EpochKey::generate(rng)));
    let time = input.claimed_time_ms;
    let signer = EntrySigner::Device(&device);

    let member = MemberId::generate(rng);
    let mut name = |subject, text| SealedName::seal(rng, subject, 0, &epochs[0].1, text);
    let genesis = Genesis {
        practice_name: name(Subject::Practice, input.practice_name)?,
        member,
        role: Role::Owner,
        scopes: Scope::ALL.to_vec(),
        member_name: name(Subject::Member(member), input.person_name)?,
        device_name: name(Subject::Device(device.device()), input.device_name)?,
        keys: GenesisKeys {
            account: account.public(person.login_public()),
            device: device.public(),
            recovery: recovery.public(SHEETS.0, SHEETS.1),
        },
    };
    let zeros = [0; 32];
    let nowhere = (PracticeId::from_bytes(zeros), EntryHash::from_bytes(zeros));
    let first = finish_entry(&nowhere.0, signer, 0, nowhere.1, EntryKind::GENESIS, &genesis.to_bytes(), time);
    let mut log = LogState::verify_genesis(&first)?;
    let mut entries = vec![first];
    for (scope, key) in &epochs {
        let entry = log.rotate_to(rng, signer, *scope, key, None, time)?;
        log.append(&entry)?;
        entries.push(entry);
    }

    let practice = log.practice();
    let account_wrap = account.seal(rng, practice, input.kdf, person.unlock_key());
    let epoch_keys = log.epoch_keys_for_device(&device)?;
    let pinned = PinnedHeads { log: log.head(), chains: BTreeMap::new() };
    let sheets = recovery.split(rng, practice, SHEETS.0, SHEETS.1)?;
    let sheets = <[Sheet; 3]>::try_from(sheets).expect("as many sheets as were asked for");
    let device = UnlockedDevice::new(rng, kit.account, device, pinned, epoch_keys);
    Ok(Founding { practice, kit, person, account, account_wrap, device, entries, log, sheets })
}

impl fmt::Debug for Founding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Founding({})", self.practice)
    }
}

impl fmt::Debug for FoundingInput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoundingInput(redacted)")
    }
}

#[cfg(test)]
mod tests;
