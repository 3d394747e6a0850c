//! The sampling audit of digitization: lots, the seeds issued for them, and what was found.
//!
//! A lot is known by the digest and the length of its list of pointers. The list itself stays at the province.

use chrono::{DateTime, Utc};

use super::AuditBasis;
use crate::domain::{Count, Digest, RecordType, UnitId};

/// How many entries are looked at, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPlan {
    /// A lot with this share of defective entries is rejected in 5 % of cases at most; per mille.
    pub acceptable_permille: u32,
    /// A lot with this share of defective entries is accepted in 10 % of cases at most; per mille.
    pub limiting_permille: u32,
    /// Whether the two are the tightened ones, after rejected lots of the contractor.
    pub tightened: bool,
    /// How many entries are looked at.
    pub size: Count,
    /// How many of them may be defective in a lot that is accepted.
    pub acceptance: Count,
}

/// What is asked for when a lot is frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenLot {
    /// Whose records.
    pub unit: UnitId,
    /// The kind of event; all kinds where the lot mixes them.
    pub record_type: RecordType,
    /// The registration years of the books, both included; `None` where all are meant.
    pub period: Option<(u16, u16)>,
    /// The firm or office that typed the entries.
    pub contractor: String,
    /// What the entries are compared with.
    pub against: AuditBasis,
    /// The digest of the ordered list of pointers, a pointer a line.
    pub list_sha256: Digest,
    /// How many pointers the list has.
    pub entries: Count,
    /// How many are looked at.
    pub plan: AuditPlan,
    /// The rejected lot that is audited again; `None` for the first audit.
    pub again: Option<i64>,
}

/// The seed of a lot.
///
/// Nobody chooses it: it follows from the entry of the log that froze the list, which the province wrote before the random
/// bits were drawn, and from bits that the server drew once and recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditSeed {
    /// The number of the entry of the log that issued it.
    pub number: i64,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The 256 bits that the system gave.
    pub random: Digest,
    /// The seed.
    pub seed: Digest,
}

impl AuditSeed {
    /// The seed of a lot: the SHA-256 of the seal of the entry that froze it, in 64 lower-case hexadecimal digits, a line
    /// feed, and the random bits in the same form.
    #[must_use]
    pub fn derive(seal: Digest, random: Digest) -> Digest {
        Digest::of(format!("{seal}\n{random}").as_bytes())
    }
}

/// What looking at the sample gave, in entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditResult {
    /// Entries with a wrong name, date, sex, personal number, parents, or of the wrong person.
    pub critical: Count,
    /// Entries with a wrong place, registration number or registration date.
    pub major: Count,
    /// Entries with any other defect; another way of writing the same is none.
    pub minor: Count,
    /// Entries with a defect of any class, each once.
    pub defective: Count,
    /// Entries that could not be judged, because the page cannot be read.
    pub unreadable: Count,
    /// Whether the lot is accepted.
    pub accepted: bool,
    /// Whether every entry of the lot was checked again before this audit.
    pub recheck_all: bool,
    /// The office that looked, which is not the contractor.
    pub inspector: String,
}

/// A result as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditDecision {
    /// The number of the entry of the log that recorded it.
    pub number: i64,
    /// When it was recorded.
    pub decided_at: DateTime<Utc>,
    /// What was found, and what follows.
    pub result: AuditResult,
}

/// A lot in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLot {
    /// Its number: that of the entry of the log that froze it.
    pub number: i64,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
    /// The seal of that entry, of which the seed is made.
    pub seal: Digest,
    /// What was frozen.
    pub frozen: FrozenLot,
    /// How often the same lot was rejected before.
    pub rejected_before: Count,
    /// Its seed; `None` until it is issued.
    pub seed: Option<AuditSeed>,
    /// The decision; `None` until it is recorded.
    pub decision: Option<AuditDecision>,
}
