use proptest::prelude::*;
use serde_json::json;

use super::*;

fn paths(merged: &Merged) -> Vec<&str> {
    merged.conflicts.iter().map(|conflict| conflict.path.as_str()).collect()
}

fn patient(fields: Value) -> Value {
    let mut tree = json!({ "resourceType": "Patient", "id": "1" });
    tree.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    tree
}

#[test]
fn different_fields_both_win() {
    let base = patient(json!({ "gender": "male", "name": [{ "family": "A", "given": ["X", "Y"] }] }));
    let ours = patient(json!({ "gender": "female", "name": [{ "family": "A", "given": ["X", "Y"] }] }));
    let theirs = patient(json!({ "gender": "male", "name": [{ "family": "B", "given": ["X", "Z"] }], "active": true }));
    let merged = three_way(Some(&base), &ours, &theirs);
    let expected =
        patient(json!({ "gender": "female", "name": [{ "family": "B", "given": ["X", "Z"] }], "active": true }));
    assert_eq!((merged.value, merged.conflicts), (expected, vec![]));
}

#[test]
fn the_same_field_changed_in_two_ways_is_listed_with_both_values() {
    let base = patient(json!({ "name": [{ "family": "A" }] }));
    let ours = patient(json!({ "name": [{ "family": "B" }] }));
    let theirs = patient(json!({ "name": [{ "family": "C" }] }));
    let merged = three_way(Some(&base), &ours, &theirs);
    assert_eq!(
        merged.conflicts,
        [FieldConflict { path: "name[0].family".into(), values: vec!["B".into(), "C".into()] }]
    );
    let other_way = three_way(Some(&base), &theirs, &ours);
    assert_eq!(other_way.value, merged.value);
    assert_eq!(other_way.conflicts[0].values, ["C", "B"]);
}

#[test]
fn a_decision_takes_that_side_and_ends_the_conflict() {
    let base = patient(json!({ "name": [{ "family": "A" }] }));
    let (ours, theirs) =
        (patient(json!({ "name": [{ "family": "B" }] })), patient(json!({ "name": [{ "family": "C" }] })));
    for (side, expected) in [(Side::Ours, &ours), (Side::Theirs, &theirs)] {
        let merged = resolved(Some(&base), &ours, &theirs, &[("name[0].family".to_owned(), side)]);
        assert_eq!((&merged.value, merged.conflicts.len()), (expected, 0));
        let swapped = resolved(Some(&base), &theirs, &ours, &[("name[0].family".to_owned(), side)]);
        assert_ne!(&swapped.value, expected);
    }
}

#[test]
fn additions_to_a_list_both_stay_and_a_removal_holds() {
    let phone = |value: &str| json!({ "system": "phone", "value": value });
    let base = patient(json!({ "telecom": [phone("1"), phone("2")] }));
    let ours = patient(json!({ "telecom": [phone("1"), phone("2"), phone("3")] }));
    let theirs = patient(json!({ "telecom": [phone("2"), phone("4"), phone("5")] }));
    let merged = three_way(Some(&base), &ours, &theirs);
    let mut values: Vec<_> =
        merged.value["telecom"].as_array().unwrap().iter().map(|item| item["value"].as_str().unwrap()).collect();
    values.sort_unstable();
    assert_eq!((values, paths(&merged)), (vec!["2", "3", "4", "5"], vec![]));
}

#[test]
fn removing_what_the_other_side_changed_is_a_conflict_that_keeps_the_change() {
    let base = patient(json!({ "address": [{ "id": "a", "city": "X" }, { "id": "b", "city": "Y" }] }));
    let ours = patient(json!({ "address": [{ "id": "b", "city": "Y" }] }));
    let theirs = patient(json!({ "address": [{ "id": "a", "city": "Z" }, { "id": "b", "city": "Y" }] }));
    let merged = three_way(Some(&base), &ours, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.value.to_string().contains("\"Z\""));
    assert!(merged.conflicts[0].values.contains(&String::new()));
}

