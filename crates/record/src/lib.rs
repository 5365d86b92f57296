//! The clinical record: FHIR R4 JSON as it was recorded, and what is derived from it.
pub mod view;
