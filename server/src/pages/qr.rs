//! A text as a square of dots that telephones read (ISO/IEC 18004), drawn inside the page: no other host and no style of its own.

use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone around it, in dots: ISO/IEC 18004:2015, 5.3.8.
const MARGIN: i32 = 4;

/// A square of dots as parts of an SVG.
pub(super) struct QrSquare {
    /// How many dots a side has, the margin included.
    pub(super) side: i32,
    /// The dark dots as a path.
    pub(super) path: String,
}

impl QrSquare {
    /// `None` where the text is too long for any square.
    pub(super) fn new(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let dots = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dots.filter(|(x, y)| code.get_module(*x, *y));
        let path = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + MARGIN, y + MARGIN));
        Some(Self {
            side: code.size() + 2 * MARGIN,
            path: path.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_has_its_three_finders_and_a_quiet_zone() {
        let square =
            QrSquare::new("otpauth://totp/sohoa:admin?secret=ABCDEFGHIJKLMNOP&issuer=sohoa");
        let square = square.unwrap();
        let far = square.side - MARGIN - 1;
        for (x, y) in [(MARGIN, MARGIN), (far, MARGIN), (MARGIN, far)] {
            assert!(square.path.contains(&format!("M{x} {y}h1")), "{x} {y}");
        }
        assert!(!square.path.contains("M3 ") && !square.path.contains(" 3h"));
        assert!(QrSquare::new(&"a".repeat(5000)).is_none());
    }
}
