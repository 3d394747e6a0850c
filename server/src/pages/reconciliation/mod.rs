//! The reconciliation with the population database, of the nation or of one unit, of one record type and period of books
//! where asked for.

mod filter;
mod funnel;
mod open_cases;
mod rates;
mod statements;

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::reconciliation::{ReconciliationReport, StagesDone, Subject};
use store::domain::{
    Comparability, LedgerFilter, Outcome, Panel, ReconciliationLedger, Stage, Standing, Text,
    UnitId,
};

use self::filter::{Asked, Choice, period_choices, type_choices, with_filter};
use self::funnel::{Step, funnel_note, funnel_steps};
use self::open_cases::{ageing_words, owner_rows, resolution_lines, triangle_rows};
use self::rates::{FieldTable, Stretch, field_tables, replaced_lines, stretches};
use self::statements::{number_lines, statement_rows};
use super::figures::page;
use super::wording::Words;
use super::{Page, html};
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "reconciliation.html")]
struct ReconciliationPage {
    page: Page,
    unit: Option<UnitId>,
    /// Whether any batch is recorded, whatever is asked for.
    is_empty: bool,
    filtered: bool,
    by_period: bool,
    types: Vec<Choice>,
    periods: Vec<Choice>,
    funnel: Vec<Step>,
    funnel_note: String,
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

impl ReconciliationPage {
    /// The page of all units under the same filter.
    fn national_link(&self) -> String {
        let own = self.page.path.split_once('?');
        let query = own.map_or_else(String::new, |(_, query)| format!("?{query}"));
        self.page.link(&format!("/reconciliation{query}"))
    }
}

/// Shows the reconciliation of all units.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_reconciliation(
    state: web::Data<State>,
    view: View,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, ServerError> {
    let filter = asked.read()?;
    html(&web::block(move || build(&state, view, (None, filter))).await??)
}

/// Shows the reconciliation of one unit.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such unit.
pub async fn get_province_reconciliation(
    state: web::Data<State>,
    unit: web::Path<String>,
    view: View,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, ServerError> {
    let filter = asked.read()?;
    let unit = UnitId::parse(&unit).ok_or_else(|| ServerError::NotFound(unit.into_inner()))?;
    html(&web::block(move || build(&state, view, (Some(unit), filter))).await??)
}

fn build(
    state: &State,
    view: View,
    (unit, filter): (Option<UnitId>, LedgerFilter),
) -> Result<ReconciliationPage, ServerError> {
    let snapshot = find_or_build(state, &view)?;
    let words = Words {
        language: view.language,
        reference: state.reference,
        day: snapshot.report.week.last_day(),
    };
    let title = title(unit, &words)?;
    let Reconciled {
        whole,
        ledger,
        report,
    } = reconciled(state, &snapshot, (unit, filter))?;
    let own = unit.map_or_else(String::new, |id| format!("/{id}"));
    let path = with_filter(&format!("/reconciliation{own}"), filter);
    Ok(ReconciliationPage {
        page: page(&snapshot, view, &path, &title),
        unit,
        is_empty: whole.standing_batches().next().is_none(),
        filtered: filter != LedgerFilter::default(),
        by_period: filter.period.is_some(),
        types: type_choices(&whole, filter, &words),
        periods: period_choices(&whole, filter, &words),
        funnel: funnel_steps(&report.funnel, filter, &words),
        funnel_note: funnel_note(&report.funnel, &words),
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
        provinces: provinces(&ledger, filter, &words),
    })
}

/// The reconciliation of all units or of one, until the week of a snapshot and as known on its moment.
pub(crate) struct Reconciled {
    /// Everything that was told.
    whole: ReconciliationLedger,
    /// What was asked for of it.
    ledger: ReconciliationLedger,
    /// The report on what was asked for.
    pub(crate) report: ReconciliationReport,
}

/// Reads the ledger and reports on it.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub(crate) fn reconciled(
    state: &State,
    snapshot: &Snapshot,
    (unit, filter): (Option<UnitId>, LedgerFilter),
) -> Result<Reconciled, ServerError> {
    let units = &state.reference.units;
    let reporters = unit.map(|id| [units.members(id), &[id]].concat());
    let known_on = snapshot.report.known_on;
    let ledger = state
        .store
        .reconciliation_ledger(reporters.as_deref(), known_on)?;
    let whole = ledger.until(snapshot.report.week);
    let ledger = whole.clone().filtered(filter);
    let comparability = Comparability::new(&state.store.list_rule_sets(known_on)?);
    let report = ReconciliationReport::new(&Subject {
        ledger: &ledger,
        done: stages_done(state, snapshot, (unit, filter))?,
        comparability: &comparability,
    })
    .map_err(|breach| ServerError::Internal(breach.message.en))?;
    Ok(Reconciled {
        whole,
        ledger,
        report,
    })
}

/// The title of the page of all units, or of one.
fn title(unit: Option<UnitId>, words: &Words) -> Result<Text, ServerError> {
    let Some(id) = unit else {
        return Ok(Text::new("Đối chiếu với CSDL dân cư", "Reconciliation"));
    };
    let found = words.reference.units.find(id);
    let found = found.ok_or_else(|| ServerError::NotFound(id.to_string()))?;
    let name = found.name_on(words.day);
    Ok(Text::new(
        format!("Đối chiếu: {}", name.vi),
        format!("Reconciliation: {}", name.en),
    ))
}

/// The steps of the work in the week shown, with missing units carried forward; of one record type where asked for. The
/// work is not told by period of books.
pub(super) fn stages_done(
    state: &State,
    snapshot: &Snapshot,
    (unit, filter): (Option<UnitId>, LedgerFilter),
) -> Result<StagesDone, ServerError> {
    if filter.period.is_some() {
        return Ok(StagesDone::default());
    }
    let of_type = match filter.record_type {
        None => None,
        Some(record_type) => {
            let known_on = snapshot.report.known_on;
            let series = state.store.series_of_type(record_type, known_on)?;
            Some(Panel::new(&state.reference.units, series))
        }
    };
    let province = unit.and_then(|unit| snapshot.province(unit));
    let week = snapshot.report.week;
    let estimate = |stage: Stage| {
        let whole: Option<&Standing> = match (&province, unit) {
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
        match (&of_type, unit) {
            (Some(panel), Some(unit)) => panel.standing(unit, week, stage).estimated_count(),
            (Some(panel), None) => panel.national(week, stage).estimated_count(),
            (None, _) => whole.and_then(Standing::estimated_count),
        }
    };
    Ok(StagesDone {
        entered: estimate(Stage::Entered),
        checked: estimate(Stage::Checked),
        approved: estimate(Stage::Approved),
        transferred: estimate(Stage::Transferred),
    })
}

/// The units that compare, in the order of their ids, with the addresses of their pages.
fn provinces(
    ledger: &ReconciliationLedger,
    filter: LedgerFilter,
    words: &Words,
) -> Vec<(String, String)> {
    let units: BTreeSet<UnitId> = ledger.standing_batches().map(|batch| batch.unit).collect();
    let address = |unit| with_filter(&format!("/reconciliation/{unit}"), filter);
    let links = units.into_iter();
    links
        .map(|unit| (address(unit), words.unit(unit)))
        .collect()
}
