//! The frame of every dialog that writes to a chart: who and which allergies in sight, nothing lost by accident, and
//! never "saved" before the worker says so.

use std::sync::Arc;

use client::{
    failure::Failure,
    protocol::{FieldError, Reply, Request, Saved, Unusual},
};
use leptos::{ev, prelude::*, task::spawn_local};
use record::view::ChartView;

use super::{identity, leave};
use crate::{
    format::Day,
    i18n::*,
    kit::{Dialog, Icon, Notice, Spinner, Symbol, Tone},
    state, text,
};

/// What became of the last try to save.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Try {
    #[default]
    None,
    Saving,
    Failed(Failure),
    Refused(Vec<FieldError>),
    Unusual(Vec<Unusual>),
}

impl Try {
    pub fn unusual(&self) -> &[Unusual] {
        if let Self::Unusual(unusual) = self { unusual } else { &[] }
    }
}

/// The message for a field; empty if nothing is wrong with it. Names are compared by their letters only.
pub fn fault(tried: &Try, field: &str, locale: Locale) -> String {
    let Try::Refused(errors) = tried else { return String::new() };
    errors
        .iter()
        .find(|error| same_name(&error.field, field))
        .map(|error| text::fault(error.error, locale).to_owned())
        .unwrap_or_default()
}

/// `birth_date`, `birthDate` and `BirthDate` are one field.
pub fn same_name(a: &str, b: &str) -> bool {
    let letters = |name: &str| {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    letters(a) == letters(b)
}

/// Asks the worker to save. `on_saved` runs after it is sealed and durable on this device.
pub fn save(request: Request, tried: RwSignal<Try>, on_saved: Callback<()>) {
    if tried.with_untracked(|tried| *tried == Try::Saving) {
        return;
    }
    tried.set(Try::Saving);
    let link = state::session().link();
    spawn_local(async move {
        let outcome = match link.ask(request).await {
            Ok(Reply::Saved(Saved::Here { .. })) => {
                tried.try_set(Try::None);
                on_saved.try_run(());
                return;
            }
            Ok(Reply::Saved(Saved::Unusual(unusual))) => Try::Unusual(unusual),
            Ok(Reply::Saved(Saved::Refused(errors))) => Try::Refused(errors),
            Ok(_) => Try::Failed(Failure::Internal),
            Err(failure) => Try::Failed(failure),
        };
        tried.try_set(outcome);
    });
}

#[component]
pub fn Editor(
    #[prop(into)] title: ViewFn,
    chart: Arc<ChartView>,
    today: Option<Day>,
    /// Something was typed that is not saved.
    #[prop(into)]
    dirty: Signal<bool>,
    tried: RwSignal<Try>,
    /// The words of the main button.
    #[prop(into)]
    save_label: Signal<String>,
    on_save: Callback<()>,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let asking = RwSignal::new(false);
    let saving = Signal::derive(move || *tried.read() == Try::Saving);
    // What is being saved is not given up: the answer comes in a moment.
    let close = Callback::new(move |()| {
        if saving.get_untracked() {
        } else if dirty.get_untracked() {
            asking.set(true);
        } else {
            on_close.run(());
        }
    });
    leave::guard(dirty, close);
    let keys = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key())
            && event.key() == "Enter"
            && !asking.get_untracked()
            && !event.repeat()
        {
            event.prevent_default();
            on_save.run(());
        }
    });
    on_cleanup(move || keys.remove());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_save.run(());
    };
    view! {
        <Dialog
            title
            wide=true
            on_close=close
            foot=move || {
                view! {
                    <span class="caption dialog-hint">{t!(i18n, chart.editor.keys)}</span>
                    <button type="button" class="button button-large" on:click=move |_| close.run(())>
                        {t!(i18n, common.cancel)}
                    </button>
                    <button
                        type="button"
                        class="button button-main button-large"
                        aria-disabled=move || saving.get().then_some("true")
                        on:click=move |_| on_save.run(())
                    >
                        {move || {
                            if saving.get() {
                                view! { <Spinner/> }.into_any()
                            } else {
                                view! { <Icon symbol=Symbol::Check/> }.into_any()
                            }
                        }}
                        {move || if saving.get() { t_string!(i18n, chart.editor.saving).to_owned() } else { save_label.get() }}
                    </button>
                }
            }
        >
            {identity::reminder(&chart, today, locale)}
            <form class="editor" novalidate=true on:submit=submit>
                {children()}
                // Enter in a field saves as the main button does.
                <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            </form>
            <div aria-live="assertive">{move || outcome(&tried.get(), i18n.get_locale())}</div>
        </Dialog>
        <Show when=move || asking.get()>
            <Leave on_stay=Callback::new(move |()| asking.set(false)) on_leave=on_close/>
        </Show>
    }
}

/// Why it was not saved, and that nothing typed is lost.
fn outcome(tried: &Try, locale: Locale) -> Option<AnyView> {
    match tried {
        Try::None | Try::Saving => None,
        Try::Failed(failure) => {
            let why = text::failure(*failure, locale);
            Some(
                view! {
                    <Notice tone=Tone::Danger symbol=Symbol::Warning>
                        <strong>{td_string!(locale, chart.editor.not_saved)}</strong>
                        {why}
                    </Notice>
                }
                .into_any(),
            )
        }
        Try::Refused(_) => Some(
            view! {
                <Notice tone=Tone::Danger symbol=Symbol::Warning>
                    <strong>{td_string!(locale, chart.editor.refused)}</strong>
                    {td_string!(locale, chart.editor.not_saved)}
                </Notice>
            }
            .into_any(),
        ),
        Try::Unusual(_) => Some(
            view! {
                <Notice tone=Tone::Caution symbol=Symbol::Warning>
                    <strong>{td_string!(locale, chart.vitals.unusual_title)}</strong>
                    {td_string!(locale, chart.vitals.unusual_text)}
                </Notice>
            }
            .into_any(),
        ),
    }
}

/// Asks before something typed is given up.
#[component]
fn Leave(on_stay: Callback<()>, on_leave: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            alert=true
            title=move || t!(i18n, chart.editor.discard_title)
            on_close=on_stay
            foot=move || {
                view! {
                    <button type="button" class="button button-danger-quiet" on:click=move |_| on_leave.run(())>
                        {t!(i18n, chart.editor.discard)}
                    </button>
                    <button type="button" class="button button-main" autofocus=true on:click=move |_| on_stay.run(())>
                        {t!(i18n, chart.editor.keep)}
                    </button>
                }
            }
        >
            <p>{t!(i18n, chart.editor.discard_text)}</p>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use client::protocol::FieldFault;

    use super::*;

    #[test]
    fn a_fault_stands_with_its_field() {
        let tried = Try::Refused(vec![FieldError { field: "birthDate".into(), error: FieldFault::InFuture }]);
        assert_eq!(fault(&tried, "birth_date", Locale::en), text::fault(FieldFault::InFuture, Locale::en));
        assert_eq!(fault(&tried, "given", Locale::en), "");
        assert_eq!(fault(&Try::Saving, "birth_date", Locale::en), "");
    }
}
