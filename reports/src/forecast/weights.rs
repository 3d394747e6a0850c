//! Which experts to believe: by what they would have said of the panel, and of each unit alone.

use super::expert::Expert;
use super::learning::{Record, discount};
use super::number::real;

/// The share of prior weight that no evidence takes away in a young programme: which law it follows late is not seen early.
const FLOOR: f64 = 0.4;
/// The weeks of history that halve it.
const FLOOR_WEEKS: f64 = 150.0;
/// How many weeks of judged forecasts make one independent piece of evidence, times the loss it can tell apart.
const PATIENCE: f64 = 8.0 * 0.3;
/// The same for the record of a unit alone, whose loss is the error of the logarithm of the rate.
const OWN_PATIENCE: f64 = 4.0;
/// The weeks of a unit's history after which half of its weights are by its own record.
const OWN_WEEKS: f64 = 26.0;

/// The weights of the experts for a panel: with the floor of prior, and by the evidence alone.
pub(crate) fn weigh(experts: &[Expert], records: &[Record], weeks: usize) -> (Vec<f64>, Vec<f64>) {
    let losses = records
        .iter()
        .map(|record| record.loss.value().unwrap_or(0.0));
    let least = losses.clone().fold(f64::INFINITY, f64::min);
    let judged = judged(weeks);
    let evidence = experts
        .iter()
        .zip(losses)
        .map(|(expert, loss)| expert.prior * libm::exp(-judged * (loss - least) / PATIENCE));
    let evidence: Vec<f64> = evidence.collect();
    let sum: f64 = evidence.iter().sum();
    let floor = FLOOR * FLOOR_WEEKS / (FLOOR_WEEKS + real(weeks));
    let mixed = experts
        .iter()
        .zip(&evidence)
        .map(|(expert, evidence)| (1.0 - floor) * evidence / sum + floor * expert.prior);
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
        let (weights, _) = weigh(&experts, &records, 1);
        for (weight, expert) in weights.iter().zip(&experts) {
            assert!((weight - expert.prior).abs() < 1e-12);
        }
        assert!((ends(&weights)[experts.len() - 1] - 1.0).abs() < 1e-9);
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
