//! How large charts are: the paper, and what follows from its width.

use super::Face;

/// The size of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartSize {
    /// 1200 pixels wide: a page, a file of its own.
    #[default]
    Full,
    /// 1320 pixels wide and hardly half as high, so that it fills a slide under its title.
    Slide,
    /// 480 pixels wide: a telephone.
    Compact,
}

impl ChartSize {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::Full, Self::Slide, Self::Compact];

    /// The width in pixels.
    #[must_use]
    pub const fn width_px(self) -> u32 {
        match self {
            Self::Full => 1200,
            Self::Slide => 1320,
            Self::Compact => 480,
        }
    }

    /// The height in pixels of charts that do not grow with their rows.
    #[must_use]
    pub const fn height_px(self) -> u32 {
        match self {
            Self::Full => 640,
            Self::Slide => 615,
            Self::Compact => 440,
        }
    }

    /// The empty edge around everything.
    pub(crate) const fn margin(self) -> f64 {
        match self {
            Self::Full => 36.0,
            Self::Slide | Self::Compact => 10.0,
        }
    }

    pub(crate) const fn title(self) -> Face {
        match self {
            Self::Full | Self::Slide => Face::bold(23.0),
            Self::Compact => Face::bold(16.0),
        }
    }

    pub(crate) const fn headline(self) -> Face {
        match self {
            Self::Full | Self::Slide => Face::regular(16.0),
            Self::Compact => Face::regular(13.0),
        }
    }

    pub(crate) const fn definition(self) -> Face {
        match self {
            Self::Full | Self::Slide => Face::regular(13.0),
            Self::Compact => Face::regular(12.0),
        }
    }

    /// How many steps the value axis should have, about.
    pub(crate) const fn value_steps(self) -> f64 {
        match self {
            Self::Full | Self::Slide => 6.0,
            Self::Compact => 4.0,
        }
    }

    /// In how many columns so many lines stand, one line a unit.
    pub(crate) const fn line_columns(self, lines: usize) -> usize {
        match self {
            Self::Full if lines < 24 => 1,
            Self::Full => 2,
            Self::Slide if lines <= 16 => 1,
            Self::Slide if lines <= 44 => 2,
            Self::Slide => 3,
            Self::Compact => 1,
        }
    }

    /// The height of a line of a unit.
    pub(crate) const fn line_height(self) -> f64 {
        match self {
            Self::Full | Self::Compact => 23.0,
            Self::Slide => 20.0,
        }
    }
}

/// The widest picture that is drawn: an A0 poster at 300 dots per inch is 14,043 pixels wide.
pub(crate) const WIDEST_PX: u32 = 14_043;
