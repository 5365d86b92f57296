//! The clinical record of Ampoule: FHIR R4 JSON exactly as it was recorded, and everything derived from it.
//!
//! The stored truth of a record is the **original JSON tree**, loss-free to the text of a decimal and the order of
//! fields. Typed views are derived on top and never stored. Where to start:
//!
//! | you want to | call |
//! |---|---|
//! | read a file somebody hands over | [`import::parse_file`], then [`import::ParsedFile::entries`] |
//! | store and load one record | [`Entry::to_body`], [`Entry::from_body`] |
//! | write a file for somebody else | [`export::bundle`] |
//! | list and search patients | [`summary::PatientSummary::from_body`], [`fold::query_tokens`] |
//! | show a chart, name a record | [`chart::chart`], [`chart::display_name`] |
//! | write a note, vital signs, demographics | [`author`] |
//! | join two versions of a record | [`merge::three_way`], [`merge::entries`] |
//!
//! What this crate is not: it does no IO, reads no clock, makes no random number, encrypts nothing and knows no store.
//! Times, ids and today's date come in as parameters. It validates what a person types into Ampoule, and stores what
//! other systems wrote as it is: it is not a FHIR validator.
//!
//! Invariants:
//! - a resource that came in goes out as the same JSON tree: number text and field order included;
//! - an identity that Ampoule had to assign stands beside the resource, never inside it;
//! - no error, in `Display` or `Debug`, carries content of a file or a record;
//! - what was entered in error or refuted is never shown as active truth.
//!
//! ```
//! use record::{Placement, export, import};
//!
//! let text = br#"{"resourceType":"Observation","id":"a","subject":{"reference":"Patient/p"},"valueQuantity":{"value":7.10}}"#;
//! let file = import::parse_file("a.json", text)?;
//! let entry = file.entry(0).expect("the only entry is whole");
//! assert_eq!(file.placement(0), Placement::Patient { id: "p".into() });
//! let bundle = export::bundle([entry.to_body().as_slice()].into_iter());
//! assert!(String::from_utf8_lossy(&bundle).contains("7.10"));
//! # Ok::<(), import::FileError>(())
//! ```
#![forbid(unsafe_code)]

pub mod author;
mod base64;
pub mod chart;
mod choice;
pub mod date;
mod entry;
pub mod export;
pub mod fold;
#[cfg(feature = "generate")]
pub mod generate;
pub mod import;

mod json;
pub mod kinds;
pub mod merge;
mod placement;
mod reference;
mod scan;
pub mod summary;
mod tree;
pub mod view;
mod words;

pub use entry::{BodyError, Entry, Resource};
pub use kinds::{is_administrative, is_shown};
pub use placement::Placement;
pub use reference::Reference;
