//! Whose completion is forecast: the whole chain of stages, or one stage alone.

use store::domain::{Panel, Stage, UnitId, Week};

/// Whose completion is forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Followed {
    /// All of the work: it is done when its last stage is, and no stage can pass more than the one before it has passed.
    /// On every path the slowest stage sets the date.
    #[default]
    Slowest,
    /// One stage at its own pace, whatever the others do.
    One(Stage),
}

/// The stages of the chain before the last.
const BEFORE: [Stage; 4] = [
    Stage::Scanned,
    Stage::Entered,
    Stage::Checked,
    Stage::Approved,
];

impl Followed {
    /// The stage whose count is done when the work is.
    #[must_use]
    pub const fn stage(self) -> Stage {
        match self {
            Self::Slowest => Stage::Transferred,
            Self::One(stage) => stage,
        }
    }

    /// The word in addresses, commands and documents: `slowest` or the key of a stage.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Slowest => "slowest",
            Self::One(stage) => stage.key(),
        }
    }

    /// What a word asks for; `None` for one that is neither `slowest` nor a stage that can be completed.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match Stage::from_key(key) {
            Some(Stage::Total | Stage::Returned) => None,
            Some(stage) => Some(Self::One(stage)),
            None => (key == Self::Slowest.key()).then_some(Self::Slowest),
        }
    }

    /// The stages that are simulated, in the order of the work: of the stages before the last, those that any unit reports.
    pub(crate) fn stages(self, panel: &Panel<'_>, units: &[UnitId], week: Week) -> Vec<Stage> {
        let Self::Slowest = self else {
            return vec![self.stage()];
        };
        let is_reported = |stage: &Stage| {
            let known = |unit: &UnitId| panel.standing(*unit, week, *stage).estimate.is_some();
            units.iter().any(known)
        };
        let before = BEFORE.into_iter().filter(is_reported);
        before.chain([self.stage()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_and_what_is_no_work_has_none() {
        let all = BEFORE.map(Followed::One).into_iter();
        for followed in all.chain([Followed::Slowest, Followed::One(Stage::Transferred)]) {
            assert_eq!(Followed::from_key(followed.key()), Some(followed));
        }
        for word in ["total", "returned", "", "Slowest"] {
            assert_eq!(Followed::from_key(word), None, "{word}");
        }
    }
}
