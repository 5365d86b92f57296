//! The outer format of a log entry.
//!
//! ```text
//! entry     = signed part ‖ signature[64]
//! signed    = version ‖ suite ‖ seq u64 ‖ prev[32] ‖ type u16 ‖ var body ‖ list(device[16] ‖ seq u64 ‖ hash[32])
//!             ‖ signer kind u8 ‖ signer id[16] ‖ claimed time in ms u64
//! signature = Sign("entry", signed)            practice id 32 zero bytes in the genesis, which defines it
//! hash      = H("entry" ‖ entry as received)
//! ```
//! Types: 0 genesis, 1 invite, 2 add_member, 3 add_device, 4 change_role, 5 remove_member, 6 remove_device, 7 rotate,
//! 8 policy, 9 recover, 10 restore, 11 erase. Signer kinds: 1 device, 2 account, 3 recovery set.

use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::ids::{AccountId, CommitHash, DeviceId, EntryHash, PracticeId, SetId};
use crate::label::hash;
use crate::sign::{SIGNATURE, VerifyKey};

/// What an entry does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntryKind(pub(crate) u16);

impl EntryKind {
    /// Founds the practice.
    pub const GENESIS: Self = Self(0);
    /// Adds a device to an account.
    pub const ADD_DEVICE: Self = Self(3);
    /// Starts an epoch of a scope.
    pub const ROTATE: Self = Self(7);

    /// Its number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// Somebody who signs entries and receives epoch keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Principal {
    /// A device.
    Device(DeviceId),
    /// An account.
    Account(AccountId),
    /// The recovery key of a set of sheets.
    Recovery(SetId),
}

impl Principal {
    pub(crate) const ENCODED: usize = 17;

    pub(crate) fn write(&self, w: &mut Writer) {
        let (kind, id) = match self {
            Self::Device(id) => (1, id.as_bytes()),
            Self::Account(id) => (2, id.as_bytes()),
            Self::Recovery(id) => (3, id.as_bytes()),
        };
        w.u8(kind).fixed(id);
    }

    pub(crate) fn read(r: &mut Reader<'_>) -> Result<Self> {
        let (kind, id) = (r.u8()?, r.array()?);
        match kind {
            1 => Ok(Self::Device(DeviceId::from_bytes(id))),
            2 => Ok(Self::Account(AccountId::from_bytes(id))),
            3 => Ok(Self::Recovery(SetId::from_bytes(id))),
            _ => Err(Error::UpdateRequired),
        }
    }
}

/// The last commit of a device that counts, set when it loses authority.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cut {
    /// The device.
    pub device: DeviceId,
    /// Number of its last accepted commit.
    pub seq: u64,
    /// Hash of that commit.
    pub hash: CommitHash,
}

/// An entry as received: readable, not yet verified.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its place; the genesis is 0.
    pub seq: u64,
    /// Hash of the entry before; zeros in the genesis.
    pub prev: EntryHash,
    /// What it does.
    pub kind: EntryKind,
    /// Content, by type.
    pub body: &'a [u8],
    /// Cuts of devices that lose authority.
    pub cuts: Vec<Cut>,
    /// Who signed.
    pub signer: Principal,
    /// When the signer says it was; nothing orders by it.
    pub claimed_time_ms: u64,
    /// Hash of the whole entry.
    pub hash: EntryHash,
    signed: &'a [u8],
    signature: [u8; SIGNATURE],
}

impl<'a> Entry<'a> {
    /// Reads an entry; checks its form only.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let seq = r.u64()?;
        let prev = EntryHash::from_bytes(r.array()?);
        let kind = EntryKind(r.u16()?);
        let body = r.var()?;
        let count = r.count(16 + 8 + 32)?;
        let mut cuts = Vec::with_capacity(count);
        for _ in 0..count {
            cuts.push(Cut {
                device: DeviceId::from_bytes(r.array()?),
                seq: r.u64()?,
                hash: CommitHash::from_bytes(r.array()?),
            });
        }
        let signer = Principal::read(&mut r)?;
        let claimed_time_ms = r.u64()?;
        let signed = r.read();
        let signature = r.array()?;
        r.finish()?;
        let hash = EntryHash::from_bytes(hash("entry", &[bytes]));
        Ok(Self { seq, prev, kind, body, cuts, signer, claimed_time_ms, hash, signed, signature })
    }

    pub(crate) fn verify(&self, practice: &PracticeId, key: &VerifyKey) -> bool {
        key.verify("entry", practice, self.signed, &self.signature)
    }
}
