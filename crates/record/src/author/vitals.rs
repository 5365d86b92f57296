//! Vital signs as Observations, after the FHIR vital signs profiles: LOINC codes, UCUM units, one panel for blood pressure.
//! <https://hl7.org/fhir/R4/observation-vitalsigns.html>

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Field, FieldErrors, Problem};
use crate::entry::{Entry, Resource};
use crate::view::VitalsInput;

#[cfg(test)]
mod tests;

/// A value that is possible but hardly ever true: ask before saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusual {
    pub field: Field,
    /// The number as it would be saved.
    pub value: String,
    /// What is usual, smallest and largest, in the unit of the field.
    pub low: String,
    pub high: String,
}

/// How one field of the form is recorded.
struct Sign {
    field: Field,
    /// LOINC codes and displays, the one of the profile first.
    codes: &'static [(&'static str, &'static str)],
    unit: &'static str,
    ucum: &'static str,
    usual: (f64, f64),
}

const SYSTOLIC: Sign = Sign {
    field: Field::Systolic,
    codes: &[("8480-6", "Systolic blood pressure")],
    unit: "mmHg",
    ucum: "mm[Hg]",
    usual: (70.0, 220.0),
};
const DIASTOLIC: Sign = Sign {
    field: Field::Diastolic,
    codes: &[("8462-4", "Diastolic blood pressure")],
    unit: "mmHg",
    ucum: "mm[Hg]",
    usual: (35.0, 130.0),
};
const SINGLE: [Sign; 6] = [
    Sign { field: Field::Pulse, codes: &[("8867-4", "Heart rate")], unit: "/min", ucum: "/min", usual: (35.0, 200.0) },
    Sign {
        field: Field::RespiratoryRate,
        codes: &[("9279-1", "Respiratory rate")],
        unit: "/min",
        ucum: "/min",
        usual: (8.0, 60.0),
    },
    Sign {
        field: Field::Oxygen,
        codes: &[
            ("2708-6", "Oxygen saturation in Arterial blood"),
            ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
        ],
        unit: "%",
        ucum: "%",
        usual: (80.0, 100.0),
    },
    Sign {
        field: Field::Temperature,
        codes: &[("8310-5", "Body temperature")],
        unit: "°C",
        ucum: "Cel",
        usual: (34.0, 41.5),
    },
    Sign { field: Field::Weight, codes: &[("29463-7", "Body weight")], unit: "kg", ucum: "kg", usual: (1.5, 250.0) },
    Sign { field: Field::Height, codes: &[("8302-2", "Body height")], unit: "cm", ucum: "cm", usual: (40.0, 220.0) },
];

impl Sign {
    fn input<'a>(&self, input: &'a VitalsInput) -> &'a str {
        match self.field {
            Field::Systolic => &input.systolic,
            Field::Diastolic => &input.diastolic,
            Field::Pulse => &input.pulse,
            Field::RespiratoryRate => &input.respiratory_rate,
            Field::Oxygen => &input.oxygen,
            Field::Temperature => &input.temperature,
            Field::Weight => &input.weight,
            Field::Height => &input.height,
            _ => "",
        }
        .trim()
    }

    /// The decimal's text as it is recorded; `None` if nothing was entered.
    fn read(&self, input: &VitalsInput) -> Result<Option<String>, Problem> {
        let typed = self.input(input);
        if typed.is_empty() {
            return Ok(None);
        }
        let text = decimal(typed).ok_or(Problem::NotANumber)?;
        let value: f64 = text.parse().map_err(|_| Problem::NotANumber)?;
        let never_zero = matches!(self.field, Field::Temperature | Field::Weight | Field::Height | Field::Oxygen);
        if value < 0.0 || value == 0.0 && never_zero || self.field == Field::Oxygen && value > 100.0 {
            return Err(Problem::Impossible);
        }
        Ok(Some(text))
    }

    fn code(&self) -> Value {
        let codings: Vec<Value> = self.codes.iter().map(|(code, display)| loinc(code, display)).collect();
        json!({ "coding": codings, "text": self.codes[0].1 })
    }

    fn quantity(&self, decimal: &str) -> Value {
        // Only text that `decimal` let through comes here, which is a JSON number.
        let value: Value = serde_json::from_str(decimal).unwrap_or(Value::Null);
        json!({ "value": value, "unit": self.unit, "system": "http://unitsofmeasure.org", "code": self.ucum })
    }
}

