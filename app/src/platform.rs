//! The few things that a page asks of the browser itself. Only for event handlers and effects: a server has none of it.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::state::Unsupported;

/// Why the application cannot run here, if it cannot.
pub fn unsupported() -> Option<Unsupported> {
    let window = window();
    if !window.is_secure_context() {
        return Some(Unsupported::InsecureContext);
    }
    let storage = js_sys::Reflect::get(&window, &JsValue::from_str("indexedDB"));
    match storage {
        Ok(value) if !value.is_null() && !value.is_undefined() => None,
        _ => Some(Unsupported::NoStorage),
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A setting of this browser (never clinical): the theme, the language.
pub fn setting(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

pub fn set_setting(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage costs no more than the setting itself.
        let _ = storage.set_item(key, value);
    }
}

/// Whether a new version of the program waits (see `public/start.js`).
pub fn update_waits() -> bool {
    document().document_element().is_some_and(|root| root.get_attribute("data-update").as_deref() == Some("waiting"))
}

/// Lets the new version take over: the page loads again.
pub fn accept_update() {
    if let Ok(event) = web_sys::Event::new("ampoule-update-accept") {
        // Says only whether a listener objected.
        let _ = window().dispatch_event(&event);
    }
}

/// The browser's print dialog.
pub fn print() {
    // Fails only where there is no printing; the person sees that nothing opens.
    let _ = window().print();
}

/// The languages that the person prefers, best first, as the browser knows them.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|language| language.as_string()).collect()
}

/// Moves the focus to the first element that matches.
pub fn focus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Clicks the first element that matches.
pub fn click(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        element.click();
    }
}

/// Whether the person is typing into something.
pub fn in_field(target: Option<web_sys::EventTarget>) -> bool {
    target.and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
    })
}

/// A name for this device that a person recognises in a list, for example "Tablet, Firefox"; empty if unknown.
pub fn browser() -> (DeviceKind, &'static str) {
    let agent = window().navigator().user_agent().unwrap_or_default();
    (DeviceKind::of(&agent, window().navigator().max_touch_points() > 1), browser_name(&agent))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKind {
    Tablet,
    Phone,
    Computer,
}

impl DeviceKind {
    fn of(agent: &str, touch: bool) -> Self {
        let has = |word: &str| agent.contains(word);
        if has("iPad") || has("Tablet") || (has("Android") && !has("Mobile")) || (has("Macintosh") && touch) {
            Self::Tablet
        } else if has("iPhone") || has("Mobile") {
            Self::Phone
        } else {
            Self::Computer
        }
    }
}

fn browser_name(agent: &str) -> &'static str {
    [
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("OPR", "Opera"),
        ("Chrom", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ]
    .into_iter()
    .find(|(mark, _)| agent.contains(mark))
    .map_or("", |(_, name)| name)
}

/// A dialog is open: single keys belong to it.
pub fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_apart() {
        let ipad = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15";
        assert_eq!(DeviceKind::of(ipad, true), DeviceKind::Tablet);
        assert_eq!(DeviceKind::of(ipad, false), DeviceKind::Computer);
        assert_eq!(DeviceKind::of("Linux; Android 14; SM-X200) Chrome/120 Safari", true), DeviceKind::Tablet);
        assert_eq!(DeviceKind::of("Linux; Android 14; Pixel) Chrome/120 Mobile Safari", true), DeviceKind::Phone);
    }

    #[test]
    fn the_browser_is_named_by_its_own_mark() {
        assert_eq!(browser_name("Chrome/120.0 Safari/537.36 Edg/120.0"), "Edge");
        assert_eq!(browser_name("Version/17 Safari/605"), "Safari");
        assert_eq!(browser_name("something"), "");
    }
}
