//! Brings a further device into the practice: the code of the kit, typed or scanned, and the password.

use client::{
    failure::Failure,
    protocol::{Reply, Request},
};
use leptos::{ev, prelude::*, task::spawn_local};

use super::{Gate, code, create::device_name, scan::Scanner};
use crate::{
    i18n::*,
    kit::{Field, Heading, Icon, Notice, PasswordField, Spinner, Symbol, Tone},
    platform,
    state::{self, Phase},
    text,
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let typed = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let device = RwSignal::new(device_name(i18n.get_locale_untracked()));
    let scanning = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let missing = move |value: RwSignal<String>| {
        let missing = tried.get() && value.read().trim().is_empty();
        if missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
    };
    let code_fault = Signal::derive(move || match failure.get() {
        Some(why @ Failure::KitMistyped { .. }) => text::failure(why, i18n.get_locale()),
        _ => missing(typed),
    });
    let other = move || failure.get().filter(|why| !matches!(why, Failure::KitMistyped { .. }));
    let found = Callback::new(move |text: String| {
        typed.set(text);
        scanning.set(false);
        failure.set(None);
        request_animation_frame(|| platform::focus("form input[type=password]"));
    });
    let tidy = move |_| {
        let tidied = code::tidy(&typed.read_untracked());
        if tidied != *typed.read_untracked() {
            typed.set(tidied);
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        failure.set(None);
        if [typed, password, device].iter().any(|value| value.read_untracked().trim().is_empty()) {
            request_animation_frame(|| platform::focus("form [aria-invalid]"));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        scanning.set(false);
        let request = Request::SignIn {
            code: typed.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            device_name: device.get_untracked().trim().to_owned(),
        };
        spawn_local(async move {
            match session.link().ask(request).await {
                Ok(Reply::Unlocked(opened)) => drop(session.phase.try_set(Phase::Unlocked(opened))),
                other => {
                    failure.try_set(Some(other.err().unwrap_or(Failure::Internal)));
                    busy.try_set(false);
                    request_animation_frame(|| platform::focus("form [aria-invalid]"));
                }
            }
        });
    };
    view! {
        <Gate>
            <div class="page page-narrow">
                <div class="page-head">
                    <div>
                        <Heading>{t!(i18n, onboarding.sign_in.title)}</Heading>
                        <p>{t!(i18n, onboarding.sign_in.text)}</p>
                    </div>
                </div>
                <form class="stack" on:submit=submit novalidate=true>
                    {move || {
                        other()
                            .map(|why| {
                                view! {
                                    <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">
                                        {text::failure(why, i18n.get_locale())}
                                    </Notice>
                                }
                            })
                    }}
                    <section class="card card-pad stack">
                        <div on:focusout=tidy>
                            <Field
                                label=move || t!(i18n, onboarding.sign_in.code)
                                hint=move || t!(i18n, onboarding.sign_in.code_hint)
                                value=typed
                                fault=code_fault
                                code=true
                                required=true
                            />
                        </div>
                        <div class="row">
                            <button
                                type="button"
                                class="button"
                                aria-expanded=move || scanning.get().to_string()
                                on:click=move |_| scanning.update(|scanning| *scanning = !*scanning)
                            >
                                <Icon symbol=Symbol::Camera/>
                                {move || {
                                    if scanning.get() {
                                        t!(i18n, onboarding.scan.stop).into_any()
                                    } else {
                                        t!(i18n, onboarding.scan.start).into_any()
                                    }
                                }}
                            </button>
                        </div>
                        <Show when=move || scanning.get()>
                            <Scanner on_found=found/>
                        </Show>
                        <PasswordField
                            label=move || t!(i18n, onboarding.password)
                            hint=move || t!(i18n, onboarding.sign_in.password_hint)
                            value=password
                            fault=Signal::derive(move || missing(password))
                            complete="current-password"
                        />
                        <Field
                            label=move || t!(i18n, onboarding.device_name)
                            hint=move || t!(i18n, onboarding.device_name_hint)
                            value=device
                            fault=Signal::derive(move || missing(device))
                            required=true
                        />
                    </section>
                    <div class="form-foot">
                        <button type="submit" class="button button-main button-large" disabled=move || busy.get()>
                            {move || if busy.get() { view! { <Spinner/> }.into_any() } else { view! { <Icon symbol=Symbol::Key/> }.into_any() }}
                            {t!(i18n, onboarding.sign_in.open)}
                        </button>
                    </div>
                    <p class="small quiet" role="status">
                        <Show when=move || busy.get()>{t!(i18n, onboarding.sign_in.working)}</Show>
                    </p>
                </form>
            </div>
        </Gate>
    }
}
