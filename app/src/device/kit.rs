//! Showing the kit again: the password first, then the kit as it was when it was made.

use client::{
    failure::Failure,
    protocol::{Kit, Reply, Request},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    i18n::*,
    kit::{Dialog, Notice, PasswordField, Spinner, Symbol, Tone},
    state, text,
};

/// Asks for the password; `on_kit` gets the kit.
#[component]
pub fn KitDialog(on_kit: Callback<Kit>, on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let password = RwSignal::new(String::new());
    let asking = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let show = Callback::new(move |()| {
        if asking.get_untracked() {
            return;
        }
        asking.set(true);
        failed.set(None);
        let (link, password) = (session.link(), password.get_untracked());
        spawn_local(async move {
            let answer = link.ask(Request::ShowKit { password }).await;
            asking.try_set(false);
            match answer {
                Ok(Reply::Kit(kit)) => drop(on_kit.try_run(kit)),
                Ok(_) => drop(failed.try_set(Some(Failure::Internal))),
                Err(failure) => drop(failed.try_set(Some(failure))),
            }
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        show.run(());
    };
    view! {
        <Dialog
            title=move || t!(i18n, device.kit_title)
            on_close
            foot=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| on_close.run(())>
                        {t!(i18n, common.cancel)}
                    </button>
                    <button
                        type="button"
                        class="button button-main"
                        aria-disabled=move || asking.get().then_some("true")
                        on:click=move |_| show.run(())
                    >
                        {move || asking.get().then(|| view! { <Spinner/> })}
                        {t!(i18n, device.kit_show)}
                    </button>
                }
            }
        >
            <Notice tone=Tone::Caution symbol=Symbol::Warning>{t!(i18n, device.kit_look)}</Notice>
            <form on:submit=submit>
                <PasswordField label=move || t!(i18n, device.password) value=password complete="current-password"/>
                <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            </form>
            <div aria-live="assertive">
                {move || {
                    failed
                        .get()
                        .map(|failure| {
                            view! { <Notice tone=Tone::Danger symbol=Symbol::Warning>{text::failure(failure, i18n.get_locale())}</Notice> }
                        })
                }}
            </div>
        </Dialog>
    }
}
