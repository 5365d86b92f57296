//! One test for each rule of the log; `docs/CRYPTO.md` names them.

mod add_device;
mod genesis;
mod place;
mod rotate;

use super::body::{AddDevice, Rotate};
use super::{Entry, EntryKind, EntrySigner, LogState, finish_entry};
use crate::error::{Error, LogError, Result};
use crate::testkit::{TIME, practice, rng, second};
use crate::{DeviceKeys, Scope, enrol_by_kit};

/// The founder's device.
fn owner() -> EntrySigner<'static> {
    EntrySigner::Device(&practice().device.keys)
}

/// Signs a body for the head of the practice's log, whatever it says.
fn forge(signer: EntrySigner<'_>, kind: EntryKind, body: &[u8]) -> Vec<u8> {
    let log = &practice().log;
    let head = log.head();
    finish_entry(&log.practice(), signer, head.seq + 1, head.hash, kind, body, TIME)
}

/// What the practice's log says to an entry.
fn append(entry: &[u8]) -> Result<LogState> {
    let mut log = practice().log.clone();
    log.append(entry).map(|_| log)
}

fn refused(entry: &[u8]) -> LogError {
    match append(entry).unwrap_err() {
        Error::Log(error) => error,
        other => panic!("refused, but for another reason: {other}"),
    }
}

fn body_of<T>(entry: &[u8], parse: impl Fn(&[u8]) -> Result<T>) -> T {
    parse(Entry::parse(entry).unwrap().body).unwrap()
}

/// A new device's `add_device`, changed and signed again by its account.
fn altered_add_device(change: impl FnOnce(&mut AddDevice)) -> Vec<u8> {
    let mut body = body_of(&second().entry, AddDevice::parse);
    change(&mut body);
    forge(EntrySigner::Account(&practice().account), EntryKind::ADD_DEVICE, &body.to_bytes())
}

/// A rotation of the clinical scope, changed and signed again by the owner's device.
fn altered_rotate(change: impl FnOnce(&mut Rotate)) -> Vec<u8> {
    let p = practice();
    let draft = p.log.draft_rotate(&mut rng(6), owner(), Scope::CLINICAL, &p.device.epoch_keys, TIME).unwrap();
    let mut body = body_of(&draft, Rotate::parse);
    change(&mut body);
    forge(owner(), EntryKind::ROTATE, &body.to_bytes())
}
