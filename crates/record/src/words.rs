//! FHIR data types as a clinician reads them.

use serde_json::Value;

use crate::choice;
use crate::json::{first_text, join, list, number, text};
use crate::summary::spoken;
use crate::view::{Coding, Concept};

#[cfg(test)]
mod tests;

/// A CodeableConcept, a single Coding, or a bare code.
pub(crate) fn concept(value: Option<&Value>) -> Concept {
    let Some(value) = value else {
        return Concept::default();
    };
    if let Some(code) = value.as_str() {
        return Concept { text: code.to_owned(), codings: Vec::new() };
    }
    let sources = if value.get("coding").is_some() { list(value, "coding") } else { std::slice::from_ref(value) };
    let codings: Vec<Coding> = sources
        .iter()
        .filter(|coding| !text(coding, "code").is_empty() || !text(coding, "display").is_empty())
        .map(coding)
        .collect();
    let words = Some(text(value, "text").to_owned())
        .into_iter()
        .chain(codings.iter().map(|coding| coding.display.clone()))
        .chain(codings.iter().map(|coding| coding.code.clone()))
        .find(|words| !words.is_empty());
    Concept { text: words.unwrap_or_default(), codings }
}

fn coding(value: &Value) -> Coding {
    let system = text(value, "system");
    Coding {
        system: system.to_owned(),
        system_name: system_name(system).to_owned(),
        code: text(value, "code").to_owned(),
        display: text(value, "display").to_owned(),
    }
}

/// The words of every concept of a list.
pub(crate) fn concepts(values: &[Value]) -> String {
    join(values.iter().map(|value| concept(Some(value)).text), ", ")
}

/// The first code of a CodeableConcept, or a bare code: for statuses.
pub(crate) fn code(value: Option<&Value>) -> &str {
    match value {
        Some(Value::String(code)) => code,
        Some(value) => list(value, "coding")
            .iter()
            .map(|coding| text(coding, "code"))
            .find(|code| !code.is_empty())
            .unwrap_or_default(),
        None => "",
    }
}

/// The short name of a code system, or empty.
fn system_name(system: &str) -> &'static str {
    let known = system.trim_end_matches('/');
    match known {
        "http://snomed.info/sct" | "urn:oid:2.16.840.1.113883.6.96" => "SNOMED CT",
        "http://loinc.org" | "urn:oid:2.16.840.1.113883.6.1" => "LOINC",
        "http://www.nlm.nih.gov/research/umls/rxnorm" | "urn:oid:2.16.840.1.113883.6.88" => "RxNorm",
        "http://hl7.org/fhir/sid/icd-10" => "ICD-10",
        "http://hl7.org/fhir/sid/icd-10-cm" | "urn:oid:2.16.840.1.113883.6.90" => "ICD-10-CM",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm" | "http://fhir.de/CodeSystem/dimdi/icd-10-gm" => "ICD-10-GM",
        "http://hl7.org/fhir/sid/icd-9-cm" | "urn:oid:2.16.840.1.113883.6.103" => "ICD-9-CM",
        "http://id.who.int/icd/release/11/mms" | "http://id.who.int/icd11/mms" => "ICD-11",
        "http://hl7.org/fhir/sid/cvx" => "CVX",
        "http://hl7.org/fhir/sid/ndc" => "NDC",
        "http://hl7.org/fhir/sid/icpc-2" | "http://www.rivmnl.nl/icpc" => "ICPC-2",
        "http://www.whocc.no/atc" | "urn:oid:2.16.840.1.113883.6.73" => "ATC",
        "http://www.ama-assn.org/go/cpt" => "CPT",
        "http://unitsofmeasure.org" => "UCUM",
        "http://standardterms.edqm.eu" => "EDQM",
        "http://www.orpha.net" => "Orphanet",
        "http://dicom.nema.org/resources/ontology/DCM" => "DICOM",
        "urn:iso:std:iso:11073:10101" => "IEEE 11073",
        _ if known.starts_with("http://terminology.hl7.org/CodeSystem")
            || known.starts_with("http://hl7.org/fhir/") =>
        {
            "HL7"
        }
        _ => "",
    }
}

/// `7.10 mmol/L`, with comparator: `< 5 mg`.
pub(crate) fn quantity(value: &Value) -> String {
    join([quantity_value(value), unit(value)], " ")
}

