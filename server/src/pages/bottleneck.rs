//! The bottleneck: between which two stages work waits longest, for the nation and for every province.

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::model::{Bottleneck, Queue, RATE_WEEKS, Wait};
use reports::words;
use store::domain::{Language, Text, UnitId};

use super::figures::page;
use super::{Page, html};
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "bottleneck.html")]
struct BottleneckPage {
    page: Page,
    is_empty: bool,
    sentence: String,
    /// What the forecast makes of it; `None` where no date is forecast.
    forecast: Option<String>,
    queues: Vec<QueueRow>,
    rows: Vec<UnitQueue>,
    rate_weeks: i64,
}

/// A queue as the page prints it.
struct QueueRow {
    step: String,
    waiting: String,
    rate: Option<String>,
    wait: String,
    slowest: bool,
    rows: usize,
}

/// A province and its slowest queue.
struct UnitQueue {
    unit: UnitId,
    name: String,
    slowest: Option<QueueRow>,
}

impl QueueRow {
    fn new(queue: &Queue, slowest: Option<&Queue>, language: Language) -> Self {
        Self {
            step: words::step_name(queue.from, queue.to)
                .in_language(language)
                .to_owned(),
            waiting: language.count(queue.waiting),
            rate: queue.rate.map(|rate| words::rate_words(rate, language)),
            wait: words::wait_words(queue.wait())
                .in_language(language)
                .to_owned(),
            slowest: slowest == Some(queue),
            rows: queue.rows,
        }
    }
}

/// Shows where work waits in a week.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn get_bottleneck(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let shown = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        Ok::<_, ServerError>(bottleneck_page(&snapshot, view))
    });
    html(&shown.await??)
}

fn bottleneck_page(snapshot: &Snapshot, view: View) -> BottleneckPage {
    let language = view.language;
    let report = &snapshot.report;
    let nation = &report.bottleneck;
    let mut units: Vec<&Bottleneck> = report.rows.iter().map(|row| &row.bottleneck).collect();
    units.sort_by(|one, other| longest_first(one).total_cmp(&longest_first(other)));
    let name = |unit| snapshot.report.name(unit).in_language(language).to_owned();
    let row = |of_unit: &&Bottleneck| {
        let unit = of_unit.unit?;
        let slowest = of_unit.slowest();
        Some(UnitQueue {
            unit,
            name: name(unit),
            slowest: slowest.map(|queue| QueueRow::new(queue, slowest, language)),
        })
    };
    let slowest = nation.slowest();
    let queues = nation.queues.iter();
    BottleneckPage {
        page: page(
            snapshot,
            view,
            "/bottleneck",
            &Text::new("Điểm nghẽn", "Bottleneck"),
        ),
        is_empty: snapshot.is_empty,
        sentence: words::bottleneck_words(slowest)
            .in_language(language)
            .to_owned(),
        forecast: words::slowest_words(report).map(|words| words.in_language(language).to_owned()),
        queues: queues
            .map(|queue| QueueRow::new(queue, slowest, language))
            .collect(),
        rows: units.iter().filter_map(row).collect(),
        rate_weeks: RATE_WEEKS,
    }
}

/// The key that puts the longest wait first and units without one last.
fn longest_first(unit: &Bottleneck) -> f64 {
    match unit.slowest().map(Queue::wait) {
        Some(Wait::Weeks(weeks)) => -weeks,
        Some(Wait::Never) => f64::NEG_INFINITY,
        Some(Wait::Empty | Wait::Unknown) | None => f64::INFINITY,
    }
}
