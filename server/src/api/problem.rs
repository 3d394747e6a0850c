//! What the API answers when it cannot do what was asked: `application/problem+json` as RFC 9457 has it, with a page for each
//! type that explains it in both languages.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use store::domain::{Language, Text};

use crate::error::ServerError;

/// The media type of a problem.
pub(crate) const MEDIA: &str = "application/problem+json";

/// The types of problems. The address of a type is [`ProblemKind::address`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    InvalidParameter,
    UnknownParameter,
    InvalidBody,
    NoToken,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    TooSlow,
    Conflict,
    TooLarge,
    WrongMediaType,
    NotRecorded,
    KeyReused,
    Busy,
    Internal,
    Unavailable,
}

use ProblemKind as Kind;

impl ProblemKind {
    /// Every type, by status.
    pub(crate) const ALL: [Self; 17] = [
        Kind::InvalidParameter,
        Kind::UnknownParameter,
        Kind::InvalidBody,
        Kind::NoToken,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::MethodNotAllowed,
        Kind::NotAcceptable,
        Kind::TooSlow,
        Kind::Conflict,
        Kind::TooLarge,
        Kind::WrongMediaType,
        Kind::NotRecorded,
        Kind::KeyReused,
        Kind::Busy,
        Kind::Internal,
        Kind::Unavailable,
    ];

    /// The word in the address of its page.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Kind::InvalidParameter => "invalid-parameter",
            Kind::UnknownParameter => "unknown-parameter",
            Kind::InvalidBody => "invalid-body",
            Kind::NoToken => "no-token",
            Kind::Forbidden => "forbidden",
            Kind::NotFound => "not-found",
            Kind::MethodNotAllowed => "method-not-allowed",
            Kind::NotAcceptable => "not-acceptable",
            Kind::TooSlow => "too-slow",
            Kind::Conflict => "conflict",
            Kind::TooLarge => "too-large",
            Kind::WrongMediaType => "wrong-media-type",
            Kind::NotRecorded => "not-recorded",
            Kind::KeyReused => "key-reused",
            Kind::Busy => "busy",
            Kind::Internal => "internal",
            Kind::Unavailable => "unavailable",
        }
    }

    /// The type of a word; `None` for any other.
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The status it is answered with.
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Kind::InvalidParameter | Kind::UnknownParameter | Kind::InvalidBody => {
                StatusCode::BAD_REQUEST
            }
            Kind::NoToken => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Kind::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Kind::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Kind::NotRecorded | Kind::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Busy => StatusCode::TOO_MANY_REQUESTS,
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The address of the page that explains it.
    pub(crate) fn address(self) -> String {
        format!("/api/problems/{}", self.key())
    }

    /// The first type that is answered with a status.
    fn of_status(status: StatusCode) -> Self {
        let found = Self::ALL.into_iter().find(|kind| kind.status() == status);
        found.unwrap_or(Kind::Internal)
    }
}

/// A problem on its way to the client.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) detail: Text,
    /// The part of the request at fault; `None` where it is the request as a whole.
    pub(crate) parameter: Option<String>,
    /// What became of each file of an upload; `None` for other requests.
    pub(crate) files: Option<Value>,
    /// After how many seconds it is worth asking again; `None` where that is not known.
    pub(crate) retry_after: Option<u32>,
}

/// A problem as RFC 9457 writes it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemDocument<'a> {
    /// The address of the page that explains this type of problem.
    #[serde(rename = "type")]
    address: String,
    /// The type in a few words, in the language asked for.
    title: &'a str,
    /// The status of the answer.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What is wrong with this request, in the language asked for.
    detail: &'a str,
    /// The path that was asked.
    instance: &'a str,
    /// The part of the request at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    /// What became of each file of an upload.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Vec<super::uploads::FileOutcome>>")]
    files: Option<&'a Value>,
}

impl Problem {
    pub(crate) fn new(kind: ProblemKind, detail: Text) -> Self {
        Self {
            kind,
            detail,
            parameter: None,
            files: None,
            retry_after: None,
        }
    }

    /// A part of the request that cannot be read, by its name.
    pub(crate) fn invalid(parameter: &str, vi: &str, en: &str) -> Self {
        Self {
            parameter: Some(parameter.to_owned()),
            ..Self::new(Kind::InvalidParameter, Text::new(vi, en))
        }
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: &str) -> Self {
        ServerError::NotFound(what.chars().take(60).collect()).into()
    }

    /// The document about a request to a path.
    pub(crate) fn document(&self, instance: &str, language: Language) -> Vec<u8> {
        let title = self.kind.title();
        let document = ProblemDocument {
            address: self.kind.address(),
            title: title.in_language(language),
            status: self.kind.status().as_u16(),
            detail: self.detail.in_language(language),
            instance,
            parameter: self.parameter.as_deref(),
            files: self.files.as_ref(),
        };
        // Texts and numbers can always be written.
        serde_json::to_vec(&document).unwrap_or_default()
    }

    /// The answer to a request to a path.
    pub(crate) fn respond(&self, instance: &str, language: Language) -> HttpResponse {
        let status = self.kind.status();
        let mut response = HttpResponse::build(status);
        match self.kind {
            Kind::NoToken => response.insert_header(("WWW-Authenticate", "Bearer")),
            Kind::Unavailable | Kind::Busy => {
                response.insert_header(("Retry-After", self.retry_after.unwrap_or(60)))
            }
            _ => &mut response,
        };
        response
            .content_type(MEDIA)
            .insert_header(("Content-Language", language.key()))
            .insert_header(("Cache-Control", "no-store"))
            .body(self.document(instance, language))
    }
}

impl From<ServerError> for Problem {
    fn from(error: ServerError) -> Self {
        error.log();
        let (status, detail) = error.describe();
        let retry_after = error.retry_after();
        let retry_after = retry_after.and_then(|seconds| u32::try_from(seconds).ok());
        let kind = match error {
            ServerError::NoFile | ServerError::TooManyFiles { .. } | ServerError::Webhook(_) => {
                Kind::InvalidBody
            }
            ServerError::Busy => Kind::Busy,
            ServerError::Malformed { parameter, .. }
            | ServerError::Line {
                field: parameter, ..
            } => {
                return Self {
                    parameter: Some(parameter.to_owned()),
                    ..Self::new(Kind::InvalidParameter, detail)
                };
            }
            _ => Kind::of_status(status),
        };
        Self {
            retry_after,
            ..Self::new(kind, detail)
        }
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        ServerError::from(error).into()
    }
}
