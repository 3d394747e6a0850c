//! Rates of fields and outcomes over time, broken where the rule set changed.

use store::domain::{
    Breach, Comparability, Count, Field, FieldClass, Outcome, Outcomes, ReconciliationBatch, Week,
    sum_outcomes,
};

use super::wilson::{Interval, wilson};

/// Where a unit's rate lies against that of all units together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Its interval is above the rate of all.
    Above,
    /// Its interval holds the rate of all: what differs may be chance.
    Within,
    /// Its interval is below the rate of all.
    Below,
}

/// How often a field contradicts, among those found on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldRate {
    /// The field.
    pub field: Field,
    /// People whose field contradicts.
    pub contradictions: Count,
    /// People for whom a pair was found.
    pub paired: Count,
    /// The rate with its 95 % interval.
    pub interval: Interval,
}

impl FieldRate {
    /// The rates of the fields that some batches compared, in the order of the form; batches of one rule set alone.
    #[must_use]
    pub fn of(batches: &[&ReconciliationBatch]) -> Vec<Self> {
        let rates = Field::ALL.into_iter().filter_map(|field| {
            let told = batches.iter().filter_map(|batch| batch.fields.get(&field));
            let contradictions: Count = told
                .clone()
                .map(|counts| counts.get(FieldClass::Contradiction))
                .sum();
            let paired: Count = told.map(store::domain::FieldCounts::sum).sum();
            Some(Self {
                field,
                contradictions,
                paired,
                interval: wilson(contradictions, paired)?,
            })
        });
        rates.collect()
    }

    /// Where this rate lies against that of all units: no order, for most differences between provinces are chance.
    #[must_use]
    pub fn against(&self, all: f64) -> Outside {
        if self.interval.lower > all {
            Outside::Above
        } else if self.interval.upper < all {
            Outside::Below
        } else {
            Outside::Within
        }
    }
}

/// The outcomes of one week under comparable rule sets.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesPoint {
    /// The week.
    pub week: Week,
    /// The rule sets used, in order.
    pub rule_sets: Vec<String>,
    /// The outcomes of all batches of the week.
    pub outcomes: Outcomes,
    /// The share of pairs that are the same or the same by variant; `None` without a pair.
    pub clean: Option<Interval>,
    /// Not found, from those without a candidate to those and the unsure together, of all compared; `None` without any.
    pub not_found: Option<(f64, f64)>,
}

/// A stretch of weeks whose rates compare with one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The first of the rule sets that compare with one another, by which the stretch is known.
    pub family: String,
    /// Its weeks, in order.
    pub points: Vec<SeriesPoint>,
}

impl Series {
    /// Cuts some batches into stretches: a change of rule set that does not compare begins another one.
    ///
    /// # Errors
    /// The breach of invariant 19, which the cutting rules out.
    pub fn cut(
        batches: &[&ReconciliationBatch],
        comparability: &Comparability,
    ) -> Result<Vec<Self>, Box<Breach>> {
        let family = |batch: &ReconciliationBatch| comparability.family(&batch.rule_set).to_owned();
        let mut families: Vec<String> = batches.iter().map(|batch| family(batch)).collect();
        families.sort();
        families.dedup();
        let mut series = Vec::new();
        for name in families {
            let own: Vec<&ReconciliationBatch> = batches
                .iter()
                .copied()
                .filter(|batch| family(batch) == name)
                .collect();
            let mut weeks: Vec<Week> = own.iter().map(|batch| batch.week).collect();
            weeks.sort_unstable();
            weeks.dedup();
            let points = weeks.into_iter().map(|week| {
                let of_week: Vec<&ReconciliationBatch> = own
                    .iter()
                    .copied()
                    .filter(|batch| batch.week == week)
                    .collect();
                Ok(point(
                    week,
                    &of_week,
                    sum_outcomes(&of_week, comparability)?,
                ))
            });
            series.push(Self {
                family: name,
                points: points.collect::<Result<_, Box<Breach>>>()?,
            });
        }
        series.sort_by_key(|series| series.points.first().map(|point| point.week));
        Ok(series)
    }
}

fn point(week: Week, batches: &[&ReconciliationBatch], outcomes: Outcomes) -> SeriesPoint {
    let mut rule_sets: Vec<String> = batches.iter().map(|batch| batch.rule_set.clone()).collect();
    rule_sets.sort();
    rule_sets.dedup();
    let same = outcomes.get(Outcome::Same) + outcomes.get(Outcome::SameVariant);
    SeriesPoint {
        week,
        rule_sets,
        clean: wilson(same, outcomes.paired()),
        not_found: not_found(outcomes),
        outcomes,
    }
}

/// Not found as an interval: those without a candidate, and with the unsure, of all that were compared.
pub(super) fn not_found(outcomes: Outcomes) -> Option<(f64, f64)> {
    let compared = outcomes
        .sum()
        .remaining_after(outcomes.get(Outcome::NotCompared));
    let none = outcomes.get(Outcome::NotFound);
    let unsure = none + outcomes.get(Outcome::Unsure);
    let share = |count: Count| count.to_f64() / compared.to_f64();
    (compared > Count::ZERO).then(|| (share(none), share(unsure)))
}
