//! How long this device opens without its server, and what that costs.

use client::{
    failure::Failure,
    protocol::{DeviceInfo, Reply, Request},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    format,
    i18n::*,
    kit::{Dialog, Notice, PasswordField, Segments, Spinner, Symbol, Tone},
    state, text,
};

/// The hours that can be chosen; 0 is never.
const HOURS: [u32; 5] = [0, 12, 24, 72, 168];

pub fn card(info: &DeviceInfo, change: RwSignal<bool>, locale: Locale) -> impl IntoView + use<> {
    let now = if info.offline_hours == 0 {
        td_string!(locale, device.offline_off).to_owned()
    } else {
        hours(info.offline_hours, locale)
    };
    let until = (info.offline_hours > 0 && info.offline_until_ms > 0)
        .then(|| td_string!(locale, device.offline_now, when = format::instant(info.offline_until_ms as f64, locale)));
    view! {
        <section class="card card-pad stack-s">
            <h2>{td_string!(locale, device.offline)}</h2>
            <p>
                <strong>{now}</strong>
                {until.map(|until| view! { " · " <bdi>{until}</bdi> })}
            </p>
            <p class="small quiet">{td_string!(locale, device.offline_text)}</p>
            <p class="small quiet">{td_string!(locale, device.offline_limit)}</p>
            <div class="row">
                <button type="button" class="button" on:click=move |_| change.set(true)>
                    {td_string!(locale, device.offline_change)}
                </button>
            </div>
        </section>
    }
}

fn hours(count: u32, locale: Locale) -> String {
    td_string!(locale, device.offline_set, count = count)
}

/// Asks for the hours and the password.
#[component]
pub fn OfflineDialog(now: u32, on_saved: Callback<DeviceInfo>, on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let chosen = RwSignal::new(now);
    let password = RwSignal::new(String::new());
    let saving = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let choices: Vec<(u32, ViewFn)> = HOURS
        .into_iter()
        .map(|count| {
            let word: ViewFn = (move || {
                let locale = i18n.get_locale();
                if count == 0 { td_string!(locale, device.offline_never).to_owned() } else { hours(count, locale) }
            })
            .into();
            (count, word)
        })
        .collect();
    let save = Callback::new(move |()| {
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        failed.set(None);
        let request = Request::SetOfflineHours { hours: chosen.get_untracked(), password: password.get_untracked() };
        let link = session.link();
        spawn_local(async move {
            let answer = link.ask(request).await;
            saving.try_set(false);
            match answer {
                Ok(Reply::Device(info)) => drop(on_saved.try_run(info)),
                Ok(_) => drop(failed.try_set(Some(Failure::Internal))),
                Err(failure) => drop(failed.try_set(Some(failure))),
            }
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    view! {
        <Dialog
            title=move || t!(i18n, device.offline_title)
            on_close
            foot=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| on_close.run(())>
                        {t!(i18n, common.cancel)}
                    </button>
                    <button
                        type="button"
                        class="button button-main"
                        aria-disabled=move || saving.get().then_some("true")
                        on:click=move |_| save.run(())
                    >
                        {move || saving.get().then(|| view! { <Spinner/> })}
                        {move || if saving.get() { t_string!(i18n, device.saving) } else { t_string!(i18n, device.save) }}
                    </button>
                }
            }
        >
            <Notice tone=Tone::Caution symbol=Symbol::Warning>{t!(i18n, device.offline_limit)}</Notice>
            <form class="stack" on:submit=submit>
                <Segments
                    label=Signal::derive(move || t_string!(i18n, device.hours).to_owned())
                    chosen
                    choices
                    on_choose=Callback::new(move |hours| chosen.set(hours))
                />
                <PasswordField label=move || t!(i18n, device.password) value=password complete="current-password"/>
                <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            </form>
            <div aria-live="assertive">
                {move || {
                    failed
                        .get()
                        .map(|failure| {
                            view! { <Notice tone=Tone::Danger symbol=Symbol::Warning>{text::failure(failure, i18n.get_locale())}</Notice> }
                        })
                }}
            </div>
        </Dialog>
    }
}
