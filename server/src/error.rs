//! What a page answers when it cannot do what was asked: one error, shown as a page with a way back.

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use askama::Template;
use reports::pack::PackError;
use serde::Serialize;
use store::StoreError;
use store::domain::{Language, Text, Week};
use thiserror::Error;

/// A request that could not be answered.
#[derive(Debug, Error)]
pub enum ServerError {
    /// A part of the address or the form cannot be read.
    #[error("{parameter} `{value}` cannot be read")]
    Malformed {
        /// Which part.
        parameter: &'static str,
        /// What it was.
        value: String,
    },
    /// A text that is kept is empty, too long or not on one line.
    #[error("{field} needs 1 to {most} characters on one line")]
    Line {
        /// Which text.
        field: &'static str,
        /// How many letters it may have.
        most: usize,
    },
    /// There is no such thing.
    #[error("{0} not found")]
    NotFound(String),
    /// The request comes from another site.
    #[error("the form was sent from another site")]
    ForeignOrigin,
    /// Nothing says where the form comes from.
    #[error("nothing says where the form was sent from")]
    NoOrigin,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The account is not for this.
    #[error("not allowed")]
    Forbidden,
    /// Too many wrong passwords.
    #[error("too many tries; the next in {seconds} s")]
    TooManyTries {
        /// How long to wait.
        seconds: u64,
    },
    /// A password that is not taken, and why.
    #[error("{}", .0.en)]
    Password(Text),
    /// A script shows no token that is known and holds.
    #[error("the token is not known, has expired or was revoked")]
    NoToken,
    /// The upload is larger than the limit.
    #[error("the upload is larger than {limit_mb} MB")]
    TooLarge {
        /// The limit in megabytes.
        limit_mb: usize,
    },
    /// An upload without a file.
    #[error("the upload carries no file")]
    NoFile,
    /// More files than one upload may carry.
    #[error("the upload carries more than {most} files")]
    TooManyFiles {
        /// How many it may carry.
        most: usize,
    },
    /// No marked copy of a file can be made, and why.
    #[error("{}", .0.en)]
    NoCopy(Text),
    /// The database could not answer or take what was sent.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A pack could not be made.
    #[error("pack not made")]
    Pack(#[from] PackError),
    /// The making of a pack was cancelled.
    #[error("pack cancelled")]
    Cancelled,
    /// The address of a webhook is not taken, and why.
    #[error("{}", .0.en)]
    Webhook(Text),
    /// A template of letters cannot be used, and why.
    #[error("{}", .0.en)]
    Template(Text),
    /// Letters are asked for, and no report of the week is overdue.
    #[error("no report of week {0} is overdue")]
    NoLetters(Week),
    /// Too many packs, or people who sign in, wait already.
    #[error("too many wait")]
    Busy,
    /// The body of a request did not come in time.
    #[error("the body did not come in time")]
    TooSlow,
    /// A client asks too often.
    #[error("too many requests")]
    TooOften {
        /// After how many seconds it may ask again.
        seconds: u64,
    },
    /// Something failed that no input should make fail.
    #[error("{0}")]
    Internal(String),
}

/// How much of a value that cannot be read is said again, in letters.
const LONGEST_VALUE: usize = 100;

impl ServerError {
    /// That a part of the address or the form cannot be read; a long value is cut.
    pub(crate) fn malformed(parameter: &'static str, value: &str) -> Self {
        Self::Malformed {
            parameter,
            value: value.chars().take(LONGEST_VALUE).collect(),
        }
    }

