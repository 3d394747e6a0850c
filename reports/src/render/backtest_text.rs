//! The backtest as a table for people.

use store::domain::Language;

use super::table::{Align, aligned};
use crate::backtest::{Backtest, MethodScores};

/// Writes the table of methods in one language, ours last; ends with a line break.
#[must_use]
pub fn backtest_text(backtest: &Backtest, language: Language) -> String {
    let rows: Vec<Vec<String>> = backtest
        .methods
        .iter()
        .map(|scores| cells(scores, language))
        .collect();
    let heading = COLUMNS.map(|(vi, en)| language.pick(vi, en));
    let mut align = [Align::Right; COLUMNS.len()];
    align[0] = Align::Left;
    let cases = backtest.cases;
    let title = match language {
        Language::Vi => format!(
            "Kiểm định lùi: {cases} dự báo, mỗi dự báo chỉ dùng số liệu đã có tại thời điểm lập. Sai số tính bằng tuần, càng nhỏ \
             càng tốt; khoảng 80% đúng khi chứa khoảng 80% kết quả."
        ),
        Language::En => format!(
            "Backtest: {cases} forecasts, each from the figures of its day alone. Errors in weeks, smaller is better; an 80% \
             interval is right when it holds about 80% of the outcomes."
        ),
    };
    format!("{title}\n\n{}\n", aligned(&heading, &align, &rows))
}

const COLUMNS: [(&str, &str); 9] = [
    ("Phương pháp", "Method"),
    ("Sai số trung vị", "Median error"),
    ("CRPS", "CRPS"),
    ("50%", "50%"),
    ("80%", "80%"),
    ("90%", "90%"),
    ("Điểm khoảng 80%", "Interval score 80%"),
    ("Từ chối", "Refused"),
    ("ms", "ms"),
];

fn cells(scores: &MethodScores, language: Language) -> Vec<String> {
    let decimal = |number: f64| {
        let text = format!("{number:.1}");
        match language {
            Language::Vi => text.replace('.', ","),
            Language::En => text,
        }
    };
    let percent = |share: f64| format!("{:.0}%", 100.0 * share);
    let refused = crate::forecast::share(scores.refused, scores.cases + scores.refused);
    vec![
        scores.name.to_owned(),
        decimal(scores.median_abs_error),
        decimal(scores.crps),
        percent(scores.coverage.half),
        percent(scores.coverage.four_fifths),
        percent(scores.coverage.nine_tenths),
        decimal(scores.interval_80),
        percent(refused),
        scores.time.num_milliseconds().to_string(),
    ]
}
