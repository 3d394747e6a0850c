//! The charts of a pack that office programs draw themselves: what the drawn charts show, as values that can be edited.

use chrono::NaiveDate;
use plotters::style::RGBColor;
use store::domain::Count;

use super::about::About;
use super::cell::Cell;
use super::graph::{self, Categories, Graph, Scale, Series, Shape, Stroke, real, serial};
use super::input::PackInput;
use super::table::Table;
use super::tables::Tables;
use crate::charts::style::{CAMPAIGN, DEADLINE, ENTERED, ENTERED_BAR, PUBLISHED, TRANSFERRED};
use crate::illustrate::ChartName;
use crate::model::{MeetingChange, change_since, weekly_changes, weekly_shares};
use crate::reconciliation::LARGEST_SMALL_CELL;

/// How many weeks of work are drawn: enough for the same season of the year before.
const WEEKS: usize = 104;

/// The native charts of a pack.
#[derive(Clone, Debug)]
pub(crate) struct Graphs {
    each: Vec<(ChartName, Graph)>,
    /// The share of every unit over time, a small chart each.
    pub(crate) multiples: Vec<Graph>,
}

impl Graphs {
    pub(crate) fn new(input: &PackInput<'_>, about: &About, tables: &Tables) -> Self {
        let mut each = vec![
            (ChartName::BurnUp, graph::national(input.national, about)),
            (ChartName::Ranking, graph::ranking(tables, about)),
            (ChartName::Timeline, timeline(tables, about)),
            (ChartName::Pace, pace(tables, about)),
            (ChartName::StageGap, stage_gap(tables, about)),
            (ChartName::Throughput, throughput(input, about)),
        ];
        each.extend(comparison(input, about).map(|graph| (ChartName::Comparison, graph)));
        each.extend(ageing(input, about).map(|graph| (ChartName::Ageing, graph)));
        each.extend(meeting(input, about).map(|graph| (ChartName::Meeting, graph)));
        Self {
            each,
            multiples: multiples(input, about),
        }
    }

    /// Every large one with its name.
    pub(crate) fn each(&self) -> impl Iterator<Item = (ChartName, &Graph)> {
        self.each.iter().map(|(name, graph)| (*name, graph))
    }

    /// One of the large ones; `None` where that chart is none of them.
    pub(crate) fn of(&self, name: ChartName) -> Option<&Graph> {
        let mut each = self.each();
        each.find(|(each, _)| *each == name).map(|(_, graph)| graph)
    }
}

