//! Language and colours of this browser.

use leptos::prelude::*;

use crate::{
    i18n::*,
    kit::{Dialog, Icon, Segments, Symbol},
    prefs::{Theme, prefs},
};

/// Opens the settings of the display.
#[component]
pub fn SettingsButton() -> impl IntoView {
    let i18n = use_i18n();
    let prefs = prefs();
    let shown = RwSignal::new(false);
    let close = Callback::new(move |()| shown.set(false));
    view! {
        <button
            type="button"
            class="button button-icon settings-button"
            aria-label=move || t_string!(i18n, common.settings)
            on:click=move |_| shown.set(true)
        >
            <Icon symbol=Symbol::Contrast/>
        </button>
        <Show when=move || shown.get()>
            <Dialog title=move || t!(i18n, common.settings) on_close=close>
                <LanguageChoice/>
                <div class="field">
                    <span class="field-label">{t!(i18n, common.theme)}</span>
                    <Segments
                        label=Signal::derive(move || t_string!(i18n, common.theme).to_owned())
                        chosen=prefs.theme
                        choices=vec![
                            (Theme::Auto, ViewFn::from(move || t!(i18n, common.theme_auto))),
                            (Theme::Light, ViewFn::from(move || t!(i18n, common.theme_light))),
                            (Theme::Dark, ViewFn::from(move || t!(i18n, common.theme_dark))),
                            (Theme::Contrast, ViewFn::from(move || t!(i18n, common.theme_contrast))),
                        ]
                        on_choose=Callback::new(move |theme| prefs.choose_theme(theme))
                    />
                </div>
            </Dialog>
        </Show>
    }
}

#[component]
pub fn LanguageChoice() -> impl IntoView {
    let i18n = use_i18n();
    let prefs = prefs();
    view! {
        <div class="field">
            <span class="field-label">{t!(i18n, common.language)}</span>
            <Segments
                label=Signal::derive(move || t_string!(i18n, common.language).to_owned())
                chosen=Signal::derive(move || i18n.get_locale())
                choices=vec![
                    (Locale::en, ViewFn::from(move || view! { <span lang="en">{t!(i18n, common.english)}</span> })),
                    (Locale::fr, ViewFn::from(move || view! { <span lang="fr">{t!(i18n, common.french)}</span> })),
                ]
                on_choose=Callback::new(move |language| prefs.choose_language(i18n, language))
            />
        </div>
    }
}
