//! From the book to a linked record: how many are left at each step.

use store::domain::{Count, Move, Outcome, ReconciliationLedger, subjects_per_record};

/// The steps of the work that the counts form reports, in records; `None` where nobody reported them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StagesDone {
    /// Typed in.
    pub entered: Option<Count>,
    /// Checked.
    pub checked: Option<Count>,
    /// Approved.
    pub approved: Option<Count>,
    /// In the national civil-status database.
    pub transferred: Option<Count>,
}

/// The funnel of one unit or more. The steps of the work are records, those of the comparison people; first times only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// The steps of the work.
    pub done: StagesDone,
    /// People compared for the first time.
    pub compared: Count,
    /// Of the people compared, those who are the same or the same by variant, and differences resolved since.
    pub clean: Count,
    /// Records linked in the population database by the latest statements; `None` without one.
    pub linked: Option<Count>,
}

impl Funnel {
    /// Puts together what the ledger and the work say.
    ///
    /// A batch of people compared before, or of which it is not told, does not count as new; where a part of it was
    /// compared before, the same share of its clean outcomes is left out.
    #[must_use]
    pub fn new(ledger: &ReconciliationLedger, done: StagesDone) -> Self {
        let mut funnel = Self {
            done,
            ..Self::default()
        };
        for batch in ledger.standing_batches() {
            let Some(run) = &batch.run else { continue };
            let same = batch.outcomes.get(Outcome::Same) + batch.outcomes.get(Outcome::SameVariant);
            funnel.compared = funnel.compared + run.first;
            funnel.clean = funnel.clean + share_of(same, run.first, batch.subjects);
        }
        for account in ledger.standing_cases() {
            // One person may have several differences, so what is resolved never makes more clean than were compared.
            funnel.clean = funnel.clean + account.moved(None, Move::Resolved);
        }
        funnel.clean = funnel.clean.min(funnel.compared);
        funnel.linked = latest_linked(ledger);
        funnel
    }

    /// The share of the people in the entered records who were compared for the first time, as counts; `None` where the
    /// record types together have no fixed number of people.
    #[must_use]
    pub fn coverage(&self, record_type: store::domain::RecordType) -> Option<(Count, Count)> {
        let each = subjects_per_record(record_type)?;
        let entered = self.done.entered?.to_i64().checked_mul(each)?;
        Some((self.compared, Count::from_i64(entered)?))
    }
}

fn share_of(count: Count, part: Count, whole: Count) -> Count {
    let scaled = i128::from(count.to_i64()) * i128::from(part.to_i64());
    let share = scaled.checked_div(i128::from(whole.to_i64())).unwrap_or(0);
    i64::try_from(share)
        .ok()
        .and_then(Count::from_i64)
        .unwrap_or_default()
}

/// What the latest statement of each unit and record type says is linked.
fn latest_linked(ledger: &ReconciliationLedger) -> Option<Count> {
    let mut latest = std::collections::BTreeMap::new();
    for statement in ledger.standing_statements() {
        latest.insert(
            (statement.unit, statement.record_type),
            statement.population_linked,
        );
    }
    (!latest.is_empty()).then(|| latest.into_values().sum())
}
