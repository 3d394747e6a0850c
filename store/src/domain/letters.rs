//! Reminder letters that were issued: what they were made of and the digest of what was given out.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Digest, Language};

/// What is recorded of the letters of one week when they are issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLetters {
    /// The last day of the week that was not reported.
    pub week_ending: NaiveDate,
    /// The moment as of which it was known who had not reported.
    pub known_on: DateTime<Utc>,
    /// Their language.
    pub language: Language,
    /// How many there are.
    pub letters: i64,
    /// The digest of the template they were made from.
    pub template: Digest,
    /// The digest of the list of the files with their digests.
    pub sha256: Digest,
    /// Who issued them.
    pub issued_by: String,
}

/// Letters in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedLetters {
    /// Their number: that of their entry in the log.
    pub number: i64,
    /// When they were issued.
    pub recorded_at: DateTime<Utc>,
    /// What was recorded of them.
    pub issue: NewLetters,
}

/// A template of the ministry, as it is sent to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTemplate {
    /// The language of letters made from it.
    pub language: Language,
    /// The name of its file.
    pub file_name: String,
    /// The document, byte for byte.
    pub document: Vec<u8>,
    /// Who sends it.
    pub recorded_by: String,
}

/// A template in the archive; the latest of its language is the one in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTemplate {
    /// Its number: that of its entry in the log.
    pub number: i64,
    /// The language of letters made from it.
    pub language: Language,
    /// The name of its file as it was sent.
    pub file_name: String,
    /// The digest of the document.
    pub sha256: Digest,
    /// Who sent it.
    pub recorded_by: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}
