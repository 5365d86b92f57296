//! A coded concept: the words, and the codes behind them for those who ask.

use leptos::prelude::*;
use record::view::{Coding, Concept};

use crate::i18n::*;

/// The words of a concept, or what stands for it if nothing was recorded.
pub fn words(concept: &Concept, unnamed: &str) -> String {
    if concept.text.is_empty() { unnamed.to_owned() } else { concept.text.clone() }
}

/// A disclosure with the codes; nothing if there are none.
pub fn codes(concept: &Concept, locale: Locale) -> impl IntoView + use<> {
    (!concept.codings.is_empty()).then(|| {
        view! {
            <details class="codes">
                <summary aria-label=td_string!(locale, chart.codes, what = concept.text.clone())>
                    {td_string!(locale, chart.code)}
                </summary>
                <ul>{concept.codings.iter().map(coding).collect_view()}</ul>
            </details>
        }
    })
}

fn coding(coding: &Coding) -> impl IntoView + use<> {
    let system = if coding.system_name.is_empty() { coding.system.clone() } else { coding.system_name.clone() };
    view! {
        <li>
            <bdi>{system}</bdi>
            " "
            <bdi class="mono" dir="ltr">
                {coding.code.clone()}
            </bdi>
            " "
            <bdi>{coding.display.clone()}</bdi>
        </li>
    }
}