#[test]
fn death_is_never_settled_silently() {
    let base = patient(json!({ "gender": "male" }));
    let ours = patient(json!({ "gender": "male", "deceasedBoolean": true }));
    let theirs = patient(json!({ "gender": "female" }));
    let merged = three_way(Some(&base), &ours, &theirs);
    assert_eq!(paths(&merged), ["deceased"]);
    assert_eq!(merged.value, patient(json!({ "gender": "female", "deceasedBoolean": true })));
    let dated = patient(json!({ "gender": "male", "deceasedDateTime": "2024-01-01" }));
    let merged = three_way(Some(&base), &ours, &dated);
    assert_eq!(
        merged.conflicts,
        [FieldConflict { path: "deceased".into(), values: vec!["true".into(), "2024-01-01".into()] }]
    );
    let both = ["deceasedBoolean", "deceasedDateTime"].iter().filter(|name| merged.value.get(**name).is_some()).count();
    assert_eq!(both, 1, "a choice has one value");
    let decided = resolved(Some(&base), &ours, &theirs, &[("deceased".to_owned(), Side::Theirs)]);
    assert_eq!((decided.value, decided.conflicts.len()), (patient(json!({ "gender": "female" })), 0));
}

#[test]
fn allergies_and_medication_list_every_difference() {
    for kind in ["AllergyIntolerance", "MedicationRequest", "MedicationStatement"] {
        let base = json!({ "resourceType": kind, "status": "active", "note": [{ "text": "a" }] });
        let ours = json!({ "resourceType": kind, "status": "stopped", "note": [{ "text": "a" }] });
        let theirs = json!({ "resourceType": kind, "status": "active", "note": [{ "text": "b" }] });
        let merged = three_way(Some(&base), &ours, &theirs);
        assert_eq!(paths(&merged).len(), 2, "{kind}");
        assert_eq!(merged.value, json!({ "resourceType": kind, "status": "stopped", "note": [{ "text": "b" }] }));
        assert_eq!(three_way(Some(&base), &ours, &base).conflicts, []);
        assert_eq!(three_way(Some(&base), &ours, &ours).conflicts, []);
    }
}

#[test]
fn a_quantity_is_only_true_as_a_whole() {
    let vital = |value: i32, unit: &str| json!({ "resourceType": "Observation", "valueQuantity": { "value": value, "unit": unit } });
    let (base, ours, theirs) = (vital(70, "kg"), vital(71, "kg"), vital(70, "lb"));
    let merged = three_way(Some(&base), &ours, &theirs);
    assert_eq!(
        merged.conflicts,
        [FieldConflict { path: "valueQuantity".into(), values: vec!["71 kg".into(), "70 lb".into()] }]
    );
    assert!(merged.value == ours || merged.value == theirs);
}

#[test]
fn without_a_base_what_only_one_side_has_stays() {
    let ours = patient(json!({ "gender": "male", "birthDate": "1979" }));
    let theirs = patient(json!({ "gender": "female", "active": true }));
    let merged = three_way(None, &ours, &theirs);
    assert_eq!(paths(&merged), ["gender"]);
    assert_eq!((&merged.value["birthDate"], &merged.value["active"]), (&json!("1979"), &json!(true)));
}

#[test]
fn where_a_copy_was_stored_is_no_conflict() {
    let at = |time: &str| patient(json!({ "meta": { "lastUpdated": time } }));
    let merged = three_way(Some(&at("2024-01-01")), &at("2024-03-01"), &at("2024-02-01"));
    assert_eq!((merged.value, merged.conflicts), (at("2024-03-01"), vec![]));
}

#[test]
fn items_that_cannot_be_told_apart_are_a_conflict_of_the_whole_list() {
    let tree = |items: &[&str]| patient(json!({ "note": items }));
    let merged = three_way(Some(&tree(&["a"])), &tree(&["b", "b"]), &tree(&["c", "d", "d"]));
    assert_eq!(paths(&merged), ["note"]);
    assert_eq!(merged.conflicts[0].values, ["b; b", "c; d; d"]);
}

