//! The drawing: geometry by attributes only, and one slider over it that reads out a reading at a time.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    model::{BOTTOM, Dot, HEIGHT, LEFT, Plot, RIGHT, TOP, WIDTH},
    time::Label,
};
use crate::i18n::*;

/// A plot with its readings. `texts` says each of [`Plot::dots`] in words, `out` which of them the source marked.
/// `picked` is the reading that is read out.
#[component]
pub fn PlotView(
    plot: Plot,
    label: String,
    texts: Vec<String>,
    out: Vec<bool>,
    picked: RwSignal<Option<usize>>,
    locale: Locale,
) -> impl IntoView {
    let last = plot.dots.len().saturating_sub(1);
    let now = move || picked.get().unwrap_or(last).min(last);
    let places: Vec<f64> = plot.dots.iter().map(|dot| dot.x).collect();
    let model = StoredValue::new(plot.clone());
    let pick = move |event: ev::PointerEvent| {
        // A mouse passes over; a finger or a pen touches.
        let Some(element) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        let bounds = element.get_bounding_client_rect();
        if bounds.width() > 0.0 {
            let x = (f64::from(event.client_x()) - bounds.left()) / bounds.width() * WIDTH;
            picked.set(model.with_value(|plot| plot.nearest(x)));
        }
    };
    let step = move |event: ev::KeyboardEvent| {
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now().saturating_sub(1),
            "ArrowRight" | "ArrowUp" => (now() + 1).min(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        picked.set(Some(next));
    };
    let spoken = texts.clone();
    let dense = plot.dots.len() > 80;
    view! {
        <div
            class="plot-wrap"
            role="slider"
            tabindex="0"
            aria-label=label
            aria-valuemin="1"
            aria-valuemax=last + 1
            aria-valuenow=move || now() + 1
            aria-valuetext=move || spoken.get(now()).cloned()
            on:keydown=step
        >
            <svg class="plot" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true" focusable="false" on:pointerdown=pick on:pointermove=pick>
                {plot
                    .levels
                    .iter()
                    .map(|(height, label)| {
                        view! {
                            <path class="grid" d=format!("M{LEFT} {height:.1}H{RIGHT}")></path>
                            <text x=LEFT - 8.0 y=height + 4.5 text-anchor="end">{label.clone()}</text>
                        }
                    })
                    .collect_view()}
                <path class="axis" d=format!("M{LEFT} {BOTTOM}H{RIGHT}")></path>
                {plot
                    .times
                    .iter()
                    .map(|(x, label)| {
                        view! {
                            <path class="axis" d=format!("M{x:.1} {BOTTOM}v5")></path>
                            <text x=*x y=BOTTOM + 22.0 text-anchor="middle">{time_label(*label, locale)}</text>
                        }
                    })
                    .collect_view()}
                {move || {
                    let x = places.get(now()).copied()?;
                    picked.get().map(|_| view! { <path class="cursor" d=format!("M{x:.1} {TOP}V{BOTTOM}")></path> })
                }}
                {plot
                    .lines
                    .iter()
                    .enumerate()
                    .map(|(component, line)| view! { <path class=format!("series-{}", component % 2 + 1) d=line.clone()></path> })
                    .collect_view()}
                {plot
                    .dots
                    .iter()
                    .enumerate()
                    .map(|(index, dot)| {
                        let chosen = move || picked.get() == Some(index);
                        markers(dot, out.get(index).copied().unwrap_or_default(), dense, chosen)
                    })
                    .collect_view()}
            </svg>
        </div>
    }
}

/// A disc for the first component, a square for the second; filled if the source marked the reading.
fn markers<F>(dot: &Dot, out: bool, dense: bool, chosen: F) -> impl IntoView + use<F>
where
    F: Fn() -> bool + Copy + Send + Sync + 'static,
{
    let x = dot.x;
    let radius = move || match (chosen(), dense) {
        (true, _) => 8.0,
        (false, true) => 3.0,
        (false, false) => 5.5,
    };
    dot.heights
        .iter()
        .enumerate()
        .filter_map(|(component, height)| height.map(|height| (component, height)))
        .map(|(component, height)| {
            if component == 0 {
                view! { <circle class="point-1" class:out=out cx=x cy=height r=radius></circle> }.into_any()
            } else {
                let side = move || radius() * 1.7;
                view! {
                    <rect
                        class="point-2"
                        class:out=out
                        x=move || x - side() / 2.0
                        y=move || height - side() / 2.0
                        width=side
                        height=side
                    ></rect>
                }
                .into_any()
            }
        })
        .collect_view()
}

fn time_label(label: Label, locale: Locale) -> String {
    match label {
        Label::Year { year } => year.to_string(),
        Label::Month { year, month, with_year } => {
            let name = month_name(month, locale);
            if with_year { format!("{name}\u{a0}{year}") } else { name.to_owned() }
        }
        Label::Day { month, day } => format!("{day}\u{a0}{}", month_name(month, locale)),
    }
}

fn month_name(month: u8, locale: Locale) -> &'static str {
    match month {
        1 => td_string!(locale, common.month_short.m1),
        2 => td_string!(locale, common.month_short.m2),
        3 => td_string!(locale, common.month_short.m3),
        4 => td_string!(locale, common.month_short.m4),
        5 => td_string!(locale, common.month_short.m5),
        6 => td_string!(locale, common.month_short.m6),
        7 => td_string!(locale, common.month_short.m7),
        8 => td_string!(locale, common.month_short.m8),
        9 => td_string!(locale, common.month_short.m9),
        10 => td_string!(locale, common.month_short.m10),
        11 => td_string!(locale, common.month_short.m11),
        _ => td_string!(locale, common.month_short.m12),
    }
}
