//! References between resources, as text: `Type/id`, an absolute URL that ends so, `urn:uuid:…`, or `#contained`.
//! <https://hl7.org/fhir/R4/references.html>

#[cfg(test)]
mod tests;

/// What a reference's text points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference<'a> {
    /// `Patient/1`, `https://server/fhir/Patient/1` or either with `/_history/2`.
    Typed { resource_type: &'a str, id: &'a str },
    /// `urn:uuid:…` or `urn:oid:…`: resolved by the `fullUrl` of an entry.
    Urn(&'a str),
    /// `#id` of a contained resource; empty for the container itself.
    Contained(&'a str),
    /// Anything else, such as a conditional reference.
    Other,
}

impl<'a> Reference<'a> {
    pub fn parse(text: &'a str) -> Self {
        let text = text.trim();
        if let Some(id) = text.strip_prefix('#') {
            return Self::Contained(id);
        }
        if text.starts_with("urn:") {
            return Self::Urn(text);
        }
        let unversioned = text.split_once("/_history/").map_or(text, |(before, _)| before);
        let plain = unversioned.split(['?', '#']).next().unwrap_or_default();
        if plain.len() != unversioned.len() {
            return Self::Other;
        }
        let mut parts = plain.rsplit('/');
        match (parts.next(), parts.next()) {
            (Some(id), Some(resource_type)) if !id.is_empty() && is_type_name(resource_type) => {
                Self::Typed { resource_type, id }
            }
            _ => Self::Other,
        }
    }

    /// `Type/id`.
    pub fn relative(resource_type: &str, id: &str) -> String {
        format!("{resource_type}/{id}")
    }
}

fn is_type_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|b| b.is_ascii_alphabetic())
}
