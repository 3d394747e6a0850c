//! The API under `/api/v1`: what the pages show and do, for programs.
//!
//! `routes.rs` lists every address with its demand and its operation. An operation says in one value what it is for, what may be asked, what
//! it takes and answers, and names the function that does it: routing, checks, formats and the OpenAPI document are made of it.
//! No figure is computed here: the answers are shapes of what `reports` gives to pages too.

mod arrivals;
mod audit_deeds;
mod audits;
mod batches;
mod bottleneck;
mod call;
mod changes;
mod charts;
mod contacts;
mod deadlines;
mod deliveries;
mod demands;
mod difficulties;
mod docs;
mod document;
mod exemptions;
mod forecasts;
mod idempotency;
mod issued;
mod letters;
mod log;
mod metrics;
mod operation;
mod packs;
mod paging;
mod parameter;
mod problem;
mod problem_words;
mod published;
mod questions;
mod reconciliation;
mod reply;
mod report;
mod routes;
mod series;
mod serve;
mod submissions;
mod table;
mod units;
mod uploads;
mod webhooks;
mod wire;

use actix_web::{HttpRequest, HttpResponse};

pub(crate) use document::document;
pub(crate) use reply::{has, tag_of_digest, takes_gzip};
pub(crate) use routes::list;
pub(crate) use serve::refuse_method;

use crate::error::ServerError;

/// Whether a path is of the API, where every error is a problem as RFC 9457 has it.
pub(crate) fn is_of_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Refuses a request before it comes to its operation.
pub(crate) fn refuse(request: &HttpRequest, error: ServerError) -> HttpResponse {
    problem::Problem::from(error).respond(request.path(), call::language_of(request))
}
