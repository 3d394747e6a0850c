//! Files that are sent: checked without a trace, or checked and recorded at once.

use std::borrow::Cow;

use actix_multipart::Multipart;
use loader::{Answers, Context, History, Sender, SourceFile, output};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::value::RawValue;
use store::domain::Text;

use super::call::{Body, Call};
use super::operation::{Carries, Operation, shape};
use super::parameter::LANG;
use super::problem::{Problem, ProblemKind};
use super::reply::Reply;
use super::serve::broken;
use crate::error::ServerError;
use crate::pages::commit::may_record;
use crate::pages::script_upload::record_file;
use crate::pages::upload::read_upload;

/// The receipt of a file, as `sohoa check --format json` prints it.
pub(crate) struct Receipt;

impl JsonSchema for Receipt {
    fn schema_name() -> Cow<'static, str> {
        "Receipt".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        const SCHEMA: &str = include_str!("../../../data/schema/receipt.schema.json");
        // Its own references have to begin where it stands in the document.
        let placed = SCHEMA.replace("#/$defs/", "#/components/schemas/Receipt/$defs/");
        // The file is part of the program, and a test reads it.
        let mut schema: Schema = serde_json::from_str(&placed).unwrap_or_default();
        schema.remove("$schema");
        schema
    }
}

/// Files, one part each, and answers.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "only its shape is used: the parts are read one by one"
)]
pub(crate) struct UploadForm {
    /// The files, each in a part of this name with a file name.
    #[schemars(length(min = 1, max = 126))]
    file: Vec<FilePart>,
    /// What is said to their questions: a CSV list with the columns `question` and `answer`.
    answers: Option<String>,
}

/// The bytes of a file.
struct FilePart;

impl JsonSchema for FilePart {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({"type": "string", "contentMediaType": "application/octet-stream"})
    }
}

/// What checking files gave.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Checks {
    /// The receipts, in the order the files came.
    #[schemars(with = "Vec<Receipt>")]
    receipts: Vec<Box<RawValue>>,
}

/// What became of the files of an upload, in the order they came.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Outcomes {
    #[schemars(with = "Vec<FileOutcome>")]
    files: serde_json::Value,
}

/// What became of a file.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FileOutcome {
    name: String,
    /// 200 recorded; 403 of another province; 409 recorded before, or the figures moved meanwhile; 422 with errors or open
    /// questions.
    status: u16,
    /// `recorded`, `foreign`, `already`, `moved` or `not_accepted`.
    outcome: String,
    /// The number it is recorded under.
    submission: Option<i64>,
    /// Absent where the file was not judged.
    #[schemars(with = "Option<Receipt>")]
    receipt: Option<Box<RawValue>>,
}

/// The parameters of an upload.
const PARAMETERS: [super::parameter::Parameter; 1] = [LANG];

pub(super) static CHECK: Operation = Operation {
    about: (
        "Kiểm tra tệp mà không ghi gì: biên nhận của từng tệp",
        "Checks files and records nothing: a receipt of each",
    ),
    parameters: &PARAMETERS,
    carries: Carries::Files,
    ..Operation::read(check, shape::<Checks>)
};

fn check(call: &Call) -> Result<Reply, Problem> {
    let (files, answers) = sent(call);
    let receipt = |file: &SourceFile| {
        let parsed = loader::parse(file.clone(), &Context::embedded(call.state.today()));
        if !may_record(&call.state, call.visitor, &parsed) {
            return Err(foreign(file.name()));
        }
        let history = History::read(&call.state.store, &parsed)?;
        let sender = Sender {
            answers: answers.clone(),
            ..Sender::default()
        };
        let receipt = loader::judge(parsed, Some(&history), &sender);
        let written = RawValue::from_string(output::receipt_json(&receipt));
        written.map_err(|error| Problem::from(ServerError::Internal(error.to_string())))
    };
    Reply::json(&Checks {
        receipts: files.iter().map(receipt).collect::<Result<_, Problem>>()?,
    })
}

/// A file that is not the visitor's to know more about.
fn foreign(name: &str) -> Problem {
    Problem {
        parameter: Some("file".to_owned()),
        ..Problem::new(
            ProblemKind::Forbidden,
            Text::new(
                format!("{name}: tệp có dòng của địa phương khác hoặc của toàn quốc."),
                format!("{name}: the file has rows of another province or of the nation."),
            ),
        )
    }
}

pub(super) static RECORD: Operation = Operation {
    about: (
        "Kiểm tra và ghi nhận tệp; kèm câu trả lời cho các câu hỏi",
        "Checks and records files, with answers to what is asked about them",
    ),
    parameters: &PARAMETERS,
    carries: Carries::Files,
    problems: &[ProblemKind::NotRecorded],
    ..Operation::read(record, shape::<Outcomes>)
};

fn record(call: &Call) -> Result<Reply, Problem> {
    let (files, answers) = sent(call);
    let sender = Sender {
        submitted_by: call.by.clone(),
        synthetic: false,
        answers: answers.clone(),
    };
    let files = files.iter().cloned();
    let done = files.map(|file| record_file(&call.state, (call.visitor, &sender), file));
    let done = done.collect::<Result<Vec<_>, ServerError>>()?;
    let recorded = done.iter().filter(|file| file.status == 200).count();
    let written = serde_json::to_value(&done);
    let written = written.map_err(|error| ServerError::Internal(error.to_string()))?;
    if recorded == done.len() {
        return Reply::json(&Outcomes { files: written });
    }
    let all = done.len();
    Err(Problem {
        files: Some(written),
        ..Problem::new(
            ProblemKind::NotRecorded,
            Text::new(
                format!("Đã ghi nhận {recorded} trên {all} tệp."),
                format!("{recorded} of {all} files recorded."),
            ),
        )
    })
}

/// The files and answers of a call.
fn sent(call: &Call) -> (&[SourceFile], &Answers) {
    static NO_ANSWERS: std::sync::LazyLock<Answers> = std::sync::LazyLock::new(Answers::default);
    match &call.body {
        Body::Files(files, answers) => (files, answers),
        Body::Nothing | Body::Json(_) => (&[], &NO_ANSWERS),
    }
}

/// Reads the parts of an upload.
pub(super) async fn read(form: Multipart) -> Result<Body, Problem> {
    let upload = read_upload(form).await.map_err(|error| match error {
        ServerError::Malformed { value, .. } => broken(&value),
        error => error.into(),
    })?;
    let answers = Answers {
        each: upload.answers,
        ..Answers::default()
    };
    Ok(Body::Files(upload.files, answers))
}
