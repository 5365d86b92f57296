//! FHIR dates and times as text: read, checked, placed on a time axis, and written for search. A partial date stays
//! partial. <https://hl7.org/fhir/R4/datatypes.html#dateTime>

use std::cmp::Ordering;

#[cfg(test)]
mod tests;

/// A date as far as it was recorded; proleptic Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Date {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` if it is not a day of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |part| part.map(Some))?;
        let day = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |part| part.map(Some))?;
        let real = parts.next().is_none()
            && month.is_none_or(|month| (1..=12).contains(&month))
            && day.is_none_or(|day| day >= 1 && day <= days_in(year, month.unwrap_or(1)));
        real.then_some(Self { year, month: month.map(|month| month as u8), day: day.map(|day| day as u8) })
    }

    /// True if the whole of this date lies after `other`, as far as both are known.
    pub fn is_after(&self, other: &Self) -> bool {
        let mut order = self.year.cmp(&other.year);
        for (own, other) in [(self.month, other.month), (self.day, other.day)] {
            match (own, other) {
                (Some(own), Some(other)) if order.is_eq() => order = own.cmp(&other),
                _ => break,
            }
        }
        order == Ordering::Greater
    }
}

/// Milliseconds since 1970 of a FHIR date, dateTime or instant. What is not recorded counts as its first moment; a time
/// without offset counts as UTC. `None` if it cannot be placed.
pub fn to_ms(text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let date = Date::parse(day)?;
    let days = days_since_1970(date.year.into(), date.month.unwrap_or(1).into(), date.day.unwrap_or(1).into());
    let midnight = days * 86_400_000;
    match time {
        None => Some(midnight),
        Some(_) if date.day.is_none() => None,
        Some(time) => Some(midnight + time_to_ms(time)?),
    }
}

/// Newest first; what cannot be placed comes last, in the order of its text.
pub fn newest_first(a: &str, b: &str) -> Ordering {
    match (to_ms(a), to_ms(b)) {
        (Some(a), Some(b)) => b.cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => b.cmp(a),
    }
}

/// The forms in which a person types a recorded date.
pub(crate) fn search_forms(text: &str) -> Vec<String> {
    let Some(date) = Date::parse(text.get(..10).unwrap_or(text)) else {
        return Vec::new();
    };
    let year = date.year;
    match (date.month, date.day) {
        (Some(month), Some(day)) => vec![
            format!("{year:04}-{month:02}-{day:02}"),
            format!("{day:02}.{month:02}.{year:04}"),
            format!("{day:02}/{month:02}/{year:04}"),
            format!("{year:04}{month:02}{day:02}"),
        ],
        (Some(month), None) => {
            vec![format!("{year:04}-{month:02}"), format!("{month:02}.{year:04}"), format!("{year:04}")]
        }
        _ => vec![format!("{year:04}")],
    }
}

fn time_to_ms(time: &str) -> Option<i64> {
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let mut parts = clock.split(':');
    let hour = i64::from(digits(parts.next()?, 2)?);
    let minute = i64::from(digits(parts.next()?, 2)?);
    let seconds = parts.next().unwrap_or("00");
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let second = i64::from(digits(second, 2)?);
    if parts.next().is_some()
        || hour > 23
        || minute > 59
        || second > 60
        || !fraction.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let millis = fraction.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some(((hour * 60 + minute) * 60 + second) * 1000 + millis - offset_minutes(zone)? * 60_000)
}

fn offset_minutes(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first() {
        None => return Some(0),
        Some(b'Z') => return (zone.len() == 1).then_some(0),
        Some(b'-') => -1,
        Some(_) => 1,
    };
    let (hours, minutes) = zone[1..].split_once(':')?;
    Some(sign * (i64::from(digits(hours, 2)?) * 60 + i64::from(digits(minutes, 2)?)))
}

fn digits(text: &str, length: usize) -> Option<u16> {
    let plain = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn days_in(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from civil, after Howard Hinnant, <https://howardhinnant.github.io/date_algorithms.html>.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}
