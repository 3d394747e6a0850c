//! The forecast table as text: the national lines, then a row per unit, most urgent first.

use chrono::Duration;
use store::domain::{Count, Figure, Language, Text};

use super::table::{Align, aligned};
use crate::forecast::{DeadlineOutlook, DeadlinePace, Excluded, METHOD, RATE_WEEKS, State};
use crate::model::{NationalReport, StageHeadline, UnitRow};
use crate::words::{
    carried_words, chance_words, completion_words, count_unit_name, group_name, rate_words,
    stage_name, state_words,
};

/// The offset of Asia/Ho_Chi_Minh, which has no summer time.
const HOURS_OF_VIETNAM: i64 = 7;

/// Writes the forecast table in one language; ends with a line break.
#[must_use]
pub fn forecast_text(report: &NationalReport, language: Language) -> String {
    let mut lines = vec![title(report, language)];
    lines.extend(
        report
            .headline(report.stage)
            .map(|headline| reported_line(report, headline, language)),
    );
    lines.extend(missing_lines(report, language));
    lines.push(progress_line(report, language));
    lines.extend(date_lines(report, language));
    lines.extend(deadline_line(report, language));
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

fn reported_line(report: &NationalReport, headline: &StageHeadline, language: Language) -> String {
    let standing = &headline.standing;
    let unit = count_unit_name(report.count_unit);
    let unit = unit.in_language(language);
    let count = |figure: Option<Figure>| {
        figure.map_or_else(|| "–".to_owned(), |figure| language.count(figure.value))
    };
    let (reported, estimate) = (count(standing.reported), count(standing.estimate));
    let (reporting, expected) = (standing.reporting_count(), standing.expected);
    match language {
        Language::Vi => format!(
            "Cả nước: báo cáo {reported} {unit} từ {reporting}/{expected} đơn vị; ước tính {estimate} {unit} \
             khi lấy số gần nhất của đơn vị chưa báo cáo."
        ),
        Language::En => format!(
            "Nation: {reported} {unit} reported by {reporting} of {expected} units; estimate {estimate} {unit} \
             with the last figures of those missing."
        ),
    }
}

fn missing_lines(report: &NationalReport, language: Language) -> Vec<String> {
    let Some(headline) = report.headline(report.stage) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if !headline.carried.is_empty() {
        let carried = carried_words(&headline.carried, language);
        let label = language.pick("  Lấy số tuần trước", "  Carried forward");
        lines.push(format!("{label}: {carried}."));
    }
    if !headline.silent.is_empty() {
        let label = language.pick(
            "  Chưa từng báo cáo, không có trong ước tính",
            "  Never reported, in no figure",
        );
        lines.push(format!("{label}: {}.", names(&headline.silent, language)));
    }
    lines
}

fn progress_line(report: &NationalReport, language: Language) -> String {
    let national = &report.forecast.national;
    let count = |count: Option<Count>| count.map_or_else(|| "–".to_owned(), |c| language.count(c));
    let share = report
        .share()
        .map_or_else(|| "–".to_owned(), |share| language.percent(share));
    let (total, left) = (count(national.total), count(report.remaining()));
    let rate = national
        .actual_rate
        .map_or_else(|| "–".to_owned(), |rate| rate_words(rate, language));
    match language {
        Language::Vi => format!(
            "Tổng số cần số hóa {total}, đạt {share}, còn lại {left}; thực tế {rate} mỗi tuần làm việc ({RATE_WEEKS} tuần qua)."
        ),
        Language::En => format!(
            "Total to digitize {total}, {share} done, {left} left; actual {rate} per working week (last {RATE_WEEKS} weeks)."
        ),
    }
}

fn date_lines(report: &NationalReport, language: Language) -> Vec<String> {
    let national = &report.forecast.national;
    let pick = |vi, en| language.pick(vi, en);
    if let Some(since) = national.done_since {
        return vec![format!(
            "{} {}.",
            pick("Cả nước đã hoàn thành từ", "Done nationwide since"),
            language.date(since)
        )];
    }
    let date = national
        .completion
        .as_ref()
        .map(|date| completion_words(date).in_language(language).to_owned());
    let mut lines = Vec::new();
    if national.excluded.is_empty() {
        let label = pick(
            "Dự báo tất cả đơn vị hoàn thành",
            "All units forecast to be done",
        );
        lines.extend(date.map(|date| format!("{label}: {date}.")));
    } else {
        lines.push(excluded_line(report, language));
        let count = national.excluded.len();
        let label = match language {
            Language::Vi => {
                format!("Không kể {count} đơn vị đó, dự báo các đơn vị còn lại hoàn thành")
            }
            Language::En => {
                format!("Without those {count}, the other units are forecast to be done")
            }
        };
        lines.extend(date.map(|date| format!("{label}: {date}.")));
    }
    if let Some(most) = &national.most_done {
        let label = pick(
            "Dự báo cả nước đạt 95% tổng số",
            "95% of the national total forecast to be done",
        );
        lines.push(format!(
            "{label}: {}.",
            completion_words(most).in_language(language)
        ));
    }
    lines
}

fn excluded_line(report: &NationalReport, language: Language) -> String {
    let excluded = &report.forecast.national.excluded;
    let reason = |unit: &Excluded| {
        let name = report.name(unit.unit);
        format!(
            "{}: {}",
            name.in_language(language),
            state_words(&unit.reason).in_language(language)
        )
    };
    let reasons = excluded.iter().map(reason).collect::<Vec<_>>().join("; ");
    let count = excluded.len();
    match language {
        Language::Vi => format!(
            "Chưa thể dự báo thời điểm tất cả đơn vị hoàn thành vì {count} đơn vị – {reasons}."
        ),
        Language::En => {
            format!("No date for the whole nation because of {count} units – {reasons}.")
        }
    }
}

fn deadline_line(report: &NationalReport, language: Language) -> Option<String> {
    let outlook = report.forecast.national.deadline.as_ref()?;
    let due = language.date(outlook.deadline.due_on);
    let source = outlook.deadline.source.in_language(language);
    let label = language.pick("Thời hạn", "Deadline");
    let state = match outlook.pace {
        DeadlinePace::Finished => language.pick("đã hoàn thành", "done").to_owned(),
        DeadlinePace::Passed { weeks_overdue } => overdue(weeks_overdue, language),
        DeadlinePace::Ahead { required_rate, .. } => {
            let rate =
                required_rate.map_or_else(|| "–".to_owned(), |rate| rate_words(rate, language));
            let chance = outlook
                .pace
                .chance()
                .map_or_else(|| "–".to_owned(), chance_words);
            match language {
                Language::Vi => {
                    format!("cần {rate} mỗi tuần làm việc; khả năng hoàn thành đúng hạn {chance}")
                }
                Language::En => {
                    format!("{rate} needed per working week; chance of meeting it {chance}")
                }
            }
        }
    };
    Some(format!("{label} {due} ({source}): {state}."))
}

fn overdue(weeks: u32, language: Language) -> String {
    match language {
        Language::Vi => format!("quá hạn {weeks} tuần"),
        Language::En => format!("{weeks} weeks overdue"),
    }
}

fn table(report: &NationalReport, language: Language) -> String {
    let heading: [&str; 10] = match language {
        Language::Vi => [
            "Đơn vị",
            "Nhóm",
            "Đã xong",
            "Tổng số",
            "Tỷ lệ",
            "Thực tế/tuần",
            "Cần/tuần",
            "Thời hạn",
            "Khả năng",
            "Dự báo hoàn thành",
        ],
        Language::En => [
            "Unit",
            "Group",
            "Done",
            "Total",
            "Share",
            "Actual/week",
            "Needed/week",
            "Deadline",
            "Chance",
            "Forecast completion",
        ],
    };
    let (left, right) = (Align::Left, Align::Right);
    let align = [
        left, left, right, right, right, right, right, right, right, left,
    ];
    let rows: Vec<Vec<String>> = report
        .rows_by_urgency()
        .into_iter()
        .map(|row| cells(row, language))
        .collect();
    aligned(&heading, &align, &rows)
}

fn cells(row: &UnitRow, language: Language) -> Vec<String> {
    let forecast = &row.forecast;
    let none = || "–".to_owned();
    let rate = |rate: Option<f64>| rate.map_or_else(none, |rate| rate_words(rate, language));
    let count = |count: Option<Count>| count.map_or_else(none, |count| language.count(count));
    let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
    vec![
        row.name.in_language(language).to_owned(),
        group_name(row.group).in_language(language).to_owned(),
        count(forecast.done),
        count(forecast.total),
        forecast
            .share()
            .map_or_else(none, |share| language.percent(share)),
        rate(forecast.actual_rate),
        rate(pace.and_then(DeadlinePace::required_rate)),
        forecast
            .deadline
            .as_ref()
            .map_or_else(none, |outlook| language.date(outlook.deadline.due_on)),
        forecast
            .deadline
            .as_ref()
            .map_or_else(none, |outlook| chance_cell(outlook, language)),
        completion_cell(&forecast.state, language),
    ]
}

fn chance_cell(outlook: &DeadlineOutlook, language: Language) -> String {
    match outlook.pace {
        DeadlinePace::Passed { weeks_overdue } => overdue(weeks_overdue, language),
        pace => pace.chance().map_or_else(|| "–".to_owned(), chance_words),
    }
}

fn completion_cell(state: &State, language: Language) -> String {
    state_words(state).in_language(language).to_owned()
}

fn notes(report: &NationalReport, language: Language) -> Vec<String> {
    let known_on = (report.known_on + Duration::hours(HOURS_OF_VIETNAM)).naive_utc();
    let known_on = format!(
        "{} {}",
        known_on.format("%H:%M"),
        language.date(known_on.date())
    );
    let digest = report.forecast.digest.short();
    match language {
        Language::Vi => vec![
            "Hoàn thành: đạt từ 99,5% tổng số mới nhất. Tuần làm việc đã trừ ngày lễ, Tết.".to_owned(),
            "Dự báo với điều kiện không có quyết định mới và tổng số không tăng thêm; khoảng dự báo 80% là khoảng mà \
             8 trong 10 lần sẽ rơi vào."
                .to_owned(),
            format!("Phương pháp {METHOD}; số liệu biết đến {known_on} (giờ Việt Nam); mã dữ liệu {digest}."),
        ],
        Language::En => vec![
            "Done: at least 99.5% of the latest total. Working weeks leave out holidays and Tết.".to_owned(),
            "The forecast holds if nothing new is decided and totals do not grow; an 80% prediction interval is meant \
             to hold the date 8 times out of 10."
                .to_owned(),
            format!("Method {METHOD}; figures as known at {known_on} (Viet Nam time); data {digest}."),
        ],
    }
}

fn names(names: &[Text], language: Language) -> String {
    names
        .iter()
        .map(|name| name.in_language(language))
        .collect::<Vec<_>>()
        .join(", ")
}
