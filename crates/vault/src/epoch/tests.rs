use super::*;
use crate::testkit::{other_practice, practice, second};

#[test]
fn the_same_import_meets_on_every_device_of_a_practice() {
    let (first, second) = (&practice().device.epoch_keys, &second().epoch_keys);
    let id = first.import_id("Patient", "42").unwrap();
    assert_eq!(second.import_id("Patient", "42").unwrap(), id);
    assert_ne!(first.import_id("Patient", "43").unwrap(), id);
    assert_ne!(first.import_id("Patient4", "2").unwrap(), id, "fields do not run together");
    assert_ne!(other_practice().device.epoch_keys.import_id("Patient", "42").unwrap(), id);
}

#[test]
fn without_the_administrative_scope_nothing_is_imported() {
    let none = EpochKeys::new(practice().practice);
    let missing = Error::MissingEpoch { scope: Scope::ADMINISTRATIVE, epoch: 0 };
    assert_eq!(none.import_id("Patient", "42"), Err(missing));
}

#[test]
fn keys_round_trip_and_print_no_key() {
    let keys = &practice().device.epoch_keys;
    let mut w = Writer::part();
    keys.write(&mut w);
    let mut r = Reader::part(w.bytes());
    let again = EpochKeys::read(keys.practice(), &mut r).unwrap();
    r.finish().unwrap();
    assert_eq!(again.import_id("a", "b"), keys.import_id("a", "b"));
    assert_eq!(format!("{keys:?}"), "EpochKeys[(Scope(1), 0), (Scope(2), 0)]");
}
