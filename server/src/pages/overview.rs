//! The national overview: how much is done, how much remains, when it will be finished, who reported, who needs help.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use reports::forecast::{DeadlinePace, State as Completion, UnitForecast};
use reports::illustrate::{Setting, national_burn_up};
use reports::model::{Group, NationalReport, UnitRow};
use reports::words;
use store::domain::{Language, Stage, Standing, Text, UnitId, Week};

use super::Page;
use super::figures::{ChangeWords, Meter, StageFigure, deadline_words, mark, page};
use super::kept::KeptPage;
use super::province::redirect;
use crate::access::Latest;
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build_at};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    page: Page,
    is_empty: bool,
    share: Option<Meter>,
    stages: Vec<StageFigure>,
    remaining: Option<String>,
    outlook: Outlook,
    change: Option<ChangeWords>,
    missing: Vec<Missing>,
    silent: Vec<Named>,
    groups: Vec<GroupOfUnits>,
    rows: Vec<Row>,
    chart_description: String,
}

/// What the forecast says of the nation.
struct Outlook {
    sentence: String,
    /// Whether the sentence is of published figures.
    is_published: bool,
    /// What published figures say; absent where reports are enough.
    published: Option<String>,
    excluded: Vec<ExcludedUnit>,
    most: Option<String>,
    last: Vec<Named>,
    deadline: Option<String>,
    overdue: bool,
    actual_rate: Option<String>,
    required_rate: Option<String>,
}

struct ExcludedUnit {
    unit: UnitId,
    name: String,
    reason: String,
}

/// A unit with a few words.
struct Named {
    unit: UnitId,
    name: String,
    words: String,
}

struct Missing {
    unit: UnitId,
    name: String,
    week: String,
}

struct GroupOfUnits {
    name: String,
    mark: &'static str,
    units: Vec<Named>,
}

struct Row {
    unit: UnitId,
    name: String,
    total: Option<String>,
    transferred: Option<String>,
    share: Option<Meter>,
    reported: bool,
    rate: Option<String>,
    required: Option<String>,
    chance: Option<String>,
    state: String,
    interval: Option<String>,
    group: String,
    mark: &'static str,
}

/// Shows the nation in one week; to a province its own page.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_overview(
    request: HttpRequest,
    state: web::Data<State>,
    view: View,
    latest: Option<Latest>,
) -> Result<HttpResponse, ServerError> {
    if let Some(province) = view.visitor.province() {
        return Ok(redirect(province, view));
    }
    let key = move |latest| (view.known_moment(latest), "/", view);
    let kept = latest.and_then(|Latest(latest)| state.pages.find(&key(latest)));
    if let Some(page) = kept {
        return page.respond(&request);
    }
    let page = web::block(move || {
        let latest = match latest {
            Some(Latest(latest)) => latest,
            None => state.latest_moment()?,
        };
        let key = key(latest);
        let week = view.as_of.map(Week::containing);
        let snapshot = find_or_build_at(&state, (key.0, week, (view.units, view.followed)))?;
        let page = KeptPage::pack(&render_overview(&state, &snapshot, view)?)?;
        // Without reports the page shows the week of today.
        if !snapshot.is_empty {
            state.pages.keep(key, page.clone());
        }
        Ok::<_, ServerError>(page)
    });
    page.await??.respond(&request)
}

/// Writes the page of a report.
///
/// # Errors
/// [`ServerError::Internal`] where the chart or the page cannot be written, which no figure can cause.
pub fn render_overview(
    state: &State,
    snapshot: &Snapshot,
    view: View,
) -> Result<String, ServerError> {
    Ok(overview(state, snapshot, view)?.render()?)
}

fn overview(state: &State, snapshot: &Snapshot, view: View) -> Result<OverviewPage, ServerError> {
    let report = &snapshot.report;
    let language = view.language;
    let name = |unit: UnitId| report.name(unit).in_language(language).to_owned();
    let transferred = report.headline(Stage::Transferred);
    let setting = Setting {
        language,
        size: reports::charts::ChartSize::Full,
        published: &snapshot.published,
        reference: state.reference,
        synthetic: snapshot.synthetic,
    };
    let chart = reports::charts::draw_burn_up(&national_burn_up(report, &setting))
        .map_err(|error| ServerError::Internal(error.to_string()))?;
    let carried = transferred.map_or(&[][..], |headline| &headline.standing.carried);
    let silent = transferred.map_or(&[][..], |headline| &headline.standing.silent);
    Ok(OverviewPage {
        page: page(snapshot, view, "/", &Text::new("Toàn quốc", "The nation")),
        is_empty: snapshot.is_empty,
        share: report.share().map(|share| Meter::new(share, language)),
        stages: report
            .headlines
            .iter()
            .map(|headline| StageFigure::new(headline.stage, &headline.standing, language))
            .collect(),
        remaining: report.remaining().map(|count| language.count(count)),
        outlook: outlook(report, language),
        change: report
            .change
            .as_ref()
            .map(|change| ChangeWords::new(change, language)),
        missing: carried
            .iter()
            .map(|(unit, week)| Missing {
                unit: *unit,
                name: name(*unit),
                week: week.to_string(),
            })
            .collect(),
        silent: silent
            .iter()
            .map(|unit| Named {
                unit: *unit,
                name: name(*unit),
                words: String::new(),
            })
            .collect(),
        groups: groups(report, language),
        rows: report
            .rows_by_urgency()
            .into_iter()
            .map(|each| row(each, language))
            .collect(),
        chart_description: chart.description,
    })
}

