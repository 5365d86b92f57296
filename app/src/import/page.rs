//! Importing: choose, check, import, report. What is stored is told only after it is durable.

use client::{
    failure::Failure,
    protocol::{ImportReport, Preview, Reply, Request},
};
use leptos::{prelude::*, task::spawn_local};

use super::{files::FileChooser, parts};
use crate::{
    format,
    i18n::*,
    kit::{Heading, Icon, Notice, Page, Spinner, Symbol, Tone},
    state, text,
};

/// Where the import stands.
#[derive(Clone, PartialEq)]
enum Step {
    Choose,
    Reading,
    Check(Preview),
    Importing,
    Report(ImportReport),
    /// An import that this page did not start has ended; its report went with the page that started it.
    Elsewhere,
    /// Before anything was stored, or in the middle of it.
    Failed {
        failure: Failure,
        while_importing: bool,
    },
}

impl Step {
    /// Its place among the four steps.
    const fn place(&self) -> usize {
        match self {
            Self::Choose | Self::Reading | Self::Elsewhere | Self::Failed { .. } => 0,
            Self::Check(_) => 1,
            Self::Importing => 2,
            Self::Report(_) => 3,
        }
    }
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    // An import goes on while the person works elsewhere: coming back shows it again.
    let running = session.import.with_untracked(Option::is_some);
    let step = RwSignal::new(if running { Step::Importing } else { Step::Choose });
    let cancelling = RwSignal::new(false);
    let own = StoredValue::new(false);
    Effect::new(move |_| {
        if session.import.read().is_none() && !own.get_value() && step.with_untracked(|step| *step == Step::Importing) {
            step.set(Step::Elsewhere);
        }
    });
    let read = move |files: Vec<web_sys::File>| {
        step.set(Step::Reading);
        let link = session.link();
        spawn_local(async move {
            let next = match link.ask_about(Request::PreviewImport, files).await {
                Ok(Reply::Preview(preview)) => Step::Check(preview),
                Ok(_) => Step::Failed { failure: Failure::Internal, while_importing: false },
                Err(failure) => Step::Failed { failure, while_importing: false },
            };
            step.try_set(next);
        });
    };
    let import = Callback::new(move |()| {
        own.set_value(true);
        step.set(Step::Importing);
        cancelling.set(false);
        session.import.set(None);
        let link = session.link();
        spawn_local(async move {
            let next = match link.ask(Request::Import).await {
                Ok(Reply::Imported(report)) => Step::Report(report),
                Ok(_) => Step::Failed { failure: Failure::Internal, while_importing: true },
                Err(failure) => Step::Failed { failure, while_importing: true },
            };
            step.try_set(next);
            session.import.try_set(None);
        });
    });
    let cancel = Callback::new(move |()| {
        cancelling.set(true);
        let link = session.link();
        // The import itself answers with what was stored.
        spawn_local(async move { drop(link.ask(Request::CancelImport).await) });
    });
    let restart = Callback::new(move |()| step.set(Step::Choose));
    view! {
        <Page>
            <div class="page-head">
                <div>
                    <Heading>{t!(i18n, import.title)}</Heading>
                    <p>{t!(i18n, import.intro)}</p>
                </div>
            </div>
            {move || steps(step.read().place(), i18n.get_locale())}
            <div class="stack" aria-live="polite">
                {move || {
                    let locale = i18n.get_locale();
                    match step.get() {
                        Step::Choose => view! { <FileChooser on_files=read/> }.into_any(),
                        Step::Reading => reading(locale).into_any(),
                        Step::Check(preview) => check(&preview, import, restart, locale).into_any(),
                        Step::Importing => view! { <Progress cancelling cancel/> }.into_any(),
                        Step::Report(report) => finished(&report, restart, locale).into_any(),
                        Step::Elsewhere => {
                            view! {
                                <Notice tone=Tone::Synced symbol=Symbol::Saved role="status">
                                    <strong>{td_string!(locale, import.ended)}</strong>
                                    {td_string!(locale, import.ended_text)}
                                </Notice>
                                <FileChooser on_files=read/>
                            }
                                .into_any()
                        }
                        Step::Failed { failure, while_importing } => {
                            view! {
                                <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">
                                    {while_importing.then(|| view! { <strong>{td_string!(locale, import.failed)}</strong> })}
                                    <p>{text::failure(failure, locale)}</p>
                                    {while_importing.then(|| view! { <p>{td_string!(locale, import.failed_text)}</p> })}
                                </Notice>
                                <FileChooser on_files=read/>
                            }
                                .into_any()
                        }
                    }
                }}
            </div>
        </Page>
    }
}

