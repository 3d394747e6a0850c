//! The forecast: when it will be finished in plain words, the band of every unit, and the pictures of it.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use reports::forecast::{Completion, DeadlinePace, Followed, METHOD, StageDate};
use reports::illustrate::ChartName;
use reports::model::{NationalReport, UnitRow, most_in_need};
use reports::words::{self, Answer};
use store::domain::{IssuedForecast, Language, Text, UnitId, Week};

use super::charts::Listed;
use super::figures::{Meter, mark, page};
use super::page::moment;
use super::scorecard::quarter_words;
use super::{Page, html};
use crate::error::ServerError;
use crate::issuing::issue;
use crate::scoring::score;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

/// The charts that show a forecast, in the order of the page.
const CHARTS: [ChartName; 3] = [ChartName::BurnUp, ChartName::Timeline, ChartName::Multiples];

#[derive(Template)]
#[template(path = "forecast.html")]
struct ForecastPage {
    page: Page,
    is_empty: bool,
    answers: Vec<AnswerBox>,
    sentence: String,
    has_published: bool,
    stages: Vec<StageRow>,
    record: Option<String>,
    rows: Vec<BandRow>,
    charts: Vec<Listed>,
    method: &'static str,
    digest: String,
    seed: String,
    issued: Vec<IssuedRow>,
}

/// A stage: its own date, and the address that follows it alone.
struct StageRow {
    name: String,
    is_slowest: bool,
    is_chosen: bool,
    days: Option<[String; 3]>,
    followed: Followed,
}

impl StageRow {
    /// The whole chain, then every stage that it holds, with the date of each by its own pace.
    fn all(report: &NationalReport, language: Language) -> Vec<Self> {
        let national = &report.forecast.national;
        let whole = Self {
            name: match national.published_basis() {
                None => language
                    .pick("Toàn bộ các khâu", "All stages together")
                    .to_owned(),
                // Of published figures only those of the last stage are read.
                Some(_) => words::stage_name(Followed::Slowest.stage())
                    .in_language(language)
                    .to_owned(),
            },
            is_slowest: false,
            is_chosen: report.followed == Followed::Slowest,
            days: national
                .completion
                .as_ref()
                .filter(|_| report.followed == Followed::Slowest)
                .and_then(|date| days(date, language)),
            followed: Followed::Slowest,
        };
        let slowest = report.slowest().map(|date| date.stage);
        let one = |date: &StageDate| Self {
            name: words::stage_name(date.stage)
                .in_language(language)
                .to_owned(),
            is_slowest: slowest == Some(date.stage) && whole.is_chosen,
            is_chosen: report.followed == Followed::One(date.stage),
            days: days(&date.completion, language),
            followed: Followed::One(date.stage),
        };
        let stages: Vec<Self> = national.stages.iter().map(one).collect();
        [whole].into_iter().chain(stages).collect()
    }
}

/// One of the questions that the page answers first.
struct AnswerBox {
    question: &'static str,
    short: String,
    meaning: String,
}

impl AnswerBox {
    fn new((vi, en): (&'static str, &'static str), answer: &Answer, language: Language) -> Self {
        Self {
            question: language.pick(vi, en),
            short: answer.short.in_language(language).to_owned(),
            meaning: answer.meaning.in_language(language).to_owned(),
        }
    }

    /// When, how sure, who is last, who needs help.
    fn all(report: &NationalReport, language: Language) -> Vec<Self> {
        let needs = most_in_need(report);
        let answers = [
            (
                ("Khi nào xong", "When it is finished"),
                Some(words::when_answer(report)),
            ),
            (
                ("Chắc đến đâu", "How sure that is"),
                words::sure_answer(report),
            ),
            (
                ("Ai về sau cùng", "Who is last"),
                words::last_answer(report),
            ),
            (
                ("Ai cần giúp", "Who needs help"),
                Some(words::help_answer(&needs)),
            ),
        ];
        let known = answers
            .into_iter()
            .filter_map(|(question, answer)| Some((question, answer?)));
        known
            .map(|(question, answer)| Self::new(question, &answer, language))
            .collect()
    }
}

/// A forecast that was issued.
struct IssuedRow {
    id: i64,
    as_of: String,
    issued_at: String,
    view: &'static str,
    method: String,
    by: String,
    data: String,
}

