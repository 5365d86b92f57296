//! Two versions of one record: a person chooses each value, and none is preselected.

use std::sync::Arc;

use client::protocol::Request;
use leptos::prelude::*;
use record::view::{ChartView, Conflict, FieldConflict};

use super::{
    editor::{self, Try},
    section::Section,
};
use crate::{
    i18n::*,
    kit::{Empty, Icon, Notice, Symbol, Tone},
    text,
};

/// The chosen version of each field, in the order of the fields.
pub type Choices = Vec<Option<u32>>;

/// What is sent once every field has a value; nothing before.
pub fn resolved(conflict: &Conflict, choices: &Choices) -> Option<Vec<(String, u32)>> {
    conflict
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| Some((field.path.clone(), (*choices.get(index)?)?)))
        .collect()
}

/// The values that are kept, as the button names them.
pub fn kept(conflict: &Conflict, choices: &Choices, locale: Locale) -> Option<String> {
    let values: Vec<String> = conflict
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let chosen = (*choices.get(index)?)?;
            Some(shown(field.values.get(chosen as usize)?, locale))
        })
        .collect::<Option<_>>()?;
    Some(values.join("; "))
}

fn shown(value: &str, locale: Locale) -> String {
    if value.is_empty() { td_string!(locale, chart.conflict.empty).to_owned() } else { value.to_owned() }
}

/// The name of a field by the end of its path; the path itself if it has none.
pub fn field_name(path: &str, locale: Locale) -> String {
    let parts: Vec<&str> =
        path.split('.').map(|part| part.split('[').next().unwrap_or(part)).filter(|part| !part.is_empty()).collect();
    let name = parts.iter().rev().find_map(|part| {
        Some(match *part {
            "family" => td_string!(locale, chart.conflict.path.family),
            "given" => td_string!(locale, chart.conflict.path.given),
            "birthDate" => td_string!(locale, chart.conflict.path.birth_date),
            "gender" => td_string!(locale, chart.conflict.path.sex),
            "telecom" => td_string!(locale, chart.conflict.path.contact),
            "line" => td_string!(locale, chart.conflict.path.line),
            "city" => td_string!(locale, chart.conflict.path.city),
            "postalCode" => td_string!(locale, chart.conflict.path.postal_code),
            "country" => td_string!(locale, chart.conflict.path.country),
            "address" => td_string!(locale, chart.conflict.path.address),
            "name" => td_string!(locale, chart.conflict.path.name),
            "dosageInstruction" | "dosage" => td_string!(locale, chart.conflict.path.dosage),
            "medicationCodeableConcept" | "medicationReference" => td_string!(locale, chart.conflict.path.medicine),
            "clinicalStatus" => td_string!(locale, chart.conflict.path.clinical_status),
            "status" => td_string!(locale, chart.conflict.path.status),
            "criticality" => td_string!(locale, chart.conflict.path.criticality),
            "severity" => td_string!(locale, chart.conflict.path.severity),
            "valueQuantity" | "valueString" | "valueCodeableConcept" => td_string!(locale, chart.conflict.path.value),
            "code" => td_string!(locale, chart.conflict.path.code),
            "note" => td_string!(locale, chart.conflict.path.note),
            "deceasedDateTime" | "deceasedBoolean" => td_string!(locale, chart.conflict.path.deceased),
            "title" | "description" => td_string!(locale, chart.conflict.path.title),
            "date" | "effectiveDateTime" | "authoredOn" | "recordedDate" => {
                td_string!(locale, chart.conflict.path.date)
            }
            _ => return None,
        })
    });
    name.map_or_else(|| path.to_owned(), str::to_owned)
}

