//! Problems, active and past; allergies in full; immunisations and procedures.

use leptos::prelude::*;
use record::view::{ChartView, Immunization, Problem, Procedure};

use super::{allergies, concept, words};
use crate::{format, i18n::*};

/// A missing status counts as active: it is not hidden below.
pub fn is_active(problem: &Problem) -> bool {
    !matches!(problem.clinical_status.as_str(), "inactive" | "remission" | "resolved")
        && problem.verification_status != "refuted"
}

pub fn split(problems: &[Problem]) -> (Vec<&Problem>, Vec<&Problem>) {
    problems.iter().partition(|problem| is_active(problem))
}

pub fn section(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let (active, past) = split(&chart.problems);
    view! {
        <div class="chart-cols">
            <div class="stack">
                {card(td_string!(locale, chart.problem.active), &active, locale)}
                {(!past.is_empty()).then(|| card(td_string!(locale, chart.problem.past), &past, locale))}
            </div>
            <div class="stack">
                {allergies::card(&chart.allergies, locale)} {immunizations(&chart.immunizations, locale)}
                {procedures(&chart.procedures, locale)}
            </div>
        </div>
    }
}

/// A card of problems with their count.
pub fn card(title: &'static str, problems: &[&Problem], locale: Locale) -> impl IntoView + use<> {
    let rows = problems
        .iter()
        .map(|problem| {
            let span = span(&problem.onset, &problem.abatement, locale);
            // "Active" below "Active problems" says nothing.
            let clinical = if problem.clinical_status == "active" {
                String::new()
            } else {
                words::status(&problem.clinical_status, locale)
            };
            let verification = if problem.verification_status == "confirmed" {
                String::new()
            } else {
                words::status(&problem.verification_status, locale)
            };
            let name = concept::words(&problem.concept, td_string!(locale, chart.problem.unnamed));
            entry(name, words::join([&span, &clinical, &verification], " · "), concept::codes(&problem.concept, locale))
                .into_any()
        })
        .collect();
    list(title, rows, td_string!(locale, chart.problem.none))
}

fn immunizations(immunizations: &[Immunization], locale: Locale) -> impl IntoView + use<> {
    let rows: Vec<AnyView> = immunizations
        .iter()
        .map(|immunization| {
            let status = if immunization.status == "completed" {
                String::new()
            } else {
                words::status(&immunization.status, locale)
            };
            let lot = if immunization.lot.is_empty() {
                String::new()
            } else {
                td_string!(locale, chart.problem.lot, lot = immunization.lot.clone())
            };
            let facts = words::join([&format::date(&immunization.at, locale), &status, &lot], " · ");
            let name = concept::words(&immunization.vaccine, td_string!(locale, chart.timeline.immunization));
            entry(name, facts, concept::codes(&immunization.vaccine, locale)).into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| list(td_string!(locale, chart.problem.immunizations), rows, ""))
}

fn procedures(procedures: &[Procedure], locale: Locale) -> impl IntoView + use<> {
    let rows: Vec<AnyView> = procedures
        .iter()
        .map(|procedure| {
            let status =
                if procedure.status == "completed" { String::new() } else { words::status(&procedure.status, locale) };
            let facts = words::join([&format::date(&procedure.at, locale), &status, &procedure.reason], " · ");
            let name = concept::words(&procedure.concept, td_string!(locale, chart.timeline.procedure));
            entry(name, facts, concept::codes(&procedure.concept, locale)).into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| list(td_string!(locale, chart.problem.procedures), rows, ""))
}

fn entry(name: String, facts: String, codes: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="drug">
            <h3>
                <bdi>{name}</bdi>
            </h3>
            {(!facts.is_empty())
                .then(|| {
                    view! {
                        <div class="why">
                            <bdi>{facts}</bdi>
                        </div>
                    }
                })}
            {codes}
        </div>
    }
}

fn list(title: &'static str, rows: Vec<AnyView>, none: &'static str) -> impl IntoView + use<> {
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{title} " · " {rows.len()}</h2>
            </div>
            <div class="rows rows-edge">{rows.is_empty().then(|| view! { <p class="card-pad quiet">{none}</p> })} {rows}</div>
        </section>
    }
}

/// `since 4 May 2011 · until 2019`, as far as it is known.
pub fn span(from: &str, to: &str, locale: Locale) -> String {
    let since = match from {
        "" => String::new(),
        from => td_string!(locale, chart.since, when = format::date(from, locale)),
    };
    let until = match to {
        "" => String::new(),
        to => td_string!(locale, chart.until, when = format::date(to, locale)),
    };
    words::join([&since, &until], " · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(clinical: &str, verification: &str) -> Problem {
        Problem { clinical_status: clinical.into(), verification_status: verification.into(), ..Problem::default() }
    }

    #[test]
    fn what_is_not_said_to_be_over_is_active() {
        assert!(is_active(&problem("", "")) && is_active(&problem("relapse", "confirmed")));
        assert!(!is_active(&problem("resolved", "confirmed")) && !is_active(&problem("active", "refuted")));
    }

    #[test]
    fn a_span_says_what_is_known() {
        assert_eq!(span("2011", "", Locale::en), "since 2011");
        assert_eq!(span("", "", Locale::en), "");
        assert_eq!(span("2011", "2019", Locale::en), "since 2011 · until 2019");
    }
}
