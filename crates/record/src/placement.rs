//! Whose chart a resource belongs to, judged by the resource alone.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entry::Entry;
use crate::kinds::is_patientless;
use crate::reference::Reference;

#[cfg(test)]
mod tests;

/// The chart a resource belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Placement {
    /// The chart of the Patient whose key is `("Patient", id)`.
    Patient { id: String },
    /// No patient's: an organization, a practitioner, a medicine …
    Shared,
}

/// Fields that may refer to the patient, or to something that does, the most telling first.
pub(crate) const OWNER_FIELDS: [&str; 22] = [
    "patient",
    "subject",
    "beneficiary",
    "for",
    "individual",
    "candidate",
    "participant",
    "actor",
    "link",
    "target",
    "focus",
    "encounter",
    "context",
    "basedOn",
    "partOf",
    "request",
    "source",
    "recipient",
    "deliverTo",
    "agent",
    "entity",
    "subscriber",
];

/// The first ones name the patient, and nothing else as a rule.
pub(crate) const NAMED_OWNERS: usize = 3;

impl Placement {
    /// Judges one resource without the file it came in. A `urn:uuid:` is taken for a Patient only in the fields that name
    /// one; [`crate::import::ParsedFile::placement`] follows every reference.
    pub fn of(entry: &Entry) -> Self {
        let resource = entry.resource.value();
        let kind = entry.resource.resource_type();
        if kind == "Patient" {
            return Self::Patient { id: entry.id().to_owned() };
        }
        if is_patientless(kind) {
            return Self::Shared;
        }
        for (rank, value) in
            OWNER_FIELDS.iter().enumerate().filter_map(|(rank, name)| Some((rank, resource.get(name)?)))
        {
            let mut found = None;
            collect(value, &mut |reference| {
                let id = match Reference::parse(reference) {
                    Reference::Typed { resource_type: "Patient", id } => Some(id),
                    Reference::Urn(urn) if rank < NAMED_OWNERS => urn.strip_prefix("urn:uuid:"),
                    _ => None,
                };
                if found.is_none() {
                    found = id.map(str::to_owned);
                }
            });
            if let Some(id) = found {
                return Self::Patient { id };
            }
        }
        Self::Shared
    }
}

/// Every `reference` text in a value, in order.
pub(crate) fn collect(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "reference" => found(text),
                    _ => collect(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
