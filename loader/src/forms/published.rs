//! The form of published figures: one row is one figure as a report or the press printed it.

use store::domain::{Approximation, PublishedFigure, Text, UnitId};

use super::rows::{FormRows, ReadRow, unread};
use crate::column::Column;
use crate::finding::{Finding, Findings, Severity, shortened};
use crate::intake::Context;
use crate::nearest::nearest;
use crate::receipt::NotChecked;
use crate::rule::Rule;
use crate::rules::sameness::check_duplicates;
use crate::rules::structure::sort_rows;
use crate::rules::values::{check_date, check_text, required};
use crate::rules::words::unknown_word;
use crate::sheet::{Cell, DataRow, Sheet};

/// The longest source or note of a published figure, in letters: addresses of pages are long.
const LONGEST_SOURCE: usize = 2000;

/// The longest word, such as a count unit or the source's own grouping of record types.
const LONGEST_WORD: usize = 60;

/// Reads the figures of a published file.
pub(crate) fn read_published(
    sheet: Sheet<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
    not_checked: &mut Vec<NotChecked>,
) -> (FormRows, u64) {
    let reader = FigureReader { context };
    let mut rows = Vec::new();
    let sorted = sort_rows(sheet, findings, |row, findings| {
        rows.extend(reader.read(row, findings));
    });
    let unread = unread(&sorted, &rows);
    not_checked.extend(NotChecked::broken_rows(&[Rule::DuplicateRow], unread));
    let key = |figure: &PublishedFigure| {
        let what = (figure.as_of, figure.unit, figure.record_type.clone());
        let how = (figure.measure.clone(), figure.count_unit.clone());
        (
            what,
            how,
            figure.value.clone(),
            figure.note.clone(),
            figure.source.clone(),
        )
    };
    let what = Text::new("mọi cột", "values in every column");
    check_duplicates(&rows, key, (Severity::Error, &what), findings);
    (FormRows::Published(rows), sorted.reports)
}

struct FigureReader<'a> {
    context: &'a Context<'a>,
}

impl<'a> FigureReader<'a> {
    fn read(&self, row: DataRow<'_>, findings: &mut Findings) -> Option<ReadRow<PublishedFigure>> {
        let needed = |column, findings: &mut Findings| {
            let given = row.filled(column);
            if given.is_none() {
                required(row.cell(column), row.line(), findings);
            }
            given
        };
        let text = |column, longest, findings: &mut Findings| {
            check_text(needed(column, findings)?, longest, findings)
        };
        let as_of = needed(Column::AsOf, findings)
            .and_then(|cell| check_date(cell, self.context.today, findings));
        let unit = needed(Column::Unit, findings).and_then(|cell| self.unit(cell, findings));
        let record_type = text(Column::RecordType, LONGEST_WORD, findings);
        let measure =
            needed(Column::Measure, findings).and_then(|cell| self.measure(cell, findings));
        let value = needed(Column::Value, findings).and_then(|cell| plain_number(cell, findings));
        let count_unit = text(Column::CountUnit, LONGEST_WORD, findings);
        let source = text(Column::Source, LONGEST_SOURCE, findings);
        let note = row.cell(Column::Note);
        let note = note.and_then(|cell| check_text(cell, LONGEST_SOURCE, findings));
        let approximation = match row.cell(Column::Approximate) {
            Some(cell) => wording(cell, findings),
            None => Some(Approximation::NotStated),
        };
        let value = PublishedFigure {
            as_of: as_of?,
            unit: unit?,
            record_type: record_type?,
            measure: measure?,
            value: value?,
            count_unit: count_unit?,
            approximation: approximation?,
            note: note.unwrap_or_default(),
            source: source?,
        };
        Some(ReadRow {
            place: row.place(),
            flawed: false,
            value,
        })
    }

    /// The nation (`vn`) or the permanent id of a unit; a name would need the date the source had in mind.
    #[expect(
        clippy::option_option,
        reason = "the inner absence is the nation, the outer one a finding"
    )]
    fn unit(&self, cell: Cell<'_>, findings: &mut Findings) -> Option<Option<UnitId>> {
        let text = cell.trimmed();
        if text == "vn" {
            return Some(None);
        }
        let units = &self.context.vocabulary.reference.units;
        let known = UnitId::parse(text).filter(|id| units.find(*id).is_some());
        if known.is_none() {
            let text = shortened(text);
            let finding = Finding::error(
                Rule::UnitUnknown,
                Text::new(
                    format!("không có đơn vị “{text}”"),
                    format!("there is no unit “{text}”"),
                ),
                Text::new(
                    "ghi vn cho cả nước, p và mã cho 63 tỉnh cũ (p15), q và mã cho 34 tỉnh mới \
                     (q15)",
                    "write vn for the nation, p and the code for one of the 63 (p15), q and the \
                     code for one of the 34 (q15)",
                ),
            );
            findings.push(finding.at(cell));
        }
        known.map(Some)
    }

    fn measure(&self, cell: Cell<'_>, findings: &mut Findings) -> Option<String> {
        let measures = &self.context.vocabulary.reference.measures;
        let text = cell.trimmed();
        if measures.contains_key(text) {
            return Some(text.to_owned());
        }
        let keys = || measures.keys().map(String::as_str);
        let near = nearest(text, keys().map(|key| (key, key)));
        let all: Vec<&str> = keys().collect();
        let finding = Finding {
            rule: Rule::Measure,
            ..unknown_word(text, &near, &all)
        };
        findings.push(finding.at(cell));
        None
    }
}

/// Plain digits with a point before decimals, as the form of published figures has them.
fn plain_number(cell: Cell<'_>, findings: &mut Findings) -> Option<String> {
    let text = cell.trimmed();
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |part: &str| {
        (1..=18).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_number(whole) && is_number(decimals) {
        return Some(text.to_owned());
    }
    let finding = Finding::error(
        Rule::Number,
        Text::new("không phải là số", "not a number"),
        Text::new(
            "ghi chữ số liền nhau, phần thập phân sau dấu chấm, ví dụ 1443893 hoặc 44.5",
            "write plain digits with a point before decimals, for example 1443893 or 44.5",
        ),
    );
    findings.push(finding.at(cell));
    None
}

fn wording(cell: Cell<'_>, findings: &mut Findings) -> Option<Approximation> {
    let found = Approximation::from_key(cell.trimmed());
    if found.is_none() {
        let words = Approximation::ALL.iter().map(|each| each.key());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        findings.push(unknown_word(cell.trimmed(), &[], &words).at(cell));
    }
    found
}
