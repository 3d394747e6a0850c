//! Cuts counts into parts that add up.
//!
//! A split is a chain of cuts in two. Each cut gives a part of a count that only depends on the count and never falls
//! while the count rises, so the parts of all stages keep their order, rise in time and add up exactly.

/// The counts of all stages, in the order of [`store::domain::Stage::ALL`]; `None` is not reported.
pub(super) type Counts = [Option<i64>; 7];

/// Cuts every stage into parts by their shares, which may have any sum.
///
/// Up to half of `size` the odd parts get somewhat more than their share, beyond it the even ones, so that the parts do not
/// all stand at the same percentage.
pub(super) fn cut(size: i64, counts: Counts, shares: &[i64]) -> Vec<Counts> {
    let all: i64 = shares.iter().sum();
    let mut rest = counts;
    let mut rest_share = all;
    let mut parts = Vec::new();
    for (place, share) in shares.iter().enumerate() {
        let middle = size / 2 * rest_share / all.max(1);
        let even = share * 1000 / rest_share.max(1);
        let tilt = even.min(1000 - even) / 5;
        let tilt = if place.is_multiple_of(2) { tilt } else { -tilt };
        let part = rest.map(|count| Some(carve(count?, middle, [even + tilt, even - tilt])));
        for (left, taken) in rest.iter_mut().zip(part) {
            *left = left.zip(taken).map(|(left, taken)| left - taken);
        }
        parts.push(part);
        rest_share -= share;
    }
    parts
}

/// The part of a count: one share in per mille up to the middle and another beyond it.
fn carve(count: i64, middle: i64, shares: [i64; 2]) -> i64 {
    count.min(middle) * shares[0] / 1000 + (count - middle).max(0) * shares[1] / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_takes_one_share_up_to_the_middle_and_another_beyond() {
        assert_eq!(carve(400, 500, [600, 400]), 240);
        assert_eq!(carve(700, 500, [600, 400]), 300 + 80);
    }

    #[test]
    fn the_last_part_takes_what_is_left() {
        let counts = [Some(1000), None, Some(301), None, None, Some(0), None];
        let parts = cut(1000, counts, &[1, 1]);
        // Half and half, tilted by a tenth: 60 % up to the middle of 500, then 40 %.
        assert_eq!(
            parts[0],
            [Some(500), None, Some(180), None, None, Some(0), None]
        );
        assert_eq!(
            parts[1],
            [Some(500), None, Some(121), None, None, Some(0), None]
        );
    }
}
