//! What holds in the weekly account of open differences: invariants 11 to 15.

use super::super::{Breach, CaseAccount, Move, Outcome, Owner, ReconciliationBatch, Weight};
use crate::domain::{Count, Text};

/// What is known before an account comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct CasesBefore<'a> {
    /// The account before it, of the same unit and record type; `None` for the first.
    pub previous: Option<&'a CaseAccount>,
    /// Whether there may be an account before it that is not at hand: then what is open cannot be followed.
    pub out_of_reach: bool,
    /// The standing batches of the same unit, record type and week.
    pub batches: &'a [&'a ReconciliationBatch],
}

/// Checks an account by itself and against the one before.
#[must_use]
pub fn check_cases(account: &CaseAccount, before: &CasesBefore<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    breaches.extend(opened(account, before.batches));
    breaches.extend(handed_over(account));
    if !before.out_of_reach {
        let stocks = Owner::ALL.map(|owner| stock(account, before.previous, owner));
        breaches.extend(stocks.into_iter().flatten());
    }
    breaches.extend(
        before
            .previous
            .map(|previous| grown(account, previous))
            .into_iter()
            .flatten(),
    );
    breaches.extend(resolutions(account));
    breaches
}

/// Invariant 11. Told only where every batch of the week is of subjects never compared before: outcomes are not split.
fn opened(account: &CaseAccount, batches: &[&ReconciliationBatch]) -> Option<Breach> {
    let first_only = |batch: &&&ReconciliationBatch| {
        let run = batch.run.as_ref();
        run.is_some_and(|run| run.again == Count::ZERO)
    };
    if batches.is_empty() || !batches.iter().all(|batch| first_only(&batch)) {
        return None;
    }
    let found = batches.iter().map(|batch| {
        let outcomes = batch.outcomes;
        outcomes.get(Outcome::Differs) + outcomes.get(Outcome::Unsure) + batch.duplicate_groups()
    });
    let what = Text::new("số mới phát sinh", "the number opened");
    let pair = (
        account.moved(None, Move::Opened).to_i64(),
        found.sum::<Count>().to_i64(),
    );
    Breach::unless_equal(11, Weight::Warn, &what, pair)
}

/// Invariant 12, over all owners: what one hands over another takes.
fn handed_over(account: &CaseAccount) -> Vec<Breach> {
    let pairs = [
        (Move::PassedIn, Move::PassedOut),
        (Move::ReturnedIn, Move::ReturnedOut),
    ];
    let broken = pairs.into_iter().filter_map(|(taken, given)| {
        let pair = [taken, given].map(|kind| account.moved(None, kind).to_i64());
        Breach::unless_equal(12, Weight::Hard, &taken.name(), (pair[0], pair[1]))
    });
    broken.collect()
}

/// Invariants 12 and 13 for one owner: what was open and came in, less what went out, is what is open.
fn stock(account: &CaseAccount, previous: Option<&CaseAccount>, owner: Owner) -> Option<Breach> {
    let moved = |kinds: &[Move]| -> Count {
        let counts = kinds.iter().map(|kind| account.moved(Some(owner), *kind));
        counts.sum()
    };
    let came = moved(&[
        Move::Opened,
        Move::Reopened,
        Move::PassedIn,
        Move::ReturnedIn,
    ]);
    let went = moved(&[
        Move::PassedOut,
        Move::ReturnedOut,
        Move::Resolved,
        Move::Closed,
    ]);
    let open_before = previous.map_or(Count::ZERO, |before| before.open_with(Some(owner)));
    let had = open_before + came;
    let name = owner.name();
    let text =
        |vi: &str, en: &str| Text::new(format!("{}: {vi}", name.vi), format!("{}: {en}", name.en));
    let what = text(
        "chuyển đi, trả lại và giải quyết",
        "the sum of passed on, sent back and settled",
    );
    let limit = Text::new("số đang có", "what was at hand,");
    let out = (went.to_i64(), had.to_i64());
    let overdrawn = Breach::unless_at_most(12, Weight::Hard, (&what, &limit), out);
    overdrawn.or_else(|| {
        let what = text(
            "số còn mở theo tuần phát sinh",
            "what is open by week of opening",
        );
        let open = account.open_with(Some(owner)).to_i64();
        let due = had.remaining_after(went).to_i64();
        Breach::unless_equal(13, Weight::Hard, &what, (open, due))
    })
}

/// Invariant 14: differences opened in a past week become more only where some are opened again.
fn grown(account: &CaseAccount, previous: &CaseAccount) -> Vec<Breach> {
    let reopened = account.moved(None, Move::Reopened).to_i64();
    let mut weeks: Vec<_> = account.open.keys().map(|(_, opened)| *opened).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let past = weeks.into_iter().filter(|week| *week <= previous.week);
    let broken = past.filter_map(|week| {
        let more = account
            .open_since(week)
            .change_since(previous.open_since(week));
        let what = Text::new(
            format!("số tăng của các vụ phát sinh tuần {week}"),
            format!("the growth of differences opened in {week}"),
        );
        let limit = Text::new("số mở lại", "the number reopened,");
        Breach::unless_at_most(14, Weight::Hard, (&what, &limit), (more, reopened))
    });
    broken.collect()
}

/// Invariant 15: what is settled says what was repaired, and nothing else does.
fn resolutions(account: &CaseAccount) -> Vec<Breach> {
    let broken = account.flows.iter().filter(|((_, kind, resolution), _)| {
        matches!(kind, Move::Resolved | Move::Closed) != resolution.is_some()
    });
    let told = broken.map(|((owner, kind, resolution), count)| {
        let (owner, kind) = (owner.name(), kind.name());
        let count = count.to_i64();
        let message = match resolution {
            None => Text::new(
                format!("{}: {count} {} thiếu mã giải quyết", owner.vi, kind.vi),
                format!("{}: {count} {} without a resolution", owner.en, kind.en),
            ),
            Some(_) => Text::new(
                format!(
                    "{}: {count} {} không được có mã giải quyết",
                    owner.vi, kind.vi
                ),
                format!(
                    "{}: {count} {} must not have a resolution",
                    owner.en, kind.en
                ),
            ),
        };
        Breach::new(15, Weight::Hard, &message)
    });
    told.collect()
}
