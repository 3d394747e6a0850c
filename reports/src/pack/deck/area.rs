//! Places on a slide of 960 × 540 points, the shape of a projector.

/// The width of a slide in points.
pub(crate) const WIDTH: f64 = 960.0;

/// The height of a slide in points.
pub(crate) const HEIGHT: f64 = 540.0;

/// An upright rectangle on a slide, in points from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The room of a chart that stands alone.
pub(crate) const WHOLE: Area = Area::new(36.0, 84.0, 888.0, 414.0);

/// What the title and the foot leave of a slide.
pub(crate) const CONTENT: Area = Area::new(36.0, 88.0, 888.0, 406.0);

impl Area {
    pub(crate) const fn new(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self {
            left,
            top,
            width,
            height,
        }
    }

    /// Equal columns with a gap between them.
    pub(crate) fn columns(self, count: u32, gap: f64) -> Vec<Self> {
        let width = (self.width + gap) / f64::from(count.max(1)) - gap;
        (0..count)
            .map(|number| Self {
                left: self.left + f64::from(number) * (width + gap),
                width,
                ..self
            })
            .collect()
    }

    /// Equal rows with a gap between them.
    pub(crate) fn rows(self, count: u32, gap: f64) -> Vec<Self> {
        let height = (self.height + gap) / f64::from(count.max(1)) - gap;
        (0..count)
            .map(|number| Self {
                top: self.top + f64::from(number) * (height + gap),
                height,
                ..self
            })
            .collect()
    }

    /// What is left inside an edge.
    pub(crate) fn inside(self, edge: f64) -> Self {
        Self {
            left: self.left + edge,
            top: self.top + edge,
            width: self.width - 2.0 * edge,
            height: self.height - 2.0 * edge,
        }
    }

    /// The upper part of some height, and the rest.
    pub(crate) fn cut(self, height: f64) -> (Self, Self) {
        let upper = Self { height, ..self };
        let lower = Self {
            top: self.top + height,
            height: self.height - height,
            ..self
        };
        (upper, lower)
    }
}
