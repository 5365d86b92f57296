//! Recording vital signs: what is measured, in which unit, and what was measured last.

use std::sync::Arc;

use client::protocol::Request;
use leptos::prelude::*;
use record::view::{ChartView, VitalSeries, VitalsInput};

use super::{
    editor::{self, Editor, Try},
    signs, words,
};
use crate::{
    format::{self, Day},
    i18n::*,
    kit::{Icon, Symbol},
};

/// One number of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Systolic,
    Diastolic,
    Pulse,
    Oxygen,
    Temperature,
    RespiratoryRate,
    Weight,
    Height,
}

impl Sign {
    pub const ALL: [Self; 8] = [
        Self::Systolic,
        Self::Diastolic,
        Self::Pulse,
        Self::Oxygen,
        Self::Temperature,
        Self::RespiratoryRate,
        Self::Weight,
        Self::Height,
    ];

    /// Its name in [`VitalsInput`] and in the answers of the worker.
    const fn field(self) -> &'static str {
        match self {
            Self::Systolic => "systolic",
            Self::Diastolic => "diastolic",
            Self::Pulse => "pulse",
            Self::Oxygen => "oxygen",
            Self::Temperature => "temperature",
            Self::RespiratoryRate => "respiratory_rate",
            Self::Weight => "weight",
            Self::Height => "height",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::Systolic | Self::Diastolic => "mmHg",
            Self::Pulse | Self::RespiratoryRate => "/min",
            Self::Oxygen => "%",
            Self::Temperature => "°C",
            Self::Weight => "kg",
            Self::Height => "cm",
        }
    }

    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Systolic => td_string!(locale, chart.vitals.name.systolic),
            Self::Diastolic => td_string!(locale, chart.vitals.name.diastolic),
            Self::Pulse => td_string!(locale, chart.vitals.name.pulse),
            Self::Oxygen => td_string!(locale, chart.vitals.name.oxygen),
            Self::Temperature => td_string!(locale, chart.vitals.name.temperature),
            Self::RespiratoryRate => td_string!(locale, chart.vitals.name.respiratory_rate),
            Self::Weight => td_string!(locale, chart.vitals.name.weight),
            Self::Height => td_string!(locale, chart.vitals.name.height),
        }
    }

    /// Where its earlier values stand: LOINC codes and the component.
    const fn series(self) -> (&'static [&'static str], usize) {
        match self {
            Self::Systolic => (&["85354-9"], 0),
            Self::Diastolic => (&["85354-9"], 1),
            Self::Pulse => (&["8867-4"], 0),
            Self::Oxygen => (&["2708-6", "59408-5"], 0),
            Self::Temperature => (&["8310-5"], 0),
            Self::RespiratoryRate => (&["9279-1"], 0),
            Self::Weight => (&["29463-7"], 0),
            Self::Height => (&["8302-2"], 0),
        }
    }

    /// `27 Oct 2026: 71.4 kg`, the latest value of the chart; empty if there is none.
    pub fn previous(self, vitals: &[VitalSeries], locale: Locale) -> String {
        let (codes, component) = self.series();
        let latest = vitals
            .iter()
            .filter(|series| codes.contains(&series.code.as_str()))
            .flat_map(|series| series.points.iter().map(move |point| (point, &series.unit)))
            .filter(|(point, _)| point.values.get(component).is_some_and(|value| !value.is_empty()))
            .max_by_key(|(point, _)| point.at_ms);
        let Some((point, unit)) = latest else { return String::new() };
        let value = words::join([&signs::decimal(&point.values[component], locale), unit], "\u{a0}");
        td_string!(locale, chart.vitals.previous, when = format::date(&point.at, locale), value = value)
    }
}

/// A number as typed: without spaces around it, with a point for the decimal comma.
pub fn typed(text: &str) -> String {
    text.trim().replace(',', ".")
}

fn input(values: &[RwSignal<String>; 8]) -> VitalsInput {
    let [systolic, diastolic, pulse, oxygen, temperature, respiratory_rate, weight, height] =
        values.map(|value| typed(&value.read_untracked()));
    VitalsInput { systolic, diastolic, pulse, oxygen, temperature, weight, height, respiratory_rate }
}

