//! Places on a chart, in pixels from its upper left corner.

/// A place on a chart; `x` grows to the right and `y` downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(crate) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// An upright rectangle on a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Region {
    pub(crate) const fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) const fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The rectangle with `gap` more on every side.
    pub(crate) const fn grown(&self, gap: f64) -> Self {
        Self {
            left: self.left - gap,
            top: self.top - gap,
            right: self.right + gap,
            bottom: self.bottom + gap,
        }
    }

    /// Whether the two share an inner point; rectangles that only touch do not.
    pub(crate) const fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `other` lies inside.
    pub(crate) const fn contains(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// Whether a straight line from `from` to `to` passes through the rectangle.
    pub(crate) fn is_crossed_by(&self, from: Point, to: Point) -> bool {
        // The part of the line, from 0 to 1, that lies between the two sides of each direction.
        let span = |start: f64, end: f64, low: f64, high: f64| {
            let step = end - start;
            if step.abs() < 1e-9 {
                return (low < start && start < high).then_some((0.0, 1.0));
            }
            let (one, two) = ((low - start) / step, (high - start) / step);
            Some((one.min(two), one.max(two)))
        };
        let across = span(from.x, to.x, self.left, self.right);
        let down = span(from.y, to.y, self.top, self.bottom);
        match (across, down) {
            (Some(across), Some(down)) => {
                across.0.max(down.0).max(0.0) < across.1.min(down.1).min(1.0)
            }
            _ => false,
        }
    }
}

/// Turns a number of things into a number for arithmetic on places; exact up to 4,294,967,295.
pub(crate) fn number(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Region = Region {
        left: 10.0,
        top: 10.0,
        right: 20.0,
        bottom: 20.0,
    };

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let beside = Region {
            left: 20.0,
            right: 30.0,
            ..SQUARE
        };
        assert!(!SQUARE.overlaps(&beside));
        assert!(SQUARE.overlaps(&beside.grown(0.1)));
        assert!(SQUARE.grown(1.0).contains(&SQUARE));
    }

    #[test]
    fn a_line_crosses_only_where_it_enters_the_rectangle() {
        let crossed = |x0, y0, x1, y1| SQUARE.is_crossed_by(Point::new(x0, y0), Point::new(x1, y1));
        assert!(crossed(0.0, 15.0, 30.0, 15.0));
        assert!(crossed(0.0, 0.0, 30.0, 30.0));
        assert!(crossed(12.0, 12.0, 13.0, 13.0));
        assert!(!crossed(0.0, 15.0, 9.0, 15.0));
        assert!(!crossed(0.0, 25.0, 30.0, 25.0));
        assert!(!crossed(0.0, 15.0, 15.0, 40.0));
    }
}
