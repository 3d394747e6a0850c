//! From the book to a linked record: how many are left at each step.

use std::collections::BTreeMap;

use store::domain::{
    Comparability, Count, Move, Outcome, ReconciliationLedger, subjects_per_record,
};

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

/// What comparing found under rule sets whose rates compare, in people and first times only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyClean {
    /// The first of the rule sets that compare with one another.
    pub family: String,
    /// People compared.
    pub compared: Count,
    /// Of them those who are the same or the same by variant.
    pub same: Count,
}

/// The funnel of one unit or more. The steps of the work are records, those of the comparison people; first times only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// The steps of the work.
    pub done: StagesDone,
    /// People compared for the first time.
    pub compared: Count,
    /// Of the people compared, those who are the same or the same by variant, and differences settled since; `None` where
    /// rule sets that do not compare were used (invariant 19), and then [`Funnel::families`] tell them apart.
    pub clean: Option<Count>,
    /// The same and the same by variant by rule sets that compare, in the order of their names.
    pub families: Vec<FamilyClean>,
    /// Differences resolved.
    pub resolved: Count,
    /// Of them those that are open again: they are clean no more.
    pub reopened: Count,
    /// Records linked in the population database by the latest statements; `None` without one.
    pub linked: Option<Count>,
}

impl Funnel {
    /// Puts together what the ledger and the work say.
    ///
    /// A batch of people compared before, or of which it is not told, does not count as new; where a part of it was
    /// compared before, the same share of its clean outcomes is left out.
    #[must_use]
    pub fn new(
        ledger: &ReconciliationLedger,
        done: StagesDone,
        comparability: &Comparability,
    ) -> Self {
        let mut funnel = Self {
            done,
            linked: latest_linked(ledger),
            ..Self::default()
        };
        let mut families: BTreeMap<&str, (Count, Count)> = BTreeMap::new();
        for batch in ledger.standing_batches() {
            let Some(run) = &batch.run else { continue };
            let same = batch.outcomes.get(Outcome::Same) + batch.outcomes.get(Outcome::SameVariant);
            let family = comparability.family(&batch.rule_set);
            let (compared, clean) = families.entry(family).or_default();
            *compared = *compared + run.first;
            *clean = *clean + share_of(same, run.first, batch.subjects);
        }
        for account in ledger.standing_cases() {
            funnel.resolved = funnel.resolved + account.moved(None, Move::Resolved);
            funnel.reopened = funnel.reopened + account.moved(None, Move::Reopened);
        }
        funnel.compared = families.values().map(|(compared, _)| *compared).sum();
        if families.len() <= 1 {
            let same: Count = families.values().map(|(_, same)| *same).sum();
            let settled = funnel.resolved.remaining_after(funnel.reopened);
            // One person may have several differences, so what is settled never makes more clean than were compared.
            funnel.clean = Some((same + settled).min(funnel.compared));
        }
        let families = families.into_iter();
        funnel.families = families
            .map(|(family, (compared, same))| FamilyClean {
                family: family.to_owned(),
                compared,
                same,
            })
            .collect();
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
    let mut latest = BTreeMap::new();
    for statement in ledger.standing_statements() {
        latest.insert(
            (statement.unit, statement.record_type),
            statement.population_linked,
        );
    }
    (!latest.is_empty()).then(|| latest.into_values().sum())
}

#[cfg(test)]
mod tests {
    use store::domain::{
        CaseAccount, Digest, Kept, Method, Outcomes, Owner, PersonalNumbers, ReconciliationBatch,
        ReconciliationStage, RecordType, Resolution, RuleSet, Run, SubmissionId, UnitId, Week,
    };

    use super::*;

    fn count(value: i64) -> Count {
        Count::from_i64(value).unwrap()
    }

    fn week(text: &str) -> Week {
        Week::parse(text).unwrap()
    }

    /// A batch of 100 people under a rule set, of whom 60 are the same.
    fn batch(week_of: &str, rule_set: &str) -> Kept<ReconciliationBatch> {
        let week = week(week_of);
        let entry = ReconciliationBatch {
            line: 1,
            unit: UnitId::parse("q66").unwrap(),
            week,
            record_type: RecordType::Birth,
            period: None,
            stage: ReconciliationStage::BeforeApproval,
            rule_set: rule_set.to_owned(),
            population_as_of: Some(week.last_day()),
            records: count(100),
            subjects: count(100),
            outcomes: Outcomes::new([50, 10, 20, 10, 5, 5].map(count)),
            run: Some(Run {
                method: Method::ToolCheck,
                tool: None,
                cutoff_permille: None,
                registry_as_of: week.last_day(),
                first: count(100),
                again: Count::ZERO,
                numbers: PersonalNumbers::default(),
                worklist: None,
            }),
            fields: BTreeMap::new(),
            duplicates: BTreeMap::new(),
            note: None,
        };
        Kept {
            submission: SubmissionId(1),
            replaced_by: None,
            entry,
        }
    }

    /// Twelve differences are resolved in a week, and five come back.
    fn settled() -> Kept<CaseAccount> {
        let resolved = (Owner::Police, Move::Resolved, Some(Resolution::TypingError));
        let reopened = (Owner::Police, Move::Reopened, None);
        let entry = CaseAccount {
            line: 1,
            unit: UnitId::parse("q66").unwrap(),
            record_type: RecordType::Birth,
            week: week("2026-W12"),
            flows: BTreeMap::from([(resolved, count(12)), (reopened, count(5))]),
            open: BTreeMap::new(),
        };
        Kept {
            submission: SubmissionId(1),
            replaced_by: None,
            entry,
        }
    }

    #[test]
    fn what_is_open_again_is_clean_no_more() {
        let batches = vec![batch("2026-W10", "VN-1"), batch("2026-W11", "VN-1.1")];
        let ledger = ReconciliationLedger::new(batches, vec![settled()], Vec::new());
        let comparable = Comparability::new(&[RuleSet {
            name: "VN-1.1".to_owned(),
            sha256: Digest::of(b"pairs"),
            effective_from: week("2026-W11").last_day(),
            retired_on: None,
            comparable_with: Some("VN-1".to_owned()),
        }]);
        let funnel = Funnel::new(&ledger, StagesDone::default(), &comparable);
        assert_eq!(
            (funnel.compared, funnel.clean),
            (count(200), Some(count(127)))
        );
        assert_eq!(
            (funnel.resolved, funnel.reopened, funnel.families.len()),
            (count(12), count(5), 1)
        );
    }

    #[test]
    fn nothing_is_added_up_across_rule_sets_that_do_not_compare() {
        let batches = vec![batch("2026-W10", "VN-1"), batch("2026-W11", "C06-1050")];
        let ledger = ReconciliationLedger::new(batches, vec![settled()], Vec::new());
        let funnel = Funnel::new(&ledger, StagesDone::default(), &Comparability::default());
        assert_eq!((funnel.compared, funnel.clean), (count(200), None));
        let families: Vec<(&str, Count, Count)> = funnel
            .families
            .iter()
            .map(|own| (own.family.as_str(), own.compared, own.same))
            .collect();
        let each = |family| (family, count(100), count(60));
        assert_eq!(families, [each("C06-1050"), each("VN-1")]);
    }
}
