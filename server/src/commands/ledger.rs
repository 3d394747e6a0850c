//! `sohoa withdraw`, `restore-submission`, `deadline` and `verify`: what is done to the ledger without a file.

use anyhow::Context as _;
use store::domain::{Deadline, DeadlineKind, Reference, SubmissionId, Text};
use store::{Store, Verification};

use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Database, SetDeadline, Withdraw};
use crate::state::{Clock, local_day};

/// Takes a submission back.
pub(super) fn withdraw(options: &Withdraw, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let id = SubmissionId(options.submission);
    store.withdraw_submission(id, &options.by, &options.reason, clock())?;
    print(format!("submission {id} is withdrawn\n").as_bytes())?;
    Ok(Outcome::Done)
}

/// Lets a submission count again.
pub(super) fn restore(options: &Withdraw, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let id = SubmissionId(options.submission);
    store.restore_submission(id, &options.by, &options.reason, clock())?;
    print(format!("submission {id} counts again\n").as_bytes())?;
    Ok(Outcome::Done)
}

/// Records a deadline.
pub(super) fn set_deadline(options: &SetDeadline, clock: &Clock) -> anyhow::Result<Outcome> {
    if let Some(unit) = options
        .unit
        .filter(|unit| Reference::embedded().units.find(*unit).is_none())
    {
        return Err(WrongUse(format!("no unit has the id {unit}")).into());
    }
    let store = Store::open_existing(&options.database.database)?;
    let now = clock();
    let deadline = Deadline {
        unit: options.unit,
        due_on: options.due_on,
        announced_on: options.announced_on.unwrap_or_else(|| local_day(now)),
        kind: DeadlineKind::Plan,
        source: Text::same(&options.source),
    };
    store.record_deadline(&deadline, &options.by, now)?;
    print(format!("deadline {} is recorded\n", deadline.due_on).as_bytes())?;
    Ok(Outcome::Done)
}

/// Proves the log.
pub(super) fn verify(options: &Database) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database)?;
    match store
        .verify()
        .context("the log could not be read to its end")?
    {
        Verification::Whole { entries, head } => {
            let head = head.map_or_else(|| "-".to_owned(), |head| head.to_string());
            print(format!("the log is whole: {entries} entries, head {head}\n").as_bytes())?;
            Ok(Outcome::Done)
        }
        Verification::Broken { entry, reason } => {
            anyhow::bail!("the log is broken at entry {entry}: {reason}")
        }
    }
}
