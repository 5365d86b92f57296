use proptest::prelude::*;

use super::padding::{PREFIX, bucket, pad_into, unpad};
use super::*;
use crate::error::{Error, Result};
use crate::testkit::{each_flip, each_length, header, other_practice, practice, rng, second};
use crate::{EnvelopeId, EpochKeys, Scope};

fn keys() -> &'static EpochKeys {
    &practice().device.epoch_keys
}

fn seal(body: &[u8]) -> Sealed {
    let header = Header {
        parents: vec![EnvelopeId::from_bytes([2; 32]), EnvelopeId::from_bytes([1; 32])],
        ..header(Scope::CLINICAL)
    };
    seal_record(&mut rng(5), keys(), &header, 7, body).unwrap()
}

fn open(envelope: &[u8], wrap: &[u8]) -> Result<Opened> {
    open_record(keys(), &EnvelopeView::parse(envelope)?, wrap)
}

proptest! {
    #[test]
    fn any_body_round_trips(body in proptest::collection::vec(any::<u8>(), 0..5000), kind in any::<u16>()) {
        let header = header(Scope::ADMINISTRATIVE);
        let sealed = seal_record(&mut rng(5), keys(), &header, kind, &body).unwrap();
        let opened = open(&sealed.envelope, &sealed.wrap).unwrap();
        prop_assert_eq!((&opened.header, opened.kind, &opened.body[..]), (&header, kind, &body[..]));
        prop_assert_eq!(opened.id, sealed.id);
    }

    #[test]
    fn random_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let sealed = seal(b"x");
        prop_assert!(open(&bytes, &sealed.wrap).is_err());
        prop_assert!(open(&sealed.envelope, &bytes).is_err());
    }

    #[test]
    fn buckets_hide_the_length_at_little_cost(len in 0usize..10_000_000) {
        let padded = bucket(len);
        prop_assert!(padded >= len.max(256));
        prop_assert!(len <= 256 || (padded - len) * 100 <= len * 12);
        prop_assert_eq!(bucket(padded), padded);
        prop_assert!(bucket(len + 1) >= padded);
    }
}

#[test]
fn any_flipped_bit_of_an_envelope_is_refused() {
    let sealed = seal(b"body");
    each_flip(&sealed.envelope, |e, bit| assert!(open(e, &sealed.wrap).is_err(), "bit {bit}"));
}

#[test]
fn any_flipped_bit_of_a_wrap_is_refused() {
    let sealed = seal(b"body");
    each_flip(&sealed.wrap, |w, bit| assert!(open(&sealed.envelope, w).is_err(), "bit {bit}"));
}

#[test]
fn cut_and_lengthened_envelopes_and_wraps_are_refused() {
    let sealed = seal(b"body");
    assert_eq!(sealed.wrap.len(), WrapView::LEN);
    each_length(&sealed.envelope, |e| assert!(EnvelopeView::parse(e).is_err()));
    each_length(&sealed.wrap, |w| assert!(WrapView::parse(w).is_err()));
}

#[test]
fn a_header_is_readable_without_a_key_and_parents_are_sorted() {
    let sealed = seal(b"body");
    let view = EnvelopeView::parse(&sealed.envelope).unwrap();
    assert_eq!(view.id(), sealed.id);
    assert_eq!(view.header().parents, [EnvelopeId::from_bytes([1; 32]), EnvelopeId::from_bytes([2; 32])]);
    assert!(!sealed.envelope.windows(4).any(|w| w == b"body"));
}

#[test]
fn wraps_do_not_fit_other_envelopes() {
    let (one, two) = (seal(b"one"), seal_record(&mut rng(6), keys(), &header(Scope::CLINICAL), 7, b"two").unwrap());
    assert_eq!(open(&one.envelope, &two.wrap).unwrap_err(), Error::Open);
}

#[test]
fn an_envelope_commits_to_its_key() {
    // A malicious author wraps another data key for the same envelope: the commitment refuses it before anything is opened.
    let (one, two) = (seal(b"one"), seal_record(&mut rng(6), keys(), &header(Scope::CLINICAL), 7, b"two").unwrap());
    let dek = WrapView::parse(&two.wrap).unwrap().unwrap(keys()).unwrap();
    let forged = wrap::wrap(&mut rng(7), keys(), Scope::CLINICAL, 0, one.id, &dek).unwrap();
    assert_eq!(open(&one.envelope, &forged).unwrap_err(), Error::Open);
}

