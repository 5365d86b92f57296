//! What a file would bring, before anything is stored.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ParsedFile, SkipReason};

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Patient resources that would be imported.
    pub patients: u32,
    /// How many of each resource type would be imported, most frequent first. [`crate::is_shown`] tells which ones a
    /// chart shows.
    pub by_type: Vec<(String, u32)>,
    /// What would be left out, in the order of the file.
    pub skipped: Vec<Skip>,
}

/// An entry that would be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// Position in the file, counted from 0.
    pub index: u32,
    pub resource_type: Option<String>,
    pub reason: SkipReason,
}

/// Checks every entry of a file as an import would.
pub fn preview(file: &ParsedFile) -> Preview {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut patients = BTreeSet::new();
    let mut skipped = Vec::new();
    for index in 0..file.len() {
        match file.check(index) {
            Ok(slot) => {
                *counts.entry(&slot.resource_type).or_default() += 1;
                if slot.resource_type == "Patient" {
                    patients.insert(&slot.id);
                }
            }
            Err(error) => {
                skipped.push(Skip { index: error.index, resource_type: error.resource_type, reason: error.reason });
            }
        }
    }
    let mut by_type: Vec<(String, u32)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    by_type.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Preview { patients: patients.len() as u32, by_type, skipped }
}
