//! The value axis: round steps from zero, so that heights can be compared.

use store::domain::{CountUnit, Language};

use super::style::{Magnitude, real};

/// One step of the axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ValueTick {
    pub(crate) value: f64,
    pub(crate) text: String,
}

/// The value axis of a chart of counts, always from zero.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ValueAxis {
    pub(crate) ticks: Vec<ValueTick>,
    /// The value at the upper end, above zero.
    pub(crate) top: f64,
    /// What the numbers count: "triệu trường hợp".
    pub(crate) heading: String,
}

impl ValueAxis {
    /// An axis that reaches at least `most` in about `steps` round steps.
    ///
    /// Where `most` is zero or no number, the axis reaches one, so that a line at zero lies at its foot.
    pub(crate) fn new(language: Language, count_unit: CountUnit, most: f64, steps: f64) -> Self {
        let most = if most.is_finite() { most.max(1.0) } else { 1.0 };
        let magnitude = Magnitude::of(most);
        let step = round_step(most / steps).max(1.0);
        let decimals = decimals_of(step / magnitude.divisor());
        let next = |value: &f64| (*value < most * (1.0 - 1e-9)).then_some(value + step);
        let ticks: Vec<ValueTick> = std::iter::successors(Some(0.0), next)
            .map(|value| ValueTick {
                value,
                text: real(language, value / magnitude.divisor(), decimals),
            })
            .collect();
        let top = ticks.last().map_or(1.0, |tick| tick.value);
        Self {
            ticks,
            top,
            heading: magnitude.heading(language, count_unit),
        }
    }
}

/// Round numbers from `least`, which is zero or below, to `most`, with where they lie between two places across.
pub(crate) fn ticks_across(
    language: Language,
    count_unit: CountUnit,
    (least, most): (f64, f64),
    place: &dyn Fn(f64) -> f64,
) -> (Vec<(f64, String)>, String) {
    const STEPS: f64 = 4.0;
    let reach = most.max(-least);
    let axis = ValueAxis::new(language, count_unit, reach, STEPS);
    let mirrored = axis.ticks.iter().skip(1).rev().map(|tick| ValueTick {
        value: -tick.value,
        text: format!("−{}", tick.text),
    });
    let ticks = mirrored
        .chain(axis.ticks.iter().cloned())
        .filter(|tick| least <= tick.value && tick.value <= most)
        .map(|tick| (place(tick.value), tick.text));
    (ticks.collect(), axis.heading)
}

/// The nearest step of 1, 2, 2.5 or 5 times a power of ten that is not smaller than `least`.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| *step >= least * (1.0 - 1e-9) && (*step >= 10.0 || step.fract().abs() < 1e-9))
        .unwrap_or(power * 10.0)
}

/// How many decimals the multiples of a step need, at most three.
fn decimals_of(step: f64) -> usize {
    (0..3)
        .find(|decimals| {
            let scaled = step * 10f64.powi(*decimals);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .map_or(3, |decimals| usize::try_from(decimals).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(most: f64) -> (Vec<String>, f64, String) {
        let axis = ValueAxis::new(Language::Vi, CountUnit::Record, most, 5.0);
        let texts = axis.ticks.into_iter().map(|tick| tick.text).collect();
        (texts, axis.top, axis.heading)
    }

    #[test]
    fn steps_are_round_and_reach_the_largest_value() {
        let (texts, top, heading) = axis(59_300_000.0);
        assert_eq!(texts, ["0", "20", "40", "60"]);
        assert!((top - 60e6).abs() < 1e-3);
        assert_eq!(heading, "triệu trường hợp");
        let (texts, top, _) = axis(12_000_000.0);
        assert_eq!(texts, ["0,0", "2,5", "5,0", "7,5", "10,0", "12,5"]);
        assert!((top - 12.5e6).abs() < 1e-3);
    }

    #[test]
    fn small_counts_have_whole_steps_and_nothing_has_an_axis_of_one() {
        assert_eq!(axis(3.0).0, ["0", "1", "2", "3"]);
        assert_eq!(axis(0.0).0, ["0", "1"]);
        assert_eq!(axis(f64::NAN).0, ["0", "1"]);
        assert_eq!(axis(12.0).0, ["0", "5", "10", "15"]);
    }

    #[test]
    fn huge_counts_keep_short_numbers() {
        let (texts, top, heading) = axis(1e12);
        assert_eq!(texts, ["0", "200", "400", "600", "800", "1.000"]);
        assert!((top - 1e12).abs() < 1e-3);
        assert_eq!(heading, "tỷ trường hợp");
    }
}
