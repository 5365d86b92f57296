//! Who: name, birth date, age, sex and numbers, in every part of a chart and in every dialog that writes to it.

use leptos::prelude::*;
use record::view::{ChartView, PatientHeader};

use super::{allergies, section::Section};
use crate::{
    format::{self, Day},
    i18n::*,
    kit::{Icon, Symbol},
    text,
};

/// The facts under the name, as label and value.
pub fn facts(patient: &PatientHeader, today: Option<Day>, locale: Locale) -> Vec<(String, String)> {
    let missing = || td_string!(locale, chart.not_recorded).to_owned();
    let or_missing = |value: String| if value.is_empty() { missing() } else { value };
    let mut facts =
        vec![(td_string!(locale, chart.born).to_owned(), or_missing(format::date(&patient.birth_date, locale)))];
    let (label, until) = if patient.deceased.is_empty() {
        (td_string!(locale, chart.age), today)
    } else {
        (td_string!(locale, chart.age_at_death), day(&patient.deceased))
    };
    if let Some(age) = until.and_then(|until| format::age(&patient.birth_date, until)) {
        facts.push((label.to_owned(), format::age_text(age, locale)));
    }
    facts.push((td_string!(locale, chart.sex).to_owned(), or_missing(text::sex(&patient.sex, locale))));
    facts.extend(patient.identifiers.iter().map(|(label, value)| {
        let label = if label.is_empty() { td_string!(locale, chart.number).to_owned() } else { label.clone() };
        (label, value.clone())
    }));
    facts
}

fn day(date: &str) -> Option<Day> {
    let date = format::parse(date)?;
    Some(Day { year: date.year, month: date.month?, day: date.day? })
}

pub fn name(patient: &PatientHeader, locale: Locale) -> String {
    if patient.name.is_empty() { td_string!(locale, chart.no_name).to_owned() } else { patient.name.clone() }
}

/// The facts as a definition list.
pub fn facts_list(patient: &PatientHeader, today: Option<Day>, locale: Locale) -> impl IntoView + use<> {
    view! {
        <dl>
            {facts(patient, today, locale)
                .into_iter()
                .map(|(label, value)| {
                    view! {
                        <div>
                            <dt>
                                <bdi>{label}</bdi>
                            </dt>
                            <dd>
                                <bdi>{value}</bdi>
                            </dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// "Deceased", with the date if it is known.
pub fn deceased(patient: &PatientHeader, locale: Locale) -> Option<String> {
    match patient.deceased.as_str() {
        "" | "false" => None,
        "true" => Some(td_string!(locale, chart.deceased).to_owned()),
        when => Some(td_string!(locale, chart.deceased_on, when = format::date(when, locale))),
    }
}

/// Who, and the allergies, at the top of a dialog that writes.
pub fn reminder(chart: &ChartView, today: Option<Day>, locale: Locale) -> impl IntoView + use<> {
    view! {
        <div class="identity reminder">
            <div class="identity-name">
                <p class="reminder-name">
                    <bdi>{name(&chart.patient, locale)}</bdi>
                </p>
                {facts_list(&chart.patient, today, locale)}
            </div>
            {allergies::banner(&chart.allergies, locale)}
        </div>
    }
}

/// The notice that a person must choose between versions; nothing if there is nothing to review.
pub fn conflicts(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let count = chart.conflicts.len() as u32;
    let path = Section::Review.path(&chart.patient.chart);
    (count > 0).then(|| {
        view! {
            <div class="conflict-line" role="status">
                <Icon symbol=Symbol::Fork/>
                <p>
                    <strong>{td_string!(locale, chart.conflict.notice, count = count)}</strong>
                    " "
                    {td_string!(locale, chart.conflict.notice_text)}
                </p>
                <a class="button" href=path>
                    {td_string!(locale, chart.conflict.review)}
                </a>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_patient_does_not_grow_older() {
        let mut patient =
            PatientHeader { birth_date: "1940-05-01".into(), sex: "male".into(), ..PatientHeader::default() };
        let today = Some(Day { year: 2026, month: 11, day: 24 });
        assert_eq!(facts(&patient, today, Locale::en)[1], ("Age".into(), "86 years".into()));
        patient.deceased = "2010-04-30".into();
        assert_eq!(facts(&patient, today, Locale::en)[1], ("Age at death".into(), "69 years".into()));
        patient.deceased = "true".into();
        assert_eq!(facts(&patient, today, Locale::en)[1].0, "Sex");
        assert_eq!(deceased(&patient, Locale::en).as_deref(), Some("Deceased"));
    }

    #[test]
    fn what_is_missing_is_said() {
        let facts = facts(&PatientHeader::default(), None, Locale::en);
        assert_eq!(facts[0], ("Born".into(), "not recorded".into()));
        assert_eq!(facts[1], ("Sex".into(), "not recorded".into()));
    }
}
