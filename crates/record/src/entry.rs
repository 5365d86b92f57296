//! One resource with its identity: what a bundle entry becomes, and what is sealed as the body of a record.
//!
//! A body is compact JSON: `{"fullUrl":…,"assignedId":…,"resource":{…}}`. `fullUrl` is the one that came with the
//! resource. `assignedId` is present only if the resource had no usable id of its own.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::reference::Reference;
use crate::tree;

#[cfg(test)]
mod tests;

/// A FHIR resource as its original JSON tree. `Debug` shows the type only.
#[derive(Clone, PartialEq)]
pub struct Resource(Value);

impl Resource {
    /// Takes a tree that is an object with a `resourceType`.
    pub fn new(tree: Value) -> Option<Self> {
        tree.get("resourceType").is_some_and(Value::is_string).then_some(Self(tree))
    }

    /// A tree that this crate wrote, with its `resourceType`.
    pub(crate) fn authored(tree: Value) -> Self {
        debug_assert!(tree["resourceType"].is_string());
        Self(tree)
    }

    pub fn resource_type(&self) -> &str {
        self.0.get("resourceType").and_then(Value::as_str).unwrap_or_default()
    }

    /// The id inside the resource, if it is a non-empty string.
    pub fn id(&self) -> Option<&str> {
        self.0.get("id").and_then(Value::as_str).filter(|id| !id.is_empty())
    }

    pub fn value(&self) -> &Value {
        &self.0
    }

    pub fn into_value(self) -> Value {
        self.0
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Resource").field(&self.resource_type()).finish()
    }
}

/// A resource, the URL it came with and, if it has no id, the id Ampoule gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub full_url: Option<String>,
    /// Takes precedence over the id inside the resource: it was assigned because that one is missing or not unique.
    pub assigned_id: Option<String>,
    pub resource: Resource,
}

/// Why a stored body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    #[error("the record's body is not the JSON that Ampoule writes")]
    NotABody,
    #[error("the record's body holds no FHIR resource")]
    NoResource,
}

impl Entry {
    /// An entry as Ampoule writes it: the resource carries its own id.
    pub fn new(resource: Resource) -> Self {
        Self { full_url: None, assigned_id: None, resource }
    }

    /// Resource type and id: the identity of the record, the same each time the same file is read.
    pub fn key(&self) -> (&str, &str) {
        (self.resource.resource_type(), self.id())
    }

    /// The id part of [`Entry::key`]; empty only for an entry built by hand without any id.
    pub fn id(&self) -> &str {
        let from_url = || self.full_url.as_deref().and_then(|url| url.strip_prefix("urn:uuid:"));
        self.assigned_id.as_deref().or_else(|| self.resource.id()).or_else(from_url).unwrap_or_default()
    }

    /// How another resource refers to this one, so that it still resolves after export: the `urn:` it came with, else
    /// `Type/id`.
    pub fn reference(&self) -> String {
        match &self.full_url {
            Some(url) if url.starts_with("urn:") => url.clone(),
            _ => Reference::relative(self.resource.resource_type(), self.id()),
        }
    }

    /// The bytes that are sealed. Numbers keep their text and fields their order.
    pub fn to_body(&self) -> Vec<u8> {
        let mut body = vec![b'{'];
        for (name, value) in [("fullUrl", &self.full_url), ("assignedId", &self.assigned_id)] {
            if let Some(value) = value {
                write_json(&mut body, name);
                body.push(b':');
                write_json(&mut body, value);
                body.push(b',');
            }
        }
        body.extend_from_slice(b"\"resource\":");
        write_json(&mut body, &self.resource.0);
        body.push(b'}');
        body
    }

    /// Reads what [`Entry::to_body`] wrote.
    pub fn from_body(body: &[u8]) -> Result<Self, BodyError> {
        let parts = BodyParts::read(body)?;
        let tree = tree::parse(parts.resource.get()).map_err(|_| BodyError::NotABody)?;
        Ok(Self {
            full_url: parts.full_url,
            assigned_id: parts.assigned_id,
            resource: Resource::new(tree).ok_or(BodyError::NoResource)?,
        })
    }
}

/// A body with its resource left as text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BodyParts<'a> {
    #[serde(default)]
    pub full_url: Option<String>,
    #[serde(default)]
    pub assigned_id: Option<String>,
    #[serde(borrow)]
    pub resource: &'a RawValue,
}

impl<'a> BodyParts<'a> {
    pub fn read(body: &'a [u8]) -> Result<Self, BodyError> {
        serde_json::from_slice(body).map_err(|_| BodyError::NotABody)
    }
}

/// Serialising a tree or a string into memory has no way to fail.
fn write_json<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok());
}
