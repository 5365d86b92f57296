//! What a form can get wrong, as codes that the page translates.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    Given,
    Family,
    BirthDate,
    Sex,
    Phone,
    Email,
    AddressLine,
    City,
    PostalCode,
    Country,
    Systolic,
    Diastolic,
    Pulse,
    Oxygen,
    Temperature,
    Weight,
    Height,
    RespiratoryRate,
    Title,
    Text,
    /// The form as a whole.
    Form,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nothing was entered where something is needed.
    Missing,
    /// Not a day of the calendar, or not written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    NotADate,
    InTheFuture,
    /// Not a decimal number.
    NotANumber,
    /// A number that the sign cannot have: negative, zero, a saturation over 100 % …
    Impossible,
    /// The other half of a blood pressure is missing.
    Incomplete,
    /// Not one of the codes of the list.
    NotInList,
    TooLong,
    /// Control characters.
    BadText,
    /// The stored record is no Patient, or the field has a shape that no Patient has.
    NotAPatient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: Field,
    pub problem: Problem,
}

/// Everything that must be corrected before a form can be saved; never empty as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub(super) fn add(&mut self, field: Field, problem: Problem) {
        self.0.push(FieldError { field, problem });
    }

    pub(super) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("to correct:")?;
        self.0.iter().try_for_each(|error| write!(f, " {:?} ({:?})", error.field, error.problem))
    }
}
