use serde_json::json;

use super::*;

#[test]
fn a_concept_reads_as_its_text_then_a_display_then_a_code() {
    let coding = json!([{ "system": "http://loinc.org", "code": "1-8" }, { "code": "x", "display": "Shown" }]);
    let read = |value: Value| concept(Some(&value));
    assert_eq!(read(json!({ "text": "Words", "coding": coding })).text, "Words");
    assert_eq!(read(json!({ "coding": coding })).text, "Shown");
    assert_eq!(read(json!({ "coding": [{ "code": "1-8" }] })).text, "1-8");
    assert_eq!(read(json!({ "coding": coding })).codings[0].system_name, "LOINC");
    assert_eq!(
        read(json!({ "system": "http://snomed.info/sct", "code": "7", "display": "One coding" })).text,
        "One coding"
    );
    assert_eq!(concept(None), Concept::default());
}

#[test]
fn quantities_and_ranges_keep_their_decimals() {
    let parse = |text: &str| crate::tree::parse(text).unwrap();
    assert_eq!(quantity(&parse(r#"{"value":7.10,"unit":"mmol/L"}"#)), "7.10 mmol/L");
    assert_eq!(quantity(&parse(r#"{"value":5,"comparator":"<","code":"Cel"}"#)), "< 5 °C");
    assert_eq!(range(&parse(r#"{"low":{"value":3.50,"unit":"g"},"high":{"value":5.0,"unit":"g"}}"#)), "3.50 – 5.0 g");
    assert_eq!(range(&parse(r#"{"low":{"value":60,"unit":"mL"}}"#)), "≥ 60 mL");
    assert_eq!(range(&parse(r#"{"high":{"value":5}}"#)), "≤ 5");
    assert_eq!(range(&parse("{}")), "");
}

#[test]
fn resources_are_called_by_their_own_name() {
    let name = |value: Value| resource_name(&value);
    assert_eq!(name(json!({ "name": "Ward 1" })), "Ward 1");
    assert_eq!(
        name(
            json!({ "name": [{ "use": "old", "family": "A" }, { "use": "official", "family": "B", "given": ["C"] }] })
        ),
        "C B"
    );
    assert_eq!(name(json!({ "code": { "text": "Aspirin" } })), "Aspirin");
    assert_eq!(name(json!({ "deviceName": [{ "name": "Pump" }] })), "Pump");
    assert_eq!(
        name(json!({ "practitioner": { "display": "Dr X" }, "organization": { "display": "Clinic" } })),
        "Dr X, Clinic"
    );
}

#[test]
fn any_value_becomes_words() {
    assert_eq!(any(Some(&json!(["a", 1, true]))), "a; 1; true");
    assert_eq!(any(Some(&json!({ "reference": "Patient/1", "display": "Ana" }))), "Ana");
    assert_eq!(any(Some(&json!({ "value": 3, "unit": "kg" }))), "3 kg");
    assert_eq!(any(Some(&json!({ "system": "phone", "value": "1" }))), "system: phone, value: 1");
    assert_eq!(any(None), "");
}
