//! Text that is handed out for spreadsheets.

use std::borrow::Cow;

/// The text with an apostrophe before it where a spreadsheet would run it as a formula: where it begins with one of
/// `=`, `+`, `-`, `@`, tab or carriage return (OWASP, "CSV Injection").
///
/// For cells of text. A cell that holds a number of ours stays as it is, for a negative number is none.
#[must_use]
pub fn spreadsheet_safe(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(spreadsheet_safe(text), format!("'{text}"));
        }
        for text in ["1=1", "", "Hà Nội"] {
            assert_eq!(spreadsheet_safe(text), text);
        }
    }
}
