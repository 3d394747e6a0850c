//! What scripts send with a token: files are checked and recorded at once, and the answer is JSON.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use loader::{
    Answers, CommitError, Committed, Context, History, Receipt, Sender, SourceFile, output,
};
use serde::Serialize;
use serde_json::value::RawValue;
use store::domain::Token;

use super::commit::may_record;
use super::upload::read_upload;
use crate::access::Visitor;
use crate::error::ServerError;
use crate::state::State;

/// What became of the files of an upload, in the order they came.
#[derive(Serialize)]
struct Answer {
    files: Vec<FileAnswer>,
}

#[derive(Serialize)]
pub(crate) struct FileAnswer {
    name: String,
    /// 200 recorded; 403 of another province; 409 recorded before, or the province's figures moved meanwhile; 422 with
    /// errors or open questions.
    pub(crate) status: u16,
    /// `recorded`, `foreign`, `already`, `moved` or `not_accepted`.
    outcome: &'static str,
    /// The number it is recorded under.
    submission: Option<i64>,
    /// As `sohoa check --format json` prints it; absent where the file was not judged.
    receipt: Option<Box<RawValue>>,
}

/// Checks and records the files of a script. The status is the highest of those of the files.
///
/// # Errors
/// None: what goes wrong is told as JSON too.
pub(super) async fn record_upload(
    state: web::Data<State>,
    token: Token,
    upload: Multipart,
) -> HttpResponse {
    match record(state, token, upload).await {
        Ok(answer) => {
            let statuses = answer.files.iter().map(|file| file.status);
            let status = StatusCode::from_u16(statuses.max().unwrap_or_default());
            HttpResponse::build(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)).json(answer)
        }
        Err(error) => error.as_json(),
    }
}

async fn record(
    state: web::Data<State>,
    token: Token,
    upload: Multipart,
) -> Result<Answer, ServerError> {
    let upload = read_upload(upload).await?;
    let sender = Sender {
        submitted_by: token.name.clone(),
        synthetic: false,
        answers: Answers {
            each: upload.answers,
            ..Answers::default()
        },
    };
    let visitor = Visitor::Script {
        scope: token.scope,
        unit: token.unit,
    };
    web::block(move || {
        let files = upload.files.into_iter();
        let files = files.map(|file| record_file(&state, (visitor, &sender), file));
        let files = files.collect::<Result<Vec<_>, ServerError>>()?;
        Ok(Answer { files })
    })
    .await?
}

/// Checks and records a file with the answers to what is asked about it.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(crate) fn record_file(
    state: &State,
    (visitor, sender): (Visitor, &Sender),
    file: SourceFile,
) -> Result<FileAnswer, ServerError> {
    let name = file.name().to_owned();
    let parsed = loader::parse(file, &Context::embedded(state.today()));
    let answer = |status: StatusCode, outcome, submission, receipt: Option<&Receipt>| {
        let receipt = receipt.map(|receipt| RawValue::from_string(output::receipt_json(receipt)));
        let receipt = receipt.transpose();
        let receipt = receipt.map_err(|error| ServerError::Internal(error.to_string()))?;
        Ok(FileAnswer {
            name: name.clone(),
            status: status.as_u16(),
            outcome,
            submission,
            receipt,
        })
    };
    if !may_record(state, visitor, &parsed) {
        return answer(StatusCode::FORBIDDEN, "foreign", None, None);
    }
    // A file that was explained when it was recorded raises its queries again; it stands all the same.
    if let Some(sha256) = parsed.sha256()
        && let Some(standing) = state.store.find_submission_by_digest(sha256)?
    {
        return answer(StatusCode::CONFLICT, "already", Some(standing.id.0), None);
    }
    let history = History::read(&state.store, &parsed)?;
    let receipt = loader::judge(parsed, Some(&history), sender);
    state.metrics.checked(receipt.verdict);
    let committed = loader::commit(&state.store, &receipt, (state.clock)());
    let (status, outcome, submission) = match committed {
        Ok(Committed::Recorded(recorded)) => (StatusCode::OK, "recorded", Some(recorded.id.0)),
        Ok(Committed::Already(standing)) => (StatusCode::CONFLICT, "already", Some(standing.id.0)),
        Ok(Committed::Moved) => (StatusCode::CONFLICT, "moved", None),
        Err(CommitError::NotAccepted { .. }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "not_accepted", None)
        }
        Err(CommitError::Store(error)) => return Err(error.into()),
    };
    answer(status, outcome, submission, Some(&receipt))
}