/// Comparator and number, in the recorded text.
pub(crate) fn quantity_value(value: &Value) -> String {
    join([text(value, "comparator"), &number(value, "value").unwrap_or_default()], " ")
}

/// The unit as it is written, else its UCUM code in readable form.
pub(crate) fn unit(value: &Value) -> String {
    let unit = first_text(value, &["unit", "code"]);
    match unit {
        "Cel" => "°C",
        "[degF]" => "°F",
        "mm[Hg]" => "mmHg",
        "{score}" | "1" | "{#}" => "",
        _ => unit,
    }
    .to_owned()
}

/// `3.5 – 5.0 mmol/L`, `> 3`, `< 5`.
pub(crate) fn range(value: &Value) -> String {
    let (low, high) = (value.get("low"), value.get("high"));
    match (low, high) {
        (Some(low), Some(high)) if unit(low) == unit(high) => {
            join([format!("{} – {}", quantity_value(low), quantity_value(high)), unit(high)], " ")
        }
        (Some(low), Some(high)) => format!("{} – {}", quantity(low), quantity(high)),
        (Some(low), None) => format!("≥ {}", quantity(low)),
        (None, Some(high)) => format!("≤ {}", quantity(high)),
        (None, None) => String::new(),
    }
}

/// The name of a HumanName: its parts as they are said, else its text.
pub(crate) fn human_name(name: &Value) -> String {
    let parts = human_name_parts(name);
    if parts.is_empty() { text(name, "text").to_owned() } else { parts }
}

pub(crate) fn human_name_parts(name: &Value) -> String {
    spoken(&given(name), text(name, "family"))
}

pub(crate) fn given(name: &Value) -> String {
    join(list(name, "given").iter().filter_map(Value::as_str), " ")
}

/// The item of a list to show, by a rank of its `use`.
pub(crate) fn best(items: &[Value], rank: fn(Option<&str>) -> u8) -> Option<(usize, &Value)> {
    items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.is_object())
        .min_by_key(|(_, item)| rank(item.get("use").and_then(Value::as_str)))
}

/// The name of a Patient, Practitioner or RelatedPerson, or of an Organization, Location, Device or Medication.
pub(crate) fn resource_name(resource: &Value) -> String {
    match resource.get("name") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => {
            best(names, choice::name_rank).map(|(_, name)| human_name(name)).unwrap_or_default()
        }
        _ => {
            let device =
                list(resource, "deviceName").iter().map(|name| text(name, "name")).find(|name| !name.is_empty());
            let words = concept(resource.get("code").or_else(|| resource.get("type"))).text;
            let participant = || {
                join(
                    [
                        text(resource.get("practitioner").unwrap_or(&Value::Null), "display"),
                        text(resource.get("organization").unwrap_or(&Value::Null), "display"),
                    ],
                    ", ",
                )
            };
            match (device, words.is_empty()) {
                (Some(name), _) => name.to_owned(),
                (None, false) => words,
                _ => participant(),
            }
        }
    }
}

/// An Address in one line.
pub(crate) fn address(address: &Value) -> String {
    let city = join([text(address, "postalCode"), text(address, "city")], " ");
    let lines = join(list(address, "line").iter().filter_map(Value::as_str), ", ");
    let parts = join([lines.as_str(), city.as_str(), text(address, "state"), text(address, "country")], ", ");
    if parts.is_empty() { text(address, "text").replace('\n', ", ") } else { parts }
}

/// Any value in words, for a list of conflicting versions.
pub(crate) fn any(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => join(items.iter().map(|item| any(Some(item))), "; "),
        Some(value @ Value::Object(fields)) => {
            if fields.contains_key("coding")
                || fields.contains_key("text")
                || fields.contains_key("display") && fields.contains_key("code")
            {
                concept(Some(value)).text
            } else if fields.contains_key("value") && (fields.contains_key("unit") || fields.contains_key("comparator"))
            {
                quantity(value)
            } else if fields.contains_key("family") || fields.contains_key("given") {
                human_name(value)
            } else if fields.contains_key("city") || fields.contains_key("line") {
                address(value)
            } else if fields.contains_key("reference") {
                first_text(value, &["display", "reference"]).to_owned()
            } else {
                join(fields.iter().map(|(name, value)| format!("{name}: {}", any(Some(value)))), ", ")
            }
        }
        Some(plain) => plain.to_string(),
    }
}
