use super::*;
use crate::error::Error;
use crate::testkit::{each_length, practice, stub};

#[test]
fn a_stub_round_trips() {
    let stub = stub();
    let again = DeviceStub::parse(&stub.to_bytes()).unwrap();
    assert_eq!(again.to_bytes(), stub.to_bytes());
    assert_eq!(again.kit(), practice().kit);
    let signature = again.sign_access(b"x");
    assert!(practice().device.keys.public().access.verify_raw(b"x", &signature));
    assert_eq!(again.access_public(), practice().device.keys.public().access);
}

#[test]
fn a_cut_or_lengthened_stub_is_refused() {
    each_length(&stub().to_bytes(), |bytes| assert!(DeviceStub::parse(bytes).is_err()));
}

#[test]
fn a_stub_of_a_newer_version_asks_for_an_update() {
    let mut bytes = stub().to_bytes();
    bytes[0] = 2;
    assert_eq!(DeviceStub::parse(&bytes).unwrap_err(), Error::UpdateRequired);
}

#[test]
fn nothing_secret_is_printed() {
    let p = practice();
    let text = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        p.device.keys,
        stub(),
        crate::testkit::share(),
        p.account,
        p.person,
        p.device,
        p.person.unlock_key()
    );
    let hex = |b: &[u8]| b.iter().map(|b| format!("{b:02x}")).collect::<String>();
    for secret in [&p.device.keys.signing.seed()[..], p.device.keys.hpke.seed(), &p.device.keys.local[..]] {
        assert!(!text.contains(&hex(secret)) && !text.contains(&format!("{:?}", secret)));
    }
    assert!(text.contains("Share(redacted)") && text.contains("UnlockKey(redacted)"));
}
