//! Problems found in a file: what, where, the value as typed, and how to put it right.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use store::domain::{Language, Text};

use crate::rule::Rule;
use crate::sheet::Cell;

/// What a finding means for the file; ordered from the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file is rejected.
    Error,
    /// The file waits for an explanation.
    Query,
    /// For information.
    Note,
}

impl Severity {
    /// The three, from the gravest.
    pub const ALL: [Self; 3] = [Self::Error, Self::Query, Self::Note];

    /// The word shown to people.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match self {
            Self::Error => language.pick("lỗi", "error"),
            Self::Query => language.pick("câu hỏi", "query"),
            Self::Note => language.pick("ghi chú", "note"),
        }
    }
}

/// One problem in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it means for the file.
    pub severity: Severity,
    /// The rule that is broken.
    pub rule: Rule,
    /// The name of the file.
    pub file: String,
    /// The sheet of a workbook; `None` in a text file and where the workbook was not read.
    pub sheet: Option<String>,
    /// The physical line or the row of the sheet, from 1; `None` where the whole file is meant.
    pub line: Option<u64>,
    /// The column, from 1; `None` where a whole line is meant.
    pub column: Option<u64>,
    /// The header of the column as it stands in the file, cut where it is too long.
    pub header: Option<String>,
    /// The value as typed, cut where it is too long.
    pub value: Option<String>,
    /// What is wrong.
    pub message: Text,
    /// What to do about it.
    pub fix: Text,
}

impl Finding {
    pub(crate) fn new(severity: Severity, rule: Rule, message: Text, fix: Text) -> Self {
        Self {
            severity,
            rule,
            file: String::new(),
            sheet: None,
            line: None,
            column: None,
            header: None,
            value: None,
            message,
            fix,
        }
    }

    pub(crate) fn error(rule: Rule, message: Text, fix: Text) -> Self {
        Self::new(Severity::Error, rule, message, fix)
    }

    pub(crate) fn query(rule: Rule, message: Text, fix: Text) -> Self {
        Self::new(Severity::Query, rule, message, fix)
    }

    pub(crate) fn note(rule: Rule, message: Text, fix: Text) -> Self {
        Self::new(Severity::Note, rule, message, fix)
    }

    /// The same finding at a cell.
    pub(crate) fn at(self, cell: Cell<'_>) -> Self {
        Self {
            line: Some(cell.line),
            column: Some(cell.column),
            header: Some(shortened(cell.header).into_owned()),
            value: Some(shortened(cell.value).into_owned()),
            ..self
        }
    }

    /// The same finding on a whole line.
    pub(crate) fn on_line(self, line: u64) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}

/// How many bytes of a header or a value a finding repeats; a cell that swallowed half a file is not copied into each.
const LONGEST_QUOTE: usize = 1000;

/// A text as a finding repeats it: whole, or its first thousand bytes with the length of all of it.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    let end = text.floor_char_boundary(LONGEST_QUOTE);
    match text.get(..end) {
        Some(head) if end < text.len() => Cow::Owned(format!("{head}… ({} byte)", text.len())),
        _ => Cow::Borrowed(text),
    }
}

/// How many places of one distinct problem are kept.
///
/// Every place is counted; those beyond are only counted, for nobody corrects so many by hand, and the memory of a check
/// must not grow with what is wrong in a file.
pub const PLACES_KEPT: u64 = 10_000;

/// How often each distinct problem was found: a rule broken, and what that means for the file.
pub type Places = BTreeMap<(Severity, Rule), u64>;

/// Where a finding stands, and its number among all, so that those of one place stay in their order.
type Standing = (Option<u64>, Option<u64>, u64);

/// Findings of one problem by where they stand.
type Listed = BTreeMap<Standing, Box<Finding>>;

/// The findings of one file as they are collected, in whatever order its rows are gone through.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    sheet: Option<String>,
    /// Of each distinct problem those that stand first in the file.
    listed: BTreeMap<(Severity, Rule), Listed>,
    places: Places,
    pushed: u64,
    errors: u64,
}

impl Findings {
    pub(crate) fn of_file(name: &str) -> Self {
        Self {
            file: name.to_owned(),
            sheet: None,
            listed: BTreeMap::new(),
            places: Places::new(),
            pushed: 0,
            errors: 0,
        }
    }

    /// None yet, of the same file, to be taken in later or not at all.
    pub(crate) fn aside(&self) -> Self {
        Self {
            sheet: self.sheet.clone(),
            ..Self::of_file(&self.file)
        }
    }

    /// From here on findings are of a sheet.
    pub(crate) fn set_sheet(&mut self, name: &str) {
        self.sheet = Some(name.to_owned());
    }

    /// Whether a finding would be listed: as yet there are not as many of its kind on the lines up to its own.
    pub(crate) fn lists(&self, finding: &Finding) -> bool {
        let listed = self.listed.get(&(finding.severity, finding.rule));
        listed.is_none_or(|listed| {
            let last = listed.last_key_value();
            is_short(listed) || last.is_some_and(|((line, ..), _)| finding.line <= *line)
        })
    }

