//! Meeting packs: those that were issued, and the line of those that are asked for.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use reports::pack::{LEAST_PERCENT, unpacked};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::domain::{Digest, IssuedPack};

use super::call::Call;
use super::operation::{Carries, Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, KNOWN_ON, LANG, LIMIT, NUMBER_PATH};
use super::problem::Problem;
use super::reply::Reply;
use super::table::Table;
use crate::mailing::require_mail;
use crate::packs::{Job, Progress, Queue, STEPS};
use crate::pages::packs::{PackForm, find, read};

/// An issued pack.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Pack")]
pub(crate) struct PackEntry {
    number: i64,
    recorded_at: DateTime<Utc>,
    issued_by: String,
    /// Up to when it looks: a day, a week or a quarter.
    cutoff: String,
    known_on: DateTime<Utc>,
    units: &'static str,
    language: &'static str,
    least_percent: u8,
    /// Whether enough units had reported.
    complete: bool,
    version: String,
    /// The digest of the list of its files with their digests.
    sha256: String,
}

impl From<&IssuedPack> for PackEntry {
    fn from(pack: &IssuedPack) -> Self {
        let issue = &pack.issue;
        Self {
            number: pack.number,
            recorded_at: pack.recorded_at,
            issued_by: issue.issued_by.clone(),
            cutoff: issue.cutoff.clone(),
            known_on: issue.known_on,
            units: issue.view.key(),
            language: issue.language.key(),
            least_percent: issue.least_percent,
            complete: issue.complete,
            version: issue.version.clone(),
            sha256: issue.sha256.to_string(),
        }
    }
}

/// An issued pack with its files.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PackDetail {
    pack: PackEntry,
    files: Vec<PackFileEntry>,
}

#[derive(Serialize, JsonSchema)]
struct PackFileEntry {
    path: String,
    size: usize,
    sha256: String,
    /// Where it is.
    address: String,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các bộ tài liệu họp đã phát hành, mới nhất trước",
        "The meeting packs that were issued, newest first",
    ),
    parameters: &[LANG, KNOWN_ON, LIMIT, CURSOR],
    tables: &[Table::csv(&[
        ("number", "/number"),
        ("recorded_at", "/recorded_at"),
        ("issued_by", "/issued_by"),
        ("cutoff", "/cutoff"),
        ("known_on", "/known_on"),
        ("units", "/units"),
        ("language", "/language"),
        ("complete", "/complete"),
        ("sha256", "/sha256"),
    ])],
    ..Operation::read(list, shape::<Page<PackEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let window = Window::of_entries(call)?;
    let packs = call.state.store.list_packs(i64::MAX)?;
    let known = packs
        .iter()
        .filter(|pack| pack.recorded_at <= window.known_on);
    window.page(call, known, PackEntry::from)
}

pub(super) static GET: Operation = Operation {
    about: ("Một bộ tài liệu và các tệp của nó", "A pack and its files"),
    parameters: &[NUMBER_PATH, LANG],
    ..Operation::read(get, shape::<PackDetail>)
};

fn get(call: &Call) -> Result<Reply, Problem> {
    let (pack, archive) = find(&call.state, call.number()?)?;
    let number = pack.number;
    let files = unpacked(&archive).map_err(crate::error::ServerError::from)?;
    let file = |file: &reports::pack::PackFile| PackFileEntry {
        path: file.path.clone(),
        size: file.bytes.len(),
        sha256: Digest::of(&file.bytes).to_string(),
        address: format!("/packs/{number}/{}", file.path),
    };
    Reply::json(&PackDetail {
        pack: PackEntry::from(&pack),
        files: files.iter().map(file).collect(),
    })
}

pub(super) static ARCHIVE: Operation = Operation {
    about: (
        "Mọi tệp của bộ tài liệu trong một tệp nén",
        "All files of a pack in one archive",
    ),
    parameters: &[NUMBER_PATH, LANG],
    ..Operation::file(archive, "application/zip")
};

fn archive(call: &Call) -> Result<Reply, Problem> {
    let (pack, archive) = find(&call.state, call.number()?)?;
    Ok(Reply {
        file_name: Some(format!("sohoa-{}-{}.zip", pack.issue.cutoff, pack.number)),
        ..Reply::bytes(archive)
    })
}

/// What a pack is asked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PackOrder")]
pub(crate) struct OrderBody {
    /// `2024-07-18`, `2024-W29` or `2024-Q3`.
    cutoff: String,
    /// A day or a moment; now where it is absent.
    #[serde(default)]
    known_on: String,
    /// `as-reported`, `63` or `34`; as reported where it is absent.
    units: Option<String>,
    /// `vi` or `en`; Vietnamese where it is absent.
    language: Option<String>,
    /// The least share of units that must have reported, in percent.
    #[schemars(range(max = 100))]
    least_percent: Option<u8>,
    /// The numbers of the contacts that it is mailed to once it is issued.
    #[serde(default)]
    contacts: Vec<i64>,
}

