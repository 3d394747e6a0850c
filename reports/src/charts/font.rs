//! The font of every chart: its bytes, how wide its text is, and how text is cut to a width.
//!
//! Only the font that comes with the program is used, never one of the machine, so that a chart is the same everywhere.

use std::sync::{Arc, LazyLock};

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use resvg::usvg::fontdb::{Database, Source};

use super::geometry::number;
use super::style::{FONT_FAMILY, Face, TEXT_SLACK, Weight};

/// The font in the form the rasterizer reads, parsed once.
static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for bytes in [
        notosans::REGULAR_TTF,
        notosans::BOLD_TTF,
        notosans::ITALIC_TTF,
    ] {
        database.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    database.set_sans_serif_family(FONT_FAMILY);
    Arc::new(database)
});

/// Whether the font was handed to the measuring library, done once.
static REGISTERED: LazyLock<bool> = LazyLock::new(|| {
    [
        (FontStyle::Normal, notosans::REGULAR_TTF),
        (FontStyle::Bold, notosans::BOLD_TTF),
        (FontStyle::Italic, notosans::ITALIC_TTF),
    ]
    .into_iter()
    .all(|(style, bytes)| register_font(FONT_FAMILY, style, bytes).is_ok())
});

/// The library measures in sizes that span ascent and descent, 1,069 and 293 of 1,000 units in this font.
const HEIGHT_OF_SIZE: f64 = 1.362;

/// Text is measured this much larger, because the library answers in whole pixels.
const MEASURE_SCALE: f64 = 16.0;

/// The width per size assumed for each letter where the font cannot be read: that of a wide one.
const WIDTH_OF_UNKNOWN: f64 = 0.7;

/// The font in the form the rasterizer reads.
pub(crate) fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}

/// The width of a line of text in pixels, with the slack of [`TEXT_SLACK`].
pub(crate) fn width(text: &str, face: Face) -> f64 {
    bare_width(text, face) * TEXT_SLACK
}

/// The width of a line of text in pixels as our font draws it.
pub(crate) fn bare_width(text: &str, face: Face) -> f64 {
    let style = match face.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
        Weight::Italic => FontStyle::Italic,
    };
    let size = face.size * HEIGHT_OF_SIZE * MEASURE_SCALE;
    let measured = (*REGISTERED)
        .then(|| FontDesc::new(FontFamily::Name(FONT_FAMILY), size, style).layout_box(text))
        .and_then(Result::ok)
        .map(|(left, right)| f64::from(right.0 - left.0) / MEASURE_SCALE);
    let letters = number(text.chars().count());
    measured.unwrap_or(letters * face.size * WIDTH_OF_UNKNOWN)
}

/// The widest of some texts, in pixels; zero where there is none.
pub(crate) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>, face: Face) -> f64 {
    texts
        .into_iter()
        .map(|text| width(text, face))
        .fold(0.0, f64::max)
}

/// The text, cut and ended with "…" where it is wider than `most` pixels.
pub(crate) fn fit(text: &str, face: Face, most: f64) -> String {
    if width(text, face) <= most {
        return text.to_owned();
    }
    let mut kept: String = text.to_owned();
    while kept.pop().is_some() {
        let shown = format!("{}…", kept.trim_end());
        if width(&shown, face) <= most {
            return shown;
        }
    }
    "…".to_owned()
}

/// The text in lines no wider than `most` pixels, broken between words; the last of `lines` lines is cut with "…".
pub(crate) fn wrap(text: &str, face: Face, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = wrapped.len() >= lines;
        match wrapped.last_mut() {
            Some(line) if full || width(&format!("{line} {word}"), face) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => wrapped.push(word.to_owned()),
        }
    }
    wrapped
        .into_iter()
        .map(|line| fit(&line, face, most))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::chart::read;
    use crate::charts::reading::{letters_without_shape, shaped};

    const FACE: Face = Face::regular(13.0);

    #[test]
    fn text_is_measured_by_its_letters() {
        // Advances of the font for "5", "i" and "m": 572, 258 and 930 of 1,000 units.
        for (text, units) in [("5", 572.0), ("i", 258.0), ("m", 930.0), ("55", 1144.0)] {
            let expected = units / 1000.0 * 13.0 * TEXT_SLACK;
            let measured = width(text, FACE);
            assert!((measured - expected).abs() < 0.1, "{text}: {measured}");
        }
        assert!(width("5", Face::bold(13.0)) >= width("5", FACE));
    }

    #[test]
    fn measured_text_is_never_narrower_than_drawn_text_and_hardly_wider() {
        for text in [
            "Bà Rịa - Vũng Tàu",
            "Xác nhận tình trạng hôn nhân",
            "AVATAR Từ Lý Tưởng",
            "59.312.450 (83,2%)",
        ] {
            for weight in ["", "font-weight='700'", "font-style='italic'"] {
                let svg = format!(
                    "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='50'>\
                     <text y='30' font-size='13' {weight}>{text}</text></svg>"
                );
                let tree = read(&svg).unwrap();
                let drawn = f64::from(tree.root().abs_bounding_box().width());
                let face = match weight {
                    "" => FACE,
                    "font-weight='700'" => Face::bold(13.0),
                    _ => Face::italic(13.0),
                };
                let measured = width(text, face);
                assert!(measured >= drawn - 0.5, "{text}: {measured} < {drawn}");
                assert!(measured <= drawn * 1.08, "{text}: {measured} > {drawn}");
            }
        }
    }

    #[test]
    fn long_text_is_cut_to_its_room_and_says_so() {
        let name = "Bà Rịa - Vũng Tàu";
        assert_eq!(fit(name, FACE, 500.0), name);
        let cut = fit(name, FACE, 60.0);
        assert!(cut.ends_with('…') && width(&cut, FACE) <= 60.0, "{cut}");
        assert_eq!(fit(name, FACE, 1.0), "…");
    }

    #[test]
    fn wrapping_keeps_every_word_until_the_last_line() {
        let text = "Số liệu chốt ngày 20/05/2025 do các tỉnh báo cáo";
        let lines = wrap(text, FACE, 150.0, 9);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
        let two = wrap(text, FACE, 120.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('…'));
        assert!(wrap("", FACE, 120.0, 2).is_empty());
    }

    #[test]
    fn every_vietnamese_letter_has_a_shape_in_every_weight() {
        let vowels = [
            "aàảãáạ",
            "ăằẳẵắặ",
            "âầẩẫấậ",
            "eèẻẽéẹ",
            "êềểễếệ",
            "iìỉĩíị",
            "oòỏõóọ",
            "ôồổỗốộ",
            "ơờởỡớợ",
            "uùủũúụ",
            "ưừửữứự",
            "yỳỷỹýỵ",
        ];
        assert_eq!(vowels.concat().chars().count(), 72);
        let letters = vowels.concat() + "bcdđghklmnpqrstvxfjwz0123456789.,:;%÷−–—…·“”()/←→≥≤";
        let letters = letters.clone() + &letters.to_uppercase();
        for style in ["", "font-weight='700'", "font-style='italic'"] {
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
                 <text font-family='{FONT_FAMILY}' {style}>{letters}</text></svg>"
            );
            let tree = read(&svg).unwrap();
            assert_eq!(letters_without_shape(&tree), "", "{style}");
            assert_eq!(shaped(&tree), letters, "{style}");
        }
    }

    #[test]
    fn a_letter_the_font_lacks_is_noticed() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
                   <text>a中</text></svg>";
        let tree = read(svg).unwrap();
        assert_eq!(letters_without_shape(&tree), "中");
    }
}
