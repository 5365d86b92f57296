//! Fields with their label, hint and error bound together.

use leptos::prelude::*;

use super::{Icon, Symbol, dialog::next_id};
use crate::i18n::*;

/// What is wrong with a field, as text for the person; empty: nothing.
pub type Fault = Signal<String>;

/// A text field. `fault` holds the message of what is wrong, empty if nothing is.
#[component]
pub fn Field(
    #[prop(into)] label: ViewFn,
    value: RwSignal<String>,
    #[prop(optional, into)] fault: Fault,
    #[prop(optional, into)] hint: Option<ViewFn>,
    #[prop(optional, into)] kind: Option<&'static str>,
    #[prop(optional, into)] class: Option<&'static str>,
    #[prop(optional, into)] name: Option<&'static str>,
    /// `autocomplete`; off unless told.
    #[prop(optional, into)]
    complete: Option<&'static str>,
    #[prop(optional, into)] input_mode: Option<&'static str>,
    #[prop(optional)] required: bool,
    /// Letters of a code: no correction, no capitals by the keyboard, left to right.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let id = next_id("field");
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described = describe(hint.is_some().then(|| hint_id.clone()), fault_id.clone(), fault);
    view! {
        <div class="field" class:has-error=move || !fault.read().is_empty()>
            <label for=id.clone()>{label.run()}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint.run()}</p> })}
            <input
                id=id
                class=format!("input {}", class.unwrap_or_default())
                class:mono=code
                type=kind.unwrap_or("text")
                name=name
                autocomplete=complete.unwrap_or("off")
                autocapitalize=code.then_some("none")
                spellcheck=code.then_some("false")
                dir=if code { "ltr" } else { "auto" }
                inputmode=input_mode
                required=required
                aria-invalid=move || (!fault.read().is_empty()).then_some("true")
                aria-describedby=described
                bind:value=value
            />
            <Message id=fault_id fault/>
        </div>
    }
}

/// A password with a button that shows it.
#[component]
pub fn PasswordField(
    #[prop(into)] label: ViewFn,
    value: RwSignal<String>,
    #[prop(optional, into)] fault: Fault,
    #[prop(optional, into)] hint: Option<ViewFn>,
    /// `current-password` or `new-password`.
    complete: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(false);
    let id = next_id("password");
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described = describe(hint.is_some().then(|| hint_id.clone()), fault_id.clone(), fault);
    view! {
        <div class="field" class:has-error=move || !fault.read().is_empty()>
            <label for=id.clone()>{label.run()}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint.run()}</p> })}
            <div class="input-button">
                <input
                    id=id
                    class="input"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=complete
                    autocapitalize="none"
                    spellcheck="false"
                    dir="ltr"
                    required=true
                    aria-invalid=move || (!fault.read().is_empty()).then_some("true")
                    aria-describedby=described
                    bind:value=value
                />
                <button
                    type="button"
                    class="button button-icon"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=move || t_string!(i18n, common.show_password)
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || view! { <Icon symbol=if shown.get() { Symbol::EyeOff } else { Symbol::Eye }/> }}
                </button>
            </div>
            <Message id=fault_id fault/>
        </div>
    }
}

/// One of a few choices, as buttons side by side. `label` names the group.
#[component]
pub fn Segments<T>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] chosen: Signal<T>,
    /// Each choice and its word.
    choices: Vec<(T, ViewFn)>,
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <div class="segments" role="group" aria-label=label>
            {choices
                .into_iter()
                .map(|(choice, word)| {
                    view! {
                        <button
                            type="button"
                            aria-pressed=move || (chosen.get() == choice).to_string()
                            on:click=move |_| on_choose.run(choice)
                        >
                            {word.run()}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn Message(id: String, fault: Fault) -> impl IntoView {
    view! {
        <div id=id aria-live="polite">
            <Show when=move || !fault.read().is_empty()>
                <p class="message">
                    <Icon symbol=Symbol::Warning/>
                    <span>{move || fault.get()}</span>
                </p>
            </Show>
        </div>
    }
}

/// The ids that describe a field: its hint always, its fault while there is one.
fn describe(
    hint: Option<String>,
    fault_id: String,
    fault: Fault,
) -> impl Fn() -> Option<String> + Send + Sync + 'static {
    move || {
        let fault = (!fault.read().is_empty()).then_some(fault_id.as_str());
        let ids: Vec<&str> = hint.as_deref().into_iter().chain(fault).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
