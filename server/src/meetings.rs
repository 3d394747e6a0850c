//! What the last meeting saw, and what changed since.

use chrono::{DateTime, Days, NaiveDate, Utc};
use reports::forecast::Followed;
use reports::illustrate::Earlier;
use reports::model::{ChangeList, NationalChange, ReportInput, national_change};
use reports::pack::{Cutoff, LastMeeting};
use reports::render::Moments;
use store::domain::{CountUnit, Panel, UnitView, Week};

use crate::error::ServerError;
use crate::state::{State, local_day};
use crate::view::{KnownOn, View};

/// How many weeks ago the last meeting was, where none is named and no pack was issued for one: a month.
pub(crate) const WEEKS_BETWEEN_MEETINGS: i64 = 4;

/// The days after the end of its week at which a meeting is held.
const DAYS_TO_MEETING: u64 = 4;

/// How many packs are looked through for the last meeting.
const PACKS_LOOKED_AT: i64 = 200;

/// A meeting: which week it looked at, and as known when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub(crate) week: Week,
    pub(crate) known_on: DateTime<Utc>,
}

impl Meeting {
    /// The meeting on a week, held some days after its end.
    pub(crate) fn of_week(week: Week, latest: DateTime<Utc>) -> Self {
        let held = week.last_day().checked_add_days(Days::new(DAYS_TO_MEETING));
        let view = View {
            known_on: held,
            ..View::default()
        };
        Self {
            week,
            known_on: view.known_moment(latest),
        }
    }

    /// The meeting that saw what was known on a moment: it looked at the last week that was over then.
    fn on(moment: DateTime<Utc>) -> Self {
        Self {
            week: Cutoff::Day(local_day(moment)).week(),
            known_on: moment,
        }
    }

    /// The last meeting on a week up to `until`, as known on a moment: that of the last pack issued by then; where there is
    /// none, the one on `otherwise`.
    pub(crate) fn last(
        state: &State,
        (until, known_on): (Week, DateTime<Utc>),
        otherwise: Week,
    ) -> Result<Self, ServerError> {
        let packs = state.store.list_packs(PACKS_LOOKED_AT)?;
        let issued = packs.iter().filter(|pack| pack.recorded_at <= known_on);
        let mut meetings = issued.filter_map(|pack| {
            let week = Cutoff::parse(&pack.issue.cutoff)?.week();
            Some(Self {
                week,
                known_on: pack.issue.known_on,
            })
        });
        let earlier = meetings.find(|one| one.week <= until && one.known_on < known_on);
        Ok(earlier.unwrap_or_else(|| Self::of_week(otherwise, known_on)))
    }

    /// The reports it saw.
    pub(crate) fn panel(self, state: &State) -> Result<Panel<'static>, ServerError> {
        let series = state
            .store
            .series_known_on(CountUnit::Record, self.known_on)?;
        Ok(Panel::new(&state.reference.units, series))
    }
}

/// Two meetings beside each other.
#[derive(Debug)]
pub(crate) struct Since {
    pub(crate) earlier: Meeting,
    pub(crate) later: Meeting,
    panel: Panel<'static>,
    /// The change of the nation.
    pub(crate) national: NationalChange,
    /// Every cell that differs.
    pub(crate) cells: ChangeList,
}

/// What a list of changes is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The earlier moment; that of the last meeting where none is given.
    pub(crate) from: Option<KnownOn>,
    /// The later one; now where none is given.
    pub(crate) to: Option<KnownOn>,
    /// The day whose week the later meeting looks at; the latest week with reports where none is given.
    pub(crate) as_of: Option<NaiveDate>,
    /// Over which units the change of the nation is added up.
    pub(crate) view: UnitView,
}

impl Since {
    /// Compares what `input` shows with what an earlier meeting saw.
    pub(crate) fn of(
        state: &State,
        input: &ReportInput<'_>,
        earlier: Meeting,
    ) -> Result<Self, ServerError> {
        let panel = earlier.panel(state)?;
        let cells = state
            .store
            .cells_changed(earlier.known_on, input.known_on)?;
        Ok(Self {
            later: Meeting {
                week: input.week,
                known_on: input.known_on,
            },
            national: national_change(input, &panel, earlier.week),
            cells: ChangeList::new(cells, state.reference),
            earlier,
            panel,
        })
    }

    /// Finds what a page or a command asks for.
    ///
    /// # Errors
    /// [`ServerError::Malformed`] where the earlier moment is after the later one.
    pub(crate) fn find(state: &State, asked: Asked) -> Result<Self, ServerError> {
        let latest = state.latest_moment()?;
        let known_on = asked.to.map_or(latest, |to| to.moment(latest));
        let series = state.store.series_known_on(CountUnit::Record, known_on)?;
        let panel = Panel::new(&state.reference.units, series);
        let last = panel.last_week();
        let asked_week = asked.as_of.map(Week::containing);
        let week = asked_week
            .or(last)
            .unwrap_or_else(|| Meeting::on(known_on).week);
        let week = last.map_or(week, |last| week.min(last));
        let earlier = match asked.from {
            None => {
                let month_before = week.plus(-WEEKS_BETWEEN_MEETINGS);
                Meeting::last(state, (week, known_on), month_before)?
            }
            Some(from) => {
                let held = Meeting::on(from.moment(latest));
                Meeting {
                    week: held.week.min(week),
                    ..held
                }
            }
        };
        if earlier.known_on > known_on {
            return Err(ServerError::malformed(
                "from",
                &earlier.known_on.to_rfc3339(),
            ));
        }
        let input = ReportInput {
            panel: &panel,
            published: &[],
            reference: state.reference,
            deadlines: &[],
            campaigns: &[],
            week,
            view: asked.view,
            followed: Followed::Slowest,
            count_unit: CountUnit::Record,
            known_on,
        };
        Self::of(state, &input, earlier)
    }

    /// What a pack is told of the earlier meeting.
    pub(crate) const fn for_pack(&self) -> LastMeeting<'_> {
        LastMeeting {
            earlier: Earlier {
                panel: &self.panel,
                week: self.earlier.week,
                known_on: self.earlier.known_on,
            },
            change: &self.national,
            cells: &self.cells,
        }
    }

    pub(crate) const fn moments(&self) -> Moments {
        Moments {
            from: self.earlier.known_on,
            to: self.later.known_on,
        }
    }
}
