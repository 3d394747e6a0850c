//! Rules about the value of one cell: numbers, dates, percentages and free text.

use chrono::NaiveDate;
use store::domain::{Language, Reported, Text};

use super::error_cells::is_formula_error;
use crate::finding::{Finding, Findings};
use crate::rule::Rule;
use crate::sheet::Cell;
use crate::value::{
    CountProblem, DateProblem, Percent, TextProblem, parse_count, parse_date, parse_percent,
    parse_text,
};

/// The first day a figure can be true for: digitizing began after the scheme of Decision 2173/QĐ-BTP of 11/12/2015.
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2015, 1, 1);

/// A count: whole, not negative, in any of the ways offices group digits. `None` where nothing was reported or the cell
/// has a finding.
pub(crate) fn check_count(cell: Cell<'_>, findings: &mut Findings) -> Option<Reported> {
    match parse_count(cell.trimmed()) {
        Ok(reported) => reported,
        Err(problem) => {
            let finding = if is_formula_error(cell.trimmed()) {
                failed_formula()
            } else {
                count_finding(problem)
            };
            findings.push(finding.at(cell));
            None
        }
    }
}

fn failed_formula() -> Finding {
    Finding::error(
        Rule::Number,
        Text::new(
            "công thức trong ô bị lỗi nên ô không có số",
            "the formula in the cell failed, so the cell has no number",
        ),
        Text::new(
            "sửa công thức hoặc ghi thẳng số vào ô, rồi lưu lại",
            "correct the formula or type the number itself, and save again",
        ),
    )
}

fn count_finding(problem: CountProblem) -> Finding {
    let whole_number = Text::new(
        "ghi số nguyên, ví dụ 1234567 hoặc 1.234.567; chưa có số liệu thì để trống",
        "write a whole number, for example 1234567 or 1,234,567; leave the cell empty where there \
         is no figure",
    );
    let (rule, vi, en) = match problem {
        CountProblem::NotANumber => (Rule::Number, "không phải là số", "not a number"),
        CountProblem::Grouping => (
            Rule::Number,
            "các nhóm chữ số không đúng ba chữ số, nên không rõ là dấu nhóm hay dấu thập phân",
            "the digits are not in groups of three, so a grouping sign cannot be told from a \
             decimal sign",
        ),
        CountProblem::Negative => (
            Rule::NegativeNumber,
            "số lượng không thể âm",
            "a count cannot be negative",
        ),
        CountProblem::Fraction => (
            Rule::FractionNumber,
            "số lượng phải là số nguyên, không có phần lẻ",
            "a count is a whole number without a fraction",
        ),
        CountProblem::Scientific => (
            Rule::Number,
            "Excel đã rút gọn số này nên mất các chữ số cuối",
            "Excel has shortened the number and its last digits are lost",
        ),
        CountProblem::TooLarge => (
            Rule::LargeNumber,
            "số lớn hơn mức lưu được (9.223.372.036.854.775.807)",
            "larger than can be kept (9,223,372,036,854,775,807)",
        ),
    };
    let fix = match problem {
        CountProblem::Scientific => Text::new(
            "trong Excel, đặt định dạng cột là Number với 0 chữ số thập phân rồi lưu lại",
            "in Excel, format the column as Number with 0 decimals and save again",
        ),
        CountProblem::NotANumber => Text::new(
            "chỉ ghi số, ví dụ 1234567 hoặc 1.234.567; số ước tính ghi “khoảng 5000”; chưa có số liệu thì để trống",
            "write the number alone, for example 1234567 or 1,234,567; an estimate as “about 5000”; leave the cell \
             empty where there is no figure",
        ),
        _ => whole_number,
    };
    Finding::error(rule, Text::new(vi, en), fix)
}

/// A day between 2015 and today. `None` where the cell has an error.
///
/// The number that a spreadsheet keeps instead of a date is read as the date, which a note says: no day of these years has
/// another meaning as a number.
pub(crate) fn check_date(
    cell: Cell<'_>,
    today: NaiveDate,
    findings: &mut Findings,
) -> Option<NaiveDate> {
    let (day, note) = match parse_date(cell.trimmed()) {
        Ok(day) => (day, None),
        Err(DateProblem::Serial(day)) => (day, Some(serial_day(day))),
        Err(problem) => {
            findings.push(date_finding(problem).at(cell));
            return None;
        }
    };
    if let Some(finding) = check_date_range(day, today) {
        findings.push(finding.at(cell));
        return None;
    }
    if let Some(note) = note {
        findings.push(note.at(cell));
    }
    Some(day)
}

fn serial_day(day: NaiveDate) -> Finding {
    let (vi, en) = (Language::Vi.date(day), Language::En.date(day));
    Finding::note(
        Rule::Date,
        Text::new(
            format!("số thứ tự ngày của Excel, được đọc là ngày {vi}"),
            format!("Excel's serial number of a day, read as {en}"),
        ),
        Text::new(
            format!("không cần làm gì nếu đúng là ngày {vi}; lần sau định dạng cột là ngày"),
            format!("nothing to do if {en} is meant; next time format the column as dates"),
        ),
    )
}

