//! Deadlines and campaigns.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Campaign, Text};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, KNOWN_ON, LANG, LIMIT, UNIT};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use super::wire::DeadlineEntry;
use crate::snapshots::known_deadlines;

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
    parameters: &[LANG, UNIT, LIMIT, CURSOR],
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
    let all = call.state.reference.calendar.campaigns.iter();
    let own = all.filter(|campaign| call.wants(unit, campaign.unit));
    Window::read(call)?.page(call, own, CampaignEntry::from)
}
