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
use crate::index::Index;
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
    let whole: BTreeSet<_> = rows
        .iter()
        .filter(|row| is_whole(&row.value))
        .map(report)
        .collect();
    let mut uncompared = Uncompared::default();
    let mut repeats = Vec::new();
    let parts = by_part(rows);
    for part in parts.chunk_by(|one, other| one.part == other.part) {
        let known = part.first().and_then(|first| history.of(&first.row.value));
        let in_file = sound_days(part);
        for InPart { row, .. } in part {
            if let Some(standing) = known.and_then(|dates| dates.get(&row.value.as_of)) {
                check_lowered(sheet, row, standing, findings);
            }
            let earlier = reports_before(row.value.as_of, known, &in_file);
            let recent = row.value.as_of.checked_sub_days(Days::new(HISTORY_DAYS));
            let previous = earlier.last().copied();
            let Some(previous) = previous.filter(|row| recent.is_none_or(|day| day <= row.as_of))
            else {
                uncompared.without_history += 1;
                // The first report of a merged unit goes on from the last ones of its members.
                let members = recent.and_then(|day| history.of_members(&row.value, day));
                if let Some(members) = members {
                    check_lowered(sheet, row, &members, findings);
                }
                continue;
            };
            check_lowered(sheet, row, previous, findings);
            if !row.flawed {
                repeats.push(Repeat::of(row, &earlier));
            }
            let is_part = row.value.sub_unit.is_some()
                || !is_whole(&row.value) && whole.contains(&report(row));
            if !is_part && check_jumps(sheet, row, (&earlier, reference), findings) == Pace::Unknown
            {
                uncompared.without_pace += 1;
            }
        }
    }
    repeats.sort_by_key(Repeat::line);
    check_repeats(&repeats, findings);
    uncompared
}

/// A row with the part of work that it is about, numbered by its first row.
struct InPart<'a> {
    part: usize,
    as_of: NaiveDate,
    row: &'a Row,
}

/// The rows by part of work, in each by date.
fn by_part(rows: &[Row]) -> Vec<InPart<'_>> {
    let mut index = Index::default();
    let part_of = |place: usize| rows.get(place).map(|row| PartOfWork::of(&row.value));
    let numbered = rows.iter().enumerate().map(|(place, row)| InPart {
        part: index.first_with(&Some(PartOfWork::of(&row.value)), place, part_of),
        as_of: row.value.as_of,
        row,
    });
    let mut parts: Vec<InPart<'_>> = numbered.collect();
    parts.sort_by_key(|each| (each.part, each.as_of));
    parts
}

/// The rows of a part without an error, one a date: of two the later, as the receipt says that the date is given twice.
fn sound_days<'a>(part: &[InPart<'a>]) -> Vec<&'a CountRow> {
    let mut days: Vec<&CountRow> = Vec::new();
    for row in part.iter().map(|each| each.row).filter(|row| !row.flawed) {
        match days.last_mut() {
            Some(last) if last.as_of == row.value.as_of => *last = &row.value,
            _ => days.push(&row.value),
        }
    }
    days
}

/// Whether a row is about all of a unit's work.
fn is_whole(row: &CountRow) -> bool {
    row.sub_unit.is_none() && row.record_type == RecordType::All && row.route == Route::All
}

/// What a report is: one unit's counts in one count unit on one date.
fn report(row: &Row) -> (UnitId, NaiveDate, CountUnit) {
    (row.value.unit, row.value.as_of, row.value.count_unit)
}

/// The reports of a part of work in the half year before a date, oldest first.
///
/// Of two on one day, the row of the file corrects the archive's.
fn reports_before<'a>(
    as_of: NaiveDate,
    known: Option<&'a BTreeMap<NaiveDate, CountRow>>,
    in_file: &[&'a CountRow],
) -> Vec<&'a CountRow> {
    let since = as_of.checked_sub_days(Days::new(PACE_DAYS));
    let since = since.unwrap_or(NaiveDate::MIN);
    let place = |day: NaiveDate| in_file.partition_point(|row| row.as_of < day);
    let in_file = in_file.get(place(since)..place(as_of)).unwrap_or_default();
    let Some(known) = known else {
        return in_file.to_vec();
    };
    let known = known.range(since..as_of).map(|(day, row)| (*day, row));
    let mut earlier: BTreeMap<NaiveDate, &CountRow> = known.collect();
    earlier.extend(in_file.iter().map(|row| (row.as_of, *row)));
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
        let mut message = fallen_message(stage, (before, now), previous.as_of);
        if previous.unit != row.value.unit {
            message
                .vi
                .push_str(" (so với tổng của các tỉnh trước khi sáp nhập)");
            message
                .en
                .push_str(" (against the sum of the provinces merged into it)");
        }
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
        findings.push(sheet.mark(finding, row.place, Column::Stage(stage)));
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
