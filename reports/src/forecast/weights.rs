//! Which experts to believe: by the course of the histories, by what they would have said of the panel, and of each unit alone.

use super::curve::{believed, together};
use super::expert::Expert;
use super::learning::{Record, discount};
use super::number::real;

/// The share of prior weight that no evidence takes away in a young programme: which law it follows late is not seen early.
const FLOOR: f64 = 0.4;
/// The weeks of history that halve it.
const FLOOR_WEEKS: f64 = 150.0;
/// How many weeks of judged forecasts make one independent piece of evidence, times the loss it can tell apart.
const PATIENCE: f64 = 8.0 * 0.2;
/// The same for the record of a unit alone, whose loss is the error of the logarithm of the rate.
const OWN_PATIENCE: f64 = 4.0;
/// The weeks of a unit's history after which half of its weights are by its own record.
const OWN_WEEKS: f64 = 26.0;

/// The part of the likelihood of histories that is believed: a law is never more than nearly true, and what drives rates
/// besides it does not cancel out. Of a panel it is believed by its age, of a unit at once.
const PANEL_PART: f64 = 0.15;
/// See [`PANEL_PART`].
const OWN_PART: f64 = 0.1;
/// The share of the prior that the steady law takes over in an old programme.
const STEADY: f64 = 0.1;
/// The weeks of history by whose square a programme is old by half. A programme that is young is still being set up,
/// whatever its rates have been; one that goes on for years had its ramp long ago.
const AGE: f64 = 20.0;

/// The prior of the experts with their laws judged by the course of the panel's histories; the sum is 1.
pub(crate) fn by_panel_curve(
    experts: &[Expert],
    units: &[Option<Vec<f64>>],
    weeks: usize,
) -> Vec<f64> {
    let ages = real(weeks) / AGE;
    let age = ages * ages / (1.0 + ages * ages);
    let is_steady = |expert: &&Expert| expert.law == 0;
    let steady: f64 = experts.iter().filter(is_steady).map(|one| one.prior).sum();
    let old = |expert: &Expert| {
        let more = if is_steady(&expert) {
            1.0 / steady
        } else {
            0.0
        };
        expert.prior * (1.0 - STEADY * age + STEADY * age * more)
    };
    let by_law = believed(&together(units), PANEL_PART * age);
    let prior = experts.iter().map(old).collect();
    judged_by_law(experts, prior, &by_law)
}

/// The weights of the experts with their laws judged by the course of one unit's history.
pub(crate) fn by_own_curve(experts: &[Expert], weights: &[f64], unit: Option<&[f64]>) -> Vec<f64> {
    let weights = weights.to_vec();
    match unit {
        Some(unit) => judged_by_law(experts, weights, &believed(unit, OWN_PART)),
        None => weights,
    }
}

fn judged_by_law(experts: &[Expert], mut weights: Vec<f64>, by_law: &[f64]) -> Vec<f64> {
    for (weight, expert) in weights.iter_mut().zip(experts) {
        *weight *= by_law.get(expert.law).copied().unwrap_or(1.0);
    }
    let sum: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= sum);
    weights
}

/// The weights of the experts for a panel: with the floor of prior, and by the evidence alone.
pub(crate) fn weigh(prior: &[f64], records: &[Record], weeks: usize) -> (Vec<f64>, Vec<f64>) {
    let losses = records
        .iter()
        .map(|record| record.loss.value().unwrap_or(0.0));
    let least = losses.clone().fold(f64::INFINITY, f64::min);
    let judged = judged(weeks);
    let evidence = prior
        .iter()
        .zip(losses)
        .map(|(prior, loss)| prior * libm::exp(-judged * (loss - least) / PATIENCE));
    let evidence: Vec<f64> = evidence.collect();
    let sum: f64 = evidence.iter().sum();
    let floor = FLOOR * FLOOR_WEEKS / (FLOOR_WEEKS + real(weeks));
    let mixed = prior
        .iter()
        .zip(&evidence)
        .map(|(prior, evidence)| (1.0 - floor) * evidence / sum + floor * prior);
    (mixed.collect(), evidence)
}

