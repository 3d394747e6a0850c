//! The reception: sessions that many requests show at the same time are looked up together.
//!
//! A look begins after every request it answers came in. So nothing is kept: a session that was ended a moment ago opens nothing,
//! on whichever server it was ended, and two hundred readers cost little more than one.

use std::future::{Ready, ready};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use chrono::{DateTime, Utc};
use store::StoreError;
use store::domain::Digest;
use tokio::sync::oneshot;

use super::session::{IDLE, SignedIn};
use crate::error::{Chain, ServerError};
use crate::state::State;

/// Those who wait to be told whose session they show.
#[derive(Default)]
pub(crate) struct Reception {
    line: Mutex<Vec<Waiting>>,
    /// Held during a look, so that those who come meanwhile gather for the next one; when the last one ended.
    looking: Mutex<Option<Instant>>,
}

/// Looks begin so long after the one before: who is alone never waits, and a crowd gathers.
const APART: Duration = Duration::from_millis(2);

struct Waiting {
    session: Digest,
    tell: oneshot::Sender<Result<Known, ServerError>>,
}

/// What a look found.
pub(super) struct Known {
    /// Who shows the session; `None` where it is not open.
    pub(super) signed_in: Option<SignedIn>,
    pub(super) latest: Latest,
}

/// The moment of the latest write as it was after the request came in, for handlers that need not ask again.
#[derive(Clone, Copy, Debug)]
pub struct Latest(pub DateTime<Utc>);

impl FromRequest for Latest {
    type Error = ServerError;
    type Future = Ready<Result<Self, ServerError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = request.extensions().get::<Self>().copied();
        ready(known.ok_or(ServerError::NotSignedIn))
    }
}

/// Finds out whose session it is.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(super) async fn ask(state: &web::Data<State>, session: Digest) -> Result<Known, ServerError> {
    let (tell, told) = oneshot::channel();
    let is_first = {
        let mut line = lock(&state.reception.line);
        line.push(Waiting { session, tell });
        line.len() == 1
    };
    if is_first {
        let state = state.clone();
        // Who waits is told through the line, and learns that a look failed altogether by its end.
        drop(web::block(move || look(&state)));
    }
    told.await
        .unwrap_or_else(|_| Err(ServerError::Internal("nobody looked".to_owned())))
}

/// Answers everybody who stands in the line when it begins.
fn look(state: &State) {
    let mut looking = lock(&state.reception.looking);
    let rest = looking.and_then(|ended| APART.checked_sub(ended.elapsed()));
    std::thread::sleep(rest.unwrap_or_default());
    let line = std::mem::take(&mut *lock(&state.reception.line));
    let asked = line.iter().map(|waiting| waiting.session).collect();
    let now = (state.clock)();
    let found = state.store.use_sessions(&asked, now, IDLE);
    let found = found.and_then(|found| Ok((found, Latest(state.latest_moment()?))));
    *looking = Some(Instant::now());
    drop(looking);
    for Waiting { session, tell } in line {
        let known = match &found {
            Ok((sessions, latest)) => {
                let open = sessions.get(&session).filter(|(open, _)| !open.pending);
                Ok(Known {
                    signed_in: open
                        .cloned()
                        .map(|(session, account)| SignedIn { session, account }),
                    latest: *latest,
                })
            }
            Err(error) => Err(again(error)),
        };
        // Who hung up meanwhile need not be told.
        drop(tell.send(known));
    }
}

/// One failure for all who waited.
fn again(error: &StoreError) -> ServerError {
    let words = Chain(error).to_string();
    match error {
        StoreError::Unavailable(_) => StoreError::Unavailable(words).into(),
        _ => ServerError::Internal(words),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
