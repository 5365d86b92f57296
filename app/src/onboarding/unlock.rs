//! Opens this device: who, then the password.

use std::time::Duration;

use client::{
    failure::Failure,
    protocol::{Id, Person, Reply, Request},
};
use leptos::{ev, prelude::*, task::spawn_local};

use super::Gate;
use crate::{
    format,
    i18n::*,
    kit::{Heading, Icon, Notice, PasswordField, Spinner, Symbol, Tone},
    platform,
    state::{self, Phase},
    text,
};

/// What the page says about opening without the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// The server answers: nothing to say.
    Online,
    /// Hours for which this device still opens without it.
    Left(u32),
    /// It does not open without it now.
    Ended,
}

pub fn offline(person: &Person, server_there: bool) -> Offline {
    match (server_there, person.offline_hours_left) {
        (true, _) => Offline::Online,
        (false, 0) => Offline::Ended,
        (false, hours) => Offline::Left(hours),
    }
}

#[component]
pub fn UnlockPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let start = Memo::new(move |_| {
        session.phase.with(|phase| match phase {
            Phase::Locked { people, server_there } => (people.clone(), *server_there),
            _ => (Vec::new(), true),
        })
    });
    let chosen = RwSignal::new(start.with_untracked(|(people, _)| people.first().map(|person| person.account.clone())));
    let person = Memo::new(move |_| {
        start.with(|(people, _)| people.iter().find(|person| Some(&person.account) == chosen.read().as_ref()).cloned())
    });
    let state = Memo::new(move |_| person.get().map(|person| offline(&person, start.with(|(_, there)| *there))));
    let tiles = move || {
        let people = start.with(|(people, _)| people.clone());
        let many = people.len() > 1;
        people
            .into_iter()
            .enumerate()
            .map(|(at, person)| view! { <Tile person number=(many).then_some(at + 1) chosen/> })
            .collect_view()
    };
    view! {
        <Gate>
            <div class="unlock">
                <section class="stack">
                    <div>
                        <Heading>{t!(i18n, onboarding.unlock.title)}</Heading>
                        <p class="quiet">{t!(i18n, onboarding.unlock.text)}</p>
                    </div>
                    <div class="tiles" role="group" aria-label=move || t_string!(i18n, onboarding.unlock.people)>
                        {tiles}
                    </div>
                    {move || match state.get() {
                        Some(Offline::Left(hours)) => {
                            view! {
                                <Notice tone=Tone::Offline symbol=Symbol::Offline role="status">
                                    <strong>{t!(i18n, onboarding.unlock.offline)}</strong>
                                    {t!(i18n, onboarding.unlock.offline_left, count = move || hours)}
                                </Notice>
                            }
                                .into_any()
                        }
                        Some(Offline::Ended) => {
                            view! {
                                <Notice tone=Tone::Caution symbol=Symbol::Offline role="status">
                                    <strong>{t!(i18n, onboarding.unlock.ended)}</strong>
                                    {t!(i18n, onboarding.unlock.ended_text)}
                                    <div class="row">
                                        <button type="button" class="button" on:click=move |_| session.start()>
                                            {t!(i18n, common.try_again)}
                                        </button>
                                    </div>
                                </Notice>
                            }
                                .into_any()
                        }
                        _ => ().into_any(),
                    }}
                </section>
                <PasswordForm chosen/>
            </div>
        </Gate>
    }
}

/// One person of this device. While it is locked it knows no names: only the label that the person chose.
#[component]
fn Tile(person: Person, number: Option<usize>, chosen: RwSignal<Option<Id>>) -> impl IntoView {
    let i18n = use_i18n();
    let Person { account, label, .. } = person;
    let this = account.clone();
    let named = !label.is_empty();
    let initials = format::initials(&label);
    view! {
        <button
            type="button"
            class="user-tile"
            aria-pressed=move || (chosen.read().as_ref() == Some(&this)).to_string()
            on:click=move |_| {
                chosen.set(Some(account.clone()));
                platform::focus(".unlock form input");
            }
        >
            <span class="avatar" aria-hidden="true">
                {if named { initials.into_any() } else { view! { <Icon symbol=Symbol::Person/> }.into_any() }}
            </span>
            <span class="who">
                {if named {
                    view! { <bdi>{label}</bdi> }.into_any()
                } else if let Some(number) = number {
                    t!(i18n, onboarding.unlock.person_number, number = number).into_any()
                } else {
                    t!(i18n, onboarding.unlock.person).into_any()
                }}
            </span>
            <span class="role">{t!(i18n, onboarding.unlock.sealed)}</span>
        </button>
    }
}