/// The weights of the experts for one unit: those of the panel, judged once more by how they did on the unit alone. The longer
/// its history, the less of the panel's is left; one without any has the panel's.
pub(crate) fn own_weights(
    panel: &[f64],
    records: &[Record],
    unit: usize,
    weeks: usize,
) -> Vec<f64> {
    let loss = |record: &Record| record.units.get(unit).and_then(|unit| unit.value());
    let losses = records.iter().map(|record| loss(record).unwrap_or(0.0));
    let least = losses.clone().fold(f64::INFINITY, f64::min);
    let judged = judged(weeks);
    let own: Vec<f64> = panel
        .iter()
        .zip(losses)
        .map(|(weight, loss)| weight * libm::exp(-judged * (loss - least) / OWN_PATIENCE))
        .collect();
    let sum: f64 = own.iter().sum();
    let lengths = real(weeks) / OWN_WEEKS;
    let floor = 1.0 / (1.0 + lengths * lengths);
    let mixed = panel.iter().zip(own);
    mixed
        .map(|(panel, own)| floor * panel + (1.0 - floor) * own / sum)
        .collect()
}

/// The sums of the weights up to each; the last is 1.
pub(crate) fn ends(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    let running = weights.iter().scan(0.0, |before, weight| {
        *before += weight / sum;
        Some(*before)
    });
    running.collect()
}

/// The weeks of a history whose forecasts were judged, older ones weighing less.
fn judged(weeks: usize) -> f64 {
    (0..weeks.saturating_sub(4)).map(discount).sum()
}

#[cfg(test)]
mod tests {
    use super::super::expert::experts;
    use super::super::learning::Mean;
    use super::*;

    #[test]
    fn without_evidence_the_weights_are_the_prior() {
        let experts = experts();
        let records = vec![Record::default(); experts.len()];
        let prior = by_panel_curve(&experts, &[None], 0);
        let (weights, _) = weigh(&by_own_curve(&experts, &prior, None), &records, 1);
        for (weight, expert) in weights.iter().zip(&experts) {
            assert!((weight - expert.prior).abs() < 1e-12);
        }
        assert!((ends(&weights)[experts.len() - 1] - 1.0).abs() < 1e-9);
    }

    #[test]
    fn an_old_programme_is_taken_for_steady_more_and_its_course_decides() {
        let experts = experts();
        let of_law = |weights: &[f64], law: usize| -> f64 {
            let pairs = experts.iter().zip(weights);
            pairs
                .filter(|(expert, _)| expert.law == law)
                .map(|(_, weight)| weight)
                .sum()
        };
        let young = by_panel_curve(&experts, &[None], 2);
        let old = by_panel_curve(&experts, &[None], 200);
        assert!(
            of_law(&young, 0) < 0.01 && of_law(&old, 0) > 0.09,
            "{}",
            of_law(&old, 0)
        );
        // The logistic law is likelier than all others by a factor of e³⁰.
        let logistic = 12;
        let mut course = vec![0.0; 15];
        course[logistic] = 30.0;
        let told = by_panel_curve(&experts, &[Some(course.clone())], 200);
        assert!(
            of_law(&told, logistic) > 0.98,
            "{}",
            of_law(&told, logistic)
        );
        let own = by_own_curve(&experts, &old, Some(&course));
        assert!(
            (0.8..0.99).contains(&of_law(&own, logistic)),
            "{}",
            of_law(&own, logistic)
        );
    }

    #[test]
    fn a_unit_that_its_own_record_knows_better_leaves_the_panel() {
        let record = |loss: f64| {
            let mut mean = Mean::default();
            mean.add(loss, 1.0);
            let mut record = Record::default();
            record.units.push(mean);
            record
        };
        let records = [record(0.2), record(1.5)];
        let weights = |weeks| own_weights(&[0.1, 0.9], &records, 0, weeks)[0];
        assert!((weights(0) - 0.1).abs() < 1e-12);
        assert!(weights(26) > 0.4, "{}", weights(26));
        assert!(weights(260) > 0.94, "{}", weights(260));
    }
}
