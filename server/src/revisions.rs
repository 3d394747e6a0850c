//! Why the date moved between issued forecasts, kept once it was worked out: both are kept as they are, so is the answer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use reports::issued::Issued;
use reports::revision::{Revision, RevisionInput, Side};
use store::domain::IssuedForecast;

use crate::error::ServerError;
use crate::issuing::read;
use crate::snapshots::{known_deadlines, read_panel};
use crate::state::State;

/// How many answers are kept. One has a few numbers a unit.
const KEPT: usize = 64;

/// The answers that are kept, by the numbers of the two forecasts.
#[derive(Default)]
pub(crate) struct Revisions {
    kept: Mutex<BTreeMap<(i64, i64), Arc<Compared>>>,
}

/// Two issued forecasts and why the later differs.
pub(crate) struct Compared {
    pub(crate) old: Issued,
    pub(crate) new: Issued,
    pub(crate) revision: Revision,
}

/// Two issued forecasts by their numbers, the one known earlier first.
///
/// # Errors
/// [`ServerError::NotFound`] where one of the numbers is none of an issued forecast; [`ServerError`] where the archive does
/// not answer.
pub(crate) fn find_two(
    state: &State,
    numbers: [i64; 2],
) -> Result<[IssuedForecast; 2], ServerError> {
    let find = |number: i64| {
        let found = state.store.find_forecast(number)?;
        found.ok_or_else(|| ServerError::NotFound(format!("forecast {number}")))
    };
    let mut two = [find(numbers[0])?, find(numbers[1])?];
    two.sort_by_key(|one| (one.forecast.known_on, one.forecast.as_of, one.id));
    Ok(two)
}

/// Why the later of two forecasts differs.
///
/// # Errors
/// [`ServerError`] where the archive does not answer or a document cannot be read.
pub(crate) fn compare(
    state: &State,
    [old, new]: &[IssuedForecast; 2],
) -> Result<Arc<Compared>, ServerError> {
    let key = (old.id, new.id);
    let kept = || {
        state
            .revisions
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if let Some(compared) = kept().get(&key) {
        return Ok(Arc::clone(compared));
    }
    let compared = Arc::new(work_out(state, old, new)?);
    let mut kept = kept();
    kept.insert(key, Arc::clone(&compared));
    while kept.len() > KEPT {
        // The oldest pair is the least likely to be asked for again.
        kept.pop_first();
    }
    Ok(compared)
}

fn work_out(
    state: &State,
    old: &IssuedForecast,
    new: &IssuedForecast,
) -> Result<Compared, ServerError> {
    let known = |issued: &IssuedForecast| {
        let moment = issued.forecast.known_on;
        let panel = read_panel(state, moment)?;
        let deadlines = known_deadlines(&state.store, state.reference, moment)?;
        let published = state.store.list_published_figures(moment)?;
        Ok::<_, ServerError>((read(issued)?, panel, deadlines, published))
    };
    let (old, new) = (known(old)?, known(new)?);
    let revision = Revision::new(&RevisionInput {
        old: Side {
            issued: &old.0,
            panel: &old.1,
            published: &old.3,
            deadlines: &old.2,
        },
        new: Side {
            issued: &new.0,
            panel: &new.1,
            published: &new.3,
            deadlines: &new.2,
        },
        reference: state.reference,
    })
    .map_err(|error| ServerError::Internal(error.to_string()))?;
    Ok(Compared {
        old: old.0,
        new: new.0,
        revision,
    })
}
