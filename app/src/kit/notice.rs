//! Notices, headings that take the focus, empty states, the spinner.

use leptos::{html, prelude::*};

use super::{Icon, Symbol};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Caution,
    Danger,
    Offline,
    Synced,
    Device,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Caution => "notice notice-caution",
            Self::Danger => "notice notice-danger",
            Self::Offline => "notice notice-offline",
            Self::Synced => "notice notice-synced",
            Self::Device => "notice notice-device",
        }
    }
}

/// A notice: say what happened, what it means, what to do. `role` is `alert` if it interrupts, `status` if it waits.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    symbol: Symbol,
    #[prop(optional, into)] role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class() role=role>
            <Icon symbol/>
            <div>{children()}</div>
        </div>
    }
}

/// The heading of a page. It takes the focus when the page appears, so that a screen reader says where the person is.
#[component]
pub fn Heading(#[prop(optional, into)] class: Option<&'static str>, children: Children) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // After the page stands, or the browser moves the focus back to its body.
            request_animation_frame(move || drop(heading.focus()));
        }
    });
    view! {
        <h1 node_ref=heading class=class tabindex="-1">
            {children()}
        </h1>
    }
}

/// What a list shows that has nothing to show.
#[component]
pub fn Empty(symbol: Symbol, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon symbol/>
            {children()}
        </div>
    }
}

#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
