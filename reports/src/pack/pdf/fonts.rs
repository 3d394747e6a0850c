//! The font of the slides: the one of the charts, in the form the PDF library reads.

use krilla::text::Font;

use crate::charts::style::Weight;
use crate::pack::error::PackError;

/// The font in three weights.
pub(super) struct Fonts {
    regular: Font,
    bold: Font,
    italic: Font,
}

impl Fonts {
    pub(super) fn new() -> Result<Self, PackError> {
        let read = |bytes: &'static [u8]| {
            let font = Font::new(bytes.to_vec().into(), 0);
            font.ok_or_else(|| PackError::Pdf("the font cannot be read".to_owned()))
        };
        Ok(Self {
            regular: read(notosans::REGULAR_TTF)?,
            bold: read(notosans::BOLD_TTF)?,
            italic: read(notosans::ITALIC_TTF)?,
        })
    }

    /// The font of a weight; cheap to copy.
    pub(super) fn of(&self, weight: Weight) -> Font {
        match weight {
            Weight::Regular => self.regular.clone(),
            Weight::Bold => self.bold.clone(),
            Weight::Italic => self.italic.clone(),
        }
    }
}
