use serde_json::json;

use super::*;
use crate::entry::Resource;

fn of(tree: Value) -> Placement {
    Placement::of(&Entry::new(Resource::new(tree).unwrap()))
}

#[test]
fn a_resource_alone_is_placed_by_the_patient_it_names() {
    let patient = |id: &str| Placement::Patient { id: id.to_owned() };
    assert_eq!(of(json!({ "resourceType": "Patient", "id": "1" })), patient("1"));
    assert_eq!(of(json!({ "resourceType": "Observation", "subject": { "reference": "Patient/2" } })), patient("2"));
    assert_eq!(of(json!({ "resourceType": "Observation", "subject": { "reference": "urn:uuid:3" } })), patient("3"));
    assert_eq!(
        of(json!({ "resourceType": "Coverage", "beneficiary": { "reference": "http://s/Patient/4" } })),
        patient("4")
    );
    assert_eq!(
        of(json!({ "resourceType": "Observation", "encounter": { "reference": "urn:uuid:5" } })),
        Placement::Shared
    );
    assert_eq!(
        of(json!({ "resourceType": "Group", "member": [{ "entity": { "reference": "Patient/1" } }] })),
        Placement::Shared
    );
    let appointment = json!({ "resourceType": "Appointment", "participant": [
        { "actor": { "reference": "Location/1" } }, { "actor": { "reference": "Patient/6" } }] });
    assert_eq!(of(appointment), patient("6"));
}

#[test]
fn an_unknown_type_is_clinical() {
    assert!(crate::is_administrative("Coverage") && crate::is_administrative("Patient"));
    assert!(!crate::is_administrative("Observation") && !crate::is_administrative("FutureThing"));
}
