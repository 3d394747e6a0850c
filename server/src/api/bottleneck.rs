//! Where work waits between two stages: of the nation and of every unit.

use chrono::{DateTime, Utc};
use reports::model::{Bottleneck, Queue, Wait};
use reports::words;
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::Text;

use super::call::Call;
use super::operation::{Operation, shape};
use super::parameter::VIEW;
use super::problem::Problem;
use super::reply::Reply;

/// Where work waits in one week.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Bottleneck")]
pub(crate) struct BottleneckReport {
    week: String,
    known_on: DateTime<Utc>,
    units: &'static str,
    /// The longest wait of the nation, in one sentence.
    summary: Text,
    national: Queues,
    /// The rows of the view, in their order.
    rows: Vec<Queues>,
}

/// The queues of the nation or of a unit, in the order of the work.
#[derive(Serialize, JsonSchema)]
struct Queues {
    /// Whose; null is the nation's.
    unit: Option<String>,
    queues: Vec<QueueEntry>,
}

/// What has passed one stage and waits for the next that is reported.
#[derive(Serialize, JsonSchema)]
struct QueueEntry {
    from: &'static str,
    to: &'static str,
    /// What waits, missing reports carried forward.
    waiting: i64,
    /// What passes in a week, over the last eight; null where that is not known.
    rate: Option<f64>,
    /// `empty`, `weeks`, `never` or `unknown`.
    wait: &'static str,
    /// How long it takes at this rate; null unless `wait` is `weeks`.
    weeks: Option<f64>,
    /// Whether it is the longest wait here that is worth naming.
    slowest: bool,
}

pub(super) static GET: Operation = Operation {
    about: (
        "Điểm nghẽn: công việc chờ lâu nhất giữa hai khâu nào, toàn quốc và từng đơn vị",
        "The bottleneck: between which two stages work waits longest, for the nation and every unit",
    ),
    parameters: &VIEW,
    ..Operation::read(get, shape::<BottleneckReport>)
};

fn get(call: &Call) -> Result<Reply, Problem> {
    let snapshot = call.snapshot()?;
    let report = &snapshot.report;
    let nation = &report.bottleneck;
    let units = report.rows.iter().map(|row| &row.bottleneck);
    Reply::json(&BottleneckReport {
        week: report.week.to_string(),
        known_on: report.known_on,
        units: report.view.key(),
        summary: words::bottleneck_words(nation.slowest()),
        national: Queues::from(nation),
        rows: units.map(Queues::from).collect(),
    })
}

impl From<&Bottleneck> for Queues {
    fn from(bottleneck: &Bottleneck) -> Self {
        let slowest = bottleneck.slowest();
        let entry = |queue: &Queue| {
            let (wait, weeks) = match queue.wait() {
                Wait::Empty => ("empty", None),
                Wait::Weeks(weeks) => ("weeks", Some(weeks)),
                Wait::Never => ("never", None),
                Wait::Unknown => ("unknown", None),
            };
            QueueEntry {
                from: queue.from.key(),
                to: queue.to.key(),
                waiting: queue.waiting.to_i64(),
                rate: queue.rate,
                wait,
                weeks,
                slowest: slowest == Some(queue),
            }
        };
        Self {
            unit: bottleneck.unit.map(|unit| unit.to_string()),
            queues: bottleneck.queues.iter().map(entry).collect(),
        }
    }
}
