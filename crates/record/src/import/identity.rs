//! Which record an entry is: the same answer each time the same file is read, and never one answer for two records.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::split::Piece;
use super::version::Ballot;
use super::{FileError, OWN_BASE, ParsedFile, SkipReason, Slot, owner};
use crate::reference::Reference;
use crate::scan;

/// The first pass over the entries of a file.
pub(super) fn index(text: String, pieces: Vec<Piece>) -> Result<ParsedFile, FileError> {
    let mut ballot = Ballot::default();
    let mut file = ParsedFile {
        text: String::new(),
        slots: Vec::with_capacity(pieces.len()),
        urls: BTreeMap::new(),
        keys: BTreeMap::new(),
        only_patient: None,
    };
    for piece in pieces {
        let history = piece.history;
        let mut slot = read(&text, piece, &mut ballot);
        settle(&mut slot, &file, &text, history);
        if slot.resource.is_ok() {
            let index = file.slots.len();
            if let Some(url) = &slot.full_url {
                file.urls.entry(url.clone()).or_insert(index);
            }
            file.keys.entry(Reference::relative(&slot.resource_type, &slot.id)).or_insert(index);
        }
        file.slots.push(slot);
    }
    if let Some(version) = ballot.verdict() {
        return Err(FileError::OtherVersion(version));
    }
    let mut patients = file.slots.iter().filter(|slot| slot.resource.is_ok() && slot.resource_type == "Patient");
    if let (Some(patient), None) = (patients.next(), patients.next()) {
        file.only_patient = Some(patient.id.clone());
    }
    file.text = text;
    Ok(file)
}

fn read(text: &str, piece: Piece, ballot: &mut Ballot) -> Slot {
    let full_url = piece.full_url.filter(|url| !url.is_empty() && !url.starts_with(OWN_BASE));
    let mut slot = Slot {
        full_url,
        assigned_id: None,
        resource_type: String::new(),
        id: String::new(),
        owners: Vec::new(),
        owner_urn: None,
        resource: piece.resource,
    };
    let Ok(range) = slot.resource.clone() else {
        return slot;
    };
    let json = &text[range];
    let kind = Fields::read(json).and_then(|fields| Some((fields.text("resourceType")?.into_owned(), fields)));
    let Some((resource_type, fields)) = kind else {
        slot.resource = Err(SkipReason::NotFhir);
        return slot;
    };
    if fields.is_doubled("resourceType") || fields.is_doubled("id") {
        slot.resource = Err(SkipReason::DuplicateKey);
        return slot;
    }
    if !is_type_name(&resource_type) {
        slot.resource = Err(SkipReason::NotFhir);
        return slot;
    }
    ballot.count(&resource_type, &fields);
    (slot.owners, slot.owner_urn) = owner::references(&fields);
    slot.resource_type = resource_type;
    match fields.text("id").filter(|id| !id.is_empty()) {
        Some(id) => slot.id = id.into_owned(),
        None => {
            let from_url = slot.full_url.as_deref().and_then(|url| url.strip_prefix("urn:uuid:"));
            let id = from_url.filter(|id| !id.is_empty()).map_or_else(|| scan::content_id(json, 0), str::to_owned);
            slot.id.clone_from(&id);
            slot.assigned_id = Some(id);
        }
    }
    slot
}

/// A key that an earlier entry has already: the same content is left out, an older version too, and anything else gets an
/// id of its own, so that nothing is overwritten.
fn settle(slot: &mut Slot, file: &ParsedFile, text: &str, history: bool) {
    let Ok(range) = slot.resource.clone() else {
        return;
    };
    let mut salt = 0;
    while let Some(&earlier) = file.keys.get(&Reference::relative(&slot.resource_type, &slot.id)) {
        let json = scan::minify(&text[range.clone()]);
        let earlier = &file.slots[earlier];
        let same_text = earlier.resource.clone().is_ok_and(|range| scan::minify(&text[range]) == json);
        if history && salt == 0 {
            slot.resource = Err(SkipReason::Superseded);
            return;
        }
        if same_text {
            slot.resource = Err(SkipReason::Repeated);
            return;
        }
        let own_urn = slot.full_url.as_deref().and_then(|url| url.strip_prefix("urn:uuid:"));
        slot.id = match own_urn {
            Some(id) if salt == 0 && id != slot.id => id.to_owned(),
            _ => scan::content_id(&json, salt),
        };
        slot.assigned_id = Some(slot.id.clone());
        salt += 1;
    }
}

fn is_type_name(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_alphabetic())
}
