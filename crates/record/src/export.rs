//! Writing records as a FHIR R4 `collection` Bundle: the resources are the same JSON trees that came in.
//!
//! Every entry gets a `fullUrl`, as validators demand: the one it came with, else `urn:uuid:` with the assigned id, else
//! `Type/id` under [`OWN_BASE`], which reading takes away again, so that going out and in changes nothing.

use crate::entry::BodyParts;
use crate::import::OWN_BASE;

#[cfg(test)]
mod tests;

/// A Bundle of these record bodies, in their order. A body that cannot be read is left out; ask
/// [`crate::Entry::from_body`] first if that matters.
pub fn bundle<'a>(bodies: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut out = br#"{"resourceType":"Bundle","type":"collection""#.to_vec();
    let mut separator: &[u8] = br#","entry":["#;
    let mut any = false;
    for body in bodies {
        let Some((full_url, resource)) = full_url_and_resource(body) else {
            continue;
        };
        out.extend_from_slice(separator);
        separator = b",";
        any = true;
        if let Some(full_url) = full_url {
            out.extend_from_slice(br#"{"fullUrl":"#);
            out.extend_from_slice(serde_json::Value::from(full_url).to_string().as_bytes());
            out.push(b',');
        } else {
            out.push(b'{');
        }
        out.extend_from_slice(br#""resource":"#);
        out.extend_from_slice(resource.as_bytes());
        out.push(b'}');
    }
    out.extend_from_slice(if any { b"]}" } else { b"}" });
    out
}

fn full_url_and_resource(body: &[u8]) -> Option<(Option<String>, &str)> {
    let parts = BodyParts::read(body).ok()?;
    let resource = parts.resource.get();
    let head: Head = serde_json::from_str(resource).ok()?;
    let own = || match (&parts.assigned_id, head.id) {
        (Some(id), _) => Some(format!("urn:uuid:{id}")),
        (None, Some(id)) => Some(format!("{OWN_BASE}{}/{id}", head.resource_type)),
        (None, None) => None,
    };
    Some((parts.full_url.clone().or_else(own), resource))
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    resource_type: String,
    #[serde(default)]
    id: Option<String>,
}
