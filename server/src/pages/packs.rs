//! The packs that were issued: a list, a form that asks for another, its progress, and every file to take away.

use std::collections::BTreeMap;

use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType, LOCATION};
use actix_web::{HttpResponse, web};
use askama::Template;
use reports::pack::{Cutoff, ISSUER, LEAST_PERCENT, PackOrder, unpacked};
use serde::Deserialize;
use store::domain::{Digest, IssuedPack, Language, Text, UnitView};

use super::mail_rows::{MailRow, Recipients};
use super::pack_rows::{FileRow, JobRow, PackRow};
use super::{Page, html};
use crate::error::ServerError;
use crate::mailing::{mail_pack, require_mail};
use crate::packs::{Job, Queue};
use crate::state::{State, local_day};
use crate::view::{KnownOn, View};

/// How many packs the page lists.
const LISTED: i64 = 50;

/// The name under which all files are given in one.
const ALL: &str = "all.zip";

#[derive(Template)]
#[template(path = "packs.html")]
struct PacksPage {
    page: Page,
    jobs: Vec<JobRow>,
    /// Whether one of them is not finished yet.
    in_the_making: bool,
    packs: Vec<PackRow>,
    cutoffs: Vec<String>,
    cutoff: String,
    known_on: String,
    least_percent: u8,
    recipients: Recipients,
}

#[derive(Template)]
#[template(path = "pack.html")]
struct PackPage {
    page: Page,
    pack: PackRow,
    files: Vec<FileRow>,
    command: String,
    recipients: Recipients,
    mails: Vec<MailRow>,
}

/// What the form asks for, as it came.
#[derive(Debug, Deserialize)]
pub struct PackForm {
    pub(crate) cutoff: String,
    #[serde(default)]
    pub(crate) known_on: String,
    pub(crate) units: String,
    pub(crate) language: String,
    pub(crate) least_percent: String,
    /// `contact-12` for each contact it is mailed to.
    #[serde(flatten)]
    pub(crate) chosen: BTreeMap<String, String>,
}

/// Which pack is cancelled.
#[derive(Debug, Deserialize)]
pub struct CancelForm {
    job: u64,
}

/// Lists the packs. While one is being made its progress is renewed, without a script by loading the page again.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_packs(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || page(&state, view)).await??)
}

fn page(state: &State, view: View) -> Result<PacksPage, ServerError> {
    let language = view.language;
    let latest = state.latest_moment()?;
    let synthetic = state.store.holds_synthetic(latest)?;
    let packs = state.store.list_packs(LISTED)?;
    let title = Text::new("Bộ tài liệu họp", "Meeting packs");
    let cutoffs = suggestions(local_day(latest));
    let recipients = Recipients::all(state, view)?;
    let jobs = state.packs.jobs();
    Ok(PacksPage {
        page: Page::new(view, "/packs", &title, synthetic),
        in_the_making: jobs.iter().any(Job::is_open),
        jobs: jobs
            .iter()
            .rev()
            .map(|job| JobRow::new(job, language))
            .collect(),
        packs: packs
            .iter()
            .map(|pack| PackRow::new(pack, language))
            .collect(),
        cutoff: cutoffs.first().cloned().unwrap_or_default(),
        cutoffs,
        known_on: view
            .known_on
            .map_or_else(String::new, |day| day.to_string()),
        least_percent: LEAST_PERCENT,
        recipients,
    })
}

/// The cut-offs that are likely to be asked for on a day: of the last months on the 18th, 15th and 12th, the last week and
/// the last quarter.
fn suggestions(today: chrono::NaiveDate) -> Vec<String> {
    use chrono::{Datelike as _, Months};
    let months = (0..3).filter_map(|back| today.checked_sub_months(Months::new(back)));
    let days = months.flat_map(|month| [18, 15, 12].map(|day| month.with_day(day)));
    let days = days
        .flatten()
        .filter(|day| *day <= today)
        .map(|day| day.to_string());
    let week = Cutoff::Day(today).week().to_string();
    let quarter = Cutoff::Quarter(today).before().to_string();
    days.chain([week, quarter]).collect()
}

/// Puts a pack in line.
///
/// # Errors
/// [`ServerError::Malformed`] naming the field that cannot be read; [`ServerError::Busy`] where too many wait.
pub async fn ask_pack(
    state: web::Data<State>,
    view: View,
    form: web::Form<PackForm>,
) -> Result<HttpResponse, ServerError> {
    web::block(move || {
        let order = read(&form, state.latest_moment()?)?;
        let contacts = chosen(&form.chosen);
        if !contacts.is_empty() {
            require_mail(&state)?;
        }
        Queue::ask(&state, order, (view.visitor.name(), contacts)).map(drop)
    })
    .await??;
    Ok(back(view))
}

/// The numbers of the contacts that a form has ticked.
fn chosen(fields: &BTreeMap<String, String>) -> Vec<i64> {
    let numbers = fields
        .keys()
        .filter_map(|name| name.strip_prefix("contact-"));
    numbers.filter_map(|number| number.parse().ok()).collect()
}

