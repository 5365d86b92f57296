//! The keyboard map and its list. A chart's own keys are with the chart.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

use crate::{i18n::*, kit::Dialog, platform, prefs::prefs, state};

/// What a key press asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Search,
    Go(&'static str),
    Lock,
    Help,
}

/// A key press, as far as the map looks at it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Press<'a> {
    pub key: &'a str,
    pub control: bool,
    /// Alt or the system's own key.
    pub other: bool,
    pub in_field: bool,
    /// Single letters are switched on.
    pub letters: bool,
    /// `g` was pressed just before.
    pub after_g: bool,
}

/// What a press means; nothing for all that belongs to the page or to the browser.
pub fn act(press: Press) -> Option<Act> {
    if press.control && !press.other && press.key.eq_ignore_ascii_case("l") {
        return Some(Act::Lock);
    }
    if press.control || press.other || press.in_field || !press.letters {
        return None;
    }
    match (press.after_g, press.key) {
        (true, "p") => Some(Act::Go("/patients")),
        (true, "i") => Some(Act::Go("/import")),
        (true, "d") => Some(Act::Go("/device")),
        (_, "/") => Some(Act::Search),
        (_, "?") => Some(Act::Help),
        _ => None,
    }
}

#[component]
pub fn Keys() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let prefs = prefs();
    let navigate = use_navigate();
    let shown = RwSignal::new(false);
    let after_g = StoredValue::new(0.0);
    let pressed = Callback::new(move |event: ev::KeyboardEvent| {
        let now = platform::now_ms();
        let key = event.key();
        let press = Press {
            key: &key,
            control: event.ctrl_key(),
            other: event.alt_key() || event.meta_key(),
            in_field: platform::in_field(event.target()) || platform::dialog_is_open(),
            letters: prefs.shortcuts.get_untracked(),
            after_g: now - after_g.get_value() < 1500.0,
        };
        after_g.set_value(if key == "g" && !press.in_field { now } else { 0.0 });
        let Some(act) = act(press) else { return };
        event.prevent_default();
        match act {
            Act::Search => platform::focus("#search"),
            Act::Go(path) => navigate(path, Default::default()),
            Act::Lock => session.lock(),
            Act::Help => shown.set(true),
        }
    });
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| pressed.run(event));
        on_cleanup(move || listener.remove());
    });
    let close = Callback::new(move |()| shown.set(false));
    view! {
        <Show when=move || shown.get()>
            <Dialog title=move || t!(i18n, common.keys.title) on_close=close>
                <KeyList/>
            </Dialog>
        </Show>
    }
}

#[component]
fn KeyList() -> impl IntoView {
    let i18n = use_i18n();
    let prefs = prefs();
    let chord = move |second: &'static str| {
        view! {
            <kbd>"g"</kbd>
            " "
            {t!(i18n, common.keys.then)}
            " "
            <kbd>{second}</kbd>
        }
    };
    let with_control = move |key: AnyView| {
        view! {
            <kbd>{t!(i18n, common.keys.control)}</kbd>
            " "
            <kbd>{key}</kbd>
        }
    };
    view! {
        <p>{t!(i18n, common.keys.intro)}</p>
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || prefs.shortcuts.get()
                on:change=move |event| prefs.choose_shortcuts(event_target_checked(&event))
            />
            <span>{t!(i18n, common.keys.switch_)}</span>
        </label>
        <dl class="keys">
            <dt><kbd>"/"</kbd></dt>
            <dd>{t!(i18n, common.keys.search)}</dd>
            <dt><kbd>"↑"</kbd> " " <kbd>"↓"</kbd> " " <kbd>{t!(i18n, common.keys.enter)}</kbd></dt>
            <dd>{t!(i18n, common.keys.list)}</dd>
            <dt>{chord("p")}</dt>
            <dd>{t!(i18n, common.keys.go_patients)}</dd>
            <dt>{chord("i")}</dt>
            <dd>{t!(i18n, common.keys.go_import)}</dd>
            <dt>{chord("d")}</dt>
            <dd>{t!(i18n, common.keys.go_device)}</dd>
            <dt><kbd>"1"</kbd> " – " <kbd>"9"</kbd></dt>
            <dd>{t!(i18n, common.keys.sections)}</dd>
            <dt><kbd>"n"</kbd></dt>
            <dd>{t!(i18n, common.keys.note)}</dd>
            <dt><kbd>"v"</kbd></dt>
            <dd>{t!(i18n, common.keys.vitals)}</dd>
            <dt><kbd>"p"</kbd></dt>
            <dd>{t!(i18n, common.keys.print)}</dd>
            <dt>{with_control(t!(i18n, common.keys.enter).into_any())}</dt>
            <dd>{t!(i18n, common.keys.save)}</dd>
            <dt>{with_control("L".into_any())}</dt>
            <dd>{t!(i18n, common.keys.lock)}</dd>
            <dt><kbd>{t!(i18n, common.keys.escape)}</kbd></dt>
            <dd>{t!(i18n, common.keys.close)}</dd>
            <dt><kbd>"?"</kbd></dt>
            <dd>{t!(i18n, common.keys.help)}</dd>
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press { key, letters: true, ..Press::default() }
    }

    #[test]
    fn letters_act_outside_of_fields_only() {
        assert_eq!(act(press("/")), Some(Act::Search));
        assert_eq!(act(Press { in_field: true, ..press("/") }), None);
        assert_eq!(act(Press { letters: false, ..press("?") }), None);
        assert_eq!(act(Press { other: true, ..press("?") }), None);
    }

    #[test]
    fn the_lock_works_everywhere() {
        assert_eq!(act(Press { control: true, in_field: true, letters: false, ..press("l") }), Some(Act::Lock));
    }

    #[test]
    fn places_need_g_first() {
        assert_eq!(act(press("d")), None);
        assert_eq!(act(Press { after_g: true, ..press("d") }), Some(Act::Go("/device")));
    }
}
