//! Problems found in a file: what, where, the value as typed, and how to put it right.

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
    /// The header of the column as it stands in the file.
    pub header: Option<String>,
    /// The value as typed.
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
            header: Some(cell.header.to_owned()),
            value: Some(cell.value.to_owned()),
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

/// The findings of one file as they are collected.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    sheet: Option<String>,
    list: Vec<Finding>,
}

impl Findings {
    pub(crate) fn of_file(name: &str) -> Self {
        Self {
            file: name.to_owned(),
            sheet: None,
            list: Vec::new(),
        }
    }

    /// From here on findings are of a sheet.
    pub(crate) fn set_sheet(&mut self, name: &str) {
        self.sheet = Some(name.to_owned());
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        self.list.push(Finding {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            ..finding
        });
    }

    /// How many findings reject the file.
    pub(crate) fn errors(&self) -> usize {
        let errors = self.list.iter();
        errors
            .filter(|finding| finding.severity == Severity::Error)
            .count()
    }

    /// The findings in the order of the file; those about the whole file come first.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.list
            .sort_by_key(|finding| (finding.line, finding.column, finding.severity, finding.rule));
        self.list
    }
}
