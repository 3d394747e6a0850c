//! Change over time: what a row is compared with, and falls, which no cumulative count has without a reason.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use store::domain::{
    CountRow, CountUnit, Language, RecordType, Reference, Reported, Route, Stage, Text, UnitId,
};

use super::jumps::{Pace, check_jumps};
use super::repeats::Repeats;
use crate::chains::Chains;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::{HISTORY_DAYS, History, PACE_DAYS};
use crate::rule::Rule;
use crate::sheet::Sheet;

type Row = ReadRow<CountRow>;

/// How many sound rows could not be compared with earlier figures.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Uncompared {
    /// Of so many rows.
    pub(crate) rows: usize,
    /// Nothing earlier is known.
    pub(crate) without_history: usize,
    /// What is known lies too far back to say anything about the pace of the work, or is that of the units merged into this.
    pub(crate) without_recent: usize,
    /// Too little is known to tell a jump from the usual pace.
    pub(crate) without_pace: usize,
}

/// What a change of figures over time is told by, over the batches of a file.
#[derive(Default)]
pub(crate) struct Changes {
    uncompared: Uncompared,
    repeats: Repeats,
}

impl Changes {
    /// Compares each row with the figures that it would correct, and with the earlier ones of the same part of work, in the
    /// archive or in the file itself.
    ///
    /// A row with an error in it is compared as far as it could be read, for a mistyped figure often breaks the order of the stages
    /// at the figure beside it; but it is nothing to compare others with.
    pub(crate) fn take_in(
        &mut self,
        sheet: Sheet<'_>,
        (rows, chains): (&[Row], &Chains),
        (history, reference): (&History, &Reference),
        findings: &mut Findings,
    ) {
        let whole: BTreeSet<_> = rows
            .iter()
            .filter(|row| is_whole(&row.value))
            .map(report)
            .collect();
        let uncompared = &mut self.uncompared;
        uncompared.rows += rows.len();
        for (place, row) in rows.iter().enumerate() {
            let known = history.of(&row.value);
            if let Some(standing) = known.and_then(|dates| dates.get(&row.value.as_of)) {
                check_lowered(sheet, row, |_| Some(standing), findings);
            }
            let as_of = row.value.as_of;
            let all = || reports_before(as_of, known, chains.before(rows, place));
            let Some(previous) = all().next() else {
                // The first report of a new unit goes on from the last ones of those it was formed from.
                if let Some(members) = history.of_members(&row.value) {
                    uncompared.without_recent += 1;
                    check_lowered(sheet, row, |_| Some(&members), findings);
                } else {
                    uncompared.without_history += 1;
                }
                continue;
            };
            let last = |stage| all().find(|row| row.counts.get(stage).is_some());
            check_lowered(sheet, row, last, findings);
            if previous.as_of < days_before(as_of, HISTORY_DAYS) {
                uncompared.without_recent += 1;
                continue;
            }
            let since = days_before(as_of, PACE_DAYS);
            let earlier = || all().take_while(move |row| since <= row.as_of);
            if !row.flawed {
                self.repeats.add(row, earlier(), findings);
            }
            let is_part = row.value.sub_unit.is_some()
                || !is_whole(&row.value) && whole.contains(&report(row));
            if !is_part {
                let mut earlier: Vec<&CountRow> = earlier().collect();
                earlier.reverse();
                if check_jumps(sheet, row, (&earlier, reference), findings) == Pace::Unknown {
                    uncompared.without_pace += 1;
                }
            }
        }
    }

    /// Asks about whole reports, and says how many rows had nothing to be compared with.
    pub(crate) fn finish(self, findings: &mut Findings) -> Uncompared {
        self.repeats.check(findings);
        self.uncompared
    }
}

/// Whether a row is about all of a unit's work.
fn is_whole(row: &CountRow) -> bool {
    row.sub_unit.is_none() && row.record_type == RecordType::All && row.route == Route::All
}

/// What a report is: one unit's counts in one count unit on one date.
fn report(row: &Row) -> (UnitId, NaiveDate, CountUnit) {
    (row.value.unit, row.value.as_of, row.value.count_unit)
}

fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days))
        .unwrap_or(NaiveDate::MIN)
}

/// The reports of a part of work before a date, the latest first.
///
/// Of two on one day, the row of the file corrects the archive's.
fn reports_before<'a>(
    as_of: NaiveDate,
    known: Option<&'a BTreeMap<NaiveDate, CountRow>>,
    in_file: impl Iterator<Item = &'a CountRow>,
) -> impl Iterator<Item = &'a CountRow> {
    let known = known.map(|dates| dates.range(..as_of).rev());
    let known = known.into_iter().flatten().map(|(_, row)| row);
    let mut known = known.peekable();
    let mut in_file = in_file.peekable();
    std::iter::from_fn(move || {
        let (Some(own), Some(standing)) = (in_file.peek(), known.peek()) else {
            return in_file.next().or_else(|| known.next());
        };
        if own.as_of < standing.as_of {
            return known.next();
        }
        known.next_if(|standing| own.as_of == standing.as_of);
        in_file.next()
    })
}

/// A count is lower than the one that stands, or than the last one of an earlier date, which the row for a stage says. With a note
/// in the row it is an explained correction, else a question.
fn check_lowered<'p>(
    sheet: Sheet<'_>,
    row: &Row,
    previous: impl Fn(Stage) -> Option<&'p CountRow>,
    findings: &mut Findings,
) {
    for (stage, now) in row.value.counts.iter() {
        let before = previous(stage).and_then(|row| Some((row, row.counts.get(stage)?)));
        let Some((previous, before)) = before.filter(|(_, before)| now.count < before.count) else {
            continue;
        };
        let rule = if stage == Stage::Total {
            Rule::TotalLowered
        } else {
            Rule::Lowered
        };
        let mut message = fallen_message(stage, (before, now), previous.as_of);
        if Reference::embedded().units.members(row.value.unit).len() > 1
            && previous.unit != row.value.unit
        {
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
        sheet.push_at(finding, (row.place, Column::Stage(stage)), findings);
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