impl IssuedRow {
    fn new(issued: IssuedForecast, language: Language) -> Self {
        let forecast = issued.forecast;
        Self {
            id: issued.id,
            as_of: language.date(forecast.as_of),
            issued_at: moment(language, issued.issued_at),
            view: forecast.view.key(),
            method: forecast.method,
            by: forecast.issued_by,
            data: forecast.data.short(),
        }
    }
}

/// One unit.
struct BandRow {
    unit: UnitId,
    name: String,
    group: String,
    mark: &'static str,
    share: Option<Meter>,
    days: Option<[String; 3]>,
    slowest: Option<String>,
    state: String,
    source: Option<String>,
    chance: Option<String>,
    rate: Option<String>,
    required: Option<String>,
}

impl BandRow {
    fn new(row: &UnitRow, language: Language) -> Self {
        let forecast = &row.forecast;
        let rate = |rate| words::rate_words(rate, language);
        let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
        Self {
            unit: row.unit,
            name: row.name.in_language(language).to_owned(),
            group: words::group_name(row.group)
                .in_language(language)
                .to_owned(),
            mark: mark(row.group),
            share: forecast.share().map(|share| Meter::new(share, language)),
            days: forecast
                .state
                .completion()
                .and_then(|completion| days(completion, language)),
            slowest: row.slowest().map(|date| {
                let name = words::stage_name(date.stage);
                name.in_language(language).to_owned()
            }),
            state: words::outcome_words(forecast)
                .in_language(language)
                .to_owned(),
            source: words::source_words(forecast)
                .map(|words| words.in_language(language).to_owned()),
            chance: pace.and_then(DeadlinePace::chance).map(words::chance_words),
            rate: forecast
                .actual_rate
                .filter(|_| !forecast.state.is_done())
                .map(rate),
            required: pace.and_then(DeadlinePace::required_rate).map(rate),
        }
    }
}

/// The 10th, 50th and 90th percentile of a date; `None` where even the first lies after the horizon.
pub(super) fn days(completion: &Completion, language: Language) -> Option<[String; 3]> {
    completion.p10()?;
    Some(
        [10, 50, 90].map(|percent| {
            words::day_or_later(completion.at(percent), completion.horizon, language)
        }),
    )
}

/// Shows the forecast of a week.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_forecast(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let shown = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        forecast_page(&state, &snapshot, view)
    });
    html(&shown.await??)
}

/// Issues the forecast that the address shows and leads back to the page.
///
/// # Errors
/// [`ServerError`] where the same forecast was issued before, or the archive does not take it.
pub async fn issue_forecast(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    web::block(move || {
        let known_on = view.known_moment(state.latest_moment()?);
        let week = view.as_of.map(Week::containing);
        let rows = (view.units, view.followed);
        issue(&state, (week, known_on), rows, &view.visitor.name())
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, view.link("/forecast")))
        .finish())
}

fn forecast_page(
    state: &State,
    snapshot: &Snapshot,
    view: View,
) -> Result<ForecastPage, ServerError> {
    let (report, language) = (&snapshot.report, view.language);
    let listed = |name| Listed::new(state, snapshot, name, language);
    let charts: Result<_, ServerError> = CHARTS.into_iter().map(listed).collect();
    let rows = report.rows_by_urgency();
    // What was issued after the figures shown is listed too, unless the reader looks back.
    let until = view.known_moment(state.latest_moment()?);
    let issued = state.store.list_forecasts(until)?;
    let title = Text::new("Dự báo hoàn thành", "Forecast of completion");
    Ok(ForecastPage {
        page: page(snapshot, view, "/forecast", &title),
        is_empty: snapshot.is_empty && !report.has_published(),
        answers: AnswerBox::all(report, language),
        record: quarter_words(&score(state, snapshot)?, language),
        sentence: words::outlook_words(report)
            .in_language(language)
            .to_owned(),
        has_published: report.has_published(),
        stages: StageRow::all(report, language),
        rows: rows
            .into_iter()
            .map(|row| BandRow::new(row, language))
            .collect(),
        charts: charts?,
        method: METHOD,
        digest: report.forecast.digest.short(),
        seed: report.forecast.seed.to_string(),
        issued: issued
            .into_iter()
            .rev()
            .map(|one| IssuedRow::new(one, language))
            .collect(),
    })
}
