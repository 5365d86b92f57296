//! Dates, ages and counts as a person reads them, in the person's language. One formatter for all pages.
//!
//! FHIR dates may be partial and stay partial: nothing is invented. What is no FHIR date is shown as it was recorded.

use std::cmp::Ordering;

use crate::i18n::*;

/// A calendar date as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partial {
    pub year: u16,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// A whole calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// An age in the unit in which it is said: days below a month, months below two years, then years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    pub unit: AgeUnit,
    pub count: u16,
    /// Only the year (or month) of birth is known: one more or less is possible.
    pub about: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeUnit {
    Days,
    Months,
    Years,
}

/// Today by the clock of this device. Only in effects and event handlers.
pub fn today() -> Day {
    let now = js_sys::Date::new_0();
    Day { year: now.get_full_year() as u16, month: now.get_month() as u8 + 1, day: now.get_date() as u8 }
}

/// The date part of a FHIR date or dateTime.
pub fn parse(value: &str) -> Option<Partial> {
    let date = value.split('T').next()?;
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |month| month.map(Some))?;
    let day = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |day| day.map(Some))?;
    let valid = parts.next().is_none()
        && month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| (1..=days_in(year, month.unwrap_or(1) as u8)).contains(&(day as u8)));
    valid.then_some(Partial { year, month: month.map(|month| month as u8), day: day.map(|day| day as u8) })
}

/// `14 Mar 1951`, `March 1951` or `1951`; empty stays empty.
pub fn date(value: &str, locale: Locale) -> String {
    match parse(value) {
        Some(Partial { year, month: Some(month), day: Some(day) }) => {
            format!("{}\u{a0}{}\u{a0}{year}", ordinal_day(day, locale), month_short(month, locale))
        }
        Some(Partial { year, month: Some(month), .. }) => format!("{}\u{a0}{year}", month_long(month, locale)),
        Some(Partial { year, .. }) => year.to_string(),
        None => value.to_owned(),
    }
}

/// `24 Nov 2026, 10:20`: the date, and the time of day if one was recorded. A time in UTC is shown in local time; a time
/// with another offset is shown as it was on the clock of whoever recorded it.
pub fn date_time(value: &str, locale: Locale) -> String {
    let Some((_, time)) = value.split_once('T') else {
        return date(value, locale);
    };
    if cfg!(target_arch = "wasm32") && value.ends_with('Z') {
        let parsed = js_sys::Date::parse(value);
        if parsed.is_finite() {
            return instant(parsed, locale);
        }
    }
    match time.get(..5) {
        Some(clock) if parse(value).is_some() && clock.is_ascii() => format!("{}, {clock}", date(value, locale)),
        _ => value.to_owned(),
    }
}

/// A moment of this device's clock, as [`date_time`]. Only on the client.
pub fn instant(ms: f64, locale: Locale) -> String {
    let at = local(ms);
    let day = format!("{:04}-{:02}-{:02}", at.get_full_year(), at.get_month() + 1, at.get_date());
    format!("{}, {}", date(&day, locale), clock(ms))
}

/// `10:20`, local time of this device. Only on the client.
pub fn clock(ms: f64) -> String {
    let at = local(ms);
    format!("{:02}:{:02}", at.get_hours(), at.get_minutes())
}

/// The age today. Nothing if the birth date is unknown, not a date, or in the future.
pub fn age(birth: &str, today: Day) -> Option<Age> {
    let birth = parse(birth)?;
    let about = birth.day.is_none();
    let (month, day) = (birth.month.unwrap_or(1), birth.day.unwrap_or(1));
    if (Day { year: birth.year, month, day }) > today {
        return None;
    }
    if birth.month.is_none() {
        return Some(Age { unit: AgeUnit::Years, count: today.year - birth.year, about });
    }
    let months = i32::from(today.year - birth.year) * 12 + i32::from(today.month)
        - i32::from(month)
        - i32::from(birth.day.is_some() && today.day < day);
    let (unit, count) = match months {
        i32::MIN..=0 => (AgeUnit::Days, days_between(Day { year: birth.year, month, day }, today)),
        1..24 => (AgeUnit::Months, months as u16),
        _ => (AgeUnit::Years, (months / 12) as u16),
    };
    Some(Age { unit, count, about })
}

/// `75 years`, `7 months`, `about 75 years`.
pub fn age_text(age: Age, locale: Locale) -> String {
    let count = u64::from(age.count);
    let text = match age.unit {
        AgeUnit::Days => td_string!(locale, common.age_days, count = count),
        AgeUnit::Months => td_string!(locale, common.age_months, count = count),
        AgeUnit::Years => td_string!(locale, common.age_years, count = count),
    };
    if age.about { td_string!(locale, common.about, what = text) } else { text }
}

