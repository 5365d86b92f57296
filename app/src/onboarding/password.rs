//! A new password: how good it is while it is typed, words that the device draws, and typing it twice.

use std::time::Duration;

use client::protocol::{Reply, Request, Strength};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    i18n::*,
    kit::{Icon, PasswordField, Symbol},
    state,
};

/// Fields for a new password. `password` and `again` hold what is typed; the caller compares them on submit.
#[component]
pub fn PasswordChoice(
    password: RwSignal<String>,
    again: RwSignal<String>,
    #[prop(into)] fault: Signal<String>,
    #[prop(into)] again_fault: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let strength = RwSignal::new(None::<Strength>);
    let words = RwSignal::new(String::new());
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let typed = password.get();
        asked.update_value(|asked| *asked += 1);
        let this = asked.get_value();
        if typed.is_empty() {
            strength.set(None);
            return;
        }
        // Once the person pauses; a later key makes this one void.
        set_timeout(
            move || {
                if asked.try_get_value() != Some(this) {
                    return;
                }
                spawn_local(async move {
                    let reply = session.link().ask(Request::Strength { password: typed }).await;
                    if let Ok(Reply::Strength(reply)) = reply
                        && asked.try_get_value() == Some(this)
                    {
                        strength.try_set(Some(reply));
                    }
                });
            },
            Duration::from_millis(200),
        );
    });
    let suggest = move |_| {
        spawn_local(async move {
            if let Ok(Reply::Words(drawn)) = session.link().ask(Request::SuggestPassword).await {
                words.try_set(drawn);
            }
        });
    };
    let take = move |_| {
        password.set(words.get_untracked());
        again.set(words.get_untracked());
    };
    view! {
        <PasswordField
            label=move || t!(i18n, onboarding.password)
            hint=move || t!(i18n, onboarding.password_hint)
            value=password
            fault=fault
            complete="new-password"
        />
        <StrengthBar strength/>
        <div class="stack-s">
            <div class="row">
                <button type="button" class="button button-soft" on:click=suggest>
                    <Icon symbol=Symbol::Key/>
                    {move || {
                        if words.read().is_empty() {
                            t!(i18n, onboarding.suggest).into_any()
                        } else {
                            t!(i18n, onboarding.suggest_again).into_any()
                        }
                    }}
                </button>
            </div>
            <div aria-live="polite">
                <Show when=move || !words.read().is_empty()>
                    <div class="card card-pad stack-s">
                        <p class="suggestion"><bdi>{move || words.get()}</bdi></p>
                        <p class="small quiet">{t!(i18n, onboarding.suggest_hint)}</p>
                        <div class="row">
                            <button type="button" class="button" on:click=take>{t!(i18n, onboarding.suggest_take)}</button>
                        </div>
                    </div>
                </Show>
            </div>
        </div>
        <PasswordField
            label=move || t!(i18n, onboarding.password_again)
            value=again
            fault=again_fault
            complete="new-password"
        />
    }
}

#[component]
fn StrengthBar(strength: RwSignal<Option<Strength>>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let locale = i18n.get_locale();
        strength.read().as_ref().map(|strength| match strength {
            Strength { accepted: false, .. } => td_string!(locale, onboarding.strength.refused),
            Strength { offline_ok: true, .. } => td_string!(locale, onboarding.strength.offline),
            _ => td_string!(locale, onboarding.strength.online),
        })
    };
    view! {
        <div class="strength" data-score=move || strength.read().as_ref().map_or(0, |strength| strength.score).to_string()>
            <div class="strength-bar" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
            <p class="small quiet" aria-live="polite">{move || words().unwrap_or_default()}</p>
        </div>
    }
}

/// What is wrong with a new password typed twice: first the password, then its repetition.
pub fn check(password: &str, again: &str, locale: Locale) -> (String, String) {
    let first = if password.is_empty() { td_string!(locale, common.required) } else { "" };
    let second =
        if !password.is_empty() && password != again { td_string!(locale, onboarding.passwords_differ) } else { "" };
    (first.to_owned(), second.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_must_be_the_same() {
        assert!(!check("", "", Locale::en).0.is_empty());
        assert!(!check("a b", "a  b", Locale::en).1.is_empty());
        assert_eq!(check("a b", "a b", Locale::en), (String::new(), String::new()));
    }
}
