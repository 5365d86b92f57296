//! Medication: what is taken now first, then the newest.

use serde_json::Value;

use super::{Record, Records, dosage};
use crate::date::newest_first;
use crate::json::{list, text};
use crate::view::{Concept, Medication};
use crate::words::concept;

const KINDS: [&str; 4] = ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"];

pub(super) fn read(records: &Records) -> Vec<Medication> {
    let mut medications: Vec<Medication> = records.of(&KINDS).map(|record| medication(records, record)).collect();
    medications.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| newest_first(&a.authored, &b.authored)));
    medications
}

fn medication(records: &Records, record: &Record) -> Medication {
    let tree = &record.tree;
    let instructions = [list(tree, "dosageInstruction"), list(tree, "dosage")].concat();
    let times =
        ["authoredOn", "effectiveDateTime", "effectivePeriod", "whenHandedOver", "whenPrepared", "dateAsserted"];
    let prescriber = match record.kind.as_str() {
        "MedicationRequest" => records.name(tree, tree.get("requester")),
        "MedicationStatement" => records.name(tree, tree.get("informationSource")),
        _ => {
            let actors: Vec<Value> =
                list(tree, "performer").iter().filter_map(|one| one.get("actor").cloned()).collect();
            records.first_name(tree, &actors)
        }
    };
    // A prohibition must never read as a prescription.
    let forbidden = tree.get("doNotPerform") == Some(&Value::Bool(true));
    Medication {
        record: record.record.clone(),
        medicine: medicine(records, tree),
        dosage: instructions.iter().map(dosage::line).filter(|line| !line.is_empty()).collect(),
        status: if forbidden { "do-not-perform" } else { record.status() }.to_owned(),
        authored: record.time(&times),
        reason: records.reason(tree),
        prescriber,
        kind: record.kind.clone(),
    }
}

fn medicine(records: &Records, tree: &Value) -> Concept {
    let coded = concept(tree.get("medicationCodeableConcept"));
    let Some(reference) = tree.get("medicationReference").filter(|_| coded.text.is_empty()) else {
        return coded;
    };
    let found = records.resource(tree, reference).map(|medicine| concept(medicine.get("code"))).unwrap_or_default();
    match (text(reference, "display"), found.text.is_empty()) {
        (_, false) => found,
        ("", true) => Concept { text: records.name(tree, Some(reference)), ..found },
        (display, true) => Concept { text: display.to_owned(), ..found },
    }
}

fn rank(medication: &Medication) -> u8 {
    let history = matches!(medication.kind.as_str(), "MedicationAdministration" | "MedicationDispense");
    match medication.status.as_str() {
        "do-not-perform" => 0,
        "active" | "in-progress" | "intended" if !history => 0,
        "on-hold" | "draft" | "unknown" | "" if !history => 1,
        _ if !history => 2,
        _ => 3,
    }
}
