//! Results as their source grouped them: values with range and mark, each a word and a shape.

use leptos::prelude::*;
use record::view::{ChartView, ResultGroup, ResultItem};

use super::{concept, mark, signs, words};
use crate::{
    format,
    i18n::*,
    kit::{Empty, Symbol},
};

pub fn section(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    if chart.results.is_empty() {
        return view! {
            <Empty symbol=Symbol::Result>
                <p>{td_string!(locale, chart.result.none)}</p>
            </Empty>
        }
        .into_any();
    }
    view! {
        {latest_first(&chart.results).into_iter().map(|group| card(group, locale)).collect_view()}
        <p class="caption">{td_string!(locale, chart.result.source)}</p>
    }
    .into_any()
}

pub fn latest_first(groups: &[ResultGroup]) -> Vec<&ResultGroup> {
    let mut groups: Vec<&ResultGroup> = groups.iter().collect();
    groups.sort_by(|a, b| {
        let dated = |group: &ResultGroup| format::parse(&group.at).is_some();
        dated(b).cmp(&dated(a)).then_with(|| format::by_date(&b.at, &a.at))
    });
    groups
}

fn card(group: &ResultGroup, locale: Locale) -> impl IntoView + use<> {
    let status = if group.status == "final" { String::new() } else { words::status(&group.status, locale) };
    let title = concept::words(&group.title, td_string!(locale, chart.result.unnamed));
    view! {
        <section class="card">
            <div class="card-head card-head-wrap">
                <h2>
                    <bdi>{title.clone()}</bdi>
                </h2>
                {(!status.is_empty()).then(|| view! { <span class="chip">{status}</span> })}
                <span class="push small quiet">
                    <bdi>{format::date_time(&group.at, locale)}</bdi>
                </span>
            </div>
            {(!group.items.is_empty())
                .then(|| {
                    view! {
                        <div class="table-wrap" tabindex="0" role="region" aria-label=title>
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">{td_string!(locale, chart.result.test)}</th>
                                        <th scope="col">{td_string!(locale, chart.result.value)}</th>
                                        <th scope="col">{td_string!(locale, chart.result.range)}</th>
                                        <th scope="col">{td_string!(locale, chart.result.marked)}</th>
                                    </tr>
                                </thead>
                                <tbody>{group.items.iter().map(|item| row(item, locale)).collect_view()}</tbody>
                            </table>
                        </div>
                    }
                })}
            {(!group.conclusion.is_empty())
                .then(|| {
                    view! {
                        <p class="card-pad entry-text" dir="auto">
                            {group.conclusion.clone()}
                        </p>
                    }
                })}
            <div class="card-codes">{concept::codes(&group.title, locale)}</div>
        </section>
    }
}

fn row(item: &ResultItem, locale: Locale) -> impl IntoView + use<> {
    let out = mark::is_out(&item.interpretation);
    view! {
        <tr>
            <th scope="row">
                <bdi>{concept::words(&item.concept, td_string!(locale, chart.result.unnamed))}</bdi>
                {concept::codes(&item.concept, locale)}
            </th>
            <td>
                <bdi class:out-value=out>{value(item, locale)}</bdi>
            </td>
            <td>
                <bdi>{item.range.clone()}</bdi>
            </td>
            <td>
                <span class:out-mark=out>{mark::text(&item.interpretation, locale)}</span>
            </td>
        </tr>
    }
}

/// `7.1 %`, held together.
pub fn value(item: &ResultItem, locale: Locale) -> String {
    words::join([&signs::decimal(&item.value, locale), &item.unit], "\u{a0}")
}
