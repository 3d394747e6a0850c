//! The archive on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

mod accounts;
mod archive;
mod audits;
mod bad_weather;
mod basis;
mod builders;
mod changes;
mod difficulties;
mod everything;
mod exemptions;
mod facts_in_time;
mod forecasts;
mod idempotency_keys;
mod letters;
mod log;
mod migrations;
mod outbox;
mod panel;
mod reconciliation;
mod tampering;
