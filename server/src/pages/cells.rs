//! The history of a figure: every value that files gave for a stage of a unit in a week, and which one counts.

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::words;
use serde::Deserialize;
use store::CellValue;
use store::domain::{
    Language, PartKey, Reference, Stage, SubmissionId, SubmissionState, Text, UnitId, Week,
};

use super::page::moment;
use super::{Page, html};
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "cells.html")]
struct CellsPage {
    page: Page,
    unit: UnitId,
    name: String,
    week: Week,
    stages: Vec<(&'static str, String, bool)>,
    rows: Vec<Row>,
}

struct Row {
    as_of: String,
    part: String,
    value: String,
    submission: SubmissionId,
    file_name: String,
    submitted_by: String,
    recorded_at: String,
    counts: bool,
    withdrawn: Option<String>,
}

/// Which figure.
#[derive(Debug, Deserialize)]
pub struct Which {
    stage: Option<String>,
}

/// Shows every value of a stage in the week of `as_of`.
///
/// # Errors
/// [`ServerError`] where there is no such unit or the database does not answer.
pub async fn get_cells(
    state: web::Data<State>,
    unit: web::Path<String>,
    view: View,
    which: web::Query<Which>,
) -> Result<HttpResponse, ServerError> {
    let known = UnitId::parse(&unit).filter(|unit| state.reference.units.find(*unit).is_some());
    let unit = known.ok_or_else(|| ServerError::NotFound(unit.into_inner()))?;
    let stage = which.stage.as_deref().unwrap_or(Stage::Transferred.key());
    let stage = Stage::from_key(stage).ok_or_else(|| ServerError::malformed("stage", stage))?;
    html(&web::block(move || cells(&state, view, unit, stage)).await??)
}

fn cells(state: &State, view: View, unit: UnitId, stage: Stage) -> Result<CellsPage, ServerError> {
    let language = view.language;
    let known_on = view.known_moment(state.latest_moment()?);
    let week = Week::containing(view.as_of.unwrap_or_else(|| state.today()));
    let values = state.reported_values(unit, stage, week, known_on)?;
    let title = Text::new("Lịch sử số liệu", "History of a figure");
    let path = format!("/provinces/{unit}/cells");
    let synthetic = state.store.holds_synthetic(known_on)?;
    let name = |stage: Stage| words::stage_name(stage).in_language(language).to_owned();
    let units = &state.reference.units;
    Ok(CellsPage {
        page: Page::new(view, &path, &title, synthetic),
        unit,
        name: units
            .name_on(unit, week.last_day())
            .in_language(language)
            .to_owned(),
        week,
        stages: Stage::ALL
            .into_iter()
            .map(|each| (each.key(), name(each), each == stage))
            .collect(),
        rows: values
            .iter()
            .map(|value| row(value, unit, state.reference, language))
            .collect(),
    })
}

fn row(value: &CellValue, unit: UnitId, reference: &Reference, language: Language) -> Row {
    let about = if value.reported.approximate {
        "≈\u{a0}"
    } else {
        ""
    };
    Row {
        as_of: language.date(value.row.as_of),
        part: part_words(value, unit, reference, language),
        value: format!("{about}{}", language.count(value.reported.count)),
        submission: value.submission,
        file_name: value.file_name.clone(),
        submitted_by: value.submitted_by.clone(),
        recorded_at: moment(language, value.recorded_at),
        counts: value.counts,
        withdrawn: match &value.state {
            SubmissionState::Standing => None,
            SubmissionState::Withdrawn { at, by, reason } => {
                Some(format!("{} · {by} · {reason}", moment(language, *at)))
            }
        },
    }
}

/// Which part of the work a value is about, in words; of a member by its name.
fn part_words(
    value: &CellValue,
    unit: UnitId,
    reference: &Reference,
    language: Language,
) -> String {
    let row = &value.row;
    let part = PartKey {
        record_type: row.record_type,
        route: row.route,
        sub_unit: row.sub_unit.clone(),
    };
    let part = words::part_words(&part, row.count_unit, reference);
    let part = part.in_language(language);
    if row.unit == unit {
        return part.to_owned();
    }
    let member = reference.units.name_on(row.unit, row.as_of);
    format!("{} · {part}", member.in_language(language))
}
