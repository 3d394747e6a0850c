//! Weeks for which a province is not reminded: those in force, given and ended.

use chrono::{DateTime, NaiveDate, Utc};
use reports::model::Latecomer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::{Exemption, Text};

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::parameter::{AS_OF, KNOWN_ON, LANG};
use super::problem::Problem;
use super::reply::Reply;
use crate::letters::calendar;
use crate::line::{NOTE, line};
use crate::pages::exemptions::{ended, record};

/// A province that is not reminded until a day; its report counts as missing all the same.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Exemption")]
pub(crate) struct ExemptionEntry {
    unit: String,
    name: Text,
    first_day: NaiveDate,
    last_day: NaiveDate,
    reason: String,
    given_by: String,
    given_at: DateTime<Utc>,
}

/// The exemptions in force in a week.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Exemptions {
    week: String,
    exemptions: Vec<ExemptionEntry>,
}

/// An exemption from the week shown on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewExemption {
    /// The province, such as p49.
    #[schemars(regex(pattern = r"^[pq][0-9]{2}$"))]
    unit: String,
    /// The last day of it, at most half a year away.
    last_day: NaiveDate,
    #[schemars(length(min = 1, max = 500))]
    reason: String,
}

/// The end of an exemption with the week shown.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExemptionEnd {
    /// The province, such as p49.
    #[schemars(regex(pattern = r"^[pq][0-9]{2}$"))]
    unit: String,
    #[schemars(length(min = 1, max = 500))]
    reason: String,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các đơn vị không bị nhắc trong một tuần, đến khi nào và vì sao",
        "The units that are not reminded in a week, until when and why",
    ),
    parameters: &[LANG, AS_OF, KNOWN_ON],
    ..Operation::read(list, shape::<Exemptions>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let snapshot = call.snapshot()?;
    let lateness = calendar(&call.state, &snapshot)?;
    let entry = |row: &&Latecomer| {
        let given = row.exemption.as_ref()?;
        Some(ExemptionEntry {
            unit: row.unit.to_string(),
            name: row.name.clone(),
            first_day: given.exemption.first_day,
            last_day: given.exemption.last_day,
            reason: given.exemption.reason.clone(),
            given_by: given.by.clone(),
            given_at: given.at,
        })
    };
    Reply::json(&Exemptions {
        week: snapshot.report.week.to_string(),
        exemptions: lateness.exempt().iter().filter_map(entry).collect(),
    })
}

pub(super) static GIVE: Operation = Operation {
    about: (
        "Không nhắc một đơn vị từ tuần được xem đến một ngày; báo cáo vẫn tính là thiếu",
        "Does not remind a unit from the week shown until a day; its report still counts as missing",
    ),
    parameters: &[LANG, AS_OF],
    carries: Carries::Json(shape::<NewExemption>),
    ..Operation::read(give, shape::<Exemptions>)
};

fn give(call: &Call) -> Result<Reply, Problem> {
    let new = call.json::<NewExemption>()?;
    let reason = line("reason", &new.reason, NOTE)?;
    let asked = (&*call.snapshot()?, new.unit.as_str());
    record(&call.state, asked, &call.by, |row, week| {
        Ok(Exemption {
            unit: row.unit,
            first_day: week.first_day(),
            last_day: new.last_day,
            reason: reason.to_owned(),
        })
    })?;
    list(call)
}

pub(super) static END: Operation = Operation {
    about: (
        "Chấm dứt từ tuần được xem: đơn vị phải báo cáo lại",
        "Ends it with the week shown: the unit has to report again",
    ),
    parameters: &[LANG, AS_OF],
    carries: Carries::Json(shape::<ExemptionEnd>),
    ..Operation::read(end, shape::<Exemptions>)
};

fn end(call: &Call) -> Result<Reply, Problem> {
    let end = call.json::<ExemptionEnd>()?;
    let reason = line("reason", &end.reason, NOTE)?;
    let asked = (&*call.snapshot()?, end.unit.as_str());
    record(&call.state, asked, &call.by, |row, week| {
        ended(row, week, reason.to_owned())
    })?;
    list(call)
}
