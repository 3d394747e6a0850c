//! Why the date moved between two issued forecasts.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::charts::{Chart, ChartSize};
use reports::illustrate;
use reports::revision::{Moved, Part};
use reports::words;
use serde::Deserialize;
use store::domain::{IssuedForecast, Language, Text, UnitId};

use super::charts::{Listed, chart_file, failed, read_name, setting};
use super::figures::page;
use super::page::moment;
use super::{Page, html};
use crate::error::ServerError;
use crate::revisions::{Compared, compare, find_two};
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::{View, part};

/// Where this page and its chart are.
const PATH: &str = "/forecast/changes";

/// The chart of this page.
const WATERFALL: &str = "waterfall";

/// Which two forecasts; the last two of one view where one is absent.
#[derive(Debug, Deserialize)]
pub struct TwoQuery {
    old: Option<String>,
    new: Option<String>,
}

impl TwoQuery {
    fn read(&self) -> Result<Option<[i64; 2]>, ServerError> {
        let number = |name, text: &Option<String>| {
            part(name, text.as_deref(), |text| text.parse::<i64>().ok())
        };
        let two = number("old", &self.old)?.zip(number("new", &self.new)?);
        Ok(two.map(|(old, new)| [old, new]))
    }
}

#[derive(Template)]
#[template(path = "revision.html")]
struct ChangesPage {
    page: Page,
    choices: Vec<Choice>,
    shown: Option<Shown>,
}

/// A forecast to choose.
struct Choice {
    id: i64,
    label: String,
    is_old: bool,
    is_new: bool,
}

/// Two forecasts that are compared.
struct Shown {
    sentence: String,
    most: Option<String>,
    chance: Option<String>,
    excluded: Option<String>,
    is_remade: bool,
    methods: (String, String),
    parts: Vec<PartRow>,
    whole: [String; 2],
    heads: Vec<String>,
    rows: Vec<UnitRow>,
    unmoved: usize,
    unmatched: usize,
    chart: Listed,
}

struct PartRow {
    name: String,
    /// Of the last unit, and of 95 % of the total.
    days: [String; 2],
    meaning: String,
}

struct UnitRow {
    unit: Option<UnitId>,
    name: String,
    from: String,
    to: String,
    days: String,
    parts: Vec<String>,
}

fn short_days(days: Option<i64>, language: Language) -> String {
    let signed = |days: i64| {
        let plus = if days > 0 { "+" } else { "" };
        format!("{plus}{}", language.whole(days))
    };
    words::or_dash(days.map(signed))
}

impl UnitRow {
    fn new(moved: &Moved, language: Language) -> Self {
        let parts = moved
            .parts
            .iter()
            .filter(|(part, _)| *part != Part::Deadline);
        Self {
            unit: moved.unit,
            name: moved.name.in_language(language).to_owned(),
            from: words::said_words(&moved.from, language),
            to: words::said_words(&moved.to, language),
            days: short_days(moved.days, language),
            parts: parts.map(|(_, days)| short_days(*days, language)).collect(),
        }
    }
}

/// Shows why the date moved.
///
/// # Errors
/// [`ServerError`] where the address cannot be read, names no issued forecast, or the database does not answer.
pub async fn get_changes(
    state: web::Data<State>,
    view: View,
    query: web::Query<TwoQuery>,
) -> Result<HttpResponse, ServerError> {
    let asked = query.read()?;
    let shown = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        changes_page(&state, &snapshot, view, asked)
    });
    html(&shown.await??)
}

/// The chart of the page as a file.
///
/// # Errors
/// [`ServerError`] where there is no such chart or forecast, or the database does not answer.
pub async fn get_chart(
    state: web::Data<State>,
    name: web::Path<String>,
    view: View,
    query: web::Query<TwoQuery>,
) -> Result<HttpResponse, ServerError> {
    let asked = query.read()?;
    let (key, format, size) = read_name(&name)?;
    let Some(asked) = asked.filter(|_| key == WATERFALL) else {
        return Err(ServerError::NotFound(format!("chart {key}")));
    };
    let bytes = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        let compared = compare(&state, &find_two(&state, asked)?)?;
        let chart = draw(&state, &snapshot, &compared, (view.language, size))?;
        chart_file(&chart, format)
    })
    .await??;
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .body(bytes))
}

fn draw(
    state: &State,
    snapshot: &Snapshot,
    compared: &Compared,
    look: (Language, ChartSize),
) -> Result<Chart, ServerError> {
    let documents = (&compared.old, &compared.new);
    let setting = setting(state, snapshot, look);
    illustrate::waterfall(
        compared.revision.told(),
        documents,
        &snapshot.report,
        &setting,
    )
    .map_err(failed)
}