/// A pack that was asked for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PackJob")]
pub(crate) struct JobEntry {
    /// Its number in the line since the server started.
    number: u64,
    cutoff: String,
    known_on: DateTime<Utc>,
    units: &'static str,
    language: &'static str,
    /// `waiting`, `running`, `issued`, `cancelled` or `failed`.
    state: &'static str,
    /// How many steps are done.
    step: usize,
    steps: usize,
    /// The number of the pack; null until it is issued.
    pack: Option<i64>,
    /// Why it could not be made; null otherwise.
    reason: Option<String>,
}

impl From<&Job> for JobEntry {
    fn from(job: &Job) -> Self {
        let (state, step) = match &job.progress {
            Progress::Waiting => ("waiting", 0),
            Progress::Running(step, _) => ("running", *step),
            Progress::Issued(_) => ("issued", STEPS),
            Progress::Cancelled => ("cancelled", 0),
            Progress::Failed(_) => ("failed", 0),
        };
        Self {
            number: job.number,
            cutoff: job.order.cutoff.to_string(),
            known_on: job.order.known_on,
            units: job.order.view.key(),
            language: job.order.language.key(),
            state,
            step,
            steps: STEPS,
            pack: match job.progress {
                Progress::Issued(number) => Some(number),
                _ => None,
            },
            reason: match &job.progress {
                Progress::Failed(reason) => Some(reason.clone()),
                _ => None,
            },
        }
    }
}

/// The packs in line.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Line {
    orders: Vec<JobEntry>,
}

pub(super) static LINE: Operation = Operation {
    about: (
        "Các bộ tài liệu đang chờ, đang lập và vừa xong",
        "The packs that wait, are made or have just ended",
    ),
    parameters: &[LANG],
    ..Operation::read(line, shape::<Line>)
};

fn line(call: &Call) -> Result<Reply, Problem> {
    let jobs = call.state.packs.jobs();
    Reply::json(&Line {
        orders: jobs.iter().map(JobEntry::from).collect(),
    })
}

pub(super) static ORDER: Operation = Operation {
    about: (
        "Đặt lập một bộ tài liệu; trả lời ngay, xem tiến độ ở địa chỉ trong “Location”",
        "Asks for a pack; answered at once, its progress is at the address in “Location”",
    ),
    parameters: &[LANG],
    carries: Carries::Json(shape::<OrderBody>),
    done: StatusCode::ACCEPTED,
    ..Operation::read(order, shape::<JobEntry>)
};

fn order(call: &Call) -> Result<Reply, Problem> {
    let body: OrderBody = call.json()?;
    let least = body.least_percent.unwrap_or(LEAST_PERCENT);
    let form = PackForm {
        cutoff: body.cutoff,
        known_on: body.known_on,
        units: body.units.unwrap_or_else(|| "as-reported".to_owned()),
        language: body.language.unwrap_or_else(|| "vi".to_owned()),
        least_percent: least.to_string(),
        chosen: BTreeMap::new(),
    };
    if !body.contacts.is_empty() {
        require_mail(&call.state)?;
    }
    let order = read(&form, call.state.latest_moment()?)?;
    let number = Queue::ask(&call.state, order, (call.by.clone(), body.contacts))?;
    let job = find_job(call, number)?;
    Ok(Reply {
        status: StatusCode::ACCEPTED,
        location: Some(format!("/api/v1/pack-orders/{number}")),
        ..Reply::json(&JobEntry::from(&job))?
    })
}

fn find_job(call: &Call, number: u64) -> Result<Job, Problem> {
    let job = call
        .state
        .packs
        .jobs()
        .into_iter()
        .find(|job| job.number == number);
    job.ok_or_else(|| Problem::not_found(&format!("order {number}")))
}

pub(super) static ORDER_STATE: Operation = Operation {
    about: (
        "Một bộ tài liệu đã đặt, đến đâu rồi",
        "A pack that was asked for, and how far it is",
    ),
    parameters: &[NUMBER_PATH, LANG],
    ..Operation::read(order_state, shape::<JobEntry>)
};

fn order_state(call: &Call) -> Result<Reply, Problem> {
    let job = find_job(call, call.number()?.unsigned_abs())?;
    Reply::json(&JobEntry::from(&job))
}

pub(super) static CANCEL: Operation = Operation {
    about: (
        "Hủy bộ tài liệu chưa xong; đã phát hành thì giữ nguyên",
        "Cancels a pack that is not finished; an issued one stays",
    ),
    parameters: &[NUMBER_PATH, LANG],
    ..Operation::read(cancel, shape::<JobEntry>)
};

fn cancel(call: &Call) -> Result<Reply, Problem> {
    let number = call.number()?.unsigned_abs();
    find_job(call, number)?;
    call.state.packs.cancel(number);
    Reply::json(&JobEntry::from(&find_job(call, number)?))
}
