//! Change over time: cumulative counts do not fall, and a total is not lowered, without a reason.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{CountRow, Language, Reported, Stage, Text};

use super::sameness::check_same_as_before;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::{History, PartOfWork};
use crate::rule::Rule;
use crate::sheet::Sheet;

type Row = ReadRow<CountRow>;

/// Compares each row with the figures that it would correct, and with the latest earlier ones of the same part of work, in
/// the archive or in the file itself.
///
/// Rows with an error in them are left out. Returns how many of the others had nothing to be compared with.
pub(crate) fn check_change(
    sheet: Sheet<'_>,
    rows: &[Row],
    history: &History,
    findings: &mut Findings,
) -> usize {
    let sound = || rows.iter().filter(|row| !row.flawed);
    let mut in_file: BTreeMap<PartOfWork, BTreeMap<NaiveDate, &CountRow>> = BTreeMap::new();
    for row in sound() {
        let dates = in_file.entry(PartOfWork::of(&row.value)).or_default();
        dates.insert(row.value.as_of, &row.value);
    }
    let mut without_history = 0;
    for row in sound() {
        let (part, as_of) = (PartOfWork::of(&row.value), row.value.as_of);
        let dates = in_file.get(&part);
        let nearest = dates.and_then(|dates| dates.range(..as_of).next_back());
        let in_file = nearest.map(|(_, previous)| *previous);
        if let Some(standing) = history.find_standing(&part, as_of) {
            check_lowered(sheet, row, standing, findings);
        }
        let known = history.find(&part, as_of);
        // Of two on one day, the row of the file corrects the archive's.
        match known.into_iter().chain(in_file).max_by_key(|row| row.as_of) {
            Some(previous) => {
                check_lowered(sheet, row, previous, findings);
                check_same_as_before(sheet, row, previous, findings);
            }
            None => without_history += 1,
        }
    }
    without_history
}

/// A count is lower than the one that stands, or than that of an earlier date. With a note in the row it is an explained correction, else a question.
fn check_lowered(sheet: Sheet<'_>, row: &Row, previous: &CountRow, findings: &mut Findings) {
    for (stage, now) in row.value.counts.iter() {
        let fallen = previous
            .counts
            .get(stage)
            .filter(|before| now.count < before.count);
        let Some(before) = fallen else {
            continue;
        };
        let rule = if stage == Stage::Total {
            Rule::TotalLowered
        } else {
            Rule::Lowered
        };
        let message = fallen_message(stage, (before, now), previous.as_of);
        let finding = match &row.value.note {
            Some(reason) => {
                let message = Text::new(
                    format!("{}; đã giải trình: {reason}", message.vi),
                    format!("{}; correction explained: {reason}", message.en),
                );
                let fix = Text::new("không cần làm gì", "nothing to do");
                Finding::note(rule, message, fix)
            }
            None => Finding::query(rule, message, lowered_fix()),
        };
        findings.push(match sheet.cell_of(row.place, Column::Stage(stage)) {
            Some(cell) => finding.at(cell),
            None => finding.on_line(row.line),
        });
    }
}

fn fallen_message(stage: Stage, (before, now): (Reported, Reported), as_of: NaiveDate) -> Text {
    let column = Column::Stage(stage);
    let numbers = |language: Language| {
        let fall = before.count.change_since(now.count);
        (
            column.header(language),
            language.count(before.count),
            language.date(as_of),
            language.count(now.count),
            language.whole(fall),
        )
    };
    let (header, was, day, is, fall) = numbers(Language::Vi);
    let vi = format!("“{header}” giảm {fall}: ngày {day} là {was}, nay là {is}");
    let (header, was, day, is, fall) = numbers(Language::En);
    let en = format!("“{header}” fell by {fall}: {was} on {day}, now {is}");
    Text::new(vi, en)
}

fn lowered_fix() -> Text {
    Text::new(
        "số liệu là số lũy kế; sửa nếu nhập sai, hoặc ghi lý do vào cột Ghi chú của dòng này",
        "figures are cumulative; correct a mistyped one, or give the reason in the note of this \
         row",
    )
}
