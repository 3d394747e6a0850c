//! The level of the rate: what a unit does in a full working week, learnt from its own reports and from the panel.

use super::history::Increment;
use super::law::RateLaw;

/// The weight of the newest report in the running mean of rates.
pub(crate) const SMOOTHING: f64 = 0.3;
/// How many weeks of the panel's rate enter every unit's level. Measured: raising it from 1 to 6 lowered the error of the
/// date on all three development programmes.
const PANEL_WEEKS: f64 = 6.0;
/// No unit's own rate counts for more weeks than this, however long its history. Between 6 and 26 the measured error
/// changed by less than 4 %; 12 leaves a unit that differs from the others mostly to its own record.
const MOST_OWN_WEEKS: f64 = 12.0;
/// An increment above this many times the level is a bulk upload: it counts in full in the count, capped in the level.
const BULK: f64 = 6.0;

/// What the level of one unit is learnt from.
#[derive(Clone, Debug)]
pub(crate) struct Evidence<'a> {
    /// The increments, in order of time.
    pub(crate) increments: &'a [Increment],
    /// The total to be done; above 0.
    pub(crate) total: f64,
}

impl Evidence<'_> {
    /// The work an increment's exposure would have held at level 1 under a law.
    fn capacity(&self, increment: &Increment, law: RateLaw) -> f64 {
        increment.exposure * law.factor((increment.middle / self.total).min(1.0))
    }

    /// The exponentially weighted mean level, started as a running mean; `None` without increments.
    ///
    /// Arithmetic, so that weeks of no work count; an increment over `m` weeks weighs as `m` reports would.
    fn mean_level(&self, law: RateLaw, panel_rate: f64) -> Option<f64> {
        let mut level = None;
        let mut seen = 0.0;
        for increment in self.increments {
            let weeks = f64::from(increment.weeks.min(52));
            seen += weeks;
            let usual = f64::max(level.unwrap_or(0.0), panel_rate * self.total);
            let cap = if usual > 0.0 {
                BULK * usual
            } else {
                f64::INFINITY
            };
            let rate = (increment.work / self.capacity(increment, law)).min(cap);
            let weight = f64::max(1.0 - libm::pow(1.0 - SMOOTHING, weeks), weeks / seen);
            level = Some(level.map_or(rate, |level: f64| level + weight * (rate - level)));
        }
        level
    }
}

/// The levels of all units under one law, in records per full working week where the law's factor is 1.
///
/// Each unit's own mean, with six weeks of the panel's mean rate per share mixed in: a unit with few reports leans on the
/// others, and one that has just stalled or started is not taken at its word.
#[must_use]
pub(crate) fn levels(panel: &[Evidence<'_>], law: RateLaw) -> Vec<f64> {
    let usual = usual_rate(panel, law);
    let own: Vec<Option<f64>> = panel
        .iter()
        .map(|unit| unit.mean_level(law, usual))
        .collect();
    let rates = panel
        .iter()
        .zip(&own)
        .filter_map(|(unit, level)| Some((*level)? / unit.total));
    let (sum, known) = rates.fold((0.0, 0.0), |(sum, known), rate| (sum + rate, known + 1.0));
    let panel_rate = if known > 0.0 { sum / known } else { 0.0 };
    let shrink = |(unit, own): (&Evidence<'_>, &Option<f64>)| {
        let weeks: f64 = unit
            .increments
            .iter()
            .map(|increment| f64::from(increment.weeks.min(52)))
            .sum();
        let weight = weeks.min(MOST_OWN_WEEKS);
        (weight * own.unwrap_or(0.0) + PANEL_WEEKS * panel_rate * unit.total)
            / (weight + PANEL_WEEKS)
    };
    panel.iter().zip(&own).map(shrink).collect()
}

/// The median rate per share over every stretch of work in the panel; 0 where nobody ever did any. One unit's bulk upload
/// does not move it.
fn usual_rate(panel: &[Evidence<'_>], law: RateLaw) -> f64 {
    let rates = panel.iter().flat_map(|unit| {
        let working = unit
            .increments
            .iter()
            .filter(|increment| increment.work > 0.0);
        working.map(move |increment| increment.work / unit.capacity(increment, law) / unit.total)
    });
    let mut rates: Vec<f64> = rates.collect();
    rates.sort_unstable_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use store::domain::Week;

    use super::*;
    use crate::forecast::law::LAWS;

    fn steady(work: f64, reports: i64) -> Vec<Increment> {
        let first = Week::parse("2024-W10").unwrap();
        let step = |week| Increment {
            work,
            exposure: 1.0,
            weeks: 1,
            middle: 100.0,
            week: first.plus(week),
        };
        (0..reports).map(step).collect()
    }

    #[test]
    fn a_lone_unit_keeps_its_own_steady_rate() {
        let increments = steady(50.0, 10);
        let levels = levels(
            &[Evidence {
                increments: &increments,
                total: 1000.0,
            }],
            LAWS[0],
        );
        assert!((levels[0] - 50.0).abs() < 1e-9, "{levels:?}");
    }

    #[test]
    fn six_weeks_of_the_panel_enter_every_level() {
        let (fast, slow) = (steady(60.0, 3), steady(20.0, 3));
        let evidence = |increments| Evidence {
            increments,
            total: 1000.0,
        };
        let levels = levels(&[evidence(&fast), evidence(&slow)], LAWS[0]);
        // The panel's mean is 40: (3 · 60 + 6 · 40) / 9 and (3 · 20 + 6 · 40) / 9.
        assert!((levels[0] - 140.0 / 3.0).abs() < 1e-9, "{levels:?}");
        assert!((levels[1] - 100.0 / 3.0).abs() < 1e-9, "{levels:?}");
    }

    #[test]
    fn a_bulk_upload_is_capped_in_the_level() {
        let mut increments = steady(10.0, 9);
        increments.extend(steady(100_000.0, 1));
        let levels = levels(
            &[Evidence {
                increments: &increments,
                total: 1e9,
            }],
            LAWS[0],
        );
        // Six times the usual 10, weighing 0.3: 10 + 0.3 · (60 − 10).
        assert!((levels[0] - 25.0).abs() < 1e-9, "{levels:?}");
    }
}
