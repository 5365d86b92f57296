//! Adds a patient.

use client::{
    failure::Failure,
    protocol::{Reply, Request, Saved},
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use record::view::Demographics;

use super::form::{DemographicsFields, Draft};
use crate::{
    i18n::*,
    kit::{Heading, Icon, Notice, Page, Spinner, Symbol, Tone},
    platform, state, text,
};

#[component]
pub fn AddPatientPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let draft = Draft::new(Demographics::default());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let navigate = use_navigate();
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        draft.accept();
        let navigate = navigate.clone();
        let request = Request::AddPatient { demographics: draft.read() };
        spawn_local(async move {
            let reply = session.link().ask(request).await;
            // Locked or left meanwhile.
            if busy.try_set(false).is_some() {
                return;
            }
            match reply {
                // Going back does not lead into the form again.
                Ok(Reply::Saved(Saved::Here { chart })) => {
                    navigate(&format!("/patients/{chart}"), NavigateOptions { replace: true, ..Default::default() })
                }
                Ok(Reply::Saved(Saved::Refused(faults))) => {
                    draft.refuse(faults);
                    request_animation_frame(|| platform::focus("form [aria-invalid]"));
                }
                Ok(_) => failure.set(Some(Failure::Internal)),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let words = move || {
        let locale = i18n.get_locale();
        failure.get().map(|why| text::failure(why, locale)).unwrap_or_else(|| draft.form_fault(locale))
    };
    view! {
        <Page narrow=true>
            <div class="page-head">
                <div>
                    <Heading>{t!(i18n, patients.add_title)}</Heading>
                    <p>{t!(i18n, patients.add_text)}</p>
                </div>
            </div>
            <form class="stack" on:submit=save novalidate=true>
                <Show when=move || !words().is_empty()>
                    <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">{words}</Notice>
                </Show>
                <section class="card card-pad">
                    <DemographicsFields draft/>
                </section>
                <div class="form-foot">
                    <a class="button" href="/patients">{t!(i18n, common.cancel)}</a>
                    <button type="submit" class="button button-main button-large" disabled=move || busy.get()>
                        {move || if busy.get() { view! { <Spinner/> }.into_any() } else { view! { <Icon symbol=Symbol::Check/> }.into_any() }}
                        {t!(i18n, patients.save)}
                    </button>
                </div>
            </form>
        </Page>
    }
}
