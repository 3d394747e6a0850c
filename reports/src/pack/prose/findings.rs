//! What each chart shows, in a sentence: the title of its slide.

use chrono::NaiveDate;
use store::domain::{Language, Share, Stage, Standing};

use super::forecast::when;
use super::names::listed;
use super::{figure, key_cell};
use crate::forecast::State;
use crate::illustrate::ChartName;
use crate::model::{Group, UnitRow};
use crate::pack::about::About;
use crate::pack::cell::Cell;
use crate::pack::input::PackInput;
use crate::pack::tables::Tables;

/// How many units a title names.
const NAMED: usize = 3;

/// The sentence of each chart that has one; the others are titled by what they are of.
pub(super) fn findings(
    input: &PackInput<'_>,
    about: &About,
    tables: &Tables,
) -> Vec<(ChartName, String)> {
    let found = |name| Some((name, finding(input, about, (tables, name))?));
    ChartName::ALL.into_iter().filter_map(found).collect()
}

fn finding(
    input: &PackInput<'_>,
    about: &About,
    (tables, name): (&Tables, ChartName),
) -> Option<String> {
    let value = |key| figure(tables, about, key);
    Some(match name {
        ChartName::BurnUp => {
            let (left, when) = (
                value("remaining"),
                when(&input.national.forecast.national, about),
            );
            let words = about.t("trường hợp còn lại;", "records remain;");
            format!("{left} {words} {when}")
        }
        ChartName::Ranking => ranking(input, about),
        ChartName::Tiles => tiles(input, about),
        ChartName::Timeline => timeline(input, about)?,
        ChartName::Multiples => multiples(input, about),
        ChartName::Pace => {
            let (actual, required) = (value("actual_rate"), value("required_rate"));
            match (about.language(), required.as_str()) {
                (_, "–") => return None,
                (Language::Vi, _) => format!(
                    "Cả nước làm {actual} trường hợp mỗi tuần làm việc, cần {required} để kịp hạn"
                ),
                (Language::En, _) => format!(
                    "The nation does {actual} records per working week; the deadline needs {required}"
                ),
            }
        }
        ChartName::StageGap => {
            let Cell::Number(_) = key_cell(&tables.headline, "entered_not_transferred") else {
                return None;
            };
            let (waiting, most) = (
                value("entered_not_transferred"),
                most_waiting(input, about, NAMED).join(", "),
            );
            let words = about.t(
                "đã nhập mà chưa chuyển; nhiều nhất:",
                "entered and not transferred; most in",
            );
            format!("{waiting} {words} {most}")
        }
        ChartName::Throughput => {
            let words = about.t(
                "Nhịp tám tuần qua, mỗi tuần làm việc:",
                "Pace of the last eight weeks, per working week:",
            );
            format!("{words} {}", value("actual_rate"))
        }
        ChartName::Submissions => reported(about, tables),
        ChartName::Meeting => since_meeting(input, about)?,
        ChartName::Comparison | ChartName::FieldRates | ChartName::Ageing => return None,
    })
}

/// The units with most entered and not transferred, most first.
pub(super) fn most_waiting(input: &PackInput<'_>, about: &About, most: usize) -> Vec<String> {
    let estimate = |row: &UnitRow, stage: Stage| {
        let standing = row.standings.iter().find(|(each, _)| *each == stage);
        standing.and_then(|(_, standing)| Standing::estimated_count(standing))
    };
    let gap = |row: &UnitRow| {
        let gap = estimate(row, Stage::Entered)?.change_since(estimate(row, Stage::Transferred)?);
        (gap > 0).then(|| (gap, name(row, about)))
    };
    let mut gaps: Vec<(i64, String)> = input.national.rows.iter().filter_map(gap).collect();
    gaps.sort_by_key(|(gap, _)| std::cmp::Reverse(*gap));
    gaps.into_iter().take(most).map(|(_, name)| name).collect()
}

fn name(row: &UnitRow, about: &About) -> String {
    row.name.in_language(about.language()).to_owned()
}

fn ranking(input: &PackInput<'_>, about: &About) -> String {
    let language = about.language();
    let rows = &input.national.rows;
    let (done, all) = (input.national.count_in(Group::Done), rows.len());
    let mut behind: Vec<(Share, String)> = rows
        .iter()
        .filter(|row| row.group != Group::Done)
        .filter_map(|row| Some((row.forecast.share()?, name(row, about))))
        .collect();
    behind.sort_by(|one, other| one.0.to_f64().total_cmp(&other.0.to_f64()));
    let lowest = behind.iter().take(NAMED);
    let lowest: Vec<String> = lowest
        .map(|(share, name)| format!("{name} {}", language.percent(*share)))
        .collect();
    let first = match language {
        Language::Vi => format!("{done} trên {all} địa phương đã hoàn thành"),
        Language::En => format!("{done} of {all} provinces are done"),
    };
    if lowest.is_empty() {
        first
    } else {
        format!(
            "{first}; {} {}",
            about.t("thấp nhất:", "lowest:"),
            lowest.join(", ")
        )
    }
}

