//! The key figures of the nation, each with its definition.

use store::domain::{Stage, Standing};

use crate::forecast::{DeadlinePace, RATE_WEEKS};
use crate::model::{Change, Group, NationalReport};
use crate::pack::about::About;
use crate::pack::cell::{Cell, Kind};
use crate::pack::input::PackInput;
use crate::pack::table::{Column, Table};
use crate::words::{chance_words, group_name, stage_name};

/// A key figure: its name in files, its name for people, its value and what it means.
type Row = (&'static str, String, Cell, String);

pub(super) fn table(input: &PackInput<'_>, about: &About) -> Table {
    let rows = [
        work(input.national, about),
        left(input.national, about),
        coverage(about),
        change(input, about),
        pace(input.national, about),
        completion(input.national, about),
        groups(input.national, about),
    ];
    let cells =
        |(key, name, value, meaning): Row| vec![key.into(), name.into(), value, meaning.into()];
    Table {
        key: "headline",
        title: about.t("Số chính", "Key figures"),
        columns: vec![
            Column::new(("figure", Kind::Words), about.t("Mã", "Key"), ""),
            Column::new(("name", Kind::Words), about.t("Chỉ tiêu", "Figure"), ""),
            Column::new(("value", Kind::Any), about.t("Giá trị", "Value"), ""),
            Column::new(
                ("meaning", Kind::Words),
                about.t("Cách tính", "Definition"),
                "",
            ),
        ],
        rows: rows.into_iter().flatten().map(cells).collect(),
    }
}

fn work(national: &NationalReport, about: &About) -> Vec<Row> {
    let name = |stage| stage_name(stage).in_language(about.language()).to_owned();
    let estimate = about.t(
        "Tổng các đơn vị; đơn vị chưa báo cáo lấy số liệu gần nhất",
        "Sum of all units; units without a report at their last figure",
    );
    let reported = national
        .headline(Stage::Transferred)
        .and_then(|headline| headline.standing.reported)
        .map(|figure| figure.value);
    let row =
        |key, name: &str, cell, meaning: &str| (key, name.to_owned(), cell, meaning.to_owned());
    vec![
        row(
            "share",
            about.t("Tỷ lệ đã chuyển trên tổng số", "Share transferred of total"),
            national.share().into(),
            about.t(
                "Đã chuyển chia cho tổng số cần số hóa",
                "Transferred divided by total",
            ),
        ),
        row(
            "transferred",
            &name(Stage::Transferred),
            national.estimate(Stage::Transferred).into(),
            estimate,
        ),
        row(
            "transferred_reported",
            about.t(
                "Đã chuyển, báo cáo trong tuần",
                "Transferred, reported in the week",
            ),
            reported.into(),
            about.t(
                "Chỉ cộng đơn vị đã báo cáo trong tuần",
                "Only units that reported in the week",
            ),
        ),
        row(
            "entered",
            &name(Stage::Entered),
            national.estimate(Stage::Entered).into(),
            estimate,
        ),
        row(
            "total",
            &name(Stage::Total),
            national.estimate(Stage::Total).into(),
            estimate,
        ),
    ]
}

/// What is left to do, and what of it only waits for the transfer.
fn left(national: &NationalReport, about: &About) -> Vec<Row> {
    let row =
        |key, name: &str, cell, meaning: &str| (key, name.to_owned(), cell, meaning.to_owned());
    vec![
        row(
            "remaining",
            about.t("Còn lại", "Remaining"),
            national.remaining().into(),
            about.t("Tổng số trừ đã chuyển", "Total less transferred"),
        ),
        row(
            "waiting",
            about.t("Đã số hóa, chưa chuyển", "Entered, not yet transferred"),
            Cell::number(waiting(national)),
            about.t("Đã số hóa trừ đã chuyển", "Entered less transferred"),
        ),
    ]
}

/// What is entered and not transferred; `None` where one of the two is not known or more was transferred than entered.
fn waiting(national: &NationalReport) -> Option<i64> {
    let entered = national.estimate(Stage::Entered)?;
    let waiting = entered.change_since(national.estimate(Stage::Transferred)?);
    (waiting >= 0).then_some(waiting)
}

fn coverage(about: &About) -> Vec<Row> {
    let number = |count| Cell::number(i64::try_from(count).ok());
    let row =
        |key, name: &str, cell, meaning: &str| (key, name.to_owned(), cell, meaning.to_owned());
    vec![
        row(
            "reporting",
            about.t("Số đơn vị đã báo cáo", "Units that reported"),
            number(about.coverage.reporting),
            about.t(
                "Có số đã chuyển trong tuần",
                "With a count of transferred records in the week",
            ),
        ),
        row(
            "expected",
            about.t("Số đơn vị phải báo cáo", "Units expected to report"),
            number(about.coverage.expected),
            "",
        ),
    ]
}

fn change(input: &PackInput<'_>, about: &About) -> Vec<Row> {
    let change = super::provinces::national_change(input);
    let cell = |value: fn(&Change) -> i64| Cell::number(change.as_ref().map(value));
    let before = about.order.cutoff.before().words(about.language());
    let since = match about.language() {
        store::domain::Language::Vi => format!("So với {before}; chỉ đơn vị báo cáo cả hai kỳ"),
        store::domain::Language::En => {
            format!("Since {before}; only units that reported both times")
        }
    };
    let row = |key, name: &str, cell| (key, name.to_owned(), cell, since.clone());
    vec![
        row(
            "work",
            about.t("Làm thêm trong kỳ", "Work done in the period"),
            cell(|change| change.work),
        ),
        row(
            "corrections",
            about.t("Đính chính giảm", "Corrected downwards"),
            cell(|change| change.corrections),
        ),
        row(
            "scope",
            about.t("Thay đổi của tổng số", "Change of totals"),
            cell(|change| change.scope),
        ),
        row(
            "compared",
            about.t("Số đơn vị so sánh được", "Units compared"),
            Cell::number(
                change
                    .as_ref()
                    .and_then(|change| i64::try_from(change.compared).ok()),
            ),
        ),
    ]
}

fn completion(national: &NationalReport, about: &About) -> Vec<Row> {
    let forecast = &national.forecast.national;
    let date = forecast.completion.as_ref();
    let excluded = without(national, about);
    let row =
        |key, name: &str, cell, meaning: &str| (key, name.to_owned(), cell, meaning.to_owned());
    vec![
        row(
            "p10",
            about.t("Dự báo, sớm (10%)", "Forecast, early (10%)"),
            date.and_then(|date| date.p10()).into(),
            excluded,
        ),
        row(
            "p50",
            about.t("Dự báo, giữa (50%)", "Forecast, median (50%)"),
            date.and_then(|date| date.p50()).into(),
            excluded,
        ),
        row(
            "p90",
            about.t("Dự báo, muộn (90%)", "Forecast, late (90%)"),
            date.and_then(|date| date.p90()).into(),
            excluded,
        ),
    ]
}

/// Whether the dates are of all units.
fn without(national: &NationalReport, about: &About) -> &'static str {
    if national.forecast.national.excluded.is_empty() {
        about.t(
            "Ngày đơn vị cuối cùng hoàn thành",
            "When the last unit is done",
        )
    } else {
        about.t(
            "Không kể các đơn vị chưa thể dự báo",
            "Without the units that cannot be forecast",
        )
    }
}

