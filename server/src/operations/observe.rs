//! Every request gets an id, a line in the log and a place in the metrics.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use tracing::Instrument as _;

use crate::error::ServerError;
use crate::state::State;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id of a request that is taken from its sender.
const LONGEST_ID: usize = 64;

/// Names, times and counts a request. What the log tells of it is its path: the query may hold anything.
pub(crate) async fn observe(
    state: web::Data<State>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let id = id_of(&request);
    let span = tracing::error_span!("request", id = id.to_str().unwrap_or_default());
    let method = request.method().clone();
    let path = request.path().to_owned();
    let answer = next.call(request).instrument(span.clone()).await;
    let mut response = answer?.map_into_boxed_body();
    if let Some(page) = page_with_id(&response, &id) {
        response = response.into_response(page);
    }
    let took = began.elapsed();
    let status = response.status().as_u16();
    let route = response.request().match_pattern();
    let route = route.unwrap_or_else(|| "none".to_owned());
    // Who reads the log must not be able to follow a one-time link.
    let path = if route.contains("{secret}") {
        route.clone()
    } else {
        path
    };
    span.in_scope(|| {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, path, status, ms, "answered");
    });
    state
        .metrics
        .answered((route, method.as_str()), status, took);
    response.headers_mut().insert(REQUEST_ID, id);
    Ok(response)
}

/// The id that the sender or a proxy gave, where it is a plain word; else one of our own.
fn id_of(request: &ServiceRequest) -> HeaderValue {
    let is_plain = |value: &&HeaderValue| {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
        (1..=LONGEST_ID).contains(&value.len()) && value.as_bytes().iter().all(plain)
    };
    let given = request.headers().get(REQUEST_ID).filter(is_plain);
    given.cloned().unwrap_or_else(|| {
        let mut bits = [0; 16];
        // Without random bits all ids are the same, which is no reason to answer nothing.
        let id = getrandom::fill(&mut bits).map(|()| hex::encode(bits));
        let id = id.as_deref().unwrap_or("none");
        HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("none"))
    })
}

/// The page of an error again, with the id by which the administrator finds it in the log.
fn page_with_id(response: &ServiceResponse<BoxBody>, id: &HeaderValue) -> Option<HttpResponse> {
    let error = response.response().error()?.as_error::<ServerError>()?;
    Some(error.page(id.to_str().ok()))
}
