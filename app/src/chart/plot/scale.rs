//! The vertical axis: round steps, and never a scale that makes a small change look large by having no height.

/// A linear axis from value to position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
}

/// Marks on the axis, with the decimals that their step needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    pub values: Vec<f64>,
    pub decimals: usize,
}

impl Scale {
    /// A scale with round ends around `low..=high`, and its ticks: about `wanted` of them.
    pub fn around(low: f64, high: f64, wanted: u32) -> (Self, Ticks) {
        let (low, high) = if high > low {
            (low, high)
        } else {
            // One value, or all the same: a tenth of it above and below.
            let pad = (low.abs() / 10.0).max(0.5);
            (low - pad, high + pad)
        };
        let step = round_step((high - low) / f64::from(wanted.max(1)));
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let count = (last - first) as u32;
        let values = (0..=count).map(|index| (first + f64::from(index)) * step).collect();
        let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        (Self { low: first * step, high: last * step }, Ticks { values, decimals })
    }

    /// From 0 (low) to 1 (high).
    pub fn place(self, value: f64) -> f64 {
        if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.5 }
    }
}

/// The next of 1, 2, 5, 10, 20 … at or above `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let base = [1.0, 2.0, 5.0].into_iter().find(|base| base * power >= step * 0.999_999).unwrap_or(10.0);
    base * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_all_values() {
        let (scale, ticks) = Scale::around(79.0, 156.0, 5);
        assert_eq!(ticks.values, [60.0, 80.0, 100.0, 120.0, 140.0, 160.0]);
        assert_eq!(ticks.decimals, 0);
        assert_eq!((scale.low, scale.high), (60.0, 160.0));
    }

    #[test]
    fn small_differences_have_decimals() {
        let (_, ticks) = Scale::around(36.4, 37.1, 5);
        assert_eq!(ticks.decimals, 1);
        assert!(ticks.values.len() >= 4);
    }

    #[test]
    fn one_value_stands_in_the_middle_of_a_scale_with_height() {
        let (scale, ticks) = Scale::around(71.4, 71.4, 5);
        assert!(scale.high - scale.low >= 10.0, "{scale:?}");
        assert!((0.3..0.7).contains(&scale.place(71.4)));
        assert!(ticks.values.len() > 2);
        let (scale, _) = Scale::around(0.0, 0.0, 5);
        assert!(scale.high > scale.low);
    }
}
