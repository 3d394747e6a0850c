//! The templates of reminder letters: the program's, the ministry's own with their history, and the form that takes one.

use actix_multipart::Multipart;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use reports::letters::built_in_template;
use store::domain::{KeptTemplate, Language, NewTemplate};

use super::Download;
use super::page::moment;
use super::upload::read_upload;
use crate::error::ServerError;
use crate::letters::keep_template;
use crate::state::State;
use crate::view::View;

/// How many templates the page lists.
const LISTED: i64 = 20;

/// The kind of documents, as registered with IANA.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A template of the ministry in the list.
pub(super) struct TemplateRow {
    pub(super) number: i64,
    pub(super) file_name: String,
    pub(super) recorded_at: String,
    pub(super) recorded_by: String,
    pub(super) sha256: String,
}

/// The ministry's templates of a language, the one in use first.
pub(super) fn template_rows(
    state: &State,
    language: Language,
) -> Result<Vec<TemplateRow>, ServerError> {
    let kept = state.store.list_letter_templates(language, LISTED)?;
    let row = |one: &KeptTemplate| TemplateRow {
        number: one.number,
        file_name: one.file_name.clone(),
        recorded_at: moment(language, one.recorded_at),
        recorded_by: one.recorded_by.clone(),
        sha256: one.sha256.short(),
    };
    Ok(kept.iter().map(row).collect())
}

/// Keeps a template, in the language of the page.
///
/// # Errors
/// [`ServerError::Template`] naming what is wrong with it, [`ServerError::NoFile`] where none was chosen; nothing is recorded
/// then.
pub async fn send_template(
    state: web::Data<State>,
    view: View,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    let files = read_upload(upload).await?.files;
    let place = format!("{}#template", view.link("/late"));
    web::block(move || {
        let file = files.into_iter().next().ok_or(ServerError::NoFile)?;
        let template = NewTemplate {
            language: view.language,
            file_name: file.name().to_owned(),
            document: file.bytes,
            recorded_by: view.visitor.name(),
        };
        keep_template(&state, &template)
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

/// Gives a template of the ministry as it was sent.
///
/// # Errors
/// [`ServerError::NotFound`] where none has the number.
pub async fn get_kept_template(
    state: web::Data<State>,
    number: web::Path<i64>,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    let found = web::block(move || state.store.find_letter_template(number)).await??;
    let (kept, bytes) =
        found.ok_or_else(|| ServerError::NotFound(format!("letter template {number}")))?;
    let name = format!("reminder-{}-{number}.docx", kept.language.key());
    let kind = DOCX;
    Ok(Download { name, kind, bytes }.answer())
}

/// Gives the template that comes with the program, to be edited and sent back.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn get_template(view: View) -> Result<HttpResponse, ServerError> {
    let language = view.language;
    let name = format!("reminder-{}.docx", language.key());
    let bytes = built_in_template(language).to_vec();
    let kind = DOCX;
    Ok(Download { name, kind, bytes }.answer())
}
