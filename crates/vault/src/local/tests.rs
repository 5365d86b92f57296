use proptest::prelude::*;

use crate::error::Error;
use crate::testkit::{each_flip, each_length, practice, rng};
use crate::{LocalCipher, UnlockedDevice};

fn device() -> &'static UnlockedDevice {
    &practice().device
}

proptest! {
    #[test]
    fn any_plaintext_round_trips_in_place_or_not(plain in proptest::collection::vec(any::<u8>(), 0..3000), ad in any::<[u8; 5]>()) {
        let cipher = device().local_cipher("index");
        let mut buffer = plain.clone();
        cipher.seal_in_place(&mut rng(1), &ad, &mut buffer);
        prop_assert_eq!(&buffer, &cipher.seal(&mut rng(1), &ad, &plain));
        prop_assert_eq!(buffer.len(), plain.len() + LocalCipher::OVERHEAD);
        prop_assert_eq!(&cipher.open(&ad, &buffer).unwrap()[..], &plain[..]);
        cipher.open_in_place(&ad, &mut buffer).unwrap();
        prop_assert_eq!(buffer, plain);
    }

    #[test]
    fn random_bytes_do_not_open(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(device().local_open("index", b"", &bytes).is_err());
    }
}

#[test]
fn purpose_and_name_are_bound() {
    let sealed = device().local_seal(&mut rng(1), "draft", b"7", b"plain");
    assert_eq!(&device().local_open("draft", b"7", &sealed).unwrap()[..], b"plain");
    assert_eq!(device().local_open("draft", b"8", &sealed).unwrap_err(), Error::Open);
    assert_eq!(device().local_open("index", b"7", &sealed).unwrap_err(), Error::Open);
}

#[test]
fn any_flipped_bit_or_other_length_is_refused() {
    let sealed = device().local_seal(&mut rng(1), "draft", b"7", b"plain");
    each_flip(&sealed, |s, bit| assert!(device().local_open("draft", b"7", s).is_err(), "bit {bit}"));
    each_length(&sealed, |s| assert!(device().local_open("draft", b"7", s).is_err()));
}
