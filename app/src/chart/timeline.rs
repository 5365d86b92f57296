//! What happened, the latest first: visits, notes, procedures, results, immunisations and documents on one line.

use leptos::prelude::*;
use record::view::ChartView;

use super::{concept, mark, signs, words};
use crate::{
    format,
    i18n::*,
    kit::{Empty, Icon, Symbol},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Note,
    Visit,
    Procedure,
    Result,
    Immunization,
    Document,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Note, Self::Visit, Self::Result, Self::Procedure, Self::Immunization, Self::Document];

    const fn symbol(self) -> Symbol {
        match self {
            Self::Note => Symbol::Note,
            Self::Visit => Symbol::Calendar,
            Self::Procedure => Symbol::Check,
            Self::Result => Symbol::Result,
            Self::Immunization => Symbol::Medicine,
            Self::Document => Symbol::Paper,
        }
    }

    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Note => td_string!(locale, chart.timeline.note),
            Self::Visit => td_string!(locale, chart.timeline.encounter),
            Self::Procedure => td_string!(locale, chart.timeline.procedure),
            Self::Result => td_string!(locale, chart.timeline.result),
            Self::Immunization => td_string!(locale, chart.timeline.immunization),
            Self::Document => td_string!(locale, chart.timeline.document),
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    pub kind: Kind,
    pub at: String,
    pub title: String,
    /// Text of a note, values of a result, reason of a visit.
    pub text: String,
    pub by: String,
}

/// Everything with a moment, the latest first; what has no date comes last.
pub fn moments(chart: &ChartView, locale: Locale) -> Vec<Moment> {
    let moment = |kind, at: &str, title: String, text: String, by: &str| Moment {
        kind,
        at: at.to_owned(),
        title,
        text,
        by: by.to_owned(),
    };
    let notes = chart.notes.iter().map(|note| {
        let title =
            if note.title.is_empty() { td_string!(locale, chart.note.untitled).to_owned() } else { note.title.clone() };
        moment(Kind::Note, &note.at, title, note.text.clone(), &note.author)
    });
    let visits = chart.encounters.iter().map(|visit| {
        let title = concept::words(&visit.kind, td_string!(locale, chart.encounter.unnamed));
        let status = if visit.status == "finished" { String::new() } else { words::status(&visit.status, locale) };
        let until = match visit.end.split('T').next() {
            Some(end) if !end.is_empty() && Some(end) != visit.start.split('T').next() => {
                td_string!(locale, chart.until, when = format::date(end, locale))
            }
            _ => String::new(),
        };
        let text = words::join([&visit.reason, &words::class(&visit.class, locale), &status, &until], " · ");
        moment(Kind::Visit, &visit.start, title, text, &visit.provider)
    });
    let procedures = chart.procedures.iter().map(|procedure| {
        let title = concept::words(&procedure.concept, td_string!(locale, chart.timeline.procedure));
        let status =
            if procedure.status == "completed" { String::new() } else { words::status(&procedure.status, locale) };
        moment(Kind::Procedure, &procedure.at, title, words::join([&procedure.reason, &status], " · "), "")
    });
    let results = chart.results.iter().map(|group| {
        let values: Vec<String> = group
            .items
            .iter()
            .map(|item| {
                let mark = if mark::is_out(&item.interpretation) {
                    mark::text(&item.interpretation, locale)
                } else {
                    String::new()
                };
                let value = words::join([&signs::decimal(&item.value, locale), &item.unit], "\u{a0}");
                words::join([&item.concept.text, &value, &mark], " ")
            })
            .collect();
        let title = concept::words(&group.title, td_string!(locale, chart.result.unnamed));
        moment(Kind::Result, &group.at, title, words::join([&values.join(" · "), &group.conclusion], ". "), "")
    });
    let immunizations = chart.immunizations.iter().map(|immunization| {
        let title = concept::words(&immunization.vaccine, td_string!(locale, chart.timeline.immunization));
        let status = if immunization.status == "completed" {
            String::new()
        } else {
            words::status(&immunization.status, locale)
        };
        moment(Kind::Immunization, &immunization.at, title, status, "")
    });
    let documents = chart.documents.iter().map(|document| {
        let title = if document.title.is_empty() {
            concept::words(&document.kind, td_string!(locale, chart.document.unnamed))
        } else {
            document.title.clone()
        };
        moment(Kind::Document, &document.at, title, String::new(), "")
    });
    let mut all: Vec<Moment> =
        notes.chain(visits).chain(procedures).chain(results).chain(immunizations).chain(documents).collect();
    all.sort_by(|a, b| {
        let dated = |moment: &Moment| format::parse(&moment.at).is_some();
        dated(b).cmp(&dated(a)).then_with(|| format::by_date(&b.at, &a.at))
    });
    all
}

/// A list of moments on a line.
pub fn list(moments: &[Moment], locale: Locale) -> impl IntoView + use<> {
    view! { <div class="timeline">{moments.iter().map(|moment| entry(moment, locale)).collect_view()}</div> }
}

