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
    let rest = |from: usize| row.get(from..).unwrap_or_default();
    let mark_from = |from: usize| memchr::memchr(b'"', rest(from)).map(|place| from + place);
    let mut column = 1;
    // Up to where the cells are counted, and from where the next mark is looked for.
    let (mut counted, mut next) = (0, 0);
    while let Some(place) = mark_from(next) {
        next = place + 1;
        let before = place.checked_sub(1).and_then(|before| row.get(before));
        if before.is_some_and(|byte| *byte != delimiter) {
            continue;
        }
        let passed = row.get(counted..place).unwrap_or_default();
        column += u64::try_from(memchr::memchr_iter(delimiter, passed).count()).unwrap_or(0);
        let bad = |problem| {
            let before = row.get(..place).unwrap_or_default();
            Some(BadQuote {
                problem,
                lines_down: breaks(before, Some(b'"')),
                column,
            })
        };
        loop {
            let Some(mark) = mark_from(next) else {
                return bad(QuoteProblem::NeverClosed);
            };
            next = mark + 1;
            if row.get(next) != Some(&b'"') {
                break;
            }
            next += 1;
        }
        let after = row.get(next).copied();
        if after.is_some_and(|next| next != delimiter && next != b'\r' && next != b'\n') {
            return bad(QuoteProblem::TextAfter);
        }
        counted = next;
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
