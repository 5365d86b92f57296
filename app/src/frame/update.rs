//! A new version is downloaded and waits: the person decides when it takes over, because that locks the device.

use leptos::{ev, prelude::*};

use crate::{
    i18n::*,
    kit::{Icon, Symbol},
    platform,
};

#[component]
pub fn UpdateNotice() -> impl IntoView {
    let i18n = use_i18n();
    let waiting = RwSignal::new(false);
    Effect::new(move |_| {
        waiting.set(platform::update_waits());
        let listener =
            window_event_listener(ev::Custom::<ev::Event>::new("ampoule-update"), move |_| waiting.set(true));
        on_cleanup(move || listener.remove());
    });
    view! {
        <Show when=move || waiting.get()>
            <div class="toast toast-fixed no-print" role="status">
                <Icon symbol=Symbol::Again/>
                <div>
                    <strong>{t!(i18n, onboarding.update.title)}</strong>
                    <p class="small">{t!(i18n, onboarding.update.text)}</p>
                </div>
                <button type="button" class="button" on:click=move |_| platform::accept_update()>
                    {t!(i18n, onboarding.update.now)}
                </button>
                <button type="button" class="button" on:click=move |_| waiting.set(false)>
                    {t!(i18n, onboarding.update.later)}
                </button>
            </div>
        </Show>
    }
}
