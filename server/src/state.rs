//! What the handlers share.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use store::domain::{Reference, Stage, Submission, UnitId, Week};
use store::{CellValue, Store, StoreError};

use crate::access::{Hashing, OpenIdSettings, Provider, Reception, Security, Throttle, Visitor};
use crate::operations::Metrics;
use crate::packs::Queue;
use crate::pages::kept::KeptPages;
use crate::revisions::Revisions;
use crate::snapshots::Snapshots;

/// Tells the moment. Only `main.rs` makes one from the clock of the machine; tests make one that stands still.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What the handlers share.
#[derive(Clone)]
pub struct State {
    /// The archive.
    pub store: Store,
    /// Units, calendar, record types.
    pub reference: &'static Reference,
    /// The moment.
    pub clock: Clock,
    /// How the server is reached.
    pub(crate) security: Security,
    /// Where people may sign in instead of here; `None`: nowhere.
    pub(crate) provider: Option<Arc<Provider>>,
    /// The passwords that wait to be looked at.
    pub(crate) hashing: Arc<Hashing>,
    /// Who guessed passwords.
    pub(crate) throttle: Arc<Throttle>,
    /// Those who wait to be told whose session they show.
    pub(crate) reception: Arc<Reception>,
    /// Pages already written.
    pub(crate) pages: Arc<KeptPages>,
    /// Reports already built.
    pub(crate) snapshots: Arc<Snapshots>,
    /// Comparisons of issued forecasts already made.
    pub(crate) revisions: Arc<Revisions>,
    /// The packs asked for on pages.
    pub(crate) packs: Arc<Queue>,
    /// Whether mail is sent from here.
    pub(crate) mail: bool,
    /// What is counted.
    pub(crate) metrics: Metrics,
}

impl State {
    /// Shared state over an archive.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            reference: Reference::embedded(),
            clock,
            security: Security::default(),
            provider: None,
            hashing: Arc::default(),
            throttle: Arc::default(),
            reception: Arc::default(),
            pages: Arc::default(),
            snapshots: Arc::default(),
            revisions: Arc::default(),
            packs: Arc::default(),
            mail: false,
            metrics: Metrics::default(),
        }
    }

    /// The same for a server that is reached in another way than over this machine only.
    #[must_use]
    pub fn with_security(mut self, security: Security) -> Self {
        self.security = security;
        self
    }

    /// The same with a provider where people may sign in.
    #[must_use]
    pub fn with_provider(mut self, provider: Option<OpenIdSettings>) -> Self {
        self.provider = provider.map(Provider::new).map(Arc::new);
        self
    }

    /// The same for a server that sends mail, or does not.
    #[must_use]
    pub const fn with_mail(mut self, mail: bool) -> Self {
        self.mail = mail;
        self
    }

    /// Whether a recorded file may be shown: to a province only where all of it is its own.
    pub(crate) fn may_show(&self, visitor: Visitor, file: &Submission) -> bool {
        let units = file.units.iter().copied().collect();
        let tells_of_units = !file.units.is_empty() || visitor.province().is_none();
        tells_of_units && visitor.reaches(&self.reference.units, &units)
    }

    /// The moment of the latest write, which is when everything that is known was known; now where nothing was ever
    /// written.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn latest_moment(&self) -> Result<DateTime<Utc>, StoreError> {
        Ok(self
            .store
            .latest_moment()?
            .unwrap_or_else(|| (self.clock)()))
    }

    /// Every value that files gave for a stage of a unit in a week; of one of the 34 with those of its members, which
    /// reported before it was formed.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub(crate) fn reported_values(
        &self,
        unit: UnitId,
        stage: Stage,
        week: Week,
        known_on: DateTime<Utc>,
    ) -> Result<Vec<CellValue>, StoreError> {
        let days = (week.first_day(), week.last_day());
        let mut values = self.store.cell_values(unit, stage, days, known_on)?;
        for member in self.reference.units.members(unit) {
            values.extend(self.store.cell_values(*member, stage, days, known_on)?);
        }
        Ok(values)
    }

    /// Today in Viet Nam.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        local_day((self.clock)())
    }
}

/// The day of a moment in `Asia/Ho_Chi_Minh`, which has kept UTC+7 without summer time since 1975.
#[must_use]
pub fn local_day(moment: DateTime<Utc>) -> NaiveDate {
    local(moment).date_naive()
}

/// A moment by the clocks of `Asia/Ho_Chi_Minh`.
#[must_use]
pub fn local(moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    const SECONDS_EAST: i32 = 7 * 3600;
    FixedOffset::east_opt(SECONDS_EAST)
        .map_or_else(|| moment.fixed_offset(), |zone| moment.with_timezone(&zone))
}
