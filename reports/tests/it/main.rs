//! Tests of the figures: forecasts, reports and their tables.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

mod backtest;
mod bottleneck;
mod dates;
mod deadlines;
mod effect;
mod given;
mod hostile;
mod national;
mod published;
mod render;
mod report;
mod revision;
mod sameness;
mod scenario;
mod scorecard;
mod series_file;
mod stages;
mod states;
mod what_if;
