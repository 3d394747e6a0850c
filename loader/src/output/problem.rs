//! The distinct problems of a receipt: findings of one rule, in one column, that are put right in the same way.

use std::collections::BTreeMap;

use serde::Serialize;
use store::domain::{Language, Text};

use crate::finding::{Finding, Severity};
use crate::receipt::Receipt;
use crate::rule::Rule;

/// How many places a distinct problem names; every occurrence is listed below it.
const FIRST_PLACES: usize = 3;

/// A distinct problem with the places it was found in.
#[derive(Debug)]
pub struct Problem<'a> {
    /// How grave it is.
    pub severity: Severity,
    /// The rule that is broken.
    pub rule: Rule,
    /// The header of the column; `None` where a whole row or file is meant.
    pub header: Option<&'a str>,
    /// What to do about it.
    pub fix: &'a Text,
    /// Those that are listed; never empty, in the order of the file.
    pub findings: Vec<&'a Finding>,
    /// How often it was found. Places that are counted only belong to it where it is the only problem of its rule;
    /// else nobody knows which problem of the rule they were of, and the receipt names their number beside.
    pub count: u64,
}

/// A place in JSON.
#[derive(Debug, Serialize)]
pub(super) struct Place<'a> {
    sheet: Option<&'a str>,
    line: Option<u64>,
    column: Option<u64>,
}

/// The distinct problems of a receipt: the gravest first, then in the order in which a file meets the rules.
#[must_use]
pub fn problems(receipt: &Receipt) -> Vec<Problem<'_>> {
    let unlisted = receipt.unlisted();
    let mut problems = BTreeMap::new();
    let mut of_rule: BTreeMap<(Severity, Rule), u32> = BTreeMap::new();
    for finding in &receipt.findings {
        let (rule, header) = (finding.rule, finding.header.as_deref());
        problems
            .entry((finding.severity, rule, header, &finding.fix))
            .or_insert_with(Vec::new)
            .push(finding);
    }
    for (severity, rule, ..) in problems.keys() {
        *of_rule.entry((*severity, *rule)).or_default() += 1;
    }
    let problem = |((severity, rule, header, fix), findings): (_, Vec<_>)| {
        let kind = (severity, rule);
        let unlisted = unlisted
            .get(&kind)
            .filter(|_| of_rule.get(&kind) == Some(&1));
        let listed = u64::try_from(findings.len()).unwrap_or(u64::MAX);
        Problem {
            severity,
            rule,
            header,
            fix,
            count: listed.saturating_add(unlisted.copied().unwrap_or(0)),
            findings,
        }
    };
    problems.into_iter().map(problem).collect()
}

impl<'a> Problem<'a> {
    /// The first places.
    pub(super) fn places(&self) -> Vec<Place<'a>> {
        let first = self.findings.iter().take(FIRST_PLACES);
        first
            .map(|finding| Place {
                sheet: finding.sheet.as_deref(),
                line: finding.line,
                column: finding.column,
            })
            .collect()
    }

    /// How often and where, in a few words: `5,000 (lines 2, 3, 4, …)`; only the number where no line is meant.
    #[must_use]
    pub fn count_and_lines(&self, language: Language) -> String {
        let count = language.whole(i64::try_from(self.count).unwrap_or(i64::MAX));
        let lines = self.findings.iter().filter_map(|finding| finding.line);
        let first: Vec<String> = lines
            .take(FIRST_PLACES)
            .map(|line| line.to_string())
            .collect();
        if first.is_empty() {
            return count;
        }
        let word = match first.len() {
            1 => language.pick("dòng", "line"),
            _ => language.pick("dòng", "lines"),
        };
        let more = if self.findings.len() > first.len() {
            ", …"
        } else {
            ""
        };
        format!("{count} ({word} {}{more})", first.join(", "))
    }
}
