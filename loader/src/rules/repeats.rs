//! Figures that stay as they were: one row, all rows of a report, and several reports in a row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Count, CountRow, Language, Stage, StageCounts, Text, UnitId, Week};

use crate::finding::{Finding, Findings, Severity};
use crate::forms::ReadRow;
use crate::rule::Rule;

/// With the third report in a row that changes nothing the question is asked: one quiet week is a holiday or a repair of
/// the software, two may be, three are work that stands still or a file that is sent again and again.
const REPORTS_IN_A_ROW: usize = 3;

/// A report of as many rows does not stay the same in every cell by chance, so that once is enough to ask. One or two
/// rows may: small provinces have quiet weeks.
const ROWS_THAT_DIFFER: usize = 3;

/// A row beside the latest earlier reports of the same part of work.
pub(crate) struct Repeat<'a> {
    row: &'a ReadRow<CountRow>,
    /// How many earlier weeks in a row had the same figures, up to the latest.
    weeks: usize,
    /// The first and the last date with the same figures; `None` where they are new.
    since: Option<(NaiveDate, NaiveDate)>,
}

impl<'a> Repeat<'a> {
    /// `earlier` is ordered from the oldest.
    pub(crate) fn of(row: &'a ReadRow<CountRow>, earlier: &[&CountRow]) -> Self {
        let latest = earlier.iter().rev();
        let same: Vec<NaiveDate> = latest
            .take_while(|before| before.counts == row.value.counts)
            .map(|before| before.as_of)
            .collect();
        let this_week = Week::containing(row.value.as_of);
        let mut weeks: Vec<Week> = same.iter().map(|day| Week::containing(*day)).collect();
        weeks.dedup();
        weeks.retain(|week| *week != this_week);
        let since = same.last().copied().zip(same.first().copied());
        Self {
            row,
            weeks: weeks.len(),
            since,
        }
    }

    /// The physical line of the row, from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.row.line()
    }

    /// Whether nothing could have changed: all is done, or nothing was begun.
    fn is_at_rest(&self) -> bool {
        is_finished(&self.row.value.counts) || is_not_begun(&self.row.value.counts)
    }

    fn is_explained(&self) -> bool {
        self.row.value.note.is_some() || self.row.value.difficulty.is_some()
    }
}

fn is_finished(counts: &StageCounts) -> bool {
    let total = counts.get(Stage::Total);
    total.is_some() && total == counts.get(Stage::Transferred)
}

fn is_not_begun(counts: &StageCounts) -> bool {
    let mut work = counts.iter().filter(|(stage, _)| *stage != Stage::Total);
    work.all(|(_, reported)| reported.count == Count::ZERO)
}

/// Asks about reports that stay the same, and notes single rows that do.
///
/// A report is what one unit says for one date. It stays the same where every row that has work to do is unchanged.
pub(crate) fn check_repeats(repeats: &[Repeat<'_>], findings: &mut Findings) {
    let mut reports: BTreeMap<(UnitId, NaiveDate), Vec<&Repeat<'_>>> = BTreeMap::new();
    for repeat in repeats {
        let of = &repeat.row.value;
        reports.entry((of.unit, of.as_of)).or_default().push(repeat);
    }
    for rows in reports.values() {
        let asked = check_report(rows);
        let line = asked.as_ref().and_then(|finding| finding.line);
        if let Some(finding) = asked {
            findings.push(finding);
        }
        for repeat in rows {
            if Some(repeat.row.line()) != line && !is_finished(&repeat.row.value.counts) {
                note_same_row(repeat, findings);
            }
        }
    }
}

fn check_report(rows: &[&Repeat<'_>]) -> Option<Finding> {
    let at_work = || rows.iter().filter(|repeat| !repeat.is_at_rest());
    let weeks = at_work().map(|repeat| repeat.weeks).min()?;
    let first = at_work().next()?;
    let (since, until) = first.since?;
    let finding = if weeks + 1 >= REPORTS_IN_A_ROW {
        unchanged_for_weeks(weeks + 1, since)
    } else if weeks >= 1 && at_work().count() >= ROWS_THAT_DIFFER {
        another_week(at_work().count(), until)
    } else {
        return None;
    };
    let severity = if rows.iter().any(|repeat| repeat.is_explained()) {
        Severity::Note
    } else {
        Severity::Query
    };
    Some(
        Finding {
            severity,
            ..finding
        }
        .on_line(first.row.line()),
    )
}

fn unchanged_for_weeks(weeks: usize, since: NaiveDate) -> Finding {
    Finding::query(
        Rule::Repeated,
        Text::new(
            format!(
                "số liệu giữ nguyên {weeks} kỳ liên tiếp, từ ngày {}",
                Language::Vi.date(since)
            ),
            format!(
                "the figures have stayed the same for {weeks} reports in a row, since {}",
                Language::En.date(since)
            ),
        ),
        Text::new(
            "nếu đúng là công việc đứng yên, ghi lý do vào cột Ghi chú hoặc Khó khăn, vướng mắc; \
             nếu gửi nhầm tệp cũ thì gửi số liệu mới",
            "if the work does stand still, give the reason in the note or the difficulty; if it \
             is an old file, send the new figures",
        ),
    )
}

fn another_week(rows: usize, until: NaiveDate) -> Finding {
    Finding::query(
        Rule::RenamedWeek,
        Text::new(
            format!(
                "cả {rows} dòng đều giống hệt báo cáo ngày {}, chỉ khác ngày",
                Language::Vi.date(until)
            ),
            format!(
                "all {rows} rows are those of the report of {}, only the date is another",
                Language::En.date(until)
            ),
        ),
        Text::new(
            "kiểm tra có phải tệp kỳ trước được đổi ngày không; nếu số liệu đúng là không đổi, \
             ghi lý do vào cột Ghi chú",
            "check whether it is the earlier file with a new date; if nothing has changed, give \
             the reason in the note",
        ),
    )
}

/// All figures of a row are those of an earlier date. A finished row stays as it is, so that is no surprise.
fn note_same_row(repeat: &Repeat<'_>, findings: &mut Findings) {
    let Some((_, until)) = repeat.since else {
        return;
    };
    if repeat.row.value.counts.is_empty() {
        return;
    }
    let (vi, en) = (Language::Vi.date(until), Language::En.date(until));
    let finding = Finding::note(
        Rule::SameAsBefore,
        Text::new(
            format!("mọi số liệu giống hệt ngày {vi}"),
            format!("every figure is that of {en}"),
        ),
        Text::new(
            "kiểm tra có gửi nhầm tệp của kỳ trước không; nếu đúng là không thay đổi thì không \
             cần làm gì",
            "check that it is not the earlier file; if nothing has changed there is nothing to do",
        ),
    );
    findings.push(finding.on_line(repeat.row.line()));
}
