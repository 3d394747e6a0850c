//! What the rules ask about a file, and what its sender answers.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{Digest, SubmissionId, Text, UnitId};

/// How many weeks an answer holds: two monthly reports.
///
/// A reason given in one monthly meeting is heard again in the second one after it at the latest. An older one describes other circumstances and is asked for again.
pub const ANSWER_WEEKS: u64 = 8;

/// The name of a question, the same from week to week: 12 hexadecimal digits of the digest of its rule and subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(String);

impl QuestionId {
    /// The name of what a rule asks about a subject, given as words that never change.
    #[must_use]
    pub fn of(rule: &str, subject: &[&str]) -> Self {
        // A line for each word: no word of a subject holds a line break after the intake has read it.
        let words = [&[rule], subject].concat().join("\n");
        Self(Digest::of(words.as_bytes()).short())
    }

    /// Reads a name as receipts print it; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |letter: char| matches!(letter, '0'..='9' | 'a'..='f');
        (text.len() == 12 && text.chars().all(hex)).then(|| Self(text.to_owned()))
    }
}

impl std::fmt::Display for QuestionId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What a rule asks about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub id: QuestionId,
    /// The key of the rule.
    pub rule: String,
    /// The unit asked about; `None` where it is the file as a whole.
    pub unit: Option<UnitId>,
    /// The date asked about; `None` where there is none.
    pub as_of: Option<NaiveDate>,
    /// Which part of the unit's work, in words; empty for all of it.
    pub about: Text,
    /// The question.
    pub asked: Text,
}

/// A question with what the sender said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// What was answered; never blank.
    pub text: String,
}

/// An answer as the archive keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The submission it came with.
    pub submission: SubmissionId,
    /// The name of its file.
    pub file_name: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether its submission was taken back, so that the answer holds no more.
    pub withdrawn: bool,
    /// The answer.
    pub answer: Answer,
}

impl GivenAnswer {
    /// The last date for which it holds; `None` where it was given about no date, or about a file that was taken back.
    #[must_use]
    pub fn holds_until(&self) -> Option<NaiveDate> {
        let as_of = self.answer.question.as_of.filter(|_| !self.withdrawn)?;
        as_of.checked_add_days(Days::new(ANSWER_WEEKS * 7))
    }

    /// Whether it still says something about a date.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        let since = self.answer.question.as_of;
        since.is_some_and(|since| since <= day)
            && self.holds_until().is_some_and(|until| day <= until)
    }
}
