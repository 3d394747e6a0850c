//! Pages of a list. A cursor says as of when the first page was read and how many rows came before: what was known on a moment
//! never changes, so pages never overlap and miss nothing, whatever is recorded between two of them.

use chrono::{DateTime, Datelike as _, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::parameter::{MOST_ROWS, USUAL_ROWS};
use super::problem::Problem;
use super::reply::Reply;

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) known_on: DateTime<Utc>,
    before: usize,
}

/// The most digits of the two parts of a cursor: microseconds until after the year 9999, and rows in their millions.
const MOST_DIGITS: (usize, usize) = (15, 7);

/// The last year that both databases compare as they should.
const LAST_YEAR: i32 = 9999;

impl Cursor {
    /// Reads what [`Cursor::text`] wrote; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (moment, before) = text.split_once('-')?;
        let digits = |part: &str, most: usize| {
            let hex = |letter: char| matches!(letter, '0'..='9' | 'a'..='f');
            let fits = (1..=most).contains(&part.len()) && part.chars().all(hex);
            fits.then(|| i64::from_str_radix(part, 16).ok()).flatten()
        };
        let known_on = DateTime::from_timestamp_micros(digits(moment, MOST_DIGITS.0)?)?;
        Some(Self {
            known_on: Some(known_on).filter(|moment| moment.year() <= LAST_YEAR)?,
            before: usize::try_from(digits(before, MOST_DIGITS.1)?).ok()?,
        })
    }

    fn text(self) -> String {
        let micros = self.known_on.timestamp_micros().max(0);
        format!("{micros:x}-{:x}", self.before)
    }
}

/// A page of a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub(crate) struct Page<T> {
    /// The moment as of which the rows were known.
    known_on: DateTime<Utc>,
    /// The rows.
    items: Vec<T>,
    /// Where the next page begins; null on the last one.
    next: Option<String>,
}

/// Which rows are asked for.
pub(crate) struct Window {
    pub(crate) known_on: DateTime<Utc>,
    before: usize,
    limit: usize,
}

impl Window {
    /// Rows as known on the moment of the latest change of a figure.
    pub(crate) fn read(call: &Call) -> Result<Self, Problem> {
        Self::known(call, call.known_on()?)
    }

    /// Rows as known on the moment of the latest entry of the log, the issue of a pack included.
    pub(crate) fn of_entries(call: &Call) -> Result<Self, Problem> {
        let last = call.state.store.list_log(DateTime::<Utc>::MAX_UTC, 1)?;
        let last = last.first().map(|entry| entry.recorded_at);
        let known_on = last.map_or_else(|| call.known_on(), |last| call.known_by(last));
        Self::known(call, known_on?)
    }

    fn known(call: &Call, known_on: DateTime<Utc>) -> Result<Self, Problem> {
        let limit = call.part("limit", |text| {
            let limit: i64 = text.parse().ok()?;
            (1..=MOST_ROWS).contains(&limit).then_some(limit)
        })?;
        let cursor = call.part("cursor", Cursor::parse)?;
        Ok(Self {
            known_on,
            before: cursor.map_or(0, |cursor| cursor.before),
            limit: usize::try_from(limit.unwrap_or(USUAL_ROWS)).unwrap_or_default(),
        })
    }

    /// How many rows have to be read from the first on, one more than are shown.
    pub(crate) fn reach(&self) -> i64 {
        i64::try_from(self.before + self.limit + 1).unwrap_or(i64::MAX)
    }

    /// Answers with the rows of this page, out of all from the first on.
    pub(crate) fn page<R, T: Serialize>(
        &self,
        call: &Call,
        rows: impl IntoIterator<Item = R>,
        wire: impl FnMut(R) -> T,
    ) -> Result<Reply, Problem> {
        let mut rows = rows.into_iter().skip(self.before);
        let items: Vec<T> = rows.by_ref().take(self.limit).map(wire).collect();
        let after = Cursor {
            known_on: self.known_on,
            before: self.before + items.len(),
        };
        let next = rows.next().map(|_| after.text());
        let link = next.as_deref().map(|cursor| call.next(cursor));
        let page = Page {
            known_on: self.known_on,
            items,
            next,
        };
        Ok(Reply {
            next: link,
            ..Reply::json(&page)?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_and_no_other_text_does() {
        let cursor = Cursor {
            known_on: "2025-03-01T16:59:59.999999Z".parse().unwrap(),
            before: 100,
        };
        assert_eq!(Cursor::parse(&cursor.text()), Some(cursor));
        for text in [
            "",
            "-",
            "1",
            "1-",
            "-1",
            "1-2-3",
            "g-1",
            "ffffffffffffffff-1",
            "1-ffffffff",
            "+1-1",
            "1-−1",
        ] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
        assert!(
            Cursor::parse("fffffffffffffff-fffffff").is_none(),
            "no such year"
        );
    }
}
