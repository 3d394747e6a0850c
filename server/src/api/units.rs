//! The reporting units with their dated names and codes, one unit with its stages, and the history of its figures.

use chrono::{DateTime, NaiveDate, Utc};
use reports::model::ProvinceReport;
use reports::render::UnitEntry;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Campaign, DaysHeld, Scheme, Stage, Text, Unit, UnitId, Units, Week};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{AS_OF, CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter, UNIT_PATH, UNITS};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use super::wire::{ChangeFigures, DeadlineEntry, NamedUnit, StageFigures};

/// A reporting unit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Unit")]
pub(crate) struct UnitIdentity {
    /// The permanent id.
    unit: String,
    /// The list it belongs to: 63 or 34.
    list: &'static str,
    /// Its names, each with the days it holds.
    names: Vec<DatedName>,
    /// Its codes, each with the days it holds: seven were given to another place on 1 July 2025.
    codes: Vec<DatedCode>,
    /// The first day it exists; null is always.
    first_day: Option<NaiveDate>,
    /// The last day it exists; null is always.
    last_day: Option<NaiveDate>,
    /// The unit that took it in; null for the 34.
    successor: Option<String>,
    /// Those of the 63 it was formed from; empty for one of the 63.
    members: Vec<String>,
    /// The region of the statistics office; null for the 34.
    region: Option<String>,
    /// Inhabitants at the census of 1 April 2019.
    population_2019: u64,
}

#[derive(Serialize, JsonSchema)]
struct DatedName {
    vi: String,
    en: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

#[derive(Serialize, JsonSchema)]
struct DatedCode {
    code: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

impl UnitIdentity {
    fn of(unit: &Unit, units: &Units) -> Self {
        let name = |(name, (valid_from, valid_to)): (&Text, DaysHeld)| DatedName {
            vi: name.vi.clone(),
            en: name.en.clone(),
            valid_from,
            valid_to,
        };
        let code = |(code, (valid_from, valid_to)): (&str, DaysHeld)| DatedCode {
            code: code.to_owned(),
            valid_from,
            valid_to,
        };
        let (first_day, last_day) = unit.days();
        Self {
            unit: unit.id.to_string(),
            list: match unit.id.scheme() {
                Scheme::Old63 => "63",
                Scheme::New34 => "34",
            },
            names: unit.dated_names().map(name).collect(),
            codes: unit.dated_codes().map(code).collect(),
            first_day,
            last_day,
            successor: unit.successor.map(|unit| unit.to_string()),
            members: units
                .members(unit.id)
                .iter()
                .map(UnitId::to_string)
                .collect(),
            region: unit.region.clone(),
            population_2019: unit.population_2019,
        }
    }
}

/// A unit with its figures.
#[derive(Serialize, JsonSchema)]
pub(crate) struct UnitDetail {
    identity: UnitIdentity,
    /// The week shown.
    week: String,
    /// The moment as of which the figures were known.
    known_on: DateTime<Utc>,
    /// Which units stand as rows.
    units: &'static str,
    /// Its figures; null where it is no row in the units asked for.
    report: Option<UnitReport>,
}

/// The figures of a unit in a week.
#[derive(Serialize, JsonSchema)]
struct UnitReport {
    name: Text,
    members: Vec<NamedUnit>,
    stages: Vec<StageFigures>,
    change: Option<ChangeFigures>,
    /// Where it stands: `at_risk`, `no_figure`, `on_course` or `done`.
    group: &'static str,
    forecast: Option<UnitEntry>,
    /// Its deadlines and the national ones, by the day they were announced.
    deadlines: Vec<DeadlineEntry>,
    campaigns: Vec<super::deadlines::CampaignEntry>,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các đơn vị báo cáo với tên, mã theo thời gian và đơn vị kế tục",
        "The reporting units with their dated names and codes, and their successors",
    ),
    parameters: &[
        LANG,
        LIMIT,
        CURSOR,
        Parameter::query(
            "list",
            Form::Word(&["63", "34"]),
            ("Chỉ danh mục này", "This list only"),
        ),
    ],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("list", "/list"),
        ("name_vi", "/names/0/vi"),
        ("name_en", "/names/0/en"),
        ("code", "/codes/0/code"),
        ("first_day", "/first_day"),
        ("last_day", "/last_day"),
        ("successor", "/successor"),
        ("members", "/members"),
        ("region", "/region"),
        ("population_2019", "/population_2019"),
    ])],
    ..Operation::read(list, shape::<Page<UnitIdentity>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let scheme = call.part("list", |word| match word {
        "63" => Some(Scheme::Old63),
        "34" => Some(Scheme::New34),
        _ => None,
    })?;
    let units = &call.state.reference.units;
    let listed = units
        .iter()
        .filter(|unit| scheme.is_none_or(|scheme| unit.id.scheme() == scheme));
    Window::read(call)?.page(call, listed, |unit| UnitIdentity::of(unit, units))
}

