//! The parts of a chart, as they stand in the address, in the tabs and on the keys 1 to 7.

use crate::i18n::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    Overview,
    Timeline,
    Medications,
    Vitals,
    Problems,
    Results,
    Documents,
    /// Records with two versions; reached from the notice, not from a tab.
    Review,
    /// The summary on paper; reached from the print button.
    Print,
}

impl Section {
    pub const TABS: [Self; 7] = [
        Self::Overview,
        Self::Timeline,
        Self::Medications,
        Self::Vitals,
        Self::Problems,
        Self::Results,
        Self::Documents,
    ];

    /// The last part of the address; empty for the overview.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Timeline => "timeline",
            Self::Medications => "medications",
            Self::Vitals => "vitals",
            Self::Problems => "problems",
            Self::Results => "results",
            Self::Documents => "documents",
            Self::Review => "review",
            Self::Print => "print",
        }
    }

    /// The section of an address; the overview for what is none.
    pub fn of(slug: &str) -> Self {
        Self::TABS
            .into_iter()
            .chain([Self::Review, Self::Print])
            .find(|section| section.slug() == slug)
            .unwrap_or_default()
    }

    /// The section on a number key.
    pub fn on_key(key: &str) -> Option<Self> {
        let number: usize = key.parse().ok()?;
        Self::TABS.get(number.checked_sub(1)?).copied()
    }

    pub fn path(self, chart: &str) -> String {
        match self.slug() {
            "" => format!("/patients/{chart}"),
            slug => format!("/patients/{chart}/{slug}"),
        }
    }

    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Overview => td_string!(locale, chart.tab.overview),
            Self::Timeline => td_string!(locale, chart.tab.timeline),
            Self::Medications => td_string!(locale, chart.tab.medications),
            Self::Vitals => td_string!(locale, chart.tab.vitals),
            Self::Problems => td_string!(locale, chart.tab.problems),
            Self::Results => td_string!(locale, chart.tab.results),
            Self::Documents => td_string!(locale, chart.tab.documents),
            Self::Review => td_string!(locale, chart.tab.review),
            Self::Print => td_string!(locale, chart.print),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_section() {
        for section in Section::TABS.into_iter().chain([Section::Review, Section::Print]) {
            assert_eq!(Section::of(section.slug()), section);
        }
        assert_eq!(Section::of("nonsense"), Section::Overview);
    }

    #[test]
    fn keys_follow_the_tabs() {
        assert_eq!(Section::on_key("1"), Some(Section::Overview));
        assert_eq!(Section::on_key("7"), Some(Section::Documents));
        assert_eq!(Section::on_key("0"), None);
        assert_eq!(Section::on_key("8"), None);
        assert_eq!(Section::on_key("a"), None);
    }
}
