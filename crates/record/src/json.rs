//! Short ways into a tree. Absent and wrongly shaped are the same to a view.

use serde_json::{Map, Value};

/// The text of a field; empty if absent.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

/// The items of a field; a single value counts as a list of one.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match value.get(name) {
        Some(Value::Array(items)) => items,
        Some(Value::Null) | None => &[],
        Some(single) => std::slice::from_ref(single),
    }
}

/// The first field that is there and not empty text.
pub(crate) fn first_text<'a>(value: &'a Value, names: &[&str]) -> &'a str {
    names.iter().map(|name| text(value, name)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// A decimal or integer in its own text.
pub(crate) fn number(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Joins what is not empty.
pub(crate) fn join<S: AsRef<str>>(parts: impl IntoIterator<Item = S>, separator: &str) -> String {
    let mut joined = String::new();
    for part in parts {
        let part = part.as_ref().trim();
        if !part.is_empty() {
            if !joined.is_empty() {
                joined.push_str(separator);
            }
            joined.push_str(part);
        }
    }
    joined
}

/// Sets a field to a text, or removes it if the text is empty. The order of the other fields stays.
pub(crate) fn set_text(fields: &mut Map<String, Value>, name: &str, text: &str) {
    if text.is_empty() {
        fields.shift_remove(name);
    } else {
        fields.insert(name.to_owned(), Value::from(text));
    }
}
