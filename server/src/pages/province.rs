//! One province: where it stands, its burn-up, its stages, its reconciliation, its files.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use reports::charts::ChartSize;
use reports::forecast::{DeadlinePace, State as Completion, UnitForecast};
use reports::illustrate::ChartName;
use reports::model::ProvinceReport;
use reports::reconciliation::{Cell, publish};
use reports::words;
use store::domain::{
    Count, Language, Outcome, ReconciliationBatch, Reference, Share, SubUnitProgress, UnitId, Week,
};

use super::charts::{Subject, draw};
use super::figures::{ChangeWords, Meter, StageFigure, deadline_words, mark, page};
use super::files::{FileRow, file_rows};

use super::{Page, html};
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

/// How many files the page lists.
const LISTED: i64 = 40;

#[derive(Template)]
#[template(path = "province.html")]
struct ProvincePage {
    page: Page,
    unit: UnitId,
    week: Week,
    name: String,
    members: Vec<(UnitId, String)>,
    group: String,
    mark: &'static str,
    share: Option<Meter>,
    remaining: Option<String>,
    stages: Vec<StageFigure>,
    outlook: Outlook,
    change: Option<ChangeWords>,
    sub_units: Option<String>,
    deadlines: Vec<DeadlineRow>,
    batches: Vec<BatchRow>,
    reconciliation_path: String,
    files: Vec<FileRow>,
    chart_description: String,
    chart_headers: Vec<String>,
    chart_rows: Vec<Vec<String>>,
}

/// When it will be finished, against its deadline and its pace.
struct Outlook {
    forecast: String,
    deadline: Option<String>,
    overdue: bool,
    actual_rate: Option<String>,
    required_rate: Option<String>,
    last_report: Option<String>,
    missing_weeks: u32,
}

impl Outlook {
    fn new(forecast: &UnitForecast, language: Language) -> Self {
        let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
        let done = matches!(forecast.state, Completion::Done { .. });
        let rate = |rate: f64| words::rate_words(rate, language);
        let deadline = forecast.deadline.as_ref();
        Self {
            forecast: words::outcome_words(forecast)
                .in_language(language)
                .to_owned(),
            deadline: deadline.map(|outlook| deadline_words(outlook, language)),
            overdue: matches!(pace, Some(DeadlinePace::Passed { .. })),
            actual_rate: forecast.actual_rate.filter(|_| !done).map(rate),
            required_rate: pace.and_then(DeadlinePace::required_rate).map(rate),
            last_report: forecast.last_report.map(|week| week.to_string()),
            missing_weeks: forecast.missing_weeks,
        }
    }
}

struct DeadlineRow {
    announced_on: String,
    due_on: String,
    owner: &'static str,
    source: String,
}

/// One batch of reconciliation in words.
struct BatchRow {
    week: String,
    record_type: String,
    stage: String,
    rule_set: String,
    records: String,
    subjects: String,
    outcomes: Vec<(String, String)>,
}

/// Shows one unit in one week.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such unit in the view shown.
pub async fn get_province(
    state: web::Data<State>,
    unit: web::Path<String>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let unit = UnitId::parse(&unit).ok_or_else(|| ServerError::NotFound(unit.into_inner()))?;
    let found = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        match snapshot.counterpart(unit) {
            Some(elsewhere) if snapshot.report.row(unit).is_none() => Ok(Err(elsewhere)),
            _ => province(&state, &snapshot, view, unit).map(Ok),
        }
    })
    .await?;
    match found? {
        Ok(page) => html(&page),
        Err((unit, units)) => Ok(redirect(unit, View { units, ..view })),
    }
}

/// Leads to where a unit is found in the week shown.
pub(super) fn redirect(unit: UnitId, view: View) -> HttpResponse {
    let there = view.link(&format!("/provinces/{unit}"));
    HttpResponse::SeeOther()
        .insert_header((LOCATION, there))
        .finish()
}

