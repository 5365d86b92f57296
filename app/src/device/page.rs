//! The page: asks once, and again whenever something changed or was sent.

use client::{
    failure::Failure,
    protocol::{DeviceInfo, Kit, Reply, Request, SyncState},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    actions, facts,
    kit::KitDialog,
    offline::{self, OfflineDialog},
};
use crate::{
    chart::FileDialog,
    i18n::*,
    kit::{Heading, Icon, Notice, Page, Spinner, Symbol, Tone},
    onboarding::KitView,
    state, text,
};

#[component]
pub fn DevicePage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let info = RwSignal::new(None::<Result<DeviceInfo, Failure>>);
    let (change, ask_kit, export) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let kit = RwSignal::new(None::<Kit>);
    // Not with every step of a long fetch: with its beginning and end, and with what waits.
    let sync = Memo::new(move |_| {
        let sync = session.sync.read();
        let waiting = match *sync {
            SyncState::Offline { waiting, .. } | SyncState::Sending { waiting } | SyncState::Stuck { waiting, .. } => {
                waiting
            }
            _ => 0,
        };
        (std::mem::discriminant(&*sync), waiting)
    });
    Effect::new(move |_| {
        session.changed.track();
        sync.track();
        let link = session.link();
        spawn_local(async move {
            let answer = match link.ask(Request::Device).await {
                Ok(Reply::Device(info)) => Ok(info),
                Ok(_) => Err(Failure::Internal),
                Err(failure) => Err(failure),
            };
            if info.try_with_untracked(|info| info.as_ref() != Some(&answer)) == Some(true) {
                info.try_set(Some(answer));
            }
        });
    });
    let sync_now = move |_| {
        let link = session.link();
        // The state of the sync tells what came of it.
        spawn_local(async move { drop(link.ask(Request::SyncNow).await) });
    };
    let saved = Callback::new(move |answer| {
        info.set(Some(Ok(answer)));
        change.set(false);
    });
    let hours = move || {
        info.with_untracked(|info| {
            info.as_ref().and_then(|info| info.as_ref().ok()).map_or(0, |info| info.offline_hours)
        })
    };
    view! {
        <Page>
            <div class="page-head">
                <div>
                    <Heading>{t!(i18n, device.title)}</Heading>
                    {move || {
                        session
                            .opened()
                            .map(|opened| {
                                view! {
                                    <p>
                                        <bdi>
                                            {t_string!(i18n, device.who, device = opened.device_name, person = opened.person_name)}
                                        </bdi>
                                    </p>
                                }
                            })
                    }}
                </div>
                <button type="button" class="button button-large" on:click=sync_now>
                    <Icon symbol=Symbol::Again/>
                    {t!(i18n, device.sync_now)}
                </button>
            </div>
            {move || {
                let locale = i18n.get_locale();
                if let Some(shown) = kit.get() {
                    return view! {
                        <div class="row screen-only">
                            <button type="button" class="button" on:click=move |_| kit.set(None)>
                                <Icon symbol=Symbol::Back/>
                                {td_string!(locale, device.kit_hide)}
                            </button>
                        </div>
                        <KitView kit=shown/>
                    }
                    .into_any();
                }
                match info.get() {
                    None => {
                        view! {
                            <p class="row" role="status">
                                <Spinner/>
                                {t!(i18n, device.loading)}
                            </p>
                        }
                            .into_any()
                    }
                    Some(Err(failure)) => {
                        view! {
                            <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">
                                <strong>{td_string!(locale, device.failed)}</strong>
                                {text::failure(failure, locale)}
                            </Notice>
                        }
                            .into_any()
                    }
                    Some(Ok(info)) => {
                        view! {
                            {facts::numbers(&info, locale)}
                            <div class="columns columns-2">
                                <div class="stack">{facts::practice(&info, locale)} {facts::devices(&info, locale)}</div>
                                <div class="stack">
                                    {offline::card(&info, change, locale)} {actions::cards(session, ask_kit, export, locale)}
                                </div>
                            </div>
                        }
                            .into_any()
                    }
                }
            }}
            <Show when=move || change.get()>
                <OfflineDialog now=hours() on_saved=saved on_close=Callback::new(move |()| change.set(false))/>
            </Show>
            <Show when=move || ask_kit.get()>
                <KitDialog
                    on_kit=Callback::new(move |shown| {
                        ask_kit.set(false);
                        kit.set(Some(shown));
                    })
                    on_close=Callback::new(move |()| ask_kit.set(false))
                />
            </Show>
            <Show when=move || export.get()>
                <FileDialog chart=None on_close=Callback::new(move |()| export.set(false))/>
            </Show>
        </Page>
    }
}
