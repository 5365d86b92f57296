//! What is drawn of a series: positions in the drawing's own units, from readings as they were recorded.

use record::view::VitalSeries;

use super::{
    scale::Scale,
    time::{self, TimeTick},
};

pub const WIDTH: f64 = 720.0;
pub const HEIGHT: f64 = 300.0;
pub const LEFT: f64 = 52.0;
pub const RIGHT: f64 = 696.0;
pub const TOP: f64 = 18.0;
pub const BOTTOM: f64 = 262.0;

const DAY_MS: i64 = 86_400_000;
/// A shorter pause never breaks a line, however dense the other readings are.
const GAP_FLOOR_MS: i64 = 60 * DAY_MS;

/// How far back from the latest reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    Months3,
    Year1,
    All,
}

impl Range {
    fn since(self, now_ms: i64) -> i64 {
        match self {
            Self::Months3 => now_ms - 92 * DAY_MS,
            Self::Year1 => now_ms - 366 * DAY_MS,
            Self::All => i64::MIN,
        }
    }
}

/// One reading in the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its index in the series.
    pub reading: usize,
    pub x: f64,
    /// One height a component; nothing where it is missing or no number.
    pub heights: Vec<Option<f64>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// Height and label of each horizontal line.
    pub levels: Vec<(f64, String)>,
    /// Place and label of each mark in time.
    pub times: Vec<(f64, time::Label)>,
    /// One path for each component, broken at gaps.
    pub lines: Vec<String>,
    /// In the order of time.
    pub dots: Vec<Dot>,
    /// Readings that have no place in time.
    pub unplaced: usize,
}

impl Plot {
    /// `now_ms`: where the range ends.
    pub fn of(series: &VitalSeries, range: Range, now_ms: i64) -> Self {
        let unplaced = series.points.iter().filter(|point| point.at_ms.is_none()).count();
        let since = range.since(now_ms);
        let mut readings: Vec<(usize, i64, Vec<Option<f64>>)> = series
            .points
            .iter()
            .enumerate()
            .filter_map(|(index, point)| {
                let at = point.at_ms.filter(|at| *at >= since)?;
                let values: Vec<_> = point.values.iter().map(|value| number(value)).collect();
                values.iter().any(Option::is_some).then_some((index, at, values))
            })
            .collect();
        readings.sort_by_key(|(_, at, _)| *at);
        let (Some(first), Some(last)) = (readings.first().map(|r| r.1), readings.last().map(|r| r.1)) else {
            return Self { unplaced, ..Self::default() };
        };
        let numbers = || readings.iter().flat_map(|(.., values)| values.iter().flatten().copied());
        let (scale, ticks) = Scale::around(numbers().fold(f64::MAX, f64::min), numbers().fold(f64::MIN, f64::max), 5);
        let height = |value: f64| BOTTOM - scale.place(value) * (BOTTOM - TOP);
        // A margin, so that the first and last points do not stand on the edge.
        let (left, right) = (LEFT + 14.0, RIGHT - 14.0);
        let place = move |at: i64| {
            if last > first {
                left + (at - first) as f64 / (last - first) as f64 * (right - left)
            } else {
                (left + right) / 2.0
            }
        };
        let dots: Vec<Dot> = readings
            .iter()
            .map(|(reading, at, values)| Dot {
                reading: *reading,
                x: place(*at),
                heights: values.iter().map(|value| value.map(height)).collect(),
            })
            .collect();
        let times: Vec<i64> = readings.iter().map(|(_, at, _)| *at).collect();
        let gap = longest_line(&times);
        let components = readings.iter().map(|(.., values)| values.len()).max().unwrap_or(1);
        Self {
            levels: ticks.values.iter().map(|value| (height(*value), format!("{value:.0$}", ticks.decimals))).collect(),
            times: time::ticks(first, last, 10)
                .into_iter()
                .map(|TimeTick { at_ms, label }| (place(at_ms), label))
                .collect(),
            lines: (0..components).map(|component| line(&dots, &times, component, gap)).collect(),
            dots,
            unplaced,
        }
    }

    /// The reading next to a place on the horizontal axis, as an index into [`Self::dots`].
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let distance = |dot: &Dot| (dot.x - x).abs();
        (0..self.dots.len()).min_by(|a, b| distance(&self.dots[*a]).total_cmp(&distance(&self.dots[*b])))
    }
}

/// A decimal as recorded; what is no number is not drawn and stands in the table.
fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|value| value.is_finite())
}

/// The longest pause that a line still spans: six times the usual one.
fn longest_line(times: &[i64]) -> i64 {
    let mut pauses: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    pauses.sort_unstable();
    pauses.get(pauses.len().saturating_sub(1) / 2).map_or(i64::MAX, |usual| usual.saturating_mul(6)).max(GAP_FLOOR_MS)
}

