use proptest::prelude::*;

use super::*;

fn kit(account: [u8; 16], secret: [u8; 16]) -> Kit {
    Kit { account: AccountId::from_bytes(account), secret_key: SecretKey::from_bytes(&secret) }
}

proptest! {
    #[test]
    fn a_kit_round_trips(account in any::<[u8; 16]>(), secret in any::<[u8; 16]>()) {
        let kit = kit(account, secret);
        let code = kit.to_code();
        prop_assert_eq!(code.split('-').count(), 14);
        prop_assert_eq!(Kit::parse(&code).unwrap(), kit);
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,300}") {
        let _ = Kit::parse(&text);
        let _ = KitQr::parse(&text);
        let _ = KitQr::parse(&format!("{QR}{text}"));
    }
}

#[test]
fn each_changed_symbol_of_a_kit_is_refused() {
    let code = kit([3; 16], [9; 16]).to_code();
    for (at, old) in code.char_indices().filter(|(_, c)| *c != '-') {
        for new in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != old) {
            let mut typed = code.to_string();
            typed.replace_range(at..=at, &new.to_string());
            assert!(Kit::parse(&typed).is_err(), "{typed}");
        }
    }
}

#[test]
fn a_kit_of_a_newer_version_asks_for_an_update() {
    let mut bytes = vec![2];
    bytes.extend_from_slice(&[0; 32]);
    assert_eq!(Kit::parse(&code::encode("kit", &bytes)), Err(Error::UpdateRequired));
}

#[test]
fn a_qr_round_trips_and_names_where_to_go() {
    let qr = KitQr {
        kit: kit([1; 16], [2; 16]),
        practice: PracticeId::from_bytes([7; 32]),
        server: "https://ampoule.example:4870".into(),
    };
    let text = qr.to_text();
    assert_eq!(KitQr::parse(&text).unwrap(), qr);
    assert!(!text.starts_with("http"), "a camera must not offer to open it");
    assert_eq!(KitQr::parse(text.strip_suffix(&qr.server).unwrap()), Err(Error::Malformed));
}

#[test]
fn a_secret_key_prints_as_redacted() {
    let text = format!("{:?}", kit([1; 16], [0xee; 16]));
    assert!(text.contains("redacted") && !text.contains("238"), "{text}");
}
