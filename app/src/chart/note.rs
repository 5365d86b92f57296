//! A new note: title and text.

use std::sync::Arc;

use client::protocol::{FieldError, FieldFault, Request};
use leptos::prelude::*;
use record::view::ChartView;

use super::editor::{self, Editor, Try};
use crate::{
    format::Day,
    i18n::*,
    kit::{Field, Icon, Symbol},
};

#[component]
pub fn NoteEditor(
    chart: Arc<ChartView>,
    today: Option<Day>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (title, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tried = RwSignal::new(Try::None);
    let dirty = Signal::derive(move || !title.read().trim().is_empty() || !text.read().trim().is_empty());
    let id = chart.patient.chart.clone();
    let on_save = Callback::new(move |()| {
        if text.read_untracked().trim().is_empty() {
            tried.set(Try::Refused(vec![FieldError { field: "text".into(), error: FieldFault::Required }]));
            return;
        }
        let title = title.read_untracked().trim().to_owned();
        editor::save(Request::SaveNote { chart: id.clone(), title, text: text.get_untracked() }, tried, on_saved);
    });
    let fault =
        move |field: &'static str| Signal::derive(move || editor::fault(&tried.read(), field, i18n.get_locale()));
    let text_fault = fault("text");
    view! {
        <Editor
            title=move || t!(i18n, chart.note.title)
            chart
            today
            dirty
            tried
            save_label=Signal::derive(move || t_string!(i18n, chart.note.save).to_owned())
            on_save
            on_close
        >
            <Field label=move || t!(i18n, chart.note.heading) value=title fault=fault("title")/>
            <div class="field" class:has-error=move || !text_fault.read().is_empty()>
                <label for="note-text">{t!(i18n, chart.note.text)}</label>
                <textarea
                    id="note-text"
                    class="input note-text"
                    dir="auto"
                    autofocus=true
                    rows="10"
                    aria-invalid=move || (!text_fault.read().is_empty()).then_some("true")
                    aria-describedby="note-text-fault"
                    bind:value=text
                ></textarea>
                <div id="note-text-fault" aria-live="polite">
                    <Show when=move || !text_fault.read().is_empty()>
                        <p class="message">
                            <Icon symbol=Symbol::Warning/>
                            <span>{move || text_fault.get()}</span>
                        </p>
                    </Show>
                </div>
            </div>
        </Editor>
    }
}