fn pace(national: &NationalReport, about: &About) -> Vec<Row> {
    let forecast = &national.forecast.national;
    let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
    let excluded = without(national, about);
    let whole = |rate: Option<f64>| Cell::from(rate.and_then(store::domain::Count::from_f64));
    let rate = match about.language() {
        store::domain::Language::Vi => format!("Bình quân {RATE_WEEKS} tuần, mỗi tuần làm việc đủ"),
        store::domain::Language::En => format!("Mean of {RATE_WEEKS} weeks, per full working week"),
    };
    let row =
        |key, name: &str, cell, meaning: &str| (key, name.to_owned(), cell, meaning.to_owned());
    vec![
        row(
            "actual_rate",
            about.t("Tốc độ thực tế", "Actual rate"),
            whole(forecast.actual_rate),
            &rate,
        ),
        row(
            "required_rate",
            about.t("Tốc độ cần có", "Required rate"),
            whole(pace.and_then(DeadlinePace::required_rate)),
            about.t(
                "Để kịp thời hạn đang áp dụng",
                "To meet the deadline in force",
            ),
        ),
        row(
            "deadline",
            about.t("Thời hạn", "Deadline"),
            forecast
                .deadline
                .as_ref()
                .map(|outlook| outlook.deadline.due_on)
                .into(),
            about.t(
                "Thời hạn quốc gia đang áp dụng",
                "The national deadline in force",
            ),
        ),
        row(
            "chance",
            about.t("Khả năng kịp hạn", "Chance of meeting it"),
            Cell::words(pace.and_then(DeadlinePace::chance).map(chance_words)),
            excluded,
        ),
    ]
}

fn groups(national: &NationalReport, about: &About) -> Vec<Row> {
    let row = |group: Group| {
        let name = group_name(group).in_language(about.language()).to_owned();
        let count = Cell::number(i64::try_from(national.count_in(group)).ok());
        let meaning = about.t("Số đơn vị trong nhóm", "Units in the group");
        (group.key(), name, count, meaning.to_owned())
    };
    let order = [Group::Done, Group::OnCourse, Group::AtRisk, Group::NoFigure];
    order.into_iter().map(row).collect()
}

/// How many of the expected units reported a stage.
pub(super) fn reporting(standing: &Standing) -> Cell {
    Cell::number(i64::try_from(standing.reporting_count()).ok())
}
