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

type Row = ReadRow<CountRow>;

/// The reports of a file, as far as they repeat earlier ones: what one unit says for one date is a report.
#[derive(Default)]
pub(crate) struct Repeats {
    places: BTreeMap<(UnitId, NaiveDate), usize>,
    reports: Vec<Report>,
    /// The report of the latest row: the rows of a report mostly follow each other.
    latest: Option<((UnitId, NaiveDate), usize)>,
}

/// The rows of a report beside those before it.
struct Report {
    /// How many rows have work to do.
    at_work: usize,
    /// For how many weeks in a row all of these have stayed the same.
    weeks: usize,
    /// The first of these in the file. What is asked about the report stands there, in place of what is noted of the row.
    first: Option<Standing>,
    /// Whether a row says why.
    explained: bool,
}

/// The line of a row, with the first and the last date with the same figures; `None` where they are new.
#[derive(Clone, Copy)]
struct Standing {
    line: u64,
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Standing {
    /// Notes that the figures of the row are those of an earlier date.
    fn note(self, findings: &mut Findings) {
        if let Some((_, until)) = self.days {
            findings.push(same_row(until).on_line(self.line));
        }
    }
}

/// For how many weeks in a row the figures of a row have stayed the same, and the first and the last of these dates.
fn standstill<'r>(
    row: &CountRow,
    earlier: impl Iterator<Item = &'r CountRow>,
) -> (usize, Option<(NaiveDate, NaiveDate)>) {
    let same = earlier.take_while(|before| before.counts == row.counts);
    let this_week = Week::containing(row.as_of);
    let (mut weeks, mut last_week) = (0, this_week);
    let mut days: Option<(NaiveDate, NaiveDate)> = None;
    for day in same.map(|before| before.as_of) {
        let week = Week::containing(day);
        weeks += usize::from(week != last_week);
        last_week = week;
        days = Some((day, days.map_or(day, |(_, last)| last)));
    }
    (weeks, days)
}

fn is_finished(counts: &StageCounts) -> bool {
    let total = counts.get(Stage::Total);
    total.is_some() && total == counts.get(Stage::Transferred)
}

fn is_not_begun(counts: &StageCounts) -> bool {
    let mut work = counts.iter().filter(|(stage, _)| *stage != Stage::Total);
    work.all(|(_, reported)| reported.count == Count::ZERO)
}

impl Repeats {
    /// Takes in a row, with the earlier reports of the same part of work, the latest first.
    pub(crate) fn add<'r>(
        &mut self,
        row: &Row,
        earlier: impl Iterator<Item = &'r CountRow>,
        findings: &mut Findings,
    ) {
        let of = &row.value;
        let (weeks, days) = standstill(of, earlier);
        let report = self.report((of.unit, of.as_of));
        report.explained |= of.note.is_some() || of.difficulty.is_some();
        if of.counts.is_empty() || is_finished(&of.counts) {
            return;
        }
        let mut later = Standing {
            line: row.line(),
            days,
        };
        // Nothing can change where nothing was begun.
        if !is_not_begun(&of.counts) {
            report.at_work += 1;
            report.weeks = report.weeks.min(weeks);
            match &mut report.first {
                None => {
                    report.first = Some(later);
                    return;
                }
                Some(first) if later.line < first.line => std::mem::swap(first, &mut later),
                Some(_) => {}
            }
        }
        later.note(findings);
    }

    fn report(&mut self, of: (UnitId, NaiveDate)) -> &mut Report {
        let place = match self.latest {
            Some((latest, place)) if latest == of => place,
            _ => *self.places.entry(of).or_insert(self.reports.len()),
        };
        self.latest = Some((of, place));
        if place == self.reports.len() {
            self.reports.push(Report {
                at_work: 0,
                weeks: usize::MAX,
                first: None,
                explained: false,
            });
        }
        // It was put there just now, or before.
        &mut self.reports[place]
    }

    /// Asks about reports that stay the same, and notes single rows that do.
    ///
    /// A report stays the same where every row that has work to do is unchanged.
    pub(crate) fn check(self, findings: &mut Findings) {
        for report in self.reports {
            match (check_report(&report), report.first) {
                (Some(asked), _) => findings.push(asked),
                (None, Some(first)) => first.note(findings),
                (None, None) => {}
            }
        }
    }
}

fn check_report(report: &Report) -> Option<Finding> {
    let Standing { line, days } = report.first?;
    let (since, until) = days?;
    let finding = if report.weeks + 1 >= REPORTS_IN_A_ROW {
        unchanged_for_weeks(report.weeks + 1, since)
    } else if report.weeks >= 1 && report.at_work >= ROWS_THAT_DIFFER {
        another_week(report.at_work, until)
    } else {
        return None;
    };
    let severity = if report.explained {
        Severity::Note
    } else {
        Severity::Query
    };
    Some(
        Finding {
            severity,
            ..finding
        }
        .on_line(line),
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
fn same_row(until: NaiveDate) -> Finding {
    let (vi, en) = (Language::Vi.date(until), Language::En.date(until));
    Finding::note(
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
    )
}
