//! Whole numbers and real ones, from one to the other without loss.

/// A whole number below 2³² as a real one.
pub(crate) fn real(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// The whole part of a real number from 0 to 2³²; 0 below it, the largest above.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the whole part is what is asked for, and the cast holds at both ends"
)]
pub(crate) fn whole(number: f64) -> usize {
    usize::try_from(number as u32).unwrap_or(usize::MAX)
}

/// The nearest number of single precision: paths and fans need seven digits, and half the memory is faster.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seven digits are asked for"
)]
pub(crate) const fn single(number: f64) -> f32 {
    number as f32
}