#[component]
pub fn VitalsEditor(
    chart: Arc<ChartView>,
    today: Option<Day>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let values: [RwSignal<String>; 8] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let tried = RwSignal::new(Try::None);
    let empty = RwSignal::new(false);
    let dirty = Signal::derive(move || values.iter().any(|value| !value.read().trim().is_empty()));
    // What was asked about: only the same values are confirmed by saving once more.
    let asked = StoredValue::new(VitalsInput::default());
    let id = chart.patient.chart.clone();
    let on_save = Callback::new(move |()| {
        empty.set(!dirty.get_untracked());
        if empty.get_untracked() {
            return;
        }
        let vitals = input(&values);
        let confirmed = !tried.read_untracked().unusual().is_empty() && asked.with_value(|asked| *asked == vitals);
        asked.set_value(vitals.clone());
        editor::save(Request::SaveVitals { chart: id.clone(), vitals, confirmed }, tried, on_saved);
    });
    let save_label = Signal::derive(move || {
        if tried.read().unusual().is_empty() {
            t_string!(i18n, chart.vitals.save).to_owned()
        } else {
            t_string!(i18n, chart.vitals.save_right).to_owned()
        }
    });
    let fields = Sign::ALL
        .into_iter()
        .zip(values)
        .map(|(sign, value)| {
            let previous = sign.previous(&chart.vitals, locale);
            view! { <Measure sign value previous tried/> }
        })
        .collect_view();
    view! {
        <Editor title=move || t!(i18n, chart.record_vitals) chart today dirty tried save_label on_save on_close>
            <div class="measures">{fields}</div>
            <p class="caption">{t!(i18n, chart.vitals.now)}</p>
            <div aria-live="polite">
                <Show when=move || empty.get() && !dirty.get()>
                    <p class="message">
                        <Icon symbol=Symbol::Warning/>
                        <span>{t!(i18n, chart.vitals.enter_any)}</span>
                    </p>
                </Show>
            </div>
        </Editor>
    }
}

/// A number with its unit, its last value, and what is wrong or unusual about it.
#[component]
fn Measure(sign: Sign, value: RwSignal<String>, previous: String, tried: RwSignal<Try>) -> impl IntoView {
    let i18n = use_i18n();
    let before = previous.clone();
    let fault = Signal::derive(move || editor::fault(&tried.read(), sign.field(), i18n.get_locale()));
    let question = Signal::derive(move || {
        let locale = i18n.get_locale();
        tried.read().unusual().iter().find(|unusual| editor::same_name(&unusual.field, sign.field())).map(|unusual| {
            let value = words::join([&signs::decimal(&unusual.value, locale), sign.unit()], "\u{a0}");
            if before.is_empty() {
                td_string!(locale, chart.vitals.unusual, value = value)
            } else {
                td_string!(locale, chart.vitals.unusual_before, before = before.clone(), value = value)
            }
        })
    });
    let id = format!("vital-{}", sign.field());
    let message_id = format!("{id}-message");
    let hint_id = format!("{id}-hint");
    // Another number is another question.
    let changed = move |_| {
        if tried.with_untracked(|tried| !tried.unusual().is_empty()) && question.with_untracked(Option::is_some) {
            tried.set(Try::None);
        }
    };
    view! {
        <div class="field" class:has-error=move || !fault.read().is_empty() class:has-caution=move || question.read().is_some()>
            <label for=id.clone()>{move || sign.name(i18n.get_locale())}</label>
            <div class="input-unit">
                <input
                    id=id
                    class="input"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    dir="ltr"
                    aria-invalid=move || (!fault.read().is_empty()).then_some("true")
                    aria-describedby=format!("{hint_id} {message_id}")
                    bind:value=value
                    on:input=changed
                />
                <span class="unit">{sign.unit()}</span>
            </div>
            <p class="hint" id=hint_id>
                <bdi>{previous}</bdi>
            </p>
            <div id=message_id aria-live="polite">
                {move || {
                    let text = question.get().unwrap_or_else(|| fault.get());
                    (!text.is_empty())
                        .then(|| {
                            view! {
                                <p class="message">
                                    <Icon symbol=Symbol::Warning/>
                                    <bdi>{text}</bdi>
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use record::view::VitalPoint;

    use super::*;

    #[test]
    fn a_decimal_comma_is_a_decimal_point() {
        assert_eq!(typed(" 36,7 "), "36.7");
        assert_eq!(typed("71.4"), "71.4");
    }

    #[test]
    fn the_latest_value_of_a_component_is_said() {
        let point = |at: &str, ms, values: [&str; 2]| VitalPoint {
            at: at.into(),
            at_ms: Some(ms),
            values: values.map(str::to_owned).to_vec(),
            ..VitalPoint::default()
        };
        let pressure = VitalSeries {
            code: "85354-9".into(),
            unit: "mmHg".into(),
            points: vec![point("2026-10-27", 1, ["138", "82"]), point("2026-11-01", 2, ["140", ""])],
            ..VitalSeries::default()
        };
        let said = Sign::Diastolic.previous(std::slice::from_ref(&pressure), Locale::en);
        assert!(said.starts_with("27") && said.ends_with("82\u{a0}mmHg"), "{said}");
        assert_eq!(Sign::Weight.previous(&[pressure], Locale::en), "");
    }
}
