//! Limits of rate and time: no client and no account can keep the others waiting.

use std::cell::Cell;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::rt::time::sleep;
use actix_web::web;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use futures_util::future::{Either, select};
use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt as _};
use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use store::domain::Login;

use super::Settings;
use crate::api;
use crate::error::ServerError;
use crate::state::State;

type Kept = RateLimiter<Counted, HashMapStateStore<Counted>, DefaultClock>;

/// How many are remembered before those that have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// Whose requests are counted: an account is held to the limit wherever its requests come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    /// An address.
    Client(IpAddr),
    /// An account, by its login.
    Account(Login),
    /// A token, by its number.
    Token(i64),
}

/// What each may still do. A minute's worth may come at once.
pub(crate) struct Limiter {
    /// `None`: as much as it likes.
    every: Option<Kept>,
    writes: Option<Kept>,
    body_timeout: Duration,
}

impl Limiter {
    pub(crate) fn new(settings: &Settings) -> Self {
        let kept = |a_minute: u32| {
            let a_minute = NonZeroU32::new(a_minute)?;
            Some(RateLimiter::hashmap(Quota::per_minute(a_minute)))
        };
        Self {
            every: kept(settings.rate_limit),
            writes: kept(settings.write_limit),
            body_timeout: settings.body_timeout,
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`ServerError::TooOften`] with the seconds to wait where the limit is reached.
    pub(crate) fn count(
        &self,
        counted: Counted,
        request: &ServiceRequest,
        client: IpAddr,
    ) -> Result<(), ServerError> {
        // Programs of this machine may read as much as they like: they are the administrator's, or a proxy that was not
        // named and asks for everybody.
        let every = self.every.as_ref().filter(|_| !client.is_loopback());
        let writes = self.writes.as_ref().filter(|_| !request.method().is_safe());
        for kept in every.into_iter().chain(writes) {
            if kept.len() > REMEMBERED {
                kept.retain_recent();
            }
            kept.check_key(&counted).map_err(|refused| {
                let wait = refused.wait_time_from(DefaultClock::default().now());
                let seconds = wait.as_secs() + 1;
                ServerError::TooOften { seconds }
            })?;
        }
        Ok(())
    }
}

/// Refuses what comes too often.
pub(crate) async fn limit_rate(
    state: web::Data<State>,
    limiter: web::Data<Limiter>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    let client = state.security.client(request.request());
    if let Err(error) = limiter.count(Counted::Client(client), &request, client) {
        let refused = refusal(request.request(), error);
        return Ok(request.into_response(refused).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Cuts off a body that does not come to its end in time.
pub(crate) async fn limit_time(
    limiter: web::Data<Limiter>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    let is_late = Rc::new(Cell::new(false));
    if !request.method().is_safe() {
        let body = request.take_payload();
        let payload = until(body, limiter.body_timeout, Rc::clone(&is_late));
        request.set_payload(Payload::Stream { payload });
    }
    let response = next.call(request).await?;
    if is_late.get() {
        let (request, _) = response.into_parts();
        let refused = refusal(&request, ServerError::TooSlow);
        return Ok(ServiceResponse::new(request, refused).map_into_right_body());
    }
    Ok(response.map_into_left_body())
}

/// A program that asks the API reads a problem, everybody else a page.
fn refusal(request: &HttpRequest, error: ServerError) -> HttpResponse {
    if api::is_of_api(request.path()) {
        api::refuse(request, error)
    } else {
        HttpResponse::from_error(error)
    }
}

type Pieces = Pin<Box<dyn Stream<Item = Result<web::Bytes, PayloadError>>>>;

/// The pieces of a body until the time is over; then an error, and a note of it.
fn until(body: Payload, time: Duration, is_late: Rc<Cell<bool>>) -> Pieces {
    let state = (body, Box::pin(sleep(time)), is_late);
    let pieces = unfold(state, |(mut body, mut over, is_late)| async move {
        let piece = match select(body.next(), &mut over).await {
            Either::Left((piece, _)) => piece?,
            Either::Right(_) => {
                is_late.set(true);
                Err(PayloadError::Io(std::io::ErrorKind::TimedOut.into()))
            }
        };
        Some((piece, (body, over, is_late)))
    });
    // Who reads may ask again after the end.
    Box::pin(pieces.fuse())
}
