//! What became of the chance of meeting the deadline: what work did, apart from what another deadline did.

use crate::forecast::{DeadlineOutlook, DeadlinePace, Forecast};
use crate::issued::Statement;

/// What became of the chance of meeting the deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct ChanceMoved {
    /// The deadline then; `None` without one.
    pub old_deadline: Option<chrono::NaiveDate>,
    /// The deadline now.
    pub new_deadline: Option<chrono::NaiveDate>,
    /// The chance then, of the deadline then; `None` where it had passed.
    pub from: Option<f64>,
    /// The chance now of the deadline then: what work alone did. `None` where that deadline has passed.
    pub by_work: Option<f64>,
    /// The chance now, of the deadline now.
    pub to: Option<f64>,
}

impl ChanceMoved {
    /// Whether the deadline itself was moved.
    #[must_use]
    pub fn is_deadline_moved(&self) -> bool {
        self.old_deadline != self.new_deadline
    }
}

pub(super) fn chance(
    from: &Statement,
    to: &Statement,
    runs: &[Forecast; 7],
) -> Option<ChanceMoved> {
    if from.chance.is_none() && to.chance.is_none() {
        return None;
    }
    let [.., last, _] = runs;
    let outlook: Option<&DeadlineOutlook> = match to.unit {
        None => last.national.deadline.as_ref(),
        Some(unit) => last
            .units
            .iter()
            .find(|row| row.unit == unit)
            .and_then(|row| row.deadline.as_ref()),
    };
    let under_old = outlook
        .map(|outlook| outlook.pace)
        .and_then(DeadlinePace::chance);
    let moved = ChanceMoved {
        old_deadline: from.deadline,
        new_deadline: to.deadline,
        from: from.chance,
        by_work: under_old.map(|chance| in_thousandths(chance.value())),
        to: to.chance,
    };
    Some(if moved.is_deadline_moved() {
        moved
    } else {
        ChanceMoved {
            by_work: moved.to,
            ..moved
        }
    })
}

/// A chance with the digits that documents have.
fn in_thousandths(chance: f64) -> f64 {
    (chance * 1000.0).round() / 1000.0
}
