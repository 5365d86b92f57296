use super::*;
use crate::testkit::{PASSWORD, input, practice, rng};
use crate::{AccountKeys, Kdf, PASSPHRASE_WORDS};

#[test]
fn a_founding_replays_from_its_entries() {
    let p = practice();
    let log = LogState::replay(p.practice, &p.entries).unwrap();
    assert_eq!((log.head().seq, log.head()), (2, p.log.head()));
    assert_eq!(p.device.pinned.log, log.head());
    let keys = log.epoch_keys_for_device(&p.device.keys).unwrap();
    assert_eq!(keys.current(Scope::ADMINISTRATIVE), Some(0));
    assert_eq!(keys.current(Scope::CLINICAL), Some(0));
}

#[test]
fn kit_and_password_alone_lead_back_to_every_key() {
    let p = practice();
    let kit = Kit::parse(&p.kit.to_code()).unwrap();
    let person = PersonKeys::derive(&kit, PASSWORD, Kdf::FLOOR).unwrap();
    let account = AccountKeys::open(p.practice, kit.account, &p.account_wrap, person.unlock_key()).unwrap();
    assert_eq!(p.log.epoch_keys_for_account(&account).unwrap().scopes().count(), 2);
}

#[test]
fn names_are_read_with_the_keys_and_by_nobody_else() {
    let p = practice();
    let names = p.log.names(&p.device.epoch_keys);
    assert_eq!(names.practice.as_deref(), Some("Praxis am Ring"));
    assert_eq!(names.members.values().collect::<Vec<_>>(), ["Dr. Ada Beispiel"]);
    assert_eq!(names.devices.values().collect::<Vec<_>>(), ["Tablet 1"]);
    let foreign = crate::testkit::other_practice();
    assert!(p.log.names(&foreign.device.epoch_keys).practice.is_none());
    for entry in &p.entries {
        for text in ["Praxis", "Ada", "Beispiel", "Tablet"] {
            assert!(!entry.windows(text.len()).any(|w| w == text.as_bytes()), "{text} is readable in the log");
        }
    }
}

#[test]
fn weak_hashing_founds_nothing() {
    let weak = FoundingInput { kdf: Kdf { passes: 2, ..Kdf::FLOOR }, ..input(PASSWORD) };
    assert_eq!(found(&mut rng(1), &weak).unwrap_err(), crate::Error::KdfBelowFloor);
}

#[test]
fn two_practices_share_nothing() {
    let (a, b) = (practice(), crate::testkit::other_practice());
    assert_ne!(a.practice, b.practice);
    assert!(a.log.epoch_keys_for_device(&b.device.keys).unwrap().scopes().next().is_none());
    assert_eq!(crate::words(a.practice.as_bytes(), PASSPHRASE_WORDS).split(' ').count(), 6);
}
