//! The upload: files in, receipt and preview out, then a commit of exactly what was previewed.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::http::header::ContentDisposition;
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::TryStreamExt as _;
use loader::SourceFile;
use store::domain::{QuestionId, Text, Unit};

use super::commit::{CommitForm, commit, known_now, preview};
use super::script_upload::record_upload;
use super::upload_outcome::Outcome;
use super::{Page, html};
use crate::access::ShownToken;
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

/// The largest upload, all files together, in megabytes.
const LIMIT_MB: usize = 50;

/// How many files one upload may carry: a file from each province and as many corrections.
const MOST_FILES: usize = 126;

#[derive(Template)]
#[template(path = "upload.html")]
struct UploadPage {
    page: Page,
    results: Vec<Outcome>,
    limit_mb: usize,
    /// Codes and names of today's provinces that the visitor may fill in forms of.
    provinces: Vec<(&'static str, &'static str)>,
}

/// Shows the form.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn get_upload(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || upload_page(&state, view, Vec::new())).await??)
}

fn upload_page(
    state: &State,
    view: View,
    results: Vec<Outcome>,
) -> Result<UploadPage, ServerError> {
    let synthetic = state.store.holds_synthetic(state.latest_moment()?)?;
    let page = Page::new(view, "/upload", &Text::new("Gửi tệp", "Upload"), synthetic);
    let today = state.today();
    let provinces = state.reference.units.existing_on(today);
    let own = |unit: &&Unit| view.visitor.province().is_none_or(|own| own == unit.id);
    let provinces = provinces.filter(own);
    let provinces = provinces.filter_map(|unit| {
        let name = &unit.name_on(today).vi;
        Some((unit.code_on(today)?, name.as_str()))
    });
    Ok(UploadPage {
        page,
        results,
        provinces: provinces.collect(),
        limit_mb: LIMIT_MB,
    })
}

/// Takes files: of a person to show what a commit of each would change, of a script to record them at once.
///
/// # Errors
/// [`ServerError`] where the upload is too large or broken, or the database does not answer.
pub async fn receive_upload(
    state: web::Data<State>,
    view: View,
    token: Option<ShownToken>,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    match token {
        Some(ShownToken(token)) => Ok(record_upload(state, token, upload).await),
        None => preview_upload(state, view, upload).await,
    }
}

/// Checks the files and shows what a commit of each would change. Nothing is recorded.
async fn preview_upload(
    state: web::Data<State>,
    view: View,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    let files = read_upload(upload).await?.files;
    let page = web::block(move || {
        let known = known_now(&state)?;
        let results = files
            .into_iter()
            .map(|file| preview(&state, file, &known, view));
        let results = results.collect::<Result<Vec<_>, ServerError>>()?;
        upload_page(&state, view, results)
    })
    .await??;
    html(&page)
}

/// What an upload carries.
#[derive(Default)]
pub(crate) struct Upload {
    /// The files, in the order they came.
    pub(crate) files: Vec<SourceFile>,
    /// What is said to their questions.
    pub(crate) answers: BTreeMap<QuestionId, String>,
}

/// Reads an upload: the part named `answers` is a list of answers, every other part a file.
///
/// # Errors
/// [`ServerError`] where the upload is too large, broken or without a file.
pub(crate) async fn read_upload(mut upload: Multipart) -> Result<Upload, ServerError> {
    let broken =
        |error: actix_multipart::MultipartError| ServerError::malformed("file", &error.to_string());
    let mut read = Upload::default();
    let mut size = 0;
    while let Some(mut field) = upload.try_next().await.map_err(broken)? {
        let is_answers = field.name() == Some("answers");
        let name = field
            .content_disposition()
            .and_then(ContentDisposition::get_filename);
        let name = name.unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(piece) = field.try_next().await.map_err(broken)? {
            size += piece.len();
            if size > LIMIT_MB * 1024 * 1024 {
                return Err(ServerError::TooLarge { limit_mb: LIMIT_MB });
            }
            bytes.extend_from_slice(&piece);
        }
        // A form without a chosen file sends one part without a name.
        if is_answers {
            read.answers.extend(answers_of(&bytes)?);
        } else if !name.is_empty() {
            read.files.push(SourceFile::new(&name, bytes));
        }
        if read.files.len() > MOST_FILES {
            return Err(ServerError::TooManyFiles { most: MOST_FILES });
        }
    }
    if read.files.is_empty() {
        return Err(ServerError::NoFile);
    }
    Ok(read)
}

/// A list of answers; the line that is none is named.
fn answers_of(bytes: &[u8]) -> Result<BTreeMap<QuestionId, String>, ServerError> {
    loader::read_answers(bytes).map_err(|line| {
        let text = String::from_utf8_lossy(bytes);
        let place = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        let written: String = text
            .lines()
            .nth(place)
            .unwrap_or_default()
            .chars()
            .take(80)
            .collect();
        ServerError::malformed("answers", &format!("{line}: {written}"))
    })
}

/// Records a previewed file, if it would still change exactly what its preview showed.
///
/// # Errors
/// [`ServerError`] where the preview is not known any more or the database does not take the file.
pub async fn commit_upload(
    state: web::Data<State>,
    view: View,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, ServerError> {
    let form = CommitForm::read(form.into_inner());
    let page = web::block(move || {
        let result = commit(&state, &form, view)?;
        upload_page(&state, view, vec![result])
    })
    .await??;
    html(&page)
}
