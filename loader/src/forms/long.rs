//! The long form of counts: a row a stage, with the stage in one column and its figure in another.

use store::domain::{CountRow, Language, Stage, StageCounts, Text};

use super::ReadRow;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::history::PartOfWork;
use crate::index::Index;
use crate::rule::Rule;
use crate::rules::stage_order::check_stage_order;
use crate::rules::values::{check_count, required};
use crate::rules::words::unknown_word;
use crate::sheet::{DataRow, Sheet};

/// Reads the stage and the figure of a row. A stage is named as the header of its column is in the wide form.
pub(super) fn read_stage(row: DataRow<'_>, findings: &mut Findings) -> StageCounts {
    let mut counts = StageCounts::default();
    let Some(word) = row.filled(Column::ComparedStage) else {
        required(row.cell(Column::ComparedStage), row.line(), findings);
        return counts;
    };
    let figure = row.cell(Column::Value);
    let figure = figure.and_then(|cell| check_count(cell, findings));
    if let Some(Column::Stage(stage)) = Column::of_header(word.value) {
        counts.set(stage, figure);
    } else {
        let stages = Stage::ALL.map(|stage| Column::Stage(stage).header(Language::Vi));
        findings.push(unknown_word(word.trimmed(), &[], &stages).at(word));
    }
    counts
}

/// In the long form, makes one row of those that speak of one part of work and date, at the place of the first, and checks the
/// order of its stages. A stage that is given twice is an error.
pub(crate) fn merge_stages(
    sheet: Sheet<'_>,
    rows: Vec<ReadRow<CountRow>>,
    findings: &mut Findings,
) -> Vec<ReadRow<CountRow>> {
    if !sheet.layout.is_long {
        return rows;
    }
    let mut index = Index::default();
    let mut merged: Vec<ReadRow<CountRow>> = Vec::new();
    for row in rows {
        let key_of = |place: usize| merged.get(place).map(|row| part_and_date(&row.value));
        let key = Some(part_and_date(&row.value));
        let place = index.first_with(&key, merged.len(), key_of);
        let Some(whole) = merged.get_mut(place) else {
            merged.push(row);
            continue;
        };
        for (stage, reported) in row.value.counts.iter() {
            if whole.value.counts.get(stage).is_some() {
                let twice = stage_twice(stage, whole.line());
                findings.push(twice.on_line(row.line()));
                whole.flawed = true;
            } else {
                whole.value.counts.set(stage, Some(reported));
            }
        }
        whole.flawed |= row.flawed;
        whole.value.note = whole.value.note.take().or(row.value.note);
        whole.value.difficulty = whole.value.difficulty.take().or(row.value.difficulty);
    }
    for row in &mut merged {
        let errors_before = findings.errors();
        let counts = &row.value.counts;
        sheet.row_at(row.place, |row| check_stage_order(row, counts, findings));
        row.flawed |= findings.errors() > errors_before;
    }
    merged
}

fn part_and_date(row: &CountRow) -> (PartOfWork<'_>, chrono::NaiveDate) {
    (PartOfWork::of(row), row.as_of)
}

fn stage_twice(stage: Stage, first: u64) -> Finding {
    let header = |language| Column::Stage(stage).header(language);
    let (vi, en) = (header(Language::Vi), header(Language::En));
    Finding::error(
        Rule::DuplicateRow,
        Text::new(
            format!("“{vi}” đã có ở dòng {first} hoặc một dòng cùng nội dung sau đó"),
            format!("“{en}” stands already on line {first} or a later one about the same"),
        ),
        Text::new(
            "giữ lại dòng đúng và xóa dòng kia, hoặc sửa cột ghi nhầm",
            "keep the right row and remove the other, or correct the column that is wrong",
        ),
    )
}
