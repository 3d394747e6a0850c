//! The scorecard: how right the issued forecasts have been, beside today's forecast.

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::charts::{Chart, ChartSize, RenderError};
use reports::illustrate::{self, Setting};
use reports::model::NationalReport;
use reports::scorecard::{Ahead, CountCase, Outcome, Record, Score, Scorecard};
use reports::words;
use store::domain::{Language, Text};

use super::charts::{Listed, chart_file, failed, read_name, setting};
use super::figures::page;
use super::{Page, html};
use crate::error::ServerError;
use crate::scoring::score;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

/// Where the charts of this page are.
const FOLDER: &str = "/forecast/scorecard";

/// How a chart of the record is drawn.
type Draw = fn(&Scorecard, &NationalReport, &Setting<'_>) -> Result<Chart, RenderError>;

/// The charts of this page, by the word in their address.
const CHARTS: [(&str, Draw); 2] = [
    ("calibration", illustrate::calibration),
    ("lateness", illustrate::lateness),
];

#[derive(Template)]
#[template(path = "scorecard.html")]
struct ScorecardPage {
    page: Page,
    forecasts: usize,
    left_out: usize,
    known: String,
    record: String,
    deadlines: String,
    today: String,
    charts: Vec<Listed>,
    tables: Vec<Table>,
    national: Vec<NationalRow>,
}

/// The record of one method, or of all.
struct Table {
    title: String,
    rows: Vec<Row>,
}

/// One kind of statements.
struct Row {
    name: String,
    cases: String,
    ranges: [String; 3],
    verdict: String,
    usual: String,
    bias: String,
    not_due: String,
    not_reported: String,
}

/// What was said of the nation.
struct NationalRow {
    forecast: i64,
    ahead: u16,
    day: String,
    range: String,
    middle: String,
    count: String,
    mark: &'static str,
    held: &'static str,
    late: String,
}

fn whole(number: usize, language: Language) -> String {
    language.whole(i64::try_from(number).unwrap_or(i64::MAX))
}

impl Table {
    fn new(title: &Text, score: &Score, language: Language) -> Self {
        let forecasts = whole(score.forecasts, language);
        let word = language.pick("dự báo", "forecasts");
        Self {
            title: format!("{} · {forecasts} {word}", title.in_language(language)),
            rows: score
                .records
                .iter()
                .map(|record| Row::new(record, language))
                .collect(),
        }
    }
}

impl Row {
    fn new(record: &Record, language: Language) -> Self {
        let words = |text: Text| text.in_language(language).to_owned();
        let [_, eighty, _] = &record.coverage;
        Self {
            name: words(words::ahead_name(record.ahead)),
            cases: whole(record.cases, language),
            ranges: [0, 1, 2].map(|place| words::held_with_interval(&record.coverage[place])),
            verdict: words(words::verdict_words(eighty.verdict())),
            usual: words::or_dash(
                record
                    .error
                    .map(|error| words::weeks_words(error.usual, language)),
            ),
            bias: words::or_dash(
                record
                    .error
                    .map(|error| words::bias_words(error.bias, language)),
            ),
            not_due: whole(record.not_due, language),
            not_reported: whole(record.not_reported, language),
        }
    }
}

impl NationalRow {
    /// `None` of a statement that is not due.
    fn new(case: &CountCase, language: Language) -> Option<Self> {
        let [_, low, _, middle, _, high, _] = case.quantiles.map(|count| language.whole(count));
        let (count, late) = match case.outcome {
            Outcome::NotDue => return None,
            Outcome::NotReported => ("–".to_owned(), "–".to_owned()),
            Outcome::Known { count, late } => {
                let least = if late.came { "" } else { "≥ " };
                let weeks = words::weeks_words(late.weeks, language);
                (
                    words::rate_words(count, language),
                    format!("{least}{weeks}"),
                )
            }
        };
        let held = match case.held() {
            None => ("plain", "–"),
            Some([_, true, _]) => ("good", language.pick("có", "yes")),
            Some([_, false, _]) => ("bad", language.pick("không", "no")),
        };
        Some(Self {
            forecast: case.forecast,
            ahead: case.ahead,
            day: language.date(case.week.last_day()),
            range: format!("{low} – {high}"),
            middle,
            count,
            mark: held.0,
            held: held.1,
            late,
        })
    }
}

/// Shows the record of the forecasts issued by the moment that is shown.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_scorecard(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let shown = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        scorecard_page(&state, &snapshot, view)
    });
    html(&shown.await??)
}

/// A chart of the record as a file.
///
/// # Errors
/// [`ServerError`] where there is no such chart or the database does not answer.
pub async fn get_chart(
    state: web::Data<State>,
    name: web::Path<String>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let (key, format, size) = read_name(&name)?;
    let draw = CHARTS
        .iter()
        .find(|(own, _)| *own == key)
        .map(|(_, draw)| *draw);
    let draw = draw.ok_or_else(|| ServerError::NotFound(format!("chart {key}")))?;
    let bytes = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        let scorecard = score(&state, &snapshot)?;
        let setting = setting(&state, &snapshot, (view.language, size));
        let chart = draw(&scorecard, &snapshot.report, &setting).map_err(failed)?;
        chart_file(&chart, format)
    })
    .await??;
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .body(bytes))
}

fn scorecard_page(
    state: &State,
    snapshot: &Snapshot,
    view: View,
) -> Result<ScorecardPage, ServerError> {
    let language = view.language;
    let scorecard = score(state, snapshot)?;
    let setting = setting(state, snapshot, (language, ChartSize::Full));
    let listed = |(key, draw): (&'static str, Draw)| {
        let chart = draw(&scorecard, &snapshot.report, &setting).map_err(failed)?;
        Ok::<_, ServerError>(Listed {
            folder: FOLDER,
            key,
            query: String::new(),
            title: chart.title,
            description: chart.description,
        })
    };
    let charts: Result<_, ServerError> = CHARTS.into_iter().map(listed).collect();
    let all = Text::new("Mọi phương pháp", "All methods");
    let mut tables = vec![Table::new(&all, &scorecard.overall, language)];
    let methods = scorecard.methods.iter();
    tables.extend(methods.map(|(name, score)| Table::new(&Text::same(name), score, language)));
    let words = |text: Text| text.in_language(language).to_owned();
    let title = Text::new("Bảng điểm dự báo", "Forecast scorecard");
    let mut national: Vec<&CountCase> = scorecard.national.iter().collect();
    national.sort_by_key(|case| (case.ahead, case.week));
    Ok(ScorecardPage {
        page: page(snapshot, view, FOLDER, &title),
        forecasts: scorecard.forecasts.len(),
        left_out: scorecard.left_out,
        known: language.date(scorecard.week.last_day()),
        record: words(words::record_words(&scorecard.overall)),
        deadlines: words(words::deadline_record_words(&scorecard.overall.deadlines)),
        today: words(words::outlook_words(&snapshot.report)),
        charts: charts?,
        tables,
        national: national
            .into_iter()
            .filter_map(|case| NationalRow::new(case, language))
            .collect(),
    })
}

/// The statements a quarter ahead in one line, for pages that link here; `None` where none is due.
pub(super) fn quarter_words(scorecard: &Scorecard, language: Language) -> Option<String> {
    let quarter = scorecard.overall.record(Ahead::Weeks(13))?;
    (quarter.cases > 0).then(|| {
        let words = words::record_words(&scorecard.overall);
        words.in_language(language).to_owned()
    })
}
