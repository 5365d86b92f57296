//! The parts of a Patient that the list needs, borrowed from the body's text. Fields of an unexpected shape are as good as
//! absent: a list never fails on one odd patient.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{PatientSummary, Text, spoken};
use crate::choice;

/// A record's body (see [`crate::Entry::to_body`]), read in one pass: its resource is taken for a Patient.
#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    resource: Patient<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Patient<'a> {
    #[serde(borrow)]
    resource_type: Cow<'a, str>,
    #[serde(borrow, default)]
    name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    identifier: Option<&'a RawValue>,
    #[serde(borrow, default)]
    birth_date: Option<&'a RawValue>,
    #[serde(borrow, default)]
    gender: Option<&'a RawValue>,
    #[serde(borrow, default)]
    deceased_boolean: Option<&'a RawValue>,
    #[serde(borrow, default)]
    deceased_date_time: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct HumanName<'a> {
    #[serde(rename = "use", borrow, default)]
    usage: Text<'a>,
    #[serde(borrow, default)]
    text: Text<'a>,
    #[serde(borrow, default)]
    family: Text<'a>,
    #[serde(borrow, default)]
    given: Option<Vec<Text<'a>>>,
}

#[derive(Default, Deserialize)]
struct Identifier<'a> {
    #[serde(rename = "use", borrow, default)]
    usage: Text<'a>,
    #[serde(borrow, default)]
    value: Text<'a>,
    #[serde(rename = "type", borrow, default)]
    kind: Option<Kind<'a>>,
}

#[derive(Default, Deserialize)]
struct Kind<'a> {
    #[serde(borrow, default)]
    coding: Option<Vec<Code<'a>>>,
}

#[derive(Default, Deserialize)]
struct Code<'a> {
    #[serde(borrow, default)]
    code: Text<'a>,
}

pub(super) fn read(body: &[u8]) -> Option<PatientSummary> {
    let Body { resource: patient } = serde_json::from_str(std::str::from_utf8(body).ok()?).ok()?;
    if patient.resource_type != "Patient" {
        return None;
    }
    let names: Vec<HumanName> = list(patient.name);
    let identifiers: Vec<Identifier> = list(patient.identifier);
    let mut summary = PatientSummary {
        birth_date: text(patient.birth_date),
        sex: text(patient.gender),
        deceased: patient.deceased_boolean.is_some_and(|raw| raw.get() == "true")
            || patient.deceased_date_time.is_some(),
        ..PatientSummary::default()
    };
    if let Some(name) = names.iter().min_by_key(|name| choice::name_rank(name.usage.as_deref())) {
        summary.family = name.family.as_deref().unwrap_or_default().trim().to_owned();
        summary.given = name.given();
        summary.name = match spoken(&summary.given, &summary.family) {
            spoken if spoken.is_empty() => name.text.as_deref().unwrap_or_default().trim().to_owned(),
            spoken => spoken,
        };
        if summary.family.is_empty() && summary.given.is_empty() {
            summary.family.clone_from(&summary.name);
        }
    }
    let named = identifiers
        .iter()
        .filter(|identifier| identifier.value.as_deref().is_some_and(|value| !value.trim().is_empty()));
    if let Some(identifier) = named.clone().min_by_key(|identifier| identifier.rank()) {
        summary.identifier = identifier.value.as_deref().unwrap_or_default().trim().to_owned();
    }
    for name in &names {
        summary.other.extend(name.text.as_deref().map(str::to_owned));
        summary.other.extend(name.family.as_deref().map(str::to_owned));
        summary.other.push(name.given());
    }
    summary
        .other
        .extend(named.filter_map(|identifier| identifier.value.as_deref()).map(|value| value.trim().to_owned()));
    let shown = [&summary.name, &summary.family, &summary.given, &summary.identifier].map(String::clone);
    summary.other.retain(|text| !text.trim().is_empty() && !shown.contains(text));
    Some(summary)
}

impl HumanName<'_> {
    fn given(&self) -> String {
        let mut joined = String::new();
        for part in self.given.iter().flatten().flatten().map(|part| part.trim()).filter(|part| !part.is_empty()) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(part);
        }
        joined
    }
}

impl Identifier<'_> {
    fn rank(&self) -> u8 {
        let mut codes =
            self.kind.iter().flat_map(|kind| kind.coding.iter().flatten()).filter_map(|code| code.code.as_deref());
        choice::identifier_rank(self.usage.as_deref(), codes.next())
    }
}

/// The items of a list that have the expected shape.
fn list<'a, T: Deserialize<'a>>(raw: Option<&'a RawValue>) -> Vec<T> {
    let Some(raw) = raw else { return Vec::new() };
    if let Ok(items) = serde_json::from_str(raw.get()) {
        return items;
    }
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    items.into_iter().filter_map(|item| serde_json::from_str(item.get()).ok()).collect()
}

fn text(raw: Option<&RawValue>) -> String {
    raw.and_then(|raw| serde_json::from_str::<String>(raw.get()).ok()).unwrap_or_default()
}
