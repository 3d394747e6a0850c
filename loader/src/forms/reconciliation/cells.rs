//! The keyed cells of one entry, and how each kind of value is read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Count, Digest, Language, Text, Week};

use super::item::{Item, header_of};
use crate::column::Column;
use crate::comparison::OPEN_YEARS;
use crate::finding::{Finding, Findings};
use crate::intake::Context;
use crate::rule::Rule;
use crate::rules::reconciliation::personal;
use crate::rules::values::{absent_cell, check_count, check_date, check_date_range, check_text};
use crate::sheet::Cell;

/// The longest note, in letters. It gives a reason in a sentence and never tells of a case.
const LONGEST_NOTE: usize = 200;

/// The longest name of a rule set or tool.
const LONGEST_NAME: usize = 40;

/// What one entry says.
pub(crate) struct Cells<'a> {
    /// The physical line of the file, or the number of the document, from 1.
    pub(crate) line: u64,
    /// The filled cells by what they say.
    pub(crate) by_column: BTreeMap<Column, Cell<'a>>,
}

impl<'a> Cells<'a> {
    pub(super) fn get(&self, column: Column) -> Option<Cell<'a>> {
        self.by_column.get(&column).copied()
    }

    pub(super) fn has(&self, item: Item) -> bool {
        self.by_column.contains_key(&Column::Item(item))
    }

    pub(super) fn needed(&self, column: Column, findings: &mut Findings) -> Option<Cell<'a>> {
        self.require(column, findings);
        self.get(column)
    }

    /// Says so where a cell without which the entry cannot be understood is not there.
    pub(super) fn require(&self, column: Column, findings: &mut Findings) {
        if self.get(column).is_none() {
            let name = header_of(column, Language::Vi);
            let missing = Finding {
                header: Some(name).filter(|name| !name.is_empty()),
                ..absent_cell()
            };
            findings.push(missing.on_line(self.line));
        }
    }

    pub(super) fn needed_count(&self, column: Column, findings: &mut Findings) -> Option<Count> {
        let cell = self.needed(column, findings)?;
        exact(cell, findings)
    }

    /// A count that is zero where it is not told.
    pub(super) fn count_or_zero(&self, column: Column, findings: &mut Findings) -> Option<Count> {
        match self.get(column) {
            Some(cell) => exact(cell, findings),
            None => Some(Count::ZERO),
        }
    }

    /// A day. A document gives a moment with its offset: its day is the one written.
    pub(super) fn day(
        &self,
        column: Column,
        context: &Context<'_>,
        findings: &mut Findings,
    ) -> Option<NaiveDate> {
        let cell = self.get(column)?;
        let day = cell.trimmed();
        let day = match day.split_once('T') {
            Some((day, _)) if chrono::DateTime::parse_from_rfc3339(cell.trimmed()).is_ok() => day,
            _ => day,
        };
        check_date(Cell { value: day, ..cell }, context.today, findings)
    }

    /// An ISO week, such as `2025-W09`, that has begun.
    pub(super) fn week(&self, context: &Context<'_>, findings: &mut Findings) -> Option<Week> {
        let cell = self.needed(Column::Week, findings)?;
        let Some(week) = Week::parse(&cell.trimmed().to_uppercase()) else {
            let this_week = Week::containing(context.today);
            let finding = Finding::error(
                Rule::Date,
                Text::new("không đọc được tuần", "the week cannot be read"),
                Text::new(
                    format!("ghi năm và tuần theo ISO, ví dụ {this_week}"),
                    format!("write year and ISO week, for example {this_week}"),
                ),
            );
            findings.push(finding.at(cell));
            return None;
        };
        match check_date_range(week.first_day(), context.today) {
            None => Some(week),
            Some(finding) => {
                findings.push(finding.at(cell));
                None
            }
        }
    }

    /// The years of the books: both or none. The outer absence is a finding.
    pub(super) fn period(&self, findings: &mut Findings) -> Result<Option<(u16, u16)>, ()> {
        let ends = [Item::PeriodFrom, Item::PeriodTo].map(|end| self.get(Column::Item(end)));
        let (from, to) = match ends {
            [None, None] => return Ok(None),
            [Some(from), Some(to)] => (from, to),
            _ => {
                self.require(Column::Item(Item::PeriodFrom), findings);
                self.require(Column::Item(Item::PeriodTo), findings);
                return Err(());
            }
        };
        let year = |cell: Cell<'_>| cell.trimmed().parse::<u16>().ok();
        let years = year(from).zip(year(to));
        let (first, last) = OPEN_YEARS;
        let years = years.filter(|(from, to)| first <= *from && from <= to && *to <= last);
        if years.is_none() {
            let finding = Finding::error(
                Rule::DateRange,
                Text::new("không phải khoảng năm của sổ", "no period of books"),
                Text::new(
                    "ghi hai năm, ví dụ 1976 và 1999",
                    "write two years, for example 1976 and 1999",
                ),
            );
            findings.push(finding.at(to));
        }
        years.map(Some).ok_or(())
    }

    /// The name of a rule set or tool: Latin letters, digits and a few signs.
    pub(super) fn name(&self, column: Column, findings: &mut Findings) -> Option<String> {
        let cell = self.get(column)?;
        let text = check_text(cell, LONGEST_NAME, findings)?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || " ._-/+".contains(letter);
        if text.chars().all(plain) {
            return Some(text);
        }
        let finding = Finding::error(
            Rule::Text,
            Text::new(
                "tên chỉ gồm chữ không dấu, chữ số và . _ - / +",
                "a name has plain letters, digits and . _ - / + only",
            ),
            Text::new(
                "ghi tên ngắn, ví dụ VN-1.2",
                "write a short name, such as VN-1.2",
            ),
        );
        findings.push(Finding {
            value: None,
            ..finding.at(cell)
        });
        None
    }

    pub(super) fn note(&self, findings: &mut Findings) -> Option<String> {
        let cell = self.get(Column::Note)?;
        if personal::check_words(cell, findings) {
            return None;
        }
        check_text(cell, LONGEST_NOTE, findings)
    }

    pub(super) fn digest(&self, item: Item, findings: &mut Findings) -> Option<Digest> {
        let cell = self.get(Column::Item(item))?;
        let digest = Digest::parse(&cell.trimmed().to_lowercase());
        if digest.is_none() {
            let finding = Finding::error(
                Rule::Text,
                Text::new("không phải mã băm SHA-256", "no SHA-256 digest"),
                Text::new(
                    "ghi đủ 64 chữ số thập lục phân",
                    "write all 64 hexadecimal digits",
                ),
            );
            findings.push(finding.at(cell));
        }
        digest
    }

    /// A whole number that may be below zero.
    pub(super) fn whole(&self, item: Item, findings: &mut Findings) -> Option<i64> {
        let cell = self.needed(Column::Item(item), findings)?;
        let text = cell.trimmed().replace('−', "-");
        match text.strip_prefix('-') {
            None => exact(cell, findings).map(Count::to_i64),
            Some(rest) => exact(
                Cell {
                    value: rest,
                    ..cell
                },
                findings,
            )
            .map(|count| -count.to_i64()),
        }
    }
}

/// A count that is given exactly; sums must come out, so about-numbers and empty cells cannot be taken.
fn exact(cell: Cell<'_>, findings: &mut Findings) -> Option<Count> {
    let errors_before = findings.errors();
    let reported = check_count(cell, findings);
    match reported {
        Some(reported) if !reported.approximate => Some(reported.count),
        _ if findings.errors() > errors_before => None,
        _ => {
            let finding = Finding::error(
                Rule::Number,
                Text::new("cần số chính xác", "an exact number is needed"),
                Text::new(
                    "ghi số chính xác; nếu không có thì ghi 0",
                    "write the exact number; where there is none, write 0",
                ),
            );
            findings.push(finding.at(cell));
            None
        }
    }
}
