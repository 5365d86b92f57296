//! Allergies: known, known to be none, or not recorded. Only what somebody recorded makes it "none".

use serde_json::Value;

use super::{Record, Records};
use crate::date::newest_first;
use crate::json::{first_text, list, text};
use crate::view::{Allergies, Allergy, Concept};
use crate::words::{code, concept};

/// Codes that say "no known allergy at all": SNOMED CT, and the IPS code system for absent or unknown data. "No known
/// drug allergy" says less and stays an item in its own words.
const NONE_KNOWN: [&str; 4] = ["716186003", "160244002", "no-known-allergies", "no-known-allergy"];

/// Codes that say nothing is known, which is the same as no record.
const NO_INFORMATION: [&str; 3] = ["no-allergy-info", "1631000175102", "unknown"];

/// Headings of an allergy list, LOINC: a list or section under them that is empty because there are none.
const ALLERGY_LISTS: [&str; 2] = ["48765-2", "52472-8"];

pub(super) fn read(records: &Records) -> Allergies {
    let mut known: Vec<Allergy> = Vec::new();
    let mut none_known = false;
    for record in records.standing(&["AllergyIntolerance"]) {
        let allergy = allergy(record);
        if allergy.verification_status == "refuted" {
            continue;
        }
        records.mark_shown(record);
        if says(&allergy.substance, &NONE_KNOWN) {
            none_known |= is_current(&allergy);
        } else if !says(&allergy.substance, &NO_INFORMATION) {
            known.push(allergy);
        }
    }
    none_known |= records.standing(&["List", "Composition"]).any(|record| is_empty_list(&record.tree));
    if known.iter().any(is_current) || !known.is_empty() && !none_known {
        known.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| newest_first(&a.recorded, &b.recorded)));
        Allergies::Known(known)
    } else if none_known {
        Allergies::NoneKnown
    } else {
        Allergies::NotRecorded
    }
}

fn allergy(record: &Record) -> Allergy {
    let reactions = list(&record.tree, "reaction");
    let manifestation = |reaction: &Value| match list(reaction, "manifestation") {
        [] => vec![first_text(reaction, &["description"]).to_owned()],
        several => several.iter().map(|one| concept(Some(one)).text).collect(),
    };
    let mut substance = concept(record.tree.get("code"));
    if substance.text.is_empty() {
        substance = concept(reactions.iter().find_map(|reaction| reaction.get("substance")));
    }
    let severity = ["severe", "moderate", "mild"];
    let severity =
        severity.into_iter().find(|grade| reactions.iter().any(|reaction| text(reaction, "severity") == *grade));
    Allergy {
        record: record.record.clone(),
        substance,
        criticality: text(&record.tree, "criticality").to_owned(),
        severity: severity.unwrap_or_default().to_owned(),
        reactions: reactions.iter().flat_map(manifestation).filter(|words| !words.is_empty()).collect(),
        clinical_status: code(record.tree.get("clinicalStatus")).to_owned(),
        verification_status: code(record.tree.get("verificationStatus")).to_owned(),
        recorded: record.time(&["recordedDate", "onsetDateTime"]),
    }
}

fn says(substance: &Concept, codes: &[&str]) -> bool {
    substance.codings.iter().any(|coding| codes.contains(&coding.code.as_str()))
}

fn is_current(allergy: &Allergy) -> bool {
    !matches!(allergy.clinical_status.as_str(), "inactive" | "resolved")
}

/// Current first, then the dangerous ones.
fn rank(allergy: &Allergy) -> (bool, u8) {
    let danger = match (allergy.criticality.as_str(), allergy.severity.as_str()) {
        ("high", _) | (_, "severe") => 0,
        (_, "moderate") => 1,
        ("low", _) => 3,
        _ => 2,
    };
    (!is_current(allergy), danger)
}

/// A List, or a Composition with a section, of allergies that is empty because none are known.
fn is_empty_list(tree: &Value) -> bool {
    let is_allergies = |part: &Value| {
        let codings = part.get("code").map(|code| list(code, "coding")).unwrap_or_default();
        codings.iter().any(|coding| ALLERGY_LISTS.contains(&text(coding, "code")))
    };
    let is_nil = |part: &Value| is_allergies(part) && code(part.get("emptyReason")) == "nilknown";
    is_nil(tree) || list(tree, "section").iter().any(is_nil)
}
