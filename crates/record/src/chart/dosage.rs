//! One dosage instruction in one line: as it was written, else composed from its parts with their own words and units.
//! <https://hl7.org/fhir/R4/dosage.html>

use serde_json::Value;

use crate::json::{join, list, number, text};
use crate::words::{concept, concepts, quantity, range};

/// The dosage as the prescriber wrote it; composed if only its parts were recorded.
pub(super) fn line(dosage: &Value) -> String {
    let written = text(dosage, "text");
    if !written.is_empty() {
        return written.to_owned();
    }
    let instruction = text(dosage, "patientInstruction");
    let parts = [
        dose(dosage),
        dosage.get("timing").map(timing).unwrap_or_default(),
        as_needed(dosage),
        concept(dosage.get("route")).text,
        concept(dosage.get("site")).text,
        concepts(list(dosage, "additionalInstruction")),
        instruction.to_owned(),
    ];
    join(parts, ", ")
}

fn dose(dosage: &Value) -> String {
    // MedicationAdministration has one `dose`, the others a list of alternatives.
    let holder = list(dosage, "doseAndRate").first().unwrap_or(dosage);
    let amount =
        |name: &str, words: fn(&Value) -> String| holder.get(name).map(words).filter(|words| !words.is_empty());
    let ratio = |value: &Value| join([quantity(&value["numerator"]), quantity(&value["denominator"])], "/");
    let dose =
        amount("doseQuantity", quantity).or_else(|| amount("doseRange", range)).or_else(|| amount("dose", quantity));
    let rate =
        amount("rateQuantity", quantity).or_else(|| amount("rateRange", range)).or_else(|| amount("rateRatio", ratio));
    join([dose.unwrap_or_default(), rate.unwrap_or_default()], ", ")
}

fn as_needed(dosage: &Value) -> String {
    match (dosage.get("asNeededBoolean"), concept(dosage.get("asNeededCodeableConcept")).text) {
        (Some(Value::Bool(true)), _) => "PRN".to_owned(),
        (_, reason) if !reason.is_empty() => format!("PRN {reason}"),
        _ => String::new(),
    }
}

/// `3×/d`, `BID`, `08:00, 20:00`, with days, bounds and meals in their codes.
fn timing(timing: &Value) -> String {
    let coded = concept(timing.get("code")).text;
    let Some(repeat) = timing.get("repeat") else {
        return coded;
    };
    let codes = |name| join(list(repeat, name).iter().filter_map(Value::as_str), ", ");
    let frequency = match (number(repeat, "frequency"), number(repeat, "period")) {
        (Some(times), Some(period)) => {
            let most = number(repeat, "frequencyMax").map(|most| format!("–{most}")).unwrap_or_default();
            let longest = number(repeat, "periodMax").map(|longest| format!("–{longest}")).unwrap_or_default();
            let every = if period == "1" && longest.is_empty() { String::new() } else { format!("{period}{longest} ") };
            format!("{times}{most}×/{every}{}", text(repeat, "periodUnit"))
        }
        (None, Some(period)) => format!("1×/{period} {}", text(repeat, "periodUnit")),
        (Some(times), None) => format!("{times}×"),
        (None, None) => String::new(),
    };
    let bounds = repeat.get("boundsDuration").map(quantity).unwrap_or_default();
    let count = number(repeat, "count").map(|count| format!("{count}×")).unwrap_or_default();
    let parts = [coded, frequency, codes("when"), codes("timeOfDay"), codes("dayOfWeek"), count, bounds];
    join(parts, ", ")
}
