//! The key figures of the nation, each with its definition from the registry of figures.

use store::domain::{Count, Language, Stage, Standing};

use crate::forecast::DeadlinePace;
use crate::metric::metric;
use crate::model::{Change, Group, NationalReport};
use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};
use crate::words::chance_words;

/// The figure of an id of the registry.
type Value = (&'static str, Cell);

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let national = input.national;
    let nothing = String::new();
    let parts = [
        (work(national), nothing.clone()),
        (coverage(about), nothing.clone()),
        (change(input), since(about)),
        (pace(national), nothing.clone()),
        (completion(national), without(national, about).to_owned()),
        (groups(national), nothing),
    ];
    let rows = parts.iter().flat_map(|(values, remark)| {
        let row = |value: &Value| row(value, remark, about.language());
        values.iter().map(row).collect::<Vec<_>>()
    });
    Table {
        key: "headline",
        title: about.t("Số chính", "Key figures"),
        columns: columns(about),
        rows: rows.collect(),
    }
}

fn columns(about: &About) -> Vec<Column> {
    let words = |key, (vi, en)| Column::new((key, Kind::Words), about.t(vi, en), "");
    vec![
        words("figure", ("Mã", "Key")),
        words("name", ("Chỉ tiêu", "Figure")),
        Column::new(("value", Kind::Any), about.t("Giá trị", "Value"), ""),
        words("unit", ("Đơn vị tính", "Unit")),
        words("meaning", ("Cách tính", "Definition")),
        words("version", ("Phiên bản", "Version")),
    ]
}

/// A row: what the registry says of the figure, and what has to be known of it in this pack.
fn row((id, value): &Value, remark: &str, language: Language) -> Vec<Cell> {
    let Some(metric) = metric(id) else {
        return Vec::new();
    };
    let formula = metric.formula.in_language(language);
    let parts = [formula, remark]
        .into_iter()
        .filter(|part| !part.is_empty());
    vec![
        (*id).into(),
        metric.name.in_language(language).into(),
        value.clone(),
        metric.unit.in_language(language).into(),
        parts.collect::<Vec<_>>().join(". ").into(),
        metric.version.into(),
    ]
}

fn work(national: &NationalReport) -> Vec<Value> {
    let estimate = |stage| Cell::from(national.estimate(stage));
    let reported = national
        .headline(Stage::Transferred)
        .and_then(|headline| headline.standing.reported)
        .map(|figure| figure.value);
    vec![
        ("share", national.share().into()),
        ("transferred", estimate(Stage::Transferred)),
        ("transferred_reported", reported.into()),
        ("entered", estimate(Stage::Entered)),
        ("total", estimate(Stage::Total)),
        ("remaining", national.remaining().into()),
        (
            "entered_not_transferred",
            Cell::number(not_transferred(national)),
        ),
    ]
}

/// What is entered and not transferred; `None` where one of the two is not known or more was transferred than entered.
fn not_transferred(national: &NationalReport) -> Option<i64> {
    let entered = national.estimate(Stage::Entered)?;
    let waiting = entered.change_since(national.estimate(Stage::Transferred)?);
    (waiting >= 0).then_some(waiting)
}

fn coverage(about: &About) -> Vec<Value> {
    let number = |count| Cell::number(i64::try_from(count).ok());
    vec![
        ("reporting", number(about.coverage.reporting)),
        ("expected", number(about.coverage.expected)),
    ]
}

fn change(input: &PackInput<'_>) -> Vec<Value> {
    let change = super::provinces::national_change(input);
    let cell = |value: fn(&Change) -> i64| Cell::number(change.as_ref().map(value));
    let compared = change
        .as_ref()
        .and_then(|change| i64::try_from(change.compared).ok());
    vec![
        ("work", cell(|change| change.work)),
        ("corrections", cell(|change| change.corrections)),
        ("scope", cell(|change| change.scope)),
        ("compared", Cell::number(compared)),
    ]
}

/// The cut-off that the change is measured from.
fn since(about: &About) -> String {
    let before = about.order.cutoff.before().words(about.language());
    match about.language() {
        Language::Vi => format!("Kỳ trước: {before}"),
        Language::En => format!("The period before: {before}"),
    }
}

fn pace(national: &NationalReport) -> Vec<Value> {
    let forecast = &national.forecast.national;
    let outlook = forecast.deadline.as_ref();
    let pace = outlook.map(|outlook| outlook.pace);
    let whole = |rate: Option<f64>| Cell::from(rate.and_then(Count::from_f64));
    let due = outlook.map(|outlook| outlook.deadline.due_on);
    vec![
        ("actual_rate", whole(forecast.actual_rate)),
        (
            "required_rate",
            whole(pace.and_then(DeadlinePace::required_rate)),
        ),
        ("deadline", due.into()),
    ]
}

fn completion(national: &NationalReport) -> Vec<Value> {
    let forecast = &national.forecast.national;
    let date = forecast.completion.as_ref();
    let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
    let chance = pace.and_then(DeadlinePace::chance).map(chance_words);
    vec![
        ("p10", date.and_then(|date| date.p10()).into()),
        ("p50", date.and_then(|date| date.p50()).into()),
        ("p90", date.and_then(|date| date.p90()).into()),
        ("chance", Cell::words(chance)),
    ]
}

/// Whose dates are not in that of the nation, or that it is of no reports.
fn without(national: &NationalReport, about: &About) -> &'static str {
    if national.forecast.national.published_basis().is_some() {
        return about.t(
            "Từ số liệu đã công bố, không phải từ báo cáo",
            "From published figures, not from reports",
        );
    }
    if national.forecast.national.excluded.is_empty() {
        return "";
    }
    about.t(
        "Không kể các đơn vị chưa thể dự báo",
        "Without the units that cannot be forecast",
    )
}

fn groups(national: &NationalReport) -> Vec<Value> {
    let order = [Group::Done, Group::OnCourse, Group::AtRisk, Group::NoFigure];
    let count = |group| Cell::number(i64::try_from(national.count_in(group)).ok());
    order.map(|group| (group.key(), count(group))).into()
}

/// How many of the expected units reported a stage.
pub(super) fn reporting(standing: &Standing) -> Cell {
    Cell::number(i64::try_from(standing.reporting_count()).ok())
}
