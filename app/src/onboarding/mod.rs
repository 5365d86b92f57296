//! The pages before the records are open: make a practice, keep its kit, sign in, unlock, and why it does not go on.

mod code;
mod create;
mod kit_file;
mod kit_page;
mod kit_paper;
mod limits;
mod password;
mod scan;
mod sign_in;
mod stop;
mod unlock;

use leptos::prelude::*;

use crate::{
    frame::SettingsButton,
    i18n::*,
    kit::{Spinner, Wordmark},
};
pub use create::CreatePage;
pub use kit_page::{KitPage, KitView};
pub use limits::{LimitsPage, LimitsStandalone};
pub use password::PasswordChoice;
pub use sign_in::SignInPage;
pub use stop::{Stop, StopPage};
pub use unlock::UnlockPage;

/// The first render, on the server and in the browser.
#[component]
pub fn StartingPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="gate">
            <header class="masthead">
                <Wordmark/>
            </header>
            <div class="starting" role="status">
                <Spinner/>
                <p>{t!(i18n, common.starting)}</p>
            </div>
        </main>
    }
}

/// The frame of a page before the records are open: the name, language and colours, one thing to do.
#[component]
fn Gate(
    /// Words at the end of the masthead, for example which step this is.
    #[prop(optional, into)]
    aside: ViewFn,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="gate">
            <header class="masthead screen-only">
                <Wordmark/>
                {move || aside.run()}
                <a class="button button-quiet" href="/limits">{t!(i18n, onboarding.limits_link)}</a>
                <SettingsButton/>
            </header>
            {children()}
        </main>
    }
}
