use super::*;
use crate::fold::query_tokens;

fn summary(patient: &str) -> PatientSummary {
    PatientSummary::from_body(format!(r#"{{"fullUrl":"urn:uuid:1","resource":{patient}}}"#).as_bytes()).unwrap()
}

fn finds(summary: &PatientSummary, query: &str) -> bool {
    PatientSummary::matches(&summary.search_tokens(), &query_tokens(query))
}

const ANA: &str = r#"{"resourceType":"Patient","id":"1",
    "identifier":[{"type":{"coding":[{"code":"SS"}]},"value":"999-1"},{"value":"A/77-b","type":{"coding":[{"code":"MR"}]}}],
    "name":[{"use":"maiden","family":"Peña"},{"use":"official","family":"O'Núñez-Gómez","given":["Ana","María"]}],
    "gender":"female","birthDate":"1979-06-02","deceasedDateTime":"2020"}"#;

#[test]
fn the_current_name_and_the_record_number_are_shown() {
    let ana = summary(ANA);
    assert_eq!((ana.name.as_str(), ana.identifier.as_str()), ("Ana María O'Núñez-Gómez", "A/77-b"));
    assert_eq!((ana.sex.as_str(), ana.birth_date.as_str(), ana.deceased), ("female", "1979-06-02", true));
    assert_eq!(ana.sort_key(), ("o'nunez-gomez".to_owned(), "ana maria".to_owned()));
}

#[test]
fn search_finds_any_spelling_any_name_and_any_form_of_the_birth_date() {
    let ana = summary(ANA);
    for query in [
        "nunez",
        "NÚÑEZ ana",
        "o'nu",
        "gomez maria",
        "pena",
        "999-1",
        "a/77",
        "1979-06-02",
        "02.06.1979",
        "02/06/1979",
        "19790602",
        "ana 1979",
        "",
    ] {
        assert!(finds(&ana, query), "{query}");
    }
    for query in ["nunes", "ana 1980", "2.6.79", "aria"] {
        assert!(!finds(&ana, query), "{query}");
    }
}

#[test]
fn odd_fields_are_as_good_as_absent() {
    let odd = r#"{"resourceType":"Patient","name":{"family":"x"},"gender":3,"birthDate":null,"identifier":[7,{"value":"ok"}],"deceasedBoolean":"true"}"#;
    let odd = summary(odd);
    assert_eq!((odd.name.as_str(), odd.sex.as_str(), odd.identifier.as_str(), odd.deceased), ("", "", "ok", false));
    let text_only = summary(r#"{"resourceType":"Patient","name":[{"text":"<script>alert(1)</script>"}]}"#);
    assert_eq!(text_only.name, "<script>alert(1)</script>");
    assert_eq!(text_only.sort_key().0, "<script>alert(1)</script>");
    let escaped = summary(r#"{"resourceType":"Patient","name":[{"family":"Mu\u0308ller","given":[null,"J\"o"]}]}"#);
    assert_eq!(escaped.name, "J\"o Mu\u{308}ller");
    assert!(finds(&escaped, "müller"));
}

#[test]
fn family_comes_first_where_it_is_said_first() {
    let wang = summary(r#"{"resourceType":"Patient","name":[{"family":"王","given":["伟"]}]}"#);
    assert_eq!(wang.name, "王 伟");
    assert!(finds(&wang, "王"));
}

#[test]
fn other_resources_have_no_summary() {
    assert!(PatientSummary::from_body(br#"{"resource":{"resourceType":"Person"}}"#).is_none());
    assert!(PatientSummary::from_body(b"?").is_none());
}
