//! The frame around the pages of an open device: navigation, the state of the sync, who is here, warnings, the lock.

mod alarms;
mod compare;
mod idle;
mod keys;
mod settings;
mod sync;
mod update;

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use crate::{
    format,
    i18n::*,
    kit::{Icon, Mark, Symbol},
    state,
};
use alarms::Alarms;
use compare::CompareWords;
pub use idle::IdleLock;
use keys::Keys;
pub use settings::{LanguageChoice, SettingsButton};
pub use sync::SyncChip;
pub use update::UpdateNotice;

/// The frame; `children` are the pages.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="skip" href="#content" on:click=move |event| {
            // The address is the router's; move the focus only.
            event.prevent_default();
            crate::platform::focus("#content");
        }>
            {t!(i18n, common.skip)}
        </a>
        <div class="app">
            <header class="topbar">
                <PlaceName/>
                <SettingsButton/>
                <SyncChip/>
                <UserChip/>
            </header>
            <main class="main" id="content" tabindex="-1">
                <Alarms/>
                {children()}
            </main>
            <nav class="nav" aria-label=move || t_string!(i18n, common.nav.label)>
                <div class="brand">
                    <Mark/>
                    <span>{t!(i18n, common.ampoule)}</span>
                </div>
                <ul>
                    <li><A href="/patients"><Icon symbol=Symbol::Patients/>{t!(i18n, common.nav.patients)}</A></li>
                    <li><A href="/import"><Icon symbol=Symbol::Upload/>{t!(i18n, common.nav.import_)}</A></li>
                    <li><A href="/device"><Icon symbol=Symbol::Here/>{t!(i18n, common.nav.device)}</A></li>
                    <li><A href="/limits"><Icon symbol=Symbol::Shield/>{t!(i18n, common.nav.limits)}</A></li>
                </ul>
                <div class="rail-end">
                    <SettingsButton/>
                    <SyncChip/>
                    <UserChip/>
                </div>
            </nav>
        </div>
        <CompareWords/>
        <IdleLock/>
        <Keys/>
    }
}

/// Where the person is, in the bar on top of a narrow screen.
#[component]
fn PlaceName() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    view! { <p class="place" aria-hidden="true">{move || place(&path.read(), i18n.get_locale())}</p> }
}

/// The name of a place, by its address. It says nothing of a patient.
pub fn place(path: &str, locale: Locale) -> &'static str {
    match path.split('/').nth(1) {
        Some("import") => td_string!(locale, common.nav.import_),
        Some("device") => td_string!(locale, common.nav.device),
        Some("limits") => td_string!(locale, common.nav.limits),
        _ => td_string!(locale, common.nav.patients),
    }
}

/// Who is here; one tap locks.
#[component]
fn UserChip() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let name = move || session.opened().map(|opened| opened.person_name).unwrap_or_default();
    view! {
        <button type="button" class="user-chip" on:click=move |_| session.lock()>
            <span class="avatar" aria-hidden="true">{move || format::initials(&name())}</span>
            <span>
                <bdi>{name}</bdi>
                <small>{t!(i18n, common.lock.lock)}</small>
            </span>
        </button>
    }
}