    /// Counts a finding, and lists it unless as many of its kind stand before it in the file.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.errors += u64::from(finding.severity == Severity::Error);
        let problem = (finding.severity, finding.rule);
        *self.places.entry(problem).or_default() += 1;
        self.pushed += 1;
        // A JSON document has keys where a table has lines and columns from 1.
        let (line, column) = (
            finding.line.filter(|line| *line > 0),
            finding.column.filter(|column| *column > 0),
        );
        let standing = (line, column, self.pushed);
        let listed = self.listed.entry(problem).or_default();
        if !is_short(listed) {
            if listed
                .last_key_value()
                .is_some_and(|(last, _)| *last < standing)
            {
                return;
            }
            listed.pop_last();
        }
        let finding = Finding {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            line,
            column,
            ..finding
        };
        listed.insert(standing, Box::new(finding));
    }

    /// Counts places of a problem that are not listed, for as many of its kind stand before them in the file.
    pub(crate) fn count(&mut self, problem: (Severity, Rule), places: u64) {
        if places > 0 {
            *self.places.entry(problem).or_default() += places;
            self.errors += if problem.0 == Severity::Error {
                places
            } else {
                0
            };
        }
    }

    /// Takes in others, in the order in which they were found.
    pub(crate) fn append(&mut self, others: Self) {
        for (problem, places) in others.places {
            let listed = others.listed.get(&problem).map_or(0, BTreeMap::len);
            self.count(
                problem,
                places.saturating_sub(u64::try_from(listed).unwrap_or(places)),
            );
        }
        let listed = others.listed.into_values().flatten();
        let mut listed: Vec<(Standing, Box<Finding>)> = listed.collect();
        listed.sort_by_key(|((.., number), _)| *number);
        for (_, finding) in listed {
            self.push(*finding);
        }
    }

    /// The lines of those of a severity that are listed.
    pub(crate) fn lines_of(&self, severity: Severity) -> BTreeSet<u64> {
        let listed = self.listed.iter().filter(|((of, _), _)| *of == severity);
        let standings = listed.flat_map(|(_, listed)| listed.keys());
        standings.filter_map(|(line, ..)| *line).collect()
    }

    /// How many findings reject the file.
    pub(crate) const fn errors(&self) -> u64 {
        self.errors
    }

    /// The findings in the order of the file, those about the whole file first, and how often each problem was found.
    pub(crate) fn into_sorted(self) -> (Vec<Finding>, Places) {
        let listed = self.listed.into_values().flatten();
        let mut list: Vec<(u64, Box<Finding>)> = listed
            .map(|((.., number), finding)| (number, finding))
            .collect();
        list.sort_by_key(|(number, finding)| {
            (
                finding.line,
                finding.column,
                finding.severity,
                finding.rule,
                *number,
            )
        });
        let list = list.into_iter().map(|(_, finding)| *finding);
        (list.collect(), self.places)
    }
}

/// Whether as many places of a problem are not found yet as are listed.
fn is_short(listed: &Listed) -> bool {
    u64::try_from(listed.len()).is_ok_and(|listed| listed < PLACES_KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_counted_and_a_bounded_number_kept() {
        let mut findings = Findings::of_file("test.csv");
        let finding = || Finding::error(Rule::Number, Text::EMPTY, Text::EMPTY);
        for line in 1..=PLACES_KEPT + 5 {
            findings.push(finding().on_line(line));
        }
        findings.push(Finding::note(Rule::Number, Text::EMPTY, Text::EMPTY));
        assert_eq!(findings.errors(), PLACES_KEPT + 5);
        let (list, places) = findings.into_sorted();
        assert_eq!(u64::try_from(list.len()), Ok(PLACES_KEPT + 1));
        let counted: Vec<u64> = places.into_values().collect();
        assert_eq!(counted, [PLACES_KEPT + 5, 1]);
    }

    #[test]
    fn those_that_stand_first_are_listed_whatever_order_they_are_found_in() {
        let mut findings = Findings::of_file("test.csv");
        let on_line = |line| Finding::query(Rule::Sums, Text::EMPTY, Text::EMPTY).on_line(line);
        let mut aside = findings.aside();
        for line in (1..=PLACES_KEPT + 5).rev() {
            let to = if line % 2 == 0 {
                &mut findings
            } else {
                &mut aside
            };
            to.push(on_line(line));
        }
        findings.append(aside);
        assert!(findings.lists(&on_line(7)) && !findings.lists(&on_line(PLACES_KEPT + 1)));
        let (list, places) = findings.into_sorted();
        let lines = list.iter().map(|finding| finding.line);
        assert!(lines.eq((1..=PLACES_KEPT).map(Some)));
        assert_eq!(places.into_values().sum::<u64>(), PLACES_KEPT + 5);
    }

    #[test]
    fn a_finding_repeats_no_endless_value() {
        assert_eq!(shortened("Đã nhập"), "Đã nhập");
        let long = "ộ".repeat(1000);
        let short = shortened(&long);
        assert!(
            short.ends_with("… (3000 byte)") && short.len() < 1100,
            "{short}"
        );
    }
}
