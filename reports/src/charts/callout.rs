//! Words beside single marks inside a field: put where they cover neither a line nor another word, or left out.

use plotters::style::RGBColor;

use super::font;
use super::geometry::{Point, Region};
use super::label::{Anchor, Label};
use super::style::{Face, HALF_CAPITAL};

/// What words inside a field must keep clear of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Obstacles {
    pub(crate) lines: Vec<Vec<Point>>,
    pub(crate) regions: Vec<Region>,
}

impl Obstacles {
    fn meets(&self, region: &Region) -> bool {
        let crossed = |line: &Vec<Point>| {
            line.windows(2)
                .any(|pair| matches!(pair, [from, to] if region.is_crossed_by(*from, *to)))
        };
        self.regions.iter().any(|other| other.overlaps(region)) || self.lines.iter().any(crossed)
    }
}

/// The places tried around a mark: how far right and down, in steps, and which side of the words faces the mark.
const TRIED: [(f64, f64, Anchor); 8] = [
    (0.0, -1.0, Anchor::Middle),
    (0.0, 1.0, Anchor::Middle),
    (1.0, 0.0, Anchor::Start),
    (-1.0, 0.0, Anchor::End),
    (0.7, -1.0, Anchor::Start),
    (-0.7, -1.0, Anchor::End),
    (0.7, 1.0, Anchor::Start),
    (-0.7, 1.0, Anchor::End),
];

/// How far from the mark words are tried, in pixels.
const DISTANCES: [f64; 2] = [11.0, 20.0];

/// Puts words beside a mark inside `field`, clear of `obstacles`, which then hold the new words too.
pub(crate) fn place_callout(
    (mark, text): (Point, &str),
    (face, colour): (Face, RGBColor),
    field: &Region,
    obstacles: &mut Obstacles,
) -> Option<Label> {
    let text = font::fit(text, face, field.width() / 3.0);
    let half_line = face.size * 0.6;
    let label = DISTANCES
        .iter()
        .flat_map(|distance| TRIED.map(|tried| (*distance, tried)))
        .map(|(distance, (right, down, anchor))| {
            let middle = mark.y + down * (distance + half_line);
            let place = Point::new(mark.x + right * distance, middle + face.size * HALF_CAPITAL);
            Label::new(text.as_str(), place, face, colour).anchored(anchor)
        })
        .find(|label| {
            let region = label.region();
            field.contains(&region) && !obstacles.meets(&region.grown(1.0))
        })?;
    obstacles.regions.push(label.region());
    Some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::style::{INK, MARK_FACE};

    const FIELD: Region = Region {
        left: 0.0,
        top: 0.0,
        right: 300.0,
        bottom: 200.0,
    };

    fn place(obstacles: &mut Obstacles) -> Option<Label> {
        let mark = Point::new(150.0, 100.0);
        place_callout((mark, "36 triệu"), (MARK_FACE, INK), &FIELD, obstacles)
    }

    #[test]
    fn words_stand_above_their_mark_where_that_is_free() {
        let label = place(&mut Obstacles::default()).unwrap();
        assert_eq!(label.anchor, Anchor::Middle);
        assert!(label.region().bottom < 100.0);
    }

    #[test]
    fn words_keep_clear_of_lines_and_of_each_other() {
        let line = vec![Point::new(0.0, 85.0), Point::new(300.0, 85.0)];
        let mut obstacles = Obstacles {
            lines: vec![line],
            regions: Vec::new(),
        };
        let first = place(&mut obstacles).unwrap();
        assert!(first.region().top > 100.0);
        let second = place(&mut obstacles).unwrap();
        assert!(!second.region().overlaps(&first.region()));
    }

    #[test]
    fn words_without_room_are_left_out() {
        let mut obstacles = Obstacles {
            lines: Vec::new(),
            regions: vec![FIELD],
        };
        assert_eq!(place(&mut obstacles), None);
    }
}
