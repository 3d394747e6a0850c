//! What an address of the API does: its words, its parameters, what it takes and answers, and the function that does it.
//!
//! Routing, the check of parameters, the choice of a format and the OpenAPI document are all made of these values, so that
//! none of them can say something else than the others.

use actix_web::http::{Method, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::call::Call;
use super::parameter::Parameter;
use super::problem::{Problem, ProblemKind};
use super::reply::Reply;
use super::table::Table;
use crate::access::Demand;

/// A route: method, path, what it demands of who asks, the name of the operation and the operation.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) demand: Demand,
    pub(crate) name: &'static str,
    pub(crate) operation: &'static Operation,
}

/// What a request carries.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Carries {
    /// No body.
    Nothing,
    /// JSON.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// Files and answers as a multipart form.
    Files,
}

/// What an address does.
pub(crate) struct Operation {
    /// What it is for, in Vietnamese and English.
    pub(crate) about: (&'static str, &'static str),
    /// What may be asked.
    pub(crate) parameters: &'static [Parameter],
    /// What the request carries.
    pub(crate) carries: Carries,
    /// The status where it is done.
    pub(crate) done: StatusCode,
    /// The media type of the answer.
    pub(crate) media: &'static str,
    /// The shape of a JSON answer; `None` for other media.
    pub(crate) answer: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// The answer as a table; empty where it is none.
    pub(crate) tables: &'static [Table],
    /// The problems that only this operation has.
    pub(crate) problems: &'static [ProblemKind],
    /// Does it.
    pub(crate) run: fn(&Call) -> Result<Reply, Problem>,
}

/// The shape of a type.
pub(crate) fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The media type of JSON.
pub(crate) const JSON: &str = "application/json";

impl Operation {
    /// An operation that answers JSON and changes nothing.
    pub(crate) const fn read(
        run: fn(&Call) -> Result<Reply, Problem>,
        answer: fn(&mut SchemaGenerator) -> Schema,
    ) -> Self {
        Self {
            about: ("", ""),
            parameters: &[],
            carries: Carries::Nothing,
            done: StatusCode::OK,
            media: JSON,
            answer: Some(answer),
            tables: &[],
            problems: &[],
            run,
        }
    }

    /// An operation that answers a file.
    pub(crate) const fn file(
        run: fn(&Call) -> Result<Reply, Problem>,
        media: &'static str,
    ) -> Self {
        Self {
            about: ("", ""),
            parameters: &[],
            carries: Carries::Nothing,
            done: StatusCode::OK,
            media,
            answer: None,
            tables: &[],
            problems: &[],
            run,
        }
    }

    /// Every media type of the answer, the usual one first.
    pub(crate) fn offers(&self) -> impl Iterator<Item = &'static str> {
        let tables = self.tables.iter().map(|table| table.media);
        std::iter::once(self.media).chain(tables)
    }
}

impl Route {
    /// Whether asking it may change something.
    pub(crate) fn is_write(&self) -> bool {
        self.method != Method::GET
    }

    /// Whether it is for some visitors only.
    pub(crate) fn is_restricted(&self) -> bool {
        self.demand != Demand::Nothing
    }

    /// Whether a token may be good for it; what is done in somebody's name takes a session.
    pub(crate) const fn takes_tokens(&self) -> bool {
        matches!(
            self.demand,
            Demand::Province | Demand::Nation | Demand::Upload
        )
    }

    /// Every type of problem it may answer with.
    pub(crate) fn problems(&self) -> Vec<ProblemKind> {
        use ProblemKind as Kind;
        let mut kinds = vec![
            Kind::InvalidParameter,
            Kind::NotFound,
            Kind::NotAcceptable,
            Kind::Busy,
            Kind::Internal,
            Kind::Unavailable,
        ];
        if self.is_restricted() {
            kinds.extend([Kind::NoToken, Kind::Forbidden]);
        }
        if self.is_write() {
            kinds.extend([Kind::Conflict, Kind::KeyReused]);
        }
        if !matches!(self.operation.carries, Carries::Nothing) {
            kinds.extend([
                Kind::InvalidBody,
                Kind::TooSlow,
                Kind::TooLarge,
                Kind::WrongMediaType,
            ]);
        }
        kinds.extend(self.operation.problems);
        kinds
    }
}
