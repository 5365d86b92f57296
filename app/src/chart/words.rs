//! Words for the codes of a chart. A code that is not known is shown as it was recorded: nothing is hidden.

use crate::i18n::*;

/// The status of a problem, a medication, a visit, a report.
pub fn status(code: &str, locale: Locale) -> String {
    let known = match code {
        "" => "",
        "active" => td_string!(locale, chart.status.active),
        "recurrence" => td_string!(locale, chart.status.recurrence),
        "relapse" => td_string!(locale, chart.status.relapse),
        "inactive" => td_string!(locale, chart.status.inactive),
        "remission" => td_string!(locale, chart.status.remission),
        "resolved" => td_string!(locale, chart.status.resolved),
        "completed" => td_string!(locale, chart.status.completed),
        "stopped" | "discontinued" => td_string!(locale, chart.status.stopped),
        "on-hold" | "onleave" | "suspended" => td_string!(locale, chart.status.on_hold),
        "cancelled" => td_string!(locale, chart.status.cancelled),
        "draft" => td_string!(locale, chart.status.draft),
        "entered-in-error" => td_string!(locale, chart.status.entered_in_error),
        "unknown" => td_string!(locale, chart.status.unknown),
        "planned" | "preparation" => td_string!(locale, chart.status.planned),
        "arrived" | "triaged" => td_string!(locale, chart.status.arrived),
        "in-progress" => td_string!(locale, chart.status.in_progress),
        "finished" => td_string!(locale, chart.status.finished),
        "not-done" => td_string!(locale, chart.status.not_done),
        "not-taken" => td_string!(locale, chart.status.not_taken),
        "intended" => td_string!(locale, chart.status.intended),
        "final" => td_string!(locale, chart.status.final_),
        "preliminary" => td_string!(locale, chart.status.preliminary),
        "amended" | "appended" => td_string!(locale, chart.status.amended),
        "corrected" => td_string!(locale, chart.status.corrected),
        "registered" => td_string!(locale, chart.status.registered),
        "partial" => td_string!(locale, chart.status.partial),
        "current" => td_string!(locale, chart.status.current),
        "superseded" => td_string!(locale, chart.status.superseded),
        "confirmed" => td_string!(locale, chart.status.confirmed),
        "unconfirmed" => td_string!(locale, chart.status.unconfirmed),
        "provisional" => td_string!(locale, chart.status.provisional),
        "differential" => td_string!(locale, chart.status.differential),
        "refuted" => td_string!(locale, chart.status.refuted),
        recorded => recorded,
    };
    known.to_owned()
}

/// How dangerous an allergy is, in the words of a clinician; empty if nothing was recorded.
pub fn danger(criticality: &str, severity: &str, locale: Locale) -> String {
    let criticality = match criticality {
        "high" => td_string!(locale, chart.allergy.crit_high),
        "low" => td_string!(locale, chart.allergy.crit_low),
        "unable-to-assess" => td_string!(locale, chart.allergy.crit_unknown),
        recorded => recorded,
    };
    let severity = match severity {
        "mild" => td_string!(locale, chart.allergy.sev_mild),
        "moderate" => td_string!(locale, chart.allergy.sev_moderate),
        "severe" => td_string!(locale, chart.allergy.sev_severe),
        recorded => recorded,
    };
    join([severity, criticality], ", ")
}

/// Where a visit took place: the codes of HL7's ActCode.
pub fn class(code: &str, locale: Locale) -> String {
    match code {
        "AMB" => td_string!(locale, chart.encounter.ambulatory),
        "EMER" => td_string!(locale, chart.encounter.emergency),
        "IMP" | "ACUTE" | "NONAC" => td_string!(locale, chart.encounter.inpatient),
        "HH" => td_string!(locale, chart.encounter.home),
        "VR" => td_string!(locale, chart.encounter.virtual_),
        "SS" => td_string!(locale, chart.encounter.short),
        "OBSENC" => td_string!(locale, chart.encounter.observation),
        recorded => recorded,
    }
    .to_owned()
}

/// How a medication that was not prescribed here came to be known.
pub fn medication_kind(kind: &str, locale: Locale) -> &'static str {
    match kind {
        "MedicationStatement" => td_string!(locale, chart.med.kind_statement),
        "MedicationAdministration" => td_string!(locale, chart.med.kind_administration),
        "MedicationDispense" => td_string!(locale, chart.med.kind_dispense),
        _ => "",
    }
}

/// The parts that are not empty, joined.
pub fn join<const N: usize>(parts: [&str; N], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_not_known_is_shown_as_recorded() {
        assert_eq!(status("resolved", Locale::fr), "résolu");
        assert_eq!(status("postponed", Locale::en), "postponed");
        assert_eq!(status("", Locale::en), "");
        assert_eq!(class("XYZ", Locale::en), "XYZ");
    }

    #[test]
    fn severity_stands_before_criticality() {
        assert_eq!(danger("high", "severe", Locale::en), "severe, high risk");
        assert_eq!(danger("", "mild", Locale::fr), "légère");
        assert_eq!(danger("", "", Locale::en), "");
    }
}
