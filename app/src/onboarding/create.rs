//! Makes a practice: its name and yours, a password, then keys. The kit follows on its own page.

use client::{
    failure::Failure,
    protocol::{Reply, Request, Session as Opened},
};
use leptos::{ev, prelude::*, task::spawn_local};

use super::{Gate, PasswordChoice, password};
use crate::{
    i18n::*,
    kit::{Field, Heading, Icon, Notice, Spinner, Symbol, Tone},
    platform::{self, DeviceKind},
    state::{self, Phase},
    text,
};

/// Minutes until the lock while the session does not say another time yet.
const LOCK_AFTER_MIN: u32 = 5;

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Names,
    Password,
    Making,
}

#[component]
pub fn CreatePage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let step = RwSignal::new(Step::Names);
    let practice = RwSignal::new(String::new());
    let person = RwSignal::new(String::new());
    let device = RwSignal::new(device_name(i18n.get_locale_untracked()));
    let password = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);

    let make = move || {
        step.set(Step::Making);
        failure.set(None);
        let request = Request::CreatePractice {
            practice_name: practice.get_untracked().trim().to_owned(),
            person_name: person.get_untracked().trim().to_owned(),
            device_name: device.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            match session.link().ask(request).await {
                Ok(Reply::Kit(kit)) => {
                    let opened = Opened {
                        practice_name: kit.practice_name.clone(),
                        person_name: kit.person_name.clone(),
                        device_name: device.try_get_untracked().unwrap_or_default(),
                        kit_to_confirm: true,
                        lock_after_min: LOCK_AFTER_MIN,
                        head_words: String::new(),
                    };
                    session.phase.try_set(Phase::KitToConfirm { kit: Box::new(kit), opened });
                }
                Ok(_) => back(step, failure, Failure::Internal),
                Err(refused) => back(step, failure, refused),
            }
        });
    };
    let aside = move || {
        let number = if step.get() == Step::Names { 1 } else { 2 };
        view! { <span class="caption">{t!(i18n, onboarding.step, number = number, of = 3)}</span> }
    };
    view! {
        <Gate aside>
            <div class="page">
                <div class="columns columns-main">
                    {move || match step.get() {
                        Step::Names => view! { <Names practice person device on_next=Callback::new(move |()| step.set(Step::Password))/> }.into_any(),
                        Step::Password => {
                            view! {
                                <Password
                                    password
                                    again
                                    failure
                                    on_back=Callback::new(move |()| step.set(Step::Names))
                                    on_make=Callback::new(move |()| make())
                                />
                            }
                                .into_any()
                        }
                        Step::Making => view! { <Making/> }.into_any(),
                    }}
                    <Steps at=Signal::derive(move || if step.get() == Step::Names { 0 } else { 1 })/>
                </div>
            </div>
        </Gate>
    }
}

/// A name for this device that a person recognises, from what the browser says about itself.
pub(super) fn device_name(locale: Locale) -> String {
    let (kind, browser) = platform::browser();
    let kind = match kind {
        DeviceKind::Tablet => td_string!(locale, onboarding.device_tablet),
        DeviceKind::Phone => td_string!(locale, onboarding.device_phone),
        DeviceKind::Computer => td_string!(locale, onboarding.device_computer),
    };
    if browser.is_empty() { kind.to_owned() } else { format!("{kind}, {browser}") }
}

fn back(step: RwSignal<Step>, failure: RwSignal<Option<Failure>>, why: Failure) {
    failure.try_set(Some(why));
    step.try_set(Step::Password);
}

