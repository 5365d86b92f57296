//! Importing FHIR files: nothing is left out silently, and nothing is stored before the person has seen what it is.

mod files;
mod groups;
mod page;
mod parts;
mod reason;

pub use page::ImportPage;
