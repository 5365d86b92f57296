//! A clinical note as a DocumentReference with plain text, after the US Core clinical notes guidance.
//! <https://hl7.org/fhir/us/core/clinical-notes.html>

use serde_json::json;

use super::{Field, FieldErrors, Problem};
use crate::base64;
use crate::entry::{Entry, Resource};

#[cfg(test)]
mod tests;

/// Longest note that is taken, in bytes: far beyond what a person writes, well below what a device can hold.
const MAX_TEXT: usize = 1_000_000;
const MAX_TITLE: usize = 1_000;

/// Writes a note. `patient_ref` is a reference such as `Patient/1` (see [`Entry::reference`]), `at` a FHIR instant.
///
/// Its type is LOINC 11506-3, progress note. Line ends become `\n`; nothing else of the text changes.
pub fn note(
    patient_ref: &str,
    title: &str,
    text: &str,
    author_name: &str,
    at: &str,
    id: &str,
) -> Result<Entry, FieldErrors> {
    let mut errors = FieldErrors::default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let title = title.trim();
    if text.trim().is_empty() {
        errors.add(Field::Text, Problem::Missing);
    }
    if text.len() > MAX_TEXT {
        errors.add(Field::Text, Problem::TooLong);
    }
    if title.len() > MAX_TITLE {
        errors.add(Field::Title, Problem::TooLong);
    }
    let mut attachment = json!({
        "contentType": "text/plain; charset=utf-8",
        "data": base64::encode(text.as_bytes()),
    });
    if !title.is_empty() {
        attachment["title"] = title.into();
    }
    attachment["creation"] = at.into();
    let mut tree = json!({
        "resourceType": "DocumentReference",
        "id": id,
        "status": "current",
        "docStatus": "final",
        "type": {
            "coding": [{ "system": "http://loinc.org", "code": "11506-3", "display": "Progress note" }],
        },
        "category": [{
            "coding": [{
                "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
                "code": "clinical-note",
                "display": "Clinical Note",
            }],
        }],
        "subject": { "reference": patient_ref },
        "date": at,
    });
    if !author_name.trim().is_empty() {
        tree["author"] = json!([{ "display": author_name.trim() }]);
    }
    tree["content"] = json!([{ "attachment": attachment }]);
    errors.or(Entry::new(Resource::authored(tree)))
}
