//! How many entries of a lot are looked at, and how many defective ones it may have.

use thiserror::Error;

/// A sampling plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many entries are looked at.
    pub size: u32,
    /// How many of them may be defective in a lot that is accepted.
    pub acceptance: u32,
}

/// The two shares of defective entries that a plan tells apart, in per mille.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Risks {
    /// A lot as good as this is rejected in 5 % of cases at most.
    pub acceptable_permille: u32,
    /// A lot as bad as this is accepted in 10 % of cases at most.
    pub limiting_permille: u32,
}

impl Risks {
    /// The pairs that audits are planned with, in per mille, from the strictest on.
    const USUAL: [(u32, u32); 5] = [(1, 5), (2, 10), (5, 20), (10, 30), (10, 50)];

    /// The pair of the next smaller limiting share, for a contractor whose lots were rejected; the strictest stays as it is.
    #[must_use]
    pub fn tightened(self) -> Self {
        let smaller = Self::USUAL
            .into_iter()
            .rev()
            .find(|(_, limiting)| *limiting < self.limiting_permille);
        smaller.map_or(self, |(acceptable, limiting)| Self {
            acceptable_permille: acceptable.min(self.acceptable_permille),
            limiting_permille: limiting,
        })
    }
}

/// No plan tells the two shares apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no sample of a lot of {lot} tells {acceptable} from {limiting} per mille")]
pub struct PlanError {
    lot: u32,
    acceptable: u32,
    limiting: u32,
}

/// The largest producer's risk.
const PRODUCER_RISK: f64 = 0.05;

/// The largest consumer's risk.
const CONSUMER_RISK: f64 = 0.10;

/// The most defective entries a plan accepts; beyond that the two shares are too near for an audit by people.
const LARGEST_ACCEPTANCE: u32 = 200;

/// Returns the smallest plan for a lot, exactly from the hypergeometric distribution.
///
/// # Errors
/// [`PlanError`] where no plan keeps both risks.
///
/// # Source
/// Single sampling by two points of the operating characteristic, the idea of TCVN 7790-1:2007 (ISO 2859-1:1999), whose
/// tables are not used; checked against the table of reconciliation.md 6.7.
pub fn plan(lot: u32, risks: Risks) -> Result<Plan, PlanError> {
    let per_mille = |permille: u32| u64::from(lot) * u64::from(permille);
    let good = u32::try_from(per_mille(risks.acceptable_permille) / 1000).unwrap_or(lot);
    let bad = u32::try_from(per_mille(risks.limiting_permille).div_ceil(1000)).unwrap_or(lot);
    for acceptance in 0..=LARGEST_ACCEPTANCE.min(lot) {
        let accepts_bad = |size| chance_accepted((lot, bad), size, acceptance);
        let Some(size) = smallest(lot, |size| accepts_bad(size) <= CONSUMER_RISK) else {
            continue;
        };
        if chance_accepted((lot, good), size, acceptance) >= 1.0 - PRODUCER_RISK {
            return Ok(Plan { size, acceptance });
        }
    }
    Err(PlanError {
        lot,
        acceptable: risks.acceptable_permille,
        limiting: risks.limiting_permille,
    })
}

/// The smallest size from 1 to the lot for which something holds that holds for all larger ones too.
fn smallest(lot: u32, holds: impl Fn(u32) -> bool) -> Option<u32> {
    let (mut low, mut high) = (1, lot);
    if lot == 0 || !holds(lot) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// The chance that a sample has at most so many defective entries.
fn chance_accepted((lot, defective): (u32, u32), size: u32, acceptance: u32) -> f64 {
    let sound = lot - defective.min(lot);
    let least = size.saturating_sub(sound);
    let most = acceptance.min(defective).min(size);
    let whole = ln_choose(lot, size);
    let chances = (least..=most).map(|found| {
        libm::exp(ln_choose(defective, found) + ln_choose(sound, size - found) - whole)
    });
    chances.sum()
}

/// The logarithm of how many ways there are to choose.
fn ln_choose(all: u32, chosen: u32) -> f64 {
    let ln_factorial = |number: u32| libm::lgamma(f64::from(number) + 1.0);
    ln_factorial(all) - ln_factorial(chosen) - ln_factorial(all - chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_those_of_the_table() {
        const RISKS: [(u32, u32); 4] = [(2, 10), (5, 20), (10, 30), (10, 50)];
        let table = [
            (500, [(292, 1), (224, 2), (231, 4), (123, 3)]),
            (2_000, [(489, 2), (379, 4), (336, 6), (130, 3)]),
            (20_000, [(661, 3), (396, 4), (389, 7), (132, 3)]),
            (100_000, [(666, 3), (462, 5), (390, 7), (132, 3)]),
        ];
        for (lot, plans) in table {
            for ((acceptable_permille, limiting_permille), (size, acceptance)) in
                RISKS.into_iter().zip(plans)
            {
                let risks = Risks {
                    acceptable_permille,
                    limiting_permille,
                };
                assert_eq!(plan(lot, risks), Ok(Plan { size, acceptance }), "{lot}");
            }
        }
    }

    #[test]
    fn tightened_shares_are_the_next_smaller_ones() {
        let risks = |(acceptable_permille, limiting_permille)| Risks {
            acceptable_permille,
            limiting_permille,
        };
        let tightened = |pair| risks(pair).tightened();
        assert_eq!(tightened((10, 50)), risks((10, 30)));
        assert_eq!(tightened((10, 30)), risks((5, 20)));
        assert_eq!(tightened((5, 20)), risks((2, 10)));
        assert_eq!(tightened((1, 25)), risks((1, 20)));
        assert_eq!(tightened((1, 5)), risks((1, 5)));
    }

    #[test]
    fn shares_that_cannot_be_told_apart_have_no_plan() {
        let risks = Risks {
            acceptable_permille: 20,
            limiting_permille: 20,
        };
        assert!(plan(1_000, risks).is_err());
        assert!(plan(0, risks).is_err());
    }
}
