//! Open differences: whose move it is, for how long, and when the pile will be gone.

use std::collections::BTreeMap;

use store::domain::{CaseAccount, Count, Move, Owner, ReconciliationLedger, Resolution, Week};

/// How many weeks of movements say how fast the pile shrinks (reconciliation.md 6.6).
const PACE_WEEKS: i64 = 8;

/// The ages at which the share still open is told, in weeks.
const AGES: [i64; 5] = [4, 8, 13, 26, 52];

/// When the pile will be gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clearance {
    /// Nothing is open.
    Nothing,
    /// In so many weeks at the pace of the last eight.
    Weeks(f64),
    /// Never: at least as many are opened as are settled.
    Never,
}

/// What one owner has to do.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnerStock {
    /// Whose move it is.
    pub owner: Owner,
    /// How many are open.
    pub open: Count,
    /// Of them open for more than 13 weeks.
    pub old: Count,
    /// How many came in over the last eight weeks, from whatever side.
    pub came: Count,
    /// How many were settled over the last eight weeks.
    pub resolved: Count,
    /// When the pile will be gone.
    pub clearance: Clearance,
}

/// What settled differences say is to be repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolutionShare {
    /// The resolution.
    pub resolution: Resolution,
    /// How many were settled so.
    pub count: Count,
}

/// One row of the run-off triangle: what was opened in a week, and how much of it was open later.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOff {
    /// The week of opening.
    pub opened_in: Week,
    /// How many were opened.
    pub opened: Count,
    /// The share still open after 4, 8, 13, 26 and 52 weeks; `None` where that is not over or was not told.
    pub still_open: [Option<f64>; 5],
}

/// Open differences of some units and record types together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ageing {
    /// The last week told; `None` without an account.
    pub week: Option<Week>,
    /// What each owner has to do; owners without any are left out.
    pub owners: Vec<OwnerStock>,
    /// The triangle, the latest week of opening first.
    pub triangle: Vec<RunOff>,
    /// What was settled, the most frequent first.
    pub resolutions: Vec<ResolutionShare>,
    /// Differences sent back, and opened again, and passed on, in all.
    pub returned: Count,
    /// Opened again after they were settled.
    pub reopened: Count,
    /// Settled in all.
    pub resolved: Count,
}

impl Ageing {
    /// Reads the accounts of a ledger. Each unit and record type stands with its latest account.
    #[must_use]
    pub fn new(ledger: &ReconciliationLedger) -> Self {
        let accounts: Vec<&CaseAccount> = ledger.standing_cases().collect();
        let mut latest = BTreeMap::new();
        for account in &accounts {
            latest.insert((account.unit, account.record_type), *account);
        }
        let latest: Vec<&CaseAccount> = latest.into_values().collect();
        let week = accounts.iter().map(|account| account.week).max();
        let moved = |kind| {
            accounts
                .iter()
                .map(|account| account.moved(None, kind))
                .sum()
        };
        let owners = week.map(|week| {
            let stocks = Owner::ALL.map(|owner| stock(owner, (&accounts, &latest), week));
            let open = |stock: &OwnerStock| stock.open > Count::ZERO || stock.came > Count::ZERO;
            stocks.into_iter().filter(open).collect()
        });
        Self {
            week,
            owners: owners.unwrap_or_default(),
            triangle: triangle(&accounts),
            resolutions: resolutions(&accounts),
            returned: moved(Move::ReturnedOut),
            reopened: moved(Move::Reopened),
            resolved: moved(Move::Resolved),
        }
    }
}

fn stock(
    owner: Owner,
    (accounts, latest): (&[&CaseAccount], &[&CaseAccount]),
    week: Week,
) -> OwnerStock {
    let recent = accounts
        .iter()
        .filter(|account| week.weeks_since(account.week) < PACE_WEEKS);
    let moved = |kinds: &[Move]| -> Count {
        let counts = recent
            .clone()
            .flat_map(|account| kinds.iter().map(|kind| account.moved(Some(owner), *kind)));
        counts.sum()
    };
    let came = moved(&[
        Move::Opened,
        Move::Reopened,
        Move::PassedIn,
        Move::ReturnedIn,
    ]);
    let went = moved(&[
        Move::Resolved,
        Move::Closed,
        Move::PassedOut,
        Move::ReturnedOut,
    ]);
    let open: Count = latest
        .iter()
        .map(|account| account.open_with(Some(owner)))
        .sum();
    let old = latest.iter().flat_map(|account| {
        account
            .open
            .iter()
            .filter_map(move |((each, opened), count)| {
                (*each == owner && account.week.weeks_since(*opened) > 13).then_some(*count)
            })
    });
    OwnerStock {
        owner,
        open,
        old: old.sum(),
        came,
        resolved: moved(&[Move::Resolved]),
        clearance: clearance(open, came, went),
    }
}

/// Open ÷ (what leaves a week − what comes a week), over the last eight weeks.
fn clearance(open: Count, came: Count, went: Count) -> Clearance {
    let shrinks = went.change_since(came);
    match Count::from_i64(shrinks) {
        _ if open == Count::ZERO => Clearance::Nothing,
        Some(shrinks) if shrinks > Count::ZERO => {
            let weeks = Count::from_i64(PACE_WEEKS).unwrap_or_default().to_f64();
            Clearance::Weeks(open.to_f64() / (shrinks.to_f64() / weeks))
        }
        _ => Clearance::Never,
    }
}

/// The accounts by week of opening: what was opened and what of it was open at each age.
fn triangle(accounts: &[&CaseAccount]) -> Vec<RunOff> {
    let mut opened: BTreeMap<Week, Count> = BTreeMap::new();
    for account in accounts {
        let own = opened.entry(account.week).or_default();
        *own = *own + account.moved(None, Move::Opened);
    }
    opened.retain(|_, count| *count > Count::ZERO);
    let told = |week: Week| accounts.iter().filter(move |account| account.week == week);
    let rows = opened.into_iter().rev().map(|(week, count)| RunOff {
        opened_in: week,
        opened: count,
        still_open: AGES.map(|age| {
            let later = week.plus(age);
            told(later).next()?;
            let open: Count = told(later).map(|account| account.open_since(week)).sum();
            Some(open.to_f64() / count.to_f64())
        }),
    });
    rows.collect()
}

fn resolutions(accounts: &[&CaseAccount]) -> Vec<ResolutionShare> {
    let mut shares: Vec<ResolutionShare> = Resolution::ALL
        .into_iter()
        .map(|resolution| {
            let own = accounts.iter().flat_map(|account| account.flows.iter());
            let own = own.filter(|((_, kind, each), _)| {
                *kind == Move::Resolved && *each == Some(resolution)
            });
            ResolutionShare {
                resolution,
                count: own.map(|(_, count)| *count).sum(),
            }
        })
        .filter(|share| share.count > Count::ZERO)
        .collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.count));
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pile_that_grows_is_never_cleared() {
        let count = |value| Count::from_i64(value).unwrap();
        assert_eq!(
            clearance(count(100), count(80), count(160)),
            Clearance::Weeks(10.0)
        );
        assert_eq!(
            clearance(count(100), count(160), count(80)),
            Clearance::Never
        );
        assert_eq!(clearance(count(100), count(8), count(8)), Clearance::Never);
        assert_eq!(
            clearance(Count::ZERO, count(8), count(8)),
            Clearance::Nothing
        );
    }
}
