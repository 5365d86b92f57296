//! Names in the log: sealed, so that the server learns nothing a person can read.
//!
//! ```text
//! name = epoch u32 ‖ nonce[12] ‖ Seal(HKDF(epoch key of administrative, "name"), nonce, len u32 ‖ UTF-8 ‖ zeros to a multiple of 64; ad)
//! ad   = "name" ‖ version ‖ suite ‖ subject kind u8 ‖ subject id[16] ‖ epoch u32
//! ```
//! Subject kinds: 0 the practice (id zero), 1 a member, 2 a device. The practice id is absent because the genesis, which defines
//! it, holds names; the epoch key belongs to one practice anyway. An empty field is a name that was not given.

use std::collections::BTreeMap;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::aead::{self, Cipher};
use crate::codec::{Reader, SUITE, VERSION, Writer};
use crate::epoch::{EpochKey, EpochKeys};
use crate::error::{Error, Result};
use crate::ids::{DeviceId, MemberId, Scope};
use crate::label::{derive, label};

const BLOCK: usize = 64;
const MAX: usize = 1024;

/// Whose name it is.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    Practice,
    Member(MemberId),
    Device(DeviceId),
}

/// A sealed name; empty when none was given.
#[derive(Clone, Debug)]
pub(crate) struct SealedName(pub Vec<u8>);

impl SealedName {
    pub fn seal(rng: &mut dyn CryptoRng, subject: Subject, epoch: u32, key: &EpochKey, name: &str) -> Result<Self> {
        if name.len() > MAX {
            return Err(Error::TooLarge);
        }
        let mut w = Writer::part();
        w.var(name.as_bytes());
        let mut plain = Zeroizing::new(w.finish());
        let padded = plain.len().next_multiple_of(BLOCK);
        plain.resize(padded, 0);
        let nonce = aead::nonce(rng);
        let tag = cipher(key).seal(&nonce, &ad(subject, epoch), &mut plain);
        let mut w = Writer::part();
        w.u32(epoch).fixed(&nonce).fixed(&plain).fixed(&tag);
        Ok(Self(w.finish()))
    }

    pub fn open(&self, subject: Subject, keys: &EpochKeys) -> Result<String> {
        let mut r = Reader::part(&self.0);
        let (epoch, nonce) = (r.u32()?, r.array()?);
        let mut sealed = Zeroizing::new(self.0[r.read().len()..].to_vec());
        let key = keys.get(Scope::ADMINISTRATIVE, epoch)?;
        let plain = cipher(key).open_tagged(&nonce, &ad(subject, epoch), &mut sealed)?;
        let mut r = Reader::part(plain);
        let name = r.var()?;
        let padding = &plain[r.read().len()..];
        if padding.len() >= BLOCK || padding.iter().any(|b| *b != 0) {
            return Err(Error::Malformed);
        }
        String::from_utf8(name.to_vec()).map_err(|_| Error::Malformed)
    }

    /// As a field of a body: bounded, so that the log stays small.
    pub fn read(r: &mut Reader<'_>) -> Result<Self> {
        let bytes = r.var()?;
        if bytes.len() > 4 + aead::NONCE + MAX + BLOCK + aead::TAG {
            Err(Error::Malformed)
        } else {
            Ok(Self(bytes.to_vec()))
        }
    }
}

/// The names that the held keys open. What is missing was not given or is sealed for others: show the id.
#[derive(Clone, Default, Debug)]
pub struct Names {
    /// The practice's name.
    pub practice: Option<String>,
    /// Members' names.
    pub members: BTreeMap<MemberId, String>,
    /// Devices' names.
    pub devices: BTreeMap<DeviceId, String>,
}

fn cipher(key: &EpochKey) -> Cipher {
    Cipher::new(&derive(key.key(), "name", &[]))
}

fn ad(subject: Subject, epoch: u32) -> Vec<u8> {
    let (kind, id) = match subject {
        Subject::Practice => (0, [0; 16]),
        Subject::Member(id) => (1, *id.as_bytes()),
        Subject::Device(id) => (2, *id.as_bytes()),
    };
    let mut w = Writer::part();
    w.fixed(&label("name")).u8(VERSION).u8(SUITE).u8(kind).fixed(&id).u32(epoch);
    w.finish()
}
