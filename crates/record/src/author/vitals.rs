//! Vital signs.

use serde::{Deserialize, Serialize};

use super::{Field, FieldErrors};
use crate::entry::Entry;
use crate::view::VitalsInput;

/// A value that is possible but hardly ever true: ask before saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusual {
    pub field: Field,
    /// The number as it would be saved.
    pub value: String,
    /// What is usual, smallest and largest, in the unit of the field.
    pub low: String,
    pub high: String,
}

/// What to ask about before [`vitals`] is called; empty if nothing.
pub fn unusual(input: &VitalsInput) -> Vec<Unusual> {
    let _ = input;
    Vec::new()
}

/// One Observation for each measured sign.
pub fn vitals(
    patient_ref: &str,
    input: &VitalsInput,
    author: &str,
    at: &str,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Vec<Entry>, FieldErrors> {
    let _ = (patient_ref, input, author, at, new_id);
    Ok(Vec::new())
}
