//! Joining two versions of a record that were written without knowledge of each other.
//!
//! Different fields: both changes stay. The same field changed in two ways: a [`FieldConflict`] with both values, and the
//! record stays for a person to review. Rules, in order, at every place of the tree:
//!
//! 1. Both sides agree, or only one differs from the base: that value.
//! 2. Objects are merged field by field, except data that is only true as a whole (a quantity, a coding, a reference, a
//!    period, an extension).
//! 3. A choice such as `deceased[x]`, and a field with its `_extension` beside it, count as one field.
//! 4. Lists are merged item by item, see [`lists`].
//! 5. Otherwise it is a conflict. A value wins over its removal; else the winner is the same on every device, whichever
//!    version is called ours.
//!
//! Allergies, medication and death are never settled silently: if both sides changed such a record (or one of them its
//! `deceased[x]`), every field that differs is listed, even where one could tell.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::entry::{Entry, Resource};
use crate::view::FieldConflict;
use crate::words;

mod fields;
mod lists;

#[cfg(test)]
mod tests;

/// The result of a merge.
#[derive(Clone, Default, PartialEq)]
pub struct Merged {
    /// Both versions' changes.
    pub value: Value,
    /// What a person must decide, with ours first; `value` holds one of the two.
    pub conflicts: Vec<FieldConflict>,
}

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Side {
    Ours,
    Theirs,
}

/// Merges two trees that grew out of `base`; without a base, out of nothing.
///
/// The merged value is the same if the sides are swapped, byte for byte; the conflicts then list their values swapped.
pub fn three_way(base: Option<&Value>, ours: &Value, theirs: &Value) -> Merged {
    resolved(base, ours, theirs, &[])
}

/// As [`three_way`], with the conflicts at these paths decided: they take that side's value and are listed no more.
pub fn resolved(base: Option<&Value>, ours: &Value, theirs: &Value, decisions: &[(String, Side)]) -> Merged {
    let swapped = order(ours, theirs) == Ordering::Greater;
    let (left, right) = if swapped { (theirs, ours) } else { (ours, theirs) };
    let mut merger = Merger { swapped, decisions, conflicts: Vec::new() };
    let value = merger.root(base, left, right);
    Merged { value, conflicts: merger.conflicts }
}

/// As [`resolved`] for whole records; URL and assigned id are those of `ours`.
pub fn entries(
    base: Option<&Entry>,
    ours: &Entry,
    theirs: &Entry,
    decisions: &[(String, Side)],
) -> (Entry, Vec<FieldConflict>) {
    let base = base.map(|entry| entry.resource.value());
    let merged = resolved(base, ours.resource.value(), theirs.resource.value(), decisions);
    let resource = Resource::new(merged.value).unwrap_or_else(|| ours.resource.clone());
    (Entry { resource, ..ours.clone() }, merged.conflicts)
}

/// A value of each version: in the base, on the left, on the right.
#[derive(Clone, Copy)]
struct Three<'a> {
    base: Option<&'a Value>,
    left: Option<&'a Value>,
    right: Option<&'a Value>,
}

impl<'a> Three<'a> {
    /// The value if no person is needed: both agree, or only one changed it.
    fn settled(self) -> Option<Option<&'a Value>> {
        let Self { base, left, right } = self;
        if left == right || base == right {
            Some(left)
        } else if base == left {
            Some(right)
        } else {
            None
        }
    }
}

struct Merger<'d> {
    /// Left is theirs.
    swapped: bool,
    decisions: &'d [(String, Side)],
    conflicts: Vec<FieldConflict>,
}

impl Merger<'_> {
    fn root(&mut self, base: Option<&Value>, left: &Value, right: &Value) -> Value {
        let three = Three { base, left: Some(left), right: Some(right) };
        if let Some(settled) = three.settled() {
            return settled.cloned().unwrap_or_default();
        }
        match (left, right) {
            (Value::Object(left), Value::Object(right)) if left.get("resourceType") == right.get("resourceType") => {
                let base = base.and_then(Value::as_object);
                let kind = left.get("resourceType").and_then(Value::as_str).unwrap_or_default();
                Value::Object(self.objects(base, left, right, "", fields::caution(kind)))
            }
            _ => self.conflict(three, "").unwrap_or_default(),
        }
    }

    /// One field or item whose versions may differ; `None` if it ends up absent.
    fn merge(&mut self, three: Three, path: &str) -> Option<Value> {
        if let Some(settled) = three.settled() {
            return settled.cloned();
        }
        match (three.left, three.right) {
            (Some(Value::Object(left)), Some(Value::Object(right)))
                if fields::has_parts(left) && fields::has_parts(right) =>
            {
                let base = three.base.and_then(Value::as_object);
                Some(Value::Object(self.objects(base, left, right, path, fields::Caution::None)))
            }
            (Some(Value::Array(left)), Some(Value::Array(right))) => {
                let base = three.base.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                match self.lists(base, left, right, path) {
                    Some(items) => Some(Value::Array(items)),
                    None => self.conflict(three, path),
                }
            }
            _ => self.conflict(three, path),
        }
    }

    /// Two values for one place: the decided one, else a value before a removal, else the greater; listed if undecided.
    fn conflict(&mut self, three: Three, path: &str) -> Option<Value> {
        let Three { left, right, .. } = three;
        if let Some((_, side)) = self.decisions.iter().find(|(decided, _)| decided == path) {
            let take_left = (*side == Side::Ours) != self.swapped;
            return if take_left { left } else { right }.cloned();
        }
        // When a copy was stored elsewhere is no statement about the patient: the later one, unasked.
        if !matches!(path, "meta.lastUpdated" | "meta.versionId") {
            self.list(three, path);
        }
        match (left, right) {
            (Some(left), Some(right)) if order(left, right).is_lt() => Some(right.clone()),
            (Some(left), _) => Some(left.clone()),
            (None, right) => right.cloned(),
        }
    }

    fn list(&mut self, three: Three, path: &str) {
        let mut values = vec![words::any(three.left), words::any(three.right)];
        if values[0] == values[1] {
            // The words agree, the data does not: show the data.
            values = [three.left, three.right].map(|value| value.map(Value::to_string).unwrap_or_default()).to_vec();
        }
        if self.swapped {
            values.reverse();
        }
        self.conflicts.push(FieldConflict { path: path.to_owned(), values });
    }
}

/// An order of trees that every device agrees on.
fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => a.to_string().cmp(&b.to_string()),
    }
}

type Fields = Map<String, Value>;
