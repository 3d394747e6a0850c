//! The upload: files in, receipt and preview out, then a commit of exactly what was previewed.

use actix_multipart::Multipart;
use actix_web::http::header::ContentDisposition;
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::TryStreamExt as _;
use loader::{Committed, Context, History, Preview, Receipt, Sender, SourceFile, Verdict};
use serde::Deserialize;
use store::Draft;
use store::domain::{Digest, Language, SubmissionId, Text};

use super::upload_outcome::{Outcome, outcome};
use super::{Page, html};
use crate::error::ServerError;
use crate::state::State;
use crate::view::{View, ViewQuery};

/// The largest upload, all files together, in megabytes.
const LIMIT_MB: usize = 50;

/// How many files one upload may carry: a file from each province and as many corrections.
const MOST_FILES: usize = 126;

/// Who an upload is from, until there are accounts.
const UPLOADER: &str = "upload page";

#[derive(Template)]
#[template(path = "upload.html")]
struct UploadPage {
    page: Page,
    results: Vec<Outcome>,
    limit_mb: usize,
    /// Codes and names of today's provinces, for the forms to fill in.
    provinces: Vec<(&'static str, &'static str)>,
}

/// Shows the form.
///
/// # Errors
/// [`ServerError`] where the address cannot be read.
pub async fn get_upload(
    state: web::Data<State>,
    query: web::Query<ViewQuery>,
) -> Result<HttpResponse, ServerError> {
    let view = View::read(&query)?;
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

/// Checks the files and shows what a commit of each would change. Nothing is recorded.
///
/// # Errors
/// [`ServerError`] where the upload is too large or broken, or the database does not answer.
pub async fn preview_upload(
    state: web::Data<State>,
    query: web::Query<ViewQuery>,
    upload: Multipart,
) -> Result<HttpResponse, ServerError> {
    let view = View::read(&query)?;
    let files = read_upload(upload).await?;
    let page = web::block(move || {
        let results = files
            .into_iter()
            .map(|file| preview(&state, file, view.language));
        let results = results.collect::<Result<Vec<_>, ServerError>>()?;
        upload_page(&state, view, results)
    })
    .await??;
    html(&page)
}

/// Reads the parts named `file`, in the order they come.
async fn read_upload(mut upload: Multipart) -> Result<Vec<SourceFile>, ServerError> {
    let broken = |error: actix_multipart::MultipartError| ServerError::Malformed {
        parameter: "file",
        value: error.to_string(),
    };
    let mut files = Vec::new();
    let mut size = 0;
    while let Some(mut field) = upload.try_next().await.map_err(broken)? {
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
        if !name.is_empty() {
            files.push(SourceFile::new(&name, bytes));
        }
        if files.len() > MOST_FILES {
            return Err(ServerError::TooManyFiles { most: MOST_FILES });
        }
    }
    if files.is_empty() {
        return Err(ServerError::NoFile);
    }
    Ok(files)
}

fn preview(state: &State, file: SourceFile, language: Language) -> Result<Outcome, ServerError> {
    let draft = Draft {
        file_name: file.name().to_owned(),
        bytes: file.bytes.clone(),
    };
    let (receipt, preview) = judge(state, file, None)?;
    // A rejected file is kept as well, for its receipt and its marked copy.
    state.store.keep_draft(&draft, (state.clock)())?;
    if receipt.verdict == Verdict::Rejected {
        return Ok(outcome(&receipt, None, language));
    }
    Ok(outcome(&receipt, Some(preview), language))
}

/// Checks a file against what the archive knows now, and compares it cell by cell.
pub(super) fn judge(
    state: &State,
    file: SourceFile,
    explanation: Option<String>,
) -> Result<(Receipt, Preview), ServerError> {
    let context = Context::embedded(state.today());
    let parsed = loader::parse(file, &context);
    let history = History::read(&state.store, &parsed.reach())?;
    let preview = loader::preview(&state.store, &parsed)?;
    let sender = Sender {
        submitted_by: UPLOADER.to_owned(),
        synthetic: false,
        explanation,
    };
    Ok((loader::judge(parsed, Some(&history), &sender), preview))
}

/// What a commit asks for.
#[derive(Debug, Deserialize)]
pub struct CommitForm {
    sha256: String,
    preview: String,
    #[serde(default)]
    explanation: String,
}

/// Records a previewed file, if it would still change exactly what its preview showed.
///
/// # Errors
/// [`ServerError`] where the preview is not known any more or the database does not take the file.
pub async fn commit_upload(
    state: web::Data<State>,
    query: web::Query<ViewQuery>,
    form: web::Form<CommitForm>,
) -> Result<HttpResponse, ServerError> {
    let view = View::read(&query)?;
    let page = web::block(move || {
        let result = commit(&state, &form, view.language)?;
        upload_page(&state, view, vec![result])
    })
    .await??;
    html(&page)
}

fn commit(state: &State, form: &CommitForm, language: Language) -> Result<Outcome, ServerError> {
    let unreadable = |parameter, value: &str| ServerError::Malformed {
        parameter,
        value: value.to_owned(),
    };
    let sha256 = Digest::parse(&form.sha256).ok_or_else(|| unreadable("sha256", &form.sha256))?;
    let explanation = Some(form.explanation.trim().to_owned()).filter(|text| !text.is_empty());
    let Some(draft) = state.store.find_draft(sha256)? else {
        return committed_before(state, (sha256, explanation), language);
    };
    let file = SourceFile::new(&draft.file_name, draft.bytes);
    let (receipt, preview) = judge(state, file, explanation)?;
    let unmoved = preview.digest.to_string() == form.preview;
    let mut result = outcome(&receipt, Some(preview), language);
    if !unmoved {
        result.message = Some(
            language
                .pick(
                    "Số liệu đã thay đổi từ lúc xem trước, nên tệp chưa được ghi. Xin xem lại và ghi nhận lần nữa.",
                    "The figures have changed since the preview, so the file was not recorded. Please look again and commit once more.",
                )
                .to_owned(),
        );
        return Ok(result);
    }
    if receipt.verdict != Verdict::Accepted {
        return Ok(result);
    }
    let committed = loader::commit(&state.store, &receipt, (state.clock)()).map_err(|error| {
        ServerError::Internal(format!("commit of {}: {error}", receipt.file.name))
    })?;
    state.store.drop_draft(sha256)?;
    result.preview = None;
    result.message = Some(match committed {
        Committed::Recorded(recorded) => format!(
            "{} {}",
            language.pick("Đã ghi nhận, số", "Recorded as number"),
            recorded.id
        ),
        Committed::Already(submission) => already(submission.id, language),
    });
    Ok(result)
}

fn already(id: SubmissionId, language: Language) -> String {
    let word = language.pick(
        "Tệp này đã được ghi nhận từ trước, số",
        "This file was recorded before as number",
    );
    format!("{word} {id}")
}

/// A preview that is gone was committed already, by clicking twice for instance, or waited for too long.
fn committed_before(
    state: &State,
    (sha256, explanation): (Digest, Option<String>),
    language: Language,
) -> Result<Outcome, ServerError> {
    let unknown = || {
        ServerError::NotFound(
            language
                .pick("bản xem trước này", "this preview")
                .to_owned(),
        )
    };
    let submission = state.store.find_submission_by_digest(sha256)?;
    let id = submission.ok_or_else(unknown)?.id;
    let (name, bytes) = state.store.find_file(id)?.ok_or_else(unknown)?;
    let (receipt, _) = judge(state, SourceFile::new(&name, bytes), explanation)?;
    let mut result = outcome(&receipt, None, language);
    result.message = Some(already(id, language));
    Ok(result)
}
