//! The list of patients, the search, and adding one.
use leptos::prelude::*;
use leptos_router::components::Outlet;

#[component]
pub fn PatientsPage() -> impl IntoView {
    view! { <div class="two-panes"><section class="pane-list"></section><section class="pane-detail"><Outlet/></section></div> }
}
#[component]
pub fn NobodyPage() -> impl IntoView {}
#[component]
pub fn AddPatientPage() -> impl IntoView {}
