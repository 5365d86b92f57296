//! Vital signs: the strip of latest values, and each sign over time with its table.

use leptos::prelude::*;
use record::view::{ChartView, VitalPoint, VitalSeries};

use super::{
    mark,
    plot::{Plot, PlotView, Range},
    signs, words,
};
use crate::{
    format,
    i18n::*,
    kit::{Empty, Segments, Symbol},
};

/// What is chosen in this section; kept while the chart is shown again.
#[derive(Clone, Copy)]
pub struct Choice {
    /// Code of the series.
    pub series: RwSignal<String>,
    pub range: RwSignal<Range>,
    pub picked: RwSignal<Option<usize>>,
    /// Milliseconds since 1970 when the chart was opened.
    pub now_ms: RwSignal<i64>,
}

impl Choice {
    pub fn new() -> Self {
        Self {
            series: RwSignal::default(),
            range: RwSignal::new(Range::All),
            picked: RwSignal::new(None),
            now_ms: RwSignal::new(0),
        }
    }
}

/// The latest value of each sign.
pub fn strip(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let series = signs::ordered(&chart.vitals);
    (!series.is_empty()).then(|| {
        view! {
            <section class="card" aria-label=td_string!(locale, chart.vitals.latest)>
                <div class="vitals">{series.iter().filter_map(|series| latest(series, locale)).collect_view()}</div>
            </section>
        }
    })
}

fn latest(series: &VitalSeries, locale: Locale) -> Option<impl IntoView + use<>> {
    let point = series.points.last()?;
    let out = mark::is_out(&point.interpretation);
    let note = words::join([&signs::marked(point, locale), &format::date_time(&point.at, locale)], " · ");
    Some(view! {
        <div class="vital" class:is-out=out>
            <div class="label">{signs::name(series, locale)}</div>
            <div class="value">
                <bdi dir="ltr">{signs::value(point, locale)}</bdi>
                <small>{series.unit.clone()}</small>
            </div>
            <div class="note">
                <bdi>{note}</bdi>
            </div>
        </div>
    })
}

