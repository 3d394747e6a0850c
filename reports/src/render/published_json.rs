//! Published figures in the JSON form of the forecast: what a forecast is made of where nobody reported.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::forecast_json::rounded;
use crate::forecast::{Basis, StatedCount};

/// What an entry is made of.
pub(crate) const fn source_key(is_published: bool) -> &'static str {
    if is_published { "published" } else { "reports" }
}

/// The figures that a forecast is made of.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PublishedBasis")]
pub(crate) struct PublishedEntry {
    counts: Vec<StatedEntry>,
    /// Null where none fits the counts.
    total: Option<StatedEntry>,
    /// Records per full working week between the last two counts.
    rate: Option<f64>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StatedCount")]
struct StatedEntry {
    as_of: NaiveDate,
    count: i64,
    /// The word of approximation as in `published-figures`; empty where the source has none.
    wording: &'static str,
}

impl StatedEntry {
    const fn of(stated: &StatedCount) -> Self {
        Self {
            as_of: stated.as_of,
            count: stated.count.to_i64(),
            wording: stated.wording.key(),
        }
    }
}

impl PublishedEntry {
    pub(crate) fn of(basis: &Basis) -> Self {
        Self {
            counts: basis.counts.iter().map(StatedEntry::of).collect(),
            total: basis.total.as_ref().map(StatedEntry::of),
            rate: basis.pace.map(|pace| rounded(pace, 10.0)),
        }
    }
}
