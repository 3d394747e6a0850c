//! Days as offices write them: day first, or year first as in ISO 8601, or in words.

use chrono::NaiveDate;

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateProblem {
    /// None of the forms.
    Form,
    /// The month is above 12 and the day is not: most likely written in the American order. The day that was meant.
    MonthFirst(NaiveDate),
    /// The calendar does not have the day.
    NoSuchDay,
    /// The year has two digits or none.
    Year,
    /// A week instead of a day. Its last day, where the year is given and has the week.
    Week(Option<NaiveDate>),
    /// The number of days since 1900 that a spreadsheet keeps instead of a date. The day it stands for.
    Serial(NaiveDate),
}

/// The first and last serial numbers taken for a date: 1 January 2000 and 31 December 2099.
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=73_050;

/// Reads a day. `03/04/2025` is 3 April: the day comes first wherever the year does not.
pub(crate) fn parse_date(text: &str) -> Result<NaiveDate, DateProblem> {
    let plain: String = crate::fold::plain(text.trim()).collect();
    if let Some(serial) = parse_serial(&plain) {
        return Err(DateProblem::Serial(serial));
    }
    if let Some(week) = parse_week(&plain) {
        return Err(DateProblem::Week(week));
    }
    let day = plain.strip_prefix("ngay").unwrap_or(&plain).trim_start();
    let parts = in_words(day)
        .or_else(|| in_digits(day))
        .ok_or(DateProblem::Form)?;
    match parts[..] {
        [year, month, day] if year.len() == 4 => year_month_day(year, month, day),
        [day, month, year] if year.len() == 4 => year_month_day(year, month, day),
        [_, _] | [_, _, _] => Err(DateProblem::Year),
        _ => Err(DateProblem::Form),
    }
}

fn parse_serial(text: &str) -> Option<NaiveDate> {
    let serial: i64 = text
        .parse()
        .ok()
        .filter(|serial| SERIALS.contains(serial))?;
    // Serial 36,526 is 1 January 2000.
    let days = u64::try_from(serial - *SERIALS.start()).ok()?;
    NaiveDate::from_ymd_opt(2000, 1, 1)?.checked_add_days(chrono::Days::new(days))
}

/// `tuần 8`, `Tuần 08/2025`, `tuần 8 năm 2025`, `2025-W08`: the last day of the week, where the year says which; `None` for
/// anything else.
fn parse_week(text: &str) -> Option<Option<NaiveDate>> {
    let (week, year) = if let Some(rest) = text.strip_prefix("tuan") {
        let rest = rest
            .trim_start_matches([' ', ':'])
            .trim_start_matches("thu ");
        let end = rest.find(|letter: char| !letter.is_ascii_digit());
        let (week, year) = rest.split_at(end.unwrap_or(rest.len()));
        (week, year.trim_start_matches([' ', '/', '-', '.', ',']))
    } else {
        let (year, week) = text.split_once("-w")?;
        (week, year)
    };
    let week: u32 = week.parse().ok()?;
    let year = year.strip_prefix("nam").unwrap_or(year).trim();
    let year: Option<i32> = year.parse().ok().filter(|_| year.len() == 4);
    Some(year.and_then(|year| NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Sun)))
}

/// `18 tháng 02 năm 2025`
fn in_words(text: &str) -> Option<Vec<&str>> {
    let (day, rest) = text.split_once("thang")?;
    let (month, year) = rest.split_once("nam")?;
    digits([day, month, year].map(str::trim).to_vec())
}

/// Numbers with one sign between them.
fn in_digits(text: &str) -> Option<Vec<&str>> {
    let sign = text.chars().find(|letter| !letter.is_ascii_digit())?;
    matches!(sign, '/' | '-' | '.').then_some(())?;
    digits(text.split(sign).map(str::trim).collect())
}

fn digits(parts: Vec<&str>) -> Option<Vec<&str>> {
    let is_number = |part: &&str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.iter().all(is_number).then_some(parts)
}

fn year_month_day(year: &str, month: &str, day: &str) -> Result<NaiveDate, DateProblem> {
    let number = |text: &str| text.parse::<u32>().ok();
    let year: i32 = year.parse().ok().ok_or(DateProblem::Form)?;
    let (month, day) = number(month).zip(number(day)).ok_or(DateProblem::Form)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let swapped = NaiveDate::from_ymd_opt(year, day, month);
        swapped.map_or(DateProblem::NoSuchDay, DateProblem::MonthFirst)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_in_every_form_offices_use() {
        for text in [
            "18/02/2025",
            "18/2/2025",
            "2025-02-18",
            "18-02-2025",
            "18.2.2025",
            "ngày 18 tháng 02 năm 2025",
            "Ngày 18 tháng 2 năm 2025",
            "18 tháng 2 năm 2025",
            "ngày 18/2/2025",
            " 18/02/2025 ",
        ] {
            assert_eq!(parse_date(text), Ok(day("2025-02-18")), "{text}");
        }
        assert_eq!(parse_date("03/04/2025"), Ok(day("2025-04-03")));
        assert_eq!(parse_date("29/02/2024"), Ok(day("2024-02-29")));
    }

    #[test]
    fn what_is_no_day_says_why() {
        use DateProblem::*;
        for (text, problem) in [
            ("31/02/2025", NoSuchDay),
            ("29/02/2025", NoSuchDay),
            ("00/01/2025", NoSuchDay),
            ("02/18/2025", MonthFirst(day("2025-02-18"))),
            ("2025-18-02", MonthFirst(day("2025-02-18"))),
            ("18/02/25", Year),
            ("18/2", Year),
            ("02/2025", Year),
            ("45706", Serial(day("2025-02-18"))),
            ("tuần 8", Week(None)),
            ("tuần thứ 8 năm 2025", Week(Some(day("2025-02-23")))),
            ("Tuần 08/2025", Week(Some(day("2025-02-23")))),
            ("tuần 53/2025", Week(None)),
            ("2025-W08", Week(Some(day("2025-02-23")))),
            ("tuần này", Form),
            ("ngày", Form),
            ("18/02/2025 00:00", Form),
            ("18//2025", Form),
            ("", Form),
            ("1/2/3/2025", Form),
        ] {
            assert_eq!(parse_date(text), Err(problem), "{text}");
        }
    }
}
