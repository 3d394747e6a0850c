//! The font, its measures, and the size and weight of every text.

/// The font of every chart; it has all letters of Vietnamese.
pub(crate) const FONT_FAMILY: &str = "Noto Sans";

/// Room kept around measured text for readers whose browser has another sans-serif font, as a factor of its width.
pub(crate) const TEXT_SLACK: f64 = 1.03;

/// The distance between two lines of text as a factor of its size.
pub(crate) const LINE_HEIGHT: f64 = 1.42;

/// The height above the base line that capital letters with two marks, such as Ấ, reach, as a factor of the size.
pub(crate) const ASCENT: f64 = 1.07;

/// The depth below the base line that letters with a dot below, such as ạ, reach, as a factor of the size.
pub(crate) const DESCENT: f64 = 0.30;

/// Half the height of a capital letter, as a factor of the size: what centres a line of text on a place.
pub(crate) const HALF_CAPITAL: f64 = 0.357;

/// How thick letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
    Italic,
}

/// A size and weight of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Face {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
}

impl Face {
    pub(crate) const fn regular(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
        }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Bold,
        }
    }

    pub(crate) const fn italic(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Italic,
        }
    }

    /// The distance between two lines of this text.
    pub(crate) const fn line(self) -> f64 {
        self.size * LINE_HEIGHT
    }
}

pub(crate) const AXIS_FACE: Face = Face::regular(12.5);
pub(crate) const LEGEND_FACE: Face = Face::regular(13.0);
pub(crate) const VALUE_FACE: Face = Face::bold(13.0);
pub(crate) const NAME_FACE: Face = Face::regular(13.0);
pub(crate) const ABSENT_FACE: Face = Face::italic(12.0);
pub(crate) const MARK_FACE: Face = Face::regular(11.5);
pub(crate) const FOOT_FACE: Face = Face::regular(11.5);
pub(crate) const BADGE_FACE: Face = Face::bold(12.0);
pub(crate) const EMPTY_FACE: Face = Face::regular(16.0);
