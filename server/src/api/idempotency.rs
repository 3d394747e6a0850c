//! `Idempotency-Key`: a write that is sent twice is done once, and answered the same both times.

use actix_web::http::StatusCode;
use store::domain::{Digest, Text};
use store::{KeptAnswer, Reserved};

use super::call::Call;
use super::operation::Route;
use super::problem::{Problem, ProblemKind};
use super::reply::Reply;

/// The longest key that is taken.
pub(crate) const LONGEST_KEY: usize = 200;

/// Does a write, or answers again what was answered under the same key.
///
/// A request that was done is kept with its answer; one that failed may be sent again under its key.
pub(crate) fn once(route: &Route, call: &Call) -> Result<Reply, Problem> {
    let run = || (route.operation.run)(call);
    let Some(key) = &call.key else { return run() };
    if key.is_empty() || key.chars().count() > LONGEST_KEY {
        return Err(Problem::invalid(
            "Idempotency-Key",
            &format!("Khóa có từ 1 đến {LONGEST_KEY} ký tự."),
            &format!("A key has 1 to {LONGEST_KEY} characters."),
        ));
    }
    let store = &call.state.store;
    let name = Digest::of(format!("{}\n{}\n{key}", route.name, call.holder).as_bytes());
    let (asked, now) = (call.body_digest(), (call.state.clock)());
    match store.reserve_key(name, asked, now)? {
        Reserved::New => {}
        Reserved::Answered(kept) => return reply(kept),
        Reserved::OtherRequest => {
            return Err(Problem::new(
                ProblemKind::KeyReused,
                Text::new(
                    "Khóa này đã dùng cho một yêu cầu khác.",
                    "This key was used for another request.",
                ),
            ));
        }
        Reserved::UnderWay => {
            return Err(Problem::new(
                ProblemKind::Conflict,
                Text::new(
                    "Yêu cầu cùng khóa đang được thực hiện.",
                    "A request with this key is under way.",
                ),
            ));
        }
    }
    let done = run().or_else(|problem| match problem.kind {
        // Some files of the upload may have been recorded.
        ProblemKind::NotRecorded => Ok(Reply {
            status: problem.kind.status(),
            ..Reply::bytes(problem.document(&call.path, call.language))
        }),
        _ => Err(problem),
    });
    match &done {
        Ok(reply) => store.keep_answer(
            name,
            &KeptAnswer {
                status: reply.status.as_u16(),
                location: reply.location.clone(),
                body: reply.body.clone(),
            },
        )?,
        Err(_) => store.release_key(name)?,
    }
    done
}

fn reply(kept: KeptAnswer) -> Result<Reply, Problem> {
    let status = StatusCode::from_u16(kept.status);
    let status = status.map_err(|error| crate::error::ServerError::Internal(error.to_string()))?;
    Ok(Reply {
        status,
        location: kept.location,
        ..Reply::bytes(kept.body)
    })
}