    /// Status and text for people, in one place.
    pub(crate) fn describe(&self) -> (StatusCode, Text) {
        match self {
            Self::Malformed { parameter, value } => (
                StatusCode::BAD_REQUEST,
                Text::new(
                    format!("Không đọc được “{value}” trong tham số {parameter}."),
                    format!("“{value}” in parameter {parameter} cannot be read."),
                ),
            ),
            Self::Line { field, most } => (StatusCode::BAD_REQUEST, no_line(field, *most)),
            Self::NotFound(what) => (StatusCode::NOT_FOUND, not_found(what, what)),
            Self::ForeignOrigin => (
                StatusCode::FORBIDDEN,
                Text::new(
                    "Biểu mẫu được gửi từ trang khác nên không được nhận.",
                    "The form was sent from another site and is not accepted.",
                ),
            ),
            Self::NoOrigin
            | Self::NotSignedIn
            | Self::Forbidden
            | Self::TooManyTries { .. }
            | Self::Password(_)
            | Self::NoToken => self.describe_access(),
            Self::TooLarge { .. } | Self::NoFile | Self::TooManyFiles { .. } => {
                self.describe_upload()
            }
            Self::NoCopy(reason) | Self::Template(reason) | Self::Webhook(reason) => {
                (StatusCode::UNPROCESSABLE_ENTITY, reason.clone())
            }
            Self::NoLetters(week) => (StatusCode::CONFLICT, no_letters(*week)),
            Self::Store(error) => describe_store(error),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                Text::new(
                    "Đã có nhiều yêu cầu đang chờ. Xin thử lại sau ít phút.",
                    "Many wait already. Please try again in a few minutes.",
                ),
            ),
            Self::Cancelled => (
                StatusCode::CONFLICT,
                Text::new(
                    "Việc lập bộ tài liệu đã bị hủy. Chưa có gì được ghi.",
                    "The pack was cancelled. Nothing was recorded.",
                ),
            ),
            Self::TooSlow | Self::TooOften { .. } => self.describe_limit(),
            Self::Pack(_) | Self::Internal(_) => internal(),
        }
    }
}

/// What a text that is kept has to be.
pub(crate) fn no_line(field: &str, most: usize) -> Text {
    Text::new(
        format!("{field} cần từ 1 đến {most} ký tự, trên một dòng. Chưa có gì được ghi."),
        format!("{field} needs 1 to {most} characters on one line. Nothing was recorded."),
    )
}

/// That nobody is late.
pub(crate) fn no_letters(week: Week) -> Text {
    Text::new(
        format!("Không có báo cáo nào của tuần {week} bị quá hạn nên không có công văn."),
        format!("No report of week {week} is overdue, so there are no letters."),
    )
}

impl ServerError {
    /// Why somebody may not do what was asked.
    fn describe_access(&self) -> (StatusCode, Text) {
        match self {
            Self::NoOrigin => (
                StatusCode::FORBIDDEN,
                Text::new(
                    "Trình duyệt không cho biết biểu mẫu được gửi từ đâu nên không được nhận.",
                    "The browser does not say where the form was sent from, so it is not accepted.",
                ),
            ),
            Self::NotSignedIn => (
                StatusCode::UNAUTHORIZED,
                Text::new(
                    "Chưa đăng nhập hoặc phiên làm việc đã hết. Chưa có gì được ghi; xin đăng nhập rồi làm lại.",
                    "Nobody is signed in, or the session has ended. Nothing was recorded; please sign in and try again.",
                ),
            ),
            Self::TooManyTries { seconds } => (
                StatusCode::TOO_MANY_REQUESTS,
                Text::new(
                    format!("Đã thử sai quá nhiều lần. Xin thử lại sau {seconds} giây."),
                    format!("Too many wrong tries. Please try again in {seconds} seconds."),
                ),
            ),
            Self::Password(reason) => (StatusCode::UNPROCESSABLE_ENTITY, reason.clone()),
            Self::NoToken => (
                StatusCode::UNAUTHORIZED,
                Text::new(
                    "Mã gửi tệp không có, đã hết hạn hoặc đã bị thu hồi.",
                    "The token is not known, has expired or was revoked.",
                ),
            ),
            _ => (
                StatusCode::FORBIDDEN,
                Text::new(
                    "Tài khoản này không được xem hoặc làm việc này.",
                    "This account may not see or do this.",
                ),
            ),
        }
    }

    /// What a client did too slowly or too often.
    fn describe_limit(&self) -> (StatusCode, Text) {
        match self {
            Self::TooOften { seconds } => (
                StatusCode::TOO_MANY_REQUESTS,
                Text::new(
                    format!("Quá nhiều yêu cầu từ địa chỉ này. Xin thử lại sau {seconds} giây."),
                    format!(
                        "Too many requests from this address. Please try again in {seconds} seconds."
                    ),
                ),
            ),
            _ => (
                StatusCode::REQUEST_TIMEOUT,
                Text::new(
                    "Tệp gửi quá lâu nên bị ngắt. Chưa có gì được ghi; xin gửi lại.",
                    "The file took too long to arrive and was cut off. Nothing was recorded; please send it again.",
                ),
            ),
        }
    }

