//! What happened: immunisations, encounters, procedures; the newest first.

use serde_json::Value;

use super::{Record, Records, time_of};
use crate::date::newest_first;
use crate::json::{join, list, text};
use crate::view::{Encounter, Immunization, Procedure};
use crate::words::{concept, concepts};

pub(super) fn immunizations(records: &Records) -> Vec<Immunization> {
    let read = |record: &Record| Immunization {
        record: record.record.clone(),
        vaccine: concept(record.tree.get("vaccineCode")),
        at: record.time(&["occurrenceDateTime", "occurrenceString", "recorded"]),
        status: record.status().to_owned(),
        lot: text(&record.tree, "lotNumber").to_owned(),
    };
    let mut found: Vec<Immunization> = records.of(&["Immunization"]).map(read).collect();
    found.sort_by(|a, b| newest_first(&a.at, &b.at));
    found
}

pub(super) fn encounters(records: &Records) -> Vec<Encounter> {
    let mut found: Vec<Encounter> = records.of(&["Encounter"]).map(|record| encounter(records, record)).collect();
    found.sort_by(|a, b| newest_first(&a.start, &b.start));
    found
}

fn encounter(records: &Records, record: &Record) -> Encounter {
    let tree = &record.tree;
    let period = tree.get("period").unwrap_or(&Value::Null);
    let kind = match list(tree, "type").first() {
        Some(kind) => concept(Some(kind)),
        None => concept(tree.get("serviceType")),
    };
    let people: Vec<Value> =
        list(tree, "participant").iter().filter_map(|one| one.get("individual").cloned()).collect();
    Encounter {
        record: record.record.clone(),
        kind,
        class: concept(tree.get("class")).text,
        status: record.status().to_owned(),
        start: text(period, "start").to_owned(),
        end: text(period, "end").to_owned(),
        reason: records.reason(tree),
        provider: join([records.first_name(tree, &people), records.name(tree, tree.get("serviceProvider"))], ", "),
    }
}

pub(super) fn procedures(records: &Records) -> Vec<Procedure> {
    let read = |record: &Record| Procedure {
        record: record.record.clone(),
        concept: concept(record.tree.get("code")),
        status: record.status().to_owned(),
        at: record.time(&["performedDateTime", "performedPeriod", "performedString"]),
        reason: match records.reason(&record.tree) {
            reason if reason.is_empty() => concepts(list(&record.tree, "statusReason")),
            reason => reason,
        },
    };
    let mut found: Vec<Procedure> = records.of(&["Procedure"]).map(read).collect();
    found.sort_by(|a, b| newest_first(&a.at, &b.at));
    found
}

/// The dates of an Observation or DiagnosticReport in the order of how well they tell when it was true.
pub(super) fn effective(tree: &Value) -> String {
    let names = ["effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued", "date"];
    names.iter().find_map(|name| time_of(tree.get(name)?)).unwrap_or_default()
}