/// `1,284` in English, `1 284` in French.
pub fn number(value: u64, locale: Locale) -> String {
    let separator = match locale {
        Locale::en => ',',
        Locale::fr => '\u{202f}',
    };
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `340 KB`, `1.9 MB`: bytes in the unit in which a person compares them.
pub fn bytes(value: u64, locale: Locale) -> String {
    let (unit, size) = match value {
        0..1_000 => (td_string!(locale, common.unit_b), 1),
        1_000..1_000_000 => (td_string!(locale, common.unit_kb), 1_000),
        1_000_000..1_000_000_000 => (td_string!(locale, common.unit_mb), 1_000_000),
        _ => (td_string!(locale, common.unit_gb), 1_000_000_000),
    };
    let (whole, tenth) = (value / size, value % size * 10 / size);
    let point = match locale {
        Locale::en => '.',
        Locale::fr => ',',
    };
    if size == 1 || whole >= 100 {
        format!("{}\u{a0}{unit}", number(whole, locale))
    } else {
        format!("{whole}{point}{tenth}\u{a0}{unit}")
    }
}

/// Two letters that stand for a name: the first of the first and of the last word; of a script without words, the first.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter(|word| !word.ends_with('.'))
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// Earlier first; what is no date comes last.
pub fn by_date(a: &str, b: &str) -> Ordering {
    match (parse(a).is_some(), parse(b).is_some()) {
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        _ => a.cmp(b),
    }
}

fn local(ms: f64) -> js_sys::Date {
    js_sys::Date::new(&ms.into())
}

fn digits(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from one day to a later one that is at most a month away.
fn days_between(from: Day, to: Day) -> u16 {
    let days = if (from.year, from.month) == (to.year, to.month) {
        i16::from(to.day) - i16::from(from.day)
    } else {
        i16::from(days_in(from.year, from.month)) - i16::from(from.day) + i16::from(to.day)
    };
    days.unsigned_abs()
}

/// French says "1er" for the first day of a month.
fn ordinal_day(day: u8, locale: Locale) -> String {
    match (locale, day) {
        (Locale::fr, 1) => td_string!(locale, common.first_of_month).to_owned(),
        _ => day.to_string(),
    }
}

fn month_short(month: u8, locale: Locale) -> &'static str {
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

fn month_long(month: u8, locale: Locale) -> &'static str {
    match month {
        1 => td_string!(locale, common.month_long.m1),
        2 => td_string!(locale, common.month_long.m2),
        3 => td_string!(locale, common.month_long.m3),
        4 => td_string!(locale, common.month_long.m4),
        5 => td_string!(locale, common.month_long.m5),
        6 => td_string!(locale, common.month_long.m6),
        7 => td_string!(locale, common.month_long.m7),
        8 => td_string!(locale, common.month_long.m8),
        9 => td_string!(locale, common.month_long.m9),
        10 => td_string!(locale, common.month_long.m10),
        11 => td_string!(locale, common.month_long.m11),
        _ => td_string!(locale, common.month_long.m12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day { year: 2026, month: 11, day: 24 };

    fn said(birth: &str) -> Option<String> {
        age(birth, TODAY).map(|age| age_text(age, Locale::en))
    }

    #[test]
    fn whole_and_partial_dates_are_read_in_both_languages() {
        assert_eq!(date("1951-03-14", Locale::en), "14\u{a0}Mar\u{a0}1951");
        assert_eq!(date("1951-03-14", Locale::fr), "14\u{a0}mars\u{a0}1951");
        assert_eq!(date("1951-03-01", Locale::fr), "1er\u{a0}mars\u{a0}1951");
        assert_eq!(date("1951-02", Locale::fr), "février\u{a0}1951");
        assert_eq!(date("1951", Locale::en), "1951");
        assert_eq!(date("", Locale::en), "");
    }

    #[test]
    fn what_is_no_date_stays_as_recorded() {
        for text in ["2026-13-01", "2026-02-30", "yesterday", "14.03.1951", "2026-1-1", "2026-01-01-01"] {
            assert_eq!(date(text, Locale::en), text);
        }
    }

    #[test]
    fn a_time_is_shown_as_it_was_on_the_clock() {
        assert_eq!(date_time("2026-11-24T10:20:00+01:00", Locale::en), "24\u{a0}Nov\u{a0}2026, 10:20");
        assert_eq!(date_time("2026-11-24", Locale::en), "24\u{a0}Nov\u{a0}2026");
        assert_eq!(date_time("T1é", Locale::en), "T1é");
    }

    #[test]
    fn ages_are_said_in_the_unit_of_the_age() {
        assert_eq!(said("1951-03-14").as_deref(), Some("75 years"));
        assert_eq!(said("1951-11-25").as_deref(), Some("74 years"));
        assert_eq!(said("2024-11-24").as_deref(), Some("2 years"));
        assert_eq!(said("2024-11-25").as_deref(), Some("23 months"));
        assert_eq!(said("2026-10-24").as_deref(), Some("1 month"));
        assert_eq!(said("2026-10-25").as_deref(), Some("30 days"));
        assert_eq!(said("2026-11-23").as_deref(), Some("1 day"));
        assert_eq!(said("1951").as_deref(), Some("about 75 years"));
        assert_eq!(said("2027-01-01"), None);
        assert_eq!(said("unknown"), None);
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(999, Locale::en), "999");
        assert_eq!(number(1_284, Locale::en), "1,284");
        assert_eq!(number(1_234_567, Locale::fr), "1\u{202f}234\u{202f}567");
        assert_eq!(bytes(1_900_000, Locale::fr), "1,9\u{a0}Mo");
        assert_eq!(bytes(512, Locale::en), "512\u{a0}B");
    }

    #[test]
    fn initials_come_from_any_script() {
        assert_eq!(initials("Nadia Brenner"), "NB");
        assert_eq!(initials("Dr. Samuel K. Okoye"), "SO");
        assert_eq!(initials("林曉蓮"), "林");
        assert_eq!(initials("'Élodie"), "É");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn what_has_no_date_comes_last() {
        let mut dates = ["", "2020-01", "2019"];
        dates.sort_by(|a, b| by_date(a, b));
        assert_eq!(dates, ["2019", "2020-01", ""]);
    }
}
