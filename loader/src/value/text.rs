//! Free text: notes, difficulties, names of offices.

use unicode_normalization::UnicodeNormalization;

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextProblem {
    /// A control character or a mark that turns the writing direction, which hides what is really written.
    Control(char),
    /// More letters than the column takes: how many there are.
    TooLong(usize),
}

/// Whether a character turns the direction of the text after it, so that a reader sees another order than is stored.
pub(crate) const fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Takes a text of at most `longest` letters in NFC, without blanks around it; `None` where there is none.
///
/// Line breaks and tabs are what an office writes into a note and are kept.
pub(crate) fn parse_text(text: &str, longest: usize) -> Result<Option<String>, TextProblem> {
    let text: String = text.trim().nfc().collect();
    let hidden = |letter: &char| {
        is_direction_mark(*letter) || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    };
    if let Some(letter) = text.chars().find(hidden) {
        return Err(TextProblem::Control(letter));
    }
    match text.chars().count() {
        0 => Ok(None),
        letters if letters > longest => Err(TextProblem::TooLong(letters)),
        _ => Ok(Some(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_in_one_unicode_form() {
        assert_eq!(parse_text(" Lô\u{323} \n", 10), Ok(Some("Lộ".to_owned())));
        assert_eq!(parse_text(" ", 10), Ok(None));
        assert_eq!(
            parse_text("hai\ndòng", 10),
            Ok(Some("hai\ndòng".to_owned()))
        );
    }

    #[test]
    fn hidden_characters_and_long_texts_are_refused() {
        assert_eq!(
            parse_text("a\u{7}b", 10),
            Err(TextProblem::Control('\u{7}'))
        );
        assert_eq!(
            parse_text("a\u{202e}b", 10),
            Err(TextProblem::Control('\u{202e}'))
        );
        assert_eq!(parse_text("ộộộ", 2), Err(TextProblem::TooLong(3)));
    }
}
