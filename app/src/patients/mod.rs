//! The list of patients with its search, beside the chart that is open; and adding one.

mod add;
mod form;
mod list;
mod row;
mod window;

use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    i18n::*,
    kit::{Empty, Symbol},
};
pub use add::AddPatientPage;
pub use form::{DemographicsFields, Draft};
use list::PatientList;

/// List and chart: side by side where there is room, else one of them.
#[component]
pub fn PatientsPage() -> impl IntoView {
    let path = use_location().pathname;
    let open = Memo::new(move |_| {
        path.read().strip_prefix("/patients/").and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned()
    });
    view! {
        <div class="two-panes" data-detail=move || (!open.read().is_empty()).then_some("")>
            <PatientList open/>
            <section class="pane-detail">
                <Outlet/>
            </section>
        </div>
    }
}

/// Beside the list while no chart is open.
#[component]
pub fn NobodyPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty symbol=Symbol::Patients>
            <h2>{t!(i18n, patients.nobody)}</h2>
            <p>{t!(i18n, patients.nobody_text)}</p>
        </Empty>
    }
}
