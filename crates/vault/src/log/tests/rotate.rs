//! Rules of `rotate`, and reading the keys back.

use super::*;
use crate::log::{Principal, Role};
use crate::testkit::header;
use crate::{EnvelopeView, WrapView, open_record, rewrap, seal_record};

fn rotated(log: &LogState, scope: Scope, keys: &crate::EpochKeys) -> LogState {
    let mut log = log.clone();
    let entry = log.draft_rotate(&mut rng(6), owner(), scope, keys, TIME).unwrap();
    log.append(&entry).unwrap();
    log
}

#[test]
fn a_rotation_reaches_devices_account_and_recovery_key() {
    let (p, s) = (practice(), second());
    let log = rotated(&s.log, Scope::CLINICAL, &s.epoch_keys);
    let recovery = crate::RecoveryKeys::combine(&p.sheets[1..], p.practice, log.recovery()).unwrap();
    for keys in [
        log.epoch_keys_for_device(&p.device.keys),
        log.epoch_keys_for_device(&s.keys),
        log.epoch_keys_for_account(&p.account),
        log.epoch_keys_for_recovery(&recovery),
    ] {
        let keys = keys.unwrap();
        assert!(keys.holds(Scope::CLINICAL, 0) && keys.holds(Scope::CLINICAL, 1));
        assert_eq!(keys.current(Scope::ADMINISTRATIVE), Some(0));
    }
}

#[test]
fn a_device_added_after_rotations_reads_back_to_epoch_0() {
    let p = practice();
    let mut log = p.log.clone();
    for _ in 0..3 {
        let keys = log.epoch_keys_for_device(&p.device.keys).unwrap();
        log = rotated(&log, Scope::CLINICAL, &keys);
    }
    let device = DeviceKeys::generate(&mut rng(8));
    let (entry, _) = enrol_by_kit(&mut rng(8), &log, &p.account, &device.public(), "x", TIME).unwrap();
    log.append(&entry).unwrap();
    let keys = log.epoch_keys_for_device(&device).unwrap();
    assert!((0..=3).all(|n| keys.holds(Scope::CLINICAL, n)));

    let sealed = seal_record(&mut rng(1), &p.device.epoch_keys, &header(Scope::CLINICAL), 1, b"old").unwrap();
    let view = EnvelopeView::parse(&sealed.envelope).unwrap();
    assert_eq!(&open_record(&keys, &view, &sealed.wrap).unwrap().body[..], b"old");
    let fresh = rewrap(&mut rng(1), &keys, &sealed.wrap).unwrap();
    assert_eq!(WrapView::parse(&fresh).unwrap().epoch, 3);
    assert_eq!(&open_record(&keys, &view, &fresh).unwrap().body[..], b"old");
    let missing = Error::MissingEpoch { scope: Scope::CLINICAL, epoch: 3 };
    assert_eq!(open_record(&p.device.epoch_keys, &view, &fresh).unwrap_err(), missing);
}

#[test]
fn refreshing_opens_only_what_is_new() {
    let p = practice();
    let log = rotated(&p.log, Scope::CLINICAL, &p.device.epoch_keys);
    let mut keys = p.log.epoch_keys_for_device(&p.device.keys).unwrap();
    assert!(log.refresh_epoch_keys(&p.device.keys, &mut keys).unwrap());
    assert!(!log.refresh_epoch_keys(&p.device.keys, &mut keys).unwrap());
    let mut foreign = crate::EpochKeys::new(crate::testkit::other_practice().practice);
    let error = log.refresh_epoch_keys(&p.device.keys, &mut foreign).unwrap_err();
    assert_eq!(error, LogError::OtherPractice.into());
}

