//! `sohoa withdraw`, `restore-submission`, `deadline` and `rule-set`: what is done to the ledger without a file.

use store::Store;
use store::domain::{Deadline, DeadlineKind, Language, Reference, RuleSet, SubmissionId, Text};

use super::outcome::{Outcome, WrongUse, print};
use crate::args::{RecordRuleSet, SetDeadline, Withdraw};
use crate::state::{Clock, local_day};

/// Takes a submission back.
pub(super) fn withdraw(options: &Withdraw, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let id = SubmissionId(options.submission);
    store.withdraw_submission(id, &options.by, &options.reason, clock())?;
    print(match options.lang.language {
        Language::Vi => format!("đã rút tệp số {id}\n"),
        Language::En => format!("submission {id} is withdrawn\n"),
    })?;
    Ok(Outcome::Done)
}

/// Lets a submission count again.
pub(super) fn restore(options: &Withdraw, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let id = SubmissionId(options.submission);
    store.restore_submission(id, &options.by, &options.reason, clock())?;
    print(match options.lang.language {
        Language::Vi => format!("tệp số {id} được tính lại\n"),
        Language::En => format!("submission {id} counts again\n"),
    })?;
    Ok(Outcome::Done)
}

/// Records a deadline.
pub(super) fn set_deadline(options: &SetDeadline, clock: &Clock) -> anyhow::Result<Outcome> {
    if let Some(unit) = options
        .unit
        .filter(|unit| Reference::embedded().units.find(*unit).is_none())
    {
        return Err(WrongUse(Text::new(
            format!("không có đơn vị nào mang mã {unit}"),
            format!("no unit has the id {unit}"),
        ))
        .into());
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
    let due_on = deadline.due_on;
    print(match options.lang.language {
        Language::Vi => format!("đã ghi hạn {due_on}\n"),
        Language::En => format!("deadline {due_on} is recorded\n"),
    })?;
    Ok(Outcome::Done)
}

/// Records a rule set.
pub(super) fn record_rule_set(options: &RecordRuleSet, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let rule_set = RuleSet {
        name: options.name.clone(),
        sha256: options.sha256,
        effective_from: options.effective_from,
        retired_on: options.retired_on,
        comparable_with: options.comparable_with.clone(),
    };
    store.record_rule_set(&rule_set, &options.by, clock())?;
    let words = options
        .lang
        .language
        .pick("đã đăng ký bộ quy tắc", "recorded the rule set");
    print(format!("{words} {}\n", rule_set.name).as_bytes())?;
    Ok(Outcome::Done)
}
