//! Rules of `add_device`.

use super::*;
use crate::log::{Principal, Role};
use crate::testkit::other_practice;
use crate::{AccountId, VerifyKey};

/// An entry for a fresh device, by any signer.
fn by(log: &LogState, signer: EntrySigner<'_>) -> Result<Vec<u8>> {
    let (p, keys) = (practice(), DeviceKeys::generate(&mut rng(8)));
    let epoch_keys = &p.device.epoch_keys;
    log.draft_add_device(&mut rng(8), signer, p.kit.account, &keys.public(), "x", epoch_keys, TIME)
}

#[test]
fn owner_device_same_account_and_account_key_may_add_a_device() {
    let (p, s) = (practice(), second());
    assert!(by(&s.log, owner()).is_ok());
    assert!(by(&s.log, EntrySigner::Account(&p.account)).is_ok());
    let mut plain = s.log.clone();
    plain.members.values_mut().for_each(|m| m.standings[0].role = Role::Member);
    assert!(by(&plain, EntrySigner::Device(&s.keys)).is_ok(), "a member's own device");
}

#[test]
fn a_member_cannot_add_a_device_to_another_account() {
    let (p, other) = (practice(), other_practice());
    let mut log = p.log.clone();
    // A second person, who is no owner.
    let member = crate::MemberId::from_bytes([2; 16]);
    let mut in_log = log.members.values().next().unwrap().clone();
    in_log.standings[0].role = Role::Member;
    log.members.insert(member, in_log);
    let public = other.account.public(other.person.login_public());
    log.accounts.insert(public.account, crate::AccountInLog { member, public });
    let mut device = log.devices.values().next().unwrap().clone();
    (device.account, device.public) = (other.kit.account, other.device.keys.public());
    log.devices.insert(device.public.device, device);
    for signer in [EntrySigner::Device(&other.device.keys), EntrySigner::Account(&other.account)] {
        assert_eq!(by(&log, signer).unwrap_err(), LogError::NotAllowed.into());
    }
}

#[test]
fn the_recovery_key_adds_no_device() {
    let p = practice();
    let recovery = crate::RecoveryKeys::combine(&p.sheets[..2], p.practice, p.log.recovery()).unwrap();
    assert_eq!(by(&p.log, EntrySigner::Recovery(&recovery)).unwrap_err(), LogError::NotAllowed.into());
}

#[test]
fn a_device_for_an_unknown_account_is_refused() {
    let entry = altered_add_device(|b| b.account = AccountId::from_bytes([7; 16]));
    assert_eq!(refused(&entry), LogError::UnknownAccount);
}

#[test]
fn an_id_or_key_that_stands_in_the_log_enters_no_second_time() {
    let first = practice().device.keys.public();
    for change in [
        |b: &mut AddDevice, f: &crate::DevicePublic| b.device.device = f.device,
        |b: &mut AddDevice, f: &crate::DevicePublic| b.device.signing = f.signing,
        |b: &mut AddDevice, f: &crate::DevicePublic| b.device.access = f.access,
        |b: &mut AddDevice, f: &crate::DevicePublic| b.device.signing = f.access,
        |b: &mut AddDevice, _: &crate::DevicePublic| b.device.access = b.device.signing,
    ] {
        assert_eq!(refused(&altered_add_device(|b| change(b, &first))), LogError::BadKey);
    }
}

#[test]
fn a_weak_key_does_not_enter() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let entry = altered_add_device(|b| b.device.signing = VerifyKey::from_bytes(identity));
    assert_eq!(refused(&entry), LogError::BadKey);
}

#[test]
fn a_device_is_granted_exactly_the_scopes_of_its_member() {
    assert_eq!(refused(&altered_add_device(|b| drop(b.grants.pop()))), LogError::WrongRecipients);
    assert_eq!(refused(&altered_add_device(|b| drop(b.grants.remove(0)))), LogError::WrongRecipients);
    let mut log = practice().log.clone();
    log.members.values_mut().for_each(|m| m.standings[0].scopes.retain(|s| *s != Scope::CLINICAL));
    assert_eq!(log.append(&second().entry).unwrap_err(), LogError::WrongRecipients.into());
}

#[test]
fn a_grant_to_another_device_or_key_is_refused() {
    let to_first = Principal::Device(practice().device.device());
    assert_eq!(refused(&altered_add_device(|b| b.grants[1].2.recipient = to_first)), LogError::WrongRecipients);
    assert_eq!(refused(&altered_add_device(|b| b.grants[1].2.key[0] ^= 1)), LogError::WrongRecipients);
}

#[test]
fn a_grant_of_another_epoch_is_refused() {
    assert_eq!(refused(&altered_add_device(|b| b.grants[0].1 = 1)), LogError::WrongEpoch);
}

#[test]
fn a_grant_that_holds_another_key_is_noticed_by_its_device() {
    let (p, s) = (practice(), second());
    let entry = altered_add_device(|b| {
        // The grants change places, labels stay: neither opens.
        let (one, two) = (b.grants[0].2.clone(), b.grants[1].2.clone());
        (b.grants[0].2, b.grants[1].2) = (two, one);
    });
    let mut log = p.log.clone();
    log.append(&entry).unwrap();
    assert_eq!(log.epoch_keys_for_device(&s.keys).unwrap_err(), LogError::BadGrant.into());
}

#[test]
fn a_draft_that_lost_the_race_is_made_again_on_the_new_head() {
    let (p, s) = (practice(), second());
    let keys = DeviceKeys::generate(&mut rng(8));
    let enrol = |log| enrol_by_kit(&mut rng(8), log, &p.account, &keys.public(), "x", TIME).unwrap().0;
    let stale = enrol(&p.log);
    let mut log = s.log.clone();
    assert_eq!(log.append(&stale).unwrap_err(), LogError::Fork.into());
    assert!(log.append(&enrol(&log.clone())).is_ok());
}
