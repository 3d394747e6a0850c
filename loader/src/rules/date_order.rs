//! Days and months that may have been written the American way.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use store::domain::{CountRow, Language, Text, Week};

use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::rule::Rule;
use crate::sheet::{Place, Sheet};

/// How long ago the day of an ordinary report lies at most: it closes in the week before, and 4 in 100 come up to three
/// weeks late.
const DAYS_OF_A_REPORT: u64 = 28;

/// Asks where all dates of the file, read with the month first, fall into one week of the last four, and none does with the
/// day first.
///
/// The day comes first in Vietnamese, and so it is read. A spreadsheet program set to English turns 5 September into
/// `9/5/2025`, which is then read as 9 May without any error.
pub(crate) struct DateOrder {
    /// Whether the dates are such, and every one is written as it would be then.
    in_doubt: bool,
    /// The first row of the file, and its date.
    first: Option<(Place, NaiveDate)>,
}

impl DateOrder {
    /// With the dates of a file.
    pub(crate) fn new(dates: &BTreeSet<NaiveDate>, today: NaiveDate) -> Self {
        let swapped: Option<BTreeSet<NaiveDate>> =
            dates.iter().map(|day| month_first(*day)).collect();
        let since = today.checked_sub_days(Days::new(DAYS_OF_A_REPORT));
        let recent = |day: &NaiveDate| since.is_some_and(|since| since <= *day) && *day <= today;
        let in_doubt = swapped.is_some_and(|swapped| {
            let weeks: BTreeSet<Week> = swapped.iter().map(|day| Week::containing(*day)).collect();
            weeks.len() == 1 && swapped.iter().all(recent) && !dates.iter().any(recent)
        });
        Self {
            in_doubt,
            first: None,
        }
    }

    pub(crate) fn take_in(&mut self, sheet: Sheet<'_>, rows: &[ReadRow<CountRow>]) {
        let is_typed_so = |row: &ReadRow<CountRow>| {
            sheet.row_at(row.place, |row| {
                let cell = row.cell(Column::AsOf);
                cell.is_some_and(|cell| is_day_first(cell.trimmed()))
            }) == Some(true)
        };
        self.in_doubt = self.in_doubt && rows.iter().all(is_typed_so);
        let first = rows.first().map(|row| (row.place, row.value.as_of));
        self.first = self.first.into_iter().chain(first).min();
    }

    pub(crate) fn finish(self, sheet: Sheet<'_>, findings: &mut Findings) {
        let in_doubt = self.first.filter(|_| self.in_doubt);
        if let Some((place, day)) = in_doubt
            && let Some(other) = month_first(day)
        {
            sheet.push_at(may_be(day, other), (place, Column::AsOf), findings);
        }
    }
}

fn may_be(day: NaiveDate, other: NaiveDate) -> Finding {
    Finding::query(
        Rule::DateOrder,
        Text::new(
            format!(
                "đọc là ngày {}, nhưng nếu tháng viết trước thì là ngày {}, đúng kỳ vừa qua",
                Language::Vi.date(day),
                Language::Vi.date(other)
            ),
            format!(
                "read as {}; with the month first it would be {}, in the period just past",
                Language::En.date(day),
                Language::En.date(other)
            ),
        ),
        Text::new(
            format!(
                "ghi ngày trước, tháng sau: {}; nếu đúng là số liệu cũ thì giải trình",
                other.format("%d/%m/%Y")
            ),
            format!(
                "write the day first: {}; if these are old figures, say so",
                other.format("%d/%m/%Y")
            ),
        ),
    )
}

/// The day with its day and month changed about; `None` where that is no other day.
fn month_first(day: NaiveDate) -> Option<NaiveDate> {
    let swapped = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())?;
    (swapped != day).then_some(swapped)
}

/// Whether a date is written as two numbers and a year: not in words, not year first, not as a serial number.
fn is_day_first(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    matches!(parts[..], [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4)
}
