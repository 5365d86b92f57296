//! Rules of the first entry and of the two rotations that follow it.

use super::*;
use crate::log::{Genesis, Principal, Role};
use crate::testkit::{each_length, other_practice};
use crate::{EntryHash, PracticeId, VerifyKey};

const NOWHERE: PracticeId = PracticeId::from_bytes([0; 32]);
const NOTHING: EntryHash = EntryHash::from_bytes([0; 32]);

fn sign(signer: EntrySigner<'_>, seq: u64, prev: EntryHash, kind: EntryKind, body: &[u8]) -> Vec<u8> {
    finish_entry(&NOWHERE, signer, seq, prev, kind, body, TIME)
}

/// The practice's genesis, changed and signed again.
fn altered(change: impl FnOnce(&mut Genesis)) -> LogError {
    let mut genesis = body_of(&practice().entries[0], Genesis::parse);
    change(&mut genesis);
    refused_first(&sign(owner(), 0, NOTHING, EntryKind::GENESIS, &genesis.to_bytes()))
}

fn refused_first(entry: &[u8]) -> LogError {
    match LogState::verify_genesis(entry).unwrap_err() {
        Error::Log(error) => error,
        other => panic!("refused, but for another reason: {other}"),
    }
}

#[test]
fn a_log_starts_with_a_genesis_at_number_0() {
    let body = Entry::parse(&practice().entries[0]).unwrap().body;
    assert_eq!(refused_first(&practice().entries[1]), LogError::BadGenesis);
    assert_eq!(refused_first(&sign(owner(), 1, NOTHING, EntryKind::GENESIS, body)), LogError::BadGenesis);
    let prev = EntryHash::from_bytes([1; 32]);
    assert_eq!(refused_first(&sign(owner(), 0, prev, EntryKind::GENESIS, body)), LogError::BadGenesis);
    assert_eq!(refused_first(&sign(owner(), 0, NOTHING, EntryKind::ROTATE, body)), LogError::BadGenesis);
}

#[test]
fn a_genesis_is_signed_by_the_device_it_introduces() {
    let body = Entry::parse(&practice().entries[0]).unwrap().body;
    let other = EntrySigner::Device(&other_practice().device.keys);
    assert_eq!(refused_first(&sign(other, 0, NOTHING, EntryKind::GENESIS, body)), LogError::UnknownSigner);
    let account = EntrySigner::Account(&practice().account);
    assert_eq!(refused_first(&sign(account, 0, NOTHING, EntryKind::GENESIS, body)), LogError::UnknownSigner);
    let mut changed = practice().entries[0].clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(refused_first(&changed), LogError::BadSignature);
}

#[test]
fn a_founder_is_an_owner_with_all_scopes() {
    assert_eq!(altered(|g| g.role = Role::Member), LogError::BadGenesis);
    assert_eq!(altered(|g| g.scopes.truncate(1)), LogError::BadGenesis);
}

#[test]
fn a_recovery_set_that_one_sheet_opens_or_none_can_is_refused() {
    assert_eq!(altered(|g| g.keys.recovery.k = 1), LogError::BadGenesis);
    assert_eq!(altered(|g| g.keys.recovery.k = 4), LogError::BadGenesis);
}

#[test]
fn weak_and_repeated_keys_are_refused_in_a_genesis() {
    let mut identity = [0; 32];
    identity[0] = 1;
    assert_eq!(altered(|g| g.keys.account.signing = VerifyKey::from_bytes(identity)), LogError::BadKey);
    assert_eq!(altered(|g| g.keys.account.login = g.keys.account.signing), LogError::BadKey);
    assert_eq!(altered(|g| g.keys.device.access = g.keys.device.signing), LogError::BadKey);
}

#[test]
fn the_log_of_another_practice_is_noticed() {
    let (p, other) = (practice(), other_practice());
    let result = LogState::verify_genesis_of(p.practice, &other.entries[0]);
    assert_eq!(result.unwrap_err(), LogError::OtherPractice.into());
    let result = LogState::replay(p.practice, &other.entries);
    assert_eq!(result.unwrap_err(), LogError::OtherPractice.into());
    let none: [Vec<u8>; 0] = [];
    assert_eq!(LogState::replay(p.practice, none).unwrap_err(), LogError::Gap { expected: 0 }.into());
}

#[test]
fn any_flipped_bit_of_a_genesis_is_another_practice_at_most() {
    let p = practice();
    let entry = &p.entries[0];
    let mut changed = entry.clone();
    // One bit of each byte; the genesis is long.
    for at in 0..entry.len() {
        let bit = 1 << (at % 8);
        changed[at] ^= bit;
        assert!(LogState::verify_genesis(&changed).is_err(), "byte {at}");
        changed[at] ^= bit;
    }
    each_length(&entry[..200], |bytes| assert!(LogState::verify_genesis(bytes).is_err()));
}

#[test]
fn both_first_epochs_come_before_anything_else_and_in_order() {
    let p = practice();
    let fresh = LogState::verify_genesis(&p.entries[0]).unwrap();
    assert_eq!(fresh.current_epoch(Scope::ADMINISTRATIVE), None);
    let next = |log: &LogState, kind, body: &[u8]| {
        let head = log.head();
        finish_entry(&p.practice, owner(), head.seq + 1, head.hash, kind, body, TIME)
    };
    let clinical = Entry::parse(&p.entries[2]).unwrap().body;
    let early = next(&fresh, EntryKind::ROTATE, clinical);
    assert_eq!(fresh.clone().append(&early).unwrap_err(), LogError::FoundingIncomplete.into());
    let add = Entry::parse(&second().entry).unwrap().body;
    let early = next(&fresh, EntryKind::ADD_DEVICE, add);
    assert_eq!(fresh.clone().append(&early).unwrap_err(), LogError::FoundingIncomplete.into());

    let mut one = fresh.clone();
    one.append(&p.entries[1]).unwrap();
    let administrative = Entry::parse(&p.entries[1]).unwrap().body;
    let again = next(&one, EntryKind::ROTATE, administrative);
    assert_eq!(one.append(&again).unwrap_err(), LogError::FoundingIncomplete.into());
}

#[test]
fn the_first_signer_is_the_founders_device() {
    let entry = Entry::parse(&practice().entries[0]).unwrap();
    assert_eq!(entry.signer, Principal::Device(practice().device.device()));
    assert_eq!(entry.claimed_time_ms, TIME);
}