/// Mails an issued pack to the contacts that are ticked.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of that number; [`ServerError::Store`] where nobody is to get it, or mail is not
/// configured.
pub async fn mail_issued(
    state: web::Data<State>,
    view: View,
    number: web::Path<i64>,
    form: web::Form<BTreeMap<String, String>>,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    web::block(move || {
        find(&state, number)?;
        mail_pack(&state, number, (&chosen(&form), &view.visitor.name()))
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link(&format!("/packs/{number}"))))
        .finish())
}

/// Reads an order.
///
/// # Errors
/// [`ServerError::Malformed`] naming the field that cannot be read.
pub(crate) fn read(
    form: &PackForm,
    latest: chrono::DateTime<chrono::Utc>,
) -> Result<PackOrder, ServerError> {
    let known_on = match form.known_on.trim() {
        "" => latest,
        text => KnownOn::parse(text)
            .ok_or_else(|| ServerError::malformed("known_on", text))?
            .moment(latest),
    };
    let least = form.least_percent.trim().parse().ok();
    Ok(PackOrder {
        cutoff: Cutoff::parse(form.cutoff.trim())
            .ok_or_else(|| ServerError::malformed("cutoff", &form.cutoff))?,
        known_on,
        view: UnitView::from_key(&form.units)
            .ok_or_else(|| ServerError::malformed("units", &form.units))?,
        language: Language::from_key(&form.language)
            .ok_or_else(|| ServerError::malformed("language", &form.language))?,
        least_percent: least
            .filter(|least| *least <= 100)
            .ok_or_else(|| ServerError::malformed("least_percent", &form.least_percent))?,
        issuer: ISSUER.to_owned(),
    })
}

/// Cancels a pack that is not finished.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn cancel_pack(
    state: web::Data<State>,
    view: View,
    form: web::Form<CancelForm>,
) -> Result<HttpResponse, ServerError> {
    state.packs.cancel(form.job);
    Ok(back(view))
}

fn back(view: View) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/packs")))
        .finish()
}

/// Shows a pack with its files.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of that number.
pub async fn get_pack(
    state: web::Data<State>,
    number: web::Path<i64>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let shown = web::block(move || {
        let (pack, archive) = find(&state, *number)?;
        let synthetic = state.store.holds_synthetic(pack.issue.known_on)?;
        let title = Text::new("Bộ tài liệu họp", "Meeting pack");
        let files = unpacked(&archive)?;
        let row = |file: &reports::pack::PackFile| FileRow {
            path: file.path.clone(),
            kilobytes: view
                .language
                .whole(i64::try_from(file.bytes.len().div_ceil(1000)).unwrap_or(i64::MAX)),
            sha256: Digest::of(&file.bytes).to_string(),
        };
        Ok::<_, ServerError>(PackPage {
            page: Page::new(view, &format!("/packs/{number}"), &title, synthetic),
            files: files.iter().map(row).collect(),
            command: command(&pack),
            recipients: Recipients::all(&state, view)?,
            mails: MailRow::of(&state, &format!("pack-{number}-"), view.language)?,
            pack: PackRow::new(&pack, view.language),
        })
    })
    .await??;
    html(&shown)
}

/// The command that makes the same bytes again.
fn command(pack: &IssuedPack) -> String {
    let issue = &pack.issue;
    let known_on = issue
        .known_on
        .to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    format!(
        "sohoa pack --cutoff {} --known-on {known_on} --units {} --lang {} --least-percent {} --issuer \"{}\" --out pack",
        issue.cutoff,
        issue.view.key(),
        issue.language.key(),
        issue.least_percent,
        issue.issuer,
    )
}

/// Gives a file of a pack, or all of them in one.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such pack or file.
pub async fn get_pack_file(
    state: web::Data<State>,
    path: web::Path<(i64, String)>,
) -> Result<HttpResponse, ServerError> {
    let (number, path) = path.into_inner();
    let (name, bytes) = web::block(move || {
        let (pack, archive) = find(&state, number)?;
        if path == ALL {
            return Ok((format!("sohoa-{}-{number}.zip", pack.issue.cutoff), archive));
        }
        let file = unpacked(&archive)?
            .into_iter()
            .find(|file| file.path == path);
        let file = file.ok_or_else(|| ServerError::NotFound(path.chars().take(100).collect()))?;
        let name = file.path.rsplit('/').next().unwrap_or_default().to_owned();
        Ok::<_, ServerError>((name, file.bytes))
    })
    .await??;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(name)],
        })
        .body(bytes))
}

/// An issued pack and its archive.
///
/// # Errors
/// [`ServerError::NotFound`] where there is none of that number.
pub(crate) fn find(state: &State, number: i64) -> Result<(IssuedPack, Vec<u8>), ServerError> {
    let found = state.store.find_pack(number)?;
    found.ok_or_else(|| ServerError::NotFound(format!("pack {number}")))
}
