//! Finds quotation marks that do not match; the CSV reader itself takes any text and would swallow rows silently.

use super::lines::breaks;

/// A quotation mark that does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuoteProblem {
    /// Opened and never closed: everything to the end of the file is inside one cell.
    NeverClosed,
    /// Text between the closing mark and the next cell: most often an inner mark that was not doubled.
    TextAfter,
}

/// Where in a row a quotation mark does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadQuote {
    pub(crate) problem: QuoteProblem,
    /// How many lines below the start of the row the mark was opened.
    pub(crate) lines_down: u64,
    /// The column of the cell, from 1.
    pub(crate) column: u64,
}

/// Looks at the bytes of one row; only the first problem matters, for it decides what the rest of the row means.
pub(crate) fn find_bad_quote(row: &[u8], delimiter: u8) -> Option<BadQuote> {
    let mut bytes = row.iter().copied().enumerate().peekable();
    let mut column = 1;
    let mut at_start = true;
    while let Some((place, byte)) = bytes.next() {
        if byte == delimiter {
            column += 1;
        }
        if byte == b'"' && at_start {
            let bad = |problem| {
                let before = row.get(..place).unwrap_or_default();
                Some(BadQuote {
                    problem,
                    lines_down: breaks(before, Some(byte)),
                    column,
                })
            };
            loop {
                match bytes.next() {
                    None => return bad(QuoteProblem::NeverClosed),
                    Some((_, b'"')) if bytes.next_if(|(_, next)| *next == b'"').is_none() => break,
                    Some(_) => {}
                }
            }
            let after = bytes.peek().map(|(_, next)| *next);
            if after.is_some_and(|next| next != delimiter && next != b'\r' && next != b'\n') {
                return bad(QuoteProblem::TextAfter);
            }
        }
        at_start = byte == delimiter;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(row: &str) -> Option<(QuoteProblem, u64, u64)> {
        find_bad_quote(row.as_bytes(), b',').map(|bad| (bad.problem, bad.lines_down, bad.column))
    }

    #[test]
    fn matching_marks_are_no_problem() {
        for row in [
            "a,b",
            "\"a,b\",c\r\n",
            "\"a \"\"b\"\" c\",d",
            "\"\",x",
            "a\"b,c",
            "\"two\nlines\",\"\"\"\"\n",
        ] {
            assert_eq!(found(row), None, "{row}");
        }
    }

    #[test]
    fn marks_that_do_not_match_are_found_where_they_open() {
        assert_eq!(
            found("a,\"b,c\nd,e"),
            Some((QuoteProblem::NeverClosed, 0, 2))
        );
        assert_eq!(
            found("\"a\nb\",c,\"d"),
            Some((QuoteProblem::NeverClosed, 1, 3))
        );
        assert_eq!(found("a,\"b\" c,d"), Some((QuoteProblem::TextAfter, 0, 2)));
    }
}
