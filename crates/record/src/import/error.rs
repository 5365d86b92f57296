//! What can be wrong with a file, and with one entry of it. None of these carries content of the file.

use serde::{Deserialize, Serialize};

/// The file cannot be imported at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FileError {
    #[error("the file is empty: export it again")]
    Empty,
    #[error("the JSON breaks off at line {line}, column {column}: the file is not complete, transfer it again")]
    Truncated { line: u32, column: u32 },
    #[error("the JSON is broken at line {line}, column {column}: ask the sender for a valid FHIR JSON file")]
    Broken { line: u32, column: u32 },
    #[error("the file is UTF-16 text: save it as UTF-8")]
    Utf16,
    #[error("the file is not UTF-8 text from byte {at} on: save it as UTF-8")]
    NotUtf8 { at: u64 },
    #[error("the file is FHIR in XML: export it as JSON")]
    XmlFhir,
    #[error("the file is XML or HTML, not JSON: export it as FHIR R4 JSON")]
    Xml,
    #[error("the file is compressed: unpack it first")]
    Compressed,
    #[error("the file is not FHIR: it holds no resourceType")]
    NotFhir,
    #[error("the file is FHIR {0}: export it as FHIR R4")]
    OtherVersion(FhirVersion),
}

/// A version of FHIR that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FhirVersion {
    #[error("DSTU2 (1.0)")]
    Dstu2,
    #[error("STU3 (3.0)")]
    Stu3,
}

/// One entry was left out; the others are imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("entry {index} is left out: {reason}")]
pub struct EntryError {
    /// Position in the file, counted from 0.
    pub index: u32,
    /// The type of the resource, if it was legible and looks like one.
    pub resource_type: Option<String>,
    pub reason: SkipReason,
}

/// Why an entry is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SkipReason {
    /// A line of an NDJSON file.
    #[error("the JSON is broken at line {line}, column {column}")]
    Broken { line: u32, column: u32 },
    #[error("it holds no resource")]
    NoResource,
    #[error("it is not a FHIR resource")]
    NotFhir,
    #[error("one field stands twice in the same object, so one of the values would be lost")]
    DuplicateKey,
    #[error("it is nested too deep")]
    TooDeep,
    #[error("it holds text that is not Unicode")]
    BadText,
    #[error("the same entry came before")]
    Repeated,
    #[error("a newer version of it came before")]
    Superseded,
}

impl SkipReason {
    /// True if nothing is lost by leaving the entry out.
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::NoResource | Self::Repeated | Self::Superseded)
    }
}