fn outlook(report: &NationalReport, language: Language) -> Outlook {
    let national = &report.forecast.national;
    let words_of = |text: Text| text.in_language(language).to_owned();
    let name = |unit: UnitId| words_of(report.name(unit));
    let sentence = match (&national.done_since, &national.completion) {
        (Some(since), _) => {
            format!(
                "{} {}",
                language.pick("Đã hoàn thành từ", "Done since"),
                language.date(*since)
            )
        }
        (None, Some(completion)) => words_of(words::completion_words(completion)),
        (None, None) => language
            .pick(
                "Chưa dự báo được ngày hoàn thành",
                "No date can be forecast yet",
            )
            .to_owned(),
    };
    let pace = national.deadline.as_ref().map(|outlook| outlook.pace);
    Outlook {
        sentence,
        published: words::published_words(report).map(words_of),
        is_published: national.published_basis().is_some(),
        excluded: national
            .excluded
            .iter()
            .map(|one| ExcludedUnit {
                unit: one.unit,
                name: name(one.unit),
                reason: words_of(words::state_words(&one.reason)),
            })
            .collect(),
        most: national
            .most_done
            .as_ref()
            .map(|completion| words_of(words::completion_words(completion))),
        last: national
            .last_units
            .iter()
            .map(|last| Named {
                unit: last.unit,
                name: name(last.unit),
                words: format!("{:.0}%", last.share * 100.0),
            })
            .collect(),
        deadline: national
            .deadline
            .as_ref()
            .map(|outlook| deadline_words(outlook, language)),
        overdue: matches!(pace, Some(DeadlinePace::Passed { .. })),
        actual_rate: national
            .actual_rate
            .map(|rate| words::rate_words(rate, language)),
        required_rate: pace
            .and_then(DeadlinePace::required_rate)
            .map(|rate| words::rate_words(rate, language)),
    }
}

fn groups(report: &NationalReport, language: Language) -> Vec<GroupOfUnits> {
    let groups = Group::ALL.into_iter().map(|group| {
        let own = report
            .rows_by_urgency()
            .into_iter()
            .filter(|row| row.group == group);
        GroupOfUnits {
            name: words::group_name(group).in_language(language).to_owned(),
            mark: mark(group),
            units: own
                .map(|row| Named {
                    unit: row.unit,
                    name: row.name.in_language(language).to_owned(),
                    words: String::new(),
                })
                .collect(),
        }
    });
    groups.collect()
}

/// The median of a date, which stands above its interval; every other state, and what is not from reports, in words.
fn state_or_median(forecast: &UnitForecast, language: Language) -> String {
    let words = match (&forecast.state, &forecast.published) {
        (Completion::Forecast(completion), None) => words::median_words(completion),
        _ => words::outcome_words(forecast),
    };
    words.in_language(language).to_owned()
}

fn row(row: &UnitRow, language: Language) -> Row {
    let standing = |stage| {
        row.standings
            .iter()
            .find(|(each, _)| *each == stage)
            .map(|(_, known)| known)
    };
    let estimate = |stage| {
        standing(stage)
            .and_then(Standing::estimated_count)
            .map(|count| language.count(count))
    };
    let forecast = &row.forecast;
    let pace = forecast.deadline.as_ref().map(|outlook| outlook.pace);
    let done = matches!(forecast.state, Completion::Done { .. });
    let reported = forecast.published.is_none().then_some(&forecast.state);
    Row {
        unit: row.unit,
        name: row.name.in_language(language).to_owned(),
        total: estimate(Stage::Total),
        transferred: estimate(Stage::Transferred),
        share: forecast.share().map(|share| Meter::new(share, language)),
        reported: standing(Stage::Transferred)
            .is_some_and(|known| known.reporting_count() == known.expected),
        rate: forecast
            .actual_rate
            .filter(|_| !done)
            .map(|rate| words::rate_words(rate, language)),
        required: pace
            .and_then(DeadlinePace::required_rate)
            .map(|rate| words::rate_words(rate, language)),
        chance: pace.and_then(DeadlinePace::chance).map(words::chance_words),
        state: state_or_median(forecast, language),
        interval: reported.and_then(Completion::completion).map(|completion| {
            words::interval_words(completion)
                .in_language(language)
                .to_owned()
        }),
        group: words::group_name(row.group)
            .in_language(language)
            .to_owned(),
        mark: mark(row.group),
    }
}
