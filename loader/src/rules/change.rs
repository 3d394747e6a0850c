//! Change over time: what a row is compared with, and falls, which no cumulative count has without a reason.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use store::domain::{
    CountRow, CountUnit, Language, RecordType, Reference, Reported, Route, Stage, Text, UnitId,
};

use super::jumps::{Pace, check_jumps};
use super::repeats::{Repeat, check_repeats};
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::{HISTORY_DAYS, History, PACE_DAYS, PartOfWork};
use crate::rule::Rule;
use crate::sheet::Sheet;

type Row = ReadRow<CountRow>;

/// How many sound rows could not be compared with earlier figures.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Uncompared {
    /// Nothing of the days before is known.
    pub(crate) without_history: usize,
    /// Too little is known to tell a jump from the usual pace.
    pub(crate) without_pace: usize,
}

/// The rows of a file by part of work and date.
type InFile<'a> = BTreeMap<PartOfWork, BTreeMap<NaiveDate, &'a CountRow>>;

/// Compares each row with the figures that it would correct, and with the earlier ones of the same part of work, in the
/// archive or in the file itself.
///
/// A row with an error in it is compared as far as it could be read, for a mistyped figure often breaks the order of the stages
/// at the figure beside it; but it is nothing to compare others with. Returns how many rows had nothing to be compared with.
pub(crate) fn check_change(
    sheet: Sheet<'_>,
    rows: &[Row],
    (history, reference): (&History, &Reference),
    findings: &mut Findings,
) -> Uncompared {
    let sound = || rows.iter().filter(|row| !row.flawed);
    let mut in_file = InFile::new();
    for row in sound() {
        let dates = in_file.entry(PartOfWork::of(&row.value)).or_default();
        dates.insert(row.value.as_of, &row.value);
    }
    let whole: BTreeSet<_> = rows
        .iter()
        .filter(|row| is_whole(&row.value))
        .map(report)
        .collect();
    let mut uncompared = Uncompared::default();
    let mut repeats = Vec::new();
    for row in rows {
        let known = history.of(&PartOfWork::of(&row.value));
        if let Some(standing) = known.and_then(|dates| dates.get(&row.value.as_of)) {
            check_lowered(sheet, row, standing, findings);
        }
        let earlier = reports_before(&row.value, history, &in_file);
        let recent = row.value.as_of.checked_sub_days(Days::new(HISTORY_DAYS));
        let previous = earlier.last().copied();
        let Some(previous) = previous.filter(|row| recent.is_none_or(|day| day <= row.as_of))
        else {
            uncompared.without_history += 1;
            continue;
        };
        check_lowered(sheet, row, previous, findings);
        if !row.flawed {
            repeats.push(Repeat::of(row, &earlier));
        }
        let is_part =
            row.value.sub_unit.is_some() || !is_whole(&row.value) && whole.contains(&report(row));
        if !is_part && check_jumps(sheet, row, (&earlier, reference), findings) == Pace::Unknown {
            uncompared.without_pace += 1;
        }
    }
    check_repeats(&repeats, findings);
    uncompared
}

/// Whether a row is about all of a unit's work.
fn is_whole(row: &CountRow) -> bool {
    row.sub_unit.is_none() && row.record_type == RecordType::All && row.route == Route::All
}

/// What a report is: one unit's counts in one count unit on one date.
fn report(row: &Row) -> (UnitId, NaiveDate, CountUnit) {
    (row.value.unit, row.value.as_of, row.value.count_unit)
}

/// The reports of a row's part of work in the half year before its date, oldest first.
///
/// Of two on one day, the row of the file corrects the archive's.
fn reports_before<'a>(
    row: &CountRow,
    history: &'a History,
    in_file: &InFile<'a>,
) -> Vec<&'a CountRow> {
    let part = PartOfWork::of(row);
    let since = row.as_of.checked_sub_days(Days::new(PACE_DAYS));
    let days = since.unwrap_or(NaiveDate::MIN)..row.as_of;
    let mut earlier: BTreeMap<NaiveDate, &CountRow> = BTreeMap::new();
    if let Some(known) = history.of(&part) {
        earlier.extend(known.range(days.clone()).map(|(day, row)| (*day, row)));
    }
    if let Some(rows) = in_file.get(&part) {
        earlier.extend(rows.range(days).map(|(day, row)| (*day, *row)));
    }
    earlier.into_values().collect()
}

/// A count is lower than the one that stands, or than that of an earlier date. With a note in the row it is an explained
/// correction, else a question.
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
