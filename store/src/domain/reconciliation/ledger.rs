//! Everything a reader of the ledger sees: entries with the file they came in, and which later file replaced them.

use std::collections::BTreeMap;

use super::{CaseAccount, ReconciliationBatch, SyncStatement};
use crate::domain::{RecordType, SubmissionId, Week};

/// An entry with where it came from. Nothing is edited: what a later file says again is replaced, and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// The file it came in.
    pub submission: SubmissionId,
    /// The later file that replaces it; `None` while it stands.
    pub replaced_by: Option<SubmissionId>,
    /// What it says.
    pub entry: T,
}

/// Which entries of a ledger are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// The kind of event; `None` is every kind.
    pub record_type: Option<RecordType>,
    /// The registration years of the books, both included; `None` is every period.
    pub period: Option<(u16, u16)>,
}

/// The ledger of some units as known on a moment. Entries of withdrawn files are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReconciliationLedger {
    /// Comparison runs by week, then as recorded.
    pub batches: Vec<Kept<ReconciliationBatch>>,
    /// Weekly accounts of open differences by week.
    pub cases: Vec<Kept<CaseAccount>>,
    /// Statements of the two databases by day.
    pub statements: Vec<Kept<SyncStatement>>,
}

impl ReconciliationLedger {
    /// Marks what later files replace: batches of the same run, accounts of the same week, statements of the same day.
    #[must_use]
    pub fn new(
        mut batches: Vec<Kept<ReconciliationBatch>>,
        mut cases: Vec<Kept<CaseAccount>>,
        mut statements: Vec<Kept<SyncStatement>>,
    ) -> Self {
        mark_replaced(&mut batches, ReconciliationBatch::key);
        mark_replaced(&mut cases, |one| (one.unit, one.record_type, one.week));
        mark_replaced(&mut statements, |one| {
            (one.unit, one.record_type, one.as_of)
        });
        Self {
            batches,
            cases,
            statements,
        }
    }

    /// What of it is of a week or earlier.
    #[must_use]
    pub fn until(mut self, week: Week) -> Self {
        self.batches.retain(|kept| kept.entry.week <= week);
        self.cases.retain(|kept| kept.entry.week <= week);
        self.statements
            .retain(|kept| kept.entry.as_of <= week.last_day());
        self
    }

    /// What of it passes a filter. Open differences and statements are not told by period, so under one there are none.
    #[must_use]
    pub fn filtered(mut self, filter: LedgerFilter) -> Self {
        let wanted = |record_type: RecordType| {
            filter
                .record_type
                .is_none_or(|wanted| wanted == record_type)
        };
        let any_period = filter.period.is_none();
        self.batches.retain(|kept| {
            let batch = &kept.entry;
            wanted(batch.record_type) && (any_period || batch.period == filter.period)
        });
        self.cases
            .retain(|kept| any_period && wanted(kept.entry.record_type));
        self.statements
            .retain(|kept| any_period && wanted(kept.entry.record_type));
        self
    }

    /// The batches that no later file replaces.
    pub fn standing_batches(&self) -> impl DoubleEndedIterator<Item = &ReconciliationBatch> {
        standing(&self.batches)
    }

    /// The weekly accounts that no later file replaces.
    pub fn standing_cases(&self) -> impl DoubleEndedIterator<Item = &CaseAccount> {
        standing(&self.cases)
    }

    /// The statements that no later file replaces.
    pub fn standing_statements(&self) -> impl DoubleEndedIterator<Item = &SyncStatement> {
        standing(&self.statements)
    }
}

fn standing<T>(kept: &[Kept<T>]) -> impl DoubleEndedIterator<Item = &T> {
    let standing = kept.iter().filter(|kept| kept.replaced_by.is_none());
    standing.map(|kept| &kept.entry)
}

/// Two entries of one file with the same key stand side by side: a run of one week may be told by district.
fn mark_replaced<T, K: Ord>(entries: &mut [Kept<T>], key: impl Fn(&T) -> K) {
    let mut submissions: BTreeMap<K, Vec<SubmissionId>> = BTreeMap::new();
    for kept in entries.iter() {
        let own = submissions.entry(key(&kept.entry)).or_default();
        own.push(kept.submission);
    }
    for kept in entries {
        let same = submissions.get(&key(&kept.entry)).into_iter().flatten();
        kept.replaced_by = same.copied().filter(|other| *other > kept.submission).min();
    }
}
