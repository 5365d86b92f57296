//! Nothing typed is lost by leaving: the Back button closes the dialog and not the page, and closing the tab asks.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

/// Marks the entry of the history that stands for the open dialog.
const MARK: &str = "ampoule-editor";

/// Guards a dialog while it exists. Back calls `close`, which asks if there is something to lose.
pub fn guard(dirty: Signal<bool>, close: Callback<()>) {
    Effect::new(move |_| {
        push();
        // Back arrives at the page below the dialog: stand there again until the dialog is closed.
        let back = window_event_listener(ev::popstate, move |_| {
            if !is_marked() {
                push();
                close.run(());
            }
        });
        let unload = window_event_listener(ev::beforeunload, move |event| {
            if dirty.get_untracked() {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            back.remove();
            unload.remove();
            // Not if the application went on to another address meanwhile.
            if is_marked()
                && let Ok(history) = window().history()
            {
                let _ = history.back();
            }
        });
    });
}

fn push() {
    if let Ok(history) = window().history() {
        // Refused only in a document without an origin; then Back leaves the page as it does elsewhere.
        let _ = history.push_state(&JsValue::from_str(MARK), "");
    }
}

fn is_marked() -> bool {
    window().history().and_then(|history| history.state()).is_ok_and(|state| state.as_string().as_deref() == Some(MARK))
}
