//! The kit: shown, printed, saved, and shown to be on paper before anything else goes on.

use client::{
    failure::Failure,
    protocol::{Kit, Reply, Request, Sheet},
};
use leptos::{ev, prelude::*, task::spawn_local};

use super::{Gate, code, create::Steps, kit_file, kit_paper::KitPaper};
use crate::{
    format,
    frame::IdleLock,
    i18n::*,
    kit::{Field, Heading, Icon, Notice, Qr, Symbol, Tone},
    platform,
    state::{self, Phase},
    text,
};

/// The kit of a session that has not confirmed it yet.
#[component]
pub fn KitPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let kit = session.phase.with_untracked(|phase| match phase {
        Phase::KitToConfirm { kit, .. } => Some((**kit).clone()),
        _ => None,
    });
    kit.map(|kit| {
        let confirm = kit.clone();
        view! {
            <IdleLock/>
            <Gate aside=move || view! { <span class="caption">{t!(i18n, onboarding.step, number = 3, of = 3)}</span> }>
                <div class="page">
                    <div class="page-head screen-only">
                        <div>
                            <Heading>{t!(i18n, onboarding.kit.title)}</Heading>
                            <p>{t!(i18n, onboarding.kit.lost)}</p>
                        </div>
                    </div>
                    <div class="columns columns-main">
                        <div class="stack">
                            <KitView kit/>
                            <Confirm kit=confirm/>
                        </div>
                        <Steps at=2_usize/>
                    </div>
                </div>
            </Gate>
        }
    })
}

/// A kit on the screen, with printing and saving; its sheets of paper stand beside it, for the printer only.
#[component]
pub fn KitView(kit: Kit) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let today = format::today();
    let made = format!("{:04}-{:02}-{:02}", today.year, today.month, today.day);
    let saved = kit.clone();
    let saved_on = made.clone();
    let save = move |_| {
        let (name, page) = kit_file::kit(&saved, &saved_on, i18n.get_locale_untracked());
        session.link().save_file(&name, page.as_bytes());
    };
    let groups = kit.groups.iter().map(|group| view! { <span>{group.clone()}</span> }).collect_view();
    let words = kit
        .practice_words
        .split_whitespace()
        .map(|word| view! { <li><bdi>{word.to_owned()}</bdi></li> })
        .collect_view();
    let (practice, server) = (kit.practice_name.clone(), kit.server.clone());
    let qr_label = Signal::derive(move || t_string!(i18n, onboarding.kit.qr).to_owned());
    view! {
        <section class="card card-pad stack screen-only">
            <div class="row">
                <h2 class="grow">{t!(i18n, onboarding.kit.of, practice = move || view! { <bdi>{practice.clone()}</bdi> })}</h2>
                <span class="chip chip-locked">
                    <Icon symbol=Symbol::Lock/>
                    {t!(i18n, onboarding.kit.only_here)}
                </span>
            </div>
            <div class="secret-key" role="group" aria-label=move || t_string!(i18n, onboarding.kit.code)>{groups}</div>
            <p class="small quiet">{t!(i18n, onboarding.kit.letters)}</p>
            <div class="columns columns-2">
                <figure class="qr">
                    <Qr text=kit.qr.clone() label=qr_label/>
                    <figcaption>{t!(i18n, onboarding.kit.qr_only)}</figcaption>
                </figure>
                <div class="stack-s">
                    <h3>{t!(i18n, onboarding.kit.words)}</h3>
                    <p class="small quiet">{t!(i18n, onboarding.kit.words_text)}</p>
                    <ol class="words">{words}</ol>
                    <p class="small">{t!(i18n, onboarding.kit.server, address = move || view! { <bdi dir="ltr">{server.clone()}</bdi> })}</p>
                </div>
            </div>
            <div class="row">
                <button type="button" class="button button-main button-large" on:click=move |_| platform::print()>
                    <Icon symbol=Symbol::Print/>
                    {t!(i18n, onboarding.kit.print)}
                </button>
                <button type="button" class="button button-large" on:click=save>
                    <Icon symbol=Symbol::Download/>
                    {t!(i18n, onboarding.kit.save)}
                </button>
            </div>
            <Notice tone=Tone::Caution symbol=Symbol::Warning>
                <strong>{t!(i18n, onboarding.kit.no_photo)}</strong>
                {t!(i18n, onboarding.kit.no_photo_text)}
            </Notice>
        </section>
        {(!kit.sheets.is_empty()).then(|| view! { <Sheets kit=kit.clone() made=made.clone()/> })}
        <KitPaper kit made/>
    }
}

