//! The charts: a page that lists them all, and each as a file to save: SVG, PNG, PDF, and its figures as CSV.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use reports::charts::{Chart, ChartFormat, ChartSize, RenderError};
use reports::illustrate::{self, ChartName, Earlier, Material, Setting};
use reports::reconciliation::{self, ReconciliationReport};
use store::domain::{Comparability, Language, LedgerFilter, Panel, Text, UnitId, Week};

use super::Page;
use super::figures::page;
use super::reconciliation::stages_done;
use crate::error::ServerError;
use crate::meetings::{Meeting, WEEKS_BETWEEN_MEETINGS};
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

/// The width of a PNG from a page: that of a projector.
const PNG_WIDTH_PX: u32 = 1920;

/// Which chart, of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Which chart.
    pub name: ChartName,
    /// Of which unit; `None` is the nation or all units.
    pub unit: Option<UnitId>,
    /// The week that the last meeting looked at; a month before the week shown where none is given.
    pub since: Option<Week>,
}

impl Subject {
    /// A chart of the nation or of all units.
    #[must_use]
    pub const fn national(name: ChartName) -> Self {
        Self {
            name,
            unit: None,
            since: None,
        }
    }
}

#[derive(Template)]
#[template(path = "charts.html")]
struct ChartsPage {
    page: Page,
    charts: Vec<Listed>,
}

/// A chart with its words.
pub(crate) struct Listed {
    /// The folder of its address.
    pub(crate) folder: &'static str,
    pub(crate) key: &'static str,
    /// What its address asks besides the view; empty for nothing.
    pub(crate) query: String,
    pub(crate) title: String,
    pub(crate) description: String,
}

impl Listed {
    pub(crate) fn new(
        state: &State,
        snapshot: &Snapshot,
        name: ChartName,
        language: Language,
    ) -> Result<Self, ServerError> {
        let look = (language, ChartSize::Full);
        let chart = draw(state, snapshot, Subject::national(name), look)?;
        Ok(Self {
            folder: "/charts",
            key: name.key(),
            query: String::new(),
            title: name.title().in_language(language).to_owned(),
            description: chart.description,
        })
    }

    pub(crate) fn path(&self, ending: &str) -> String {
        format!("{}/{}{ending}{}", self.folder, self.key, self.query)
    }
}

/// Lists every chart with its picture, its words and its files.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_charts(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    let body = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        let listed = |name| Listed::new(&state, &snapshot, name, view.language);
        let charts: Result<_, ServerError> = ChartName::ALL.into_iter().map(listed).collect();
        let title = Text::new("Biểu đồ", "Charts");
        let page = page(&snapshot, view, "/charts", &title);
        let charts = charts?;
        Ok::<_, ServerError>(ChartsPage { page, charts }.render()?)
    })
    .await??;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(body))
}

/// A chart of the nation.
///
/// # Errors
/// [`ServerError`] where there is no such chart or the database does not answer.
pub async fn get_chart(
    state: web::Data<State>,
    name: web::Path<String>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let file = ChartFile::read(&name)?;
    answer(state, view, file, None).await
}

/// A chart of one unit.
///
/// # Errors
/// [`ServerError`] where there is no such unit or chart, or the database does not answer.
pub async fn get_province_chart(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let (unit, name) = path.into_inner();
    let unit = UnitId::parse(&unit).ok_or_else(|| ServerError::NotFound(unit.clone()))?;
    let file = ChartFile::read(&name)?;
    if !file.name.is_of_unit() {
        return Err(ServerError::NotFound(format!("chart {name}")));
    }
    answer(state, view, file, Some(unit)).await
}

/// What the last part of an address says: `burn-up.png`, or `burn-up-compact.svg` for a small screen.
struct ChartFile {
    name: ChartName,
    format: ChartFormat,
    size: ChartSize,
}

impl ChartFile {
    fn read(text: &str) -> Result<Self, ServerError> {
        let (key, format, size) = read_name(text)?;
        let name = ChartName::from_key(key)
            .ok_or_else(|| ServerError::NotFound(format!("chart {key}")))?;
        Ok(Self { name, format, size })
    }
}

/// The name, format and size that the last part of an address says.
pub(super) fn read_name(text: &str) -> Result<(&str, ChartFormat, ChartSize), ServerError> {
    let no_chart = || ServerError::NotFound(format!("chart {text}"));
    let (name, ending) = text.rsplit_once('.').ok_or_else(no_chart)?;
    let format = ChartFormat::from_key(ending)
        .ok_or_else(|| ServerError::NotFound(format!("chart in format {ending}")))?;
    Ok(match name.strip_suffix("-compact") {
        Some(name) => (name, format, ChartSize::Compact),
        None => (name, format, ChartSize::Full),
    })
}

