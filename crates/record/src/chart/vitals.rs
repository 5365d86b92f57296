//! Vital signs as series over time, oldest first. A sign with two units makes two series: nothing is converted.
//! <https://hl7.org/fhir/R4/observation-vitalsigns.html>

use serde_json::Value;

use super::events::effective;
use super::{Record, Records};
use crate::date;
use crate::json::{list, text};
use crate::view::{VitalPoint, VitalSeries};
use crate::words::{code, concept, quantity_value, unit};

const PRESSURE: &str = "85354-9";
/// The halves of a blood pressure, in the order in which they are read.
const HALVES: [&str; 2] = ["8480-6", "8462-4"];

/// LOINC codes of the signs in reading order; codes that mean the same in practice stand behind the one of the profile.
const SIGNS: [&[&str]; 11] = [
    &[PRESSURE, "55284-4", "35094-2", "8480-6", "8462-4"],
    &["8867-4", "8889-8", "68999-2"],
    &["2708-6", "59408-5"],
    &["8310-5", "8331-1", "8329-5", "8328-7", "8330-3", "8332-9", "8333-7"],
    &["9279-1"],
    &["29463-7", "3141-9", "3142-7", "8335-2"],
    &["8302-2", "3137-7", "3138-5", "8301-4", "8306-3"],
    &["39156-5"],
    &["9843-4", "8287-5", "8289-1"],
    &["8478-0"],
    &["72514-3", "38208-5", "38214-3"],
];

pub(super) fn read(records: &Records) -> Vec<VitalSeries> {
    let mut series: Vec<(usize, VitalSeries)> = Vec::new();
    for record in records.standing(&["Observation"]).filter(|record| is_vital(&record.tree)) {
        let Some(sign) = sign_of(&record.tree) else {
            continue;
        };
        let Some((unit, components, values)) = values(&record.tree, sign.code == PRESSURE) else {
            continue;
        };
        records.mark_shown(record);
        let point = point(record, values);
        let place = series.iter().position(|(_, known)| known.code == sign.code && known.unit == unit);
        let place = place.unwrap_or_else(|| {
            let name = sign.name(&record.tree);
            series
                .push((sign.rank, VitalSeries { code: sign.code.clone(), name, unit, components, points: Vec::new() }));
            series.len() - 1
        });
        add(&mut series[place].1.points, point);
    }
    // Signs outside the list keep the order in which they came.
    series.sort_by_key(|(rank, _)| *rank);
    let mut series: Vec<VitalSeries> = series.into_iter().map(|(_, series)| series).collect();
    for one in &mut series {
        one.points.sort_by(|a, b| date::newest_first(&b.at, &a.at));
    }
    series
}

struct Sign {
    code: String,
    rank: usize,
}

/// True if an Observation is shown among the vital signs: by its code, or a measured value of that category.
pub(super) fn is_vital(tree: &Value) -> bool {
    let is_category = || {
        list(tree, "category")
            .iter()
            .any(|category| list(category, "coding").iter().any(|coding| text(coding, "code") == "vital-signs"))
    };
    let counts = !matches!(text(tree, "status"), "cancelled" | "registered");
    counts
        && sign_of(tree).is_some_and(|sign| {
            (sign.rank < SIGNS.len() || is_category()) && values(tree, sign.code == PRESSURE).is_some()
        })
}

fn sign_of(tree: &Value) -> Option<Sign> {
    let codings = list(tree.get("code")?, "coding");
    let loinc = || {
        codings.iter().filter(|coding| text(coding, "system") == "http://loinc.org").map(|coding| text(coding, "code"))
    };
    for (rank, codes) in SIGNS.iter().enumerate() {
        if loinc().any(|code| codes.contains(&code)) {
            return Some(Sign { code: codes[0].to_owned(), rank });
        }
    }
    let code = loinc().chain(codings.iter().map(|coding| text(coding, "code"))).find(|code| !code.is_empty())?;
    Some(Sign { code: code.to_owned(), rank: SIGNS.len() })
}

impl Sign {
    /// What the first record calls it; half a pressure does not name the whole.
    fn name(&self, tree: &Value) -> String {
        let codings = tree.get("code").map(|code| list(code, "coding")).unwrap_or_default();
        let half = codings.iter().any(|coding| HALVES.contains(&text(coding, "code")));
        if half { self.code.clone() } else { concept(tree.get("code")).text }
    }
}

/// Unit, names of the components, and one value for each.
fn values(tree: &Value, pressure: bool) -> Option<(String, Vec<String>, Vec<String>)> {
    if !pressure {
        let quantity = tree.get("valueQuantity")?;
        let value = quantity_value(quantity);
        return (!value.is_empty()).then(|| (unit(quantity), vec![String::new()], vec![value]));
    }
    let mut names = HALVES.map(str::to_owned).to_vec();
    let mut values = vec![String::new(); HALVES.len()];
    let mut found_unit = None;
    for part in list(tree, "component").iter().chain([tree]) {
        let codings = part.get("code").map(|code| list(code, "coding")).unwrap_or_default();
        let half = HALVES.iter().position(|half| codings.iter().any(|coding| text(coding, "code") == *half));
        if let (Some(half), Some(quantity)) = (half, part.get("valueQuantity")) {
            names[half] = concept(part.get("code")).text;
            values[half] = quantity_value(quantity);
            found_unit.get_or_insert_with(|| unit(quantity));
        }
    }
    let measured = values.iter().any(|value| !value.is_empty());
    found_unit.filter(|_| measured).map(|unit| (unit, names, values))
}

fn point(record: &Record, values: Vec<String>) -> VitalPoint {
    let at = effective(&record.tree);
    let interpretation =
        list(&record.tree, "interpretation").first().map(|first| code(Some(first))).unwrap_or_default();
    VitalPoint {
        record: record.record.clone(),
        at_ms: date::to_ms(&at),
        at,
        values,
        interpretation: interpretation.to_owned(),
    }
}

/// Adds a point; two halves of one pressure that were recorded apart at the same time become one.
fn add(points: &mut Vec<VitalPoint>, point: VitalPoint) {
    let fits = |known: &&mut VitalPoint| {
        let free = known.values.iter().zip(&point.values).all(|(known, new)| known.is_empty() || new.is_empty());
        known.at == point.at && !known.at.is_empty() && known.values.len() > 1 && free
    };
    match points.iter_mut().find(fits) {
        Some(known) => {
            for (known, new) in known.values.iter_mut().zip(point.values) {
                if !new.is_empty() {
                    *known = new;
                }
            }
        }
        None => points.push(point),
    }
}
