//! A chart: who and which allergies always in sight, the sections below, what can be done at the lower edge.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use record::view::ChartView;

use super::{
    allergies,
    details::DetailsEditor,
    documents,
    file::FileDialog,
    identity,
    load::{Loaded, Loader},
    measure::VitalsEditor,
    medications,
    note::NoteEditor,
    overview, problems, results,
    review::Review,
    saved::{SavedLine, What},
    section::Section,
    summary::{self, Printed},
    timeline, vitals,
};
use crate::{
    format::{self, Day},
    i18n::*,
    kit::{Icon, Spinner, Symbol},
    platform,
    prefs::prefs,
    state, text,
};

/// The dialog that is open over the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Note,
    Vitals,
    Details,
    File,
}

/// What the page keeps while the chart is shown again.
#[derive(Clone, Copy)]
struct Page {
    section: Memo<Section>,
    today: RwSignal<Option<Day>>,
    open: RwSignal<Option<Open>>,
    saved: RwSignal<Option<What>>,
    menu: RwSignal<bool>,
    vitals: vitals::Choice,
    timeline: timeline::Choice,
}

#[component]
pub fn ChartPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("chart").unwrap_or_default());
    let loader = Loader::new(id);
    let page = Page {
        section: Memo::new(move |_| Section::of(&params.read().get("section").unwrap_or_default())),
        today: RwSignal::new(None),
        open: RwSignal::new(None),
        saved: RwSignal::new(None),
        menu: RwSignal::new(false),
        vitals: vitals::Choice::new(),
        timeline: timeline::Choice::new(),
    };
    Effect::new(move |_| {
        id.track();
        page.today.set(Some(format::today()));
        page.vitals.now_ms.set(platform::now_ms() as i64);
        page.vitals.picked.set(None);
        page.open.set(None);
        page.saved.set(None);
        page.menu.set(false);
    });
    keys(id, page);
    let here = Memo::new(move |_| matches!(*loader.loaded.read(), Loaded::Here(_)));
    view! {
        <article class="chart" aria-label=move || t_string!(i18n, chart.title)>
            {move || {
                if here.get() {
                    return view! { <Chart loader page/> }.into_any();
                }
                match loader.loaded.get() {
                    Loaded::Failed(failure) => view! { <Gone failure loader/> }.into_any(),
                    _ => view! { <Opening/> }.into_any(),
                }
            }}
        </article>
    }
}

/// No skeleton: an empty space where allergies would be can be misread.
#[component]
fn Opening() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="chart-state" role="status">
            <Spinner/>
            <p>{t!(i18n, chart.opening)}</p>
        </div>
    }
}

#[component]
fn Gone(failure: client::failure::Failure, loader: Loader) -> impl IntoView {
    let i18n = use_i18n();
    let missing = failure == client::failure::Failure::NotFound;
    view! {
        <div class="chart-state" role="alert">
            <h1>
                {move || if missing { t_string!(i18n, chart.gone) } else { t_string!(i18n, chart.not_opened) }}
            </h1>
            <p>
                {move || {
                    if missing { t_string!(i18n, chart.gone_text).to_owned() } else { text::failure(failure, i18n.get_locale()) }
                }}
            </p>
            <div class="row">
                <button type="button" class="button button-main" on:click=move |_| loader.again()>
                    {t!(i18n, common.try_again)}
                </button>
                <a class="button" href="/patients">
                    {t!(i18n, chart.back)}
                </a>
            </div>
        </div>
    }
}

/// Sections on 1 to 7, and the actions on n, v and p; outside of fields, and only while no dialog is open.
fn keys(id: Memo<String>, page: Page) {
    let navigate = use_navigate();
    let prefs = prefs();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
            let dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
            if modified || dialog || platform::in_field(event.target()) || !prefs.shortcuts.get_untracked() {
                return;
            }
            // The arrows and digits of a slider or a list are its own; letters and digits of the page are these.
            match event.key().as_str() {
                "n" => page.open.set(Some(Open::Note)),
                "v" => page.open.set(Some(Open::Vitals)),
                "p" if !page.menu.get_untracked() => {
                    navigate(&Section::Print.path(&id.get_untracked()), NavigateOptions::default());
                }
                key => match Section::on_key(key) {
                    Some(section) => navigate(&section.path(&id.get_untracked()), NavigateOptions::default()),
                    None => return,
                },
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    });
}

#[component]
fn Chart(loader: Loader, page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    // While this is shown, there is a chart; the last one stays until the page is disposed.
    let chart = Memo::new(move |before: Option<&Arc<ChartView>>| match loader.loaded.get() {
        Loaded::Here(chart) => chart,
        _ => before.cloned().unwrap_or_default(),
    });
    let body = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<Section>| {
        let section = page.section.get();
        if before.is_some_and(|before| before != section)
            && let Some(body) = body.get_untracked()
        {
            body.set_scroll_top(Default::default());
        }
        section
    });
    let printing = move || page.section.get() == Section::Print;
    let printed = move || {
        let opened = session.opened();
        let opened = opened.as_ref();
        Printed {
            practice: opened.map(|opened| opened.practice_name.clone()).unwrap_or_default(),
            person: opened.map(|opened| opened.person_name.clone()).unwrap_or_default(),
            device: opened.map(|opened| opened.device_name.clone()).unwrap_or_default(),
            when: format::instant(platform::now_ms(), i18n.get_locale()),
        }
    };
    let saved_choice = Callback::new(move |()| page.saved.set(Some(What::Choice)));
    view! {
        <Show when=move || !printing()>
            <header class="identity">
                {move || header(&chart.get(), page, i18n.get_locale())}
                <Tabs chart page/>
            </header>
        </Show>
        <div class="chart-body" class:is-sheet=printing node_ref=body>
            {move || {
                let (chart, locale) = (chart.get(), i18n.get_locale());
                match page.section.get() {
                    Section::Overview => overview::section(&chart, locale).into_any(),
                    Section::Timeline => timeline::section(&chart, page.timeline, locale).into_any(),
                    Section::Medications => medications::section(&chart, locale).into_any(),
                    Section::Vitals => vitals::section(&chart, page.vitals, locale).into_any(),
                    Section::Problems => problems::section(&chart, locale).into_any(),
                    Section::Results => results::section(&chart, locale).into_any(),
                    Section::Documents => documents::section(&chart, locale).into_any(),
                    Section::Review => view! { <Review chart on_saved=saved_choice/> }.into_any(),
                    Section::Print => summary::sheet(&chart, page.today.get(), &printed(), locale).into_any(),
                }
            }}
        </div>
        <Show when=move || !printing()>
            <div class="chart-foot">
                <SavedLine saved=page.saved/>
                <Show when=move || page.section.get() != Section::Review>
                    <Actions page/>
                </Show>
            </div>
        </Show>
        <Dialogs chart page/>
    }
}

