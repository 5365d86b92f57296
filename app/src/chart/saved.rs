//! Where what was just saved is: here, or on the server too.

use client::protocol::SyncState;
use leptos::prelude::*;

use crate::{
    i18n::*,
    kit::{Icon, Symbol},
    state,
};

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Note,
    Vitals,
    Details,
    Choice,
}

/// Stands until it is dismissed or something else is saved. Shown only after the worker's answer.
#[component]
pub fn SavedLine(saved: RwSignal<Option<What>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let text = move |what| match what {
        What::Note => t_string!(i18n, chart.saved.note),
        What::Vitals => t_string!(i18n, chart.saved.vitals),
        What::Details => t_string!(i18n, chart.saved.details),
        What::Choice => t_string!(i18n, chart.saved.choice),
    };
    let place = move || match *session.sync.read() {
        SyncState::Synced { .. } => t_string!(i18n, chart.saved.on_server),
        SyncState::Sending { .. } | SyncState::Receiving { .. } => t_string!(i18n, chart.saved.to_send),
        SyncState::Offline { .. } => t_string!(i18n, chart.saved.offline),
        SyncState::Stuck { .. } => t_string!(i18n, chart.saved.stuck),
    };
    view! {
        <div role="status">
            {move || {
                saved
                    .get()
                    .map(|what| {
                        view! {
                            <div class="saved-line">
                                <Icon symbol=Symbol::Here/>
                                <span>{move || text(what)} " · " {place}</span>
                                <button
                                    type="button"
                                    class="button button-icon"
                                    aria-label=move || t_string!(i18n, chart.saved.dismiss)
                                    on:click=move |_| saved.set(None)
                                >
                                    <Icon symbol=Symbol::Close/>
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
