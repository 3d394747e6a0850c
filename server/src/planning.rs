//! Deadlines and campaigns that people record, by the same checks for the pages and the API.

use chrono::NaiveDate;
use store::domain::{Campaign, Deadline, DeadlineKind, Text, UnitId};

use crate::error::ServerError;
use crate::line::{NAME, NOTE, line};
use crate::state::State;

/// What is announced, in both languages and for whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announced<'a> {
    /// `None` is the whole nation.
    pub(crate) unit: Option<UnitId>,
    pub(crate) vi: &'a str,
    /// Empty where it is the same as in Vietnamese.
    pub(crate) en: &'a str,
}

impl Announced<'_> {
    fn words(self, fields: [&'static str; 2], most: usize) -> Result<Text, ServerError> {
        let vi = line(fields[0], self.vi, most)?;
        let en = match self.en.trim() {
            "" => vi,
            en => line(fields[1], en, most)?,
        };
        Ok(Text::new(vi, en))
    }

    /// Records a deadline; `announced_on` is today where it is absent.
    ///
    /// # Errors
    /// [`ServerError::Line`] where the source is none; [`ServerError::Store`] where the archive does not take it.
    pub(crate) fn record_deadline(
        self,
        state: &State,
        (due_on, announced_on): (NaiveDate, Option<NaiveDate>),
        kind: DeadlineKind,
        by: &str,
    ) -> Result<(), ServerError> {
        let deadline = Deadline {
            unit: self.unit,
            due_on,
            announced_on: announced_on.unwrap_or_else(|| state.today()),
            kind,
            source: self.words(["source", "source_en"], NOTE)?,
        };
        Ok(state
            .store
            .record_deadline(&deadline, by, (state.clock)())?)
    }

    /// Records a campaign.
    ///
    /// # Errors
    /// [`ServerError::Line`] where the name is none; [`ServerError::Store`] where it ends before it begins or the archive does not
    /// take it.
    pub(crate) fn record_campaign(
        self,
        state: &State,
        (first_day, last_day): (NaiveDate, NaiveDate),
        by: &str,
    ) -> Result<(), ServerError> {
        let campaign = Campaign {
            unit: self.unit,
            first_day,
            last_day,
            name: self.words(["name", "name_en"], NAME)?,
        };
        Ok(state
            .store
            .record_campaign(&campaign, by, (state.clock)())?)
    }
}
