//! Slows down who guesses passwords, without locking anybody else out.
//!
//! Failures are counted for each pair of account and client address, and for each address: somebody who guesses at an account makes
//! the waits of his own address grow, and the owner signs in from hers. A session that is open goes on. The counts are kept in memory,
//! by each server for itself.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use store::domain::Login;

/// How many wrong passwords an account and an address have together before they wait.
const FREE: u32 = 5;

/// The first wait; each further one is twice as long.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(15);

/// The longest wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

/// How many failures an address has within [`FORGOTTEN`], whatever the accounts: a ministry may share one.
const FREE_OF_ADDRESS: u32 = 100;

/// When failures are forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::hours(1);

/// How many pairs are remembered; the oldest are forgotten first.
const MOST_KEPT: usize = 20_000;

/// Which guesses are counted together: an address and an account, or an address alone. A name that no account can have is counted
/// with all such names.
type Key = (IpAddr, Option<Option<Login>>);

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: DateTime<Utc>,
}

/// The failures of the last hour.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: Mutex<BTreeMap<Key, Failures>>,
}

impl Throttle {
    /// Counts a try as failed before it is made, so that many at once gain nothing; [`Throttle::succeeded`] takes it back.
    ///
    /// # Errors
    /// How long to wait where there were too many: the try is not to be made then.
    pub(crate) fn begin(
        &self,
        client: IpAddr,
        login: Option<Login>,
        now: DateTime<Utc>,
    ) -> Result<(), TimeDelta> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, one| now < one.last + FORGOTTEN);
        while failures.len() > MOST_KEPT {
            failures.pop_first();
        }
        for (key, free) in keys(client, login) {
            let wait = failures.get(&key).map_or(TimeDelta::zero(), |one| {
                one.last + wait_after(one.count, free) - now
            });
            if wait > TimeDelta::zero() {
                return Err(wait);
            }
        }
        for (key, _) in keys(client, login) {
            let before = failures.get(&key).map_or(0, |one| one.count);
            let count = before + 1;
            failures.insert(key, Failures { count, last: now });
        }
        Ok(())
    }

    /// The password was right: the failures of the pair are forgotten, and the try counts no more.
    pub(crate) fn succeeded(&self, client: IpAddr, login: Login) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&(client, Some(Some(login))));
        if let Some(one) = failures.get_mut(&(client, None)) {
            one.count = one.count.saturating_sub(1);
        }
    }
}

fn keys(client: IpAddr, login: Option<Login>) -> [(Key, u32); 2] {
    [
        ((client, Some(login)), FREE),
        ((client, None), FREE_OF_ADDRESS),
    ]
}

/// How long to wait after the last of some failures.
fn wait_after(count: u32, free: u32) -> TimeDelta {
    let Some(more) = count.checked_sub(free) else {
        return TimeDelta::zero();
    };
    // 15 seconds doubled six times is more than the longest wait.
    let doubled = FIRST_WAIT * (1 << more.min(6));
    doubled.min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use store::testing::moment;

    use super::*;

    #[test]
    fn waits_grow_for_who_guesses_and_for_nobody_else() {
        let throttle = Throttle::default();
        let (guesser, owner): (IpAddr, IpAddr) =
            ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let login = Login::parse("lan");
        let start = moment("2026-01-01T00:00:00Z");
        let after = |seconds| start + TimeDelta::seconds(seconds);
        let mut at = 0;
        let mut waits = Vec::new();
        for _ in 0..13 {
            if let Err(wait) = throttle.begin(guesser, login, after(at)) {
                waits.push(wait.num_seconds());
                at += wait.num_seconds();
                throttle.begin(guesser, login, after(at)).unwrap();
            }
        }
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 900, 900]);
        assert!(
            throttle.begin(owner, login, after(at)).is_ok(),
            "she signs in"
        );
        assert!(
            throttle
                .begin(guesser, Login::parse("an"), after(at))
                .is_ok()
        );
        throttle.succeeded(guesser, login.unwrap());
        assert!(throttle.begin(guesser, login, after(at)).is_ok());
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits_too() {
        let throttle = Throttle::default();
        let client: IpAddr = "192.0.2.1".parse().unwrap();
        let start = moment("2026-01-01T00:00:00Z");
        let tried = |number: u32, at| {
            let login = Login::parse(&format!("user{number}"));
            throttle.begin(client, login, at)
        };
        for number in 0..FREE_OF_ADDRESS {
            tried(number, start).unwrap();
        }
        assert_eq!(tried(FREE_OF_ADDRESS, start), Err(FIRST_WAIT));
        assert!(tried(FREE_OF_ADDRESS, start + FORGOTTEN).is_ok());
    }
}
