//! Allergies: always in sight, in three states that never look alike.

use leptos::prelude::*;
use record::view::{Allergies, Allergy};

use super::{concept, words};
use crate::{
    format,
    i18n::*,
    kit::{Icon, Symbol},
};

/// The banner right after the name; a named region.
pub fn banner(allergies: &Allergies, locale: Locale) -> AnyView {
    let label = td_string!(locale, chart.allergy.label);
    match allergies {
        Allergies::Known(known) => view! {
            <div class="allergies" role="region" aria-label=label>
                <Icon symbol=Symbol::Warning/>
                <ul>
                    {sorted(known)
                        .into_iter()
                        .map(|allergy| {
                            let (name, rest) = says(allergy, locale);
                            view! {
                                <li>
                                    <strong>
                                        <bdi>{name}</bdi>
                                    </strong>
                                    {(!rest.is_empty()).then(|| view! { " · " <bdi>{rest}</bdi> })}
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        }
        .into_any(),
        Allergies::NoneKnown => view! {
            <div class="allergies none" role="region" aria-label=label>
                <Icon symbol=Symbol::Check/>
                <p>{td_string!(locale, chart.allergy.none_known)}</p>
            </div>
        }
        .into_any(),
        Allergies::NotRecorded => view! {
            <div class="allergies unknown" role="region" aria-label=label>
                <Icon symbol=Symbol::Warning/>
                <p>
                    <strong>{td_string!(locale, chart.allergy.not_recorded)}</strong>
                </p>
            </div>
        }
        .into_any(),
    }
}

/// The most dangerous first; those that are over last.
pub fn sorted(known: &[Allergy]) -> Vec<&Allergy> {
    let mut known: Vec<&Allergy> = known.iter().collect();
    known.sort_by_key(|allergy| {
        let over = !matches!(allergy.clinical_status.as_str(), "" | "active");
        let danger = match (allergy.criticality.as_str(), allergy.severity.as_str()) {
            ("high", _) | (_, "severe") => 0,
            (_, "moderate") => 1,
            _ => 2,
        };
        (over, danger)
    });
    known
}

/// The substance, and what is known about the danger: `severe, high risk: throat swelling · resolved`.
pub fn says(allergy: &Allergy, locale: Locale) -> (String, String) {
    let name = concept::words(&allergy.substance, td_string!(locale, chart.allergy.unnamed));
    let danger = words::danger(&allergy.criticality, &allergy.severity, locale);
    let reactions = allergy.reactions.join(", ");
    let danger = words::join([&danger, &reactions], if locale == Locale::fr { "\u{a0}: " } else { ": " });
    let clinical = match allergy.clinical_status.as_str() {
        "inactive" => td_string!(locale, chart.allergy.inactive),
        "resolved" => td_string!(locale, chart.allergy.resolved),
        _ => "",
    };
    let verification = match allergy.verification_status.as_str() {
        "unconfirmed" => td_string!(locale, chart.allergy.unconfirmed),
        "refuted" => td_string!(locale, chart.allergy.refuted),
        _ => "",
    };
    (name, words::join([&danger, clinical, verification], " · "))
}

/// The allergies in full, with codes and dates, for the section of problems.
pub fn card(allergies: &Allergies, locale: Locale) -> impl IntoView + use<> {
    let known = match allergies {
        Allergies::Known(known) => sorted(known)
            .into_iter()
            .map(|allergy| {
                let (name, rest) = says(allergy, locale);
                let recorded = format::date(&allergy.recorded, locale);
                view! {
                    <div class="drug">
                        <h3>
                            <bdi>{name}</bdi>
                        </h3>
                        <div class="dose">
                            <bdi>{rest}</bdi>
                        </div>
                        {(!recorded.is_empty())
                            .then(|| view! { <div class="why">{td_string!(locale, chart.allergy.recorded, when = recorded)}</div> })}
                        {concept::codes(&allergy.substance, locale)}
                    </div>
                }
            })
            .collect_view()
            .into_any(),
        Allergies::NoneKnown => view! { <p class="card-pad">{td_string!(locale, chart.allergy.none_known)}</p> }.into_any(),
        Allergies::NotRecorded => view! { <p class="card-pad">{td_string!(locale, chart.allergy.not_recorded)}</p> }.into_any(),
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{td_string!(locale, chart.problem.allergies)}</h2>
            </div>
            <div class="rows rows-edge">{known}</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use record::view::Concept;

    use super::*;

    fn allergy(name: &str, criticality: &str, severity: &str, status: &str) -> Allergy {
        Allergy {
            substance: Concept { text: name.into(), ..Concept::default() },
            criticality: criticality.into(),
            severity: severity.into(),
            clinical_status: status.into(),
            ..Allergy::default()
        }
    }

    #[test]
    fn the_most_dangerous_stands_first_and_what_is_over_last() {
        let known = [
            allergy("dust", "low", "", ""),
            allergy("egg", "high", "severe", "resolved"),
            allergy("penicillin", "", "severe", "active"),
        ];
        let names: Vec<_> = sorted(&known).into_iter().map(|allergy| allergy.substance.text.as_str()).collect();
        assert_eq!(names, ["penicillin", "dust", "egg"]);
    }

    #[test]
    fn danger_is_said_in_words() {
        let mut known = allergy("penicillin", "high", "severe", "active");
        known.reactions = vec!["throat swelling".into()];
        assert_eq!(says(&known, Locale::en).1, "severe, high risk: throat swelling");
        assert_eq!(says(&allergy("", "", "", "resolved"), Locale::en), ("Unnamed substance".into(), "resolved".into()));
    }
}