#[test]
fn a_whole_record_keeps_its_identity() {
    let entry = |tree: Value| Entry {
        full_url: Some("urn:uuid:1".into()),
        assigned_id: None,
        resource: Resource::new(tree).unwrap(),
    };
    let base = entry(patient(json!({})));
    let (merged, conflicts) = entries(
        Some(&base),
        &entry(patient(json!({ "active": true }))),
        &entry(patient(json!({ "gender": "male" }))),
        &[],
    );
    assert_eq!(merged, entry(patient(json!({ "active": true, "gender": "male" }))));
    assert!(conflicts.is_empty());
}

/// Trees of few names and values, so that changes meet.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![(0..4).prop_map(Value::from), "[ab]".prop_map(Value::from), Just(json!(true))];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let name = prop_oneof![
            "[abc]",
            Just("id".to_owned()),
            Just("use".to_owned()),
            Just("valueString".to_owned()),
            Just("_a".to_owned()),
            Just("unit".to_owned())
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn resource(kind: &'static str) -> impl Strategy<Value = Value> {
    prop::collection::vec(("[abcd]|deceasedBoolean|deceasedDateTime|_a", tree()), 0..5).prop_map(move |fields| {
        let mut tree = json!({ "resourceType": kind });
        tree.as_object_mut().unwrap().extend(fields);
        tree
    })
}

fn versions() -> impl Strategy<Value = (Value, Value, Value)> {
    prop_oneof![Just("Patient"), Just("Basic"), Just("AllergyIntolerance")]
        .prop_flat_map(|kind| (resource(kind), resource(kind), resource(kind)))
}

proptest! {
    #[test]
    fn a_change_on_one_side_is_the_result((base, changed, _) in versions()) {
        for merged in [three_way(Some(&base), &changed, &base), three_way(Some(&base), &base, &changed)] {
            prop_assert_eq!(merged.value.to_string(), if changed == base { merged.value.to_string() } else { changed.to_string() });
            prop_assert_eq!(&merged.value, &changed);
            prop_assert!(merged.conflicts.is_empty());
        }
    }

    #[test]
    fn the_sides_can_be_swapped((base, ours, theirs) in versions(), with_base in any::<bool>()) {
        let base = with_base.then_some(&base);
        let one = three_way(base, &ours, &theirs);
        let other = three_way(base, &theirs, &ours);
        prop_assert_eq!(one.value.to_string(), other.value.to_string());
        let swapped: Vec<FieldConflict> = other.conflicts.into_iter().map(|mut conflict| { conflict.values.reverse(); conflict }).collect();
        prop_assert_eq!(one.conflicts, swapped);
    }

    #[test]
    fn no_change_of_a_field_is_lost((base, ours, theirs) in versions()) {
        let merged = three_way(Some(&base), &ours, &theirs);
        let names = ["a", "b", "c", "d", "deceasedBoolean", "deceasedDateTime"];
        for name in names {
            let (was, left, right, now) = (base.get(name), ours.get(name), theirs.get(name), merged.value.get(name));
            let listed = merged.conflicts.iter().any(|conflict| {
                let path = conflict.path.as_str();
                path.starts_with(name) || path == "deceased" && name.starts_with("deceased")
            });
            if left == was && right == was {
                prop_assert!(now == was || listed, "{} appeared or vanished", name);
            } else if left == was || right == was {
                let changed = if left == was { right } else { left };
                prop_assert!(now == changed || listed, "a change of {} was lost", name);
            } else if left != right && now != left && now != right {
                let (kinds, parts) = ((left, right), now.is_some_and(|now| now.is_object() || now.is_array()));
                prop_assert!(parts && kinds.0.is_some() && kinds.1.is_some(), "{} is neither side's", name);
            } else if left != right && now.is_some_and(|now| !now.is_object() && !now.is_array()) {
                prop_assert!(listed, "a conflict of {} was silent", name);
            }
        }
    }

    #[test]
    fn deciding_every_conflict_ends_them_all((base, ours, theirs) in versions(), to_ours in any::<bool>()) {
        let side = if to_ours { Side::Ours } else { Side::Theirs };
        let open = three_way(Some(&base), &ours, &theirs).conflicts;
        let decisions: Vec<(String, Side)> = open.into_iter().map(|conflict| (conflict.path, side)).collect();
        prop_assert!(resolved(Some(&base), &ours, &theirs, &decisions).conflicts.is_empty());
    }
}