/// Bars of units, the one with the largest first value on top.
fn bars(
    title: &str,
    mut rows: Vec<(String, Vec<Option<f64>>)>,
    series: &[(&'static str, RGBColor)],
) -> Graph {
    let first = |row: &(String, Vec<Option<f64>>)| row.1.first().copied().flatten();
    rows.sort_by(|one, other| {
        let (one, other) = (first(one), first(other));
        other
            .unwrap_or(f64::MIN)
            .total_cmp(&one.unwrap_or(f64::MIN))
    });
    in_order(title, rows, series)
}

/// Bars in the order they come.
fn in_order(
    title: &str,
    rows: Vec<(String, Vec<Option<f64>>)>,
    series: &[(&'static str, RGBColor)],
) -> Graph {
    let series = series.iter().enumerate().map(|(place, (name, colour))| {
        let value = |row: &(String, Vec<Option<f64>>)| row.1.get(place).copied().flatten();
        Series {
            name,
            values: rows.iter().map(value).collect(),
            colour: *colour,
            stroke: Stroke::Whole,
        }
    });
    Graph {
        shape: Shape::Bars,
        title: title.to_owned(),
        scale: Scale::Count,
        ends: (None, None),
        series: series.collect(),
        categories: Categories::Names(rows.iter().map(|row| row.0.clone()).collect()),
    }
}

/// Some figures of every unit that has the first of them.
fn figures(table: &Table, keys: &[&str]) -> Vec<(String, Vec<Option<f64>>)> {
    let value = |row: &[Cell], key: &str| match table.cell(row, key) {
        Cell::Number(number) => Some(real(*number)),
        _ => None,
    };
    let row = |row: &Vec<Cell>| {
        let values: Vec<Option<f64>> = keys.iter().map(|key| value(row, key)).collect();
        let known = values.first().copied().flatten().is_some();
        known.then(|| (table.cell(row, "name").plain(), values))
    };
    table.rows.iter().filter_map(row).collect()
}

fn pace(tables: &Tables, about: &About) -> Graph {
    let rows = figures(&tables.provinces, &["required_rate", "actual_rate"]);
    let series = [
        (about.t("Tốc độ cần có", "Required"), DEADLINE),
        (about.t("Tốc độ thực tế", "Actual"), TRANSFERRED),
    ];
    let title = about.t(
        "Trường hợp mỗi tuần làm việc: cần có và thực tế",
        "Records per working week: required and actual",
    );
    bars(title, rows, &series)
}

fn stage_gap(tables: &Tables, about: &About) -> Graph {
    let gap = |(name, values): (String, Vec<Option<f64>>)| {
        let [entered, transferred] = values.as_slice() else {
            return None;
        };
        Some((name, vec![Some((*entered)? - (*transferred)?)]))
    };
    let rows = figures(&tables.provinces, &["entered", "transferred"]);
    let title = about.t(
        "Đã nhập, chưa chuyển vào CSDL",
        "Entered, not yet transferred",
    );
    let series = [(title, ENTERED)];
    bars(title, rows.into_iter().filter_map(gap).collect(), &series)
}

/// From the early to the late date of completion of every unit that has one, the latest median on top.
fn timeline(tables: &Tables, about: &About) -> Graph {
    let table = &tables.provinces;
    let day = |row: &[Cell], key: &str| match table.cell(row, key) {
        Cell::Day(day) => Some(real(serial(*day))),
        _ => None,
    };
    let mut rows: Vec<(String, [f64; 3])> = table
        .rows
        .iter()
        .filter_map(|row| {
            let dates = [day(row, "p10")?, day(row, "p50")?, day(row, "p90")?];
            Some((table.cell(row, "name").plain(), dates))
        })
        .collect();
    rows.sort_by(|one, other| other.1[1].total_cmp(&one.1[1]));
    let least = rows.iter().map(|row| row.1[0]).reduce(f64::min);
    let part = |name, colour, value: fn(&[f64; 3]) -> f64| Series {
        name,
        values: rows.iter().map(|row| Some(value(&row.1))).collect(),
        colour,
        stroke: Stroke::Whole,
    };
    Graph {
        shape: Shape::Spans,
        title: about
            .t(
                "Thời điểm hoàn thành, khoảng 80%; đơn vị chưa có ngày muộn xem bảng",
                "Completion, 80% interval; units without a late date are in the table",
            )
            .to_owned(),
        scale: Scale::Day,
        ends: (least, None),
        series: vec![
            part(about.t("Sớm (10%)", "Early (10%)"), TRANSFERRED, |days| {
                days[0]
            }),
            part(
                about.t("Từ sớm đến giữa", "Early to median"),
                TRANSFERRED,
                |days| days[1] - days[0],
            ),
            part(
                about.t("Từ giữa đến muộn", "Median to late"),
                ENTERED_BAR,
                |days| days[2] - days[1],
            ),
        ],
        categories: Categories::Names(rows.iter().map(|row| row.0.clone()).collect()),
    }
}

fn throughput(input: &PackInput<'_>, about: &About) -> Graph {
    let weeks = weekly_changes(&input.report, None);
    let drawn = weeks.len().saturating_sub(WEEKS);
    let weeks = weeks.get(drawn..).unwrap_or_default();
    let work = weeks.iter().map(|(_, change, _)| {
        let work = change.and_then(|change| Count::from_i64(change.work));
        work.map(Count::to_f64)
    });
    let days: Vec<NaiveDate> = weeks.iter().map(|(week, ..)| week.last_day()).collect();
    let title = about.t(
        "Làm thêm mỗi tuần, đơn vị so sánh được",
        "Work of each week, units that can be compared",
    );
    Graph {
        shape: Shape::Columns,
        title: title.to_owned(),
        scale: Scale::Count,
        ends: (Some(0.0), None),
        series: vec![Series {
            name: about.t("Làm thêm", "Work done"),
            values: work.collect(),
            colour: TRANSFERRED,
            stroke: Stroke::Whole,
        }],
        categories: Categories::Days(days),
    }
}

/// The change of every unit since the last meeting; `None` where nothing is known of one.
fn meeting(input: &PackInput<'_>, about: &About) -> Option<Graph> {
    let earlier = input.meeting?.earlier;
    let rows = input.national.rows.iter().filter_map(|row| {
        let change: MeetingChange =
            change_since(&input.report, earlier.panel, earlier.week, row.unit)?;
        let values = [Some(change.work), Some(change.corrections), change.scope];
        let name = row.name.in_language(about.language()).to_owned();
        Some((name, values.map(|value| value.map(real)).to_vec()))
    });
    let series = [
        (about.t("Việc đã làm", "Work done"), TRANSFERRED),
        (about.t("Đính chính", "Corrections"), DEADLINE),
        (about.t("Thay đổi tổng số", "Change of scope"), PUBLISHED),
    ];
    let title = about.t(
        "Thay đổi từ cuộc họp trước",
        "Change since the last meeting",
    );
    Some(bars(title, rows.collect(), &series))
}

/// The steps from the book to the linked record, in their order; records and people in a series each.
fn comparison(input: &PackInput<'_>, about: &About) -> Option<Graph> {
    let funnel = &input.reconciliation?.funnel;
    let step = |name: &str, records: Option<Count>, people: Option<Count>| {
        let values = [records, people].map(|count| count.map(Count::to_f64));
        (name.to_owned(), values.to_vec())
    };
    let done = funnel.done;
    let rows = [
        step(about.t("Đã nhập", "Entered"), done.entered, None),
        step(about.t("Đã kiểm tra", "Checked"), done.checked, None),
        step(about.t("Đã phê duyệt", "Approved"), done.approved, None),
        step(about.t("Đã chuyển", "Transferred"), done.transferred, None),
        step(
            about.t("Đối chiếu", "Compared"),
            None,
            Some(funnel.compared),
        ),
        step(about.t("Sạch", "Clean"), None, funnel.clean),
        step(about.t("Đã liên kết", "Linked"), funnel.linked, None),
    ];
    let told: Vec<_> = rows
        .into_iter()
        .filter(|(_, values)| values.iter().any(Option::is_some))
        .collect();
    let title = about.t(
        "Từ sổ đến dữ liệu được liên kết",
        "From the book to a linked record",
    );
    let series = [
        (about.t("Trường hợp", "Records"), TRANSFERRED),
        (about.t("Người", "People"), CAMPAIGN),
    ];
    Some(in_order(title, told, &series))
}

fn ageing(input: &PackInput<'_>, about: &About) -> Option<Graph> {
    let owners = &input.reconciliation?.ageing.owners;
    // A count too small to be published is a gap.
    let shown = |count: Count| {
        (count.to_i64() == 0 || count.to_i64() > LARGEST_SMALL_CELL).then(|| count.to_f64())
    };
    let rows = owners.iter().map(|stock| {
        let name = stock.owner.name().in_language(about.language()).to_owned();
        (name, vec![shown(stock.open), shown(stock.old)])
    });
    let series = [
        (about.t("Còn mở", "Open"), ENTERED_BAR),
        (about.t("Quá 13 tuần", "Over 13 weeks"), DEADLINE),
    ];
    let title = about.t(
        "Sai lệch còn mở: đến lượt ai",
        "Open differences: whose move it is",
    );
    Some(in_order(title, rows.collect(), &series))
}

fn multiples(input: &PackInput<'_>, about: &About) -> Vec<Graph> {
    let one = |row: &crate::model::UnitRow| {
        let shares = weekly_shares(&input.report, row.unit);
        let value = |share: &Option<store::domain::Share>| share.map(super::cell::cut);
        Graph {
            shape: Shape::Spark,
            title: row.name.in_language(about.language()).to_owned(),
            scale: Scale::Share,
            ends: (Some(0.0), Some(1.0)),
            series: vec![Series {
                name: about.t("Tỷ lệ đã chuyển", "Share transferred"),
                values: shares.iter().map(|(_, share)| value(share)).collect(),
                colour: CAMPAIGN,
                stroke: Stroke::Whole,
            }],
            categories: Categories::Days(shares.iter().map(|(week, _)| week.last_day()).collect()),
        }
    };
    input.national.rows.iter().map(one).collect()
}
