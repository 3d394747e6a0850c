//! The reconciliation with the population database, of the nation or of one unit.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::reconciliation::{ReconciliationReport, StagesDone, Subject};
use store::domain::{Comparability, Outcome, ReconciliationLedger, Stage, Standing, Text, UnitId};

use super::figures::page;
use super::reconciliation_words::{
    FieldTable, Step, Stretch, Words, ageing_words, field_tables, funnel_steps, number_lines,
    owner_rows, replaced_lines, resolution_lines, statement_rows, stretches, triangle_rows,
};
use super::{Page, html};
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::{View, ViewQuery};

#[derive(Template)]
#[template(path = "reconciliation.html")]
struct ReconciliationPage {
    page: Page,
    unit: Option<UnitId>,
    funnel: Vec<Step>,
    outcome_names: Vec<String>,
    series: Vec<Stretch>,
    replaced: Vec<String>,
    fields: Vec<FieldTable>,
    owners: Vec<Vec<String>>,
    ageing_words: String,
    resolutions: Vec<String>,
    triangle: Vec<Vec<String>>,
    statements: Vec<Vec<String>>,
    numbers: Vec<String>,
    provinces: Vec<(String, String)>,
}

/// Shows the reconciliation of all units.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_reconciliation(
    state: web::Data<State>,
    query: web::Query<ViewQuery>,
) -> Result<HttpResponse, ServerError> {
    let view = View::read(&query)?;
    html(&web::block(move || build(&state, view, None)).await??)
}

/// Shows the reconciliation of one unit.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such unit.
pub async fn get_province_reconciliation(
    state: web::Data<State>,
    unit: web::Path<String>,
    query: web::Query<ViewQuery>,
) -> Result<HttpResponse, ServerError> {
    let view = View::read(&query)?;
    let unit = UnitId::parse(&unit).ok_or_else(|| ServerError::NotFound(unit.into_inner()))?;
    html(&web::block(move || build(&state, view, Some(unit))).await??)
}

fn build(
    state: &State,
    view: View,
    unit: Option<UnitId>,
) -> Result<ReconciliationPage, ServerError> {
    let snapshot = find_or_build(state, &view)?;
    let units = &state.reference.units;
    let named = |id: UnitId| {
        units
            .find(id)
            .map(|unit| unit.name_on(snapshot.report.week.last_day()))
    };
    let title = match unit {
        None => Text::new("Đối chiếu với CSDL dân cư", "Reconciliation"),
        Some(id) => {
            let name = named(id).ok_or_else(|| ServerError::NotFound(id.to_string()))?;
            Text::new(
                format!("Đối chiếu: {}", name.vi),
                format!("Reconciliation: {}", name.en),
            )
        }
    };
    let reporters = unit.map(|id| [units.members(id), &[id]].concat());
    let known_on = snapshot.report.known_on;
    let ledger = state
        .store
        .reconciliation_ledger(reporters.as_deref(), known_on)?;
    let ledger = ledger.until(snapshot.report.week);
    let comparability = Comparability::new(&state.store.list_rule_sets(known_on)?);
    let report = ReconciliationReport::new(&Subject {
        ledger: &ledger,
        done: stages_done(&snapshot, unit),
        comparability: &comparability,
    })
    .map_err(|breach| ServerError::Internal(breach.message.en))?;
    let words = Words {
        language: view.language,
        reference: state.reference,
        day: snapshot.report.week.last_day(),
    };
    let path = unit.map_or_else(
        || "/reconciliation".to_owned(),
        |id| format!("/reconciliation/{id}"),
    );
    Ok(ReconciliationPage {
        page: page(&snapshot, view, &path, &title),
        unit,
        funnel: funnel_steps(&report.funnel, &words),
        outcome_names: Outcome::ALL
            .map(|outcome| words.text(&outcome.name()))
            .into(),
        series: stretches(&report.series, &words),
        replaced: replaced_lines(&ledger, &words),
        fields: field_tables(&report.fields, &words),
        owners: owner_rows(&report.ageing, &words),
        ageing_words: ageing_words(&report.ageing, &words),
        resolutions: resolution_lines(&report.ageing, &words),
        triangle: triangle_rows(&report.ageing, &words),
        statements: statement_rows(&report.statements, &words),
        numbers: number_lines(report.numbers, &words),
        provinces: provinces(&ledger, &words),
    })
}

/// The steps of the work in the week shown, with missing units carried forward.
pub(super) fn stages_done(snapshot: &Snapshot, unit: Option<UnitId>) -> StagesDone {
    let province = unit.and_then(|unit| snapshot.province(unit));
    let estimate = |stage: Stage| {
        let standing: Option<&Standing> = match (&province, unit) {
            (Some(report), _) => report
                .headlines
                .iter()
                .find(|headline| headline.stage == stage)
                .map(|headline| &headline.standing),
            (None, Some(_)) => None,
            (None, None) => snapshot
                .report
                .headline(stage)
                .map(|headline| &headline.standing),
        };
        standing.and_then(Standing::estimated_count)
    };
    StagesDone {
        entered: estimate(Stage::Entered),
        checked: estimate(Stage::Checked),
        approved: estimate(Stage::Approved),
        transferred: estimate(Stage::Transferred),
    }
}

/// The units that compare, in the order of their ids, with the addresses of their pages.
fn provinces(ledger: &ReconciliationLedger, words: &Words) -> Vec<(String, String)> {
    let units: BTreeSet<UnitId> = ledger.standing_batches().map(|batch| batch.unit).collect();
    units
        .into_iter()
        .map(|unit| (format!("/reconciliation/{unit}"), words.unit(unit)))
        .collect()
}
