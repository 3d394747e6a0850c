//! The difficulties of the provinces: what hinders them, since when, whose move it is, and what was done.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use store::domain::{
    DifficultyCase, DifficultyMove, DifficultyOwner, DifficultyState, Language, RecordedMove,
    Reference, Text, UnitId,
};

use super::page::moment;
use super::{Page, html};
use crate::error::ServerError;
use crate::line::{NOTE, line};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "difficulties.html")]
struct DifficultiesPage {
    page: Page,
    groups: Vec<Group>,
    owners: Vec<(&'static str, &'static str)>,
    is_empty: bool,
}

/// The difficulties in one state.
struct Group {
    key: &'static str,
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    identity: String,
    unit: UnitId,
    name: String,
    words: String,
    first: String,
    last: String,
    weeks: i64,
    owner: &'static str,
    owner_key: &'static str,
    is_back: bool,
    moves: Vec<MoveRow>,
}

struct MoveRow {
    state: &'static str,
    owner: &'static str,
    note: String,
    by: String,
    at: String,
}

/// What somebody decides about a difficulty.
#[derive(Debug, Deserialize)]
pub struct MoveForm {
    pub(crate) state: String,
    pub(crate) owner: String,
    pub(crate) note: String,
}

/// Lists every difficulty, to a province its own, by how far it is.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_difficulties(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || difficulties_page(&state, view)).await??)
}

/// Records what was decided about a difficulty and leads back to the list.
///
/// # Errors
/// [`ServerError`] where there is no such difficulty, a word of the form is not known or empty, or the archive does not
/// take it.
pub async fn move_difficulty(
    state: web::Data<State>,
    view: View,
    path: web::Path<String>,
    form: web::Form<MoveForm>,
) -> Result<HttpResponse, ServerError> {
    let identity = path.into_inner();
    let place = format!("{}#d{identity}", view.link("/difficulties"));
    web::block(move || record_move(&state, &identity, &form, &view.visitor.name())).await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

/// Records what is decided about a difficulty; it.
///
/// # Errors
/// [`ServerError`] where there is none of that name or the form cannot be read; nothing is recorded then.
pub(crate) fn record_move(
    state: &State,
    identity: &str,
    form: &MoveForm,
    by: &str,
) -> Result<DifficultyMove, ServerError> {
    let cases = state.store.list_difficulty_cases(state.latest_moment()?)?;
    let case = cases
        .iter()
        .find(|case| case.identity.to_string() == identity);
    let case = case.ok_or_else(|| ServerError::NotFound(identity.chars().take(70).collect()))?;
    let moved = DifficultyMove {
        unit: case.unit,
        difficulty: case.identity,
        state: DifficultyState::from_key(&form.state)
            .ok_or_else(|| ServerError::malformed("state", &form.state))?,
        owner: DifficultyOwner::from_key(&form.owner)
            .ok_or_else(|| ServerError::malformed("owner", &form.owner))?,
        note: line("note", &form.note, NOTE)?.to_owned(),
    };
    let now = (state.clock)();
    state.store.record_difficulty_move(&moved, by, now)?;
    Ok(moved)
}

fn difficulties_page(state: &State, view: View) -> Result<DifficultiesPage, ServerError> {
    let known_on = view.known_moment(state.latest_moment()?);
    let (reference, language) = (state.reference, view.language);
    let mut cases = state.store.list_difficulty_cases(known_on)?;
    let units = &reference.units;
    cases.retain(|case| view.visitor.reaches(units, &[case.unit].into()));
    let today = state.today();
    let group = |wanted: DifficultyState| Group {
        key: wanted.key(),
        title: state_name(wanted, language),
        rows: cases
            .iter()
            .filter(|case| case.state == wanted)
            .map(|case| row(case, today, reference, language))
            .collect(),
    };
    let title = Text::new("Khó khăn, vướng mắc", "Difficulties");
    let synthetic = state.store.holds_synthetic(known_on)?;
    Ok(DifficultiesPage {
        page: Page::new(view, "/difficulties", &title, synthetic),
        groups: DifficultyState::ALL.into_iter().map(group).collect(),
        owners: DifficultyOwner::ALL
            .into_iter()
            .map(|owner| (owner.key(), owner_name(owner, language)))
            .collect(),
        is_empty: cases.is_empty(),
    })
}

fn row(case: &DifficultyCase, today: NaiveDate, reference: &Reference, language: Language) -> Row {
    let name = reference.units.name_on(case.unit, case.last);
    Row {
        identity: case.identity.to_string(),
        unit: case.unit,
        name: name.in_language(language).to_owned(),
        words: case.words.clone(),
        first: language.date(case.first),
        last: language.date(case.last),
        weeks: case.weeks_on(today),
        owner: case
            .owner()
            .map_or("–", |owner| owner_name(owner, language)),
        owner_key: case.owner().map_or("", DifficultyOwner::key),
        is_back: case.is_back(),
        moves: case
            .moves
            .iter()
            .map(|recorded| move_row(recorded, language))
            .collect(),
    }
}

fn move_row(recorded: &RecordedMove, language: Language) -> MoveRow {
    MoveRow {
        state: state_name(recorded.moved.state, language),
        owner: owner_name(recorded.moved.owner, language),
        note: recorded.moved.note.clone(),
        by: recorded.by.clone(),
        at: moment(language, recorded.at),
    }
}

const fn state_name(state: DifficultyState, language: Language) -> &'static str {
    match state {
        DifficultyState::Open => language.pick("Chưa ai xử lý", "Nobody has taken it up"),
        DifficultyState::Working => language.pick("Đang xử lý", "Being worked on"),
        DifficultyState::Resolved => language.pick("Đã giải quyết", "Resolved"),
    }
}

const fn owner_name(owner: DifficultyOwner, language: Language) -> &'static str {
    match owner {
        DifficultyOwner::Commune => language.pick("Xã, phường", "Commune"),
        DifficultyOwner::Province => language.pick("Sở Tư pháp", "Province"),
        DifficultyOwner::Ministry => language.pick("Bộ Tư pháp", "Ministry"),
        DifficultyOwner::Police => language.pick("Công an", "Police"),
        DifficultyOwner::Contractor => language.pick("Đơn vị thi công", "Contractor"),
    }
}