#[component]
fn PasswordForm(chosen: RwSignal<Option<Id>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let password = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let wait = RwSignal::new(0_u32);
    // Another person, another try.
    Effect::new(move |_| {
        chosen.track();
        password.set(String::new());
        failure.set(None);
    });
    Effect::new(move |_| {
        let beat = set_interval_with_handle(
            move || {
                if wait.get_untracked() > 0 {
                    wait.update(|wait| *wait -= 1);
                }
            },
            Duration::from_secs(1),
        );
        on_cleanup(move || {
            if let Ok(beat) = beat {
                beat.clear();
            }
        });
    });
    let fault = Signal::derive(move || {
        let locale = i18n.get_locale();
        match failure.get() {
            _ if wait.get() > 0 => text::failure(Failure::TooManyTries { seconds: wait.get() }, locale),
            Some(Failure::TooManyTries { .. }) => String::new(),
            Some(Failure::WrongPassword) => text::failure(Failure::WrongPassword, locale),
            _ if missing.get() => td_string!(locale, common.required).to_owned(),
            _ => String::new(),
        }
    });
    let other =
        move || failure.get().filter(|why| !matches!(why, Failure::WrongPassword | Failure::TooManyTries { .. }));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(account), typed) = (chosen.get_untracked(), password.get_untracked()) else { return };
        missing.set(typed.is_empty());
        if typed.is_empty() || busy.get_untracked() || wait.get_untracked() > 0 {
            platform::focus(".unlock form input");
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let phase = unlock(session, account, typed).await;
            match phase {
                Ok(phase) => drop(session.phase.try_set(phase)),
                Err(why) => {
                    if let Failure::TooManyTries { seconds } = why {
                        wait.try_set(seconds);
                    }
                    failure.try_set(Some(why));
                    password.try_set(String::new());
                    busy.try_set(false);
                    request_animation_frame(|| platform::focus(".unlock form input"));
                }
            }
        });
    };
    view! {
        <form class="stack enter" on:submit=submit novalidate=true>
            <PasswordField
                label=move || t!(i18n, onboarding.password)
                hint=move || t!(i18n, onboarding.unlock.hint)
                value=password
                fault
                complete="current-password"
            />
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
            <button
                type="submit"
                class="button button-main button-large button-wide"
                disabled=move || busy.get() || (wait.get() > 0)
            >
                {move || if busy.get() { view! { <Spinner/> }.into_any() } else { view! { <Icon symbol=Symbol::Key/> }.into_any() }}
                {t!(i18n, onboarding.unlock.open)}
            </button>
            <details class="small">
                <summary>{t!(i18n, onboarding.unlock.forgot)}</summary>
                <p class="quiet">{t!(i18n, onboarding.unlock.forgot_text)}</p>
            </details>
        </form>
    }
}

/// Opens the device; a kit that was never confirmed is shown first.
async fn unlock(session: state::Session, account: Id, password: String) -> Result<Phase, Failure> {
    let link = session.link();
    let Reply::Unlocked(opened) = link.ask(Request::Unlock { account, password: password.clone() }).await? else {
        return Err(Failure::Internal);
    };
    if !opened.kit_to_confirm {
        return Ok(Phase::Unlocked(opened));
    }
    match link.ask(Request::ShowKit { password }).await? {
        Reply::Kit(kit) => Ok(Phase::KitToConfirm { kit: Box::new(kit), opened }),
        _ => Err(Failure::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(offline_hours_left: u32) -> Person {
        Person { account: "a1".into(), label: String::new(), offline_hours_left }
    }

    #[test]
    fn offline_is_mentioned_only_without_the_server() {
        assert_eq!(offline(&person(0), true), Offline::Online);
        assert_eq!(offline(&person(7), true), Offline::Online);
        assert_eq!(offline(&person(7), false), Offline::Left(7));
        assert_eq!(offline(&person(0), false), Offline::Ended);
    }
}
