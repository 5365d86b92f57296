//! The chart on paper: its own layout, who at the top and the foot of every page, allergies boxed below, marks as words.

use leptos::prelude::*;
use record::view::{Allergies, ChartView, Medication};

use super::{
    allergies, concept, identity,
    mark::{self, Mark},
    medications, problems, results,
    section::Section,
    signs, words,
};
use crate::{
    format::{self, Day},
    i18n::*,
    kit::{Icon, Symbol},
};

/// Who prints, on which device, when.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    pub practice: String,
    pub person: String,
    pub device: String,
    pub when: String,
}

/// How many notes and groups of results fit a summary.
const NOTES: usize = 5;
const RESULTS: usize = 3;

pub fn sheet(chart: &ChartView, today: Option<Day>, printed: &Printed, locale: Locale) -> impl IntoView + use<> {
    let patient = &chart.patient;
    let name = identity::name(patient, locale);
    let facts: Vec<String> =
        identity::facts(patient, today, locale).into_iter().map(|(label, value)| format!("{label} {value}")).collect();
    let facts = words::join([&facts.join(" · "), &identity::deceased(patient, locale).unwrap_or_default()], " · ");
    let contact = words::join([&patient.phone, &patient.address], " · ");
    let (current, stopped) = medications::split(&chart.medications);
    let medications = td_string!(locale, chart.sheet.medications, count = current.len());
    let conflicts = chart.conflicts.len() as u32;
    view! {
        <div class="print-bar">
            <a class="button" href=Section::Overview.path(&patient.chart)>
                <Icon symbol=Symbol::Back/>
                {td_string!(locale, chart.conflict.to_chart)}
            </a>
            <span class="caption">{td_string!(locale, chart.sheet.hint)}</span>
            <span class="push"></span>
            <button type="button" class="button button-main" on:click=|_| drop(window().print())>
                <Icon symbol=Symbol::Print/>
                {td_string!(locale, chart.sheet.print)}
            </button>
        </div>
        <article class="sheet" aria-label=td_string!(locale, chart.sheet.summary)>
            // A table, because its head and foot are what every browser repeats on each page.
            <table class="sheet-pages" role="presentation">
                <thead>
                    <tr>
                        <td>
                            <header>
                                <div class="who">
                                    <h1>
                                        <bdi>{name.clone()}</bdi>
                                    </h1>
                                    <bdi>{facts.clone()}</bdi>
                                    <br/>
                                    <bdi>{contact}</bdi>
                                </div>
                                <div class="sheet-practice">
                                    <strong>
                                        <bdi>{printed.practice.clone()}</bdi>
                                    </strong>
                                    <br/>
                                    {td_string!(locale, chart.sheet.summary)}
                                    <br/>
                                    <bdi>{printed.when.clone()}</bdi>
                                </div>
                            </header>
                            {allergy_box(&chart.allergies, locale)}
                        </td>
                    </tr>
                </thead>
                <tfoot>
                    <tr>
                        <td>
                            <footer>
                                <span>
                                    <strong>
                                        <bdi>{words::join([&name, &facts], " · ")}</bdi>
                                    </strong>
                                    <br/>
                                    {td_string!(
                                        locale,
                                        chart.sheet.printed,
                                        person = printed.person.clone(),
                                        device = printed.device.clone(),
                                        when = printed.when.clone()
                                    )}
                                    " "
                                    {td_string!(locale, chart.sheet.paper)}
                                    " "
                                    {td_string!(locale, chart.sheet.unsent)}
                                </span>
                            </footer>
                        </td>
                    </tr>
                </tfoot>
                <tbody>
                    <tr>
                        <td class="sheet-body">
                            {(conflicts > 0)
                                .then(|| {
                                    view! {
                                        <p class="box">
                                            <strong>{td_string!(locale, chart.conflict.notice, count = conflicts)}</strong>
                                        </p>
                                    }
                                })}
                            {taken(medications, &current, locale)}
                            <div class="two">{problem_table(chart, locale)} {vital_table(chart, locale)}</div>
                            {result_table(chart, locale)} {note_table(chart, locale)}
                            {(!stopped.is_empty()).then(|| taken(td_string!(locale, chart.sheet.stopped).to_owned(), &stopped, locale))}
                        </td>
                    </tr>
                </tbody>
            </table>
        </article>
    }
}

fn allergy_box(recorded: &Allergies, locale: Locale) -> impl IntoView + use<> {
    let inside = match recorded {
        Allergies::NotRecorded => view! { <strong>{td_string!(locale, chart.sheet.not_recorded)}</strong> }.into_any(),
        Allergies::NoneKnown => view! { <strong>{td_string!(locale, chart.sheet.none_known)}</strong> }.into_any(),
        Allergies::Known(known) => view! {
            <strong>{td_string!(locale, chart.sheet.allergies)}</strong>
            {allergies::sorted(known)
                .into_iter()
                .map(|allergy| {
                    let (name, rest) = allergies::says(allergy, locale);
                    view! {
                        <div>
                            <strong>
                                <bdi>{name}</bdi>
                            </strong>
                            ", "
                            <bdi>{rest}</bdi>
                        </div>
                    }
                })
                .collect_view()}
        }
        .into_any(),
    };
    view! { <section class="box">{inside}</section> }
}