#[component]
pub fn Review(chart: Arc<ChartView>, on_saved: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let total = chart.conflicts.len();
    let back = Section::Overview.path(&chart.patient.chart);
    let Some(conflict) = chart.conflicts.first().cloned() else {
        return view! {
            <Empty symbol=Symbol::Saved>
                <h2>{td_string!(locale, chart.conflict.done)}</h2>
                <p>{td_string!(locale, chart.conflict.done_text)}</p>
                <a class="button" href=back>
                    {td_string!(locale, chart.conflict.to_chart)}
                </a>
            </Empty>
        }
        .into_any();
    };
    let choices = RwSignal::new(vec![None; conflict.fields.len()]);
    let tried = RwSignal::new(Try::None);
    let fields =
        conflict.fields.iter().enumerate().map(|(index, field)| versions(field, index, choices, locale)).collect_view();
    let model = StoredValue::new(conflict.clone());
    let id = chart.patient.chart.clone();
    let main = Memo::new(move |_| model.with_value(|conflict| kept(conflict, &choices.read(), locale)));
    let no_fields = conflict.fields.is_empty();
    let keep = move |_| {
        let resolved = model.with_value(|conflict| resolved(conflict, &choices.read_untracked()));
        if let Some(choices) = resolved {
            let record = model.with_value(|conflict| conflict.record.clone());
            editor::save(Request::Resolve { chart: id.clone(), record, choices }, tried, on_saved);
        }
    };
    let label = move || match main.get() {
        _ if no_fields => td_string!(locale, chart.conflict.keep_shown).to_owned(),
        Some(value) if value == td_string!(locale, chart.conflict.empty) => {
            td_string!(locale, chart.conflict.keep_empty).to_owned()
        }
        Some(value) => td_string!(locale, chart.conflict.keep, value = value),
        None => td_string!(locale, chart.conflict.choose_all).to_owned(),
    };
    view! {
        <div class="stack review">
            <div class="row">
                <div>
                    <h2>
                        {td_string!(locale, chart.conflict.title)} ": " <bdi>{conflict.title.clone()}</bdi>
                    </h2>
                </div>
                {(total > 1)
                    .then(|| {
                        view! {
                            <span class="chip chip-conflict push">
                                <Icon symbol=Symbol::Fork/>
                                {td_string!(locale, chart.conflict.progress, number = 1, total = total)}
                            </span>
                        }
                    })}
            </div>
            <p class="quiet">{td_string!(locale, chart.conflict.intro)}</p>
            <Notice tone=Tone::Caution symbol=Symbol::Warning>
                {if no_fields { td_string!(locale, chart.conflict.merged) } else { td_string!(locale, chart.conflict.ask_first) }}
            </Notice>
            {fields}
            <div aria-live="assertive">
                {move || match tried.get() {
                    Try::Failed(failure) => {
                        Some(
                            view! {
                                <Notice tone=Tone::Danger symbol=Symbol::Warning>{text::failure(failure, i18n.get_locale())}</Notice>
                            },
                        )
                    }
                    _ => None,
                }}
            </div>
            <div class="review-actions">
                <a class="button button-large" href=back>
                    {td_string!(locale, chart.conflict.later)}
                </a>
                <button
                    type="button"
                    class="button button-main button-large"
                    disabled=move || main.read().is_none() || *tried.read() == Try::Saving
                    on:click=keep
                >
                    <Icon symbol=Symbol::Check/>
                    <bdi>{label}</bdi>
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// The versions of one field side by side.
fn versions(field: &FieldConflict, index: usize, choices: RwSignal<Choices>, locale: Locale) -> impl IntoView + use<> {
    let name = field_name(&field.path, locale);
    let group = format!("version-{index}");
    view! {
        <fieldset class="versions-field">
            <legend>{td_string!(locale, chart.conflict.choose, field = name.clone())}</legend>
            <div class="versions">
                {field
                    .values
                    .iter()
                    .enumerate()
                    .map(|(version, value)| {
                        let version = version as u32;
                        let keep = if value.is_empty() {
                            td_string!(locale, chart.conflict.keep_empty).to_owned()
                        } else {
                            td_string!(locale, chart.conflict.keep, value = value.clone())
                        };
                        let choose = move |_| {
                            choices
                                .update(|choices| {
                                    if let Some(choice) = choices.get_mut(index) {
                                        *choice = Some(version);
                                    }
                                });
                        };
                        view! {
                            <div class="version">
                                <header>
                                    <strong>{td_string!(locale, chart.conflict.version, number = version + 1)}</strong>
                                </header>
                                <div class="body">
                                    <div class="differs">
                                        <div class="field-name">{name.clone()}</div>
                                        <div class="field-value">
                                            <bdi>{shown(value, locale)}</bdi>
                                        </div>
                                    </div>
                                </div>
                                <label>
                                    <input
                                        type="radio"
                                        name=group.clone()
                                        prop:checked=move || choices.read().get(index).copied().flatten() == Some(version)
                                        on:change=choose
                                    />
                                    <bdi>{keep}</bdi>
                                </label>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflict() -> Conflict {
        let field = |path: &str, values: [&str; 2]| FieldConflict {
            path: path.into(),
            values: values.map(str::to_owned).to_vec(),
        };
        Conflict {
            fields: vec![
                field("dosageInstruction[0].text", ["500 mg", "850 mg, twice a day"]),
                field("note", ["", "told by phone"]),
            ],
            ..Conflict::default()
        }
    }

    #[test]
    fn nothing_is_sent_before_every_field_is_chosen() {
        assert_eq!(resolved(&conflict(), &vec![None, None]), None);
        assert_eq!(resolved(&conflict(), &vec![Some(1), None]), None);
        assert_eq!(
            resolved(&conflict(), &vec![Some(1), Some(0)]),
            Some(vec![("dosageInstruction[0].text".into(), 1), ("note".into(), 0)])
        );
    }

    #[test]
    fn the_button_names_the_values_kept() {
        assert_eq!(
            kept(&conflict(), &vec![Some(1), Some(0)], Locale::en).as_deref(),
            Some("850 mg, twice a day; (empty)")
        );
        assert_eq!(kept(&conflict(), &vec![Some(1), None], Locale::en), None);
    }

    #[test]
    fn fields_are_named_by_the_end_of_their_path() {
        assert_eq!(field_name("name[0].family", Locale::en), "Family name");
        assert_eq!(field_name("dosageInstruction[0].text", Locale::fr), "Dose");
        assert_eq!(field_name("animal.breed", Locale::en), "animal.breed");
    }
}
