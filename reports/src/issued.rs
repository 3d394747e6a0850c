//! Issued forecasts read back from the documents that were given out, of version 1 to 4.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use store::domain::{Digest, Holiday, Stage, Text, UnitId, UnitView, Week};
use thiserror::Error;

use crate::forecast::{AHEAD_PERCENTS, Followed, ISSUED_PATHS};

/// A forecast as it was issued: only what the document says.
#[derive(Clone, Debug, PartialEq)]
pub struct Issued {
    /// Its number in the archive.
    pub number: i64,
    /// The version of the document.
    pub version: u8,
    /// The origin: the last week that was looked at.
    pub week: Week,
    /// The moment as of which the figures were known.
    pub known_on: DateTime<Utc>,
    /// Which units stand as rows.
    pub view: UnitView,
    /// The stage whose completion was forecast.
    pub stage: Stage,
    /// What was followed; documents before version 3 do not say it and followed that stage alone.
    pub followed: Followed,
    /// The method and its version.
    pub method: String,
    /// The digest of the data.
    pub digest: Digest,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The simulated paths; documents of version 1 do not say it and had [`ISSUED_PATHS`].
    pub paths: usize,
    /// The holidays that were known; `None` in a document of version 1, which does not say it.
    pub holidays: Option<Vec<Holiday>>,
    /// What was said of each row, ordered by unit.
    pub units: Vec<Statement>,
    /// What was said of the nation, or of the units that could be forecast.
    pub nation: Statement,
    /// What was said of the day on which [`crate::forecast::MOST_SHARE`] of the national total is done; `None` where it was done, or nothing was said.
    pub most: Option<Said>,
}

/// What a forecast said of one unit or of the nation.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The unit; `None` is the nation.
    pub unit: Option<UnitId>,
    /// Its name then.
    pub name: Text,
    /// What could be said.
    pub said: Said,
    /// Every kept quantile of the date by its percentage; a `None` in it lies after the last day that was simulated. Empty
    /// where no date was forecast.
    pub quantiles: BTreeMap<u8, Option<NaiveDate>>,
    /// The quantiles of the count at [`AHEAD_PERCENTS`], by the weeks ahead; empty in a document of version 1.
    pub counts: BTreeMap<u16, [i64; 7]>,
    /// The last day of the deadline in force; `None` without one.
    pub deadline: Option<NaiveDate>,
    /// The chance of meeting it, cut to 0.05 … 0.95; `None` where it had passed, or no date was forecast.
    pub chance: Option<f64>,
    /// The count then; `None` where it was not known.
    pub done: Option<i64>,
    /// How many units of the nation no date could be given for; 0 of a unit.
    pub excluded: usize,
    /// Whether it was made of published figures; no document before version 4 was.
    pub is_published: bool,
}

/// What can be said of a date, by a document or by a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The median.
    Day(NaiveDate),
    /// Done since this day.
    Done(NaiveDate),
    /// The median is after this day, the last that was simulated.
    After(NaiveDate),
    /// No date, and why.
    Nothing(Text),
}

impl Said {
    /// The day as a number can be made of it: the median, or that on which it was done.
    #[must_use]
    pub const fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) | Self::Done(day) => Some(*day),
            Self::After(_) | Self::Nothing(_) => None,
        }
    }
}

/// A document that cannot be read.
#[derive(Debug, Error)]
pub enum IssuedError {
    /// It is no forecast document.
    #[error("forecast {number} cannot be read")]
    Json {
        /// The number of the forecast.
        number: i64,
        /// What the reader of JSON says.
        source: serde_json::Error,
    },
    /// A word of it is not known.
    #[error("`{value}` in forecast {number} is not known as {field}")]
    Word {
        /// The number of the forecast.
        number: i64,
        /// Where the word stands.
        field: &'static str,
        /// The word.
        value: String,
    },
}

#[derive(Deserialize)]
struct Document {
    version: u8,
    known_on: DateTime<Utc>,
    units: String,
    week: String,
    stage: String,
    followed: Option<String>,
    method: String,
    digest: String,
    seed: String,
    paths: Option<usize>,
    holidays: Option<Vec<HolidayEntry>>,
    forecasts: Vec<Entry>,
    national: Entry,
}

#[derive(Deserialize)]
struct HolidayEntry {
    first_day: NaiveDate,
    last_day: NaiveDate,
    tet: bool,
}

#[derive(Default, Deserialize)]
struct Name {
    vi: String,
    en: String,
}

/// A row or the nation: what one of them does not have is absent.
#[derive(Deserialize)]
struct Entry {
    unit: Option<String>,
    name: Option<Name>,
    #[serde(default)]
    reason: String,
    since: Option<NaiveDate>,
    have: Option<u32>,
    need: Option<u32>,
    weeks_without_progress: Option<u32>,
    quantiles: Option<Quantiles>,
    horizon: Option<NaiveDate>,
    chance: Option<f64>,
    deadline: Option<NaiveDate>,
    counts: Option<BTreeMap<u16, BTreeMap<u8, i64>>>,
    done: Option<i64>,
    #[serde(default)]
    excluded: Vec<serde::de::IgnoredAny>,
    without_excluded: Option<Dates>,
    source: Option<String>,
    most_done: Option<Dates>,
}

/// A date of its own inside the nation: that without the units that no date can be given for, and that of most of its total.
#[derive(Deserialize)]
struct Dates {
    quantiles: Option<Quantiles>,
    horizon: Option<NaiveDate>,
    chance: Option<f64>,
}

/// The kept quantiles by their percentages; an absent day lies after the horizon.
type Quantiles = BTreeMap<u8, Option<NaiveDate>>;

