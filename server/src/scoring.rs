//! Scoring what was issued against what is known.

use reports::issued::Issued;
use reports::scorecard::Scorecard;

use crate::error::ServerError;
use crate::issuing::read;
use crate::snapshots::Snapshot;
use crate::state::State;

/// The record of the forecasts issued by the moment of a snapshot, against the week it shows as known then.
///
/// # Errors
/// [`ServerError`] where the archive does not answer or a document cannot be read.
pub(crate) fn score(state: &State, snapshot: &Snapshot) -> Result<Scorecard, ServerError> {
    let report = &snapshot.report;
    let issued = state.store.list_forecasts(report.known_on)?;
    let read = |one| read(&one);
    let issued: Vec<Issued> = issued.into_iter().map(read).collect::<Result<_, _>>()?;
    let input = snapshot.input();
    let when = (report.week, report.known_on);
    Ok(Scorecard::new(&issued, input.panel, report.stage, when))
}
