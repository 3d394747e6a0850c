//! Forecasts: the table, one unit, and a scenario beside the table.

use chrono::{DateTime, NaiveDate, Utc};
use reports::forecast::{Completion, DeadlineOutlook, DeadlinePace};
use reports::model::Compared;
use reports::render::{ForecastTable, UnitEntry, forecast_json};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::UnitId;

use super::call::Call;
use super::operation::{Operation, shape};
use super::parameter::{AS_OF, FOLLOWED, Form, KNOWN_ON, LANG, Parameter, UNIT_PATH, UNITS};
use super::problem::Problem;
use super::reply::Reply;
use super::table::{CSV, Table};
use crate::error::ServerError;
use crate::pages::scenario::{Asked, ScenarioQuery};

pub(super) static TABLE: Operation = Operation {
    about: (
        "Bảng dự báo, đúng như lệnh “sohoa forecast --format json” in ra",
        "The forecast table, as `sohoa forecast --format json` prints it",
    ),
    parameters: &[LANG, UNITS, AS_OF, KNOWN_ON, FOLLOWED],
    tables: &[Table {
        media: CSV,
        rows: "/forecasts",
        flow: None,
        columns: &[
            ("unit", "/unit"),
            ("name_vi", "/name/vi"),
            ("name_en", "/name/en"),
            ("stage", "/stage"),
            ("state", "/state"),
            ("reason", "/reason"),
            ("group", "/group"),
            ("done", "/done"),
            ("total", "/total"),
            ("share", "/share"),
            ("remaining", "/remaining"),
            ("p10", "/p10"),
            ("p50", "/p50"),
            ("p90", "/p90"),
            ("deadline", "/deadline"),
            ("slowest", "/slowest"),
            ("chance", "/chance"),
            ("actual_rate", "/actual_rate"),
            ("required_rate", "/required_rate"),
            ("source", "/source"),
        ],
    }],
    ..Operation::read(table, shape::<ForecastTable>)
};

fn table(call: &Call) -> Result<Reply, Problem> {
    let written = forecast_json(&call.forecast()?.report);
    Ok(Reply::bytes(written.map_err(|error| {
        ServerError::Internal(error.to_string())
    })?))
}

pub(super) static UNIT: Operation = Operation {
    about: ("Dự báo của một đơn vị", "The forecast of one unit"),
    parameters: &[UNIT_PATH, LANG, UNITS, AS_OF, KNOWN_ON, FOLLOWED],
    ..Operation::read(unit, shape::<UnitEntry>)
};

fn unit(call: &Call) -> Result<Reply, Problem> {
    let unit = call.unit()?;
    let entry = UnitEntry::of(&call.forecast()?.report, unit);
    Reply::json(&entry.ok_or_else(|| Problem::not_found(&unit.to_string()))?)
}

/// A scenario beside the forecast.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Scenario {
    week: String,
    known_on: DateTime<Utc>,
    units: &'static str,
    /// How many changes the scenario makes; 0 is the forecast itself.
    changes: usize,
    national: Beside,
    /// The units that it changes.
    changed: Vec<UnitBeside>,
    /// Where one more team would bring the national date forward most.
    teams: Vec<Team>,
}

/// A date if nothing is decided, and under the scenario.
#[derive(Serialize, JsonSchema)]
struct Beside {
    base: Side,
    scenario: Side,
    /// By how many days the median is later; null where one of the two is absent.
    days_later: Option<i64>,
}

#[derive(Serialize, JsonSchema)]
struct UnitBeside {
    unit: String,
    #[serde(flatten)]
    beside: Beside,
}

