use super::*;
use crate::testkit::{bundle, each_flip, each_length, other_practice, practice, rng, second, share, stub};
use crate::{Kdf, Scope};

fn open(bundle: &Bundle) -> Result<UnlockedDevice> {
    bundle.open(&stub(), practice().person.unlock_key(), &share())
}

#[test]
fn a_bundle_opens_to_the_same_device() {
    let (p, opened) = (practice(), open(bundle()).unwrap());
    assert_eq!(opened.keys.public(), p.device.keys.public());
    assert_eq!(opened.pinned, p.device.pinned);
    assert_eq!(opened.epoch_keys.current(Scope::CLINICAL), Some(0));
    assert_eq!((opened.practice(), opened.account(), opened.device()), (p.practice, p.kit.account, p.device.device()));
}

#[test]
fn a_bundle_survives_its_encoding() {
    let again = Bundle::parse(&bundle().to_bytes()).unwrap();
    assert_eq!(&again, bundle());
    each_length(&bundle().to_bytes(), |bytes| assert!(Bundle::parse(bytes).is_err()));
}

#[test]
fn without_the_share_the_password_opens_nothing() {
    let p = practice();
    let wrong = Share::from_bytes([0x5b; 32]);
    assert_eq!(bundle().open(&stub(), p.person.unlock_key(), &wrong).unwrap_err(), Error::Open);
    assert_eq!(bundle().open_with_account(&stub(), p.account.account_key(), &wrong).unwrap_err(), Error::Open);
    let other = other_practice().person.unlock_key();
    assert_eq!(bundle().open(&stub(), other, &share()).unwrap_err(), Error::Open);
}

#[test]
fn after_a_password_change_elsewhere_the_account_key_opens_it() {
    let (p, new) = (practice(), other_practice().person.unlock_key());
    let device = bundle().open_with_account(&stub(), p.account.account_key(), &share()).unwrap();
    let mut changed = bundle().clone();
    changed.b1 = device.reseal_for_password(&mut rng(5), new, &share());
    assert_eq!(changed.open(&stub(), new, &share()).unwrap().device(), device.device());
    assert_eq!(open(&changed).unwrap_err(), Error::Open);
}

#[test]
fn new_heads_and_epoch_keys_are_written_without_the_password() {
    let mut device = open(bundle()).unwrap();
    device
        .pinned
        .chains
        .insert(device.device(), ChainHead { seq: 4, hash: CommitHash::from_bytes([1; 32]), log_seq: 2 });
    device.pinned.chains.insert(second().keys.device(), ChainHead::START);
    let mut changed = bundle().clone();
    changed.b0 = device.reseal(&mut rng(5));
    assert_eq!(open(&changed).unwrap().pinned, device.pinned);
}

#[test]
fn any_flipped_bit_of_a_bundle_is_refused() {
    each_flip(&bundle().b0, |b0, bit| {
        let changed = Bundle { b0: b0.to_vec(), ..bundle().clone() };
        assert!(open(&changed).is_err(), "B0 bit {bit}");
    });
    each_flip(&bundle().b1, |b1, bit| {
        let changed = Bundle { b1: b1.to_vec(), ..bundle().clone() };
        assert!(open(&changed).is_err(), "B1 bit {bit}");
    });
    each_flip(&bundle().b2, |b2, bit| {
        let changed = Bundle { b2: b2.to_vec(), ..bundle().clone() };
        let key = practice().account.account_key();
        assert!(changed.open_with_account(&stub(), key, &share()).is_err(), "B2 bit {bit}");
    });
}

#[test]
fn slots_and_devices_cannot_be_exchanged() {
    let p = practice();
    let swapped = Bundle { b1: bundle().b2.clone(), b2: bundle().b1.clone(), ..bundle().clone() };
    assert!(open(&swapped).is_err());
    assert!(swapped.open_with_account(&stub(), p.account.account_key(), &share()).is_err());
    let foreign = second().keys.stub(p.practice, &p.kit, Kdf::FLOOR);
    assert!(bundle().open(&foreign, p.person.unlock_key(), &share()).is_err());
}

#[test]
fn a_slot_commits_to_its_key() {
    let mut b1 = bundle().b1.clone();
    b1[..32].copy_from_slice(&bundle().b2[..32]);
    assert_eq!(open(&Bundle { b1, ..bundle().clone() }).unwrap_err(), Error::Open);
}
