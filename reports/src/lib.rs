//! The workshop: forecasts, charts and tables made from the ledger.
//!
//! Pure: values in, values out. No connection, clock, environment, file or unseeded randomness, so the same data give the
//! same bytes.

pub mod audit;
pub mod backtest;
pub mod charts;
pub mod forecast;
pub mod illustrate;
pub mod issued;
pub mod letters;
pub mod model;
pub mod pack;
pub mod reconciliation;
pub mod render;
pub mod revision;
pub mod scorecard;
pub mod words;
