//! Medications: what is taken now apart from what was stopped; name, strength and dose wrap and are never cut.

use leptos::prelude::*;
use record::view::{ChartView, Medication};

use super::{concept, words};
use crate::{format, i18n::*};

/// Whether a medication is taken now. A status that is missing or not known counts as taken: it is not hidden below.
pub fn is_current(medication: &Medication) -> bool {
    if medication.kind == "MedicationAdministration" || medication.kind == "MedicationDispense" {
        return medication.status == "in-progress";
    }
    !matches!(
        medication.status.as_str(),
        "stopped" | "completed" | "cancelled" | "not-taken" | "entered-in-error" | "draft" | "ended"
    )
}

/// Those taken now, and the others; each in the order of the view.
pub fn split(medications: &[Medication]) -> (Vec<&Medication>, Vec<&Medication>) {
    medications.iter().partition(|medication| is_current(medication))
}

pub fn section(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let (current, stopped) = split(&chart.medications);
    view! {
        {card(td_string!(locale, chart.med.current), &current, locale)}
        {(!stopped.is_empty()).then(|| card(td_string!(locale, chart.med.stopped), &stopped, locale))}
        <p class="caption">{td_string!(locale, chart.med.limits)}</p>
    }
}

/// A card of medications with their count.
pub fn card(title: &'static str, medications: &[&Medication], locale: Locale) -> impl IntoView + use<> {
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{title} " · " {medications.len()}</h2>
            </div>
            <div class="rows rows-edge">
                {medications.is_empty().then(|| view! { <p class="card-pad quiet">{td_string!(locale, chart.med.none)}</p> })}
                {medications.iter().map(|medication| row(medication, locale)).collect_view()}
            </div>
        </section>
    }
}

fn row(medication: &Medication, locale: Locale) -> impl IntoView + use<> {
    let since = format::date(&medication.authored, locale);
    let why = words::join(
        [&medication.reason, &since, &medication.prescriber, words::medication_kind(&medication.kind, locale)],
        " · ",
    );
    let current = is_current(medication);
    // "Active" beside every medicine says nothing.
    let status = if medication.status == "active" { String::new() } else { words::status(&medication.status, locale) };
    let doses = if medication.dosage.is_empty() {
        vec![td_string!(locale, chart.med.no_dose).to_owned()]
    } else {
        medication.dosage.clone()
    };
    view! {
        <div class="drug" class:is-stopped=!current>
            <h3>
                <bdi>{concept::words(&medication.medicine, td_string!(locale, chart.med.unnamed))}</bdi>
            </h3>
            {doses
                .into_iter()
                .map(|dose| {
                    view! {
                        <div class="dose">
                            <bdi>{dose}</bdi>
                        </div>
                    }
                })
                .collect_view()}
            {(!why.is_empty())
                .then(|| {
                    view! {
                        <div class="why">
                            <bdi>{why}</bdi>
                        </div>
                    }
                })}
            {concept::codes(&medication.medicine, locale)}
            {(!status.is_empty())
                .then(|| {
                    view! {
                        <div class="end">
                            <span class="chip">{status}</span>
                        </div>
                    }
                })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn medication(status: &str, kind: &str) -> Medication {
        Medication { status: status.into(), kind: kind.into(), ..Medication::default() }
    }

    #[test]
    fn stopped_medications_stand_apart() {
        let all = [
            medication("active", "MedicationRequest"),
            medication("stopped", "MedicationRequest"),
            medication("", "MedicationStatement"),
        ];
        let (current, stopped) = split(&all);
        assert_eq!((current.len(), stopped.len()), (2, 1));
    }

    #[test]
    fn what_was_given_once_is_not_taken_now() {
        assert!(!is_current(&medication("completed", "MedicationAdministration")));
        assert!(!is_current(&medication("", "MedicationDispense")));
        assert!(is_current(&medication("on-hold", "MedicationRequest")));
    }
}
