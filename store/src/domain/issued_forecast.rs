//! Forecasts that were issued.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Digest, UnitView};

/// A forecast as it is given out: the document, and what it takes to make it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewForecast {
    /// The last day of the week that was looked at.
    pub as_of: NaiveDate,
    /// The moment as of which the figures were read.
    pub known_on: DateTime<Utc>,
    /// Which units stand as rows.
    pub view: UnitView,
    /// The method and its version.
    pub method: String,
    /// The digest of the figures, deadlines and reference files used.
    pub data: Digest,
    /// Forecast JSON, version 1: the quantiles, chance, state, total and count of every unit and the nation, and the seed.
    pub document: String,
    /// Who issues it.
    pub issued_by: String,
}

/// A forecast that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedForecast {
    /// Its number, which is that of its entry of the log.
    pub id: i64,
    /// The moment it was issued.
    pub issued_at: DateTime<Utc>,
    /// What was issued.
    pub forecast: NewForecast,
}
