//! The series: what was reported of each stage by each unit in each week. As SDMX-CSV for statistical offices.

use reports::model::{StagePoint, WeekPoint};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Stage, UnitId, Week};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{AS_OF, CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter, UNIT, UNITS};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use super::wire::number;

/// One stage of one unit in one week.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Observation {
    /// The unit; `VN` is the nation.
    unit: String,
    week: String,
    stage: &'static str,
    count_unit: &'static str,
    /// What was reported; null where nobody reported, which is not zero.
    reported: Option<i64>,
    /// With missing units carried forward; null where nobody ever reported.
    estimate: Option<i64>,
    reporting: usize,
    expected: usize,
    /// As SDMX has it: `A` all reported, `U` some are missing, `O` nobody reported.
    obs_status: &'static str,
    /// `W`: weekly.
    freq: &'static str,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Chuỗi số liệu: đơn vị × tuần × khâu; không nêu đơn vị là toàn quốc rồi mọi đơn vị được xem",
        "The series: unit × week × stage; the nation and then every unit that the visitor may read, where none is asked",
    ),
    parameters: &[
        LANG,
        UNIT,
        UNITS,
        Parameter::query("stage", Form::Stage, ("Chỉ khâu này", "This stage only")),
        Parameter::query("from", Form::Week, ("Tuần đầu", "The first week")),
        Parameter::query("to", Form::Week, ("Tuần cuối", "The last week")),
        AS_OF,
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
    tables: &[
        Table::csv(&[
            ("unit", "/unit"),
            ("week", "/week"),
            ("stage", "/stage"),
            ("count_unit", "/count_unit"),
            ("reported", "/reported"),
            ("estimate", "/estimate"),
            ("reporting", "/reporting"),
            ("expected", "/expected"),
        ]),
        Table::sdmx(
            "SOHOA:DIGITIZATION(1.0)",
            &[
                ("FREQ", "/freq"),
                ("REF_AREA", "/unit"),
                ("STAGE", "/stage"),
                ("UNIT_MEASURE", "/count_unit"),
                ("TIME_PERIOD", "/week"),
                ("OBS_VALUE", "/reported"),
                ("OBS_STATUS", "/obs_status"),
            ],
        ),
    ],
    ..Operation::read(list, shape::<Page<Observation>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let stage = call.part("stage", Stage::from_key)?;
    let (from, to) = (
        call.part("from", Week::parse)?,
        call.part("to", Week::parse)?,
    );
    let window = Window::read(call)?;
    let snapshot = call.snapshot()?;
    let report = &snapshot.report;
    let of_unit = |unit: UnitId| {
        let weekly = snapshot.province(unit).map(|province| province.weekly);
        weekly.map(|weekly| (unit.to_string(), weekly))
    };
    // Made one after another: most pages end before the last unit.
    let all: Box<dyn Iterator<Item = (String, Vec<WeekPoint>)> + '_> = match unit {
        Some(unit) => Box::new(of_unit(unit).into_iter()),
        None => {
            let nation = ("VN".to_owned(), report.weekly.clone());
            let nation = Some(nation).filter(|_| call.visitor.province().is_none());
            let rows = report.rows.iter().filter(|row| call.reaches(row.unit));
            let rows = rows.filter_map(|row| of_unit(row.unit));
            Box::new(nation.into_iter().chain(rows))
        }
    };
    let count_unit = report.count_unit.key();
    let within =
        |week: Week| from.is_none_or(|from| from <= week) && to.is_none_or(|to| week <= to);
    let points = all.flat_map(|(owner, weekly)| {
        let points = weekly.into_iter().filter(|point| within(point.week));
        points.flat_map(move |point| {
            let owner = owner.clone();
            let week = point.week;
            point
                .stages
                .into_iter()
                .map(move |stage| (owner.clone(), week, stage))
        })
    });
    let wanted = points.filter(|(_, _, point)| stage.is_none_or(|stage| point.stage == stage));
    window.page(call, wanted, |(unit, week, point)| {
        observation(unit, week, point, count_unit)
    })
}

fn observation(
    unit: String,
    week: Week,
    point: StagePoint,
    count_unit: &'static str,
) -> Observation {
    Observation {
        unit,
        week: week.to_string(),
        stage: point.stage.key(),
        count_unit,
        reported: number(point.reported),
        estimate: number(point.estimate),
        reporting: point.reporting,
        expected: point.expected,
        obs_status: match point.reporting {
            0 => "O",
            all if all == point.expected => "A",
            _ => "U",
        },
        freq: "W",
    }
}
