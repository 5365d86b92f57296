//! What a record is about, in a few words.

use serde_json::Value;

use crate::entry::Entry;
use crate::json::{first_text, list, text};
use crate::words;

/// The name of a person, place or thing, else what the record is about: the problem, the medicine, the title. `None` if
/// nothing of that was recorded.
pub fn display_name(entry: &Entry) -> Option<String> {
    let tree = entry.resource.value();
    let attachment =
        list(tree, "content").iter().filter_map(|content| content.get("attachment")).map(|one| text(one, "title"));
    let titled = attachment.chain([first_text(tree, &["title", "description"])]).find(|title| !title.is_empty());
    if let Some(title) = titled {
        return Some(title.to_owned());
    }
    let coded = |name: &&str| words::concept(list(tree, name).first()).text;
    let named = words::resource_name(tree);
    let fields = ["code", "medicationCodeableConcept", "vaccineCode", "type", "serviceType", "category", "class"];
    let referred = || text(tree.get("medicationReference").unwrap_or(&Value::Null), "display").to_owned();
    let mut words = [named].into_iter().chain(fields.iter().map(coded)).chain(std::iter::once_with(referred));
    words.find(|words| !words.is_empty())
}
