//! The fields of a patient's demographics, for adding and for changing.

use client::protocol::FieldError;
use leptos::prelude::*;
use record::view::Demographics;

use crate::{i18n::*, kit::Field, text};

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Draft {
    given: RwSignal<String>,
    family: RwSignal<String>,
    birth_date: RwSignal<String>,
    sex: RwSignal<String>,
    phone: RwSignal<String>,
    email: RwSignal<String>,
    address_line: RwSignal<String>,
    city: RwSignal<String>,
    postal_code: RwSignal<String>,
    country: RwSignal<String>,
    faults: RwSignal<Vec<FieldError>>,
}

impl Draft {
    pub fn new(from: Demographics) -> Self {
        Self {
            given: RwSignal::new(from.given),
            family: RwSignal::new(from.family),
            birth_date: RwSignal::new(from.birth_date),
            sex: RwSignal::new(from.sex),
            phone: RwSignal::new(from.phone),
            email: RwSignal::new(from.email),
            address_line: RwSignal::new(from.address_line),
            city: RwSignal::new(from.city),
            postal_code: RwSignal::new(from.postal_code),
            country: RwSignal::new(from.country),
            faults: RwSignal::new(Vec::new()),
        }
    }

    /// What is typed, as it is to be saved.
    pub fn read(self) -> Demographics {
        let text = |value: RwSignal<String>| value.with_untracked(|value| value.trim().to_owned());
        Demographics {
            given: text(self.given),
            family: text(self.family),
            birth_date: iso_date(&text(self.birth_date)),
            sex: text(self.sex),
            phone: text(self.phone),
            email: text(self.email),
            address_line: text(self.address_line),
            city: text(self.city),
            postal_code: text(self.postal_code),
            country: text(self.country),
        }
    }

    /// Shows at the fields what was refused.
    pub fn refuse(self, faults: Vec<FieldError>) {
        self.faults.set(faults);
    }

    /// The same text as it was before, with nothing refused.
    pub fn accept(self) {
        self.faults.set(Vec::new());
    }

    fn fault(self, field: &'static str, locale: Locale) -> String {
        let faults = self.faults.read();
        faults
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| text::fault(fault.error, locale).to_owned())
            .unwrap_or_default()
    }

    /// What is wrong with the form as a whole.
    pub fn form_fault(self, locale: Locale) -> String {
        self.fault("form", locale)
    }
}

#[component]
pub fn DemographicsFields(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let fault = move |field: &'static str| Signal::derive(move || draft.fault(field, i18n.get_locale()));
    let sex = move |code: &'static str| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="sex"
                    value=code
                    prop:checked=move || *draft.sex.read() == code
                    on:change=move |_| draft.sex.set(code.to_owned())
                />
                <span>
                    {move || {
                        if code.is_empty() {
                            t_string!(i18n, patients.form.sex_empty).to_owned()
                        } else {
                            text::sex(code, i18n.get_locale())
                        }
                    }}
                </span>
            </label>
        }
    };
    view! {
        <div class="fields">
            <Field label=move || t!(i18n, patients.form.family) value=draft.family fault=fault("family") required=true/>
            <Field label=move || t!(i18n, patients.form.given) value=draft.given fault=fault("given")/>
            <Field
                label=move || t!(i18n, patients.form.birth_date)
                hint=move || t!(i18n, patients.form.birth_date_hint)
                value=draft.birth_date
                fault=fault("birth_date")
            />
            <fieldset class="choices wide">
                <legend>{t!(i18n, patients.form.sex)}</legend>
                <div class="row">
                    {sex("female")} {sex("male")} {sex("other")} {sex("unknown")} {sex("")}
                </div>
            </fieldset>
            <Field label=move || t!(i18n, patients.form.phone) value=draft.phone fault=fault("phone") kind="tel"/>
            <Field label=move || t!(i18n, patients.form.email) value=draft.email fault=fault("email") kind="email"/>
            <Field label=move || t!(i18n, patients.form.address) value=draft.address_line fault=fault("address_line")/>
            <Field label=move || t!(i18n, patients.form.postal_code) value=draft.postal_code fault=fault("postal_code")/>
            <Field label=move || t!(i18n, patients.form.city) value=draft.city fault=fault("city")/>
            <Field label=move || t!(i18n, patients.form.country) value=draft.country fault=fault("country")/>
        </div>
    }
}

/// A date typed day first, as a FHIR date; anything else as it is, for the worker to judge.
pub fn iso_date(typed: &str) -> String {
    let parts: Vec<&str> = typed.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let number = |part: &&str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(number) {
        return typed.to_owned();
    }
    match parts[..] {
        [day, month, year] if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        [year, month, day] if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        [month, year] if year.len() == 4 && month.len() <= 2 => format!("{year}-{month:0>2}"),
        [year, month] if year.len() == 4 && month.len() <= 2 => format!("{year}-{month:0>2}"),
        _ => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use client::protocol::FieldFault;

    use super::*;

    #[test]
    fn dates_may_be_typed_day_first() {
        for typed in ["14.03.1951", "14/3/1951", "14-03-1951", "1951-3-14", "14 03 1951"] {
            assert_eq!(iso_date(typed), "1951-03-14");
        }
        assert_eq!(iso_date("3.1951"), "1951-03");
        assert_eq!(iso_date("1951"), "1951");
    }

    #[test]
    fn what_is_no_date_is_left_to_be_refused() {
        for typed in ["", "14.03.51", "14 March 1951", "yesterday"] {
            assert_eq!(iso_date(typed), typed);
        }
    }

    #[test]
    fn a_draft_gives_back_what_it_was_made_from() {
        Owner::new().with(|| {
            let from = Demographics { given: "Inge".into(), birth_date: "1951".into(), ..Demographics::default() };
            assert_eq!(Draft::new(from.clone()).read(), from);
        });
    }

    #[test]
    fn a_refusal_stands_at_its_field() {
        Owner::new().with(|| {
            let draft = Draft::new(Demographics::default());
            draft.refuse(vec![FieldError { field: "family".into(), error: FieldFault::Required }]);
            assert!(!draft.fault("family", Locale::en).is_empty());
            assert!(draft.fault("given", Locale::en).is_empty());
        });
    }
}
