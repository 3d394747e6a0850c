//! When it will be finished, and who cannot be forecast.

use store::domain::{Language, Text};

use super::{Section, figure};
use crate::forecast::{DeadlinePace, Excluded, NationalForecast};
use crate::pack::about::About;
use crate::pack::input::PackInput;
use crate::pack::tables::Tables;
use crate::words::{
    completion_words, median_words, overdue_words, published_words, slowest_words, state_words,
    waited_for_words,
};

pub(super) fn forecast(input: &PackInput<'_>, about: &About, tables: &Tables) -> Section {
    let language = about.language();
    let national = &input.national.forecast.national;
    let words = |text: Text| text.in_language(language).to_owned();
    let date = match (&national.done_since, &national.completion) {
        (Some(since), _) => {
            format!(
                "{} {}",
                about.t("đã hoàn thành từ", "done since"),
                language.date(*since)
            )
        }
        (None, Some(completion)) => words(completion_words(completion)),
        (None, None) => about
            .t("chưa dự báo được", "no date can be forecast yet")
            .to_owned(),
    };
    let last = match national.published_basis() {
        None => about.t(
            "Thời điểm đơn vị cuối cùng hoàn thành",
            "When the last unit is done",
        ),
        Some(_) => about.t(
            "Thời điểm số cả nước đạt tổng số, theo số liệu đã công bố",
            "When the national count reaches the total, by published figures",
        ),
    };
    let mut paragraphs = vec![format!("{last}: {date}.")];
    let waits = [
        published_words(input.national),
        waited_for_words(input.national),
        slowest_words(input.national),
    ];
    paragraphs.extend(waits.into_iter().flatten().map(words));
    if let Some(most) = &national.most_done {
        let label = about.t(
            "Thời điểm đạt 95% tổng số toàn quốc",
            "When 95% of the national total is done",
        );
        paragraphs.push(format!("{label}: {}.", words(completion_words(most))));
    }
    paragraphs.push(in_force(input, about, tables));
    paragraphs.extend(excluded(input, about));
    paragraphs.push(
        about
            .t(
                "Dự báo đúng khi không có quyết định mới; khoảng dự báo 80%: mười lần thì tám lần ngày thật nằm trong khoảng.",
                "The forecast holds if nothing new is decided; the 80% interval is meant to hold the true date eight times in ten.",
            )
            .to_owned(),
    );
    Section {
        heading: about.t("Dự báo hoàn thành", "Forecast"),
        paragraphs,
    }
}

/// The deadline in force, and how fast the work goes.
fn in_force(input: &PackInput<'_>, about: &About, tables: &Tables) -> String {
    let language = about.language();
    let national = &input.national.forecast.national;
    let value = |key| figure(tables, about, key);
    let (deadline, chance) = (value("deadline"), value("chance"));
    let (actual, required) = (value("actual_rate"), value("required_rate"));
    let overdue = match national.deadline.as_ref().map(|outlook| outlook.pace) {
        Some(DeadlinePace::Passed { weeks_overdue }) => {
            Some(overdue_words(weeks_overdue, language))
        }
        _ => None,
    };
    match (language, overdue) {
        (Language::Vi, Some(overdue)) => format!(
            "Thời hạn đang áp dụng: {deadline}, {overdue}. Tốc độ thực tế {actual} trường hợp mỗi tuần làm việc."
        ),
        (Language::En, Some(overdue)) => format!(
            "Deadline in force: {deadline}, {overdue}. Actual rate {actual} records per working week."
        ),
        (Language::Vi, None) => format!(
            "Thời hạn đang áp dụng: {deadline}; khả năng kịp hạn: {chance}. Tốc độ thực tế {actual} trường hợp mỗi tuần \
             làm việc, tốc độ cần có {required}."
        ),
        (Language::En, None) => format!(
            "Deadline in force: {deadline}; chance of meeting it: {chance}. Actual rate {actual} records per working \
             week, required rate {required}."
        ),
    }
}

/// When the last unit is done, as the end of a sentence.
pub(super) fn when(national: &NationalForecast, about: &About) -> String {
    let language = about.language();
    match (&national.done_since, &national.completion) {
        (Some(since), _) => {
            let words = about.t("đã hoàn thành từ", "done since");
            format!("{words} {}", language.date(*since))
        }
        (None, Some(completion)) => {
            let median = median_words(completion);
            let median = median.in_language(language);
            if completion.p10().is_none() {
                return median.to_owned();
            }
            let words = match national.published_basis() {
                None => about.t("dự báo xong", "expected to be done"),
                Some(_) => about.t(
                    "dự báo xong theo số liệu đã công bố",
                    "by published figures expected to be done",
                ),
            };
            format!("{words} {median}")
        }
        (None, None) => about
            .t("chưa dự báo được ngày xong", "no date can be forecast yet")
            .to_owned(),
    }
}

/// The units that cannot be forecast, each with its reason; `None` where there are none.
fn excluded(input: &PackInput<'_>, about: &About) -> Option<String> {
    let excluded = &input.national.forecast.national.excluded;
    let words = |text: Text| text.in_language(about.language()).to_owned();
    let one = |excluded: &Excluded| {
        let name = words(input.national.name(excluded.unit));
        format!("{name} ({})", words(state_words(&excluded.reason)))
    };
    let names: Vec<String> = excluded.iter().map(one).collect();
    let label = about.t(
        "Chưa thể dự báo, không có trong thời điểm nêu trên",
        "Cannot be forecast and is not in the dates above",
    );
    (!names.is_empty()).then(|| format!("{label} ({}): {}.", names.len(), names.join("; ")))
}
