//! The value of a cell as the text a person would type for it.

use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType};

/// The text of a cell: whole numbers without decimals, days as day/month/year, errors as Excel shows them.
///
/// A fraction with three decimals gets a zero more, for `1.234` would be read as digits in groups.
pub(super) fn text_of(value: &DataRef<'_>, is_percent: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if is_percent => percent(*number),
        DataRef::Float(number) => plain_number(*number),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) if moment.is_datetime() => day_of(*moment),
        DataRef::DateTime(moment) => plain_number(moment.as_f64()),
        // A moment without the time of day.
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The same for the formats whose values are kept without borrowing.
pub(super) fn text_of_owned(value: &Data) -> String {
    match value {
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain_number(*number),
        Data::Bool(value) => text_of(&DataRef::Bool(*value), false),
        Data::DateTime(moment) => text_of(&DataRef::DateTime(*moment), false),
        Data::DateTimeIso(text) => text_of(&DataRef::DateTimeIso(text.clone()), false),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

fn plain_number(number: f64) -> String {
    let mut text = number.to_string();
    if text
        .split_once('.')
        .is_some_and(|(_, decimals)| decimals.len() == 3)
    {
        text.push('0');
    }
    text
}

/// A share in a cell with a percent format, to six decimals, which is more than any report shows.
fn percent(share: f64) -> String {
    let text = format!("{:.6}", share * 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}%")
}

fn day_of(moment: ExcelDateTime) -> String {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{day:02}/{month:02}/{year:04}")
}

/// The day of a serial number, written as a day; `None` where the text is no serial number of this century.
pub(super) fn day_of_serial(text: &str, counts_from_1904: bool) -> Option<String> {
    let serial: f64 = text.trim().parse().ok()?;
    // 1 January 2000 and 31 December 2099 in both ways of counting.
    (35_064.0..=73_051.0).contains(&serial).then(|| {
        day_of(ExcelDateTime::new(
            serial,
            ExcelDateTimeType::DateTime,
            counts_from_1904,
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_typed_and_a_fraction_stays_one() {
        for (number, text) in [
            (1_234_567.0, "1234567"),
            (0.0, "0"),
            (44.5, "44.5"),
            (1.234, "1.2340"),
            (-7.0, "-7"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(text_of(&DataRef::Float(number), false), text);
            assert_eq!(text_of_owned(&Data::Float(number)), text);
        }
        assert_eq!(text_of(&DataRef::Float(0.445_189_01), true), "44.518901%");
        assert_eq!(text_of(&DataRef::Float(1.0), true), "100%");
        assert_eq!(text_of(&DataRef::Float(0.07), true), "7%");
    }

    #[test]
    fn days_are_written_day_first_whatever_they_count_from() {
        let moment =
            |serial, from_1904| ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, from_1904);
        // Serial 45,706 is 18 February 2025; counted from 1904 it is 1,462 less.
        assert_eq!(
            text_of(&DataRef::DateTime(moment(45_706.75, false)), false),
            "18/02/2025"
        );
        assert_eq!(
            text_of_owned(&Data::DateTime(moment(44_244.0, true))),
            "18/02/2025"
        );
        assert_eq!(day_of_serial("45706", false).as_deref(), Some("18/02/2025"));
        assert_eq!(day_of_serial("44244", true).as_deref(), Some("18/02/2025"));
        assert_eq!(day_of_serial("18/02/2025", false), None);
        assert_eq!(day_of_serial("2025", false), None);
        assert_eq!(
            text_of_owned(&Data::DateTimeIso("2025-02-18T00:00:00".to_owned())),
            "2025-02-18"
        );
    }
}
