//! Text that people type into one line of a form or of a document: reasons, notes, names.
//!
//! It is kept in the log for good and shown to others, so it has a length, stands on one line, and reads in the order it is written.

use crate::error::ServerError;

/// The longest reason or note, in letters.
pub(crate) const NOTE: usize = 500;

/// The longest name of a person, an office or a campaign, in letters.
pub(crate) const NAME: usize = 100;

/// A text without the blanks around it.
///
/// # Errors
/// [`ServerError::Line`] where nothing is left, more than `most` letters are, or one of them is none that is written: a control
/// character (PostgreSQL keeps no NUL), a break of lines, a mark that turns the order of the letters around it
/// (UAX #9), or what stands in the place of bytes that were no text.
pub(crate) fn line<'a>(
    field: &'static str,
    text: &'a str,
    most: usize,
) -> Result<&'a str, ServerError> {
    let text = text.trim();
    let fits = (1..=most).contains(&text.chars().take(most + 1).count());
    if fits && !text.contains(is_unwritten) {
        return Ok(text);
    }
    Err(ServerError::Line { field, most })
}

fn is_unwritten(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}')
        || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_anything_else_is_refused_by_its_field() {
        assert_eq!(
            line("reason", "  nhầm tuần 🌾 ", 500).unwrap(),
            "nhầm tuần 🌾"
        );
        assert_eq!(
            line("reason", &"ạ".repeat(500), 500)
                .unwrap()
                .chars()
                .count(),
            500
        );
        let long = "a".repeat(501);
        for text in [
            "",
            " \t\n",
            "a\0b",
            "a\nb",
            "a\rb",
            "a\u{202e}b",
            "a\u{2028}b",
            &long,
        ] {
            let refused = line("reason", text, 500);
            assert!(
                matches!(
                    refused,
                    Err(ServerError::Line {
                        field: "reason",
                        most: 500
                    })
                ),
                "{text:?}: {refused:?}"
            );
        }
    }
}
