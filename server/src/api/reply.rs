//! What an operation answers, and how it goes to the client: in the format asked for, under the digest of its bytes.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT, ACCEPT_ENCODING, Accept, EntityTag, Header as _, HeaderValue, IF_NONE_MATCH,
    IfNoneMatch, LINK, LOCATION,
};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use store::domain::{Digest, Language, Text};

use super::operation::Route;
use super::problem::{Problem, ProblemKind};
use crate::error::ServerError;
use crate::pages::downloads::attachment;

/// An answer in the usual format of its operation.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    /// The address of the next page; `None` on the last and for what has none.
    pub(crate) next: Option<String>,
    /// The address of what was made; `None` where nothing was.
    pub(crate) location: Option<String>,
    /// The name of a file to keep; `None` for other answers.
    pub(crate) file_name: Option<String>,
}

impl Reply {
    /// Bytes as they are.
    pub(crate) fn bytes(body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            body,
            next: None,
            location: None,
            file_name: None,
        }
    }

    /// A value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value);
        let body = body.map_err(|error| ServerError::Internal(error.to_string()))?;
        Ok(Self::bytes(body))
    }

    /// Sends it in the format asked for, or says that the client has it already.
    pub(crate) fn respond(
        self,
        route: &Route,
        request: &HttpRequest,
        language: Language,
    ) -> Result<HttpResponse, Problem> {
        let media = if self.status.is_success() {
            media_of(route, request)?
        } else {
            super::problem::MEDIA
        };
        let operation = route.operation;
        let table = operation.tables.iter().find(|table| table.media == media);
        let body = match table {
            Some(table) => table.write(&self.body)?,
            None => self.body,
        };
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header(("Vary", "Accept, Accept-Encoding, Accept-Language"))
            .insert_header(("Content-Language", language.key()));
        for (name, value) in [
            (
                LINK,
                self.next.map(|next| format!("<{next}>; rel=\"next\"")),
            ),
            (LOCATION, self.location),
        ] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                response.insert_header((name, value));
            }
        }
        if route.is_write() {
            response.insert_header(("Cache-Control", "no-store"));
        } else {
            let tag = tag_of(&body, request);
            response
                .insert_header(("Cache-Control", "private, no-cache"))
                .insert_header(actix_web::http::header::ETag(tag.clone()));
            if has(request, &tag) {
                return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
            }
        }
        if let Some(name) = self.file_name {
            response.insert_header(attachment(&name));
        }
        let charset = if media.starts_with("text/") {
            "; charset=utf-8"
        } else {
            ""
        };
        Ok(response
            .content_type(format!("{media}{charset}"))
            .body(body))
    }
}

/// The digest of the bytes as a strong tag. The compressed form is another representation and has another tag (RFC 9110, 8.8.3.3).
fn tag_of(body: &[u8], request: &HttpRequest) -> EntityTag {
    tag_of_digest(Digest::of(body), request)
}

/// The tag of bytes with a digest, in the form that the client takes.
pub(crate) fn tag_of_digest(digest: Digest, request: &HttpRequest) -> EntityTag {
    let suffix = if takes_gzip(request) { "-gzip" } else { "" };
    EntityTag::new_strong(format!("{digest}{suffix}"))
}

/// Whether the client takes the compressed form.
pub(crate) fn takes_gzip(request: &HttpRequest) -> bool {
    let encodings = request.headers().get(ACCEPT_ENCODING);
    encodings
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"))
}

/// Whether the client has what a tag names.
pub(crate) fn has(request: &HttpRequest, tag: &EntityTag) -> bool {
    if !request.headers().contains_key(IF_NONE_MATCH) {
        return false;
    }
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}

/// The first format of `Accept` that the operation has; the usual one where anything will do.
///
/// # Errors
/// [`ProblemKind::NotAcceptable`] where it has none of them.
pub(crate) fn media_of(route: &Route, request: &HttpRequest) -> Result<&'static str, Problem> {
    let operation = route.operation;
    if !request.headers().contains_key(ACCEPT) {
        return Ok(operation.media);
    }
    let ranked = Accept::parse(request).map(|accept| accept.ranked());
    let fits = |range: &str, media: &str| {
        let (range, media) = (essence(range), essence(media));
        let whole = range.strip_suffix("/*");
        range == media
            || range == "*/*"
            || whole.is_some_and(|kind| media.starts_with(&format!("{kind}/")))
    };
    let mut found = ranked
        .iter()
        .flatten()
        .filter_map(|range| operation.offers().find(|media| fits(range.as_ref(), media)));
    found.next().ok_or_else(|| {
        let offers = operation.offers().collect::<Vec<_>>().join(", ");
        Problem::new(
            ProblemKind::NotAcceptable,
            Text::new(
                format!("Ở đây có: {offers}."),
                format!("There is: {offers}."),
            ),
        )
    })
}

/// A media type without its parameters.
fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}
