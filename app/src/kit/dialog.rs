//! A modal dialog on the browser's own `<dialog>`: it keeps the focus inside, makes the rest inert and gives the focus back.

use leptos::{ev, html, prelude::*};

use super::{Icon, Symbol};
use crate::i18n::*;

/// A dialog that is open while it exists: show it with `<Show>`. Esc and the close button call `on_close`.
#[component]
pub fn Dialog(
    #[prop(into)] title: ViewFn,
    on_close: Callback<()>,
    /// Interrupts what the person does: a stop, a warning.
    #[prop(optional)]
    alert: bool,
    #[prop(optional)] wide: bool,
    /// Buttons at the lower edge.
    #[prop(optional, into)]
    foot: ViewFn,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = next_id("dialog");
    let named_by = heading.clone();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only for an element outside the document.
            let _ = dialog.show_modal();
        }
    });
    // Closed before it goes, so that the focus returns to where it was.
    on_cleanup(move || {
        if let Some(Some(dialog)) = dialog.try_get_untracked() {
            dialog.close();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // A browser may close a dialog by itself when Esc is pressed again, without asking: what was typed must stay in sight.
    let closed = move |_| {
        // Gone already, if the page closed it: the event comes later.
        if let Some(Some(dialog)) = dialog.try_get_untracked()
            && dialog.is_connected()
            && !dialog.open()
        {
            // Fails only for an element outside the document.
            let _ = dialog.show_modal();
            on_close.run(());
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class=if wide { "dialog dialog-wide" } else { "dialog" }
            role=alert.then_some("alertdialog")
            aria-labelledby=named_by
            on:cancel=cancel
            on:close=closed
        >
            <div class="dialog-head">
                <h2 id=heading>{title.run()}</h2>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label=move || t_string!(i18n, common.close)
                    on:click=move |_| on_close.run(())
                >
                    <Icon symbol=Symbol::Close/>
                </button>
            </div>
            <div class="dialog-body">{children()}</div>
            <div class="dialog-foot">{foot.run()}</div>
        </dialog>
    }
}

/// An id for a label or a description, unique on the page. Only for what the client renders after the first render:
/// a server counts on across pages.
pub(super) fn next_id(kind: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{kind}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
