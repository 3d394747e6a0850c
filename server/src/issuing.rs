//! Issuing a forecast: the whole table on more paths, kept as the document that was given out.

use chrono::{DateTime, Utc};
use reports::render::forecast_json;
use store::domain::{IssuedForecast, NewForecast, UnitView, Week};

use crate::error::ServerError;
use crate::snapshots::Snapshot;
use crate::state::State;

/// Issues the forecast of a week as known on a moment; its number.
///
/// # Errors
/// [`ServerError`] where nobody has reported, the same forecast was issued before, or the archive does not take it.
pub(crate) fn issue(
    state: &State,
    (week, known_on): (Option<Week>, DateTime<Utc>),
    view: UnitView,
    issued_by: &str,
) -> Result<i64, ServerError> {
    let forecast = compose(state, (week, known_on), view, issued_by)?;
    Ok(state.store.issue_forecast(&forecast, (state.clock)())?)
}

/// Makes an issued forecast again from what was known then: the same bytes, as long as the method is the same.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(crate) fn reissue(state: &State, issued: &IssuedForecast) -> Result<String, ServerError> {
    let kept = &issued.forecast;
    let when = (Some(Week::containing(kept.as_of)), kept.known_on);
    Ok(compose(state, when, kept.view, &kept.issued_by)?.document)
}

fn compose(
    state: &State,
    when: (Option<Week>, DateTime<Utc>),
    view: UnitView,
    issued_by: &str,
) -> Result<NewForecast, ServerError> {
    let failed = |error: &dyn std::error::Error| ServerError::Internal(error.to_string());
    let snapshot = Snapshot::build(state, when, view, None)?;
    if snapshot.is_empty {
        return Err(ServerError::NotFound(
            "forecast without a report".to_owned(),
        ));
    }
    let report = snapshot.issued().map_err(|error| failed(&error))?;
    let document = forecast_json(&report).map_err(|error| failed(&error))?;
    Ok(NewForecast {
        as_of: report.week.last_day(),
        known_on: report.known_on,
        view,
        method: report.forecast.method.to_owned(),
        data: report.digest,
        document: String::from_utf8(document).map_err(|error| failed(&error))?,
        issued_by: issued_by.trim().to_owned(),
    })
}
