use super::*;
use crate::label::Secret;
use crate::testkit::rng;

/// First vector of draft-connolly-cfrg-xwing-kem: the private key is the seed; of the long public key the SHA-256.
#[test]
fn a_seed_gives_the_public_key_of_the_x_wing_draft() {
    use sha2::Digest;
    let mut seed = [0; 32];
    crate::ids::decode_hex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26", &mut seed).unwrap();
    let public = HpkeSeed::from_seed(Secret::new(seed)).public();
    let mut expected = [0; 32];
    crate::ids::decode_hex("2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb", &mut expected).unwrap();
    assert_eq!(sha2::Sha256::digest(public.as_bytes())[..], expected);
}

#[test]
fn a_sealed_key_opens_with_its_seed_and_info_only() {
    let (one, two) = (HpkeSeed::generate(&mut rng(1)), HpkeSeed::generate(&mut rng(2)));
    let sealed = one.public().seal(&mut rng(3), b"info", &[7; 32]).unwrap();
    assert_eq!(*one.open(b"info", &sealed).unwrap(), [7; 32]);
    assert_eq!(one.open(b"other", &sealed).unwrap_err(), Error::Open);
    assert_eq!(two.open(b"info", &sealed).unwrap_err(), Error::Open);
}

#[test]
fn each_changed_byte_of_a_sealed_key_is_refused() {
    let one = HpkeSeed::generate(&mut rng(1));
    let sealed = one.public().seal(&mut rng(3), b"info", &[7; 32]).unwrap();
    for at in 0..SEALED {
        let mut changed = sealed;
        changed[at] ^= 1 << (at % 8);
        assert_eq!(one.open(b"info", &changed).unwrap_err(), Error::Open, "byte {at}");
    }
}

#[test]
fn a_public_key_of_another_length_or_out_of_range_is_refused() {
    assert!(HpkePublic::from_bytes(&[0; PUBLIC - 1]).is_err());
    assert!(HpkePublic::from_bytes(&[0xff; PUBLIC]).is_err(), "coefficients of ML-KEM are below q");
}
