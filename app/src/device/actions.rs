//! What leaves this device, and ending the session.

use leptos::prelude::*;

use crate::{
    i18n::*,
    kit::{Icon, Symbol},
    state::Session,
};

/// The kit again, all charts as a file, the lock.
pub fn cards(session: Session, kit: RwSignal<bool>, export: RwSignal<bool>, locale: Locale) -> impl IntoView {
    view! {
        <section class="card card-pad stack-s">
            <h2>{td_string!(locale, device.kit)}</h2>
            <p class="small quiet">{td_string!(locale, device.kit_text)}</p>
            <div class="row">
                <button type="button" class="button" on:click=move |_| kit.set(true)>
                    <Icon symbol=Symbol::Key/>
                    {td_string!(locale, device.kit_show)}
                </button>
            </div>
        </section>
        <section class="card card-pad stack-s">
            <h2>{td_string!(locale, device.export)}</h2>
            <p class="small quiet">{td_string!(locale, device.export_text)}</p>
            <div class="row">
                <button type="button" class="button" on:click=move |_| export.set(true)>
                    <Icon symbol=Symbol::Download/>
                    {td_string!(locale, device.export_button)}
                </button>
            </div>
        </section>
        <section class="card card-pad stack-s">
            <h2>{td_string!(locale, device.lock)}</h2>
            <p class="small quiet">{td_string!(locale, device.lock_text)}</p>
            <div class="row">
                <button type="button" class="button button-main" on:click=move |_| session.lock()>
                    <Icon symbol=Symbol::Lock/>
                    {td_string!(locale, device.lock_button)}
                </button>
            </div>
        </section>
    }
}
