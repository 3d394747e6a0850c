//! The counts document: numbers, words of closed lists, days and a digest, ready to be sent. Nothing in it comes from a cell
//! of the file but the province, the record type and the period of the books.

use serde_json::{Map, Value, json};
use store::domain::{Outcome, Reference};

use super::class::{Class, Field};
use super::duplicates::KINDS;
use super::rule_set::RULE_SET;
use super::run::{Comparison, RunFacts};
use super::tally::{BatchKey, OPEN_YEARS, Tally};

/// The version of the document. Keys are never renamed or removed within a version.
const VERSION: u32 = 1;

/// The documents as a JSON list, one for each province, record type and period of books, as the reconciliation form takes
/// them.
#[must_use]
pub fn counts_json(comparison: &Comparison, facts: &RunFacts) -> Vec<u8> {
    let batches = comparison.batches.iter();
    let documents: Value = batches
        .map(|(key, tally)| document(key, tally, facts))
        .collect();
    format!("{documents:#}\n").into_bytes()
}

fn document(key: &BatchKey, tally: &Tally, facts: &RunFacts) -> Value {
    let outcomes = Outcome::ALL
        .into_iter()
        .map(|outcome| (outcome.key(), tally.outcome(outcome)));
    let fields = compared(tally).map(|field| {
        let classes = Class::ALL
            .into_iter()
            .map(|class| (class.key(), tally.class(field, class)));
        (field.key().to_owned(), counts(classes))
    });
    let fields: Map<String, Value> = fields.collect();
    let repeats = KINDS.iter().zip(tally.repeats).map(|(kind, repeats)| {
        (
            (*kind).to_owned(),
            json!({ "groups": repeats.groups, "records": repeats.records }),
        )
    });
    let mut document = json!({
        "v": VERSION,
        "batch": batch(key, tally, facts),
        "outcome": counts(outcomes),
        "dup": repeats.collect::<Map<_, _>>(),
    });
    // Where nobody was found no field was compared.
    if let (false, Some(members)) = (fields.is_empty(), document.as_object_mut()) {
        members.insert("field".to_owned(), fields.into());
    }
    document
}

fn batch(key: &BatchKey, tally: &Tally, facts: &RunFacts) -> Value {
    json!({
        "province": code(key, facts),
        "type": key.record_type.key(),
        "week": facts.week.to_string(),
        "period": period(key),
        "stage": facts.stage.key(),
        "method": "tool_check",
        "rule_set": RULE_SET.name,
        "tool": concat!("sohoa ", env!("CARGO_PKG_VERSION")),
        "cutoff": null,
        "hotich_as_of": facts.hotich_as_of.to_string(),
        "dancu_as_of": facts.dancu_as_of.to_string(),
        "records": tally.records,
        "subjects": tally.subjects(),
        "first": tally.subjects() - tally.again,
        "again": tally.again,
        "id": {
            "before": tally.id_before,
            "added": tally.id_added,
            "changed": 0,
            "removed": 0,
            "inconsistent": tally.id_inconsistent,
        },
        "worklist": tally.worklist.map(|digest| json!({
            "sha256": digest.to_string(),
            "rows": tally.worklist_rows(),
        })),
    })
}

/// First and last registration year; `null` where the file does not tell the years.
fn period(key: &BatchKey) -> Value {
    let (earliest, latest) = OPEN_YEARS;
    key.years().map_or(Value::Null, |(first, last)| {
        json!([
            first.unwrap_or_else(|| earliest.into()),
            last.unwrap_or_else(|| latest.into())
        ])
    })
}

/// The fields that the file compares.
fn compared(tally: &Tally) -> impl Iterator<Item = Field> + '_ {
    let paired = |field: &Field| {
        Class::ALL
            .into_iter()
            .any(|class| tally.class(*field, class) > 0)
    };
    Field::ALL.into_iter().filter(paired)
}

fn counts(list: impl Iterator<Item = (&'static str, u64)>) -> Value {
    list.map(|(key, count)| (key.to_owned(), Value::from(count)))
        .collect::<Map<_, _>>()
        .into()
}

/// The code of the province in the week of the comparison.
fn code(key: &BatchKey, facts: &RunFacts) -> String {
    let unit = Reference::embedded().units.find(key.province);
    let code = unit.and_then(|unit| unit.code_on(facts.week.last_day()));
    code.map_or_else(|| key.province.to_string(), str::to_owned)
}

/// The document as CSV: one row a count, with the batch it belongs to.
#[must_use]
pub fn counts_csv(comparison: &Comparison, facts: &RunFacts) -> Vec<u8> {
    let mut text = String::from(
        "province,type,week,period_from,period_to,stage,rule_set,rule_set_sha256,hotich_as_of,dancu_as_of,group,name,class,count\n",
    );
    let digest = RULE_SET.digest();
    for (key, tally) in &comparison.batches {
        let (first, last) = key.years().unwrap_or((None, None));
        let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
        let head = [
            code(key, facts),
            key.record_type.key().to_owned(),
            facts.week.to_string(),
            year(first),
            year(last),
            facts.stage.key().to_owned(),
            RULE_SET.name.to_owned(),
            digest.to_string(),
            facts.hotich_as_of.to_string(),
            facts.dancu_as_of.to_string(),
        ]
        .join(",");
        for (group, name, class, count) in lines(tally) {
            let line = [&head, group, name, class, &count.to_string()].join(",");
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.into_bytes()
}

fn lines(tally: &Tally) -> Vec<(&'static str, &'static str, &'static str, u64)> {
    let mut lines = vec![
        ("batch", "records", "", tally.records),
        ("batch", "subjects", "", tally.subjects()),
        ("batch", "first", "", tally.subjects() - tally.again),
        ("batch", "again", "", tally.again),
        ("id", "before", "", tally.id_before),
        ("id", "added", "", tally.id_added),
        ("id", "inconsistent", "", tally.id_inconsistent),
        ("batch", "worklist_rows", "", tally.worklist_rows()),
    ];
    lines
        .extend(Outcome::ALL.map(|outcome| ("outcome", outcome.key(), "", tally.outcome(outcome))));
    for field in compared(tally) {
        lines.extend(
            Class::ALL.map(|class| ("field", field.key(), class.key(), tally.class(field, class))),
        );
    }
    for (kind, repeats) in KINDS.into_iter().zip(tally.repeats) {
        lines.push(("dup", kind, "groups", repeats.groups));
        lines.push(("dup", kind, "records", repeats.records));
    }
    lines
}
