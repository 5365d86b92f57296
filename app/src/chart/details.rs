//! Changing the demographics of a patient.

use std::sync::Arc;

use client::protocol::Request;
use leptos::prelude::*;
use record::view::ChartView;

use super::editor::{self, Editor, Try};
use crate::{
    format::Day,
    i18n::*,
    patients::{DemographicsFields, Draft},
};

#[component]
pub fn DetailsEditor(
    chart: Arc<ChartView>,
    today: Option<Day>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::new(chart.demographics.clone());
    let tried = RwSignal::new(Try::None);
    let recorded = draft.read();
    // Read when it is asked for: a draft is not tracked.
    let dirty = Signal::derive(move || draft.read() != recorded);
    Effect::new(move |_| match tried.get() {
        Try::Refused(faults) => draft.refuse(faults),
        _ => draft.accept(),
    });
    let (id, record) = (chart.patient.chart.clone(), chart.patient.record.clone());
    let on_save = Callback::new(move |()| {
        let request =
            Request::SaveDemographics { chart: id.clone(), record: record.clone(), demographics: draft.read() };
        editor::save(request, tried, on_saved);
    });
    view! {
        <Editor
            title=move || t!(i18n, chart.details.title)
            chart
            today
            dirty
            tried
            save_label=Signal::derive(move || t_string!(i18n, chart.details.save).to_owned())
            on_save
            on_close
        >
            <DemographicsFields draft/>
        </Editor>
    }
}
