use proptest::prelude::*;

use super::*;

fn file(text: &str) -> ParsedFile {
    parse_file("file.json", text.as_bytes()).unwrap()
}

fn refusal(bytes: &[u8]) -> FileError {
    parse_file("file.json", bytes).unwrap_err()
}

fn placed(id: &str) -> Placement {
    Placement::Patient { id: id.to_owned() }
}

/// A Bundle of (fullUrl or empty, resource).
fn bundle(kind: &str, entries: &[(&str, &str)]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|(url, resource)| match url.is_empty() {
            true => format!(r#"{{"resource":{resource}}}"#),
            false => format!(r#"{{"fullUrl":"{url}","resource":{resource}}}"#),
        })
        .collect();
    format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{}]}}"#, entries.join(","))
}

#[test]
fn files_that_are_no_fhir_json_are_refused_with_what_to_do() {
    assert_eq!(refusal(b""), FileError::Empty);
    assert_eq!(refusal(b"\xef\xbb\xbf \n"), FileError::Empty);
    assert_eq!(refusal(b"\xff\xfe{\0}\0"), FileError::Utf16);
    assert_eq!(refusal(b"{\0}\0"), FileError::Utf16);
    assert_eq!(refusal(b"{\"a\":\"\xe9\"}"), FileError::NotUtf8 { at: 6 });
    assert_eq!(refusal(b"<?xml version='1.0'?><Patient xmlns=\"http://hl7.org/fhir\"/>"), FileError::XmlFhir);
    assert_eq!(refusal(b"<!doctype html>"), FileError::Xml);
    assert_eq!(refusal(b"PK\x03\x04rest"), FileError::Compressed);
    assert_eq!(refusal(b"[1,2]"), FileError::NotFhir);
    assert_eq!(refusal(b"{\"hook\":\"patient-view\"}"), FileError::NotFhir);
    assert_eq!(
        refusal(b"{\n  \"resourceType\": \"Patient\",\n  \"id\" \"1\"}"),
        FileError::Broken { line: 3, column: 8 }
    );
    assert!(matches!(refusal(b"{\n\"resourceType\": \"Pat"), FileError::Truncated { line: 2, .. }));
    assert!(FileError::Utf16.to_string().contains("UTF-8"));
}

