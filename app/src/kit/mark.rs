//! The mark: an ampoule whose only colour is the ring where it breaks.

use leptos::prelude::*;

use crate::i18n::*;

#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path d="M14 9.5V6c0-1.6.8-3 2-3s2 1.4 2 3v3.5c0 1.7 4 2.5 4 6V26a3 3 0 0 1-3 3h-6a3 3 0 0 1-3-3V15.5c0-3.5 4-4.3 4-6z"></path>
            <path class="ring" d="M13.2 10h5.6"></path>
            <path class="level" d="M10.5 20.5h11"></path>
        </svg>
    }
}

/// The mark and the name.
#[component]
pub fn Wordmark() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="wordmark">
            <Mark/>
            <span>{t!(i18n, common.ampoule)}</span>
        </span>
    }
}
