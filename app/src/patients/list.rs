//! The list: a search, how many there are, and the rows in sight. The worker is asked for the pages that stand.

use std::collections::BTreeMap;

use client::{
    failure::Failure,
    protocol::{Patients, Reply, Request},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use record::view::PatientRow;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    row::{Row, same_names},
    window::{PAGE, Window},
};
use crate::{
    format,
    i18n::*,
    kit::{Empty, Heading, Icon, Notice, Symbol, Tone},
    platform, state, text,
};

/// What the list holds. Copied freely; disposed with the list, and so with the lock.
#[derive(Clone, Copy)]
struct Held {
    query: RwSignal<String>,
    /// The search that the rows belong to: it follows `query` when the worker has answered.
    shown: RwSignal<String>,
    window: RwSignal<Option<Window>>,
    rows: RwSignal<BTreeMap<u32, Vec<PatientRow>>>,
    building: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// Counts searches: an answer to an older one is void.
    round: StoredValue<u64>,
}

impl Held {
    fn new() -> Self {
        Self {
            query: RwSignal::new(String::new()),
            shown: RwSignal::new(String::new()),
            window: RwSignal::new(None),
            rows: RwSignal::new(BTreeMap::new()),
            building: RwSignal::new(false),
            failure: RwSignal::new(None),
            round: StoredValue::new(0),
        }
    }

