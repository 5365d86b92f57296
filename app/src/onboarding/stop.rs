//! Pages that say why it does not go on: what happened, what it means, what to do.

use client::{failure::Failure, protocol::Request};
use leptos::{prelude::*, task::spawn_local};

use super::Gate;
use crate::{
    i18n::*,
    kit::{Heading, Icon, Symbol},
    state::{self, Phase},
    text,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    NoServer,
    WrongServer,
    OtherTab,
    InsecureContext,
    NoStorage,
    Failed(Failure),
}

/// The words of a page: title, what it means, what to do.
struct Words {
    title: &'static str,
    means: String,
    steps: Vec<&'static str>,
}

impl Stop {
    const fn symbol(self) -> Symbol {
        match self {
            Self::NoServer => Symbol::Offline,
            Self::WrongServer => Symbol::Stopped,
            Self::OtherTab => Symbol::Device,
            Self::InsecureContext => Symbol::Shield,
            Self::NoStorage => Symbol::Server,
            Self::Failed(_) => Symbol::Warning,
        }
    }

    /// Whether this tab can take over what another has.
    const fn can_take_over(self) -> bool {
        matches!(self, Self::OtherTab)
    }

    /// Whether to try again can help without leaving the page.
    const fn can_retry(self) -> bool {
        !matches!(self, Self::InsecureContext)
    }

    fn words(self, locale: Locale) -> Words {
        match self {
            Self::NoServer => Words {
                title: td_string!(locale, onboarding.stop.no_server),
                means: td_string!(locale, onboarding.stop.no_server_means).into(),
                steps: vec![
                    td_string!(locale, onboarding.stop.no_server_wifi),
                    td_string!(locale, onboarding.stop.no_server_power),
                    td_string!(locale, onboarding.stop.no_server_ask),
                ],
            },
            Self::WrongServer => Words {
                title: td_string!(locale, onboarding.stop.wrong_server),
                means: td_string!(locale, onboarding.stop.wrong_server_means).into(),
                steps: vec![
                    td_string!(locale, onboarding.stop.wrong_server_wifi),
                    td_string!(locale, onboarding.stop.wrong_server_ask),
                ],
            },
            Self::OtherTab => Words {
                title: td_string!(locale, onboarding.stop.other_tab),
                means: td_string!(locale, onboarding.stop.other_tab_means).into(),
                steps: vec![td_string!(locale, onboarding.stop.other_tab_close)],
            },
            Self::InsecureContext => Words {
                title: td_string!(locale, onboarding.stop.insecure),
                means: td_string!(locale, onboarding.stop.insecure_means).into(),
                steps: vec![
                    td_string!(locale, onboarding.stop.insecure_https),
                    td_string!(locale, onboarding.stop.insecure_ask),
                ],
            },
            Self::NoStorage => Words {
                title: td_string!(locale, onboarding.stop.no_storage),
                means: td_string!(locale, onboarding.stop.no_storage_means).into(),
                steps: vec![
                    td_string!(locale, onboarding.stop.no_storage_private),
                    td_string!(locale, onboarding.stop.no_storage_allow),
                ],
            },
            Self::Failed(failure) => Words {
                title: td_string!(locale, onboarding.stop.failed),
                means: text::failure(failure, locale),
                steps: vec![td_string!(locale, onboarding.stop.failed_kept)],
            },
        }
    }
}

#[component]
pub fn StopPage(stop: Stop) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let words = move || stop.words(i18n.get_locale());
    let grave = matches!(stop, Stop::WrongServer | Stop::Failed(_));
    view! {
        <Gate>
            <div class="page page-narrow">
                <section class="card card-pad stop" class:is-grave=grave>
                    <Icon symbol=stop.symbol()/>
                    <Heading>{move || words().title}</Heading>
                    <p>{move || words().means}</p>
                    <h2>{t!(i18n, onboarding.stop.what_to_do)}</h2>
                    <ol>{move || words().steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
                    {stop
                        .can_take_over()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button button-main button-large"
                                    on:click=move |_| take_over(session)
                                >
                                    <Icon symbol=Symbol::Device/>
                                    {t!(i18n, onboarding.stop.other_tab_take)}
                                </button>
                            }
                        })}
                    {stop
                        .can_retry()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button button-large"
                                    class:button-main=!stop.can_take_over()
                                    on:click=move |_| session.start()
                                >
                                    <Icon symbol=Symbol::Again/>
                                    {t!(i18n, common.try_again)}
                                </button>
                            }
                        })}
                </section>
            </div>
        </Gate>
    }
}

/// Locks the other tab and opens the locked page here.
fn take_over(session: state::Session) {
    spawn_local(async move {
        match session.link().ask(Request::TakeOver).await {
            Ok(_) => session.start(),
            Err(Failure::Locked) => {}
            Err(failure) => drop(session.phase.try_set(Phase::from(failure))),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_says_what_it_means_and_what_to_do() {
        let all = [
            Stop::NoServer,
            Stop::WrongServer,
            Stop::OtherTab,
            Stop::InsecureContext,
            Stop::NoStorage,
            Stop::Failed(Failure::Damaged),
        ];
        for stop in all {
            for locale in [Locale::en, Locale::fr] {
                let words = stop.words(locale);
                assert!(!words.title.is_empty() && !words.means.is_empty() && !words.steps.is_empty());
            }
        }
    }
}