fn date_finding(problem: DateProblem) -> Finding {
    let (vi, en) = match problem {
        DateProblem::Form => ("không đọc được ngày", "the date cannot be read"),
        DateProblem::MonthFirst(_) => (
            "không có tháng này; có vẻ tháng được viết trước ngày",
            "there is no such month; the month seems to be written before the day",
        ),
        DateProblem::NoSuchDay | DateProblem::Serial(_) => (
            "lịch không có ngày này",
            "the calendar does not have this day",
        ),
        DateProblem::Week(_) => ("đây là tuần, không phải ngày", "this is a week, not a day"),
        DateProblem::Year => (
            "ngày phải có năm đủ bốn chữ số",
            "the year must have four digits",
        ),
    };
    let fix = match problem {
        DateProblem::MonthFirst(day) | DateProblem::Serial(day) => {
            let (vi, iso) = (Language::Vi.date(day), day);
            Text::new(
                format!("nếu là ngày {vi} thì ghi {vi} hoặc {iso}"),
                format!("if {iso} is meant, write {vi} or {iso}"),
            )
        }
        DateProblem::Week(Some(day)) => {
            let vi = Language::Vi.date(day);
            Text::new(
                format!("ghi ngày chốt số liệu; nếu là ngày cuối của tuần đó thì ghi {vi}"),
                format!(
                    "write the day the figures are true for; if it is the last of that week, write {day}"
                ),
            )
        }
        _ => Text::new(
            "ghi ngày/tháng/năm, ví dụ 18/02/2025, hoặc năm-tháng-ngày, ví dụ 2025-02-18",
            "write day/month/year, for example 18/02/2025, or year-month-day, for example \
             2025-02-18",
        ),
    };
    Finding::error(Rule::Date, Text::new(vi, en), fix)
}

/// What is wrong with a day before 2015 or after today; `None` where nothing is.
pub(crate) fn check_date_range(day: NaiveDate, today: NaiveDate) -> Option<Finding> {
    let (vi, en) = (Language::Vi.date(day), Language::En.date(day));
    let message = if day > today {
        let (today_vi, today_en) = (Language::Vi.date(today), Language::En.date(today));
        Text::new(
            format!("ngày {vi} ở tương lai; hôm nay là {today_vi}"),
            format!("{en} is in the future; today is {today_en}"),
        )
    } else if FIRST_DAY.is_some_and(|first| day < first) {
        Text::new(
            format!("ngày {vi} trước 01/01/2015, khi chưa có việc số hóa sổ hộ tịch"),
            format!("{en} is before 1 Jan 2015, when these books were not digitized yet"),
        )
    } else {
        return None;
    };
    let fix = Text::new(
        "kiểm tra lại ngày, tháng và năm; ngày chốt số liệu là ngày đã qua hoặc hôm nay",
        "check day, month and year; figures are true for today or a day gone by",
    );
    Some(Finding::error(Rule::DateRange, message, fix))
}

/// A percentage of the check column. `None` where nothing was reported or the cell has a finding.
pub(crate) fn check_percent(cell: Cell<'_>, findings: &mut Findings) -> Option<Percent> {
    let text = cell.trimmed();
    if matches!(text, "" | "-" | "–" | "x" | "X") {
        return None;
    }
    let percent = parse_percent(text);
    if percent.is_none() {
        let finding = Finding::error(
            Rule::Percent,
            Text::new(
                "không đọc được tỷ lệ phần trăm",
                "the percentage cannot be read",
            ),
            Text::new(
                "ghi như 44,5% hoặc 44.5, hoặc để trống",
                "write as 44.5 or 44,5%, or leave empty",
            ),
        );
        findings.push(finding.at(cell));
    }
    percent
}

/// Free text of at most `longest` letters without hidden characters. `None` where there is none or it has a finding.
pub(crate) fn check_text(
    cell: Cell<'_>,
    longest: usize,
    findings: &mut Findings,
) -> Option<String> {
    let problem = match parse_text(cell.value, longest) {
        Ok(text) => return text,
        Err(problem) => problem,
    };
    let message = match problem {
        TextProblem::Control(letter) => {
            let code = u32::from(letter);
            Text::new(
                format!("có ký tự điều khiển U+{code:04X} không nhìn thấy được"),
                format!("there is an invisible control character U+{code:04X}"),
            )
        }
        TextProblem::TooLong(letters) => Text::new(
            format!("dài {letters} ký tự, nhiều nhất là {longest}"),
            format!("{letters} characters long, at most {longest} are taken"),
        ),
    };
    let fix = Text::new(
        "gõ lại nội dung ngắn gọn, không dán từ chương trình khác",
        "type the text again, shorter, without pasting from another program",
    );
    findings.push(Finding::error(Rule::Text, message, fix).at(cell));
    None
}

/// A cell without which the row cannot be understood.
pub(crate) fn required(cell: Option<Cell<'_>>, line: u64, findings: &mut Findings) {
    findings.push(match cell {
        Some(cell) => absent_cell().at(cell),
        None => absent_cell().on_line(line),
    });
}

/// The finding for such a cell that is empty or not there.
pub(crate) fn absent_cell() -> Finding {
    Finding::error(
        Rule::RequiredCell,
        Text::new(
            "ô này bắt buộc phải có giá trị",
            "this cell must have a value",
        ),
        Text::new(
            "điền giá trị, hoặc xóa cả dòng nếu dòng không có số liệu",
            "fill it in, or remove the row if it has no figures",
        ),
    )
}
