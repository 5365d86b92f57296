use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn any_bytes_of_any_length_round_trip(bytes in proptest::collection::vec(any::<u8>(), 0..90)) {
        let code = encode("kit", &bytes);
        prop_assert_eq!(&decode("kit", &code, bytes.len()).unwrap()[..], &bytes[..]);
    }

    #[test]
    fn a_wrong_symbol_names_its_group(bytes in any::<[u8; 33]>(), at in 0usize..70, other in 0usize..32) {
        let code: Vec<u8> = encode("kit", &bytes).bytes().filter(|c| *c != b'-').collect();
        let mut typed = code.clone();
        typed[at] = SYMBOLS[other];
        prop_assume!(typed != code);
        let text = String::from_utf8(typed).unwrap();
        match decode("kit", &text, 33) {
            Err(Error::CodeGroup { group }) => prop_assert_eq!(group, at / 5 + 1),
            // One change in 32 passes its group's check; then the checksum refuses.
            other => prop_assert_eq!(other.unwrap_err(), Error::CodeChecksum),
        }
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,200}", len in 0usize..90) {
        let _ = decode("kit", &text, len);
    }
}

#[test]
fn reading_is_tolerant() {
    let bytes = [0xa7; 33];
    let code = encode("kit", &bytes);
    let typed = code.to_lowercase().replace('-', " \t").replace('0', "o").replace('1', "l");
    assert_eq!(decode("kit", &typed, 33).unwrap()[..], bytes);
    let dashes = code.replace('-', "\u{2013}").replace('1', "I");
    assert_eq!(decode("kit", &dashes, 33).unwrap()[..], bytes);
}

#[test]
fn swapped_groups_are_noticed() {
    let code = encode("kit", &core::array::from_fn::<u8, 33, _>(|i| i as u8 * 7));
    let mut groups: Vec<&str> = code.split('-').collect();
    groups.swap(2, 5);
    let error = decode("kit", &groups.join("-"), 33).unwrap_err();
    assert!(matches!(error, Error::CodeGroup { group: 3 | 6 }), "{error}");
}

#[test]
fn a_code_of_another_kind_is_refused() {
    assert!(decode("sheet", &encode("kit", &[1; 33]), 33).is_err());
}

#[test]
fn a_short_or_long_code_is_a_length_error() {
    let code = encode("kit", &[1; 33]);
    assert_eq!(decode("kit", &code[..code.len() - 1], 33).unwrap_err(), Error::CodeLength);
    assert_eq!(decode("kit", &code[..code.len() - 6], 33).unwrap_err(), Error::CodeLength);
    assert_eq!(decode("kit", &format!("{}0", *code), 33).unwrap_err(), Error::CodeLength);
}

#[test]
fn a_letter_that_is_no_symbol_names_its_group() {
    let code = encode("kit", &[1; 33]);
    let typed = format!("{}U{}", &code[..7], &code[8..]);
    assert_eq!(decode("kit", &typed, 33).unwrap_err(), Error::CodeGroup { group: 2 });
}
