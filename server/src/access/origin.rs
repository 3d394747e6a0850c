//! Whether a form comes from a page of our own.
//!
//! Browsers say where a request comes from, and no page can make them leave it out or say something else. That, together with
//! cookies that are not sent along with forms of other sites (`SameSite=Lax`), is why forms carry no token of their own.

use actix_web::ResponseError as _;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HOST, ORIGIN};
use actix_web::middleware::Next;

use crate::api;
use crate::error::ServerError;

/// Refuses what would change something and does not come from a page of our own. A script shows a token, which no page of another
/// site can add.
pub(crate) async fn refuse_foreign_forms(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let changes = !request.method().is_safe();
    let shows_token = request.headers().contains_key(AUTHORIZATION);
    if changes
        && !shows_token
        && let Err(error) = check(&request)
    {
        let answer = if api::is_of_api(request.path()) {
            api::refuse(request.request(), error)
        } else {
            error.error_response()
        };
        return Ok(request.into_response(answer));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn check(request: &ServiceRequest) -> Result<(), ServerError> {
    let header = |name| {
        let value = request.headers().get(name);
        value.and_then(|value| value.to_str().ok())
    };
    let host = || header(HOST.as_str());
    match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some("same-origin"), _) => Ok(()),
        (None, Some(origin)) => {
            let from = origin.split_once("://").map(|(_, from)| from);
            let own = from.is_some() && from == host();
            own.then_some(()).ok_or(ServerError::ForeignOrigin)
        }
        (Some(_), _) => Err(ServerError::ForeignOrigin),
        (None, None) => Err(ServerError::NoOrigin),
    }
}
