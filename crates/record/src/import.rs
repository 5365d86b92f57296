//! Reading a file that somebody hands over: which resources it holds, whose they are, and what cannot be read.
//!
//! A first cheap pass cuts the text into entries and notes identity and references; a resource is only parsed when it
//! is asked for, so a file of 50 MB needs little more memory than its own text.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::entry::{Entry, Resource};
use crate::placement::Placement;
use crate::scan::{self, Fault};
use crate::tree;

mod error;
mod fields;
mod identity;
mod owner;
mod preview;
mod split;
mod text;
mod version;

pub use error::{EntryError, FhirVersion, FileError, SkipReason};
pub use preview::{Preview, Skip, preview};

#[cfg(test)]
mod tests;

/// The base of the `fullUrl` that an export gives to resources which came without one (RFC 6761: never resolves). Reading
/// takes it away again.
pub const OWN_BASE: &str = "https://ampoule.invalid/fhir/";

/// A file that could be read: its entries are parsed one by one, when asked for.
pub struct ParsedFile {
    text: String,
    slots: Vec<Slot>,
    urls: BTreeMap<String, usize>,
    keys: BTreeMap<String, usize>,
    only_patient: Option<String>,
}

/// What the first pass knows of an entry.
struct Slot {
    full_url: Option<String>,
    assigned_id: Option<String>,
    resource_type: String,
    id: String,
    /// References that may lead to the patient, the most telling first.
    owners: Vec<String>,
    /// The UUID of a `urn:uuid:` that stands where a patient is named.
    owner_urn: Option<String>,
    resource: Result<Range<usize>, SkipReason>,
}

/// Reads a file of FHIR R4 JSON: a Bundle of any type, a single resource, or NDJSON; with or without byte order mark.
///
/// `name` is the file's name; only its ending is looked at, and only if the content leaves a doubt.
pub fn parse_file(name: &str, bytes: &[u8]) -> Result<ParsedFile, FileError> {
    parse_owned(name, bytes.to_vec())
}

/// As [`parse_file`], without a copy of the bytes.
pub fn parse_owned(name: &str, bytes: Vec<u8>) -> Result<ParsedFile, FileError> {
    let text = text::decode(bytes)?;
    let pieces = split::split(name, &text)?;
    identity::index(text, pieces)
}

impl ParsedFile {
    /// How many entries the file has, those that cannot be read included.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Every entry in the order of the file, exactly [`ParsedFile::len`] of them; an error does not end the rest.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Result<Entry, EntryError>> + '_ {
        (0..self.slots.len()).map(|index| self.entry(index))
    }

    /// Parses one entry. An `index` beyond the end is an entry without a resource.
    pub fn entry(&self, index: usize) -> Result<Entry, EntryError> {
        let (slot, json) = self.legible(index)?;
        let tree = tree::parse(json).map_err(|fault| self.skip(index, fault.into()))?;
        Ok(Entry {
            full_url: slot.full_url.clone(),
            assigned_id: slot.assigned_id.clone(),
            resource: Resource::new(tree).ok_or_else(|| self.skip(index, SkipReason::NotFhir))?,
        })
    }

    /// Resource type and id of an entry, without parsing it; equal to [`Entry::key`].
    pub fn key(&self, index: usize) -> Option<(&str, &str)> {
        let slot = self.slots.get(index)?;
        slot.resource.is_ok().then_some((&slot.resource_type, &slot.id))
    }

    /// Whose chart an entry belongs to; references are followed through the file.
    pub fn placement(&self, index: usize) -> Placement {
        self.place(index, 0)
    }

    /// The resource type and id that a reference of this file leads to: `urn:uuid:…` and URLs through the entries'
    /// `fullUrl`, `Type/id` as it stands.
    pub fn resolve(&self, reference: &str) -> Option<(String, String)> {
        self.target(reference).map(|(resource_type, id, _)| (resource_type.to_owned(), id.to_owned()))
    }

    /// The entry's slot and text, if it has a resource.
    fn legible(&self, index: usize) -> Result<(&Slot, &str), EntryError> {
        let slot = self.slots.get(index).ok_or_else(|| self.skip(index, SkipReason::NoResource))?;
        let range = slot.resource.clone().map_err(|reason| self.skip(index, reason))?;
        Ok((slot, self.text.get(range).unwrap_or_default()))
    }

    /// As [`ParsedFile::entry`], without building the tree.
    fn check(&self, index: usize) -> Result<&Slot, EntryError> {
        let (slot, json) = self.legible(index)?;
        scan::check(json).map_err(|fault| self.skip(index, fault.into()))?;
        Ok(slot)
    }

    fn skip(&self, index: usize, reason: SkipReason) -> EntryError {
        let resource_type =
            self.slots.get(index).map(|slot| slot.resource_type.clone()).filter(|name| !name.is_empty());
        EntryError { index: index as u32, resource_type, reason }
    }
}

impl From<Fault> for SkipReason {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::DuplicateKey => Self::DuplicateKey,
            Fault::TooDeep => Self::TooDeep,
            Fault::BadText => Self::BadText,
            Fault::Syntax => Self::NotFhir,
        }
    }
}

impl fmt::Debug for ParsedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParsedFile").field("entries", &self.slots.len()).finish_non_exhaustive()
    }
}
