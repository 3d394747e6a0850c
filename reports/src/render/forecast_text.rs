//! The forecast table as text: the national lines, then a row per unit, most urgent first.

use chrono::Duration;
use store::domain::Language;

use super::national_text::national_lines;
use super::table::{Align, aligned};
use crate::forecast::{DeadlineOutlook, DeadlinePace};
use crate::model::{NationalReport, UnitRow};
use crate::words::{
    chance_words, group_name, or_dash, outcome_words, overdue_words, rate_words, slowest_words,
    stage_name, waited_for_words,
};

/// The offset of `Asia/Ho_Chi_Minh`, which has no summer time.
const HOURS_OF_VIETNAM: i64 = 7;

/// Writes the forecast table in one language; ends with a line break.
#[must_use]
pub fn forecast_text(report: &NationalReport, language: Language) -> String {
    let mut lines = vec![title(report, language)];
    lines.extend(national_lines(report, language));
    let waits = [waited_for_words(report), slowest_words(report)];
    let waits = waits.iter().flatten();
    lines.extend(waits.map(|words| words.in_language(language).to_owned()));
    lines.push(String::new());
    lines.push(table(report, language));
    lines.push(String::new());
    lines.extend(notes(report, language));
    lines.push(String::new());
    lines.join("\n")
}

fn title(report: &NationalReport, language: Language) -> String {
    let stage = stage_name(report.stage);
    let (week, as_of) = (report.week, language.date(report.as_of));
    match language {
        Language::Vi => format!(
            "Dự báo hoàn thành: {} – tuần {week}, số liệu đến {as_of}",
            stage.vi
        ),
        Language::En => format!(
            "Forecast of completion: {} – week {week}, figures as of {as_of}",
            stage.en
        ),
    }
}

/// The columns: heading in both languages, and the side their cells stand on.
const COLUMNS: [(&str, &str, Align); 11] = [
    ("Đơn vị", "Unit", Align::Left),
    ("Nhóm", "Group", Align::Left),
    ("Đã xong", "Done", Align::Right),
    ("Tổng số", "Total", Align::Right),
    ("Tỷ lệ", "Share", Align::Right),
    ("Thực tế/tuần", "Actual/week", Align::Right),
    ("Cần/tuần", "Needed/week", Align::Right),
    ("Thời hạn", "Deadline", Align::Right),
    ("Khả năng", "Chance", Align::Right),
    ("Khâu chậm nhất", "Slowest stage", Align::Left),
    ("Dự báo hoàn thành", "Forecast completion", Align::Left),
];

fn table(report: &NationalReport, language: Language) -> String {
    let heading = COLUMNS.map(|(vi, en, _)| language.pick(vi, en));
    let align = COLUMNS.map(|(_, _, align)| align);
    let rows: Vec<Vec<String>> = report
        .rows_by_urgency()
        .into_iter()
        .map(|row| cells(row, language))
        .collect();
    aligned(&heading, &align, &rows)
}

fn cells(row: &UnitRow, language: Language) -> Vec<String> {
    let forecast = &row.forecast;
    let outlook = forecast.deadline.as_ref();
    let required = outlook.and_then(|outlook| outlook.pace.required_rate());
    vec![
        row.name.in_language(language).to_owned(),
        group_name(row.group).in_language(language).to_owned(),
        or_dash(forecast.done.map(|done| language.count(done))),
        or_dash(forecast.total.map(|total| language.count(total))),
        or_dash(forecast.share().map(|share| language.percent(share))),
        or_dash(forecast.actual_rate.map(|rate| rate_words(rate, language))),
        or_dash(required.map(|rate| rate_words(rate, language))),
        or_dash(outlook.map(|outlook| language.date(outlook.deadline.due_on))),
        or_dash(outlook.and_then(|outlook| chance_cell(outlook, language))),
        or_dash(row.slowest().map(|date| {
            let name = stage_name(date.stage);
            name.in_language(language).to_owned()
        })),
        outcome_words(forecast).in_language(language).to_owned(),
    ]
}

fn chance_cell(outlook: &DeadlineOutlook, language: Language) -> Option<String> {
    match outlook.pace {
        DeadlinePace::Passed { weeks_overdue } => Some(overdue_words(weeks_overdue, language)),
        pace => pace.chance().map(chance_words),
    }
}

fn notes(report: &NationalReport, language: Language) -> Vec<String> {
    let known_on = (report.known_on + Duration::hours(HOURS_OF_VIETNAM)).naive_utc();
    let known_on = format!(
        "{} {}",
        known_on.format("%H:%M"),
        language.date(known_on.date())
    );
    let (method, digest) = (report.forecast.method, report.forecast.digest.short());
    match language {
        Language::Vi => vec![
            "Hoàn thành: đạt từ 99,5% tổng số mới nhất. Tuần làm việc đã trừ ngày nghỉ lễ, Tết.".to_owned(),
            "Dự báo với điều kiện không có quyết định mới và tổng số không tăng thêm. Khoảng dự báo 80% được lập để \
             chứa ngày hoàn thành trong 8 trên 10 trường hợp."
                .to_owned(),
            format!(
                "Phương pháp {method}; số liệu cập nhật đến {known_on} (giờ Việt Nam); mã kiểm tra dữ liệu {digest}."
            ),
        ],
        Language::En => vec![
            "Done: at least 99.5% of the latest total. Working weeks leave out holidays and Tết.".to_owned(),
            "The forecast holds if nothing new is decided and totals do not grow. The 80% prediction interval is made \
             to hold the day of completion 8 times out of 10."
                .to_owned(),
            format!("Method {method}; figures as known at {known_on} (Viet Nam time); data digest {digest}."),
        ],
    }
}