    /// What was wrong with the files of an upload as a whole.
    fn describe_upload(&self) -> (StatusCode, Text) {
        match self {
            Self::TooLarge { limit_mb } => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Text::new(
                    format!("Tệp lớn hơn {limit_mb} MB. Chưa có gì được ghi."),
                    format!("The file is larger than {limit_mb} MB. Nothing was recorded."),
                ),
            ),
            Self::TooManyFiles { most } => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Text::new(
                    format!("Mỗi lần gửi tối đa {most} tệp. Chưa có gì được ghi."),
                    format!("An upload carries at most {most} files. Nothing was recorded."),
                ),
            ),
            _ => (
                StatusCode::BAD_REQUEST,
                Text::new(
                    "Chưa chọn tệp nào. Chưa có gì được ghi.",
                    "No file was chosen. Nothing was recorded.",
                ),
            ),
        }
    }

    /// The error for a script: status and text in both languages.
    pub(crate) fn as_json(&self) -> HttpResponse {
        #[derive(Serialize)]
        struct Wire {
            error: Text,
        }
        let (status, error) = self.describe();
        self.log();
        HttpResponse::build(status).json(Wire { error })
    }

    /// The page of the error, with the id of the request where it has one.
    pub(crate) fn page(&self, request: Option<&str>) -> HttpResponse {
        let (status, text) = self.describe();
        let page = ErrorPage {
            status: status.as_u16(),
            text,
            request,
        };
        let body = page
            .render()
            .unwrap_or_else(|_| page.text.in_language(Language::En).to_owned());
        let mut response = HttpResponse::build(status);
        if let Some(seconds) = self.retry_after() {
            response.insert_header((RETRY_AFTER, seconds));
        }
        response.content_type(ContentType::html()).body(body)
    }

    /// After how many seconds it is worth asking again.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooOften { seconds } | Self::TooManyTries { seconds } => Some(*seconds),
            _ if self.describe().0 == StatusCode::SERVICE_UNAVAILABLE => Some(60),
            _ => None,
        }
    }

    /// Writes a failure of ours to the log; it is handled nowhere else.
    pub(crate) fn log(&self) {
        if self.describe().0.is_server_error() {
            tracing::error!(error = %Chain(self), "a request failed");
        }
    }
}

fn not_found(vi: &str, en: &str) -> Text {
    Text::new(
        format!("Không tìm thấy: {vi}."),
        format!("Not found: {en}."),
    )
}

fn describe_store(error: &StoreError) -> (StatusCode, Text) {
    match error {
        StoreError::NotFound { what } => (StatusCode::NOT_FOUND, not_found(&what.vi, &what.en)),
        StoreError::Moved => (
            StatusCode::CONFLICT,
            Text::new(
                "Số liệu của địa phương đã thay đổi từ lúc kiểm tra. Chưa có gì được ghi.",
                "The province's figures have changed since the check. Nothing was recorded.",
            ),
        ),
        StoreError::Conflict(reason) => (
            StatusCode::CONFLICT,
            Text::new(
                format!("Không thực hiện được: {}.", reason.vi),
                format!("Not done: {}.", reason.en),
            ),
        ),
        StoreError::Unavailable(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            Text::new(
                "Cơ sở dữ liệu tạm thời không trả lời. Chưa có gì được ghi; xin thử lại sau ít phút.",
                "The database does not answer for now. Nothing was recorded; please try again in a few minutes.",
            ),
        ),
        StoreError::Address(_)
        | StoreError::Corrupt(_)
        | StoreError::Query(_)
        | StoreError::Archive(_)
        | StoreError::ArchiveFile(_) => internal(),
    }
}

fn internal() -> (StatusCode, Text) {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        Text::new(
            "Chương trình gặp lỗi. Chưa có gì được ghi; quản trị viên xem nhật ký để biết nguyên nhân.",
            "The program failed. Nothing was recorded; the administrator finds the cause in the log.",
        ),
    )
}

/// The page of an error; both languages, for the wanted one may be what could not be read.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    status: u16,
    text: Text,
    /// The id of the request; `None` where it has none yet.
    request: Option<&'a str>,
}

impl ResponseError for ServerError {
    fn status_code(&self) -> StatusCode {
        self.describe().0
    }

    fn error_response(&self) -> HttpResponse {
        self.log();
        self.page(None)
    }
}

impl From<askama::Error> for ServerError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(format!("a page could not be written: {error}"))
    }
}

impl From<actix_web::error::BlockingError> for ServerError {
    fn from(error: actix_web::error::BlockingError) -> Self {
        Self::Internal(error.to_string())
    }
}

/// An error with its causes in one line.
pub(crate) struct Chain<'a>(pub(crate) &'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