fn line(dots: &[Dot], times: &[i64], component: usize, gap: i64) -> String {
    let mut path = String::new();
    let mut previous: Option<i64> = None;
    for (dot, at) in dots.iter().zip(times) {
        let Some(Some(height)) = dot.heights.get(component) else {
            previous = None;
            continue;
        };
        let command = if previous.is_some_and(|previous| at - previous <= gap) { 'L' } else { 'M' };
        path.push_str(&format!("{command}{:.1} {height:.1}", dot.x));
        previous = Some(*at);
    }
    path
}

#[cfg(test)]
mod tests {
    use record::view::VitalPoint;

    use super::*;

    fn series(points: &[(Option<i64>, &[&str])]) -> VitalSeries {
        let points = points.iter().map(|(day, values)| VitalPoint {
            at_ms: day.map(|day| day * DAY_MS),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            ..VitalPoint::default()
        });
        VitalSeries { points: points.collect(), ..VitalSeries::default() }
    }

    #[test]
    fn one_reading_stands_in_the_middle() {
        let plot = Plot::of(&series(&[(Some(20_000), &["71.4"])]), Range::All, 0);
        assert_eq!(plot.dots.len(), 1);
        assert_eq!(plot.dots[0].x, (LEFT + RIGHT) / 2.0);
        assert!(plot.dots[0].heights[0].is_some_and(|height| height > TOP && height < BOTTOM));
        assert!(plot.lines[0].starts_with('M') && !plot.lines[0].contains('L'));
    }

    #[test]
    fn a_missing_component_breaks_its_line_only() {
        let plot = Plot::of(
            &series(&[
                (Some(1), &["120", "80"]),
                (Some(2), &["", "82"]),
                (Some(3), &["124", "84"]),
                (Some(4), &["126", "86"]),
            ]),
            Range::All,
            0,
        );
        assert_eq!(plot.lines[0].matches('M').count(), 2);
        assert_eq!(plot.lines[1].matches('M').count(), 1);
    }

    #[test]
    fn a_long_pause_breaks_the_line() {
        let plot = Plot::of(
            &series(&[(Some(0), &["1"]), (Some(10), &["2"]), (Some(20), &["3"]), (Some(400), &["4"])]),
            Range::All,
            0,
        );
        assert_eq!(plot.lines[0].matches('M').count(), 2);
    }

    #[test]
    fn what_has_no_place_is_counted_and_not_drawn() {
        let plot = Plot::of(&series(&[(None, &["1"]), (Some(1), &["many"]), (Some(2), &["7"])]), Range::All, 0);
        assert_eq!((plot.unplaced, plot.dots.len()), (1, 1));
        assert_eq!(plot.dots[0].reading, 2);
        assert_eq!(Plot::of(&series(&[]), Range::All, 0), Plot::default());
    }

    #[test]
    fn thousands_of_uneven_readings_stay_inside() {
        let points: Vec<(Option<i64>, [String; 1])> =
            (0..5000_i64).map(|index| (Some(index * index % 9001), [(index % 97).to_string()])).collect();
        let series = VitalSeries {
            points: points
                .iter()
                .map(|(day, values)| VitalPoint {
                    at_ms: day.map(|day| day * DAY_MS),
                    values: values.to_vec(),
                    ..VitalPoint::default()
                })
                .collect(),
            ..VitalSeries::default()
        };
        let plot = Plot::of(&series, Range::All, 0);
        assert_eq!(plot.dots.len(), 5000);
        assert!(plot.dots.windows(2).all(|pair| pair[0].x <= pair[1].x));
        assert!(plot.dots.iter().all(|dot| dot.x >= LEFT && dot.x <= RIGHT));
    }

    #[test]
    fn a_range_leaves_older_readings_out() {
        let series = series(&[(Some(0), &["1"]), (Some(300), &["2"]), (Some(390), &["3"])]);
        let now = 400 * DAY_MS;
        assert_eq!(Plot::of(&series, Range::Months3, now).dots.len(), 1);
        assert_eq!(Plot::of(&series, Range::Year1, now).dots.len(), 2);
        assert_eq!(Plot::of(&series, Range::All, now).dots.len(), 3);
    }

    #[test]
    fn the_nearest_reading_is_found() {
        let plot = Plot::of(&series(&[(Some(0), &["1"]), (Some(10), &["2"])]), Range::All, 0);
        assert_eq!(plot.nearest(0.0), Some(0));
        assert_eq!(plot.nearest(WIDTH), Some(1));
        assert_eq!(Plot::default().nearest(0.0), None);
    }
}
