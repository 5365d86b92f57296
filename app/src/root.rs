//! The root: one phase decides which page there is; routes exist only while the device is unlocked.

use leptos::prelude::*;
use leptos_i18n::{Locale as _, context::init_i18n_context};
use leptos_meta::{Html, Title, provide_meta_context};
use leptos_router::{
    NavigateOptions, OptionalParamSegment, ParamSegment, StaticSegment,
    components::{ParentRoute, Redirect, Route, Router, Routes},
    hooks::use_location,
    path,
};

use crate::{
    chart::ChartPage,
    device::DevicePage,
    frame::{Frame, UpdateNotice, place},
    i18n::*,
    import::ImportPage,
    onboarding::{
        CreatePage, KitPage, LimitsPage, LimitsStandalone, SignInPage, StartingPage, Stop, StopPage, UnlockPage,
    },
    patients::{AddPatientPage, NobodyPage, PatientsPage},
    prefs,
    state::{self, Phase, Unsupported},
};

/// The whole application. Takes the [`Link`](crate::link::Link) from context; without one it shows its first state.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    state::provide();
    // Not the crate's own provider: that leaves an empty script in the page.
    let i18n = init_i18n_context::<Locale>();
    provide_context(i18n);
    view! {
        <Html attr:lang=move || i18n.get_locale().as_str() attr:dir=move || i18n.get_locale().direction().as_str()/>
        <Router>
            <Root/>
        </Router>
    }
}

/// Which page there is. Coarser than [`Phase`], so that a page is not built again when a detail of it changes.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Starting,
    Create,
    SignIn,
    Unlock,
    Kit,
    Opened,
    Stop(Stop),
}

impl From<&Phase> for Shown {
    fn from(phase: &Phase) -> Self {
        match phase {
            Phase::Starting => Self::Starting,
            Phase::Create => Self::Create,
            Phase::SignIn => Self::SignIn,
            Phase::Locked { .. } => Self::Unlock,
            Phase::KitToConfirm { .. } => Self::Kit,
            Phase::Unlocked(_) => Self::Opened,
            Phase::NoServer => Self::Stop(Stop::NoServer),
            Phase::WrongServer => Self::Stop(Stop::WrongServer),
            Phase::OtherTab => Self::Stop(Stop::OtherTab),
            Phase::Unsupported(Unsupported::InsecureContext) => Self::Stop(Stop::InsecureContext),
            Phase::Unsupported(Unsupported::NoStorage) => Self::Stop(Stop::NoStorage),
            Phase::Failed(failure) => Self::Stop(Stop::Failed(*failure)),
        }
    }
}

#[component]
fn Root() -> impl IntoView {
    prefs::provide();
    let i18n = use_i18n();
    let session = state::session();
    let path = use_location().pathname;
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // Fails only for a name that is no attribute name.
            let _ = root.set_attribute("data-hydrated", "");
        }
        session.start();
    });
    let shown = Memo::new(move |_| session.phase.with(|phase| Shown::from(phase)));
    // The limits can be read before anything is opened.
    let limits = Memo::new(move |_| {
        path.get() == "/limits" && !matches!(shown.get(), Shown::Starting | Shown::Opened | Shown::Kit)
    });
    let title = move || {
        let locale = i18n.get_locale();
        match shown.get() {
            Shown::Opened => td_string!(locale, common.page_title, page = place(&path.read(), locale)),
            _ => td_string!(locale, common.ampoule).to_owned(),
        }
    };
    view! {
        <Title text=title/>
        {move || {
            if limits.get() {
                return view! { <LimitsStandalone/> }.into_any();
            }
            match shown.get() {
                Shown::Starting => view! { <StartingPage/> }.into_any(),
                Shown::Create => view! { <CreatePage/> }.into_any(),
                Shown::SignIn => view! { <SignInPage/> }.into_any(),
                Shown::Unlock => view! { <UnlockPage/> }.into_any(),
                Shown::Kit => view! { <KitPage/> }.into_any(),
                Shown::Opened => view! { <Opened/> }.into_any(),
                Shown::Stop(stop) => view! { <StopPage stop/> }.into_any(),
            }
        }}
        <UpdateNotice/>
    }
}

/// Everything that needs an open device. Disposed as a whole when it locks.
#[component]
fn Opened() -> impl IntoView {
    view! {
        <Frame>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <Route
                    path=StaticSegment("")
                    view=|| view! { <Redirect path="/patients" options=NavigateOptions { replace: true, ..Default::default() }/> }
                />
                <ParentRoute path=StaticSegment("patients") view=PatientsPage>
                    <Route path=StaticSegment("") view=NobodyPage/>
                    <Route path=StaticSegment("new") view=AddPatientPage/>
                    <Route path=(ParamSegment("chart"), OptionalParamSegment("section")) view=ChartPage/>
                </ParentRoute>
                <Route path=path!("/import") view=ImportPage/>
                <Route path=path!("/device") view=DevicePage/>
                <Route path=path!("/limits") view=LimitsPage/>
            </Routes>
        </Frame>
    }
}

#[component]
fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <crate::kit::Page>
            <div class="page-head">
                <div>
                    <crate::kit::Heading>{t!(i18n, common.not_found)}</crate::kit::Heading>
                    <p>{t!(i18n, common.not_found_text)}</p>
                </div>
            </div>
            <div class="row">
                <a class="button button-main" href="/patients">{t!(i18n, common.to_patients)}</a>
            </div>
        </crate::kit::Page>
    }
}
