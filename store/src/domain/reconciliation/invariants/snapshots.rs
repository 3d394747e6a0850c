//! Invariant 16: the days of the two snapshots.

use chrono::NaiveDate;

use super::super::{Breach, ReconciliationBatch, Weight};
use crate::domain::{Language, Text};

/// The most days between the two snapshots that pass without a question (invariant 16).
const LARGEST_GAP: i64 = 31;

/// Checks the two snapshots of a batch: none is of the future, and they are not more than 31 days apart.
#[must_use]
pub fn check_snapshots(batch: &ReconciliationBatch, today: NaiveDate) -> Vec<Breach> {
    let registry = batch.run.as_ref().map(|run| run.registry_as_of);
    let days = [
        (registry, Text::new("dữ liệu hộ tịch", "civil-status data")),
        (
            batch.population_as_of,
            Text::new("dữ liệu dân cư", "population data"),
        ),
    ];
    let mut breaches = Vec::new();
    for (day, what) in days {
        let Some(day) = day.filter(|day| *day > today) else {
            continue;
        };
        let ahead = (day - today).num_days();
        let message = Text::new(
            format!(
                "{} của ngày {} ở tương lai; sớm {ahead} ngày",
                what.vi,
                Language::Vi.date(day)
            ),
            format!(
                "{} of {} are of the future; early by {ahead} days",
                what.en,
                Language::En.date(day)
            ),
        );
        breaches.push(Breach::new(16, Weight::Hard, &message));
    }
    if let Some((registry, population)) = registry.zip(batch.population_as_of) {
        let gap = (registry - population).num_days().abs();
        let what = Text::new(
            "số ngày giữa hai bản dữ liệu",
            "the gap between the snapshots in days",
        );
        let limit = Text::new("mức", "the limit of");
        let pair = (gap, LARGEST_GAP);
        breaches.extend(Breach::unless_at_most(
            16,
            Weight::Warn,
            (&what, &limit),
            pair,
        ));
    }
    breaches
}