fn tiles(input: &PackInput<'_>, about: &About) -> String {
    let shares = input
        .national
        .rows
        .iter()
        .filter_map(|row| row.forecast.share());
    let shares: Vec<f64> = shares.map(Share::to_f64).collect();
    let low = shares.iter().filter(|share| **share < 0.5).count();
    let high = shares.iter().filter(|share| **share >= 0.9).count();
    match about.language() {
        Language::Vi => format!("{high} địa phương từ 90% trở lên, {low} địa phương dưới 50%"),
        Language::En => format!("{high} provinces at 90% or more, {low} below 50%"),
    }
}

/// The provinces whose middle dates are the latest; `None` where none has one.
fn timeline(input: &PackInput<'_>, about: &About) -> Option<String> {
    let language = about.language();
    let reported = |row: &&UnitRow| row.forecast.published.is_none();
    let date = |row: &UnitRow| row.forecast.state.completion()?.p50();
    let mut dated: Vec<(NaiveDate, String)> = input
        .national
        .rows
        .iter()
        .filter(reported)
        .filter_map(|row| Some((date(row)?, name(row, about))))
        .collect();
    dated.sort_by(|(one, left), (other, right)| other.cmp(one).then(left.cmp(right)));
    let named = dated.iter().take(NAMED);
    let named = named.map(|(day, name)| format!("{name} {}", day.format("%m/%Y")));
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        return None;
    }
    let first = language.pick("Muộn nhất theo dự báo giữa:", "Latest by the middle date:");
    Some(format!("{first} {}", named.join(", ")))
}

/// How many units are in each group, and which are often the last.
pub(super) fn groups_in_short(input: &PackInput<'_>, about: &About) -> String {
    let national = input.national;
    let counts =
        [Group::Done, Group::OnCourse, Group::AtRisk].map(|group| national.count_in(group));
    let [done, on_course, at_risk] = counts;
    let last = national.forecast.national.last_units.iter();
    let names: Vec<String> = last
        .map(|one| {
            national
                .name(one.unit)
                .in_language(about.language())
                .to_owned()
        })
        .take(NAMED)
        .collect();
    let first = match about.language() {
        Language::Vi => {
            format!("{done} đã xong, {on_course} đúng tiến độ, {at_risk} có nguy cơ chậm")
        }
        Language::En => format!("{done} done, {on_course} on course, {at_risk} at risk"),
    };
    if names.is_empty() {
        first
    } else {
        format!(
            "{first}; {} {}",
            about.t("thường về cuối:", "often the last:"),
            names.join(", ")
        )
    }
}

fn multiples(input: &PackInput<'_>, about: &About) -> String {
    let still = |row: &&UnitRow| {
        let stopped = matches!(row.forecast.state, State::NoProgress { .. });
        stopped && row.forecast.published.is_none()
    };
    let rows = input.national.rows.iter().filter(still);
    let names: Vec<String> = rows.map(|row| name(row, about)).collect();
    let language = about.language();
    match (names.len(), language) {
        (0, _) => about
            .t("Không địa phương nào đứng yên", "No province stands still")
            .to_owned(),
        (count, Language::Vi) => {
            format!(
                "{count} địa phương không tiến triển: {}",
                listed(&names, NAMED, language)
            )
        }
        (_, Language::En) => format!("No progress: {}", listed(&names, NAMED, language)),
    }
}

fn reported(about: &About, tables: &Tables) -> String {
    let missing = &tables.missing;
    let language = about.language();
    let name = |row: &Vec<Cell>| missing.cell(row, "name").shown(language);
    let names: Vec<String> = missing.rows.iter().map(name).collect();
    if names.is_empty() {
        return about.coverage_words();
    }
    let words = about.t("thiếu", "missing:");
    format!(
        "{}; {words} {}",
        about.coverage_words(),
        listed(&names, NAMED, language)
    )
}

fn since_meeting(input: &PackInput<'_>, about: &About) -> Option<String> {
    let change = input.national_change()?;
    let whole = |value| about.language().whole(value);
    let (work, corrections) = (whole(change.done.work), whole(change.done.corrections));
    let scope = whole(change.total.scope);
    Some(match about.language() {
        Language::Vi => format!(
            "Từ cuộc họp trước: làm thêm {work}, đính chính {corrections}, tổng số đổi {scope}"
        ),
        Language::En => format!(
            "Since the last meeting: {work} done, {corrections} corrected, totals changed by {scope}"
        ),
    })
}