/// A chart as a file.
pub(super) fn chart_file(chart: &Chart, format: ChartFormat) -> Result<Vec<u8>, ServerError> {
    chart.file(format, PNG_WIDTH_PX).map_err(failed)
}

/// What a chart is told beside the report it shows.
pub(super) fn setting<'a>(
    state: &State,
    snapshot: &'a Snapshot,
    (language, size): (Language, ChartSize),
) -> Setting<'a> {
    Setting {
        language,
        size,
        published: &snapshot.published,
        reference: state.reference,
        synthetic: snapshot.synthetic,
    }
}

async fn answer(
    state: web::Data<State>,
    view: View,
    file: ChartFile,
    unit: Option<UnitId>,
) -> Result<HttpResponse, ServerError> {
    let bytes = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        let subject = Subject {
            unit,
            ..Subject::national(file.name)
        };
        let chart = draw(&state, &snapshot, subject, (view.language, file.size))?;
        chart_file(&chart, file.format)
    })
    .await??;
    Ok(HttpResponse::Ok()
        .content_type(file.format.media_type())
        .body(bytes))
}

/// Draws a chart of a snapshot.
///
/// # Errors
/// [`ServerError::NotFound`] where the unit is no row of the view shown; [`ServerError`] where the archive does not
/// answer.
pub fn draw(
    state: &State,
    snapshot: &Snapshot,
    subject: Subject,
    (language, size): (Language, ChartSize),
) -> Result<Chart, ServerError> {
    let (store, report) = (&state.store, &snapshot.report);
    let setting = setting(state, snapshot, (language, size));
    let absent = |unit: UnitId| ServerError::NotFound(format!("unit {unit} in this view"));
    let province = |unit| snapshot.province(unit).ok_or_else(|| absent(unit));
    let province = subject.unit.map(province).transpose()?;
    let receipts = match subject.name {
        ChartName::Submissions => store.list_receipts(report.count_unit, report.known_on)?,
        _ => Vec::new(),
    };
    let earlier = match subject.name {
        ChartName::Meeting => Some(last_meeting(state, snapshot, subject.since)?),
        _ => None,
    };
    let reconciliation = if subject.name.is_of_reconciliation() {
        reconciliation(state, snapshot)?
    } else {
        None
    };
    let material = Material {
        reconciliation: reconciliation.as_ref(),
        input: snapshot.input(),
        report,
        unit: province.as_ref(),
        receipts: &receipts,
        earlier: earlier.as_ref().map(|(panel, week, known_on)| Earlier {
            panel,
            week: *week,
            known_on: *known_on,
        }),
    };
    illustrate::draw(subject.name, &material, &setting).map_err(failed)
}

/// The reconciliation of all units up to the week of a snapshot; `None` where nothing was compared.
pub(crate) fn reconciliation(
    state: &State,
    snapshot: &Snapshot,
) -> Result<Option<ReconciliationReport>, ServerError> {
    let (week, known_on) = (snapshot.report.week, snapshot.report.known_on);
    let ledger = state.store.reconciliation_ledger(None, known_on)?;
    let ledger = ledger.until(week);
    let comparability = Comparability::new(&state.store.list_rule_sets(known_on)?);
    let report = ReconciliationReport::new(&reconciliation::Subject {
        ledger: &ledger,
        done: stages_done(state, snapshot, (None, LedgerFilter::default()))?,
        comparability: &comparability,
    });
    let report = report.map_err(|breach| ServerError::Internal(breach.message.en))?;
    Ok(report.last_week.is_some().then_some(report))
}

/// What the last meeting saw.
fn last_meeting(
    state: &State,
    snapshot: &Snapshot,
    since: Option<Week>,
) -> Result<(Panel<'static>, Week, DateTime<Utc>), ServerError> {
    let (week, known_on) = (snapshot.report.week, snapshot.report.known_on);
    let meeting = match since {
        Some(since) => Meeting::of_week(since, known_on),
        None => Meeting::last(state, (week, known_on), week.plus(-WEEKS_BETWEEN_MEETINGS))?,
    };
    Ok((meeting.panel(state)?, meeting.week, meeting.known_on))
}

pub(super) fn failed(error: RenderError) -> ServerError {
    ServerError::Internal(error.to_string())
}
