//! Names of days and stretches in the strip above a field over time: each stands at its line and covers no other.

use plotters::style::RGBColor;

use super::font;
use super::geometry::{Point, number};
use super::label::{Anchor, Label};
use super::style::{Face, HALF_CAPITAL};

/// A name wanted above the field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Flag {
    pub(crate) text: String,
    pub(crate) face: Face,
    pub(crate) colour: RGBColor,
    /// How far right its line, or the middle of its stretch, lies.
    pub(crate) x: f64,
    /// Whether a line rises from the field to the name.
    pub(crate) has_line: bool,
}

/// A name that found its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) flag: Flag,
    row: usize,
    anchor: Anchor,
    stretch: (f64, f64),
}

/// How many rows of names the strip may have.
const ROWS: usize = 3;

/// The height of a row of names.
pub(crate) const FLAG_HEIGHT: f64 = 18.0;

/// The gap between a name and its own line, and between two names.
const GAP: f64 = 5.0;

/// Finds a place for each flag between two sides, the most important first.
///
/// Flags with a line make room for each other; one without that finds no place, or whose place would push another out,
/// is left out.
pub(crate) fn place_flags(flags: Vec<Flag>, sides: (f64, f64)) -> Vec<Placed> {
    let (lined, free): (Vec<Flag>, Vec<Flag>) = flags.into_iter().partition(|flag| flag.has_line);
    let mut placed = (0..=lined.len())
        .rev()
        .find_map(|count| place_all(lined.get(..count)?, &[], sides))
        .unwrap_or_default();
    for flag in free {
        let more = place_all(std::slice::from_ref(&flag), &placed, sides);
        placed.extend(more.unwrap_or_default());
    }
    placed
}

/// Places every flag clear of those already `placed`, trying the likeliest places first; `None` where that is impossible.
fn place_all(flags: &[Flag], placed: &[Placed], sides: (f64, f64)) -> Option<Vec<Placed>> {
    let Some((flag, rest)) = flags.split_first() else {
        return Some(Vec::new());
    };
    choices(flag).into_iter().find_map(|choice| {
        let inside = sides.0 <= choice.stretch.0 && choice.stretch.1 <= sides.1;
        let clear = placed.iter().all(|other| choice.stands_clear_of(other));
        if !inside || !clear {
            return None;
        }
        let so_far: Vec<Placed> = placed.iter().chain([&choice]).cloned().collect();
        let mut all = place_all(rest, &so_far, sides)?;
        all.insert(0, choice);
        Some(all)
    })
}

/// The places a flag may take: over its line, else beside it, and higher only where that is not free.
fn choices(flag: &Flag) -> Vec<Placed> {
    let width = font::width(&flag.text, flag.face);
    let starts = [
        (Anchor::Middle, flag.x - width / 2.0),
        (Anchor::Start, flag.x + GAP),
        (Anchor::End, flag.x - GAP - width),
    ];
    (0..ROWS)
        .flat_map(|row| {
            starts.map(|(anchor, start)| Placed {
                flag: flag.clone(),
                row,
                anchor,
                stretch: (start, start + width),
            })
        })
        .collect()
}

/// The height of the strip that some placed flags need.
pub(crate) fn strip_height(placed: &[Placed]) -> f64 {
    let rows = placed.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
    number(rows) * FLAG_HEIGHT
}

impl Placed {
    /// Whether neither name covers the other, nor the line of the other where that rises past it.
    fn stands_clear_of(&self, other: &Self) -> bool {
        let covers = |name: &Self, line: &Self| {
            line.flag.has_line
                && name.row < line.row
                && name.stretch.0 - GAP < line.flag.x
                && line.flag.x < name.stretch.1 + GAP
        };
        let apart = self.row != other.row
            || self.stretch.1 + 2.0 * GAP <= other.stretch.0
            || other.stretch.1 + 2.0 * GAP <= self.stretch.0;
        apart && !covers(self, other) && !covers(other, self)
    }

    /// How high the line below the name ends, for a field that begins at `top`.
    pub(crate) fn line_end(&self, top: f64) -> f64 {
        let row = number(self.row);
        let beside = match self.anchor {
            Anchor::Middle => 0.0,
            Anchor::Start | Anchor::End => 0.8,
        };
        top - (row + beside) * FLAG_HEIGHT
    }

    /// The name as text, for a field that begins at `top`.
    pub(crate) fn label(&self, top: f64) -> Label {
        let row = number(self.row);
        let middle = top - (row + 0.55) * FLAG_HEIGHT;
        let place = Point::new(self.stretch.0, middle + self.flag.face.size * HALF_CAPITAL);
        Label::new(
            self.flag.text.as_str(),
            place,
            self.flag.face,
            self.flag.colour,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::style::{INK, MARK_FACE};

    fn flag(text: &str, x: f64) -> Flag {
        Flag {
            text: text.to_owned(),
            face: MARK_FACE,
            colour: INK,
            x,
            has_line: true,
        }
    }

    #[test]
    fn a_flag_alone_stands_over_its_line() {
        let placed = place_flags(vec![flag("Hạn", 100.0)], (0.0, 200.0));
        assert_eq!((placed[0].row, placed[0].anchor), (0, Anchor::Middle));
        assert!((strip_height(&placed) - FLAG_HEIGHT).abs() < 1e-9);
        assert!(strip_height(&[]).abs() < 1e-9);
    }

    #[test]
    fn flags_on_one_day_stand_beside_each_other() {
        let flags = vec![flag("Hạn hoàn thành", 100.0), flag("Chốt số liệu", 101.0)];
        let placed = place_flags(flags, (0.0, 200.0));
        assert_eq!(placed.len(), 2);
        let (one, two) = (placed[0].label(50.0), placed[1].label(50.0));
        assert!(!one.region().overlaps(&two.region()));
        // The second rises past the first, so the first may not cover its line.
        assert!(placed[1].stands_clear_of(&placed[0]));
    }

    #[test]
    fn a_flag_without_room_is_left_out() {
        assert!(place_flags(vec![flag("Hạn hoàn thành", 20.0)], (0.0, 40.0)).is_empty());
    }

    #[test]
    fn a_flag_at_the_edge_stays_inside() {
        let placed = place_flags(vec![flag("Hạn hoàn thành", 198.0)], (0.0, 200.0));
        assert_eq!(placed[0].anchor, Anchor::End);
        assert!(placed[0].stretch.1 <= 200.0);
    }
}
