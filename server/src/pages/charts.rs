//! Charts as files to save: SVG, PNG, and their figures as CSV.

use actix_web::{HttpResponse, web};
use reports::charts::{Chart, ChartSize, RenderError, draw_burn_up, draw_ranking};
use reports::illustrate::{Setting, national_burn_up, province_burn_up, ranking};
use store::domain::{Language, Reference, UnitId, spreadsheet_safe};

use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::{View, ViewQuery};

/// The width of a PNG from a page: that of a projector.
const PNG_WIDTH_PX: u32 = 1920;

/// Which chart, of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The burn-up of the nation.
    NationalBurnUp,
    /// The ranking of the units.
    Ranking,
    /// The burn-up of one unit.
    ProvinceBurnUp(UnitId),
}

/// A chart of the nation.
///
/// # Errors
/// [`ServerError`] where there is no such chart or the database does not answer.
pub async fn get_chart(
    state: web::Data<State>,
    name: web::Path<String>,
    query: web::Query<ViewQuery>,
) -> Result<HttpResponse, ServerError> {
    let file = ChartFile::read(&name)?;
    let subject = match file.name.as_str() {
        "burn-up" => Subject::NationalBurnUp,
        "ranking" => Subject::Ranking,
        other => return Err(ServerError::NotFound(format!("chart {other}"))),
    };
    answer(state, View::read(&query)?, subject, file).await
}

/// A chart of one unit.
///
/// # Errors
/// [`ServerError`] where there is no such unit or chart, or the database does not answer.
pub async fn get_province_chart(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    query: web::Query<ViewQuery>,
) -> Result<HttpResponse, ServerError> {
    let (unit, name) = path.into_inner();
    let unit = UnitId::parse(&unit).ok_or_else(|| ServerError::NotFound(unit.clone()))?;
    let file = ChartFile::read(&name)?;
    if file.name != "burn-up" {
        return Err(ServerError::NotFound(format!("chart {name}")));
    }
    answer(
        state,
        View::read(&query)?,
        Subject::ProvinceBurnUp(unit),
        file,
    )
    .await
}

/// What the last part of an address says: `burn-up.png`, or `burn-up-compact.svg` for a small screen.
struct ChartFile {
    name: String,
    ending: String,
    size: ChartSize,
}

impl ChartFile {
    fn read(text: &str) -> Result<Self, ServerError> {
        let (name, ending) = text
            .rsplit_once('.')
            .ok_or_else(|| ServerError::NotFound(format!("chart {text}")))?;
        let (name, size) = match name.strip_suffix("-compact") {
            Some(name) => (name, ChartSize::Compact),
            None => (name, ChartSize::Full),
        };
        Ok(Self {
            name: name.to_owned(),
            ending: ending.to_owned(),
            size,
        })
    }
}

async fn answer(
    state: web::Data<State>,
    view: View,
    subject: Subject,
    file: ChartFile,
) -> Result<HttpResponse, ServerError> {
    let (kind, bytes) = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        let chart = draw(
            &snapshot,
            subject,
            (view.language, file.size),
            state.reference,
        )?;
        match file.ending.as_str() {
            "svg" => Ok(("image/svg+xml", chart.svg.into_bytes())),
            "png" => Ok(("image/png", chart.png(PNG_WIDTH_PX).map_err(failed)?)),
            "csv" => Ok(("text/csv; charset=utf-8", table(&chart)?)),
            other => Err(ServerError::NotFound(format!("chart in format {other}"))),
        }
    })
    .await??;
    Ok(HttpResponse::Ok().content_type(kind).body(bytes))
}

/// Draws a chart of a snapshot.
///
/// # Errors
/// [`ServerError::NotFound`] where the unit is no row of the view shown.
pub fn draw(
    snapshot: &Snapshot,
    subject: Subject,
    (language, size): (Language, ChartSize),
    reference: &Reference,
) -> Result<Chart, ServerError> {
    let setting = Setting {
        language,
        size,
        published: &snapshot.published,
        reference,
        synthetic: snapshot.synthetic,
    };
    let report = &snapshot.report;
    let drawn = match subject {
        Subject::NationalBurnUp => draw_burn_up(&national_burn_up(report, &setting)),
        Subject::Ranking => draw_ranking(&ranking(report, &setting)),
        Subject::ProvinceBurnUp(unit) => {
            let province = snapshot
                .province(unit)
                .ok_or_else(|| ServerError::NotFound(format!("unit {unit} in this view")))?;
            draw_burn_up(&province_burn_up(&province, report, &setting))
        }
    };
    drawn.map_err(failed)
}

fn failed(error: RenderError) -> ServerError {
    ServerError::Internal(error.to_string())
}

/// The figures of a chart, with the byte order mark that makes spreadsheets read the letters right.
fn table(chart: &Chart) -> Result<Vec<u8>, ServerError> {
    let unwritable = |error: csv::Error| ServerError::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer
        .write_record(&chart.table.headers)
        .map_err(unwritable)?;
    for row in &chart.table.rows {
        let cells = row.iter().map(|cell| spreadsheet_safe(cell).into_owned());
        writer.write_record(cells).map_err(unwritable)?;
    }
    writer
        .into_inner()
        .map_err(|error| ServerError::Internal(error.to_string()))
}
