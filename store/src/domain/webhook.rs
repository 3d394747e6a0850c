//! Webhooks: addresses of other programs that are told of events, and what they are told.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// What was done to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookDeed {
    /// It was registered.
    Register,
    /// It is told of events again.
    Enable,
    /// It is told of no event any more.
    Disable,
    /// The program gave it up after nothing could be delivered for long.
    GiveUp,
}

impl WebhookDeed {
    /// Every deed.
    pub const ALL: [Self; 4] = [Self::Register, Self::Enable, Self::Disable, Self::GiveUp];

    /// The word in the databases.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::GiveUp => "give_up",
        }
    }

    /// The deed of a word; `None` for any other word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.key() == key)
    }

    /// Whether it is told of events afterwards.
    #[must_use]
    pub const fn leaves_active(self) -> bool {
        matches!(self, Self::Register | Self::Enable)
    }
}

/// A webhook as its latest change left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its number: that of the log entry that registered it.
    pub number: i64,
    /// Where events are sent.
    pub url: String,
    /// The share of expected units, in percent, with which a week is complete for it.
    pub least_percent: u8,
    /// The latest deed, which says whether it is told of events.
    pub deed: WebhookDeed,
    /// Who did it.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// An event as webhooks are told of it: the body of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "{T}Event")]
pub struct WebhookBody<T> {
    /// The type of the event: `week.complete`, `forecast.moved` or `test`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When it happened.
    pub timestamp: DateTime<Utc>,
    /// What happened.
    pub data: T,
}

/// Enough units have reported for a week; told once for each week and webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WeekComplete {
    /// The ISO week: `2025-W08`.
    pub week: String,
    /// Its last day.
    pub last_day: NaiveDate,
    /// The units that reported what they transferred.
    pub reporting: usize,
    /// The units expected to report.
    pub expected: usize,
    /// The number of the file with which it became complete.
    pub submission: i64,
    /// Whether the figures of that file are made up for a demonstration.
    pub synthetic: bool,
}

/// The national median of a newly issued forecast is another than that of the forecast issued before in the same view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ForecastMoved {
    /// The number of the forecast.
    pub forecast: i64,
    /// The number of the one issued before.
    pub before: i64,
    /// Which units stand as rows: `as-reported`, `63` or `34`.
    pub units: String,
    /// The day with an even chance; null where none could be given.
    pub median: Option<NaiveDate>,
    /// The same of the forecast before.
    pub median_before: Option<NaiveDate>,
    /// By how many days it moved, more than 0 for later; null where one of the two is none.
    pub days: Option<i64>,
}

/// A message that was asked for to see whether messages arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WebhookTest {
    /// The number of the webhook.
    pub webhook: i64,
}

impl WeekComplete {
    /// The type of the event.
    pub const KIND: &'static str = "week.complete";
}

impl ForecastMoved {
    /// The type of the event.
    pub const KIND: &'static str = "forecast.moved";
}

impl WebhookTest {
    /// The type of the event.
    pub const KIND: &'static str = "test";
}
