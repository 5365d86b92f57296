//! What a source said about a value: a word and a shape, never colour alone. Ampoule computes no such mark.

use crate::i18n::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    High,
    Low,
    CriticalHigh,
    CriticalLow,
    Abnormal,
    Critical,
    Positive,
    Negative,
    Normal,
}

impl Mark {
    /// The codes of HL7's ObservationInterpretation; nothing for an empty or unknown code.
    pub fn of(code: &str) -> Option<Self> {
        Some(match code {
            "H" | "HU" | ">" => Self::High,
            "L" | "LU" | "<" => Self::Low,
            "HH" => Self::CriticalHigh,
            "LL" => Self::CriticalLow,
            "A" => Self::Abnormal,
            "AA" => Self::Critical,
            "POS" | "DET" => Self::Positive,
            "NEG" | "ND" => Self::Negative,
            "N" => Self::Normal,
            _ => return None,
        })
    }

    /// Outside of what the source takes for normal.
    pub const fn is_out(self) -> bool {
        !matches!(self, Self::Normal | Self::Negative)
    }

    pub const fn shape(self) -> &'static str {
        match self {
            Self::High => "↑",
            Self::Low => "↓",
            Self::CriticalHigh => "⇈",
            Self::CriticalLow => "⇊",
            Self::Abnormal | Self::Critical | Self::Positive => "◆",
            Self::Normal | Self::Negative => "",
        }
    }

    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Self::High => td_string!(locale, chart.mark.high),
            Self::Low => td_string!(locale, chart.mark.low),
            Self::CriticalHigh => td_string!(locale, chart.mark.critical_high),
            Self::CriticalLow => td_string!(locale, chart.mark.critical_low),
            Self::Abnormal => td_string!(locale, chart.mark.abnormal),
            Self::Critical => td_string!(locale, chart.mark.critical),
            Self::Positive => td_string!(locale, chart.mark.positive),
            Self::Negative => td_string!(locale, chart.mark.negative),
            Self::Normal => td_string!(locale, chart.mark.normal),
        }
    }
}

/// `↑ high`; a code that is not known stays the code.
pub fn text(code: &str, locale: Locale) -> String {
    match Mark::of(code) {
        Some(mark) => super::words::join([mark.shape(), mark.word(locale)], " "),
        None => code.to_owned(),
    }
}

/// Whether a code asks for attention; one that is not known does.
pub fn is_out(code: &str) -> bool {
    !code.is_empty() && Mark::of(code).is_none_or(Mark::is_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_word_and_a_shape() {
        assert_eq!(text("H", Locale::en), "↑ high");
        assert_eq!(text("LL", Locale::fr), "⇊ très bas");
        assert_eq!(text("N", Locale::en), "normal");
    }

    #[test]
    fn an_unknown_code_is_shown_and_stands_out() {
        assert_eq!(text("B", Locale::en), "B");
        assert!(is_out("B") && is_out("HH") && !is_out("N") && !is_out(""));
    }
}
