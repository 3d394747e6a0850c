//! A line of text with its place, and ways to keep such lines apart.

use plotters::style::RGBColor;

use super::font;
use super::geometry::{Point, Region};
use super::style::{ASCENT, DESCENT, Face};

/// Which part of a line of text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of text at a place on its base line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) at: Point,
    pub(crate) anchor: Anchor,
    pub(crate) face: Face,
    pub(crate) colour: RGBColor,
}

impl Label {
    /// A line of text that starts at a place.
    pub(crate) fn new(text: impl Into<String>, at: Point, face: Face, colour: RGBColor) -> Self {
        Self {
            text: text.into(),
            at,
            anchor: Anchor::Start,
            face,
            colour,
        }
    }

    /// The same line with another part of it at its place.
    pub(crate) fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// The room the line takes, from the top of marks on capital letters to the foot of dots below.
    pub(crate) fn region(&self) -> Region {
        let width = font::width(&self.text, self.face);
        let left = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::End => self.at.x - width,
        };
        Region {
            left,
            top: self.at.y - self.face.size * ASCENT,
            right: left + width,
            bottom: self.at.y + self.face.size * DESCENT,
        }
    }
}

/// Moves places on one line apart so that each is at least `gap` from the next and all lie between `low` and `high`.
///
/// The order is kept and no place moves further than it must to make room. The answer is in the order of `wanted`.
/// Where there are more places than fit, the gap wins over `low`.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = wanted.iter().copied().enumerate().collect();
    order.sort_by(|one, two| one.1.total_cmp(&two.1));
    let mut least = low;
    for (_, place) in &mut order {
        *place = place.max(least);
        least = *place + gap;
    }
    let mut most = high;
    for (_, place) in order.iter_mut().rev() {
        *place = place.min(most);
        most = *place - gap;
    }
    order.sort_by_key(|(index, _)| *index);
    order.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_moved_apart_and_stay_in_their_order_and_bounds() {
        assert_eq!(spread(&[10.0, 50.0], 20.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(
            spread(&[50.0, 48.0, 49.0], 20.0, 0.0, 100.0),
            [88.0, 48.0, 68.0]
        );
        assert_eq!(spread(&[95.0, 99.0], 20.0, 0.0, 100.0), [80.0, 100.0]);
        assert_eq!(spread(&[-5.0], 20.0, 0.0, 100.0), [0.0]);
        assert!(spread(&[], 20.0, 0.0, 100.0).is_empty());
    }
}