fn entry(moment: &Moment, locale: Locale) -> impl IntoView + use<> {
    let when = match moment.at.as_str() {
        "" => td_string!(locale, chart.timeline.undated).to_owned(),
        at => format::date_time(at, locale),
    };
    view! {
        <div class="entry">
            <span class="dot">
                <Icon symbol=moment.kind.symbol()/>
            </span>
            <div class="entry-head">
                <h3>
                    <span class="visually-hidden">{moment.kind.name(locale)} ": "</span>
                    <bdi>{moment.title.clone()}</bdi>
                </h3>
                <span class="entry-when">
                    <bdi>{when}</bdi>
                </span>
            </div>
            {(!moment.text.is_empty()).then(|| view! { <p class="entry-text" dir="auto">{moment.text.clone()}</p> })}
            {(!moment.by.is_empty())
                .then(|| {
                    view! {
                        <div class="by">
                            <bdi>{moment.by.clone()}</bdi>
                        </div>
                    }
                })}
        </div>
    }
}

/// How many entries are built at once: a chart of decades stays quick.
const STEP: usize = 100;

/// What is chosen in the timeline; kept while the chart is shown again.
#[derive(Clone, Copy)]
pub struct Choice {
    pub kind: RwSignal<Option<Kind>>,
    pub steps: RwSignal<usize>,
}

impl Choice {
    pub fn new() -> Self {
        Self { kind: RwSignal::new(None), steps: RwSignal::new(1) }
    }
}

pub fn section(chart: &ChartView, choice: Choice, locale: Locale) -> impl IntoView + use<> {
    let all = moments(chart, locale);
    let present: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| all.iter().any(|moment| moment.kind == *kind)).collect();
    let filter = move |kind: Option<Kind>, word: &'static str| {
        let choose = move |_| {
            choice.kind.set(kind);
            choice.steps.set(1);
        };
        view! {
            <button type="button" class="filter filter-s" aria-pressed=move || (choice.kind.get() == kind).to_string() on:click=choose>
                {word}
            </button>
        }
    };
    view! {
        <h2 class="visually-hidden">{td_string!(locale, chart.tab.timeline)}</h2>
        <div class="row" role="group" aria-label=td_string!(locale, chart.timeline.show)>
            {filter(None, td_string!(locale, chart.timeline.everything))}
            {present.into_iter().map(|kind| filter(Some(kind), kind.name(locale))).collect_view()}
        </div>
        {move || {
            let kind = choice.kind.get();
            let shown: Vec<&Moment> = all.iter().filter(|moment| kind.is_none_or(|kind| moment.kind == kind)).collect();
            let count = (choice.steps.get() * STEP).min(shown.len());
            let older = shown.len() - count;
            if shown.is_empty() {
                return view! {
                    <Empty symbol=Symbol::Clock>
                        <p>{td_string!(locale, chart.none)}</p>
                    </Empty>
                }
                .into_any();
            }
            let first: Vec<Moment> = shown.into_iter().take(count).cloned().collect();
            view! {
                <section class="card card-pad" aria-label=td_string!(locale, chart.timeline.title)>
                    {list(&first, locale)}
                    {(older > 0)
                        .then(|| {
                            view! {
                                <button type="button" class="button" on:click=move |_| choice.steps.update(|steps| *steps += 1)>
                                    {td_string!(locale, chart.timeline.older, count = older.min(STEP))}
                                </button>
                            }
                        })}
                </section>
            }
            .into_any()
        }}
    }
}

#[cfg(test)]
mod tests {
    use record::view::{Encounter, Note, Procedure};

    use super::*;

    #[test]
    fn the_latest_stands_first_and_the_undated_last() {
        let chart = ChartView {
            notes: vec![Note { at: "2026-11-20T09:00:00Z".into(), ..Note::default() }, Note::default()],
            encounters: vec![Encounter { start: "2026-11-24".into(), ..Encounter::default() }],
            procedures: vec![Procedure { at: "2019".into(), ..Procedure::default() }],
            ..ChartView::default()
        };
        let kinds: Vec<_> = moments(&chart, Locale::en).into_iter().map(|moment| moment.kind).collect();
        assert_eq!(kinds, [Kind::Visit, Kind::Note, Kind::Procedure, Kind::Note]);
    }

    #[test]
    fn a_stay_says_until_when() {
        let visit = |end: &str| ChartView {
            encounters: vec![Encounter {
                start: "2026-11-20T08:00:00Z".into(),
                end: end.into(),
                class: "IMP".into(),
                ..Encounter::default()
            }],
            ..ChartView::default()
        };
        assert!(moments(&visit("2026-11-24T08:00:00Z"), Locale::en)[0].text.starts_with("inpatient · until 24"));
        assert_eq!(moments(&visit("2026-11-20T09:00:00Z"), Locale::en)[0].text, "inpatient");
    }
}
