//! The record of issued forecasts as JSON, version 1.
//!
//! `ahead` is a number of weeks, or `completion`. `coverage` has for each promise in percent the cases, how many were held,
//! and the share with its 95 % interval. `error` is in weeks, above 0 where the work came later than was said.

use serde_json::{Value, json};

use super::error::TableError;
use super::forecast_json::rounded;
use crate::scorecard::{Ahead, CountCase, Coverage, Outcome, Record, Score, Scorecard, Verdict};

/// Writes the record; indented, with a line break at the end.
///
/// # Errors
/// [`TableError::Json`] where the writer refuses a value.
pub fn scorecard_json(scorecard: &Scorecard) -> Result<Vec<u8>, TableError> {
    let forecasts = scorecard.forecasts.iter().map(|one| {
        json!({
            "number": one.number,
            "week": one.week,
            "method": one.method,
            "says_counts": one.says_counts,
        })
    });
    let methods = scorecard
        .methods
        .iter()
        .map(|(method, record)| json!({ "method": method, "score": score(record) }));
    let document = json!({
        "version": 1,
        "week": scorecard.week,
        "known_on": scorecard.known_on,
        "forecasts": forecasts.collect::<Vec<_>>(),
        "left_out": scorecard.left_out,
        "overall": score(&scorecard.overall),
        "methods": methods.collect::<Vec<_>>(),
        "national": scorecard.national.iter().map(case).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn score(score: &Score) -> Value {
    let deadlines = &score.deadlines;
    json!({
        "forecasts": score.forecasts,
        "records": score.records.iter().map(record).collect::<Vec<_>>(),
        "deadlines": {
            "cases": deadlines.cases,
            "met": deadlines.met,
            "expected": rounded(deadlines.expected, 10.0),
            "brier": deadlines.brier.map(|brier| rounded(brier, 1000.0)),
            "not_due": deadlines.not_due,
        },
    })
}

fn record(record: &Record) -> Value {
    let error = record.error.map(|error| {
        json!({
            "cases": error.cases,
            "not_come": error.not_come,
            "usual": rounded(error.usual, 100.0),
            "bias": rounded(error.bias, 100.0),
            "p10": rounded(error.p10, 100.0),
            "p90": rounded(error.p90, 100.0),
        })
    });
    json!({
        "ahead": match record.ahead {
            Ahead::Weeks(weeks) => json!(weeks),
            Ahead::Completion => json!("completion"),
        },
        "cases": record.cases,
        "coverage": record.coverage.iter().map(coverage).collect::<Vec<_>>(),
        "error": error,
        "not_due": record.not_due,
        "not_reported": record.not_reported,
    })
}

fn coverage(coverage: &Coverage) -> Value {
    let share = coverage
        .share
        .as_ref()
        .map(|share| [share.lower, share.point, share.upper].map(|end| rounded(end, 1000.0)));
    json!({
        "promised": coverage.promised,
        "cases": coverage.cases,
        "held": coverage.held,
        "share": share,
        "verdict": match coverage.verdict() {
            Verdict::TooFew => "too_few",
            Verdict::Kept => "kept",
            Verdict::TooSure => "too_sure",
            Verdict::TooCautious => "too_cautious",
        },
    })
}

fn case(case: &CountCase) -> Value {
    let outcome = match case.outcome {
        Outcome::NotDue => json!("not_due"),
        Outcome::NotReported => json!("not_reported"),
        Outcome::Known { count, late } => json!({
            "count": rounded(count, 1.0),
            "late_weeks": rounded(late.weeks, 100.0),
            "came": late.came,
        }),
    };
    json!({
        "forecast": case.forecast,
        "week": case.week,
        "ahead": case.ahead,
        "quantiles": case.quantiles,
        "outcome": outcome,
        "held": case.held(),
    })
}
