//! What a person writes in Ampoule, as FHIR R4 resources: notes, vital signs, demographics.
//!
//! Ids, times and today's date come in as parameters. What cannot be taken is refused by field and code; the page has the
//! words. What can be taken but is hardly ever true ([`unusual`]) is asked about and saved if the person confirms it.

mod demographics;
mod fields;
mod note;
mod vitals;

pub(crate) use demographics::read as read_demographics;
pub use demographics::{demographics, demographics_of, new_patient};
pub use fields::{Field, FieldError, FieldErrors, Problem};
pub use note::note;
pub use vitals::{Unusual, unusual, vitals};
