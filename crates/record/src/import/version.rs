//! Which version of FHIR a file speaks. JSON of older versions looks much the same and would be misread silently, so the
//! entries vote by fields and types that changed. <https://hl7.org/fhir/R4/diff.html>

use super::FhirVersion;
use super::fields::Fields;

/// Votes of the entries seen so far.
#[derive(Default)]
pub(super) struct Ballot {
    dstu2: u32,
    stu3: u32,
    r4: u32,
}

impl Ballot {
    pub fn count(&mut self, resource_type: &str, fields: &Fields) {
        let has = |name: &str| fields.has(name);
        let is_text = |name: &str| fields.raw(name).is_some_and(|raw| raw.starts_with('"'));
        let is_object = |name: &str| fields.raw(name).is_some_and(|raw| raw.starts_with('{'));
        let (dstu2, stu3, r4) = match resource_type {
            "MedicationOrder"
            | "DiagnosticOrder"
            | "Conformance"
            | "Order"
            | "OrderResponse"
            | "DeviceUseRequest"
            | "ImagingObjectSelection" => (true, false, false),
            "ProcedureRequest" | "ReferralRequest" | "EligibilityRequest" | "ProcessRequest" | "DeviceComponent"
            | "Sequence" | "ImagingManifest" | "ServiceDefinition" | "ExpansionProfile" | "DataElement"
            | "BodySite" => (false, true, false),
            "Patient" => (has("careProvider"), has("animal"), false),
            "Condition" => (has("patient"), is_text("clinicalStatus") && has("subject"), is_object("clinicalStatus")),
            "Encounter" => (has("patient") || is_text("class"), has("reason") && !has("patient"), has("reasonCode")),
            "Immunization" => (
                has("wasNotGiven"),
                has("notGiven") || (has("date") && !has("wasNotGiven")),
                fields.starts_with("occurrence"),
            ),
            "Observation" => (has("comments"), has("context") || has("comment"), has("note")),
            "AllergyIntolerance" => {
                (has("substance"), is_text("clinicalStatus") || has("assertedDate"), is_object("clinicalStatus"))
            }
            "Procedure" => (has("notPerformed"), has("notDone") || has("context"), has("reasonCode")),
            "DiagnosticReport" => (false, has("context"), has("resultsInterpreter")),
            "CarePlan" => (false, has("context"), has("encounter")),
            "Goal" => {
                let old = has("status") && !has("lifecycleStatus");
                (old && is_text("description"), old && !is_text("description"), has("lifecycleStatus"))
            }
            "MedicationRequest" => {
                let agent = fields.raw("requester").is_some_and(|raw| raw.contains("\"agent\""));
                (false, has("context") || agent, has("encounter"))
            }
            "MedicationStatement" => (has("wasNotTaken"), has("taken"), false),
            "CapabilityStatement" | "StructureDefinition" | "ImplementationGuide" => {
                let version = fields.text("fhirVersion").unwrap_or_default();
                (version.starts_with("1."), version.starts_with("3.0"), version.starts_with("4."))
            }
            _ => (false, false, false),
        };
        let profile = |marker: &str| fields.raw("meta").is_some_and(|meta| meta.contains(marker));
        self.dstu2 += u32::from(dstu2 || profile("/DSTU2/"));
        self.stu3 += u32::from(stu3 || profile("/STU3/"));
        self.r4 += u32::from(r4 || profile("/R4/"));
    }

    /// An older version, if more entries speak it than speak R4.
    pub fn verdict(&self) -> Option<FhirVersion> {
        if self.dstu2.max(self.stu3) <= self.r4 {
            None
        } else if self.dstu2 >= self.stu3 {
            Some(FhirVersion::Dstu2)
        } else {
            Some(FhirVersion::Stu3)
        }
    }
}
