//! The spread of the scale of errors, which makes their tails heavy.

use super::number::real;

/// Degrees of freedom of the chi-squared number in the scale.
const FREEDOM: f64 = 8.0;
/// The scales that paths share out among themselves.
const SCALES: usize = 32;

/// The scales √(8/χ²₈) at the middles of equally likely parts, the largest first.
///
/// Finite parts cut the far tail, where a rate would stray by factors that no office can reach.
pub(crate) fn tail_scales() -> Vec<f64> {
    let middle = |part: usize| (real(part) + 0.5) / real(SCALES);
    let scale = |part: usize| (FREEDOM / chi_squared(middle(part))).sqrt();
    (0..SCALES).map(scale).collect()
}

/// The value below which a chi-squared number with eight degrees of freedom lies with this chance: by halving, on the closed
/// form `1 − e^(−h) (1 + h + h²/2 + h³/6)` of its distribution at `2h`.
fn chi_squared(chance: f64) -> f64 {
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let half = middle / 2.0;
        let below = 1.0 - libm::exp(-half) * (1.0 + half * (1.0 + half / 2.0 * (1.0 + half / 3.0)));
        if below < chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (chance, value) in [(0.05, 2.733), (0.5, 7.344), (0.95, 15.507)] {
            assert!((chi_squared(chance) - value).abs() < 1e-3, "{chance}");
        }
    }

    #[test]
    fn half_of_the_scales_are_above_one_and_none_is_far_out() {
        let scales = tail_scales();
        assert!(scales.is_sorted_by(|one, next| one > next));
        assert!(scales.iter().filter(|scale| **scale > 1.0437).count() == SCALES / 2);
        assert!(
            scales.iter().all(|scale| (0.6..2.5).contains(scale)),
            "{scales:?}"
        );
    }
}
