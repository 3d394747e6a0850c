//! Why the date moved between two issued forecasts, as JSON, version 1.
//!
//! `parts` are days by which the median moved, in the order of the path, above 0 to a later day; they add up to `days`. A
//! `null` is a step without a date. `chance` tells apart what work did (`from` to `by_work`, both of the old deadline) and
//! what another deadline did (`by_work` to `to`). `national` is the day on which the last unit is done, which has no `days` where it
//! is after the horizon; `most_done` is that on which 95 % of the national total is done, `null` where one of the two forecasts
//! does not say it.

use serde_json::{Map, Value, json};

use super::error::TableError;
use crate::issued::Said;
use crate::revision::{ChanceMoved, Moved, Part, Revision};

/// Writes the parts of every date; indented, with a line break at the end.
///
/// # Errors
/// [`TableError::Json`] where the writer refuses a value.
pub fn revision_json(revision: &Revision) -> Result<Vec<u8>, TableError> {
    let units: Vec<Value> = revision.units.iter().map(moved).collect();
    let document = json!({
        "version": 1,
        "old": { "number": revision.numbers.0, "method": revision.methods.0 },
        "new": { "number": revision.numbers.1, "method": revision.methods.1 },
        "national": moved(&revision.nation),
        "most_done": revision.most.as_ref().map(moved),
        "units": units,
        "unmatched": revision.unmatched,
    });
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The word of a part in files.
const fn key(part: Part) -> &'static str {
    match part {
        Part::Method => "method",
        Part::Draw => "random_numbers",
        Part::Corrections => "corrections",
        Part::Calendar => "calendar",
        Part::Work => "work",
        Part::Pace => "pace",
        Part::Scope => "scope",
        Part::Deadline => "deadline",
    }
}

fn moved(moved: &Moved) -> Value {
    let parts: Map<String, Value> = moved
        .parts
        .iter()
        .map(|(part, days)| (key(*part).to_owned(), json!(days)))
        .collect();
    json!({
        "unit": moved.unit.map(|unit| unit.to_string()),
        "name": moved.name,
        "from": said(&moved.from),
        "to": said(&moved.to),
        "days": moved.days,
        "parts": parts,
        "chance": moved.chance.as_ref().map(chance),
        "excluded": [moved.excluded.0, moved.excluded.1],
    })
}

fn said(said: &Said) -> Value {
    match said {
        Said::Day(day) => json!({ "p50": day }),
        Said::Done(since) => json!({ "done_since": since }),
        Said::After(horizon) => json!({ "after": horizon }),
        Said::Nothing(words) => json!({ "words": words }),
    }
}

fn chance(chance: &ChanceMoved) -> Value {
    json!({
        "old_deadline": chance.old_deadline,
        "new_deadline": chance.new_deadline,
        "from": chance.from,
        "by_work": chance.by_work,
        "to": chance.to,
    })
}