fn header(chart: &ChartView, page: Page, locale: Locale) -> impl IntoView + use<> {
    let patient = &chart.patient;
    view! {
        <div class="identity-top">
            <a class="button button-icon" href="/patients" aria-label=td_string!(locale, chart.back)>
                <Icon symbol=Symbol::Back/>
            </a>
            <div class="identity-name">
                <h1>
                    <bdi>{identity::name(patient, locale)}</bdi>
                </h1>
                {identity::facts_list(patient, page.today.get(), locale)}
            </div>
            {identity::deceased(patient, locale).map(|text| view! { <span class="chip chip-deceased">{text}</span> })}
            <a
                class="button button-icon"
                href=Section::Print.path(&patient.chart)
                aria-label=td_string!(locale, chart.print)
                title=td_string!(locale, chart.print)
            >
                <Icon symbol=Symbol::Print/>
            </a>
            <More page/>
        </div>
        {allergies::banner(&chart.allergies, locale)}
        {identity::conflicts(chart, locale)}
    }
}

#[component]
fn More(page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let close = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && page.menu.get_untracked() {
            event.prevent_default();
            page.menu.set(false);
            platform::focus("#chart-more");
        }
    };
    let choose = move |open| {
        page.menu.set(false);
        page.open.set(Some(open));
    };
    view! {
        <div class="menu" on:keydown=close>
            <button
                type="button"
                id="chart-more"
                class="button button-icon"
                aria-label=move || t_string!(i18n, chart.more)
                aria-expanded=move || page.menu.get().to_string()
                on:click=move |_| page.menu.update(|menu| *menu = !*menu)
            >
                <Icon symbol=Symbol::More/>
            </button>
            <Show when=move || page.menu.get()>
                <div class="menu-list">
                    <button type="button" class="button" on:click=move |_| choose(Open::Details)>
                        <Icon symbol=Symbol::Edit/>
                        {t!(i18n, chart.edit)}
                    </button>
                    <button type="button" class="button" on:click=move |_| choose(Open::File)>
                        <Icon symbol=Symbol::Download/>
                        {t!(i18n, chart.export)}
                    </button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Tabs(chart: Memo<Arc<ChartView>>, page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let id = Memo::new(move |_| chart.read().patient.chart.clone());
    view! {
        <nav class="tabs" aria-label=move || t_string!(i18n, chart.sections)>
            {Section::TABS
                .into_iter()
                .map(|section| {
                    view! {
                        <a
                            href=move || section.path(&id.read())
                            aria-current=move || (page.section.get() == section).then_some("page")
                        >
                            {move || section.name(i18n.get_locale())}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}

#[component]
fn Actions(page: Page) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="chart-actions">
            <button type="button" id="chart-vitals" class="button" on:click=move |_| page.open.set(Some(Open::Vitals))>
                <Icon symbol=Symbol::Vitals/>
                {t!(i18n, chart.record_vitals)}
            </button>
            <button type="button" id="chart-note" class="button button-main" on:click=move |_| page.open.set(Some(Open::Note))>
                <Icon symbol=Symbol::Note/>
                {t!(i18n, chart.write_note)}
            </button>
        </div>
    }
}

/// The open dialog keeps the chart as it was when it was opened: a change from elsewhere does not touch what is typed.
#[component]
fn Dialogs(chart: Memo<Arc<ChartView>>, page: Page) -> impl IntoView {
    let close = move |back_to: &'static str| {
        Callback::new(move |()| {
            page.open.set(None);
            request_animation_frame(move || platform::focus(back_to));
        })
    };
    let saved = move |what, back_to: &'static str| {
        let close = close(back_to);
        Callback::new(move |()| {
            page.saved.set(Some(what));
            close.run(());
        })
    };
    move || {
        let open = page.open.get()?;
        let (chart, today) = (chart.get_untracked(), page.today.get_untracked());
        Some(match open {
            Open::Note => {
                let (on_saved, on_close) = (saved(What::Note, "#chart-note"), close("#chart-note"));
                view! { <NoteEditor chart today on_saved on_close/> }.into_any()
            }
            Open::Vitals => {
                let (on_saved, on_close) = (saved(What::Vitals, "#chart-vitals"), close("#chart-vitals"));
                view! { <VitalsEditor chart today on_saved on_close/> }.into_any()
            }
            Open::Details => {
                let (on_saved, on_close) = (saved(What::Details, "#chart-more"), close("#chart-more"));
                view! { <DetailsEditor chart today on_saved on_close/> }.into_any()
            }
            Open::File => {
                view! { <FileDialog chart=Some(chart.patient.chart.clone()) on_close=close("#chart-more")/> }.into_any()
            }
        })
    }
}