/// What to ask about before [`vitals`] is called; empty if nothing. Fields that [`vitals`] refuses are not listed.
pub fn unusual(input: &VitalsInput) -> Vec<Unusual> {
    let mut asked = Vec::new();
    for sign in [&SYSTOLIC, &DIASTOLIC].into_iter().chain(&SINGLE) {
        let Ok(Some(value)) = sign.read(input) else {
            continue;
        };
        let (low, high) = sign.usual;
        if value.parse().is_ok_and(|number: f64| number < low || number > high) {
            asked.push(Unusual { field: sign.field, value, low: low.to_string(), high: high.to_string() });
        }
    }
    if let (Ok(Some(systolic)), Ok(Some(diastolic))) = (SYSTOLIC.read(input), DIASTOLIC.read(input))
        && let (Ok(above), Ok(below)) = (systolic.parse::<f64>(), diastolic.parse::<f64>())
        && below >= above
        && !asked.iter().any(|asked| asked.field == Field::Diastolic)
    {
        let low = DIASTOLIC.usual.0.to_string();
        asked.push(Unusual { field: Field::Diastolic, value: diastolic, low, high: systolic });
    }
    asked
}

/// One Observation for each measured sign; systolic and diastolic pressure share one.
///
/// Numbers are taken with point or comma and keep their digits. `at` is a FHIR dateTime; `new_id` is called once for each
/// Observation. A diastolic pressure alone is refused, a systolic one alone is not: it can be felt without the other.
pub fn vitals(
    patient_ref: &str,
    input: &VitalsInput,
    author: &str,
    at: &str,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Vec<Entry>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut read = |sign: &Sign| {
        sign.read(input).unwrap_or_else(|problem| {
            errors.add(sign.field, problem);
            None
        })
    };
    let pressure = (read(&SYSTOLIC), read(&DIASTOLIC));
    let singles: Vec<(&Sign, String)> = SINGLE.iter().filter_map(|sign| Some((sign, read(sign)?))).collect();
    if errors.0.is_empty() {
        match &pressure {
            (None, Some(_)) => errors.add(Field::Systolic, Problem::Incomplete),
            (None, None) if singles.is_empty() => errors.add(Field::Form, Problem::Missing),
            _ => {}
        }
    }
    errors.or(())?;

    let mut entries = Vec::with_capacity(singles.len() + 1);
    let mut observe = |code: Value, name: &str, value: Value| {
        let mut tree = json!({
            "resourceType": "Observation",
            "id": new_id(),
            "status": "final",
            "category": [{
                "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                    "code": "vital-signs",
                    "display": "Vital Signs",
                }],
            }],
            "code": code,
            "subject": { "reference": patient_ref },
            "effectiveDateTime": at,
        });
        if !author.trim().is_empty() {
            tree["performer"] = json!([{ "display": author.trim() }]);
        }
        tree[name] = value;
        entries.push(Entry::new(Resource::authored(tree)));
    };
    if let (Some(systolic), diastolic) = &pressure {
        let components: Vec<Value> = [(&SYSTOLIC, Some(systolic)), (&DIASTOLIC, diastolic.as_ref())]
            .into_iter()
            .filter_map(|(sign, value)| Some(json!({ "code": sign.code(), "valueQuantity": sign.quantity(value?) })))
            .collect();
        let panel = loinc("85354-9", "Blood pressure panel with all children optional");
        observe(json!({ "coding": [panel], "text": "Blood pressure" }), "component", Value::from(components));
    }
    for (sign, value) in &singles {
        observe(sign.code(), "valueQuantity", sign.quantity(value));
    }
    Ok(entries)
}

fn loinc(code: &str, display: &str) -> Value {
    json!({ "system": "http://loinc.org", "code": code, "display": display })
}

/// A plain decimal as a JSON number: `36,60` becomes `36.60`, `.5` becomes `0.5`, `007` becomes `7`.
fn decimal(typed: &str) -> Option<String> {
    let (sign, digits) = typed.strip_prefix(['-', '−']).map_or(("", typed), |rest| ("-", rest));
    let digits = digits.replace(',', ".");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || whole.len() > 9 || fraction.len() > 9 || !plain(whole) || !plain(fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}
