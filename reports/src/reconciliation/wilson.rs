//! The interval of a share that was counted.

use store::domain::Count;

/// A share with its 95 % interval, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The share.
    pub point: f64,
    /// The upper end.
    pub upper: f64,
}

/// Returns the Wilson score interval of `part` in `whole` at 95 %; `None` where the whole is nothing.
///
/// # Source
/// Wilson, E. B. (1927), Journal of the American Statistical Association 22; checked against reconciliation.md 6.7.
#[must_use]
pub fn wilson(part: Count, whole: Count) -> Option<Interval> {
    (whole > Count::ZERO).then(|| wilson_of(part.to_f64() / whole.to_f64(), whole.to_f64()))
}

/// The same of a share and the number of independent cases it stands for, above 0, which need not be whole.
pub(crate) fn wilson_of(point: f64, n: f64) -> Interval {
    /// The 97.5 % quantile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let spread = Z * Z / n;
    let centre = point + spread / 2.0;
    let reach = Z * libm::sqrt((point * (1.0 - point) + spread / 4.0).max(0.0) / n);
    let scale = 1.0 + spread;
    Interval {
        lower: ((centre - reach) / scale).max(0.0),
        point,
        upper: ((centre + reach) / scale).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_handbook() {
        let percent = |part, whole| {
            let count = |value| Count::from_i64(value).unwrap();
            let found = wilson(count(part), count(whole)).unwrap();
            let tenths = |share: f64| libm::round(share * 1000.0) / 10.0;
            format!("{} {}", tenths(found.lower), tenths(found.upper))
        };
        assert_eq!(percent(0, 300), "0 1.3");
        assert_eq!(percent(3, 315), "0.3 2.8");
        assert_eq!(percent(10, 500), "1.1 3.6");
        assert_eq!(wilson(Count::ZERO, Count::ZERO), None);
    }
}