pub(super) static GET: Operation = Operation {
    about: (
        "Một đơn vị: các khâu, thay đổi, dự báo, thời hạn và đợt cao điểm trong một tuần",
        "One unit: its stages, change, forecast, deadlines and campaigns in one week",
    ),
    parameters: &[UNIT_PATH, LANG, UNITS, AS_OF, KNOWN_ON],
    ..Operation::read(get, shape::<UnitDetail>)
};

fn get(call: &Call) -> Result<Reply, Problem> {
    let unit = call.unit()?;
    let snapshot = call.snapshot()?;
    let units = &call.state.reference.units;
    let identity = units.find(unit).map(|unit| UnitIdentity::of(unit, units));
    let report = &snapshot.report;
    let province = snapshot.province(unit);
    Reply::json(&UnitDetail {
        identity: identity.ok_or_else(|| Problem::not_found(&unit.to_string()))?,
        week: report.week.to_string(),
        known_on: report.known_on,
        units: report.view.key(),
        report: province.map(|province| UnitReport {
            forecast: UnitEntry::of(report, unit),
            ..UnitReport::of(&province, &|unit| {
                units.name_on(unit, report.week.last_day())
            })
        }),
    })
}

impl UnitReport {
    fn of(report: &ProvinceReport, name: &dyn Fn(UnitId) -> Text) -> Self {
        let member = |(unit, name): &(UnitId, Text)| NamedUnit {
            unit: unit.to_string(),
            name: name.clone(),
        };
        Self {
            name: report.name.clone(),
            members: report.members.iter().map(member).collect(),
            stages: StageFigures::all(&report.headlines, name),
            change: report.change.as_ref().map(ChangeFigures::from),
            group: report.group.key(),
            forecast: None,
            deadlines: report.deadlines.iter().map(DeadlineEntry::from).collect(),
            campaigns: report
                .campaigns
                .iter()
                .map(|one: &Campaign| one.into())
                .collect(),
        }
    }
}

/// A value that a file gave.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportedValue {
    /// The unit that reported it.
    unit: String,
    /// The day it is true for.
    as_of: NaiveDate,
    /// A part of the unit; null is the unit as a whole.
    sub_unit: Option<String>,
    record_type: &'static str,
    route: &'static str,
    count_unit: &'static str,
    value: i64,
    /// Whether the sender wrote it as "about".
    approximate: bool,
    /// The submission it came in.
    submission: i64,
    file_name: String,
    submitted_by: String,
    recorded_at: DateTime<Utc>,
    /// Whether its submission was taken back.
    withdrawn: bool,
    /// Whether it is the value that counts.
    counts: bool,
}

pub(super) static HISTORY: Operation = Operation {
    about: (
        "Mọi giá trị mà các tệp đã nêu cho một khâu của đơn vị trong một tuần, và giá trị nào được tính",
        "Every value that files gave for a stage of a unit in a week, and which one counts",
    ),
    parameters: &[
        UNIT_PATH,
        LANG,
        Parameter::query(
            "stage",
            Form::Stage,
            (
                "Khâu; mặc định transferred",
                "The stage; transferred where it is not asked",
            ),
        ),
        AS_OF,
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("as_of", "/as_of"),
        ("sub_unit", "/sub_unit"),
        ("record_type", "/record_type"),
        ("route", "/route"),
        ("count_unit", "/count_unit"),
        ("value", "/value"),
        ("approximate", "/approximate"),
        ("submission", "/submission"),
        ("file_name", "/file_name"),
        ("submitted_by", "/submitted_by"),
        ("recorded_at", "/recorded_at"),
        ("withdrawn", "/withdrawn"),
        ("counts", "/counts"),
    ])],
    ..Operation::read(history, shape::<Page<ReportedValue>>)
};

fn history(call: &Call) -> Result<Reply, Problem> {
    let unit = call.unit()?;
    let stage = call
        .part("stage", Stage::from_key)?
        .unwrap_or(Stage::Transferred);
    let window = Window::read(call)?;
    let week = match call.view()?.as_of {
        Some(day) => Week::containing(day),
        None => call.snapshot()?.report.week,
    };
    let values = call
        .state
        .reported_values(unit, stage, week, window.known_on)?;
    window.page(call, values, |value| ReportedValue {
        unit: value.row.unit.to_string(),
        as_of: value.row.as_of,
        sub_unit: value.row.sub_unit.map(|part| part.to_string()),
        record_type: value.row.record_type.key(),
        route: value.row.route.key(),
        count_unit: value.row.count_unit.key(),
        value: value.reported.count.to_i64(),
        approximate: value.reported.approximate,
        submission: value.submission.0,
        file_name: value.file_name,
        submitted_by: value.submitted_by,
        recorded_at: value.recorded_at,
        withdrawn: value.state != store::domain::SubmissionState::Standing,
        counts: value.counts,
    })
}