/// The recovery sheets: each is to be kept in another place, so each is saved on its own.
#[component]
fn Sheets(kit: Kit, made: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let first = kit.sheets.first().cloned().unwrap_or(Sheet { number: 1, of: 1, needed: 1, code: String::new() });
    let saves = kit
        .sheets
        .iter()
        .cloned()
        .map(|sheet| {
            let (kit, made, number) = (kit.clone(), made.clone(), sheet.number);
            let save = move |_| {
                let (name, page) = kit_file::sheet(&kit, &sheet, &made, i18n.get_locale_untracked());
                session.link().save_file(&name, page.as_bytes());
            };
            view! {
                <button type="button" class="button" on:click=save>
                    <Icon symbol=Symbol::Download/>
                    {t!(i18n, onboarding.sheets.save, number = number)}
                </button>
            }
        })
        .collect_view();
    view! {
        <section class="card card-pad stack screen-only">
            <h2>{t!(i18n, onboarding.sheets.title)}</h2>
            <p>{t!(i18n, onboarding.sheets.text, needed = first.needed, of = first.of)}</p>
            <p class="small quiet">{t!(i18n, onboarding.sheets.apart)}</p>
            <div class="row">{saves}</div>
        </section>
    }
}

/// Groups of the code, typed back from the paper.
#[component]
fn Confirm(kit: Kit) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let asked: Vec<(u32, String)> =
        kit.confirm.iter().map(|at| (*at, kit.groups.get(*at as usize).cloned().unwrap_or_default())).collect();
    let fields: Vec<(RwSignal<String>, RwSignal<String>)> =
        asked.iter().map(|_| (RwSignal::new(String::new()), RwSignal::new(String::new()))).collect();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let list = asked.iter().map(|(at, _)| (at + 1).to_string()).collect::<Vec<_>>().join(", ");

    let views = asked
        .iter()
        .zip(&fields)
        .map(|((at, _), (value, fault))| {
            let number = at + 1;
            view! {
                <Field
                    label=move || t!(i18n, onboarding.kit.group, number = number)
                    value=*value
                    fault=*fault
                    code=true
                    required=true
                />
            }
        })
        .collect_view();
    let confirm = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let wrong = t_string!(i18n, onboarding.kit.group_differs);
        let mut fine = true;
        for ((_, group), (value, fault)) in asked.iter().zip(&fields) {
            let same = code::same_group(&value.read_untracked(), group);
            fault.set(if same { String::new() } else { wrong.to_owned() });
            fine &= same;
        }
        if !fine {
            request_animation_frame(|| platform::focus("form [aria-invalid]"));
            return;
        }
        busy.set(true);
        failure.set(None);
        let groups = fields.iter().map(|(value, _)| value.get_untracked()).collect();
        spawn_local(async move {
            match session.link().ask(Request::ConfirmKit { groups }).await {
                Ok(Reply::Done) => {
                    let opened = session.phase.with_untracked(|phase| match phase {
                        Phase::KitToConfirm { opened, .. } => Some(opened.clone()),
                        _ => None,
                    });
                    if let Some(mut opened) = opened {
                        opened.kit_to_confirm = false;
                        session.phase.set(Phase::Unlocked(opened));
                    }
                }
                other => {
                    failure.try_set(Some(other.err().unwrap_or(Failure::Internal)));
                    busy.try_set(false);
                }
            }
        });
    };
    view! {
        <form class="card card-pad stack screen-only" on:submit=confirm novalidate=true>
            <h2>{t!(i18n, onboarding.kit.show)}</h2>
            <p class="small quiet">{t!(i18n, onboarding.kit.show_text, groups = list)}</p>
            <div class="fields">{views}</div>
            {move || {
                failure
                    .get()
                    .map(|why| {
                        view! {
                            <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">
                                {text::failure(why, i18n.get_locale())}
                            </Notice>
                        }
                    })
            }}
            <div class="form-foot">
                <button type="button" class="button" on:click=move |_| session.lock()>
                    <Icon symbol=Symbol::Lock/>
                    {t!(i18n, onboarding.kit.later)}
                </button>
                <button type="submit" class="button button-main button-large" disabled=move || busy.get()>
                    {t!(i18n, onboarding.kit.have_it)}
                </button>
            </div>
        </form>
    }
}
