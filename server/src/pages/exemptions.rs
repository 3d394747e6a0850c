//! Weeks for which a province is not reminded, given and ended on the page of who is late.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use reports::model::{Latecomer, Lateness};
use serde::Deserialize;
use store::StoreError;
use store::domain::{Exemption, Language, Text, UnitId, Week};

use super::page::moment;
use crate::error::ServerError;
use crate::letters::calendar;
use crate::line::{NOTE, line};
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::{View, part};

/// An exemption in force.
pub(crate) struct ExemptionRow {
    pub(crate) unit: UnitId,
    pub(crate) name: String,
    pub(crate) last_day: String,
    pub(crate) reason: String,
    pub(crate) given: String,
}

/// What the form sends: of the end of one only the province and the reason.
#[derive(Deserialize)]
pub struct ExemptionForm {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    last_day: String,
    #[serde(default)]
    reason: String,
}

/// The exemptions in force in the week shown.
pub(crate) fn exemption_rows(lateness: &Lateness, language: Language) -> Vec<ExemptionRow> {
    let row = |row: &&Latecomer| {
        let given = row.exemption.as_ref()?;
        Some(ExemptionRow {
            unit: row.unit,
            name: row.name.in_language(language).to_owned(),
            last_day: language.date(given.exemption.last_day),
            reason: given.exemption.reason.clone(),
            given: format!("{} · {}", moment(language, given.at), given.by),
        })
    };
    lateness.exempt().iter().filter_map(row).collect()
}

/// Lets a province off for the week shown and those after it, until a day.
///
/// # Errors
/// [`ServerError`] where the form cannot be read, the day is too far away or before the week; nothing is recorded then.
pub async fn give_exemption(
    state: web::Data<State>,
    view: View,
    form: web::Form<ExemptionForm>,
) -> Result<HttpResponse, ServerError> {
    let form = form.into_inner();
    let last_day = part("last_day", Some(&form.last_day), |text| text.parse().ok())?;
    let last_day = last_day.ok_or_else(|| ServerError::malformed("last_day", ""))?;
    change(state, view, form, move |row, week, reason| {
        Ok(Exemption {
            unit: row.unit,
            first_day: week.first_day(),
            last_day,
            reason,
        })
    })
    .await
}

/// Ends the exemption of a province with the week shown: it has to report from that week on.
///
/// # Errors
/// [`ServerError`] where the form cannot be read or the province is not let off; nothing is recorded then.
pub async fn end_exemption(
    state: web::Data<State>,
    view: View,
    form: web::Form<ExemptionForm>,
) -> Result<HttpResponse, ServerError> {
    change(state, view, form.into_inner(), ended).await
}

async fn change(
    state: web::Data<State>,
    view: View,
    form: ExemptionForm,
    what: impl FnOnce(&Latecomer, Week, String) -> Result<Exemption, ServerError> + Send + 'static,
) -> Result<HttpResponse, ServerError> {
    web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        let reason = line("reason", &form.reason, NOTE)?.to_owned();
        let by = view.visitor.name();
        record(&state, (&snapshot, &form.unit), &by, |row, week| {
            what(row, week, reason)
        })
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("{}#exempt", view.link("/late"))))
        .finish())
}

/// The end of the exemption of a province before a week.
///
/// # Errors
/// [`ServerError::Store`] where it has none in that week.
pub(crate) fn ended(row: &Latecomer, week: Week, reason: String) -> Result<Exemption, ServerError> {
    if row.exemption.is_none() {
        let name = &row.name;
        return Err(StoreError::Conflict(Text::new(
            format!("{} không được miễn báo cáo trong tuần {week}", name.vi),
            format!("{} is not exempt in week {week}", name.en),
        ))
        .into());
    }
    Ok(Exemption::ended(row.unit, week, reason))
}

/// Records what is decided of a province that stands in the calendar of the week shown.
///
/// # Errors
/// [`ServerError`] where it does not stand there, or the day is too far away or before the week; nothing is recorded then.
pub(crate) fn record(
    state: &State,
    (snapshot, unit): (&Snapshot, &str),
    by: &str,
    what: impl FnOnce(&Latecomer, Week) -> Result<Exemption, ServerError>,
) -> Result<(), ServerError> {
    let malformed = || ServerError::malformed("unit", unit);
    let known = UnitId::parse(unit).ok_or_else(malformed)?;
    let rows = calendar(state, snapshot)?.rows;
    let row = rows.iter().find(|row| row.unit == known);
    let exemption = what(row.ok_or_else(malformed)?, snapshot.report.week)?;
    let now = (state.clock)();
    Ok(state.store.record_exemption(&exemption, by, now)?)
}