/// A date with the chance of the deadline.
#[derive(Serialize, JsonSchema)]
struct Side {
    p10: Option<NaiveDate>,
    p50: Option<NaiveDate>,
    p90: Option<NaiveDate>,
    chance: Option<f64>,
    required_rate: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct Team {
    unit: String,
    /// By how many days the national median comes forward; null where it is after the horizon.
    days_sooner: Option<i64>,
}

impl Side {
    fn of(date: Option<&Completion>, deadline: Option<&DeadlineOutlook>) -> Self {
        let pace = deadline.map(|outlook| outlook.pace);
        Self {
            p10: date.and_then(Completion::p10),
            p50: date.and_then(Completion::p50),
            p90: date.and_then(Completion::p90),
            chance: pace
                .and_then(DeadlinePace::chance)
                .map(|chance| chance.value()),
            required_rate: pace.and_then(DeadlinePace::required_rate),
        }
    }
}

impl Beside {
    fn of(compared: &Compared<'_>) -> Self {
        Self {
            base: Side::of(compared.base, compared.base_deadline),
            scenario: Side::of(compared.changed, compared.changed_deadline),
            days_later: compared.days_later(50),
        }
    }
}

/// A part of a scenario.
const fn asked(name: &'static str, form: Form, about: (&'static str, &'static str)) -> Parameter {
    Parameter::query(name, form, about)
}

pub(super) static SCENARIO: Operation = Operation {
    about: (
        "Nếu thay đổi thì sao: kịch bản đặt cạnh dự báo, cùng các số ngẫu nhiên",
        "What if: a scenario beside the forecast, on the same random numbers",
    ),
    parameters: &[
        LANG,
        UNITS,
        AS_OF,
        KNOWN_ON,
        FOLLOWED,
        asked(
            "unit",
            Form::Unit,
            ("Đơn vị có tốc độ khác", "The unit with another rate"),
        ),
        asked(
            "percent",
            Form::Number(1000.0),
            ("Tốc độ của đơn vị, phần trăm", "Its rate in percent"),
        ),
        asked("from", Form::Day, ("Từ ngày", "From this day")),
        asked(
            "giver",
            Form::Unit,
            ("Đơn vị hỗ trợ", "The unit that gives capacity"),
        ),
        asked(
            "taker",
            Form::Unit,
            ("Đơn vị được hỗ trợ", "The unit that receives it"),
        ),
        asked(
            "share",
            Form::Number(100.0),
            (
                "Phần năng lực chuyển, phần trăm",
                "The share that is moved, in percent",
            ),
        ),
        asked("moved_on", Form::Day, ("Từ ngày", "From this day")),
        asked(
            "campaign",
            Form::Number(1000.0),
            (
                "Tốc độ cả nước trong đợt cao điểm, phần trăm",
                "The rate of all in a campaign, in percent",
            ),
        ),
        asked("begins", Form::Day, ("Ngày bắt đầu đợt", "Its first day")),
        asked(
            "ends",
            Form::Day,
            ("Ngày sau khi đợt kết thúc", "The day after its last"),
        ),
        asked("deadline", Form::Day, ("Thời hạn khác", "Another deadline")),
        asked(
            "team",
            Form::Number(1e9),
            (
                "Số trường hợp một tổ thêm làm mỗi tuần",
                "What one more team does in a week",
            ),
        ),
    ],
    ..Operation::read(scenario, shape::<Scenario>)
};

fn scenario(call: &Call) -> Result<Reply, Problem> {
    let query = ScenarioQuery::of(|name| call.raw(name));
    let asked = Asked::read(&query)?;
    let snapshot = call.forecast()?;
    let (scenario, what_if) = asked.what_if(&snapshot)?;
    let report = &snapshot.report;
    let changed = what_if
        .changed_units()
        .map(|(unit, compared): (UnitId, _)| UnitBeside {
            unit: unit.to_string(),
            beside: Beside::of(&compared),
        });
    let teams = what_if.teams.iter().map(|team| Team {
        unit: team.unit.to_string(),
        days_sooner: team.days,
    });
    Reply::json(&Scenario {
        week: report.week.to_string(),
        known_on: report.known_on,
        units: report.view.key(),
        changes: scenario.changes.len(),
        national: Beside::of(&what_if.national()),
        changed: changed.collect(),
        teams: teams.collect(),
    })
}
