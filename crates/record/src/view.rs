//! What a page shows of a chart: plain, typed, already in reading order, with the codes kept behind the words.
//!
//! Views are derived from the stored FHIR JSON and never stored. Dates are FHIR date/dateTime text as recorded
//! (a partial date stays partial); numbers are the decimal's own text. All text is untrusted and unescaped.

use serde::{Deserialize, Serialize};

/// Identifies one record of a chart on the page: 32 hexadecimal digits.
pub type RecordRef = String;

/// One coded concept: the words first, the codes behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// What a clinician reads: `text`, else the first `display`, else the code itself. Empty if nothing was recorded.
    pub text: String,
    /// Every coding behind the words.
    pub codings: Vec<Coding>,
}

/// A code of a terminology; `system` is a URI, `system_name` its short name (SNOMED CT, LOINC, RxNorm, ICD-10 …).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    pub system: String,
    pub system_name: String,
    pub code: String,
    pub display: String,
}

/// One row of the patient list; also the part of a chart that stays in sight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientRow {
    /// Chart id, 32 hexadecimal digits.
    pub chart: String,
    pub name: String,
    /// FHIR date, may be partial or empty.
    pub birth_date: String,
    /// FHIR administrative gender code (male, female, other, unknown) or empty.
    pub sex: String,
    /// The identifier a practice would read out (medical record number first), may be empty.
    pub identifier: String,
    pub deceased: bool,
    /// The Patient record has two versions for a person to review.
    pub to_review: bool,
}

/// The editable demographics of a Patient, as the form shows them. Empty text means not recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demographics {
    pub given: String,
    pub family: String,
    pub birth_date: String,
    pub sex: String,
    pub phone: String,
    pub email: String,
    pub address_line: String,
    pub city: String,
    pub postal_code: String,
    pub country: String,
}

/// A whole chart, ready to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartView {
    pub patient: PatientHeader,
    pub demographics: Demographics,
    pub allergies: Allergies,
    pub problems: Vec<Problem>,
    pub medications: Vec<Medication>,
    pub vitals: Vec<VitalSeries>,
    pub notes: Vec<Note>,
    pub immunizations: Vec<Immunization>,
    pub encounters: Vec<Encounter>,
    pub procedures: Vec<Procedure>,
    pub results: Vec<ResultGroup>,
    pub documents: Vec<Document>,
    /// Kept but not shown above: resource type and how many.
    pub other: Vec<(String, u32)>,
    /// Records whose versions a person must review.
    pub conflicts: Vec<Conflict>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientHeader {
    pub record: RecordRef,
    pub chart: String,
    pub name: String,
    pub birth_date: String,
    /// FHIR dateTime of death, "true" if only the fact is known, or empty.
    pub deceased: String,
    pub sex: String,
    /// (label, value) pairs, medical record number first.
    pub identifiers: Vec<(String, String)>,
    pub phone: String,
    pub address: String,
}

/// Allergies have three states that must never be confused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allergies {
    /// Nobody wrote anything: "Allergies not recorded. Ask."
    #[default]
    NotRecorded,
    /// Somebody recorded that there are none.
    NoneKnown,
    Known(Vec<Allergy>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    pub record: RecordRef,
    pub substance: Concept,
    /// FHIR criticality code: low, high, unable-to-assess or empty.
    pub criticality: String,
    /// Worst severity recorded: mild, moderate, severe or empty.
    pub severity: String,
    pub reactions: Vec<String>,
    pub clinical_status: String,
    pub verification_status: String,
    pub recorded: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub record: RecordRef,
    pub concept: Concept,
    /// active, recurrence, relapse, inactive, remission, resolved or empty.
    pub clinical_status: String,
    pub verification_status: String,
    pub onset: String,
    pub abatement: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medication {
    pub record: RecordRef,
    pub medicine: Concept,
    /// The dosage as the prescriber wrote it, one line each.
    pub dosage: Vec<String>,
    /// FHIR status code as recorded; `do-not-perform` if the order is not to give it.
    pub status: String,
    pub authored: String,
    pub reason: String,
    pub prescriber: String,
    /// MedicationRequest, MedicationStatement, MedicationAdministration or MedicationDispense.
    pub kind: String,
}

/// One vital sign over time, oldest first. Blood pressure is one series with two components a point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VitalSeries {
    /// LOINC code of the sign, for example 85354-9.
    pub code: String,
    pub name: String,
    pub unit: String,
    /// Names of the components of each point; one unnamed component for a simple value.
    pub components: Vec<String>,
    pub points: Vec<VitalPoint>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VitalPoint {
    pub record: RecordRef,
    /// FHIR dateTime as recorded.
    pub at: String,
    /// Milliseconds since 1970 for the horizontal axis, if `at` could be placed.
    pub at_ms: Option<i64>,
    /// One value a component: decimal text as recorded, or empty if that component is missing.
    pub values: Vec<String>,
    /// H, L, HH, LL, N … as recorded by the source, or empty. Ampoule computes none.
    pub interpretation: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub record: RecordRef,
    pub title: String,
    pub author: String,
    pub at: String,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Immunization {
    pub record: RecordRef,
    pub vaccine: Concept,
    pub at: String,
    pub status: String,
    pub lot: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    pub record: RecordRef,
    pub kind: Concept,
    pub class: String,
    pub status: String,
    pub start: String,
    pub end: String,
    pub reason: String,
    pub provider: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub record: RecordRef,
    pub concept: Concept,
    pub status: String,
    pub at: String,
    pub reason: String,
}

/// Results that belong together (a DiagnosticReport with its Observations, or the Observations of one day).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultGroup {
    pub record: RecordRef,
    pub title: Concept,
    pub at: String,
    pub status: String,
    pub conclusion: String,
    pub items: Vec<ResultItem>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultItem {
    pub record: RecordRef,
    pub concept: Concept,
    /// Decimal text, coded or free text, as recorded.
    pub value: String,
    pub unit: String,
    pub range: String,
    pub interpretation: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub record: RecordRef,
    pub title: String,
    pub kind: Concept,
    pub at: String,
    pub status: String,
    pub content_type: String,
}

/// Two versions changed the same field; both are kept until a person decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    pub record: RecordRef,
    pub resource_type: String,
    /// What the record is about, in words.
    pub title: String,
    pub fields: Vec<FieldConflict>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldConflict {
    /// Path inside the resource, for example `name[0].family`.
    pub path: String,
    /// The value in each version, as readable text (empty: absent), in the order of the versions.
    pub values: Vec<String>,
}

/// Vital signs as the form takes them; empty text means not measured. Numbers in the user's own decimal text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VitalsInput {
    pub systolic: String,
    pub diastolic: String,
    pub pulse: String,
    pub oxygen: String,
    pub temperature: String,
    pub weight: String,
    pub height: String,
    pub respiratory_rate: String,
}
