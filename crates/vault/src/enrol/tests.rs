use crate::testkit::{TIME, other_practice, practice, rng, second};
use crate::{DeviceKeys, Error, LogError, Scope, enrol_by_kit};

#[test]
fn a_device_enrolled_by_kit_holds_the_same_keys() {
    let (p, s) = (practice(), second());
    assert_eq!(s.log.devices()[&s.keys.device()].account, p.kit.account);
    assert_eq!(s.epoch_keys.scopes().collect::<Vec<_>>(), Scope::ALL);
    assert_eq!(s.log.names(&s.epoch_keys).devices[&s.keys.device()], "Desk");
    assert_eq!(s.epoch_keys.import_id("a", "b"), p.device.epoch_keys.import_id("a", "b"));
}

#[test]
fn a_kit_of_another_practice_enrols_nothing() {
    let (p, other) = (practice(), other_practice());
    let keys = DeviceKeys::generate(&mut rng(8));
    let result = enrol_by_kit(&mut rng(8), &p.log, &other.account, &keys.public(), "x", TIME);
    assert_eq!(result.unwrap_err(), Error::Log(LogError::UnknownAccount));
}
