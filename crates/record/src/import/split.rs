//! Cutting a file into resources without parsing them: one resource, a Bundle (also inside a Bundle), or NDJSON.

use std::ops::Range;

use serde_json::error::Category;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::{FileError, SkipReason};

/// Bundles inside bundles are opened this deep.
const MAX_NESTED_BUNDLES: u32 = 4;

/// One entry of the file: where its resource stands in the text, or why there is none.
pub(super) struct Piece {
    pub full_url: Option<String>,
    pub resource: Result<Range<usize>, SkipReason>,
    /// The entry stands in a history Bundle, newest first.
    pub history: bool,
}

pub(super) fn split(name: &str, text: &str) -> Result<Vec<Piece>, FileError> {
    let mut pieces = Vec::new();
    if is_ndjson(name, text) {
        for (number, line) in text.lines().enumerate() {
            let json = line.trim();
            if json.is_empty() {
                continue;
            }
            match serde_json::from_str::<&RawValue>(json) {
                Ok(raw) => resource(text, raw.get(), &mut pieces),
                Err(error) => pieces.push(Piece {
                    full_url: None,
                    resource: Err(SkipReason::Broken { line: number as u32 + 1, column: error.column() as u32 }),
                    history: false,
                }),
            }
        }
        return Ok(pieces);
    }
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line() as u32, error.column() as u32);
        match error.classify() {
            Category::Eof => FileError::Truncated { line, column },
            _ => FileError::Broken { line, column },
        }
    })?;
    let is_resource = Fields::read(raw.get()).is_some_and(|fields| fields.text("resourceType").is_some());
    if !is_resource {
        return Err(FileError::NotFhir);
    }
    resource(text, raw.get(), &mut pieces);
    Ok(pieces)
}

/// By content: at least two lines, and the first is JSON by itself. The file's name only helps if that line is broken.
fn is_ndjson(name: &str, text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let named = name
        .rsplit('.')
        .next()
        .is_some_and(|ending| ["ndjson", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
    first.starts_with('{') && second.starts_with('{') && (named || serde_json::from_str::<&RawValue>(first).is_ok())
}

fn resource(text: &str, json: &str, pieces: &mut Vec<Piece>) {
    if !bundle(text, json, 0, pieces) {
        pieces.push(Piece { full_url: None, resource: Ok(range_in(text, json)), history: false });
    }
}

/// Adds the entries of a Bundle; false if `json` is none.
fn bundle(text: &str, json: &str, depth: u32, pieces: &mut Vec<Piece>) -> bool {
    let Some(fields) = Fields::read(json) else {
        return false;
    };
    if depth > MAX_NESTED_BUNDLES || fields.text("resourceType").as_deref() != Some("Bundle") {
        return false;
    }
    let Some(entries) = fields.raw("entry") else {
        return true;
    };
    let history = fields.text("type").as_deref() == Some("history");
    let entries = match serde_json::from_str::<Vec<&RawValue>>(entries) {
        Ok(entries) if !fields.is_doubled("entry") => entries,
        whole => {
            let reason = if whole.is_ok() { SkipReason::DuplicateKey } else { SkipReason::NotFhir };
            pieces.push(Piece { full_url: None, resource: Err(reason), history });
            return true;
        }
    };
    for entry in entries {
        let entry = Fields::read(entry.get());
        let full_url = entry.as_ref().and_then(|entry| entry.text("fullUrl")).map(|url| url.into_owned());
        let resource = entry.as_ref().and_then(|entry| entry.raw("resource")).filter(|json| *json != "null");
        let doubled = entry.as_ref().is_some_and(|entry| entry.is_doubled("resource") || entry.is_doubled("fullUrl"));
        match resource {
            Some(_) if doubled => pieces.push(Piece { full_url, resource: Err(SkipReason::DuplicateKey), history }),
            Some(json) if bundle(text, json, depth + 1, pieces) => {}
            Some(json) => pieces.push(Piece { full_url, resource: Ok(range_in(text, json)), history }),
            None => pieces.push(Piece { full_url, resource: Err(SkipReason::NoResource), history }),
        }
    }
    true
}

/// Where `part`, a slice of `text`, stands in it.
fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}
