//! One patient in the list: the name in full, then what tells two patients of one name apart.

use std::collections::HashSet;

use leptos::prelude::*;
use record::view::PatientRow;

use crate::{
    format::{self, Day},
    i18n::*,
    kit::{Icon, Symbol},
    text,
};

/// Rows, by their place, whose name another row in sight has too.
pub fn same_names(rows: &[PatientRow]) -> HashSet<usize> {
    let folded: Vec<String> = rows.iter().map(|row| row.name.to_lowercase()).collect();
    (0..rows.len())
        .filter(|at| folded.iter().enumerate().any(|(other, name)| other != *at && *name == folded[*at]))
        .collect()
}

/// The name in parts, and whether the search found each: a word of the search begins the part.
pub fn parts(name: &str, query: &str) -> Vec<(String, bool)> {
    let words: Vec<Vec<char>> = query.split_whitespace().map(|word| word.to_lowercase().chars().collect()).collect();
    let letters: Vec<char> = name.chars().collect();
    let mut parts: Vec<(String, bool)> = Vec::new();
    let mut push = |text: &[char], found: bool| {
        if !text.is_empty() {
            parts.push((text.iter().collect(), found));
        }
    };
    let (mut at, mut plain) = (0, 0);
    while at < letters.len() {
        let begins = at == 0 || !letters[at - 1].is_alphanumeric();
        let found = words
            .iter()
            .filter(|word| begins && at + word.len() <= letters.len())
            .filter(|word| {
                letters[at..].iter().zip(word.iter()).all(|(letter, wanted)| letter.to_lowercase().eq([*wanted]))
            })
            .map(Vec::len)
            .max();
        match found {
            Some(length) if length > 0 => {
                push(&letters[plain..at], false);
                push(&letters[at..at + length], true);
                at += length;
                plain = at;
            }
            _ => at += 1,
        }
    }
    push(&letters[plain..], false);
    parts
}

/// What stands under the name: birth date, age, sex, number; each in its own direction of writing.
fn facts(row: &PatientRow, today: Day, locale: Locale) -> Vec<String> {
    let age = if row.deceased { None } else { format::age(&row.birth_date, today) };
    [
        format::date(&row.birth_date, locale),
        age.map(|age| format::age_text(age, locale)).unwrap_or_default(),
        text::sex_short(&row.sex, locale),
        if row.identifier.is_empty() {
            String::new()
        } else {
            td_string!(locale, patients.number, number = row.identifier.clone())
        },
    ]
    .into_iter()
    .filter(|fact| !fact.is_empty())
    .collect()
}

/// The row leads to the chart. `place` and `total` say where in the list it stands.
#[component]
pub fn Row(
    row: PatientRow,
    place: u32,
    total: u32,
    today: Day,
    same_name: bool,
    #[prop(into)] query: Signal<String>,
    /// The chart that is open beside the list.
    #[prop(into)]
    open: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let initials = format::initials(&row.name);
    let chart = row.chart.clone();
    let href = format!("/patients/{chart}");
    let nameless = row.name.is_empty();
    let name = row.name.clone();
    let (deceased, to_review) = (row.deceased, row.to_review);
    let facts = move || {
        facts(&row, today, i18n.get_locale())
            .into_iter()
            .enumerate()
            .map(|(at, fact)| view! { {(at > 0).then_some(" · ")} <bdi class="nowrap">{fact}</bdi> })
            .collect_view()
    };
    view! {
        <div role="listitem" aria-setsize=total.to_string() aria-posinset=(place + 1).to_string()>
            <a class="patient" href=href aria-current=move || (*open.read() == chart).then_some("true")>
                <span class="avatar" aria-hidden="true">{initials}</span>
                <span>
                    <span class="name">
                        {move || {
                            if nameless {
                                return t!(i18n, patients.nameless).into_any();
                            }
                            let parts = parts(&name, &query.read())
                                .into_iter()
                                .map(|(part, found)| {
                                    if found { view! { <mark>{part}</mark> }.into_any() } else { part.into_any() }
                                })
                                .collect_view();
                            view! { <bdi>{parts}</bdi> }.into_any()
                        }}
                    </span>
                    <span class="facts">{facts}</span>
                </span>
                <span class="end">
                    {deceased.then(|| view! { <span class="chip chip-outline">{t!(i18n, patients.deceased)}</span> })}
                    {to_review
                        .then(|| {
                            view! {
                                <span class="chip chip-conflict">
                                    <Icon symbol=Symbol::Fork/>
                                    {t!(i18n, patients.to_review)}
                                </span>
                            }
                        })}
                    {same_name
                        .then(|| {
                            view! {
                                <span class="chip chip-caution">
                                    <Icon symbol=Symbol::Warning/>
                                    {t!(i18n, patients.same_name)}
                                </span>
                            }
                        })}
                </span>
            </a>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> PatientRow {
        PatientRow {
            name: name.into(),
            birth_date: "1951-03-14".into(),
            sex: "female".into(),
            identifier: "0417".into(),
            ..PatientRow::default()
        }
    }

    #[test]
    fn patients_of_one_name_are_pointed_out() {
        let rows = [row("Dolores Reyes"), row("Oskar"), row("dolores reyes")];
        assert_eq!(same_names(&rows), HashSet::from([0, 2]));
    }

    #[test]
    fn the_search_marks_the_beginnings_of_words() {
        let parts = parts("Dolores Quintanilla Reyes", "quint dol");
        let found: Vec<&str> = parts.iter().filter(|(_, found)| *found).map(|(part, _)| part.as_str()).collect();
        assert_eq!(found, ["Dol", "Quint"]);
        assert_eq!(parts.iter().map(|(part, _)| part.as_str()).collect::<String>(), "Dolores Quintanilla Reyes");
    }

    #[test]
    fn marking_never_loses_a_letter_of_any_script() {
        for (name, query) in [("İpek Şahin", "i"), ("林 曉蓮", "曉"), ("ΣΟΦΊΑΣ", "σοφ"), ("", "x"), ("a", "abc")]
        {
            assert_eq!(parts(name, query).into_iter().map(|(part, _)| part).collect::<String>(), name);
        }
    }

    #[test]
    fn what_is_not_recorded_is_left_out() {
        let today = Day { year: 2026, month: 11, day: 24 };
        assert_eq!(facts(&row("A"), today, Locale::fr), ["14\u{a0}mars\u{a0}1951", "75 ans", "F", "Nº\u{a0}0417"]);
        assert!(facts(&PatientRow::default(), today, Locale::en).is_empty());
    }

    #[test]
    fn nobody_ages_after_death() {
        let today = Day { year: 2026, month: 11, day: 24 };
        let dead = PatientRow { deceased: true, ..row("A") };
        assert!(!facts(&dead, today, Locale::en).iter().any(|fact| fact.contains("75")));
    }
}
