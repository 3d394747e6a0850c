//! Every unit: work, pace, forecast and whether it reported.

use store::domain::{Stage, Standing, UnitView};

use crate::forecast::DeadlinePace;
use crate::metric::metric;
use crate::model::{Change, UnitRow};
use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};
use crate::words::{chance_words, group_name, outcome_words};

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let rows = (1..).zip(&input.national.rows);
    Table {
        key: "provinces",
        title: about.t("Các địa phương", "Provinces"),
        columns: columns(about),
        rows: rows
            .map(|(number, unit)| row(input, about, number, unit))
            .collect(),
    }
}

/// The change of the nation since the cut-off before, of the units that reported both times.
pub(super) fn national_change(input: &PackInput<'_>) -> Option<Change> {
    let rows = input
        .report
        .panel
        .rows(UnitView::AsReported, input.report.week);
    let weeks = (input.order.cutoff.before().week(), input.report.week);
    Change::between(input.report.panel, &rows, weeks, input.report.stage())
}

/// A text in Vietnamese and English.
type Pair = (&'static str, &'static str);

const NONE: Pair = ("", "");
const CODE: Pair = (
    "Mã có hiệu lực vào tuần chốt",
    "The code in force in the week shown",
);
const ESTIMATE: Pair = (
    "Số gần nhất nếu tuần này chưa báo cáo",
    "The last figure where the week has no report",
);
const FORECAST: Pair = (
    "Theo mô phỏng; đúng khi không có quyết định mới",
    "Simulated; holds if nothing new is decided",
);
const LAST: Pair = (
    "Tuần của số liệu gần nhất được dùng",
    "The week of the last figure used",
);

/// The columns: name in files, kind, heading, meaning; where it has none, that of the registry of figures.
const COLUMNS: [(&str, Kind, Pair, Pair); 23] = [
    ("number", Kind::Number, ("TT", "No."), NONE),
    ("unit", Kind::Words, ("Mã đơn vị", "Unit"), NONE),
    ("code", Kind::Words, ("Mã tỉnh", "Code"), CODE),
    ("name", Kind::Words, ("Địa phương", "Province"), NONE),
    ("total", Kind::Number, ("Tổng số", "Total"), ESTIMATE),
    ("entered", Kind::Number, ("Đã số hóa", "Entered"), ESTIMATE),
    (
        "transferred",
        Kind::Number,
        ("Đã chuyển", "Transferred"),
        ESTIMATE,
    ),
    ("share", Kind::Share, ("Tỷ lệ", "Share"), NONE),
    ("remaining", Kind::Number, ("Còn lại", "Remaining"), NONE),
    ("work", Kind::Number, ("Làm thêm", "Work done"), NONE),
    (
        "corrections",
        Kind::Number,
        ("Đính chính", "Corrections"),
        NONE,
    ),
    ("scope", Kind::Number, ("Đổi tổng số", "Scope change"), NONE),
    (
        "actual_rate",
        Kind::Number,
        ("Tốc độ/tuần", "Rate a week"),
        NONE,
    ),
    (
        "required_rate",
        Kind::Number,
        ("Cần/tuần", "Needed a week"),
        NONE,
    ),
    ("deadline", Kind::Day, ("Thời hạn", "Deadline"), NONE),
    ("chance", Kind::Words, ("Kịp hạn", "In time"), NONE),
    ("group", Kind::Words, ("Nhóm", "Group"), NONE),
    ("p10", Kind::Day, ("Sớm (10%)", "Early (10%)"), NONE),
    ("p50", Kind::Day, ("Giữa (50%)", "Median (50%)"), NONE),
    ("p90", Kind::Day, ("Muộn (90%)", "Late (90%)"), NONE),
    (
        "outlook",
        Kind::Words,
        ("Dự kiến hoàn thành", "Completion"),
        FORECAST,
    ),
    (
        "reported",
        Kind::Words,
        ("Báo cáo tuần này", "Reported this week"),
        NONE,
    ),
    (
        "last_week",
        Kind::Words,
        ("Báo cáo gần nhất", "Last report"),
        LAST,
    ),
];

fn columns(about: &About) -> Vec<Column> {
    COLUMNS
        .iter()
        .map(|(key, kind, heading, meaning)| {
            let heading = about.t(heading.0, heading.1);
            let registered = metric(key).filter(|_| *meaning == NONE);
            let meaning = registered.map_or(about.t(meaning.0, meaning.1), |metric| {
                metric.formula.in_language(about.language())
            });
            Column::new((key, *kind), heading, meaning)
        })
        .collect()
}

fn row(input: &PackInput<'_>, about: &About, number: i64, unit: &UnitRow) -> Vec<Cell> {
    let language = about.language();
    let standing = |stage| {
        let known = unit.standings.iter().find(|(each, _)| *each == stage);
        known.map(|(_, standing)| standing)
    };
    let estimate = |stage| Cell::from(standing(stage).and_then(Standing::estimated_count));
    let forecast = &unit.forecast;
    let day = input.report.week.last_day();
    let code = input
        .report
        .reference
        .units
        .find(unit.unit)
        .and_then(|found| found.code_on(day));
    let all =
        standing(Stage::Transferred).is_some_and(|known| known.reporting_count() == known.expected);
    let mut cells = vec![
        Cell::Number(number),
        unit.unit.to_string().into(),
        Cell::words(code.map(str::to_owned)),
        unit.name.in_language(language).into(),
        estimate(Stage::Total),
        estimate(Stage::Entered),
        estimate(Stage::Transferred),
        forecast.share().into(),
        forecast.remaining().into(),
    ];
    cells.extend(pace(input, unit));
    cells.extend([
        group_name(unit.group).in_language(language).into(),
        forecast
            .state
            .completion()
            .and_then(|date| date.p10())
            .into(),
        forecast
            .state
            .completion()
            .and_then(|date| date.p50())
            .into(),
        forecast
            .state
            .completion()
            .and_then(|date| date.p90())
            .into(),
        outcome_words(forecast).in_language(language).into(),
        (if all {
            about.t("có", "yes")
        } else {
            about.t("chưa", "no")
        })
        .into(),
        Cell::words(forecast.last_report.map(|week| week.to_string())),
    ]);
    cells
}

/// What was done since the cut-off before, how fast, and how it stands to the deadline.
fn pace(input: &PackInput<'_>, unit: &UnitRow) -> [Cell; 7] {
    let weeks = (input.order.cutoff.before().week(), input.report.week);
    let change = Change::between(
        input.report.panel,
        &[unit.unit],
        weeks,
        input.report.stage(),
    );
    let rate = |rate: Option<f64>| Cell::from(rate.and_then(store::domain::Count::from_f64));
    let outlook = unit.forecast.deadline.as_ref();
    let pace = outlook.map(|outlook| outlook.pace);
    [
        Cell::number(change.map(|change| change.work)),
        Cell::number(change.map(|change| change.corrections)),
        Cell::number(change.map(|change| change.scope)),
        rate(unit.forecast.actual_rate),
        rate(pace.and_then(DeadlinePace::required_rate)),
        outlook.map(|outlook| outlook.deadline.due_on).into(),
        Cell::words(pace.and_then(DeadlinePace::chance).map(chance_words)),
    ]
}
