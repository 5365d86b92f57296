//! The part of a chart that stays in sight: who this is.

use std::cmp::Reverse;

use serde_json::Value;

use super::Record;
use crate::choice;
use crate::json::{first_text, list, text};
use crate::view::PatientHeader;
use crate::words;

pub(super) fn header(patient: &Record) -> PatientHeader {
    let tree = &patient.tree;
    let deceased = match (text(tree, "deceasedDateTime"), tree.get("deceasedBoolean")) {
        ("", Some(Value::Bool(true))) => "true",
        (time, _) => time,
    };
    let demographics = crate::author::read_demographics(tree);
    let address = words::best(list(tree, "address"), choice::contact_rank);
    PatientHeader {
        record: patient.record.clone(),
        chart: String::new(),
        name: words::resource_name(tree),
        birth_date: demographics.birth_date,
        deceased: deceased.to_owned(),
        sex: demographics.sex,
        identifiers: identifiers(tree),
        phone: demographics.phone,
        address: address.map(|(_, address)| words::address(address)).unwrap_or_default(),
    }
}

fn identifiers(patient: &Value) -> Vec<(String, String)> {
    let mut items: Vec<&Value> =
        list(patient, "identifier").iter().filter(|item| !text(item, "value").is_empty()).collect();
    items.sort_by_key(|item| {
        let kind = words::code(item.get("type"));
        choice::identifier_rank(item.get("use").and_then(Value::as_str), Some(kind).filter(|kind| !kind.is_empty()))
    });
    items.into_iter().map(|item| (label(item), text(item, "value").to_owned())).collect()
}

/// What an identifier is called: its type, else who gave it, else the last part of its system.
fn label(identifier: &Value) -> String {
    let kind = words::concept(identifier.get("type")).text;
    if !kind.is_empty() {
        return kind;
    }
    let assigner = identifier.get("assigner").map(|assigner| text(assigner, "display")).unwrap_or_default();
    let system = first_text(identifier, &["system"]).rsplit(['/', ':']).find(|part| !part.is_empty());
    let named = [Some(assigner), system].into_iter().flatten().min_by_key(|name| Reverse(!name.is_empty()));
    named.unwrap_or_default().to_owned()
}
