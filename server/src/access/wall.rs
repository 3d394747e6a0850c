//! The wall between provinces: what an address names must be the visitor's own. It is held here for every path at once.

use actix_web::dev::{Path, Url};
use store::StoreError;
use store::domain::{Digest, SubmissionId, UnitId};

use super::Visitor;
use crate::error::ServerError;
use crate::state::State;

/// Parts of an address that name nothing of a province: the form of an answer, or what is done.
const HARMLESS: [&str; 4] = ["name", "ending", "deed", "login"];

/// The parts of an address with their names.
pub(super) fn named(path: &Path<Url>) -> Vec<(String, String)> {
    let parts = path.iter();
    parts
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Refuses what is not the visitor's own. A part whose name is not known here is refused to everybody who has a wall.
///
/// # Errors
/// [`ServerError::Forbidden`] for another unit; [`ServerError::NotFound`] for a file, so that nobody learns that it exists.
pub(super) fn check(
    state: &State,
    visitor: Visitor,
    named: &[(String, String)],
) -> Result<(), ServerError> {
    if visitor.province().is_none() {
        return Ok(());
    }
    for (name, value) in named {
        match name.as_str() {
            "unit" => check_unit(state, visitor, value)?,
            "file" => check_file(state, visitor, value)?,
            "sha256" => check_digest(state, visitor, value)?,
            "lot" => check_lot(state, visitor, value)?,
            "identity" => check_difficulty(state, visitor, value)?,
            name if HARMLESS.contains(&name) => {}
            _ => return Err(ServerError::Forbidden),
        }
    }
    Ok(())
}

fn check_unit(state: &State, visitor: Visitor, value: &str) -> Result<(), ServerError> {
    let unit = UnitId::parse(value).ok_or_else(|| ServerError::NotFound(value.to_owned()))?;
    let own = visitor.reaches(&state.reference.units, &[unit].into());
    own.then_some(()).ok_or(ServerError::Forbidden)
}

fn check_file(state: &State, visitor: Visitor, value: &str) -> Result<(), ServerError> {
    let unknown = || ServerError::NotFound(format!("submission {value}"));
    let id = value.parse().ok().map(SubmissionId).ok_or_else(unknown)?;
    let known_on = state.latest_moment()?;
    let file = state.store.find_submission(id, known_on)?;
    let own = file.is_some_and(|file| state.may_show(visitor, &file));
    own.then_some(()).ok_or_else(unknown)
}

fn check_lot(state: &State, visitor: Visitor, value: &str) -> Result<(), ServerError> {
    let unknown = || ServerError::NotFound(format!("lot {value}"));
    let number = value.parse().ok().ok_or_else(unknown)?;
    let lot = match state.store.audit_lot(number) {
        Err(StoreError::NotFound { .. }) => return Err(unknown()),
        found => found?,
    };
    let own = visitor.reaches(&state.reference.units, &[lot.frozen.unit].into());
    own.then_some(()).ok_or_else(unknown)
}

fn check_difficulty(state: &State, visitor: Visitor, value: &str) -> Result<(), ServerError> {
    let mut cases = state
        .store
        .list_difficulty_cases(state.latest_moment()?)?
        .into_iter();
    let case = cases.find(|case| case.identity.to_string() == value);
    let units = &state.reference.units;
    let own = case.is_some_and(|case| visitor.reaches(units, &[case.unit].into()));
    own.then_some(())
        .ok_or_else(|| ServerError::NotFound(value.chars().take(70).collect()))
}

fn check_digest(state: &State, visitor: Visitor, value: &str) -> Result<(), ServerError> {
    let unknown = || {
        ServerError::NotFound(format!(
            "file {}",
            value.chars().take(8).collect::<String>()
        ))
    };
    let digest = Digest::parse(value).ok_or_else(unknown)?;
    if state
        .store
        .find_draft(digest, visitor.province())?
        .is_some()
    {
        return Ok(());
    }
    let recorded = state.store.find_submission_by_digest(digest)?;
    let own = recorded.is_some_and(|file| state.may_show(visitor, &file));
    own.then_some(()).ok_or_else(unknown)
}