pub fn section(chart: &ChartView, choice: Choice, locale: Locale) -> impl IntoView + use<> {
    let series: Vec<VitalSeries> = signs::ordered(&chart.vitals).into_iter().cloned().collect();
    if series.is_empty() {
        return view! {
            <Empty symbol=Symbol::Vitals>
                <p>{td_string!(locale, chart.vitals.none)}</p>
            </Empty>
        }
        .into_any();
    }
    let first = series[0].code.clone();
    let codes: Vec<String> = series.iter().map(|series| series.code.clone()).collect();
    // The chosen sign, or the first if it has no reading any more.
    let chosen = Memo::new(move |_| {
        let chosen = choice.series.get();
        if codes.contains(&chosen) { chosen } else { first.clone() }
    });
    let shown = series.clone();
    view! {
        <div class="row" role="group" aria-label=td_string!(locale, chart.vitals.series)>
            {series
                .iter()
                .map(|series| {
                    let (code, same) = (series.code.clone(), series.code.clone());
                    let choose = move |_| {
                        choice.series.set(code.clone());
                        choice.picked.set(None);
                    };
                    view! {
                        <button
                            type="button"
                            class="filter"
                            aria-pressed=move || (*chosen.read() == same).to_string()
                            on:click=choose
                        >
                            {signs::name(series, locale)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        {move || {
            let code = chosen.get();
            shown.iter().find(|series| series.code == code).map(|series| one(series, choice, locale))
        }}
    }
    .into_any()
}

/// One sign: its line, and its table.
fn one(series: &VitalSeries, choice: Choice, locale: Locale) -> impl IntoView + use<> {
    let title = words::join([&signs::name(series, locale), &series.unit], ", ");
    let choices: Vec<(Range, ViewFn)> = vec![
        (Range::Months3, (move || td_string!(locale, chart.vitals.months3)).into()),
        (Range::Year1, (move || td_string!(locale, chart.vitals.year1)).into()),
        (Range::All, (move || td_string!(locale, chart.vitals.all)).into()),
    ];
    let choose = Callback::new(move |range| {
        choice.range.set(range);
        choice.picked.set(None);
    });
    let drawn = series.clone();
    view! {
        <section class="card">
            <div class="card-head card-head-wrap">
                <h2>{title}</h2>
                <Segments label=td_string!(locale, chart.vitals.range) chosen=choice.range choices on_choose=choose/>
            </div>
            <div class="card-body stack-s">{move || figure(&drawn, choice, locale)}</div>
        </section>
        {table(series, locale)}
    }
}

fn figure(series: &VitalSeries, choice: Choice, locale: Locale) -> impl IntoView + use<> {
    let plot = Plot::of(series, choice.range.get(), choice.now_ms.get());
    let unplaced = plot.unplaced as u32;
    let points: Vec<&VitalPoint> = plot.dots.iter().map(|dot| &series.points[dot.reading]).collect();
    let texts: Vec<String> = points.iter().map(|point| reading(point, &series.unit, locale)).collect();
    let out = points.iter().map(|point| mark::is_out(&point.interpretation)).collect::<Vec<_>>();
    let drawing = match (points.first(), points.last()) {
        (Some(first), Some(last)) => {
            let count = points.len() as u32;
            let (first, last) = (format::date(&first.at, locale), format::date(&last.at, locale));
            let name = signs::name(series, locale);
            let summary = td_string!(
                locale,
                chart.vitals.summary,
                count = count,
                name = name.clone(),
                first = first,
                last = last
            );
            let label = td_string!(locale, chart.vitals.plot, name = name);
            let read_out = texts.clone();
            let picked = choice.picked;
            let any_out = out.contains(&true);
            view! {
                <figure>
                    <PlotView plot label texts out picked locale/>
                    <figcaption class="visually-hidden">{summary}</figcaption>
                </figure>
                {legend(series, any_out, locale)}
                <p class="plot-reading">
                    {move || match picked.get().and_then(|index| read_out.get(index).cloned()) {
                        Some(text) => view! { <bdi>{text}</bdi> }.into_any(),
                        None => view! { <span class="quiet small">{td_string!(locale, chart.vitals.inspect)}</span> }.into_any(),
                    }}
                </p>
            }
            .into_any()
        }
        _ => view! { <p class="quiet">{td_string!(locale, chart.vitals.none_in_range)}</p> }.into_any(),
    };
    view! {
        {drawing}
        {(unplaced > 0)
            .then(|| view! { <p class="small quiet">{td_string!(locale, chart.vitals.unplaced, count = unplaced)}</p> })}
    }
}

/// `24 Nov 2026, 10:24: 156/88 mmHg, ↑ high`.
fn reading(point: &VitalPoint, unit: &str, locale: Locale) -> String {
    let value = words::join([&signs::value_unit(point, unit, locale), &signs::marked(point, locale)], ", ");
    td_string!(locale, chart.vitals.previous, when = format::date_time(&point.at, locale), value = value)
}

fn legend(series: &VitalSeries, any_out: bool, locale: Locale) -> impl IntoView + use<> {
    let several = series.points.iter().any(|point| point.values.len() > 1);
    (several || any_out).then(|| {
        view! {
            <div class="legend">
                {several
                    .then(|| {
                        view! {
                            <span>
                                <svg class="plot-key" viewBox="0 0 26 14" aria-hidden="true">
                                    <path class="series-1" d="M0 7h26"></path>
                                    <circle class="point-1" cx="13" cy="7" r="4.5"></circle>
                                </svg>
                                {signs::component(series, 0, locale)}
                            </span>
                            <span>
                                <svg class="plot-key" viewBox="0 0 26 14" aria-hidden="true">
                                    <path class="series-2" d="M0 7h26"></path>
                                    <rect class="point-2" x="9" y="3" width="8" height="8"></rect>
                                </svg>
                                {signs::component(series, 1, locale)}
                            </span>
                        }
                    })}
                {any_out
                    .then(|| {
                        view! {
                            <span>
                                <svg class="plot-key" viewBox="0 0 26 14" aria-hidden="true">
                                    <circle class="point-1 out" cx="13" cy="7" r="5"></circle>
                                </svg>
                                {td_string!(locale, chart.vitals.filled)}
                            </span>
                        }
                    })}
            </div>
        }
    })
}

/// The same readings as text, the latest first.
fn table(series: &VitalSeries, locale: Locale) -> impl IntoView + use<> {
    let columns = series.points.iter().map(|point| point.values.len()).max().unwrap_or(1);
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{td_string!(locale, chart.vitals.table)}</h2>
            </div>
            <div class="table-wrap" tabindex="0" role="region" aria-label=td_string!(locale, chart.vitals.table)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, chart.vitals.when)}</th>
                            {(0..columns)
                                .map(|index| view! { <th scope="col" class="num">{signs::component(series, index, locale)}</th> })
                                .collect_view()}
                            <th scope="col">{td_string!(locale, chart.vitals.marked)}</th>
                        </tr>
                    </thead>
                    <tbody>{series.points.iter().rev().map(|point| row(point, &series.unit, columns, locale)).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(point: &VitalPoint, unit: &str, columns: usize, locale: Locale) -> impl IntoView + use<> {
    let when = if point.at.is_empty() {
        td_string!(locale, chart.vitals.undated).to_owned()
    } else {
        format::date_time(&point.at, locale)
    };
    let values = (0..columns).map(|index| match point.values.get(index).map(String::as_str) {
        Some("") | None => "–".to_owned(),
        Some(value) if unit.is_empty() => signs::decimal(value, locale),
        Some(value) => format!("{}\u{a0}{unit}", signs::decimal(value, locale)),
    });
    view! {
        <tr>
            <th scope="row">
                <bdi>{when}</bdi>
            </th>
            {values
                .map(|value| {
                    view! {
                        <td class="num">
                            <bdi dir="ltr">{value}</bdi>
                        </td>
                    }
                })
                .collect_view()}
            <td>
                <span class="out-mark">{signs::marked(point, locale)}</span>
            </td>
        </tr>
    }
}
