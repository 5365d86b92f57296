//! The parts that the preview and the report share: counts, kinds, what was left out, files that cannot be read.

use client::protocol::{Refused, Skip, TypeCount};
use leptos::prelude::*;

use super::{groups, reason};
use crate::{
    format,
    i18n::*,
    kit::{Notice, Symbol, Tone},
};

/// How many entries of one reason are listed by their place.
const LISTED: usize = 50;

/// A number with what it counts. `caution` marks a number that asks for a look.
pub fn fact(label: &'static str, value: u32, caution: bool, locale: Locale) -> impl IntoView {
    view! {
        <div class="card fact">
            <span class="caption">{label}</span>
            <span class="figure" class:is-caution=caution && value != 0>
                {format::number(u64::from(value), locale)}
            </span>
        </div>
    }
}

/// Kinds of entries with their counts, and whether a chart shows them.
pub fn types(types: &[TypeCount], locale: Locale) -> impl IntoView + use<> {
    (!types.is_empty()).then(|| {
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{td_string!(locale, import.found)}</h2>
                </div>
                <div class="table-wrap">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{td_string!(locale, import.kind)}</th>
                                <th scope="col" class="num">
                                    {td_string!(locale, import.count)}
                                </th>
                                <th scope="col">{td_string!(locale, import.shown)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {types
                                .iter()
                                .map(|kind| {
                                    let shown = if kind.shown {
                                        td_string!(locale, import.shown)
                                    } else {
                                        td_string!(locale, import.kept)
                                    };
                                    view! {
                                        <tr>
                                            <th scope="row">
                                                <bdi>{kind.resource_type.clone()}</bdi>
                                            </th>
                                            <td class="num">{format::number(u64::from(kind.count), locale)}</td>
                                            <td>{shown}</td>
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                </div>
            </section>
        }
    })
}

/// What was left out, one disclosure a reason.
pub fn skipped(skips: &[Skip], locale: Locale) -> impl IntoView + use<> {
    let count = skips.len() as u32;
    (count > 0).then(|| {
        let groups = groups::by_reason(skips, reason::is_harmless).into_iter().map(move |group| {
            let harmless = reason::is_harmless(&group.reason).then(|| td_string!(locale, import.harmless));
            let more = group.skips.len().saturating_sub(LISTED);
            let places = group.skips.iter().take(LISTED).map(move |skip| {
                let entry = format::number(u64::from(skip.entry), locale);
                view! {
                    <li>
                        <bdi>{skip.file.clone()}</bdi>
                        ", "
                        {td_string!(locale, import.entry)}
                        " "
                        {entry}
                    </li>
                }
            });
            let places = places.collect_view();
            view! {
                <details class="skips">
                    <summary>
                        <span>
                            <strong>{format::number(group.skips.len() as u64, locale)}</strong>
                            " · "
                            {reason::skip(&group.reason, locale)}
                        </span>
                        {harmless.map(|text| view! { <span class="chip">{text}</span> })}
                    </summary>
                    <ul>
                        {places}
                        {(more > 0)
                            .then(|| {
                                let count = format::number(more as u64, locale);
                                view! { <li>{td_string!(locale, import.more_skips, count = count)}</li> }
                            })}
                    </ul>
                </details>
            }
        });
        let groups = groups.collect_view();
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{td_string!(locale, import.skipped_title, count = count)}</h2>
                </div>
                <div class="rows rows-edge">{groups}</div>
            </section>
        }
    })
}

/// Files that cannot be read at all, with the place where the reading stopped.
pub fn refused(files: &[Refused], locale: Locale) -> impl IntoView + use<> {
    let count = files.len() as u32;
    (count > 0).then(|| {
        let rows = files.iter().map(move |file| {
            let place = (file.line > 0).then(|| td_string!(locale, import.at, line = file.line, column = file.column));
            view! {
                <li>
                    <strong>
                        <bdi>{file.file.clone()}</bdi>
                    </strong>
                    {reason::refuse(&file.reason, locale)}
                    {place.map(|place| view! { " (" {place} ")" })}
                </li>
            }
        });
        let rows = rows.collect_view();
        view! {
            <Notice tone=Tone::Caution symbol=Symbol::Warning>
                <strong>{td_string!(locale, import.refused_title, count = count)}</strong>
                <ul class="refused">{rows}</ul>
            </Notice>
        }
    })
}
