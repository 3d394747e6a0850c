//! How a command ended, as the exit codes that README documents.

use std::io::{self, Write as _};
use std::process::ExitCode;

use store::StoreError;
use store::domain::{Language, Text};
use thiserror::Error;

use crate::error::{ServerError, no_letters, no_line};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything asked for was done.
    Done,
    /// A file waits for an explanation; nothing of it was written.
    ExplanationNeeded,
    /// A file was rejected; nothing of it was written.
    Rejected,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Rejected => 3,
            Outcome::ExplanationNeeded => 4,
        })
    }
}

/// The command asks for what there is not, or for two things that do not fit together.
#[derive(Debug, Error)]
#[error("{}", .0.en)]
pub(super) struct WrongUse(pub(super) Text);

/// No province has a code on a day.
pub(super) fn no_province(code: &str, day: chrono::NaiveDate) -> WrongUse {
    WrongUse(Text::new(
        format!("không có tỉnh, thành phố nào mang mã {code} vào ngày {day}"),
        format!("no province has the code {code} on {day}"),
    ))
}

/// The exit code of a failure: 2 where the command asks for what there is not, 5 where the database is unavailable, else 1.
#[must_use]
pub fn failure_code(failure: &anyhow::Error) -> ExitCode {
    let code = failure.chain().find_map(|cause| {
        let store = match cause.downcast_ref::<ServerError>() {
            Some(ServerError::Store(error)) => Some(error),
            Some(
                ServerError::NotFound(_)
                | ServerError::Malformed { .. }
                | ServerError::Line { .. }
                | ServerError::Template(_)
                | ServerError::NoLetters(_),
            ) => return Some(2),
            _ => cause.downcast_ref::<StoreError>(),
        };
        match store {
            Some(StoreError::Unavailable(_)) => Some(5),
            Some(StoreError::Archive(_)) => Some(3),
            Some(
                StoreError::Address(_) | StoreError::NotFound { .. } | StoreError::Conflict(_),
            ) => Some(2),
            _ => cause.is::<WrongUse>().then_some(2),
        }
    });
    ExitCode::from(code.unwrap_or(1))
}

/// A failure with its causes in one line, in a language; what the system or a database says is in theirs.
#[must_use]
pub fn failure_words(failure: &anyhow::Error, language: Language) -> String {
    let words: Vec<String> = failure
        .chain()
        .map(|cause| match words_of(cause) {
            Some(text) => text.in_language(language).to_owned(),
            None => cause.to_string(),
        })
        .collect();
    format!("{}: {}", language.pick("lỗi", "error"), words.join(": "))
}

/// What one of our own failures says; `None` for those of others.
fn words_of(cause: &(dyn std::error::Error + 'static)) -> Option<Text> {
    if let Some(WrongUse(text)) = cause.downcast_ref() {
        return Some(text.clone());
    }
    let store = match cause.downcast_ref::<ServerError>() {
        Some(ServerError::Store(error)) => error,
        Some(ServerError::Template(reason)) => return Some(reason.clone()),
        Some(ServerError::Line { field, most }) => return Some(no_line(field, *most)),
        Some(ServerError::NoLetters(week)) => return Some(no_letters(*week)),
        _ => cause.downcast_ref::<StoreError>()?,
    };
    Some(match store {
        StoreError::Unavailable(why) => Text::new(
            format!("cơ sở dữ liệu không dùng được: {why}"),
            store.to_string(),
        ),
        StoreError::Address(address) => Text::new(
            format!("địa chỉ `{address}` không phải tệp cũng không phải địa chỉ postgres://"),
            store.to_string(),
        ),
        StoreError::NotFound { what } => {
            Text::new(format!("không tìm thấy {}", what.vi), store.to_string())
        }
        StoreError::Conflict(reason) | StoreError::Archive(reason) => reason.clone(),
        StoreError::ArchiveFile(_) => {
            Text::new("không đọc hoặc ghi được tệp sao lưu", store.to_string())
        }
        StoreError::Moved => Text::new(
            "số liệu của địa phương đã thay đổi từ lúc kiểm tra",
            store.to_string(),
        ),
        StoreError::Corrupt(what) => Text::new(
            format!("cơ sở dữ liệu có giá trị mà chương trình không hiểu: {what}"),
            store.to_string(),
        ),
        StoreError::Query(_) => Text::new("cơ sở dữ liệu từ chối một câu lệnh", store.to_string()),
    })
}

/// Writes a result to standard output.
///
/// # Errors
/// Where standard output does not take it, on a full disk for instance. A reader that has closed its end, such as `head`,
/// has what it wanted and is no failure.
pub(super) fn print(bytes: impl AsRef<[u8]>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(bytes.as_ref())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says something beside the result, on standard error.
pub(super) fn say(message: &str) {
    // Where standard error is closed nobody is left to tell.
    drop(writeln!(io::stderr(), "{message}"));
}
