//! On a new device: the words of the members' log, to be compared with a device that was here before.

use leptos::prelude::*;

use crate::{
    i18n::*,
    kit::{Dialog, Notice, Symbol, Tone},
    state::{self, Phase},
};

#[component]
pub fn CompareWords() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let words = Memo::new(move |_| session.opened().map(|opened| opened.head_words).unwrap_or_default());
    let seen = Callback::new(move |()| {
        session.phase.update(|phase| {
            if let Phase::Unlocked(opened) = phase {
                opened.head_words.clear();
            }
        })
    });
    view! {
        <Show when=move || !words.read().is_empty()>
            <Dialog
                title=move || t!(i18n, common.compare.title)
                on_close=seen
                foot=move || {
                    view! {
                        <button type="button" class="button button-danger-quiet" on:click=move |_| session.lock()>
                            {t!(i18n, common.compare.different)}
                        </button>
                        <button type="button" class="button button-main" on:click=move |_| seen.run(())>
                            {t!(i18n, common.compare.same)}
                        </button>
                    }
                }
            >
                <p>{t!(i18n, common.compare.text)}</p>
                <Words words=words/>
                <Notice tone=Tone::Caution symbol=Symbol::Warning>{t!(i18n, common.compare.stop)}</Notice>
                <p class="small quiet">{t!(i18n, common.compare.first)}</p>
            </Dialog>
        </Show>
    }
}

/// Words in the order in which they are compared.
#[component]
fn Words(#[prop(into)] words: Signal<String>) -> impl IntoView {
    view! {
        <ol class="words">
            {move || {
                words.read().split_whitespace().map(|word| view! { <li><bdi>{word.to_owned()}</bdi></li> }).collect_view()
            }}
        </ol>
    }
}
