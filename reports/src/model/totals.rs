//! How the totals came to be what they are: an estimate of the work that grows, with every week in which it changed.

use store::domain::{Count, Stage, UnitId, Week};

use super::input::ReportInput;

/// A total from a week on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TotalStep {
    /// The first week it was reported for.
    pub week: Week,
    /// The total.
    pub total: Count,
    /// What it is more than before, in what is counted; `None` for the first one.
    pub change: Option<i64>,
}

/// Every total that a row, or the nation, has had up to the week shown, oldest first.
///
/// Weeks in which a unit that belongs to it had never reported are left out: what it then adds is no growth of the work.
#[must_use]
pub fn total_history(input: &ReportInput<'_>, unit: Option<UnitId>) -> Vec<TotalStep> {
    let mut steps: Vec<TotalStep> = Vec::new();
    let Some(mut week) = input.panel.first_week() else {
        return steps;
    };
    while week <= input.week {
        let standing = match unit {
            Some(unit) => input.panel.standing(unit, week, Stage::Total),
            None => input.panel.national(week, Stage::Total),
        };
        let total = standing
            .estimated_count()
            .filter(|_| standing.silent.is_empty());
        let before = steps.last().map(|step| step.total);
        if let Some(total) = total.filter(|total| before != Some(*total)) {
            let change = before.map(|before| total.to_i64() - before.to_i64());
            steps.push(TotalStep {
                week,
                total,
                change,
            });
        }
        week = week.plus(1);
    }
    steps
}
