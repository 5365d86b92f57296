//! Vital signs by their LOINC codes: names in the person's language, values as they are read out.

use record::view::{VitalPoint, VitalSeries};

use super::mark;
use crate::i18n::*;

/// The order in which the signs are read; others follow in the order of the chart.
const ORDER: [&str; 8] = ["85354-9", "8867-4", "2708-6", "59408-5", "8310-5", "9279-1", "29463-7", "8302-2"];

/// The series that have readings, in the order in which they are read.
pub fn ordered(series: &[VitalSeries]) -> Vec<&VitalSeries> {
    let mut series: Vec<&VitalSeries> = series.iter().filter(|series| !series.points.is_empty()).collect();
    series.sort_by_key(|series| ORDER.iter().position(|code| *code == series.code).unwrap_or(ORDER.len()));
    series
}

/// The name of a sign in the person's language; the recorded name for others.
pub fn name(series: &VitalSeries, locale: Locale) -> String {
    let known = match series.code.as_str() {
        "85354-9" => td_string!(locale, chart.vitals.name.blood_pressure),
        "8867-4" => td_string!(locale, chart.vitals.name.pulse),
        "2708-6" | "59408-5" => td_string!(locale, chart.vitals.name.oxygen),
        "8310-5" => td_string!(locale, chart.vitals.name.temperature),
        "9279-1" => td_string!(locale, chart.vitals.name.respiratory_rate),
        "29463-7" => td_string!(locale, chart.vitals.name.weight),
        "8302-2" => td_string!(locale, chart.vitals.name.height),
        "39156-5" => td_string!(locale, chart.vitals.name.bmi),
        "9843-4" => td_string!(locale, chart.vitals.name.head),
        _ => return if series.name.is_empty() { series.code.clone() } else { series.name.clone() },
    };
    known.to_owned()
}

/// The name of a component; of blood pressure in the person's language.
pub fn component(series: &VitalSeries, index: usize, locale: Locale) -> String {
    match (series.code.as_str(), index) {
        ("85354-9", 0) => td_string!(locale, chart.vitals.name.systolic).to_owned(),
        ("85354-9", 1) => td_string!(locale, chart.vitals.name.diastolic).to_owned(),
        _ => match series.components.get(index).map(String::as_str) {
            Some("") | None => td_string!(locale, chart.vitals.value).to_owned(),
            Some(name) => name.to_owned(),
        },
    }
}

/// `156/88`; a missing component is a dash. Decimals as recorded, with the person's decimal mark.
pub fn value(point: &VitalPoint, locale: Locale) -> String {
    let values: Vec<String> = point
        .values
        .iter()
        .map(|value| if value.is_empty() { "–".to_owned() } else { decimal(value, locale) })
        .collect();
    values.join("/")
}

/// `156/88 mmHg`, held together by a no-break space.
pub fn value_unit(point: &VitalPoint, unit: &str, locale: Locale) -> String {
    let value = value(point, locale);
    if unit.is_empty() { value } else { format!("{value}\u{a0}{unit}") }
}

/// A decimal as recorded, with the person's decimal mark. Anything else stays as it is.
pub fn decimal(text: &str, locale: Locale) -> String {
    let is_decimal =
        text.parse::<f64>().is_ok() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    if locale == Locale::fr && is_decimal { text.replace('.', ",") } else { text.to_owned() }
}

/// `↑ high`, or nothing.
pub fn marked(point: &VitalPoint, locale: Locale) -> String {
    if mark::is_out(&point.interpretation) { mark::text(&point.interpretation, locale) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(values: &[&str]) -> VitalPoint {
        VitalPoint { values: values.iter().map(|value| (*value).to_owned()).collect(), ..VitalPoint::default() }
    }

    #[test]
    fn decimals_keep_their_text() {
        assert_eq!(value(&point(&["7.10"]), Locale::en), "7.10");
        assert_eq!(value(&point(&["7.10"]), Locale::fr), "7,10");
        assert_eq!(decimal("<0.5", Locale::fr), "<0.5");
    }

    #[test]
    fn a_missing_half_is_a_dash() {
        assert_eq!(value_unit(&point(&["156", ""]), "mmHg", Locale::en), "156/–\u{a0}mmHg");
    }

    #[test]
    fn signs_are_read_in_one_order() {
        let series =
            |code: &str| VitalSeries { code: code.into(), points: vec![point(&["1"])], ..VitalSeries::default() };
        let all = [
            series("29463-7"),
            series("x"),
            series("85354-9"),
            VitalSeries { code: "8867-4".into(), ..VitalSeries::default() },
        ];
        let codes: Vec<_> = ordered(&all).into_iter().map(|series| series.code.as_str()).collect();
        assert_eq!(codes, ["85354-9", "29463-7", "x"]);
    }
}
