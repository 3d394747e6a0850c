//! How closely a contractor's lots are looked at: tightened after rejected lots, as usual again after accepted ones.

use std::collections::VecDeque;

/// How closely the next lot of a contractor is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InspectionLevel {
    /// By the usual plan.
    #[default]
    Normal,
    /// By the plan of the next smaller limiting share.
    Tightened,
}

/// The lots of one contractor so far.
///
/// # Source
/// The switching rules of TCVN 7790-1:2007 (ISO 2859-1:1999): tightened after 2 rejected lots among 5 in a row, as usual
/// again after 5 accepted in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    level: InspectionLevel,
    /// Whether each of the last lots at this level was accepted, five at most.
    recent: VecDeque<bool>,
}

impl Inspection {
    /// How closely the next lot is looked at.
    #[must_use]
    pub const fn level(&self) -> InspectionLevel {
        self.level
    }

    /// Takes in the decision on a lot.
    pub fn decide(&mut self, accepted: bool) {
        const LOTS: usize = 5;
        self.recent.push_back(accepted);
        if self.recent.len() > LOTS {
            self.recent.pop_front();
        }
        let rejected = self.recent.iter().filter(|accepted| !**accepted).count();
        let next = match self.level {
            InspectionLevel::Normal if rejected >= 2 => InspectionLevel::Tightened,
            InspectionLevel::Tightened if rejected == 0 && self.recent.len() == LOTS => {
                InspectionLevel::Normal
            }
            same => same,
        };
        if next != self.level {
            self.level = next;
            self.recent.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rejected_of_five_tighten_and_five_accepted_loosen() {
        let levels = |decisions: &str| {
            let mut inspection = Inspection::default();
            decisions
                .chars()
                .map(|decision| {
                    inspection.decide(decision == 'a');
                    match inspection.level() {
                        InspectionLevel::Normal => 'n',
                        InspectionLevel::Tightened => 't',
                    }
                })
                .collect::<String>()
        };
        assert_eq!(levels("raaaar"), "nnnnnn");
        assert_eq!(levels("raaar"), "nnnnt");
        assert_eq!(levels("rraaaaa"), "nttttt".to_owned() + "n");
        assert_eq!(levels("rraaraaaaa"), "ntttttttt".to_owned() + "n");
    }
}
