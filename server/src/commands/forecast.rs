//! `sohoa forecast`.

use reports::render;
use store::Store;
use store::domain::{Deadline, DeadlineKind, Text, Week};

use super::outcome::{Outcome, print};
use crate::args::{Forecast, Format, Which};
use crate::snapshots::Snapshot;
use crate::state::{Clock, State};
use crate::view::View;

/// Prints the forecast table.
pub(super) fn run(options: &Forecast, clock: &Clock) -> anyhow::Result<Outcome> {
    let asked = options.deadline.map(|due_on| {
        vec![Deadline {
            unit: None,
            due_on,
            announced_on: chrono::NaiveDate::MIN,
            kind: DeadlineKind::Plan,
            source: Text::new("hạn được hỏi", "the deadline asked for"),
        }]
    });
    let (snapshot, _) = read(&options.which, clock, asked)?;
    let report = &snapshot.report;
    let written = match options.format {
        Format::Text => render::forecast_text(report, options.which.lang.language).into_bytes(),
        Format::Json => render::forecast_json(report)?,
        Format::Csv => render::forecast_csv(report)?,
    };
    print(&written)?;
    Ok(Outcome::Done)
}

/// Builds the report that the options ask for.
pub(super) fn read(
    which: &Which,
    clock: &Clock,
    deadlines: Option<Vec<Deadline>>,
) -> anyhow::Result<(Snapshot, State)> {
    let store = Store::open_existing(&which.database.database)?;
    let state = State::new(store, clock.clone());
    let view = View {
        language: which.lang.language,
        units: which.units,
        as_of: which.as_of,
        known_on: which.known_on,
    };
    let week = which.as_of.map(Week::containing);
    let known_on = view.known_moment(state.latest_moment()?);
    let snapshot = Snapshot::build(&state, (week, known_on), which.units, deadlines)?;
    Ok((snapshot, state))
}
