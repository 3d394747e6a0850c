//! The files that were recorded: a list, and each file as it came.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType, LOCATION};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use store::domain::{Language, Submission, SubmissionId, SubmissionState, Text, UnitId, Units};

use super::page::moment;
use super::{Page, html};
use crate::access::Visitor;
use crate::error::ServerError;
use crate::line::{NOTE, line};
use crate::state::State;
use crate::view::View;

/// How many files a page lists; older ones are found on the page of their province.
const LISTED: i64 = 200;

#[derive(Template)]
#[template(path = "files.html")]
struct FilesPage {
    page: Page,
    rows: Vec<FileRow>,
    listed: i64,
}

/// A recorded file in a list.
pub(crate) struct FileRow {
    pub(crate) id: SubmissionId,
    pub(crate) file_name: String,
    pub(crate) form: &'static str,
    pub(crate) units: String,
    pub(crate) as_of: String,
    pub(crate) rows: String,
    pub(crate) recorded_at: String,
    pub(crate) submitted_by: String,
    pub(crate) sha256: String,
    pub(crate) withdrawn: Option<String>,
}

impl FileRow {
    pub(crate) fn new(submission: &Submission, units: &Units, language: Language) -> Self {
        let as_of = submission.as_of.map_or_else(String::new, |(first, last)| {
            if first == last {
                language.date(last)
            } else {
                format!("{} – {}", language.date(first), language.date(last))
            }
        });
        let form = match submission.form.as_str() {
            "reconciliation" => language.pick("Đối chiếu", "Reconciliation"),
            "published" => language.pick("Số liệu đã công bố", "Published figures"),
            _ => language.pick("Số đếm", "Counts"),
        };
        let withdrawn = match &submission.state {
            SubmissionState::Standing => None,
            SubmissionState::Withdrawn { at, by, reason } => {
                Some(format!("{} · {by} · {reason}", moment(language, *at)))
            }
        };
        Self {
            id: submission.id,
            file_name: submission.file_name.clone(),
            form,
            units: names(&submission.units, submission, units, language),
            as_of,
            rows: language.whole(i64::try_from(submission.rows).unwrap_or(i64::MAX)),
            recorded_at: moment(language, submission.recorded_at),
            submitted_by: submission.submitted_by.clone(),
            sha256: submission.sha256.short(),
            withdrawn,
        }
    }
}

/// The rows of a list of files.
pub(crate) fn file_rows(files: &[Submission], units: &Units, language: Language) -> Vec<FileRow> {
    let row = |file| FileRow::new(file, units, language);
    files.iter().map(row).collect()
}

/// Up to three names; more are counted.
fn names(ids: &[UnitId], submission: &Submission, units: &Units, language: Language) -> String {
    const NAMED: usize = 3;
    let day = submission
        .as_of
        .map_or_else(|| submission.recorded_at.date_naive(), |(_, last)| last);
    let name = |id: &UnitId| units.name_on(*id, day).in_language(language).to_owned();
    let named: Vec<String> = ids.iter().take(NAMED).map(name).collect();
    match ids.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} +{more}", named.join(", ")),
    }
}

/// The latest recorded files that a visitor may see, the newest first: of a province those that tell of nobody else. About one
/// unit where one is given.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub(crate) fn seen_files(
    state: &State,
    (visitor, unit): (Visitor, Option<UnitId>),
    (known_on, most): (DateTime<Utc>, i64),
) -> Result<Vec<Submission>, ServerError> {
    let list = |unit, most| state.store.list_submissions(unit, known_on, most);
    let Some(province) = visitor.province() else {
        return Ok(list(unit, most)?);
    };
    let family = state.reference.units.family(province).into_iter();
    let asked = family.filter(|own| unit.is_none_or(|unit| unit == *own));
    let mut own: BTreeMap<Reverse<SubmissionId>, Submission> = BTreeMap::new();
    for unit in asked {
        let files = list(Some(unit), i64::MAX)?.into_iter();
        let files = files.filter(|file| state.may_show(visitor, file));
        own.extend(files.map(|file| (Reverse(file.id), file)));
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    Ok(own.into_values().take(most).collect())
}

/// Lists the latest recorded files.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_files(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    let units = &state.reference.units;
    let files = web::block(move || {
        let known_on = view.known_moment(state.latest_moment()?);
        seen_files(&state, (view.visitor, None), (known_on, LISTED))
    })
    .await??;
    let synthetic = files.iter().any(|file| file.synthetic);
    let title = Text::new("Tệp đã nhận", "Recorded files");
    html(&FilesPage {
        page: Page::new(view, "/files", &title, synthetic),
        rows: file_rows(&files, units, view.language),
        listed: LISTED,
    })
}

/// Gives back a file exactly as it came.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of that number.
pub async fn get_file(
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, ServerError> {
    let id = SubmissionId(id.into_inner());
    let file = web::block(move || state.store.find_file(id)).await??;
    let (name, bytes) = file.ok_or_else(|| ServerError::NotFound(format!("submission {id}")))?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(name)],
        })
        .body(bytes))
}

/// Why a file is taken back or restored.
#[derive(Debug, Deserialize)]
pub struct TurnForm {
    reason: String,
}

/// Takes a file back, or lets it count again where the address says so.
///
/// # Errors
/// [`ServerError`] where there is none, no reason is given, or it is so already.
pub async fn turn_file(
    state: web::Data<State>,
    path: web::Path<(i64, String)>,
    view: View,
    form: web::Form<TurnForm>,
) -> Result<HttpResponse, ServerError> {
    let (id, deed) = path.into_inner();
    let (id, now) = (SubmissionId(id), (state.clock)());
    let by = view.visitor.name();
    let reason = line("reason", &form.reason, NOTE)?.to_owned();
    web::block(move || match deed.as_str() {
        "withdraw" => Ok(state.store.withdraw_submission(id, &by, &reason, now)?),
        "restore" => Ok(state.store.restore_submission(id, &by, &reason, now)?),
        other => Err(ServerError::NotFound(other.chars().take(40).collect())),
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/files")))
        .finish())
}