#[test]
fn only_an_owners_device_rotates() {
    let p = practice();
    let body = Entry::parse(&altered_rotate(|_| {})).unwrap().body.to_vec();
    let by_account = forge(EntrySigner::Account(&p.account), EntryKind::ROTATE, &body);
    assert_eq!(refused(&by_account), LogError::NotAllowed);
    let recovery = crate::RecoveryKeys::combine(&p.sheets[..2], p.practice, p.log.recovery()).unwrap();
    let by_recovery = forge(EntrySigner::Recovery(&recovery), EntryKind::ROTATE, &body);
    assert_eq!(refused(&by_recovery), LogError::NotAllowed);
    let mut log = p.log.clone();
    log.members.values_mut().for_each(|m| m.standings[0].role = Role::Member);
    assert_eq!(log.append(&altered_rotate(|_| {})).unwrap_err(), LogError::NotAllowed.into());
}

#[test]
fn epochs_follow_each_other() {
    for wrong in [0, 2, u32::MAX] {
        assert_eq!(refused(&altered_rotate(|r| r.epoch = wrong)), LogError::WrongEpoch);
    }
}

#[test]
fn a_rotation_wraps_the_previous_key_and_the_first_wraps_none() {
    assert_eq!(refused(&altered_rotate(|r| r.previous.clear())), LogError::WrongEpoch);
    assert_eq!(refused(&altered_rotate(|r| r.previous.push(0))), LogError::WrongEpoch);
    let p = practice();
    let fresh = LogState::verify_genesis(&p.entries[0]).unwrap();
    let mut body = body_of(&p.entries[1], Rotate::parse);
    body.previous = vec![0; Rotate::PREVIOUS];
    let head = fresh.head();
    let entry = finish_entry(&p.practice, owner(), 1, head.hash, EntryKind::ROTATE, &body.to_bytes(), TIME);
    assert_eq!(fresh.clone().append(&entry).unwrap_err(), LogError::WrongEpoch.into());
}

#[test]
fn an_incomplete_or_longer_list_of_recipients_is_refused() {
    for missing in 0..3 {
        assert_eq!(refused(&altered_rotate(|r| drop(r.grants.remove(missing)))), LogError::WrongRecipients);
    }
    let longer = altered_rotate(|r| {
        let mut stranger = r.grants[0].clone();
        stranger.recipient = Principal::Device(crate::DeviceId::from_bytes([0; 16]));
        r.grants.insert(0, stranger);
    });
    assert_eq!(refused(&longer), LogError::WrongRecipients);
}

#[test]
fn a_grant_to_a_key_that_the_log_does_not_hold_is_refused() {
    assert_eq!(refused(&altered_rotate(|r| r.grants[0].key[31] ^= 1)), LogError::WrongRecipients);
}

#[test]
fn unsorted_or_repeated_recipients_are_malformed() {
    for change in [|r: &mut Rotate| r.grants.swap(0, 1), |r: &mut Rotate| r.grants[1] = r.grants[0].clone()] {
        assert_eq!(append(&altered_rotate(change)).unwrap_err(), Error::Malformed);
    }
}

#[test]
fn a_key_that_differs_from_its_commitment_is_noticed() {
    let log = append(&altered_rotate(|r| r.commitment[0] ^= 1)).unwrap();
    let error = log.epoch_keys_for_device(&practice().device.keys).unwrap_err();
    assert_eq!(error, LogError::BadGrant.into());
}

#[test]
fn a_wrapped_previous_key_that_does_not_open_or_match_is_noticed() {
    let log = append(&altered_rotate(|r| r.previous[20] ^= 1)).unwrap();
    let error = log.epoch_keys_for_device(&practice().device.keys).unwrap_err();
    assert_eq!(error, LogError::BadGrant.into());
}

#[test]
fn a_long_log_replays_to_the_same_head() {
    let p = practice();
    let mut log = p.log.clone();
    let mut entries = p.entries.clone();
    for _ in 0..20 {
        let keys = log.epoch_keys_for_device(&p.device.keys).unwrap();
        let entry = log.draft_rotate(&mut rng(6), owner(), Scope::CLINICAL, &keys, TIME).unwrap();
        log.append(&entry).unwrap();
        entries.push(entry);
    }
    let again = LogState::replay(p.practice, &entries).unwrap();
    assert_eq!(again.head(), log.head());
    assert_eq!(again.epoch_keys_for_device(&p.device.keys).unwrap().current(Scope::CLINICAL), Some(20));
}
