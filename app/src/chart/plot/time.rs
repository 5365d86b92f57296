//! The horizontal axis: ticks at days, months or years as a calendar has them, for readings at uneven times.

const DAY_MS: i64 = 86_400_000;

/// A tick, with what its label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeTick {
    pub at_ms: i64,
    pub label: Label,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Year {
        year: i64,
    },
    /// With its year if it is January or the first tick.
    Month {
        year: i64,
        month: u8,
        with_year: bool,
    },
    Day {
        month: u8,
        day: u8,
    },
}

/// At most `most` ticks between the two moments (milliseconds since 1970, UTC).
pub fn ticks(first: i64, last: i64, most: usize) -> Vec<TimeTick> {
    let (first_day, last_day) = (first.div_euclid(DAY_MS), last.div_euclid(DAY_MS));
    let days = last_day - first_day;
    if days < 60 {
        let step = [1, 2, 7, 14].into_iter().find(|step| days / step < most as i64).unwrap_or(28);
        return (first_day..=last_day + 1)
            .step_by(step as usize)
            .map(|day| {
                let (_, month, day_of_month) = civil(day);
                TimeTick { at_ms: day * DAY_MS, label: Label::Day { month, day: day_of_month } }
            })
            .filter(|tick| tick.at_ms >= first && tick.at_ms <= last)
            .collect();
    }
    let (year, month, _) = civil(first_day);
    let (last_year, last_month, _) = civil(last_day);
    let months = (last_year - year) * 12 + i64::from(last_month) - i64::from(month);
    if let Some(step) = [1, 2, 3, 6].into_iter().find(|step| months / step < most as i64) {
        let start = year * 12 + i64::from(month) - 1;
        let mut ticks: Vec<TimeTick> = (start..=start + months + 1)
            .filter(|index| index.rem_euclid(step) == 0)
            .map(|index| {
                let (year, month) = (index.div_euclid(12), (index.rem_euclid(12) + 1) as u8);
                TimeTick {
                    at_ms: day_number(year, month, 1) * DAY_MS,
                    label: Label::Month { year, month, with_year: month == 1 },
                }
            })
            .filter(|tick| tick.at_ms >= first && tick.at_ms <= last)
            .collect();
        if let Some(TimeTick { label: Label::Month { with_year, .. }, .. }) = ticks.first_mut() {
            *with_year = true;
        }
        return ticks;
    }
    let years = last_year - year;
    let step = [1, 2, 5, 10, 20, 50].into_iter().find(|step| years / step < most as i64).unwrap_or(100);
    (year..=last_year)
        .filter(|year| year.rem_euclid(step) == 0)
        .map(|year| TimeTick { at_ms: day_number(year, 1, 1) * DAY_MS, label: Label::Year { year } })
        .filter(|tick| tick.at_ms >= first && tick.at_ms <= last)
        .collect()
}

/// Year, month and day of a day since 1970. <https://howardhinnant.github.io/date_algorithms.html>
fn civil(day: i64) -> (i64, u8, u8) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u8;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn day_number(year: i64, month: u8, day: u8) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted_month = (i64::from(month) + 9) % 12;
    let of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_right_in_both_directions() {
        for day in [-40_000, -1, 0, 59, 60, 11_016, 11_017, 20_781, 50_000] {
            let (year, month, day_of_month) = civil(day);
            assert_eq!(day_number(year, month, day_of_month), day);
        }
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
    }

    #[test]
    fn a_year_has_ticks_at_months() {
        let ticks = ticks(day_number(2026, 1, 13) * DAY_MS, day_number(2026, 11, 24) * DAY_MS, 12);
        assert_eq!(ticks.len(), 10);
        assert_eq!(ticks[0].label, Label::Month { year: 2026, month: 2, with_year: true });
        assert_eq!(ticks[1].label, Label::Month { year: 2026, month: 3, with_year: false });
    }

    #[test]
    fn decades_have_ticks_at_round_years() {
        let ticks = ticks(day_number(1951, 3, 1) * DAY_MS, day_number(2026, 3, 1) * DAY_MS, 10);
        assert_eq!(ticks[0].label, Label::Year { year: 1960 });
        assert!(ticks.len() <= 10);
    }

    #[test]
    fn days_and_single_moments_do_not_overflow() {
        let start = day_number(2026, 11, 20) * DAY_MS;
        assert_eq!(ticks(start, start + 3 * DAY_MS, 8).len(), 4);
        assert!(ticks(start + 1, start + 1, 8).is_empty());
        assert_eq!(ticks(i64::MIN / 4000, i64::MIN / 4000, 8).len(), 0);
    }
}