#[test]
fn a_commitment_to_another_key_is_refused_though_the_seal_would_open() {
    let dek = crate::label::Secret::new([9; 32]);
    let header = header(Scope::CLINICAL).to_bytes().unwrap();
    let (ke, kc) = envelope::data_keys(&dek, &header);
    let made_with = |kc: &[u8]| {
        let ad = [&header[..], kc].concat();
        let mut plain = Vec::new();
        pad_into(&mut plain, 1, b"body").unwrap();
        let tag = crate::aead::Cipher::new(&ke).seal(&[0; 12], &ad, &mut plain);
        let len = u32::try_from(plain.len() + tag.len()).unwrap().to_be_bytes();
        let envelope = [&ad[..], &len, &plain, &tag].concat();
        let id = EnvelopeView::parse(&envelope).unwrap().id();
        let wrap = wrap::wrap(&mut rng(7), keys(), Scope::CLINICAL, 0, id, &dek).unwrap();
        open(&envelope, &wrap)
    };
    assert_eq!(&made_with(kc.as_ref()).unwrap().body[..], b"body");
    assert_eq!(made_with(&[0; 32]).unwrap_err(), Error::Open);
}

#[test]
fn a_wrap_under_another_scope_is_refused() {
    let one = seal(b"one");
    let dek = WrapView::parse(&one.wrap).unwrap().unwrap(keys()).unwrap();
    let forged = wrap::wrap(&mut rng(7), keys(), Scope::ADMINISTRATIVE, 0, one.id, &dek).unwrap();
    assert_eq!(open(&one.envelope, &forged).unwrap_err(), Error::Open);
}

#[test]
fn another_practice_opens_nothing() {
    let sealed = seal(b"body");
    let view = EnvelopeView::parse(&sealed.envelope).unwrap();
    let foreign = &other_practice().device.epoch_keys;
    assert_eq!(open_record(foreign, &view, &sealed.wrap).unwrap_err(), Error::Open);
    assert_eq!(seal_record(&mut rng(1), foreign, view.header(), 1, b"x").unwrap_err(), Error::Open);
}

#[test]
fn every_device_of_the_practice_opens_it() {
    let sealed = seal(b"body");
    let view = EnvelopeView::parse(&sealed.envelope).unwrap();
    assert_eq!(&open_record(&second().epoch_keys, &view, &sealed.wrap).unwrap().body[..], b"body");
}

#[test]
fn padding_that_is_not_zero_or_not_the_bucket_is_refused() {
    let padded = |f: &dyn Fn(&mut Vec<u8>)| {
        let mut plain = Vec::new();
        pad_into(&mut plain, 3, b"body").unwrap();
        f(&mut plain);
        unpad(zeroize::Zeroizing::new(plain)).map(|(kind, body)| (kind, body.to_vec()))
    };
    assert_eq!(padded(&|_| {}).unwrap(), (3, b"body".to_vec()));
    assert_eq!(padded(&|p| *p.last_mut().unwrap() = 1).unwrap_err(), Error::Malformed);
    assert_eq!(padded(&|p| p.push(0)).unwrap_err(), Error::Malformed);
    assert_eq!(padded(&|p| p.truncate(100)).unwrap_err(), Error::Malformed);
    assert_eq!(padded(&|p| p[0] = 0xff).unwrap_err(), Error::Malformed);
    assert_eq!(padded(&|p| p.truncate(PREFIX - 1)).unwrap_err(), Error::Malformed);
}

#[test]
fn the_largest_body_seals_and_a_larger_one_does_not() {
    let mut plain = Vec::new();
    assert!(pad_into(&mut plain, 1, &vec![0; MAX_BODY]).is_ok());
    assert_eq!(pad_into(&mut plain, 1, &vec![0; MAX_BODY + 1]), Err(Error::TooLarge));
    let parents = (0..300u16).map(|i| EnvelopeId::from_bytes(core::array::from_fn(|b| (i >> (b % 2 * 8)) as u8)));
    let many = Header { parents: parents.collect(), ..header(Scope::CLINICAL) };
    assert_eq!(seal_record(&mut rng(1), keys(), &many, 1, b"").unwrap_err(), Error::TooLarge);
}

#[test]
fn bodies_are_not_printed() {
    let sealed = seal(b"secret");
    let text = format!("{:?}", open(&sealed.envelope, &sealed.wrap).unwrap());
    assert!(text.contains("redacted") && !text.contains("115, 101"), "{text}");
}