    /// Asks for a page of the search as it stands.
    fn ask(self, session: state::Session, page: u32) {
        let query = self.query.get_untracked();
        let round = self.round.get_value();
        let request = Request::Patients { query: query.clone(), first: page * PAGE, count: PAGE };
        spawn_local(async move {
            let reply = session.link().ask(request).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            match reply {
                Ok(Reply::Patients(patients)) => self.take(query, page, patients),
                Ok(_) => self.failure.set(Some(Failure::Internal)),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    fn take(self, query: String, page: u32, patients: Patients) {
        let Patients { total, rows, building, .. } = patients;
        self.failure.set(None);
        self.building.set(building);
        if *self.shown.read_untracked() == query && self.window.read_untracked().is_some() {
            if self.window.read_untracked().as_ref() != Some(&resized(self.window.get_untracked(), total)) {
                self.window.update(|window| *window = Some(resized(window.take(), total)));
            }
            self.rows.update(|held| drop(held.insert(page, rows)));
        } else {
            self.shown.set(query);
            self.rows.set(BTreeMap::from([(page, rows)]));
            self.window.set(Some(Window::new(total)));
        }
    }
}

fn resized(window: Option<Window>, total: u32) -> Window {
    let mut window = window.unwrap_or_default();
    window.resize(total);
    window
}

#[component]
pub fn PatientList(#[prop(into)] open: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let held = Held::new();
    let pane = NodeRef::<html::Div>::new();
    // Top and height of what is in sight.
    let sight = RwSignal::new((0.0, 800.0));
    let look = move || {
        if let Some(pane) = pane.get_untracked() {
            // A whole number or not, by the interfaces that the build allows.
            #[allow(clippy::useless_conversion)]
            let top = f64::from(pane.scroll_top());
            let now = (top, pane.get_bounding_client_rect().height());
            if sight.get_untracked() != now {
                sight.set(now);
            }
        }
    };
    // A search, and each change of what is searched in.
    Effect::new(move |_| {
        held.query.track();
        held.round.update_value(|round| *round += 1);
        held.ask(session, 0);
    });
    Effect::new(move |before: Option<String>| {
        let shown = held.shown.get();
        if before.is_some_and(|before| before != shown)
            && let Some(pane) = pane.get_untracked()
        {
            pane.scroll_to_with_x_and_y(0.0, 0.0);
        }
        shown
    });
    let pages = Memo::new(move |_| {
        let (top, height) = sight.get();
        held.window.read().as_ref().and_then(|window| window.in_sight(top, height))
    });
    // Pages that come in sight are asked for; after a change, all of them again, while the old ones stand.
    Effect::new(move |before: Option<u64>| {
        let changed = session.changed.read().count;
        let again = before.is_some_and(|before| before != changed);
        for page in pages.get().into_iter().flatten() {
            if again || !held.rows.read_untracked().contains_key(&page) {
                held.ask(session, page);
            }
        }
        if again && pages.read_untracked().is_none() {
            held.ask(session, 0);
        }
        // What is far out of sight is let go.
        if let Some(pages) = pages.get_untracked() {
            let far = |page: &u32| *page + 4 < *pages.start() || *page > *pages.end() + 4;
            if held.rows.read_untracked().keys().any(far) {
                held.rows.update(|rows| rows.retain(|page, _| !far(page)));
            }
        }
        changed
    });
    Effect::new(move |_| {
        let listener = window_event_listener(ev::resize, move |_| look());
        on_cleanup(move || listener.remove());
    });
    Effect::new(move |_| {
        pane.track();
        request_animation_frame(look);
    });

    let total = Memo::new(move |_| held.window.read().as_ref().map(Window::total));
    let searching = move || !held.shown.read().trim().is_empty();
    let body = move || match total.get() {
        None => view! { <Bones/> }.into_any(),
        Some(0) if held.building.get() => view! { <Bones/> }.into_any(),
        Some(0) if searching() => view! { <NobodyFound/> }.into_any(),
        Some(0) => view! { <NobodyYet/> }.into_any(),
        Some(_) => view! { <Pages held pages open/> }.into_any(),
    };
    view! {
        <section class="pane-list" aria-label=move || t_string!(i18n, common.nav.patients) on:keydown=move_by_key>
            <Heading class="visually-hidden">{t!(i18n, common.nav.patients)}</Heading>
            <div class="list-head">
                <SearchField query=held.query shown=held.shown/>
                <a class="button button-soft" href="/patients/new">
                    <Icon symbol=Symbol::Plus/>
                    {t!(i18n, patients.new_patient)}
                </a>
            </div>
            <p class="letter" role="status">
                {move || count_text(total.get(), searching(), held.building.get(), i18n.get_locale())}
            </p>
            {move || {
                held.failure
                    .get()
                    .map(|why| {
                        view! {
                            <Notice tone=Tone::Danger symbol=Symbol::Warning role="alert">
                                {text::failure(why, i18n.get_locale())}
                            </Notice>
                        }
                    })
            }}
            <div class="patients" node_ref=pane on:scroll=move |_| look()>
                {body}
            </div>
        </section>
    }
}

/// What stands above the list.
fn count_text(total: Option<u32>, searching: bool, building: bool, locale: Locale) -> String {
    match total {
        _ if building => td_string!(locale, patients.building).to_owned(),
        None => td_string!(locale, common.loading).to_owned(),
        Some(total) if searching => td_string!(locale, patients.found, count = total),
        Some(total) if total < 1000 => td_string!(locale, patients.count, count = total),
        Some(total) => td_string!(locale, patients.thousands, number = format::number(total.into(), locale)),
    }
}

#[component]
fn SearchField(query: RwSignal<String>, shown: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let clear = move |_| {
        query.set(String::new());
        platform::focus("#search");
    };
    // Enter opens the first row, but never one that an earlier search found.
    let enter = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if *query.read_untracked() == *shown.read_untracked() => platform::click(".patients .patient"),
        "Escape" if !query.read_untracked().is_empty() => {
            event.prevent_default();
            query.set(String::new());
        }
        _ => {}
    };
    view! {
        <div class="search" role="search">
            <Icon symbol=Symbol::Search/>
            <input
                id="search"
                class="input"
                class:is-filled=move || !query.read().is_empty()
                type="text"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                placeholder=move || t_string!(i18n, patients.search_hint)
                aria-label=move || t_string!(i18n, patients.search)
                aria-keyshortcuts="/"
                bind:value=query
                on:keydown=enter
            />
            <Show when=move || !query.read().is_empty()>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label=move || t_string!(i18n, patients.clear)
                    on:click=clear
                >
                    <Icon symbol=Symbol::Close/>
                </button>
            </Show>
        </div>
    }
}

/// The pages in sight, and as much empty room above and below as the others take.
#[component]
fn Pages(
    held: Held,
    pages: Memo<Option<std::ops::RangeInclusive<u32>>>,
    #[prop(into)] open: Signal<String>,
) -> impl IntoView {
    let room = move |of: fn(&Window, u32) -> f64, end: bool| {
        move || {
            let pages = pages.get()?;
            let page = if end { *pages.end() } else { *pages.start() };
            let height = held.window.read().as_ref().map_or(0.0, |window| of(window, page));
            Some(format!("{height}px"))
        }
    };
    view! {
        <div role="list">
            <div role="presentation" style:block-size=room(Window::offset, false)></div>
            <For each=move || pages.get().into_iter().flatten() key=|page| *page let:page>
                <PageOfRows held page open/>
            </For>
            <div role="presentation" style:block-size=room(Window::below, true)></div>
        </div>
    }
}

#[component]
fn PageOfRows(held: Held, page: u32, #[prop(into)] open: Signal<String>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let today = format::today();
    let rows = Memo::new(move |_| held.rows.read().get(&page).cloned());
    let total = Memo::new(move |_| held.window.read().as_ref().map_or(0, Window::total));
    // Measured when the rows stand.
    Effect::new(move |_| {
        if rows.read().is_none() {
            return;
        }
        request_animation_frame(move || {
            let height =
                node.try_get_untracked().flatten().map_or(0.0, |node| node.get_bounding_client_rect().height());
            let news = held
                .window
                .try_with_untracked(|window| {
                    let mut window = window.clone();
                    window.as_mut().is_some_and(|window| window.measure(page, height)).then_some(window)
                })
                .flatten();
            if let Some(window) = news {
                held.window.try_set(window);
            }
        });
    });
    let empty_height = move || {
        let missing = rows.read().is_none();
        missing.then(|| format!("{}px", held.window.read().as_ref().map_or(0.0, |window| window.height(page))))
    };
    view! {
        <div node_ref=node role="presentation" style:min-block-size=empty_height>
            {move || {
                rows.get()
                    .map(|rows| {
                        let same = same_names(&rows);
                        let total = total.get();
                        rows.into_iter()
                            .enumerate()
                            .map(|(at, row)| {
                                let place = page * PAGE + at as u32;
                                view! {
                                    <Row row place total today same_name=same.contains(&at) query=held.shown open/>
                                }
                            })
                            .collect_view()
                    })
            }}
        </div>
    }
}

/// Where rows will be. No name is drawn as a bar.
#[component]
fn Bones() -> impl IntoView {
    view! {
        <div aria-hidden="true" class="bones">
            {(0..6)
                .map(|_| {
                    view! {
                        <div class="patient">
                            <span class="avatar"></span>
                            <span>
                                <span class="bone bone-name"></span>
                                <span class="bone bone-facts"></span>
                            </span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn NobodyYet() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty symbol=Symbol::Patients>
            <h3>{t!(i18n, patients.none)}</h3>
            <p class="small">{t!(i18n, patients.none_text)}</p>
            <a class="button button-main" href="/import">
                <Icon symbol=Symbol::Upload/>
                {t!(i18n, patients.import_)}
            </a>
            <a class="button" href="/patients/new">
                <Icon symbol=Symbol::Plus/>
                {t!(i18n, patients.add)}
            </a>
        </Empty>
    }
}

#[component]
fn NobodyFound() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty symbol=Symbol::Search>
            <h3>{t!(i18n, patients.not_found)}</h3>
            <p class="small">{t!(i18n, patients.not_found_text)}</p>
            <a class="button" href="/patients/new">
                <Icon symbol=Symbol::Plus/>
                {t!(i18n, patients.add)}
            </a>
        </Empty>
    }
}

/// Up and down move between the search and the rows.
fn move_by_key(event: ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Ok(found) = document().query_selector_all("#search, .patients .patient[href]") else { return };
    let stops: Vec<HtmlElement> =
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok()).collect();
    let now = document().active_element();
    let at = stops.iter().position(|stop| now.as_ref() == Some(stop.as_ref()));
    let to = at.map_or(Some(0), |at| at.checked_add_signed(step));
    if let Some(stop) = to.and_then(|to| stops.get(to)) {
        event.prevent_default();
        // Fails only for what is not in the document.
        let _ = stop.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_says_what_it_counts() {
        assert_eq!(count_text(Some(1), false, false, Locale::en), "1 patient");
        assert_eq!(count_text(Some(1284), false, false, Locale::en), "1,284 patients");
        assert_eq!(count_text(Some(0), true, false, Locale::fr), "0 trouvé");
        assert_eq!(count_text(Some(3), false, true, Locale::en), "The list is being prepared…");
    }
}
