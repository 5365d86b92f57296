use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn a_body_keeps_number_text_field_order_and_text() {
    let resource = r#"{"resourceType":"Observation","z":1.50,"a":"<script>\"é\\","valueQuantity":{"value":1e-3}}"#;
    let body = format!(r#"{{"fullUrl":"urn:uuid:1","assignedId":"1","resource":{resource}}}"#);
    let entry = Entry::from_body(body.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(entry.to_body()).unwrap(), body);
    assert_eq!(entry.key(), ("Observation", "1"));
}

#[test]
fn the_id_is_the_assigned_one_then_the_own_one_then_the_urn() {
    let tree = |id: &str| Resource::new(json!({ "resourceType": "Patient", "id": id })).unwrap();
    let entry = |url: Option<&str>, assigned: Option<&str>, id| Entry {
        full_url: url.map(str::to_owned),
        assigned_id: assigned.map(str::to_owned),
        resource: tree(id),
    };
    assert_eq!(entry(Some("urn:uuid:u"), Some("a"), "i").id(), "a");
    assert_eq!(entry(Some("urn:uuid:u"), None, "i").id(), "i");
    assert_eq!(entry(Some("urn:uuid:u"), None, "").id(), "u");
    assert_eq!(entry(Some("urn:uuid:u"), None, "i").reference(), "urn:uuid:u");
    assert_eq!(entry(Some("http://s/Patient/i"), None, "i").reference(), "Patient/i");
}

#[test]
fn what_is_no_body_is_refused() {
    for wrong in [
        "",
        "[]",
        "{}",
        r#"{"resource":1}"#,
        r#"{"resource":{"id":"1"}}"#,
        r#"{"resource":{"resourceType":"A","a":1,"a":2}}"#,
    ] {
        assert!(Entry::from_body(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn debug_shows_no_clinical_text() {
    let resource = Resource::new(json!({ "resourceType": "Condition", "code": { "text": "secret" } })).unwrap();
    assert!(!format!("{:?}", Entry::new(resource)).contains("secret"));
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
            .prop_map(|text| serde_json::from_str(&text).expect("a JSON number")),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-zA-Z_é\"\\\\]{1,8}", inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_tree_survives_a_body(content in tree(), url in proptest::option::of(any::<String>())) {
        let resource = Resource::new(json!({ "resourceType": "Basic", "content": content })).unwrap();
        let text = resource.value().to_string();
        let entry = Entry { full_url: url, assigned_id: None, resource };
        let back = Entry::from_body(&entry.to_body()).unwrap();
        prop_assert_eq!(back.resource.value().to_string(), text);
        prop_assert_eq!(back, entry);
    }
}
