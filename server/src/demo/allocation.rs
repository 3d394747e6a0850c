//! Shares a national figure out among provinces, and a province's growth among weeks, so that the parts add up.

use super::scenario::WEEKS;

/// One province's part of a national figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// What it has at least.
    pub(super) floor: i64,
    /// How strongly it takes part in the growth; 0 keeps it at its floor.
    pub(super) weight: i64,
    /// What it has at most; a cap below the floor counts as the floor.
    pub(super) cap: i64,
}

/// How finely the common factor is divided.
const SCALE: i128 = 1_000_000;

impl Slot {
    /// A part that is settled beforehand.
    pub(super) const fn fixed(value: i64) -> Self {
        Self {
            floor: value,
            weight: 0,
            cap: value,
        }
    }

    fn at(self, factor: i128) -> i64 {
        let grown = i128::from(self.floor) + i128::from(self.weight) * factor / SCALE;
        let cap = i128::from(self.cap.max(self.floor));
        i64::try_from(grown.min(cap)).unwrap_or(self.floor)
    }
}

/// The parts that add up to `target`: each its floor and its weight times one common factor, but no more than its cap.
///
/// Where even the caps do not reach the target, the caps; where the floors are above it, the floors. Rounding leaves the
/// sum short of the target by less than one record a slot and factor step.
pub(super) fn share_out(slots: &[Slot], target: i64) -> Vec<i64> {
    let sum = |factor: i128| slots.iter().map(|slot| slot.at(factor)).sum::<i64>();
    let (mut enough, mut too_little) = (SCALE << 24, 0);
    if sum(too_little) >= target {
        enough = 0;
    }
    while enough - too_little > 1 {
        let middle = (enough + too_little) / 2;
        if sum(middle) >= target {
            enough = middle;
        } else {
            too_little = middle;
        }
    }
    slots.iter().map(|slot| slot.at(enough)).collect()
}

/// The value at the end of each week: the knots exactly, and between them by the weights of the weeks.
pub(super) fn interpolate(knots: &[(usize, i64)], weights: &[i64]) -> Vec<i64> {
    let mut values = vec![knots.first().map_or(0, |knot| knot.1); WEEKS];
    for pair in knots.windows(2) {
        let ((first, low), (last, high)) = (pair[0], pair[1]);
        let span = weights.get(first + 1..=last).unwrap_or_default();
        let all: i64 = span.iter().sum();
        let mut done = 0;
        for (value, weight) in values.iter_mut().skip(first + 1).zip(span) {
            done += weight;
            *value = low
                + if all == 0 {
                    0
                } else {
                    (high - low) * done / all
                };
        }
        for value in values.iter_mut().skip(last) {
            *value = high;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(floor: i64, weight: i64, cap: i64) -> Slot {
        Slot { floor, weight, cap }
    }

    #[test]
    fn parts_grow_by_weight_until_their_cap() {
        let slots = [slot(10, 1, 1000), slot(20, 3, 50), Slot::fixed(7)];
        // 10 + 20 + 7 = 37; 63 are missing: 30 until the second is full (10 to the first), then 23 more to the first.
        assert_eq!(share_out(&slots, 100), [43, 50, 7]);
    }

    #[test]
    fn a_target_out_of_reach_gives_the_caps_or_the_floors() {
        let slots = [slot(10, 1, 30), slot(20, 1, 25)];
        assert_eq!(share_out(&slots, 1_000), [30, 25]);
        assert_eq!(share_out(&slots, 5), [10, 20]);
    }

    #[test]
    fn values_between_knots_follow_the_weights() {
        let mut weights = vec![1; WEEKS];
        weights[2] = 2;
        weights[3] = 0;
        let values = interpolate(&[(0, 100), (4, 140), (5, 150)], &weights);
        assert_eq!(values[..7], [100, 110, 130, 130, 140, 150, 150]);
    }
}
