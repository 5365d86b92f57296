//! Where the work is: one chip, always in sight, always exactly one state.

use std::time::Duration;

use client::{failure::Failure, protocol::SyncState};
use leptos::prelude::*;

use crate::{
    i18n::*,
    kit::{Icon, Symbol},
    platform, state, text,
};

/// What the chip says: the state in a word, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub class: &'static str,
    pub symbol: Symbol,
    pub head: String,
    pub tail: String,
}

/// The chip for a state at a moment.
pub fn chip(state: &SyncState, now_ms: f64, locale: Locale) -> Chip {
    let waiting_text = |waiting: u32| td_string!(locale, common.sync.waiting, count = waiting);
    match *state {
        SyncState::Synced { at_ms } => Chip {
            class: "sync sync-synced",
            symbol: Symbol::Saved,
            head: td_string!(locale, common.sync.saved).into(),
            tail: text::ago(at_ms as f64, now_ms, locale),
        },
        SyncState::Sending { waiting: 0 } => Chip {
            class: "sync sync-sending",
            symbol: Symbol::Sending,
            head: td_string!(locale, common.sync.reaching).into(),
            tail: td_string!(locale, common.sync.to_server).into(),
        },
        SyncState::Sending { waiting } => Chip {
            class: "sync sync-sending",
            symbol: Symbol::Sending,
            head: td_string!(locale, common.sync.sending, count = waiting),
            tail: td_string!(locale, common.sync.to_server).into(),
        },
        SyncState::Receiving { done, total } => Chip {
            class: "sync sync-sending",
            symbol: Symbol::Receiving,
            head: td_string!(locale, common.sync.receiving).into(),
            tail: if total == 0 {
                td_string!(locale, common.sync.from_server).into()
            } else {
                let [done, total] = [done, total].map(|count| crate::format::number(count, locale));
                td_string!(locale, common.sync.received, done = done, total = total)
            },
        },
        SyncState::Offline { waiting, .. } => Chip {
            class: "sync sync-offline",
            symbol: Symbol::Offline,
            head: td_string!(locale, common.sync.offline).into(),
            tail: if waiting == 0 { td_string!(locale, common.sync.saved_here).into() } else { waiting_text(waiting) },
        },
        SyncState::Stuck { why: Failure::DeviceRevoked, .. } => Chip {
            class: "sync sync-stopped",
            symbol: Symbol::Stopped,
            head: td_string!(locale, common.sync.removed).into(),
            tail: td_string!(locale, common.sync.stuck).into(),
        },
        SyncState::Stuck { waiting, .. } => Chip {
            class: "sync sync-conflict",
            symbol: Symbol::Here,
            head: td_string!(locale, common.sync.here).into(),
            tail: if waiting == 0 { td_string!(locale, common.sync.stuck).into() } else { waiting_text(waiting) },
        },
    }
}

/// The chip; leads to what is on this device.
#[component]
pub fn SyncChip() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    // Zero until the first effect: no clock is read while rendering.
    let now = RwSignal::new(0.0);
    Effect::new(move |_| {
        session.sync.track();
        now.set(platform::now_ms());
    });
    Effect::new(move |_| {
        let beat = set_interval_with_handle(move || now.set(platform::now_ms()), Duration::from_secs(20));
        on_cleanup(move || {
            if let Ok(beat) = beat {
                beat.clear();
            }
        });
    });
    let chip = Memo::new(move |_| chip(&session.sync.read(), now.get(), i18n.get_locale()));
    view! {
        <div role="status" class="sync-status">
            {move || {
                let Chip { class, symbol, head, tail } = chip.get();
                view! {
                    <a class=class href="/device">
                        <Icon symbol/>
                        <span>
                            {head}
                            <span class="long">
                                <span class="sep">" · "</span>
                                <bdi>{tail}</bdi>
                            </span>
                        </span>
                    </a>
                }
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(state: SyncState, locale: Locale) -> String {
        let chip = chip(&state, 1_000_000.0, locale);
        format!("{} · {}", chip.head, chip.tail)
    }

    #[test]
    fn every_state_is_said_in_the_words_of_the_design() {
        assert_eq!(said(SyncState::Synced { at_ms: 880_000 }, Locale::en), "Saved · 2 min ago");
        assert_eq!(said(SyncState::Synced { at_ms: 880_000 }, Locale::fr), "Enregistré · il y a 2 min");
        assert_eq!(said(SyncState::Sending { waiting: 3 }, Locale::fr), "Envoi de 3 · vers le serveur");
        assert_eq!(said(SyncState::Offline { since_ms: 0, waiting: 0 }, Locale::en), "Offline · saved here");
        assert_eq!(said(SyncState::Receiving { done: 1500, total: 12000 }, Locale::en), "Fetching · 1,500 of 12,000");
        let stuck = SyncState::Stuck { waiting: 3, why: Failure::ServerFailed };
        assert_eq!(said(stuck, Locale::fr), "Enregistré ici · 3 à envoyer");
    }

    #[test]
    fn offline_is_grey_and_a_removed_device_is_red() {
        assert_eq!(chip(&SyncState::Offline { since_ms: 0, waiting: 9 }, 0.0, Locale::en).class, "sync sync-offline");
        let removed = SyncState::Stuck { waiting: 1, why: Failure::DeviceRevoked };
        assert_eq!(chip(&removed, 0.0, Locale::en).class, "sync sync-stopped");
    }
}
