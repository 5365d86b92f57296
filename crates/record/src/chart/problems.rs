//! Problems: active ones first, then the newest.

use serde_json::Value;

use super::{Record, Records, time_of};
use crate::date::newest_first;
use crate::view::Problem;
use crate::words::{code, concept, quantity, range};

pub(super) fn read(records: &Records) -> Vec<Problem> {
    let mut problems: Vec<(u8, String, Problem)> = Vec::new();
    for record in records.standing(&["Condition"]) {
        if code(record.tree.get("verificationStatus")) == "refuted" {
            continue;
        }
        records.mark_shown(record);
        let problem = problem(record);
        let newest = match problem.onset.as_str() {
            "" => record.time(&["recordedDate"]),
            onset => onset.to_owned(),
        };
        problems.push((rank(&problem), newest, problem));
    }
    problems.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| newest_first(&a.1, &b.1)));
    problems.into_iter().map(|(.., problem)| problem).collect()
}

fn problem(record: &Record) -> Problem {
    Problem {
        record: record.record.clone(),
        concept: concept(record.tree.get("code")),
        clinical_status: code(record.tree.get("clinicalStatus")).to_owned(),
        verification_status: code(record.tree.get("verificationStatus")).to_owned(),
        onset: when(&record.tree, "onset"),
        abatement: when(&record.tree, "abatement"),
    }
}

fn rank(problem: &Problem) -> u8 {
    match (problem.clinical_status.as_str(), problem.abatement.is_empty()) {
        ("active" | "recurrence" | "relapse", _) => 0,
        ("", true) => 1,
        ("remission" | "inactive", _) => 2,
        _ => 3,
    }
}

/// A choice of date, period, age, range or free text, in words.
fn when(tree: &Value, name: &str) -> String {
    let choice = |suffix: &str| tree.get(format!("{name}{suffix}"));
    let time = ["DateTime", "Period"].iter().find_map(|suffix| choice(suffix).and_then(time_of));
    time.or_else(|| choice("String").and_then(time_of))
        .or_else(|| choice("Age").map(quantity))
        .or_else(|| choice("Range").map(range))
        .unwrap_or_default()
}
