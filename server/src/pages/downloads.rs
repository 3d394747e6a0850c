//! What is handed out as a file: forms to fill in, receipts, and marked copies of what was sent.

use actix_web::http::header::{
    Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::{HttpResponse, web};
use loader::{
    Earlier, Receipt, SourceFile, Template, TemplateFor, Vocabulary, annotated_copy, output,
};
use serde::Deserialize;
use store::domain::{Digest, Language};

use super::commit::receipt_of;
use crate::access::Visitor;
use crate::error::ServerError;
use crate::state::State;

/// The kind of workbooks, as registered with IANA.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a form is asked for.
#[derive(Debug, Deserialize)]
pub struct TemplateQuery {
    lang: Option<String>,
    form: Option<String>,
    format: Option<String>,
    province: Option<String>,
}

fn language_of(key: Option<&str>) -> Language {
    key.and_then(Language::from_key).unwrap_or_default()
}

/// Gives a form to fill in, for today: of a province by its code, or with a row for every province. One of a
/// province gets its own only.
///
/// # Errors
/// [`ServerError`] where no province has the code or the form cannot be written.
pub async fn get_template(
    state: web::Data<State>,
    visitor: Visitor,
    query: web::Query<TemplateQuery>,
) -> Result<HttpResponse, ServerError> {
    let language = language_of(query.lang.as_deref());
    let as_of = state.today();
    let unit = match query.province.as_deref().filter(|code| !code.is_empty()) {
        None => visitor.province(),
        Some(code) => {
            let unit = state.reference.units.find_by_code(code, as_of);
            let unknown = || ServerError::NotFound(format!("province {code}"));
            Some(unit.ok_or_else(unknown)?.id)
        }
    };
    let wanted_units = unit.into_iter().collect();
    if !visitor.reaches(&state.reference.units, &wanted_units) {
        return Err(ServerError::Forbidden);
    }
    let wanted = TemplateFor {
        language,
        unit,
        as_of,
    };
    let is_workbook = query.format.as_deref() == Some("xlsx");
    let form = web::block(move || {
        let vocabulary = Vocabulary::embedded();
        let form = match query.form.as_deref() {
            Some("reconciliation") => Template::reconciliation(vocabulary, wanted),
            Some("reconciliation-full") => Template::full_reconciliation(vocabulary, wanted),
            _ => Template::counts(vocabulary, wanted, &Earlier::read(&state.store, wanted)?),
        };
        let name = form.file_name();
        let failed = |error: loader::XlsxError| ServerError::Internal(error.to_string());
        Ok::<_, ServerError>(if is_workbook {
            Download {
                name: format!("{name}.xlsx"),
                kind: XLSX,
                bytes: form.xlsx().map_err(failed)?,
            }
        } else {
            Download {
                name: format!("{name}.csv"),
                kind: "text/csv; charset=utf-8",
                bytes: form.csv(),
            }
        })
    })
    .await??;
    Ok(form.answer())
}

/// The language of a receipt.
#[derive(Debug, Deserialize)]
pub struct LanguageQuery {
    lang: Option<String>,
}

/// Gives the receipt of an uploaded file as `sohoa check` prints it.
///
/// # Errors
/// [`ServerError`] where the file is not kept any more or the database does not answer.
pub async fn get_receipt(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    visitor: Visitor,
    query: web::Query<LanguageQuery>,
) -> Result<HttpResponse, ServerError> {
    let (sha256, ending) = path.into_inner();
    let language = language_of(query.lang.as_deref());
    let written = web::block(move || {
        let (_, receipt) = judged_again(&state, visitor, &sha256)?;
        let (kind, bytes) = match ending.as_str() {
            "txt" => (
                "text/plain; charset=utf-8",
                output::receipt_text(&receipt, language).into_bytes(),
            ),
            "json" => (
                "application/json",
                (output::receipt_json(&receipt) + "\n").into_bytes(),
            ),
            "csv" => (
                "text/csv; charset=utf-8",
                output::receipt_csv(&[&receipt], language),
            ),
            other => return Err(ServerError::NotFound(format!("receipt.{other}"))),
        };
        let word = language.pick("bien-nhan", "receipt");
        let name = format!("{word}-{}.{ending}", receipt.file.name);
        Ok(Download { name, kind, bytes })
    })
    .await??;
    Ok(written.answer())
}

/// Gives a copy of an uploaded file with the cells marked and what to do in comments.
///
/// # Errors
/// [`ServerError`] where the file is not kept any more, cannot be opened as a table, or the database does not answer.
pub async fn get_annotated(
    state: web::Data<State>,
    path: web::Path<String>,
    visitor: Visitor,
    query: web::Query<LanguageQuery>,
) -> Result<HttpResponse, ServerError> {
    let language = language_of(query.lang.as_deref());
    let copy = web::block(move || {
        let (bytes, receipt) = judged_again(&state, visitor, &path)?;
        let copy = annotated_copy(&bytes, &receipt, language).map_err(ServerError::NoCopy)?;
        Ok::<_, ServerError>(Download {
            name: copy.name,
            kind: copy.kind,
            bytes: copy.bytes,
        })
    })
    .await??;
    Ok(copy.answer())
}

/// An uploaded file that is still kept, whether it was committed or not, and its receipt.
fn judged_again(
    state: &State,
    visitor: Visitor,
    sha256: &str,
) -> Result<(Vec<u8>, Receipt), ServerError> {
    let unreadable = || ServerError::malformed("sha256", sha256);
    let digest = Digest::parse(sha256).ok_or_else(unreadable)?;
    let unknown = || ServerError::NotFound(format!("file {}", digest.short()));
    let (name, bytes, recorded) = match state.store.find_draft(digest, visitor.province())? {
        Some(draft) => (draft.file_name, draft.bytes, None),
        None => {
            let recorded = state.store.find_submission_by_digest(digest)?;
            let recorded = recorded.ok_or_else(unknown)?;
            let file = state.store.find_file(recorded.id)?;
            let (name, bytes) = file.ok_or_else(unknown)?;
            (name, bytes, Some(recorded))
        }
    };
    let file = SourceFile::new(&name, bytes.clone());
    Ok((bytes, receipt_of(state, file, recorded.as_ref())?))
}

/// Says that an answer is a file to keep, under a name.
pub(crate) fn attachment(name: &str) -> ContentDisposition {
    ContentDisposition {
        disposition: DispositionType::Attachment,
        // RFC 6266: the name in full for those who read it, and letters of ASCII for all others.
        parameters: vec![
            DispositionParam::Filename(name.replace(|letter: char| !letter.is_ascii(), "_")),
            DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: name.as_bytes().to_vec(),
            }),
        ],
    }
}

/// A file to keep.
pub(crate) struct Download {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl Download {
    pub(crate) fn answer(self) -> HttpResponse {
        HttpResponse::Ok()
            .content_type(self.kind)
            .insert_header(attachment(&self.name))
            .body(self.bytes)
    }
}
