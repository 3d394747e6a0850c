//! Issuing a forecast: the whole table on more paths, kept as the document that was given out.

use chrono::{DateTime, Utc};
use reports::forecast::{ISSUED_PATHS, METHOD};
use reports::forecast_moved;
use reports::issued::Issued;
use reports::render::{VERSION, forecast_json};
use store::domain::{ForecastMoved, IssuedForecast, NewForecast, Week};

use crate::error::ServerError;
use crate::snapshots::{Shown, Snapshot};
use crate::state::State;

/// The figures that a forecast is made of: the week, and the moment as of which they are known.
type When = (Option<Week>, DateTime<Utc>);

/// Issues the forecast of a week as known on a moment; its number.
///
/// # Errors
/// [`ServerError`] where nobody has reported and nothing was published, the same forecast was issued before, or the archive does not take it.
pub(crate) fn issue(
    state: &State,
    when: When,
    rows: Shown,
    issued_by: &str,
) -> Result<i64, ServerError> {
    let forecast = compose(state, when, (rows, ISSUED_PATHS), issued_by)?;
    let moved = |before: &IssuedForecast, number| moved(before, &forecast, number);
    let now = (state.clock)();
    Ok(state.store.issue_forecast_after(&forecast, now, moved)?)
}

/// What webhooks are told where a forecast says another date than the one before; nothing where one of the two cannot be read.
fn moved(before: &IssuedForecast, now: &NewForecast, number: i64) -> Option<ForecastMoved> {
    let read = |number, document: &str| Issued::read(number, document).ok();
    let earlier = read(before.id, &before.forecast.document)?;
    let moved = forecast_moved(&earlier, &read(number, &now.document)?)?;
    Some(ForecastMoved {
        forecast: number,
        before: before.id,
        units: now.view.key().to_owned(),
        median: moved.median,
        median_before: moved.before,
        days: moved.days,
    })
}

/// What comes of making an issued forecast again.
pub(crate) enum Reissue {
    /// The same bytes.
    Same,
    /// It cannot be made again, because this program has another method or writes another version of the document: what is
    /// kept stands, and the log proves it.
    Kept,
    /// Method and version are the same and the bytes are not.
    Differs,
}

/// Makes an issued forecast again from what was known then.
///
/// # Errors
/// [`ServerError`] where the archive does not answer.
pub(crate) fn reissue(state: &State, issued: &IssuedForecast) -> Result<Reissue, ServerError> {
    let kept = &issued.forecast;
    let document = read(issued)?;
    if kept.method != METHOD || document.version != VERSION {
        return Ok(Reissue::Kept);
    }
    let when = (Some(Week::containing(kept.as_of)), kept.known_on);
    let rows = (kept.view, document.followed);
    let again = compose(state, when, (rows, document.paths), &kept.issued_by)?;
    Ok(if again.document == kept.document {
        Reissue::Same
    } else {
        Reissue::Differs
    })
}

/// What the document of an issued forecast says.
///
/// # Errors
/// [`ServerError::Internal`] where it cannot be read.
pub(crate) fn read(issued: &IssuedForecast) -> Result<Issued, ServerError> {
    Issued::read(issued.id, &issued.forecast.document)
        .map_err(|error| ServerError::Internal(error.to_string()))
}

/// Makes the forecast of a week as known on a moment, without keeping it.
///
/// # Errors
/// [`ServerError`] where nobody has reported and nothing was published, or the archive does not answer.
pub(crate) fn compose(
    state: &State,
    when: When,
    (rows, paths): (Shown, usize),
    issued_by: &str,
) -> Result<NewForecast, ServerError> {
    let failed = |error: &dyn std::error::Error| ServerError::Internal(error.to_string());
    let snapshot = Snapshot::build(state, when, rows, None)?;
    if snapshot.is_empty && !snapshot.report.has_published() {
        return Err(ServerError::NotFound(
            "forecast without a report".to_owned(),
        ));
    }
    let report = snapshot.on_paths(paths).map_err(|error| failed(&error))?;
    let document = forecast_json(&report).map_err(|error| failed(&error))?;
    Ok(NewForecast {
        as_of: report.week.last_day(),
        known_on: report.known_on,
        view: rows.0,
        method: report.forecast.method.to_owned(),
        data: report.digest,
        document: String::from_utf8(document).map_err(|error| failed(&error))?,
        issued_by: issued_by.trim().to_owned(),
    })
}
