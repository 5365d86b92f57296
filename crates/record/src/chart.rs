//! A chart built from the records of one patient, in a clinician's reading order: what is active first, then the newest.
//!
//! What was entered in error is left out of every list, refuted problems and allergies too; they are counted under
//! [`ChartView::other`] so that nothing vanishes unseen. Records that a page has no section for are counted there as well.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::author;
use crate::entry::Entry;
use crate::json::{list, text};
use crate::reference::Reference;
use crate::view::{ChartView, RecordRef};
use crate::words;

mod allergies;
mod documents;
mod dosage;
mod events;
mod medications;
mod patient;
mod problems;
mod results;
mod title;
mod vitals;

pub use title::display_name;

#[cfg(test)]
mod tests;

/// Builds the chart from (record, body) pairs in any order. Bodies that cannot be read are passed over.
///
/// `resolve` gives the display name of a shared resource (practitioner, organization, medicine …) by the reference as it
/// stands in the record. [`ChartView::conflicts`] and the chart's id are left for the caller, who knows them.
pub fn chart(bodies: &[(RecordRef, &[u8])], resolve: &dyn Fn(&str) -> Option<String>) -> ChartView {
    let records = Records::read(bodies, resolve);
    let mut view = ChartView {
        allergies: allergies::read(&records),
        problems: problems::read(&records),
        medications: medications::read(&records),
        vitals: vitals::read(&records),
        immunizations: events::immunizations(&records),
        encounters: events::encounters(&records),
        procedures: events::procedures(&records),
        results: results::read(&records),
        ..ChartView::default()
    };
    (view.notes, view.documents) = documents::read(&records);
    if let Some(patient) = records.of(&["Patient"]).next() {
        view.patient = patient::header(patient);
        view.demographics = author::read_demographics(&patient.tree);
    }
    view.other = records.not_shown();
    view
}

/// One record of the chart.
struct Record {
    record: RecordRef,
    kind: String,
    tree: Value,
}

/// The records of the chart and the ways between them.
struct Records<'a> {
    records: Vec<Record>,
    by_reference: BTreeMap<String, usize>,
    resolve: &'a dyn Fn(&str) -> Option<String>,
    shown: RefCell<BTreeSet<RecordRef>>,
}

impl<'a> Records<'a> {
    fn read(bodies: &[(RecordRef, &[u8])], resolve: &'a dyn Fn(&str) -> Option<String>) -> Self {
        let mut records = Vec::with_capacity(bodies.len());
        let mut by_reference = BTreeMap::new();
        for (record, body) in bodies {
            let Ok(entry) = Entry::from_body(body) else {
                continue;
            };
            let kind = entry.resource.resource_type().to_owned();
            by_reference.insert(Reference::relative(&kind, entry.id()), records.len());
            if let Some(url) = entry.full_url {
                by_reference.insert(url, records.len());
            }
            records.push(Record { record: record.clone(), kind, tree: entry.resource.into_value() });
        }
        Self { records, by_reference, resolve, shown: RefCell::default() }
    }

    /// The records of these types that stand: not entered in error. They count as shown.
    fn of<'s>(&'s self, kinds: &'s [&'s str]) -> impl Iterator<Item = &'s Record> {
        self.standing(kinds).inspect(|record| self.mark_shown(record))
    }

    /// As [`Records::of`], but the caller says which of them are shown.
    fn standing<'s>(&'s self, kinds: &'s [&'s str]) -> impl Iterator<Item = &'s Record> {
        self.records.iter().filter(|record| kinds.contains(&record.kind.as_str()) && !record.is_in_error())
    }

    fn mark_shown(&self, record: &Record) {
        self.shown.borrow_mut().insert(record.record.clone());
    }

    fn not_shown(&self) -> Vec<(String, u32)> {
        let shown = self.shown.borrow();
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for record in self.records.iter().filter(|record| !shown.contains(&record.record)) {
            *counts.entry(&record.kind).or_default() += 1;
        }
        counts.into_iter().map(|(kind, count)| (kind.to_owned(), count)).collect()
    }

    /// The record of this chart that a Reference leads to.
    fn target(&self, reference: &Value) -> Option<&Record> {
        let text = text(reference, "reference");
        let found = self.by_reference.get(text).copied().or_else(|| match Reference::parse(text) {
            Reference::Typed { resource_type, id } => {
                self.by_reference.get(&Reference::relative(resource_type, id)).copied()
            }
            _ => None,
        });
        found.and_then(|index| self.records.get(index))
    }

    /// The resource that a Reference of `owner` leads to: contained in it, or a record of this chart.
    fn resource<'s>(&'s self, owner: &'s Value, reference: &Value) -> Option<&'s Value> {
        match Reference::parse(text(reference, "reference")) {
            Reference::Contained(id) => list(owner, "contained").iter().find(|inner| text(inner, "id") == id),
            _ => self.target(reference).map(|record| &record.tree),
        }
    }

    /// What a Reference is called: as the record says, else by the resource it leads to.
    fn name(&self, owner: &Value, reference: Option<&Value>) -> String {
        let Some(reference) = reference else {
            return String::new();
        };
        let display = text(reference, "display");
        if !display.is_empty() {
            return display.to_owned();
        }
        match self.resource(owner, reference) {
            Some(resource) => words::resource_name(resource),
            None => (self.resolve)(text(reference, "reference")).unwrap_or_default(),
        }
    }

    /// The first name of a list of References.
    fn first_name(&self, owner: &Value, references: &[Value]) -> String {
        references.iter().map(|one| self.name(owner, Some(one))).find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// Why something was done: `reasonCode`, else what `reasonReference` leads to.
    fn reason(&self, owner: &Value) -> String {
        let coded = words::concepts(list(owner, "reasonCode"));
        if coded.is_empty() { self.first_name(owner, list(owner, "reasonReference")) } else { coded }
    }
}

impl Record {
    fn status(&self) -> &str {
        text(&self.tree, "status")
    }

    fn is_in_error(&self) -> bool {
        const IN_ERROR: &str = "entered-in-error";
        self.status() == IN_ERROR
            || text(&self.tree, "docStatus") == IN_ERROR
            || words::code(self.tree.get("verificationStatus")) == IN_ERROR
    }

    /// The first recorded of several dates or times; of a Period, its start.
    fn time(&self, names: &[&str]) -> String {
        names.iter().find_map(|name| time_of(self.tree.get(name)?)).unwrap_or_default()
    }
}

fn time_of(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(time) => time.as_str(),
        Value::Object(_) => crate::json::first_text(value, &["start", "end"]),
        _ => "",
    };
    (!found.is_empty()).then(|| found.to_owned())
}
