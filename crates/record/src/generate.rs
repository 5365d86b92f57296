//! Synthetic patients.

use crate::entry::Entry;

/// `n` patients, the same for the same seed.
pub fn patients(seed: u64, n: usize) -> impl Iterator<Item = Entry> {
    (0..n).filter_map(move |i| {
        let tree = serde_json::json!({ "resourceType": "Patient", "id": format!("{seed}-{i}") });
        crate::entry::Resource::new(tree).map(Entry::new)
    })
}
