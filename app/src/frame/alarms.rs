//! What an honest server and a sound disk would not do, shown until the person has seen it.

use leptos::prelude::*;

use crate::{
    i18n::*,
    kit::{Notice, Symbol, Tone},
    state, text,
};

#[component]
pub fn Alarms() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let any = move || !session.alarms.read().is_empty();
    view! {
        <Show when=any>
            <section class="alarms" aria-label=move || t_string!(i18n, common.alarm.label)>
                {move || {
                    session
                        .alarms
                        .get()
                        .into_iter()
                        .map(|alarm| {
                            let (what, then) = text::alarm(&alarm, i18n.get_locale());
                            let tone = if text::is_grave(&alarm) { Tone::Danger } else { Tone::Caution };
                            let dismiss = move |_| session.alarms.update(|alarms| alarms.retain(|other| *other != alarm));
                            view! {
                                <Notice tone symbol=Symbol::Warning role="alert">
                                    <strong>{what}</strong>
                                    {then}
                                    <div class="row">
                                        <button type="button" class="button" on:click=dismiss>
                                            {t!(i18n, common.alarm.dismiss)}
                                        </button>
                                    </div>
                                </Notice>
                            }
                        })
                        .collect_view()
                }}
            </section>
        </Show>
    }
}
