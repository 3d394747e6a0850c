//! The backtest as tables for people.

use store::domain::Language;

use super::table::{Align, aligned};
use crate::backtest::{Backtest, HORIZON_GROUPS, MethodScores, Panels};

/// Writes the tables of every series, and those of their mean where there are several; ends with a line break.
#[must_use]
pub fn backtest_text(panels: &Panels, language: Language) -> String {
    let mut parts = vec![title(panels, language)];
    for (name, backtest) in &panels.panels {
        parts.push(of_series(name, backtest, language));
    }
    if panels.panels.len() > 1 {
        let count = panels.panels.len();
        let heading = match language {
            Language::Vi => format!("Trung bình của {count} chuỗi, mỗi chuỗi nặng như nhau"),
            Language::En => format!("Mean of {count} series, each weighing the same"),
        };
        parts.push(format!("{heading}\n\n{}", tables(&panels.mean(), language)));
    }
    format!("{}\n", parts.join("\n\n"))
}

fn title(panels: &Panels, language: Language) -> String {
    let cases: usize = panels.panels.iter().map(|(_, one)| one.cases).sum();
    match language {
        Language::Vi => format!(
            "Kiểm định lùi: {cases} dự báo, mỗi dự báo chỉ dùng số liệu đã có tại thời điểm lập. Sai số tính bằng tuần, càng nhỏ \
             càng tốt; khoảng 80% đúng khi chứa khoảng 80% kết quả."
        ),
        Language::En => format!(
            "Backtest: {cases} forecasts, each from the figures of its day alone. Errors in weeks, smaller is better; an 80% \
             interval is right when it holds about 80% of the outcomes."
        ),
    }
}

fn of_series(name: &str, backtest: &Backtest, language: Language) -> String {
    let tables = tables(&backtest.methods, language);
    let cases = language.pick("dự báo", "forecasts");
    format!("{name}: {} {cases}\n\n{tables}", backtest.cases)
}

/// The scores of the dates, then the errors by weeks to go and those of the sum of all units.
fn tables(methods: &[MethodScores], language: Language) -> String {
    let table = |columns: &[(&str, &str)], cells: fn(&MethodScores, Language) -> Vec<String>| {
        let heading: Vec<&str> = columns
            .iter()
            .map(|(vi, en)| language.pick(vi, en))
            .collect();
        let align: Vec<Align> = (0..columns.len())
            .map(|place| {
                if place == 0 {
                    Align::Left
                } else {
                    Align::Right
                }
            })
            .collect();
        let rows: Vec<Vec<String>> = methods.iter().map(|one| cells(one, language)).collect();
        aligned(&heading, &align, &rows)
    };
    let (dates, horizons) = (table(&DATES, dates), table(&HORIZONS, horizons));
    format!("{dates}\n\n{horizons}")
}

const DATES: [(&str, &str); 14] = [
    ("Phương pháp", "Method"),
    ("CRPS", "CRPS"),
    ("Điểm khoảng", "Interval score"),
    ("50%", "50%"),
    ("80%", "80%"),
    ("90%", "90%"),
    ("Rộng 80%", "Width 80%"),
    ("Brier 8", "Brier 8"),
    ("13", "13"),
    ("26", "26"),
    ("Pinball", "Pinball"),
    ("Lệch", "Bias"),
    ("Từ chối", "Refused"),
    ("ms", "ms"),
];

const HORIZONS: [(&str, &str); 11] = [
    (
        "Sai số trung vị, theo số tuần còn lại",
        "Median error, by weeks to go",
    ),
    ("tất cả", "all"),
    ("≤4", "≤4"),
    ("≤13", "≤13"),
    ("≤26", "≤26"),
    ("≤52", "≤52"),
    (">52", ">52"),
    ("Cả nước: CRPS", "Sum: CRPS"),
    ("50%", "50%"),
    ("80%", "80%"),
    ("90%", "90%"),
];

fn dates(scores: &MethodScores, language: Language) -> Vec<String> {
    let number = |number: f64, digits: usize| decimal(number, digits, language);
    let coverage = scores.coverage;
    let mut cells = vec![scores.name.to_owned(), number(scores.crps, 2)];
    cells.push(number(scores.interval_80, 1));
    cells.extend([coverage.half, coverage.four_fifths, coverage.nine_tenths].map(percent));
    cells.push(number(scores.width_80, 1));
    cells.extend(scores.brier.map(|brier| number(brier, 3)));
    cells.extend([number(scores.pinball, 2), number(scores.bias, 1)]);
    cells.extend([
        percent(scores.refused),
        scores.time.num_milliseconds().to_string(),
    ]);
    cells
}

fn horizons(scores: &MethodScores, language: Language) -> Vec<String> {
    let number = |number: f64, digits: usize| decimal(number, digits, language);
    let in_group = |group: &(f64, f64)| {
        let mut groups = scores.by_horizon.iter();
        let found = groups.find(|one| one.weeks == *group);
        found.map_or_else(nothing, |one| number(one.median_abs_error, 2))
    };
    let mut cells = vec![scores.name.to_owned(), number(scores.median_abs_error, 2)];
    cells.extend(HORIZON_GROUPS.iter().map(in_group));
    cells.extend(scores.national.map_or_else(
        || [(); 4].map(|()| nothing()),
        |national| {
            let held = national.coverage;
            let held = [held.half, held.four_fifths, held.nine_tenths].map(percent);
            let [half, most, nearly_all] = held;
            [number(national.crps, 2), half, most, nearly_all]
        },
    ));
    cells
}

fn nothing() -> String {
    "–".to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

fn decimal(number: f64, digits: usize, language: Language) -> String {
    let text = format!("{number:.digits$}");
    match language {
        Language::Vi => text.replace('.', ","),
        Language::En => text,
    }
}
