//! Documents by their titles, and what is kept but has no view.

use leptos::prelude::*;
use record::view::{ChartView, Document};

use super::{concept, words};
use crate::{
    format,
    i18n::*,
    kit::{Empty, Symbol},
};

pub fn section(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let documents = chart.documents.iter().map(|document| row(document, locale)).collect::<Vec<_>>();
    view! {
        {if documents.is_empty() {
            view! {
                <Empty symbol=Symbol::Paper>
                    <p>{td_string!(locale, chart.document.none)}</p>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <section class="card">
                    <div class="card-head">
                        <h2>{td_string!(locale, chart.document.title)} " · " {documents.len()}</h2>
                    </div>
                    <div class="rows rows-edge">{documents}</div>
                </section>
                <p class="caption">{td_string!(locale, chart.document.not_opened)}</p>
            }
            .into_any()
        }}
        {other(chart, locale)}
    }
}

fn row(document: &Document, locale: Locale) -> impl IntoView + use<> {
    let kind = concept::words(&document.kind, "");
    let title = match (document.title.as_str(), kind.as_str()) {
        ("", "") => td_string!(locale, chart.document.unnamed).to_owned(),
        ("", kind) => kind.to_owned(),
        (title, _) => title.to_owned(),
    };
    let kind = if kind == title { String::new() } else { kind };
    let status = if document.status == "current" { String::new() } else { words::status(&document.status, locale) };
    let facts = words::join([&format::date_time(&document.at, locale), &kind, &status, &document.content_type], " · ");
    view! {
        <div class="drug">
            <h3>
                <bdi>{title}</bdi>
            </h3>
            <div class="why">
                <bdi>{facts}</bdi>
            </div>
            {concept::codes(&document.kind, locale)}
        </div>
    }
}

/// What leaves with an export and has no view; nothing if everything is shown.
fn other(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    (!chart.other.is_empty()).then(|| {
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{td_string!(locale, chart.document.other)}</h2>
                </div>
                <p class="card-body small quiet">{td_string!(locale, chart.document.other_text)}</p>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, chart.document.kind)}</th>
                            <th scope="col" class="num">
                                {td_string!(locale, chart.document.count)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {chart
                            .other
                            .iter()
                            .map(|(kind, count)| {
                                view! {
                                    <tr>
                                        <th scope="row">
                                            <bdi>{kind.clone()}</bdi>
                                        </th>
                                        <td class="num">{format::number(u64::from(*count), locale)}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </section>
        }
    })
}
