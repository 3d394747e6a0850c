//! Outcomes week by week, cut where rates do not compare, and the rates of fields.

use reports::reconciliation::{FamilyRates, Outside, Series, SeriesPoint};
use store::domain::{Count, Outcome, Outcomes, ReconciliationLedger};

use crate::pages::wording::Words;

/// Weeks whose rates compare.
pub(super) struct Stretch {
    pub(super) name: String,
    pub(super) rows: Vec<WeekRow>,
}

pub(super) struct WeekRow {
    pub(super) week: String,
    pub(super) rule_sets: String,
    pub(super) people: String,
    pub(super) clean: String,
    pub(super) not_found: String,
    pub(super) outcomes: Vec<String>,
}

/// The rates of fields under one family of rule sets.
pub(super) struct FieldTable {
    pub(super) family: String,
    pub(super) rows: Vec<FieldRow>,
}

pub(super) struct FieldRow {
    pub(super) field: String,
    pub(super) contradictions: String,
    pub(super) paired: String,
    pub(super) rate: String,
    pub(super) above: String,
    pub(super) below: String,
}

pub(super) fn stretches(series: &[Series], words: &Words) -> Vec<Stretch> {
    let stretch = |series: &Series| Stretch {
        name: series.family.clone(),
        rows: series
            .points
            .iter()
            .rev()
            .map(|point| week_row(point, words))
            .collect(),
    };
    series.iter().map(stretch).collect()
}

fn week_row(point: &SeriesPoint, words: &Words) -> WeekRow {
    let counts: Vec<Count> = point.outcomes.iter().map(|(_, count)| count).collect();
    let none = || "–".to_owned();
    WeekRow {
        week: point.week.to_string(),
        rule_sets: point.rule_sets.join(", "),
        people: words.cell(point.outcomes.sum()),
        clean: point.clean.map_or_else(none, |clean| words.interval(clean)),
        not_found: point.not_found.map_or_else(none, |(lower, upper)| {
            format!("{}–{}", words.percent(lower), words.percent(upper))
        }),
        outcomes: words.cells(&counts),
    }
}

/// What later batches replaced: why "same" fell, in the sender's own words.
pub(super) fn replaced_lines(ledger: &ReconciliationLedger, words: &Words) -> Vec<String> {
    let replaced = ledger.batches.iter().filter_map(|old| {
        let by = old.replaced_by?;
        let new = ledger
            .batches
            .iter()
            .find(|new| new.submission == by && new.entry.key() == old.entry.key())?;
        let clean = |outcomes: &Outcomes| {
            let same = outcomes.get(Outcome::Same) + outcomes.get(Outcome::SameVariant);
            words.cell(same)
        };
        let reason = new.entry.note.as_deref();
        Some(format!(
            "{} · {} · {}: {} {} → {}{}",
            words.unit(old.entry.unit),
            old.entry.week,
            words.record_type(old.entry.record_type),
            words.language.pick("khớp", "same"),
            clean(&old.entry.outcomes),
            clean(&new.entry.outcomes),
            reason.map_or_else(String::new, |reason| format!(" – {reason}")),
        ))
    });
    replaced.collect()
}

pub(super) fn field_tables(fields: &[FamilyRates], words: &Words) -> Vec<FieldTable> {
    let table = |rates: &FamilyRates| {
        let rows = rates.all.iter().map(|rate| {
            let outside = |wanted: Outside| {
                let named = rates.units.iter().filter(|(_, own)| {
                    let own = own.iter().find(|own| own.field == rate.field);
                    own.is_some_and(|own| own.against(rate.interval.point) == wanted)
                });
                let names: Vec<String> = named.map(|(unit, _)| words.unit(*unit)).collect();
                if names.is_empty() {
                    "–".to_owned()
                } else {
                    names.join(", ")
                }
            };
            FieldRow {
                field: words.text(&rate.field.name()),
                contradictions: words.cell(rate.contradictions),
                paired: words.cell(rate.paired),
                rate: words.interval(rate.interval),
                above: outside(Outside::Above),
                below: outside(Outside::Below),
            }
        });
        FieldTable {
            family: rates.family.clone(),
            rows: rows.collect(),
        }
    };
    fields.iter().map(table).collect()
}
