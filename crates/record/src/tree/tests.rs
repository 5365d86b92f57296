use proptest::prelude::*;

use super::*;
use crate::scan;

#[test]
fn numbers_keep_their_text() {
    for number in ["1.0", "-0.0", "1e5", "1E-2", "1e+05", "0.10", "123456789012345678901234567890.000", "-1.50E+10"] {
        assert_eq!(parse(&format!("[{number}]")).unwrap().to_string(), format!("[{number}]"));
    }
    for wrong in ["01", "1.", ".5", "+1", "1e", "--1", "NaN", "1.2.3", "0x1", "tru"] {
        assert_eq!(parse(wrong), Err(Fault::Syntax), "{wrong}");
    }
}

#[test]
fn names_that_serde_json_keeps_for_itself_are_only_names() {
    let text = r#"{"$serde_json::private::Number":"1","x":{"$serde_json::private::RawValue":"{"}}"#;
    assert_eq!(parse(text).unwrap().to_string(), text);
}

#[test]
fn faults_are_told_apart() {
    let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(parse(&deep(100_000)), Err(Fault::TooDeep));
    assert!(parse(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(parse(r#"{"a":1,"\u0061":2}"#), Err(Fault::DuplicateKey));
    assert_eq!(parse(r#"["\ud800"]"#), Err(Fault::BadText));
    for broken in ["", "{", "[1", "[1 2]", "{\"a\"}", "{\"a\":}", "[1]x", "{,}", "\"", "[1,]x", "é"] {
        assert!(parse(broken).is_err(), "{broken}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_as_serde_json_reads_it_or_not_at_all(text in "[\\[\\]{}:,\"\\\\a1.e u-]{0,24}") {
        let known = serde_json::from_str::<Value>(&text);
        let own = parse(&text);
        if let Ok(known) = &known {
            prop_assert!(own.as_ref() == Ok(known) || scan::check(&text).is_err() || text.contains('e'));
            prop_assert_eq!(own.is_ok(), scan::check(&text).is_ok());
        }
    }
}
