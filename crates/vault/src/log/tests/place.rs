//! Place in the chain, signer, signature, type.

use proptest::prelude::*;

use super::*;
use crate::testkit::{each_flip, each_length, other_practice};
use crate::{Cut, EntryHash, RecoveryKeys, Role};

#[test]
fn an_entry_that_skips_a_number_is_a_gap() {
    let (p, s) = (practice(), second());
    let next = s.log.draft_rotate(&mut rng(1), owner(), Scope::CLINICAL, &p.device.epoch_keys, TIME).unwrap();
    assert_eq!(refused(&next), LogError::Gap { expected: 3 });
}

#[test]
fn an_entry_seen_before_is_a_replay() {
    let p = practice();
    for entry in &p.entries {
        assert_eq!(refused(entry), LogError::Replay);
    }
}

#[test]
fn another_entry_at_a_taken_place_is_a_fork() {
    let other = altered_rotate(|_| {});
    let mut log = second().log.clone();
    assert_eq!(log.append(&other).unwrap_err(), LogError::Fork.into());
    assert_eq!(log.head(), second().log.head());
}

#[test]
fn an_entry_on_another_head_is_a_fork() {
    let p = practice();
    let head = EntryHash::from_bytes([1; 32]);
    let entry = finish_entry(&p.practice, owner(), 3, head, EntryKind::ROTATE, &[], TIME);
    assert_eq!(refused(&entry), LogError::Fork);
}

#[test]
fn a_second_genesis_is_refused() {
    let genesis = Entry::parse(&practice().entries[0]).unwrap().body;
    assert_eq!(refused(&forge(owner(), EntryKind::GENESIS, genesis)), LogError::Fork);
}

#[test]
fn an_unknown_device_account_or_recovery_set_signs_nothing() {
    let other = other_practice();
    let recovery = RecoveryKeys::generate(&mut rng(1));
    for signer in [
        EntrySigner::Device(&other.device.keys),
        EntrySigner::Account(&other.account),
        EntrySigner::Recovery(&recovery),
    ] {
        assert_eq!(refused(&forge(signer, EntryKind::ROTATE, &[])), LogError::UnknownSigner);
    }
}

#[test]
fn a_removed_device_signs_nothing() {
    let mut log = practice().log.clone();
    let device = practice().device.device();
    log.devices.get_mut(&device).unwrap().removed_at = Some(2);
    let entry = altered_rotate(|_| {});
    assert_eq!(log.append(&entry).unwrap_err(), LogError::UnknownSigner.into());
}

#[test]
fn a_signature_by_another_key_or_for_another_practice_is_refused() {
    let p = practice();
    let mut impostor = DeviceKeys::generate(&mut rng(1));
    impostor.device = p.device.device();
    let entry = forge(EntrySigner::Device(&impostor), EntryKind::ROTATE, &[]);
    assert_eq!(refused(&entry), LogError::BadSignature);
    let head = p.log.head();
    let elsewhere = finish_entry(&other_practice().practice, owner(), 3, head.hash, EntryKind::ROTATE, &[], TIME);
    assert_eq!(refused(&elsewhere), LogError::BadSignature);
}

#[test]
fn an_entry_type_of_a_newer_version_asks_for_an_update_if_well_signed() {
    for kind in [1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 999] {
        let entry = forge(owner(), EntryKind(kind), b"anything");
        assert_eq!(append(&entry).unwrap_err(), Error::UpdateRequired, "type {kind}");
        let mut unsigned = entry;
        *unsigned.last_mut().unwrap() ^= 1;
        assert_eq!(refused(&unsigned), LogError::BadSignature, "type {kind}");
    }
}

#[test]
fn cuts_where_nobody_loses_authority_are_refused() {
    let p = practice();
    let plain = altered_rotate(|_| {});
    let parsed = Entry::parse(&plain).unwrap();
    let cut = Cut { device: p.device.device(), seq: 1, hash: crate::CommitHash::from_bytes([1; 32]) };
    let mut w = crate::codec::Writer::object();
    w.u64(parsed.seq).fixed(parsed.prev.as_bytes()).u16(parsed.kind.0).var(parsed.body).count(1);
    w.fixed(cut.device.as_bytes()).u64(cut.seq).fixed(cut.hash.as_bytes());
    parsed.signer.write(&mut w);
    w.u64(TIME);
    let signature = p.device.keys.signing.sign("entry", &p.practice, w.bytes());
    w.fixed(&signature);
    let entry = w.finish();
    assert_eq!(Entry::parse(&entry).unwrap().cuts, [cut], "the format carries them");
    assert_eq!(refused(&entry), LogError::UnexpectedCuts);
}

#[test]
fn any_flipped_bit_of_an_entry_is_refused() {
    let entry = altered_rotate(|_| {});
    assert!(append(&entry).is_ok());
    each_flip(&entry, |changed, bit| assert!(append_light(changed).is_err(), "bit {bit}"));
}

#[test]
fn a_cut_or_lengthened_entry_is_refused() {
    each_length(&second().entry, |entry| assert!(Entry::parse(entry).is_err()));
}

#[test]
fn a_pinned_head_is_found_in_a_longer_log_and_not_in_a_forked_one() {
    let (p, s) = (practice(), second());
    assert!(s.log.contains(p.log.head()) && s.log.contains(s.log.head()));
    assert!(!p.log.contains(s.log.head()), "not there yet");
    let fork = append(&altered_rotate(|_| {})).unwrap();
    assert!(fork.contains(p.log.head()) && !fork.contains(s.log.head()));
}

#[test]
fn the_state_is_as_before_after_a_refusal() {
    let mut log = practice().log.clone();
    let _ = log.append(&altered_rotate(|r| r.grants.truncate(1))).unwrap_err();
    assert_eq!(log.head(), practice().log.head());
    assert!(log.append(&second().entry).is_ok());
}

#[test]
fn roles_are_read_from_the_genesis() {
    let members = practice().log.members();
    assert_eq!(members.values().map(|m| m.role()).collect::<Vec<_>>(), [Some(Role::Owner)]);
}

proptest! {
    #[test]
    fn random_entries_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Entry::parse(&bytes);
        let _ = AddDevice::parse(&bytes);
        let _ = Rotate::parse(&bytes);
        let _ = super::super::Genesis::parse(&bytes);
        prop_assert!(append(&bytes).is_err());
    }
}

/// Without cloning the state, for thousands of calls.
fn append_light(entry: &[u8]) -> Result<()> {
    practice().log.check(&Entry::parse(entry)?).map(drop)
}