/// A table with a heading; nothing without rows.
fn table<const N: usize>(
    class: &'static str,
    title: String,
    heads: [&'static str; N],
    rows: Vec<[String; N]>,
) -> impl IntoView + use<N> {
    (!rows.is_empty()).then(|| {
        view! {
            <section class=class>
                <h2>{title}</h2>
                <table>
                    <thead>
                        <tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
                    </thead>
                    <tbody>
                        {rows
                            .into_iter()
                            .map(|row| {
                                let cells = row
                                    .into_iter()
                                    .map(|cell| {
                                        view! {
                                            <td>
                                                <bdi>{cell}</bdi>
                                            </td>
                                        }
                                    })
                                    .collect_view();
                                view! { <tr>{cells}</tr> }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </section>
        }
    })
}

fn taken(title: String, medications: &[&Medication], locale: Locale) -> impl IntoView + use<> {
    let rows = medications
        .iter()
        .map(|medication| {
            let dose = if medication.dosage.is_empty() {
                td_string!(locale, chart.med.no_dose).to_owned()
            } else {
                medication.dosage.join("; ")
            };
            [
                concept::words(&medication.medicine, td_string!(locale, chart.med.unnamed)),
                dose,
                medication.reason.clone(),
            ]
        })
        .collect();
    let heads = [
        td_string!(locale, chart.sheet.medicine),
        td_string!(locale, chart.sheet.dose),
        td_string!(locale, chart.sheet.reason),
    ];
    table("sheet-taken", title, heads, rows)
}

fn problem_table(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let (active, _) = problems::split(&chart.problems);
    let rows = active
        .iter()
        .map(|problem| {
            [
                concept::words(&problem.concept, td_string!(locale, chart.problem.unnamed)),
                format::date(&problem.onset, locale),
            ]
        })
        .collect();
    let heads = [td_string!(locale, chart.sheet.problem), td_string!(locale, chart.sheet.since)];
    table("", td_string!(locale, chart.sheet.problems).to_owned(), heads, rows)
}

fn vital_table(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let rows = signs::ordered(&chart.vitals)
        .into_iter()
        .filter_map(|series| {
            let point = series.points.last()?;
            let value = words::join(
                [&signs::value_unit(point, &series.unit, locale), &loud(&point.interpretation, locale)],
                " ",
            );
            Some([signs::name(series, locale), value, format::date(&point.at, locale)])
        })
        .collect();
    let heads = [
        td_string!(locale, chart.sheet.sign),
        td_string!(locale, chart.sheet.value),
        td_string!(locale, chart.sheet.when),
    ];
    table("", td_string!(locale, chart.sheet.vitals).to_owned(), heads, rows)
}

fn result_table(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let rows = results::latest_first(&chart.results)
        .into_iter()
        .take(RESULTS)
        .flat_map(|group| {
            group.items.iter().map(move |item| {
                let value = words::join([&results::value(item, locale), &loud(&item.interpretation, locale)], " ");
                [item.concept.text.clone(), value, item.range.clone(), format::date(&group.at, locale)]
            })
        })
        .collect();
    let heads = [
        td_string!(locale, chart.result.test),
        td_string!(locale, chart.sheet.value),
        td_string!(locale, chart.result.range),
        td_string!(locale, chart.sheet.when),
    ];
    table("", td_string!(locale, chart.sheet.results).to_owned(), heads, rows)
}

fn note_table(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let mut notes: Vec<_> = chart.notes.iter().collect();
    notes.sort_by(|a, b| format::by_date(&b.at, &a.at));
    let rows = notes
        .into_iter()
        .take(NOTES)
        .map(|note| {
            [format::date_time(&note.at, locale), note.author.clone(), words::join([&note.title, &note.text], ": ")]
        })
        .collect();
    let heads = [
        td_string!(locale, chart.sheet.when),
        td_string!(locale, chart.sheet.who),
        td_string!(locale, chart.sheet.what),
    ];
    table("", td_string!(locale, chart.sheet.entries).to_owned(), heads, rows)
}

/// HIGH and LOW in capitals: paper has no colour.
fn loud(code: &str, locale: Locale) -> String {
    match Mark::of(code) {
        Some(Mark::High | Mark::CriticalHigh) => td_string!(locale, chart.sheet.high).to_owned(),
        Some(Mark::Low | Mark::CriticalLow) => td_string!(locale, chart.sheet.low).to_owned(),
        _ if mark::is_out(code) => mark::text(code, locale),
        _ => String::new(),
    }
}
