//! Rules about words of closed lists.

use store::domain::Text;

use crate::finding::{Finding, Findings, shortened};
use crate::rule::Rule;
use crate::sheet::Cell;
use crate::vocabulary::Words;

/// A word of a closed list. `None` where the cell has a finding, which names the nearest words or all of them.
pub(crate) fn check_word<T: Copy + Ord>(
    cell: Cell<'_>,
    words: &Words<T>,
    findings: &mut Findings,
) -> Option<T> {
    let found = words.find(cell.trimmed());
    if found.is_none() {
        let word = cell.trimmed();
        findings.push(unknown_word(word, &words.near(word), &words.all()).at(cell));
    }
    found
}

/// The finding for a word that is not in its list, with the words near it or else all of them.
pub(crate) fn unknown_word(word: &str, near: &[&str], all: &[&str]) -> Finding {
    let quoted = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
        words.join(", ")
    };
    let fix = if near.is_empty() {
        let all = quoted(all);
        Text::new(
            format!("dùng một trong: {all}"),
            format!("use one of: {all}"),
        )
    } else {
        let near = quoted(near);
        Text::new(format!("có phải là {near}?"), format!("is it {near}?"))
    };
    let word = shortened(word);
    Finding::error(
        Rule::Word,
        Text::new(
            format!("“{word}” không có trong danh sách"),
            format!("“{word}” is not in the list"),
        ),
        fix,
    )
}
