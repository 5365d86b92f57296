use super::*;

#[test]
fn vectors_of_rfc_4648_hold_both_ways() {
    let vectors = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];
    for (plain, encoded) in vectors {
        assert_eq!(encode(plain.as_bytes()), encoded);
        assert_eq!(decode(encoded).as_deref(), Some(plain.as_bytes()));
    }
}

#[test]
fn white_space_and_missing_padding_are_read_and_other_faults_are_not() {
    assert_eq!(decode("Zm9v\r\n YmE").as_deref(), Some(&b"fooba"[..]));
    for wrong in ["Z", "Zg=", "Zg===", "Z=g=", "Zm9v=", "Zm9*", "Zm-_"] {
        assert_eq!(decode(wrong), None, "{wrong}");
    }
}