/// The median; `None` where there is none and no day after which it lies.
fn median(quantiles: Option<&Quantiles>, horizon: Option<NaiveDate>) -> Option<Said> {
    let day = quantiles?.get(&50)?;
    day.map(Said::Day).or(horizon.map(Said::After))
}

impl Issued {
    /// Reads the document of an issued forecast.
    ///
    /// # Errors
    /// [`IssuedError`] where it is none.
    pub fn read(number: i64, document: &str) -> Result<Self, IssuedError> {
        let document: Document = serde_json::from_str(document)
            .map_err(|source| IssuedError::Json { number, source })?;
        let word = |field, value: &str| IssuedError::Word {
            number,
            field,
            value: value.to_owned(),
        };
        let Document {
            units,
            week,
            stage,
            digest,
            seed,
            ..
        } = &document;
        let done = Stage::from_key(stage).ok_or_else(|| word("a stage", stage))?;
        let followed = match &document.followed {
            None => Followed::One(done),
            Some(key) => Followed::from_key(key).ok_or_else(|| word("stages", key))?,
        };
        Ok(Self {
            number,
            followed,
            version: document.version,
            week: Week::parse(week).ok_or_else(|| word("a week", week))?,
            known_on: document.known_on,
            view: UnitView::from_key(units).ok_or_else(|| word("units", units))?,
            stage: done,
            digest: Digest::parse(digest).ok_or_else(|| word("a digest", digest))?,
            seed: seed.parse().ok().ok_or_else(|| word("a seed", seed))?,
            method: document.method,
            paths: document.paths.unwrap_or(ISSUED_PATHS),
            holidays: document
                .holidays
                .map(|holidays| holidays.into_iter().map(HolidayEntry::holiday).collect()),
            units: document
                .forecasts
                .into_iter()
                .map(|entry| {
                    let unit = entry.unit.clone().unwrap_or_default();
                    let id = UnitId::parse(&unit).ok_or_else(|| word("a unit", &unit))?;
                    Ok(entry.statement(Some(id)))
                })
                .collect::<Result<_, IssuedError>>()?,
            most: document
                .national
                .most_done
                .as_ref()
                .and_then(|dates| median(dates.quantiles.as_ref(), dates.horizon)),
            nation: document.national.statement(None),
        })
    }

    /// What it said by reports, of each row and the nation. What was made of published figures counts by other rules than the
    /// reports it would be held against.
    pub(crate) fn by_reports(&self) -> impl Iterator<Item = &Statement> {
        let all = self.units.iter().chain([&self.nation]);
        all.filter(|statement| !statement.is_published)
    }

    /// What it said of a unit; of the nation where none is given. `None` where the unit was no row.
    #[must_use]
    pub fn statement(&self, unit: Option<UnitId>) -> Option<&Statement> {
        match unit {
            None => Some(&self.nation),
            Some(_) => self.units.iter().find(|row| row.unit == unit),
        }
    }
}

impl HolidayEntry {
    fn holiday(self) -> Holiday {
        Holiday {
            first_day: self.first_day,
            last_day: self.last_day,
            name: Text::EMPTY,
            is_tet: self.tet,
        }
    }
}

impl Entry {
    fn statement(mut self, unit: Option<UnitId>) -> Statement {
        if let Some(others) = self.without_excluded.take() {
            (self.quantiles, self.horizon) = (others.quantiles, others.horizon);
            self.chance = others.chance;
        }
        let name = self.name.as_ref().map_or_else(
            || Text::new("Toàn quốc", "The nation"),
            |name| Text::new(name.vi.as_str(), name.en.as_str()),
        );
        let counts = self.counts.iter().flatten();
        Statement {
            unit,
            name,
            said: self.said(),
            counts: counts
                .map(|(weeks, counts)| (*weeks, in_order(counts)))
                .collect(),
            deadline: self.deadline,
            chance: self.chance,
            done: self.done,
            excluded: self.excluded.len(),
            is_published: self.is_published(),
            quantiles: self.quantiles.unwrap_or_default(),
        }
    }

    fn said(&self) -> Said {
        match (self.since, median(self.quantiles.as_ref(), self.horizon)) {
            (Some(since), _) => Said::Done(since),
            (None, Some(said)) => said,
            (None, None) => Said::Nothing(self.reason_words()),
        }
    }

    fn is_published(&self) -> bool {
        self.source.as_deref() == Some("published")
    }

    fn reason_words(&self) -> Text {
        let (have, need) = (self.have.unwrap_or(0), self.need.unwrap_or(0));
        let weeks = self.weeks_without_progress.unwrap_or(0);
        match self.reason.as_str() {
            "too_short" if self.is_published() => Text::new(
                format!("cần ít nhất {need} con số công bố, mới có {have}"),
                format!("at least {need} published figures needed, {have} so far"),
            ),
            "too_short" => Text::new(
                format!("chưa đủ số liệu: cần ít nhất {need} tuần, mới có {have}"),
                format!("too few reports: at least {need} weeks needed, {have} so far"),
            ),
            "no_progress" => Text::new(
                format!("không có tiến triển {weeks} tuần qua"),
                format!("no progress for {weeks} weeks"),
            ),
            "no_total" => Text::new("chưa có tổng số cần số hóa", "no total reported"),
            "not_reported" => Text::new("chưa từng báo cáo", "never reported"),
            _ => Text::new("chưa dự báo được ngày", "no date could be forecast"),
        }
    }
}

/// The quantiles in the order of [`AHEAD_PERCENTS`].
fn in_order(counts: &BTreeMap<u8, i64>) -> [i64; 7] {
    AHEAD_PERCENTS.map(|percent| counts.get(&percent).copied().unwrap_or_default())
}