#[component]
fn Names(
    practice: RwSignal<String>,
    person: RwSignal<String>,
    device: RwSignal<String>,
    on_next: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let tried = RwSignal::new(false);
    let fault = move |value: RwSignal<String>| {
        Signal::derive(move || {
            let missing = tried.get() && value.read().trim().is_empty();
            if missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
        })
    };
    let next = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if [practice, person, device].iter().all(|value| !value.read_untracked().trim().is_empty()) {
            on_next.run(());
        } else {
            request_animation_frame(|| platform::focus("form [aria-invalid]"));
        }
    };
    view! {
        <form class="stack" on:submit=next novalidate=true>
            <div class="page-head">
                <div>
                    <Heading>{t!(i18n, onboarding.create.title)}</Heading>
                    <p>{t!(i18n, onboarding.create.text)}</p>
                </div>
            </div>
            <section class="card card-pad stack">
                <Field
                    label=move || t!(i18n, onboarding.create.practice)
                    hint=move || t!(i18n, onboarding.create.practice_hint)
                    value=practice
                    fault=fault(practice)
                    complete="organization"
                    required=true
                />
                <Field
                    label=move || t!(i18n, onboarding.create.person)
                    hint=move || t!(i18n, onboarding.create.person_hint)
                    value=person
                    fault=fault(person)
                    complete="name"
                    required=true
                />
                <Field
                    label=move || t!(i18n, onboarding.device_name)
                    hint=move || t!(i18n, onboarding.device_name_hint)
                    value=device
                    fault=fault(device)
                    required=true
                />
            </section>
            <div class="form-foot">
                <button type="submit" class="button button-main button-large">{t!(i18n, common.continue_)}</button>
            </div>
        </form>
    }
}

#[component]
fn Password(
    password: RwSignal<String>,
    again: RwSignal<String>,
    failure: RwSignal<Option<Failure>>,
    on_back: Callback<()>,
    on_make: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let faults = RwSignal::new((String::new(), String::new()));
    let weak = move || failure.get() == Some(Failure::WeakPassword);
    let fault =
        Signal::derive(
            move || {
                if weak() { text::failure(Failure::WeakPassword, i18n.get_locale()) } else { faults.get().0 }
            },
        );
    let make = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let checked = password::check(&password.read_untracked(), &again.read_untracked(), i18n.get_locale_untracked());
        let fine = checked.0.is_empty() && checked.1.is_empty();
        failure.set(None);
        faults.set(checked);
        if fine {
            on_make.run(());
        } else {
            request_animation_frame(|| platform::focus("form [aria-invalid]"));
        }
    };
    view! {
        <form class="stack" on:submit=make novalidate=true>
            <div class="page-head">
                <div>
                    <Heading>{t!(i18n, onboarding.create.password_title)}</Heading>
                    <p>{t!(i18n, onboarding.create.password_text)}</p>
                </div>
            </div>
            {move || {
                failure
                    .get()
                    .filter(|why| *why != Failure::WeakPassword)
                    .map(|why| {
                        view! {
                            <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">
                                {text::failure(why, i18n.get_locale())}
                            </Notice>
                        }
                    })
            }}
            <section class="card card-pad stack">
                <PasswordChoice password again fault again_fault=Signal::derive(move || faults.get().1)/>
            </section>
            <div class="form-foot">
                <button type="button" class="button" on:click=move |_| on_back.run(())>{t!(i18n, common.back)}</button>
                <button type="submit" class="button button-main button-large">
                    <Icon symbol=Symbol::Key/>
                    {t!(i18n, onboarding.create.make)}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Making() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="stack">
            <div class="page-head">
                <div>
                    <Heading>{t!(i18n, onboarding.create.making)}</Heading>
                </div>
            </div>
            <div class="starting card" role="status">
                <Spinner/>
                <p>{t!(i18n, onboarding.create.making_text)}</p>
            </div>
        </div>
    }
}

/// The steps, and which of them this is.
#[component]
pub(super) fn Steps(#[prop(into)] at: Signal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let class = move |step: usize| {
        move || match at.get() {
            now if now > step => Some("done"),
            now if now == step => Some("now"),
            _ => None,
        }
    };
    let current = move |step: usize| move || (at.get() == step).then_some("step");
    view! {
        <ol class="steps card card-pad screen-only" aria-label=move || t_string!(i18n, onboarding.steps.label)>
            <li class=class(0) aria-current=current(0)>
                <strong>{t!(i18n, onboarding.steps.names)}</strong>
                <p>{t!(i18n, onboarding.steps.names_text)}</p>
            </li>
            <li class=class(1) aria-current=current(1)>
                <strong>{t!(i18n, onboarding.steps.password)}</strong>
                <p>{t!(i18n, onboarding.steps.password_text)}</p>
            </li>
            <li class=class(2) aria-current=current(2)>
                <strong>{t!(i18n, onboarding.steps.kit)}</strong>
                <p>{t!(i18n, onboarding.steps.kit_text)}</p>
            </li>
        </ol>
    }
}