fn steps(now: usize, locale: Locale) -> impl IntoView {
    let names = [
        td_string!(locale, import.step.choose),
        td_string!(locale, import.step.check),
        td_string!(locale, import.step.import_),
        td_string!(locale, import.step.report),
    ];
    view! {
        <ol class="row small import-steps" aria-label=td_string!(locale, import.steps)>
            {names
                .into_iter()
                .enumerate()
                .map(|(index, name)| {
                    let chip = match index.cmp(&now) {
                        std::cmp::Ordering::Less => "chip chip-synced",
                        std::cmp::Ordering::Equal => "chip chip-primary",
                        std::cmp::Ordering::Greater => "chip",
                    };
                    view! {
                        <li aria-current=(index == now).then_some("step")>
                            <span class=chip>
                                {(index < now).then(|| view! { <Icon symbol=Symbol::Check/> })} {index + 1}
                            </span>
                            {name}
                            {(index < now)
                                .then(|| view! { <span class="visually-hidden">" (" {td_string!(locale, import.step.done)} ")"</span> })}
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

fn reading(locale: Locale) -> impl IntoView {
    view! {
        <section class="card card-pad" role="status">
            <p class="row">
                <Spinner/>
                <strong>{td_string!(locale, import.reading)}</strong>
            </p>
            <p class="small quiet">{td_string!(locale, import.reading_text)}</p>
        </section>
    }
}

fn check(preview: &Preview, import: Callback<()>, restart: Callback<()>, locale: Locale) -> impl IntoView + use<> {
    let entries: u32 = preview.types.iter().map(|kind| kind.count).sum();
    let patients = preview.patients;
    let label = if patients > 0 {
        td_string!(locale, import.start, count = patients)
    } else {
        td_string!(locale, import.start_entries).to_owned()
    };
    view! {
        <div class="facts-grid">
            {parts::fact(td_string!(locale, import.files), preview.files, false, locale)}
            {parts::fact(td_string!(locale, import.patients), patients, false, locale)}
            {parts::fact(td_string!(locale, import.entries), entries, false, locale)}
            {parts::fact(td_string!(locale, import.skipped), preview.skipped.len() as u32, true, locale)}
        </div>
        {parts::refused(&preview.refused, locale)}
        {if entries == 0 {
            view! {
                <Notice tone=Tone::Caution symbol=Symbol::Warning>
                    <strong>{td_string!(locale, import.nothing)}</strong>
                </Notice>
            }
        } else {
            view! { <Notice symbol=Symbol::Info>{td_string!(locale, import.allergies_note)}</Notice> }
        }}
        {parts::types(&preview.types, locale)}
        {parts::skipped(&preview.skipped, locale)}
        <div class="row page-actions">
            <button type="button" class="button button-large" on:click=move |_| restart.run(())>
                {td_string!(locale, import.other_files)}
            </button>
            <button
                type="button"
                class="button button-main button-large"
                disabled=entries == 0
                on:click=move |_| import.run(())
            >
                <Icon symbol=Symbol::Download/>
                {label}
            </button>
        </div>
    }
}

#[component]
fn Progress(cancelling: RwSignal<bool>, cancel: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let progress = move || session.import.get().unwrap_or_default();
    let numbers = move || {
        let (progress, locale) = (progress(), i18n.get_locale());
        (progress.total > 0).then(|| {
            let (done, total) =
                (format::number(progress.done.into(), locale), format::number(progress.total.into(), locale));
            td_string!(locale, import.progress, done = done, total = total)
        })
    };
    view! {
        <section class="card card-pad stack">
            <div class="row">
                <h2>{t!(i18n, import.importing)}</h2>
                <span class="push quiet">{numbers}</span>
            </div>
            <progress
                class="progress-bar"
                aria-label=move || t_string!(i18n, import.importing)
                max=move || progress().total.max(1)
                value=move || progress().done
            ></progress>
            <p class="small quiet">
                <bdi>{move || progress().file}</bdi>
            </p>
            <p class="small quiet">{t!(i18n, import.importing_text)}</p>
            <div class="row">
                <button
                    type="button"
                    class="button button-danger-quiet"
                    disabled=cancelling
                    on:click=move |_| cancel.run(())
                >
                    <Icon symbol=Symbol::Close/>
                    {move || {
                        if cancelling.get() { t_string!(i18n, import.cancelling) } else { t_string!(i18n, import.cancel) }
                    }}
                </button>
            </div>
        </section>
    }
}

fn finished(report: &ImportReport, restart: Callback<()>, locale: Locale) -> impl IntoView + use<> {
    view! {
        {if report.cancelled {
            view! {
                <Notice tone=Tone::Caution symbol=Symbol::Warning role="status">
                    <strong>{td_string!(locale, import.cancelled)}</strong>
                    {td_string!(locale, import.cancelled_text)}
                </Notice>
            }
        } else {
            view! {
                <Notice tone=Tone::Synced symbol=Symbol::Saved role="status">
                    <strong>{td_string!(locale, import.done)}</strong>
                </Notice>
            }
        }}
        <div class="facts-grid">
            {parts::fact(td_string!(locale, import.imported), report.imported, false, locale)}
            {parts::fact(td_string!(locale, import.unchanged), report.unchanged, false, locale)}
            {parts::fact(td_string!(locale, import.not_shown), report.not_shown, false, locale)}
            {parts::fact(td_string!(locale, import.skipped), report.skipped.len() as u32, true, locale)}
        </div>
        {parts::refused(&report.refused, locale)}
        {parts::skipped(&report.skipped, locale)}
        {parts::types(&report.types, locale)}
        <Notice symbol=Symbol::Shield>
            <strong>{td_string!(locale, import.delete_title)}</strong>
            {td_string!(locale, import.delete_text)}
        </Notice>
        <div class="row page-actions">
            <button type="button" class="button button-large" on:click=move |_| restart.run(())>
                {td_string!(locale, import.again)}
            </button>
            <a class="button button-main button-large" href="/patients">
                {td_string!(locale, import.to_patients)}
            </a>
        </div>
    }
}
