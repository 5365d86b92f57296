//! Choosing files: with the browser's own dialog, or by dropping them.

use leptos::{ev, html, prelude::*};

use crate::{
    i18n::*,
    kit::{Icon, Symbol},
};

/// `on_files` gets what was chosen or dropped; it is never empty.
#[component]
pub fn FileChooser(on_files: impl Fn(Vec<web_sys::File>) + Clone + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let chosen = {
        let on_files = on_files.clone();
        move |_| {
            if let Some(input) = input.get_untracked() {
                let files = list(input.files());
                // The same file can be chosen again after it was corrected.
                input.set_value("");
                if !files.is_empty() {
                    on_files(files);
                }
            }
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = list(event.data_transfer().and_then(|data| data.files()));
        if !files.is_empty() {
            on_files(files);
        }
    };
    view! {
        <div
            class="drop"
            class:is-over=over
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Icon symbol=Symbol::Upload/>
            <p>
                <strong>{t!(i18n, import.drop)}</strong>
            </p>
            <p class="small quiet">{t!(i18n, import.more_files)}</p>
            <label class="button button-main button-large">
                <input
                    node_ref=input
                    class="visually-hidden"
                    type="file"
                    multiple=true
                    accept=".json,.ndjson,.jsonl,application/json,application/fhir+json,application/x-ndjson"
                    on:change=chosen
                />
                {t!(i18n, import.choose)}
            </label>
        </div>
    }
}

fn list(files: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|index| files.get(index)).collect()).unwrap_or_default()
}
