//! Results: each report with its observations, the others by day; the newest first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::events::effective;
use super::vitals::is_vital;
use super::{Record, Records};
use crate::date::newest_first;
use crate::json::{join, list, text};
use crate::view::{ResultGroup, ResultItem};
use crate::words::{any, code, concept, quantity, quantity_value, range, unit};

/// Panels inside panels are followed this deep.
const MAX_DEPTH: u32 = 4;

pub(super) fn read(records: &Records) -> Vec<ResultGroup> {
    let mut used = BTreeSet::new();
    let mut groups: Vec<ResultGroup> = Vec::new();
    for report in records.of(&["DiagnosticReport"]) {
        let mut items = Vec::new();
        for reference in list(&report.tree, "result") {
            if let Some(record) = records.target(reference).filter(|record| record.kind == "Observation") {
                add_items(records, record, 0, &mut used, &mut items);
            }
        }
        groups.push(ResultGroup {
            record: report.record.clone(),
            title: concept(report.tree.get("code")),
            at: effective(&report.tree),
            status: report.status().to_owned(),
            conclusion: conclusion(&report.tree),
            items,
        });
    }
    groups.extend(by_day(records, &mut used));
    groups.sort_by(|a, b| newest_first(&a.at, &b.at));
    groups
}

/// Observations that no report holds and that are no vital signs.
fn by_day<'a>(records: &'a Records, used: &mut BTreeSet<&'a str>) -> Vec<ResultGroup> {
    let singles: Vec<&Record> = records.standing(&["Observation"]).filter(|record| !is_vital(&record.tree)).collect();
    let has_members = |record: &&&Record| !list(&record.tree, "hasMember").is_empty();
    // Panels first, so that their members do not stand beside them once more.
    let (panels, plain): (Vec<&Record>, Vec<&Record>) = singles.iter().partition(|record| has_members(record));
    let mut days: BTreeMap<String, ResultGroup> = BTreeMap::new();
    for record in panels.into_iter().chain(plain) {
        let mut items = Vec::new();
        if !used.contains(record.record.as_str()) {
            add_items(records, record, 0, used, &mut items);
        }
        if items.is_empty() {
            continue;
        }
        let at = effective(&record.tree);
        let day = at.get(..10).unwrap_or(&at).to_owned();
        let group = days.entry(day.clone()).or_insert_with(|| ResultGroup {
            record: record.record.clone(),
            at: day,
            status: record.status().to_owned(),
            ..ResultGroup::default()
        });
        group.items.extend(items);
        if group.status != record.status() {
            group.status.clear();
        }
    }
    days.into_values().collect()
}

/// The lines of one Observation: its own value, its components, the members of a panel.
fn add_items<'a>(
    records: &'a Records,
    record: &'a Record,
    depth: u32,
    used: &mut BTreeSet<&'a str>,
    items: &mut Vec<ResultItem>,
) {
    if depth > MAX_DEPTH || record.is_in_error() || !used.insert(&record.record) {
        return;
    }
    records.mark_shown(record);
    let components = list(&record.tree, "component");
    let members = list(&record.tree, "hasMember");
    let own = item(record, &record.tree);
    if !own.value.is_empty() || components.is_empty() && members.is_empty() {
        items.push(own);
    }
    items.extend(components.iter().map(|component| item(record, component)));
    for member in members.iter().filter_map(|reference| records.target(reference)) {
        if member.kind == "Observation" {
            add_items(records, member, depth + 1, used, items);
        }
    }
}

fn item(record: &Record, part: &Value) -> ResultItem {
    let (value, unit) = value(part);
    let interpretation = list(part, "interpretation").first();
    let coded = code(interpretation).to_owned();
    ResultItem {
        record: record.record.clone(),
        concept: concept(part.get("code")),
        value,
        unit,
        range: list(part, "referenceRange").first().map(reference_range).unwrap_or_default(),
        interpretation: if coded.is_empty() { concept(interpretation).text } else { coded },
    }
}

fn reference_range(value: &Value) -> String {
    let bounds = range(value);
    if bounds.is_empty() { text(value, "text").to_owned() } else { bounds }
}

/// The value of an Observation or component and its unit.
fn value(part: &Value) -> (String, String) {
    if let Some(measured) = part.get("valueQuantity") {
        return (quantity_value(measured), unit(measured));
    }
    let Some((name, value)) =
        part.as_object().and_then(|fields| fields.iter().find(|(name, _)| name.starts_with("value")))
    else {
        return (concept(part.get("dataAbsentReason")).text, String::new());
    };
    let words = match name.as_str() {
        "valueCodeableConcept" => concept(Some(value)).text,
        "valueRange" => range(value),
        "valueRatio" => join([quantity(&value["numerator"]), quantity(&value["denominator"])], " : "),
        "valuePeriod" => join([text(value, "start"), text(value, "end")], " – "),
        "valueSampledData" => String::new(),
        _ => any(Some(value)),
    };
    (words, String::new())
}

fn conclusion(report: &Value) -> String {
    let codes = crate::words::concepts(list(report, "conclusionCode"));
    match text(report, "conclusion") {
        "" => codes,
        written => written.to_owned(),
    }
}
