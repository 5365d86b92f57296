use super::*;

#[test]
fn the_same_field_twice_is_found_at_any_depth_and_in_any_spelling() {
    for twice in [r#"{"a":1,"a":2}"#, r#"{"x":[{"b":{"c":1,"c":1}}]}"#, r#"{"a":1,"\u0061":2}"#] {
        assert_eq!(check(twice), Err(Fault::DuplicateKey), "{twice}");
    }
    let fine = r#"{"a":{"a":1},"b":[{"a":1},{"a":"a\"{[a"}],"c":{}}"#;
    assert_eq!(check(fine), Ok(()));
}

#[test]
fn deep_nesting_ends_in_a_fault_and_not_in_a_crash() {
    let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(check(&deep(1_000_000)), Err(Fault::TooDeep));
    assert_eq!(check(&deep(MAX_DEPTH)), Ok(()));
}

#[test]
fn text_that_cannot_be_kept_is_refused() {
    assert_eq!(check(r#"{"a":"\ud800"}"#), Err(Fault::BadText));
    assert_eq!(check(r#"{"a":"\ud83d\ude00"}"#), Ok(()));
    for broken in ["{\"a", "\"\\", "]}", "{\"a\":\"\\u12"] {
        // Without panic; the syntax is somebody else's matter.
        let _ = check(broken);
    }
}

#[test]
fn white_space_goes_and_everything_else_stays() {
    assert_eq!(minify(" { \"a b\" : [ 1.0 ,\n\t\" \\\" \" ] } "), r#"{"a b":[1.0," \" "]}"#);
}

#[test]
fn content_ids_are_stable_uuids() {
    let id = content_id(r#"{"a": 1}"#, 0);
    assert_eq!(id, content_id("{\n\"a\":1}", 0));
    assert_ne!(id, content_id(r#"{"a":2}"#, 0));
    assert_ne!(id, content_id(r#"{"a":1}"#, 1));
    assert_eq!((id.len(), &id[14..15]), (36, "8"));
    // FNV-1a of 128 bits with version and variant set. Frozen: a change would import known files a second time.
    assert_eq!(content_id("{}", 0), "0880955d-d2ab-8be9-9aa0-733055c655b5");
}
