//! Language and theme of this browser. They are read after the first render, which must equal the server's.

use leptos::prelude::*;

use crate::{i18n::*, platform};

const LANGUAGE: &str = "ampoule.language";
const THEME: &str = "ampoule.theme";
const SHORTCUTS: &str = "ampoule.shortcuts";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    Auto,
    Light,
    Dark,
    Contrast,
}

impl Theme {
    const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    fn of(word: &str) -> Self {
        [Self::Light, Self::Dark, Self::Contrast].into_iter().find(|theme| theme.word() == word).unwrap_or(Self::Auto)
    }
}

/// Context handle of the settings.
#[derive(Clone, Copy)]
pub struct Prefs {
    pub theme: RwSignal<Theme>,
    /// Single letters as keyboard shortcuts; a person can switch them off.
    pub shortcuts: RwSignal<bool>,
}

/// Provides the settings and applies those that are stored here.
pub fn provide() {
    let prefs = Prefs { theme: RwSignal::new(Theme::Auto), shortcuts: RwSignal::new(true) };
    provide_context(prefs);
    let i18n = use_i18n();
    Effect::new(move |_| {
        // In the next task: the first render of all pages is done then.
        request_animation_frame(move || {
            let chosen = platform::setting(LANGUAGE).and_then(|language| language.parse::<Locale>().ok());
            // Without a server nobody has looked at the browser's languages yet.
            if let Some(language) = chosen.or_else(|| spoken(&platform::languages()))
                && language != i18n.get_locale_untracked()
            {
                i18n.set_locale(language);
            }
            if let Some(theme) = platform::setting(THEME) {
                prefs.theme.set(Theme::of(&theme));
            }
            prefs.shortcuts.set(platform::setting(SHORTCUTS).as_deref() != Some("off"));
        });
    });
    Effect::new(move |_| {
        let theme = prefs.theme.get();
        if let Some(root) = document().document_element() {
            // Fails only for a name that is no attribute name.
            let _ = match theme {
                Theme::Auto => root.remove_attribute("data-theme"),
                theme => root.set_attribute("data-theme", theme.word()),
            };
        }
    });
}

pub fn prefs() -> Prefs {
    expect_context::<Prefs>()
}

impl Prefs {
    pub fn choose_theme(self, theme: Theme) {
        self.theme.set(theme);
        platform::set_setting(THEME, theme.word());
    }

    pub fn choose_shortcuts(self, on: bool) {
        self.shortcuts.set(on);
        platform::set_setting(SHORTCUTS, if on { "on" } else { "off" });
    }

    pub fn choose_language(self, i18n: leptos_i18n::I18nContext<Locale>, language: Locale) {
        i18n.set_locale(language);
        platform::set_setting(LANGUAGE, language.as_str());
    }
}

/// The first language of a person's list that there is.
fn spoken(languages: &[String]) -> Option<Locale> {
    languages.iter().find_map(|language| language.split(['-', '_']).next()?.to_lowercase().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_is_taken() {
        let languages = |list: &[&str]| list.iter().map(|language| (*language).to_owned()).collect::<Vec<_>>();
        assert_eq!(spoken(&languages(&["de-CH", "fr-CH", "en"])), Some(Locale::fr));
        assert_eq!(spoken(&languages(&["EN_gb"])), Some(Locale::en));
        assert_eq!(spoken(&[]), None);
    }

    #[test]
    fn an_unknown_theme_is_the_system_s() {
        assert_eq!(Theme::of("dark"), Theme::Dark);
        assert_eq!(Theme::of("pink"), Theme::Auto);
    }
}
