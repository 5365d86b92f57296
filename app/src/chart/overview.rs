//! The first look: latest vitals, what is taken, what is wrong, what happened last.

use leptos::prelude::*;
use record::view::ChartView;

use super::{
    medications, problems,
    section::Section,
    timeline::{self, Kind, Moment},
    vitals,
};
use crate::i18n::*;

/// How much of what happened the first look holds; all of it is one touch away.
const LATEST: usize = 8;
const NOTES: usize = 3;

pub fn section(chart: &ChartView, locale: Locale) -> impl IntoView + use<> {
    let (current, _) = medications::split(&chart.medications);
    let (active, _) = problems::split(&chart.problems);
    let all = timeline::moments(chart, locale);
    let (notes, others): (Vec<Moment>, Vec<Moment>) = all.into_iter().partition(|moment| moment.kind == Kind::Note);
    let more = Section::Timeline.path(&chart.patient.chart);
    view! {
        {vitals::strip(chart, locale)}
        <div class="chart-cols wide-first">
            <div class="stack">
                {medications::card(td_string!(locale, chart.med.current), &current, locale)}
                {problems::card(td_string!(locale, chart.problem.active), &active, locale)}
            </div>
            <div class="stack">
                {moments(td_string!(locale, chart.timeline.notes), &notes, NOTES, &more, locale)}
                {(!others.is_empty()).then(|| moments(td_string!(locale, chart.timeline.title), &others, LATEST, &more, locale))}
            </div>
        </div>
    }
}

fn moments(title: &'static str, moments: &[Moment], most: usize, more: &str, locale: Locale) -> impl IntoView + use<> {
    let shown = &moments[..moments.len().min(most)];
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{title} " · " {moments.len()}</h2>
                {(moments.len() > most)
                    .then(|| {
                        view! {
                            <a class="button button-quiet" href=more.to_owned()>
                                {td_string!(locale, chart.show_all)}
                                <span class="visually-hidden">": " {title}</span>
                            </a>
                        }
                    })}
            </div>
            <div class="card-body">
                {shown.is_empty().then(|| view! { <p class="quiet">{td_string!(locale, chart.timeline.no_notes)}</p> })}
                {timeline::list(shown, locale)}
            </div>
        </section>
    }
}
