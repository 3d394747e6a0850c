//! Deadlines and campaigns: their history, and recording them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::{Campaign, DeadlineKind, Text};

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, KNOWN_ON, LANG, LIMIT, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use super::wire::DeadlineEntry;
use crate::planning::Announced;
use crate::snapshots::{known_campaigns, known_deadlines};

/// A period of special effort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Campaign")]
pub(crate) struct CampaignEntry {
    /// Whose; null is the nation's.
    unit: Option<String>,
    first_day: NaiveDate,
    last_day: NaiveDate,
    name: Text,
}

impl From<&Campaign> for CampaignEntry {
    fn from(campaign: &Campaign) -> Self {
        Self {
            unit: campaign.unit.map(|unit| unit.to_string()),
            first_day: campaign.first_day,
            last_day: campaign.last_day,
            name: campaign.name.clone(),
        }
    }
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Lịch sử các thời hạn; thời hạn có hiệu lực là thời hạn công bố sau cùng",
        "The history of deadlines; the one announced last is in force",
    ),
    parameters: &[LANG, UNIT, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("due_on", "/due_on"),
        ("announced_on", "/announced_on"),
        ("kind", "/kind"),
        ("source_vi", "/source/vi"),
        ("source_en", "/source/en"),
    ])],
    ..Operation::read(list, shape::<Page<DeadlineEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let window = Window::read(call)?;
    let known = known_deadlines(&call.state.store, call.state.reference, window.known_on)?;
    let mut known: Vec<_> = known
        .iter()
        .filter(|deadline| call.wants(unit, deadline.unit))
        .collect();
    known.sort_by_key(|deadline| (deadline.announced_on, deadline.due_on, deadline.unit));
    window.page(call, known, DeadlineEntry::from)
}

pub(super) static CAMPAIGNS: Operation = Operation {
    about: ("Các đợt cao điểm", "The campaigns"),
    parameters: &[LANG, UNIT, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("first_day", "/first_day"),
        ("last_day", "/last_day"),
        ("name_vi", "/name/vi"),
        ("name_en", "/name/en"),
    ])],
    ..Operation::read(campaigns, shape::<Page<CampaignEntry>>)
};

fn campaigns(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let window = Window::read(call)?;
    let all = known_campaigns(&call.state.store, call.state.reference, window.known_on)?;
    let own = all
        .iter()
        .filter(|campaign| call.wants(unit, campaign.unit));
    window.page(call, own, CampaignEntry::from)
}

/// A deadline that is announced.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDeadline {
    /// Whose, such as p49; null or absent is the nation's.
    #[schemars(regex(pattern = r"^[pq][0-9]{2}$"))]
    unit: Option<String>,
    /// The last day of the work.
    due_on: NaiveDate,
    /// The day from which it is in force; null or absent is today in Viet Nam.
    announced_on: Option<NaiveDate>,
    kind: Kind,
    /// The law, plan or decision that set it, in Vietnamese.
    #[schemars(length(min = 1, max = 500))]
    source: String,
    /// The same in English; null or absent where it is the same.
    #[schemars(length(max = 500))]
    source_en: Option<String>,
}

/// Where a deadline comes from.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DeadlineKind")]
pub(crate) enum Kind {
    /// A law or decree.
    Legal,
    /// A plan of the ministry or the province.
    Plan,
    /// The end of a campaign.
    Campaign,
}

/// A campaign that is announced.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCampaign {
    /// Whose, such as p49; null or absent is the nation's.
    #[schemars(regex(pattern = r"^[pq][0-9]{2}$"))]
    unit: Option<String>,
    first_day: NaiveDate,
    last_day: NaiveDate,
    /// What it is called in Vietnamese.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// The same in English; null or absent where it is the same.
    #[schemars(length(max = 100))]
    name_en: Option<String>,
}

/// What was recorded, under the moment from which it is known.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Announcement")]
pub(crate) struct Recorded {
    /// The moment from which it is known.
    known_on: chrono::DateTime<chrono::Utc>,
}

pub(super) static RECORD: Operation = Operation {
    about: (
        "Ghi một thời hạn mới; thời hạn cũ được giữ",
        "Records a new deadline; the old ones are kept",
    ),
    parameters: &[LANG],
    carries: Carries::Json(shape::<NewDeadline>),
    ..Operation::read(record, shape::<Recorded>)
};

fn record(call: &Call) -> Result<Reply, Problem> {
    let new = call.json::<NewDeadline>()?;
    let kind = match new.kind {
        Kind::Legal => DeadlineKind::Legal,
        Kind::Plan => DeadlineKind::Plan,
        Kind::Campaign => DeadlineKind::Campaign,
    };
    let days = (new.due_on, new.announced_on);
    announced(
        call,
        new.unit.as_deref(),
        (&new.source, new.source_en.as_deref()),
    )?
    .record_deadline(&call.state, days, kind, &call.by)?;
    recorded(call)
}

pub(super) static RECORD_CAMPAIGN: Operation = Operation {
    about: ("Ghi một đợt cao điểm", "Records a campaign"),
    parameters: &[LANG],
    carries: Carries::Json(shape::<NewCampaign>),
    ..Operation::read(record_campaign, shape::<Recorded>)
};

fn record_campaign(call: &Call) -> Result<Reply, Problem> {
    let new = call.json::<NewCampaign>()?;
    announced(
        call,
        new.unit.as_deref(),
        (&new.name, new.name_en.as_deref()),
    )?
    .record_campaign(&call.state, (new.first_day, new.last_day), &call.by)?;
    recorded(call)
}

fn announced<'a>(
    call: &Call,
    unit: Option<&str>,
    (vi, en): (&'a str, Option<&'a str>),
) -> Result<Announced<'a>, Problem> {
    let known = |text: &str| {
        let unknown = || Problem::invalid("unit", "Không có đơn vị này.", "There is no such unit.");
        call.find_unit(text).ok_or_else(unknown)
    };
    Ok(Announced {
        unit: unit.map(known).transpose()?,
        vi,
        en: en.unwrap_or_default(),
    })
}

fn recorded(call: &Call) -> Result<Reply, Problem> {
    Reply::json(&Recorded {
        known_on: call.state.latest_moment()?,
    })
}
