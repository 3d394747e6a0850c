//! The record of issued forecasts as text.

use store::domain::Language;

use super::table::{Align, aligned};
use crate::charts::real;
use crate::scorecard::{Record, Score, Scorecard};
use crate::words::{ahead_name, deadline_record_words, held_with_interval, or_dash, record_words};

/// Writes the record of all forecasts, then that of each method; ends with a line break.
#[must_use]
pub fn scorecard_text(scorecard: &Scorecard, language: Language) -> String {
    let forecasts = scorecard.forecasts.len();
    let day = language.date(scorecard.week.last_day());
    let mut lines = vec![match language {
        Language::Vi => format!("Bảng điểm của {forecasts} dự báo đã phát hành, số thật đến {day}"),
        Language::En => format!("Scorecard of {forecasts} issued forecasts, truth as of {day}"),
    }];
    lines.extend(score_lines(&scorecard.overall, language));
    for (method, score) in &scorecard.methods {
        lines.extend([String::new(), method.clone()]);
        lines.extend(score_lines(score, language));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn score_lines(score: &Score, language: Language) -> Vec<String> {
    let words = |text: store::domain::Text| text.in_language(language).to_owned();
    vec![
        words(record_words(score)),
        words(deadline_record_words(&score.deadlines)),
        String::new(),
        table(score, language),
    ]
}

/// The columns: heading in both languages.
const COLUMNS: [(&str, &str); 9] = [
    ("Lời dự báo", "Statement"),
    ("Số lần", "Cases"),
    ("Khoảng 50%", "50% range"),
    ("Khoảng 80%", "80% range"),
    ("Khoảng 90%", "90% range"),
    ("Thường lệch (tuần)", "Usually off (weeks)"),
    ("Muộn hơn đã nói", "Later than said"),
    ("Chưa đến hạn", "Not due"),
    ("Thiếu báo cáo", "Not reported"),
];

fn table(score: &Score, language: Language) -> String {
    let heading = COLUMNS.map(|(vi, en)| language.pick(vi, en));
    let mut align = [Align::Right; 9];
    align[0] = Align::Left;
    let cells = |record: &Record| {
        let weeks = |weeks: Option<f64>| or_dash(weeks.map(|weeks| real(language, weeks, 1)));
        let count = |number: usize| language.whole(i64::try_from(number).unwrap_or(i64::MAX));
        let [fifty, eighty, ninety] = &record.coverage;
        vec![
            ahead_name(record.ahead).in_language(language).to_owned(),
            count(record.cases),
            held_with_interval(fifty),
            held_with_interval(eighty),
            held_with_interval(ninety),
            weeks(record.error.map(|error| error.usual)),
            weeks(record.error.map(|error| error.bias)),
            count(record.not_due),
            count(record.not_reported),
        ]
    };
    aligned(
        &heading,
        &align,
        &score.records.iter().map(cells).collect::<Vec<_>>(),
    )
}