fn province(
    state: &State,
    snapshot: &Snapshot,
    view: View,
    unit: UnitId,
) -> Result<ProvincePage, ServerError> {
    let language = view.language;
    let absent = || not_in_view(unit, language);
    let report = snapshot.province(unit).ok_or_else(absent)?;
    let subject = Subject {
        unit: Some(unit),
        ..Subject::national(ChartName::BurnUp)
    };
    let chart = draw(state, snapshot, subject, (language, ChartSize::Full))?;
    let units = &state.reference.units;
    let known_on = report.known_on;
    let mut files = state.store.list_submissions(Some(unit), known_on, LISTED)?;
    files.retain(|file| state.may_show(view.visitor, file));
    let mut reporters = units.members(unit).to_vec();
    reporters.push(unit);
    let ledger = state
        .store
        .reconciliation_ledger(Some(&reporters), known_on)?;
    let until = report.week.last_day();
    let progress = state.store.sub_unit_progress(unit, until, known_on)?;
    let forecast = &report.forecast;
    let title = report.name.clone();
    Ok(ProvincePage {
        page: page(snapshot, view, &format!("/provinces/{unit}"), &title),
        unit,
        week: report.week,
        name: title.in_language(language).to_owned(),
        members: report
            .members
            .iter()
            .map(|(id, name)| (*id, name.in_language(language).to_owned()))
            .collect(),
        group: words::group_name(report.group)
            .in_language(language)
            .to_owned(),
        mark: mark(report.group),
        share: forecast.share().map(|share| Meter::new(share, language)),
        remaining: forecast.remaining().map(|count| language.count(count)),
        stages: report
            .headlines
            .iter()
            .map(|headline| StageFigure::new(headline.stage, &headline.standing, language))
            .collect(),
        outlook: Outlook::new(forecast, language),
        change: report
            .change
            .as_ref()
            .map(|change| ChangeWords::new(change, language)),
        sub_units: sub_unit_words(progress, language),
        deadlines: deadlines(&report, language),
        batches: ledger
            .standing_batches()
            .rev()
            .map(|batch| batch_row(batch, state.reference, language))
            .collect(),
        reconciliation_path: format!("/reconciliation/{unit}"),
        files: file_rows(&files, units, language),
        chart_description: chart.description,
        chart_headers: chart.table.headers,
        chart_rows: chart.table.rows,
    })
}

fn not_in_view(unit: UnitId, language: Language) -> ServerError {
    let place = language.pick("trong cách xem này", "in this view");
    ServerError::NotFound(format!("{unit} ({place})"))
}

/// `57 of 233 sub-units done, 24 under 10 %`; `None` where none reported.
fn sub_unit_words(progress: SubUnitProgress, language: Language) -> Option<String> {
    let SubUnitProgress {
        reporting,
        done,
        under_a_tenth,
        unknown,
    } = progress;
    if reporting + unknown == 0 {
        return None;
    }
    let mut words = match language {
        Language::Vi => format!(
            "{done} trên {reporting} đơn vị cấp dưới đã xong (từ 99,5 %), {under_a_tenth} dưới 10 %"
        ),
        Language::En => {
            format!(
                "{done} of {reporting} sub-units done (99.5 % and more), {under_a_tenth} under 10 %"
            )
        }
    };
    if unknown > 0 {
        let more = match language {
            Language::Vi => format!("; {unknown} đơn vị chưa rõ tỷ lệ"),
            Language::En => format!("; the share of {unknown} is not known"),
        };
        words.push_str(&more);
    }
    Some(words)
}

fn deadlines(report: &ProvinceReport, language: Language) -> Vec<DeadlineRow> {
    let rows = report.deadlines.iter().map(|deadline| DeadlineRow {
        announced_on: language.date(deadline.announced_on),
        due_on: language.date(deadline.due_on),
        owner: if deadline.unit.is_some() {
            language.pick("địa phương", "the province")
        } else {
            language.pick("toàn quốc", "the nation")
        },
        source: deadline.source.in_language(language).to_owned(),
    });
    rows.collect()
}

fn batch_row(batch: &ReconciliationBatch, reference: &Reference, language: Language) -> BatchRow {
    let subjects = batch.subjects;
    let names = reference
        .record_types
        .iter()
        .find(|names| names.record_type == batch.record_type);
    let record_type = names.map_or_else(
        || batch.record_type.key().to_owned(),
        |names| names.name.in_language(language).to_owned(),
    );
    let counts: Vec<Count> = batch.outcomes.iter().map(|(_, count)| count).collect();
    let outcome = |(outcome, cell): (Outcome, Cell)| {
        let words = match cell {
            Cell::Hidden => "…".to_owned(),
            Cell::Shown(count) => {
                let number = language.count(count);
                let share = Share::of(count, subjects).map(|share| language.percent(share));
                share.map_or_else(|| number.clone(), |share| format!("{number} ({share})"))
            }
        };
        (outcome.name().in_language(language).to_owned(), words)
    };
    BatchRow {
        week: batch.week.to_string(),
        record_type,
        stage: batch.stage.name().in_language(language).to_owned(),
        rule_set: batch.rule_set.clone(),
        records: language.count(batch.records),
        subjects: language.count(subjects),
        outcomes: Outcome::ALL
            .into_iter()
            .zip(publish(&counts))
            .map(outcome)
            .collect(),
    }
}