#[test]
fn errors_carry_nothing_of_the_file() {
    let secret = r#"{"resourceType":"Patient","name":[{"family":"Secret""#;
    let error = refusal(secret.as_bytes());
    assert!(!format!("{error} {error:?}").contains("Secret"));
    let file = file(r#"{"resourceType":"Patient","name":"Secret","name":"Secret"}"#);
    let error = file.entry(0).unwrap_err();
    assert!(!format!("{error} {error:?} {file:?}").contains("Secret"));
}

#[test]
fn a_byte_order_mark_is_no_obstacle() {
    let file = parse_file("x.json", "\u{feff}{\"resourceType\":\"Patient\",\"id\":\"1\"}".as_bytes()).unwrap();
    assert_eq!(file.key(0), Some(("Patient", "1")));
}

#[test]
fn ndjson_is_known_by_its_content_and_a_broken_line_costs_only_itself() {
    let text = "{\"resourceType\":\"Patient\",\"id\":\"1\"}\r\n\n{\"resourceType\":\n{\"resourceType\":\"Patient\",\"id\":\"2\"}\n";
    let file = file(text);
    let results: Vec<_> =
        file.entries().map(|entry| entry.map(|entry| entry.id().to_owned()).map_err(|error| error.reason)).collect();
    assert_eq!(results.len(), 3);
    assert_eq!((results[0].as_deref(), results[2].as_deref()), (Ok("1"), Ok("2")));
    assert!(matches!(results[1], Err(SkipReason::Broken { line: 3, .. })));

    let broken_first = "{\"resourceType\":\n{\"resourceType\":\"Patient\",\"id\":\"2\"}\n";
    assert!(parse_file("a.json", broken_first.as_bytes()).is_err());
    assert_eq!(parse_file("a.ndjson", broken_first.as_bytes()).unwrap().key(1), Some(("Patient", "2")));
}

#[test]
fn one_bad_entry_does_not_cost_the_others() {
    let deep = format!(r#"{{"resourceType":"Basic","x":{}{}}}"#, "[".repeat(50_000), "]".repeat(50_000));
    let text = bundle(
        "collection",
        &[
            ("", r#"{"resourceType":"Patient","id":"1"}"#),
            ("", r#"{"resourceType":"Patient","id":"2","active":true,"active":false}"#),
            ("", &deep),
            ("", r#"{"resourceType":"Basic","x":"\ud800"}"#),
            ("", r#"{"id":"3"}"#),
            ("", "7"),
            ("", "null"),
            ("", r#"{"resourceType":"Ms. Smith","id":"3"}"#),
            ("", r#"{"resourceType":"Patient","id":"4"}"#),
        ],
    );
    let file = file(&text);
    let reasons: Vec<_> = file.entries().map(|entry| entry.err().map(|error| error.reason)).collect();
    use SkipReason::{BadText, DuplicateKey, NoResource, NotFhir, TooDeep};
    let expected = [
        None,
        Some(DuplicateKey),
        Some(TooDeep),
        Some(BadText),
        Some(NotFhir),
        Some(NotFhir),
        Some(NoResource),
        Some(NotFhir),
        None,
    ];
    assert_eq!(reasons, expected);
    let preview = preview(&file);
    assert_eq!((preview.patients, preview.by_type), (2, vec![("Patient".to_owned(), 2)]));
    let skipped: Vec<_> = preview.skipped.iter().map(|skip| (skip.index as usize, Some(skip.reason))).collect();
    assert_eq!(skipped, expected.into_iter().enumerate().filter(|(_, reason)| reason.is_some()).collect::<Vec<_>>());
}

#[test]
fn a_doubled_resource_or_entry_list_is_reported() {
    let file = file(
        r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Basic","id":"1"},"resource":{"resourceType":"Basic","id":"2"}}]}"#,
    );
    assert_eq!(file.entry(0).unwrap_err().reason, SkipReason::DuplicateKey);
    let text = r#"{"resourceType":"Bundle","entry":[],"entry":[{"resource":{"resourceType":"Basic","id":"2"}}]}"#;
    let file = parse_file("", text.as_bytes()).unwrap();
    assert_eq!(file.entry(0).unwrap_err().reason, SkipReason::DuplicateKey);
}

#[test]
fn a_resource_without_an_id_gets_the_same_one_each_time_and_stays_as_it_is() {
    let text = bundle(
        "transaction",
        &[("urn:uuid:0c3", r#"{"resourceType":"Patient"}"#), ("", r#"{"resourceType":"Basic","x":1.0}"#)],
    );
    let file = file(&text);
    assert_eq!(file.key(0), Some(("Patient", "0c3")));
    let entry = file.entry(1).unwrap();
    assert_eq!(entry.resource.value().to_string(), r#"{"resourceType":"Basic","x":1.0}"#);
    let again =
        parse_file("other.json", text.replace(':', ": ").replace("urn: uuid: ", "urn:uuid:").as_bytes()).unwrap();
    assert_eq!(again.entry(1).unwrap().id(), entry.id());
    assert_eq!(Entry::from_body(&entry.to_body()).unwrap().id(), entry.id());
}

#[test]
fn two_records_never_share_a_key_and_copies_count_once() {
    let patient = |name: &str| format!(r#"{{"resourceType":"Patient","id":"1","language":"{name}"}}"#);
    let (a, b) = (patient("a"), patient("b"));
    let copies = file(&bundle("collection", &[("", &a), ("", &b), ("urn:uuid:9", &b), ("", &a)]));
    let keys: Vec<_> = (0..4).map(|index| copies.key(index).map(|(_, id)| id.to_owned())).collect();
    assert_eq!(keys[0].as_deref(), Some("1"));
    assert!(keys[1].is_some() && keys[1] != keys[0] && keys[2].as_deref() == Some("9"));
    assert_eq!(copies.entry(3).unwrap_err().reason, SkipReason::Repeated);

    let history = file(&bundle("history", &[("", &a), ("", &b)]));
    assert_eq!(history.entry(0).unwrap().resource.value()["language"], "a");
    assert_eq!(history.entry(1).unwrap_err().reason, SkipReason::Superseded);
}

#[test]
fn references_of_every_form_lead_to_the_patient() {
    let patient = r#"{"resourceType":"Patient"}"#;
    let file = file(&bundle(
        "transaction",
        &[
            ("urn:uuid:p", patient),
            ("http://s/fhir/Patient/q", r#"{"resourceType":"Patient","id":"q"}"#),
            ("urn:uuid:e", r#"{"resourceType":"Encounter","subject":{"reference":"urn:uuid:p"}}"#),
            ("urn:uuid:o", r#"{"resourceType":"Observation","encounter":{"reference":"urn:uuid:e"}}"#),
            ("", r#"{"resourceType":"Provenance","target":[{"reference":"urn:uuid:o"}]}"#),
            ("", r#"{"resourceType":"Condition","id":"c","subject":{"reference":"http://s/fhir/Patient/q"}}"#),
            (
                "",
                r#"{"resourceType":"Appointment","id":"a","participant":[{"actor":{"reference":"Practitioner/d"}},{"actor":{"reference":"Patient/q"}}]}"#,
            ),
            ("", r#"{"resourceType":"Practitioner","id":"d"}"#),
            ("", r#"{"resourceType":"Observation","id":"g","subject":{"reference":"Group/1"}}"#),
            ("", r#"{"resourceType":"Observation","id":"x","subject":{"reference":"Patient/elsewhere/_history/2"}}"#),
            (
                "",
                r##"{"resourceType":"Observation","id":"y","contained":[{"resourceType":"Patient","id":"in"}],"subject":{"reference":"#in"}}"##,
            ),
            (
                "",
                r#"{"resourceType":"Task","id":"t","for":{"reference":"Patient/q"},"focus":{"reference":"urn:uuid:o"}}"#,
            ),
        ],
    ));
    let expected = [
        placed("p"),
        placed("q"),
        placed("p"),
        placed("p"),
        placed("p"),
        placed("q"),
        placed("q"),
        Placement::Shared,
        Placement::Shared,
        placed("elsewhere"),
        Placement::Shared,
        placed("q"),
    ];
    let found: Vec<_> = (0..file.len()).map(|index| file.placement(index)).collect();
    assert_eq!(found, expected);
    assert_eq!(file.resolve("urn:uuid:e"), Some(("Encounter".to_owned(), "e".to_owned())));
    assert_eq!(file.resolve("urn:uuid:unknown"), None);
}

#[test]
fn references_in_a_circle_end() {
    let file = file(&bundle(
        "collection",
        &[
            ("urn:uuid:a", r#"{"resourceType":"Observation","partOf":[{"reference":"urn:uuid:b"}]}"#),
            (
                "urn:uuid:b",
                r#"{"resourceType":"Observation","partOf":[{"reference":"urn:uuid:a"},{"reference":"urn:uuid:b"}]}"#,
            ),
        ],
    ));
    assert_eq!(file.placement(0), Placement::Shared);
}

#[test]
fn what_names_no_patient_belongs_to_the_only_one_of_the_file() {
    let patient = ("", r#"{"resourceType":"Patient","id":"p"}"#);
    let nameless = ("", r#"{"resourceType":"Observation","id":"o","subject":{"display":"him"}}"#);
    let place = ("", r#"{"resourceType":"Location","id":"l"}"#);
    let one = file(&bundle("document", &[patient, nameless, place]));
    assert_eq!((one.placement(1), one.placement(2)), (placed("p"), Placement::Shared));
    let two = file(&bundle("document", &[patient, nameless, ("", r#"{"resourceType":"Patient","id":"q"}"#)]));
    assert_eq!(two.placement(1), Placement::Shared);
}

#[test]
fn bundles_inside_bundles_are_opened() {
    let inner = bundle(
        "searchset",
        &[("", r#"{"resourceType":"Basic","id":"1"}"#), ("", r#"{"resourceType":"Basic","id":"2"}"#)],
    );
    let file = file(&bundle("batch-response", &[("", &inner), ("", r#"{"resourceType":"Basic","id":"3"}"#)]));
    let keys: Vec<_> = (0..file.len()).filter_map(|index| file.key(index)).map(|(_, id)| id).collect();
    assert_eq!(keys, ["1", "2", "3"]);
}

#[test]
fn one_old_looking_entry_among_current_ones_does_not_refuse_the_file() {
    let current = r#"{"resourceType":"Condition","id":"1","clinicalStatus":{},"subject":{}}"#;
    let old = r#"{"resourceType":"Condition","id":"2","clinicalStatus":"active","subject":{}}"#;
    assert_eq!(file(&bundle("collection", &[("", current), ("", old)])).len(), 2);
    assert_eq!(refusal(bundle("collection", &[("", old)]).as_bytes()), FileError::OtherVersion(FhirVersion::Stu3));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), name in "[a-z.]{0,8}") {
        let _ = parse_file(&name, &bytes);
    }

    #[test]
    fn no_json_like_text_makes_it_panic(text in "(\\{\"resourceType\":\"(Bundle|Patient)\",|\"entry\":|\"resource\":|\"id\":|\\[|\\]|\\{|\\}|,|\"a\"|1|\n| ){0,30}") {
        if let Ok(file) = parse_file("a.ndjson", text.as_bytes()) {
            prop_assert_eq!(file.entries().count(), file.len());
            for index in 0..file.len() {
                let _ = file.placement(index);
                prop_assert_eq!(file.check(index).is_ok(), file.entry(index).is_ok());
            }
        }
    }
}