/// The last forecast and the one before it with the same units.
fn last_two(issued: &[IssuedForecast]) -> Option<[i64; 2]> {
    let (new, earlier) = issued.split_last()?;
    let mut same = earlier
        .iter()
        .rev()
        .filter(|one| one.forecast.view == new.forecast.view);
    Some([same.next()?.id, new.id])
}

fn changes_page(
    state: &State,
    snapshot: &Snapshot,
    view: View,
    asked: Option<[i64; 2]>,
) -> Result<ChangesPage, ServerError> {
    let language = view.language;
    let until = view.known_moment(state.latest_moment()?);
    let issued = state.store.list_forecasts(until)?;
    let two = asked
        .or_else(|| last_two(&issued))
        .map(|asked| find_two(state, asked))
        .transpose()?;
    let compared = two.as_ref().map(|two| compare(state, two)).transpose()?;
    let is = |place: usize, id: i64| two.as_ref().is_some_and(|two| two[place].id == id);
    let choice = |one: &IssuedForecast| Choice {
        id: one.id,
        label: label(one, language),
        is_old: is(0, one.id),
        is_new: is(1, one.id),
    };
    let title = Text::new("Vì sao ngày hoàn thành đổi", "Why the date moved");
    let shown = compared.map(|compared| shown(state, snapshot, &compared, language));
    Ok(ChangesPage {
        page: page(snapshot, view, PATH, &title),
        choices: issued.iter().rev().map(choice).collect(),
        shown: shown.transpose()?,
    })
}

fn label(one: &IssuedForecast, language: Language) -> String {
    let day = language.date(one.forecast.as_of);
    let at = moment(language, one.issued_at);
    let (id, view) = (one.id, one.forecast.view.key());
    match language {
        Language::Vi => format!("Số {id}: số liệu đến {day}, phát hành {at} ({view})"),
        Language::En => format!("{id}: figures to {day}, issued {at} ({view})"),
    }
}

fn shown(
    state: &State,
    snapshot: &Snapshot,
    compared: &Arc<Compared>,
    language: Language,
) -> Result<Shown, ServerError> {
    let revision = &compared.revision;
    let nation = &revision.nation;
    let in_words = |text: Text| text.in_language(language).to_owned();
    let most = revision.most.as_ref();
    let signed =
        |days: Option<i64>| words::or_dash(days.map(|days| words::signed_days(days, language)));
    let part_row = |(part, days): &(Part, Option<i64>)| PartRow {
        name: in_words(words::part_name(*part)),
        days: [*days, most.and_then(|most| most.days_of(*part))].map(signed),
        meaning: in_words(words::part_meaning(*part)),
    };
    let mut moved: Vec<&Moved> = revision
        .units
        .iter()
        .filter(|moved| moved.from != moved.to)
        .collect();
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.days.map(i64::abs)));
    let chart = draw(state, snapshot, compared, (language, ChartSize::Full))?;
    let heads = nation
        .parts
        .iter()
        .filter(|(part, _)| *part != Part::Deadline);
    Ok(Shown {
        sentence: in_words(words::moved_words(nation, (&compared.old, &compared.new))),
        most: most.and_then(words::most_moved_words).map(in_words),
        chance: nation
            .chance
            .as_ref()
            .map(|chance| in_words(words::chance_moved_words(chance))),
        excluded: excluded(nation, language),
        is_remade: nation.parts.iter().all(|(part, _)| *part != Part::Method),
        methods: revision.methods.clone(),
        parts: nation.parts.iter().map(part_row).collect(),
        whole: [nation.days, most.and_then(|most| most.days)].map(signed),
        heads: heads
            .map(|(part, _)| in_words(words::part_name(*part)))
            .collect(),
        unmoved: revision.units.len() - moved.len(),
        unmatched: revision.unmatched,
        rows: moved
            .into_iter()
            .map(|moved| UnitRow::new(moved, language))
            .collect(),
        chart: Listed {
            folder: PATH,
            key: WATERFALL,
            query: format!("?old={}&new={}", revision.numbers.0, revision.numbers.1),
            title: chart.title,
            description: chart.description,
        },
    })
}

/// That the national date is without some units; `None` where it never was.
fn excluded(nation: &Moved, language: Language) -> Option<String> {
    let (then, now) = nation.excluded;
    (then > 0 || now > 0).then(|| {
        let [then, now] = [then, now].map(|units| words::units_words(units, language));
        match language {
            Language::Vi => format!(
                "Ngày của cả nước chưa kể những nơi chưa thể dự báo: lúc trước {then}, nay {now}. Một nơi mới dự báo được cũng làm ngày này đổi."
            ),
            Language::En => format!(
                "The national date is without the units that cannot be forecast: {then} then, {now} now. A unit that can be forecast at last moves it too."
            ),
        }
    })
}
