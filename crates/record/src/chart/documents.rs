//! Notes, which are read on the page, and documents, which are opened.

use serde_json::Value;

use super::events::effective;
use super::{Record, Records};
use crate::base64;
use crate::date::newest_first;
use crate::json::{first_text, list, text};
use crate::view::{Document, Note};
use crate::words::concept;

pub(super) fn read(records: &Records) -> (Vec<Note>, Vec<Document>) {
    let mut notes = Vec::new();
    let mut documents = Vec::new();
    for record in records.of(&["DocumentReference", "Composition"]) {
        match plain_text(&record.tree) {
            Some(text) => notes.push(note(records, record, text)),
            None => documents.push(document(record)),
        }
    }
    for report in records.standing(&["DiagnosticReport"]) {
        if let Some(text) = plain_text(&report.tree) {
            notes.push(note(records, report, text));
        }
    }
    notes.sort_by(|a, b| newest_first(&a.at, &b.at));
    documents.sort_by(|a, b| newest_first(&a.at, &b.at));
    (notes, documents)
}

fn note(records: &Records, record: &Record, body: String) -> Note {
    let tree = &record.tree;
    let title = match attachments(tree).map(|attachment| text(attachment, "title")).find(|title| !title.is_empty()) {
        Some(title) => title.to_owned(),
        None => title(tree),
    };
    let authors = if record.kind == "DiagnosticReport" { list(tree, "performer") } else { list(tree, "author") };
    Note { record: record.record.clone(), title, author: records.first_name(tree, authors), at: at(tree), text: body }
}

fn document(record: &Record) -> Document {
    let tree = &record.tree;
    let first = attachments(tree).next();
    let titled = first.map(|attachment| text(attachment, "title")).unwrap_or_default();
    Document {
        record: record.record.clone(),
        title: if titled.is_empty() { title(tree) } else { titled.to_owned() },
        kind: concept(tree.get("type")),
        at: at(tree),
        status: record.status().to_owned(),
        content_type: first.map(|attachment| text(attachment, "contentType")).unwrap_or_default().to_owned(),
    }
}

fn title(tree: &Value) -> String {
    match first_text(tree, &["title", "description"]) {
        "" => concept(tree.get("type").or_else(|| tree.get("code"))).text,
        title => title.to_owned(),
    }
}

fn at(tree: &Value) -> String {
    let context = tree.get("context").and_then(|context| context.get("period")).and_then(super::time_of);
    match effective(tree) {
        at if at.is_empty() => context.unwrap_or_default(),
        at => at,
    }
}

fn attachments(tree: &Value) -> impl Iterator<Item = &Value> {
    let contents = list(tree, "content").iter().filter_map(|content| content.get("attachment"));
    contents.chain(list(tree, "presentedForm"))
}

/// The plain text that a record carries within itself, all its parts joined.
fn plain_text(tree: &Value) -> Option<String> {
    let is_plain = |attachment: &&Value| text(attachment, "contentType").to_ascii_lowercase().starts_with("text/plain");
    let parts: Vec<String> = attachments(tree)
        .filter(is_plain)
        .filter_map(|attachment| base64::decode(text(attachment, "data")))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}
