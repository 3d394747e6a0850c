//! Days and months that may have been written the American way.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use store::domain::{CountRow, Language, Text, Week};

use crate::chains::changes;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::rule::Rule;
use crate::sheet::Sheet;

/// How long ago the day of an ordinary report lies at most: it closes in the week before, and 4 in 100 come up to three
/// weeks late.
const DAYS_OF_A_REPORT: u64 = 28;

/// Asks where all dates of the file, read with the month first, fall into one week of the last four, and none does with the
/// day first.
///
/// The day comes first in Vietnamese, and so it is read. A spreadsheet program set to English turns 5 September into
/// `9/5/2025`, which is then read as 9 May without any error.
pub(crate) fn check_date_order(
    sheet: Sheet<'_>,
    rows: &[ReadRow<CountRow>],
    today: NaiveDate,
    findings: &mut Findings,
) {
    let read: BTreeSet<NaiveDate> = changes(rows.iter().map(|row| row.value.as_of)).collect();
    let swapped: Option<BTreeSet<NaiveDate>> = read.iter().map(|day| month_first(*day)).collect();
    let (Some(swapped), Some(first)) = (swapped, rows.first()) else {
        return;
    };
    let since = today.checked_sub_days(Days::new(DAYS_OF_A_REPORT));
    let recent = |day: &NaiveDate| since.is_some_and(|since| since <= *day) && *day <= today;
    let weeks: BTreeSet<Week> = swapped.iter().map(|day| Week::containing(*day)).collect();
    if weeks.len() != 1 || !swapped.iter().all(recent) || read.iter().any(recent) {
        return;
    }
    let is_typed_so = |row: &ReadRow<CountRow>| {
        sheet.row_at(row.place, |row| {
            let cell = row.cell(Column::AsOf);
            cell.is_some_and(|cell| is_day_first(cell.trimmed()))
        }) == Some(true)
    };
    if !rows.iter().all(is_typed_so) {
        return;
    }
    let (day, other) = (first.value.as_of, month_first(first.value.as_of));
    let Some(other) = other else { return };
    let finding = Finding::query(
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
    );
    findings.push(sheet.mark(finding, first.place, Column::AsOf));
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
