//! Whose chart an entry belongs to: the FHIR patient compartment, followed through the file.
//! <https://hl7.org/fhir/R4/compartmentdefinition-patient.html>

use serde_json::Value;

use super::fields::Fields;
use super::{ParsedFile, Slot};
use crate::kinds::is_patientless;
use crate::placement::{NAMED_OWNERS, OWNER_FIELDS, Placement};
use crate::reference::Reference;

/// Resources that lead to the patient through others: Provenance → Observation → Encounter → Patient.
const MAX_STEPS: u32 = 6;

/// Every reference of a resource that may lead to its patient, the most telling first; and the UUID of the patient, if one
/// is named by a URN.
pub(super) fn references(fields: &Fields) -> (Vec<String>, Option<String>) {
    let mut found: Vec<String> = Vec::new();
    let mut urn = None;
    for (rank, raw) in OWNER_FIELDS.iter().enumerate().filter_map(|(rank, name)| Some((rank, fields.raw(name)?))) {
        // Nested too deep to hold a reference that counts: `serde_json` refuses it.
        if raw.contains("\"reference\"")
            && let Ok(value) = serde_json::from_str::<Value>(raw)
        {
            crate::placement::collect(&value, &mut |reference| found.push(reference.to_owned()));
        }
        if rank < NAMED_OWNERS && urn.is_none() {
            urn = found.first().and_then(|reference| reference.strip_prefix("urn:uuid:")).map(str::to_owned);
        }
    }
    (found, urn)
}

impl ParsedFile {
    pub(super) fn place(&self, index: usize, steps: u32) -> Placement {
        let Some(slot) = self.slots.get(index) else {
            return Placement::Shared;
        };
        if slot.resource_type == "Patient" {
            return Placement::Patient { id: slot.id.clone() };
        }
        if is_patientless(&slot.resource_type) {
            return Placement::Shared;
        }
        match (self.owner(slot, steps), &self.only_patient) {
            (Some(id), _) => Placement::Patient { id },
            (None, Some(id)) if steps == 0 => Placement::Patient { id: id.clone() },
            // The patient of a file that was cut out of a larger one.
            (None, None) => slot.owner_urn.clone().map_or(Placement::Shared, |id| Placement::Patient { id }),
            _ => Placement::Shared,
        }
    }

    fn owner(&self, slot: &Slot, steps: u32) -> Option<String> {
        let targets: Vec<_> = slot.owners.iter().filter_map(|reference| self.target(reference)).collect();
        if let Some((_, id, _)) = targets.iter().find(|(resource_type, ..)| *resource_type == "Patient") {
            return Some((*id).to_owned());
        }
        if steps == MAX_STEPS {
            return None;
        }
        targets.iter().filter_map(|(.., index)| *index).find_map(|index| match self.place(index, steps + 1) {
            Placement::Patient { id } => Some(id),
            Placement::Shared => None,
        })
    }

    /// Type, id and entry that a reference leads to. A URN that no entry carries leads nowhere.
    pub(super) fn target<'a>(&'a self, reference: &'a str) -> Option<(&'a str, &'a str, Option<usize>)> {
        if let Some(&index) = self.urls.get(reference) {
            let slot = &self.slots[index];
            return Some((&slot.resource_type, &slot.id, Some(index)));
        }
        match Reference::parse(reference) {
            Reference::Typed { resource_type, id } => {
                let index = self.keys.get(&Reference::relative(resource_type, id)).copied();
                Some((resource_type, id, index))
            }
            _ => None,
        }
    }
}
