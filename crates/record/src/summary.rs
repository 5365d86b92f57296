//! One row of the patient list, read from a Patient body without building its tree.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::date;
use crate::fold::{fold, words};

mod source;

#[cfg(test)]
mod tests;

/// What the patient list shows and searches of one Patient.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientSummary {
    /// The name as it is said: `Ana María Núñez`; family name first where it was written so.
    pub name: String,
    pub family: String,
    pub given: String,
    /// FHIR date, may be partial or empty.
    pub birth_date: String,
    /// FHIR administrative gender code or empty.
    pub sex: String,
    /// The identifier a practice would read out, medical record number first.
    pub identifier: String,
    pub deceased: bool,
    /// All names and identifiers, for search; the ones above included.
    pub other: Vec<String>,
}

impl PatientSummary {
    /// Reads a body as [`crate::Entry::to_body`] writes it; `None` if it holds no Patient.
    pub fn from_body(body: &[u8]) -> Option<Self> {
        source::read(body)
    }

    /// The folded words a query is compared with: every name, every identifier, and the birth date in the forms
    /// `1979-06-02`, `02.06.1979`, `02/06/1979` and `19790602`. Sorted, none twice.
    pub fn search_tokens(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        for text in [&self.name, &self.family, &self.given, &self.identifier].into_iter().chain(&self.other) {
            tokens.extend(words(text));
        }
        for whole in
            self.other.iter().chain([&self.identifier]).filter(|text| text.contains(|c: char| c.is_ascii_digit()))
        {
            tokens.push(fold(whole));
        }
        tokens.extend(date::search_forms(&self.birth_date));
        tokens.retain(|token| !token.is_empty());
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// Folded family and given name, for the order of the list.
    pub fn sort_key(&self) -> (String, String) {
        (fold(&self.family), fold(&self.given))
    }

    /// True if every word of a query (see [`crate::fold::query_tokens`]) begins one of `tokens`.
    pub fn matches(tokens: &[impl AsRef<str>], query: &[String]) -> bool {
        query.iter().all(|word| tokens.iter().any(|token| token.as_ref().starts_with(word.as_str())))
    }
}

impl std::fmt::Debug for PatientSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PatientSummary").finish_non_exhaustive()
    }
}

type Text<'a> = Option<Cow<'a, str>>;

/// Given and family name in the order in which they are said. Names in Han, Hangul or kana script put the family first.
pub(crate) fn spoken(given: &str, family: &str) -> String {
    let family_first = family.chars().next().is_some_and(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
    });
    match (given.is_empty(), family.is_empty(), family_first) {
        (true, _, _) => family.to_owned(),
        (_, true, _) => given.to_owned(),
        (.., true) => format!("{family} {given}"),
        _ => format!("{given} {family}"),
    }
}
