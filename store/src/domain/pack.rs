//! A pack that was issued: what was asked for and the digest of what was given out.

use chrono::{DateTime, Utc};

use super::{Digest, Language, UnitView};

/// What is recorded of a pack when it is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackIssue {
    /// Up to when it looks: `2024-07-18`, `2024-W29` or `2024-Q3`.
    pub cutoff: String,
    /// The moment as of which its figures were known.
    pub known_on: DateTime<Utc>,
    /// Which units stand as rows.
    pub view: UnitView,
    /// Its language.
    pub language: Language,
    /// The least share of expected units that had to report, in percent.
    pub least_percent: u8,
    /// The body in the head of the report.
    pub issuer: String,
    /// The version of the program that made it.
    pub version: String,
    /// Whether enough units had reported.
    pub complete: bool,
    /// The digest of the list of its files with their digests.
    pub sha256: Digest,
    /// Who issued it.
    pub issued_by: String,
}

/// A pack in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPack {
    /// Its number: that of its entry in the log.
    pub number: i64,
    /// When it was issued.
    pub recorded_at: DateTime<Utc>,
    /// What was recorded of it.
    pub issue: PackIssue,
}
