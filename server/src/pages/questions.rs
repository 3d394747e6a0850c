//! Questions and answers: what the rules asked about files, what waits for an answer and what was answered.

use std::cmp::Reverse;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use loader::{Context, History, Sender, SourceFile};
use serde::Deserialize;
use store::domain::{GivenAnswer, Language, Question, Reference, Text, UnitId};

use super::page::moment;
use super::{Page, html};
use crate::access::Visitor;
use crate::error::ServerError;
use crate::state::State;
use crate::view::View;

/// How many answers the page lists; older ones are found by their province.
const LISTED: i64 = 300;

#[derive(Template)]
#[template(path = "questions.html")]
struct QuestionsPage {
    page: Page,
    open: Vec<Row>,
    answered: Vec<Row>,
    units: Vec<UnitChoice>,
    show_open: bool,
    show_answered: bool,
    state: String,
    listed: i64,
}

struct UnitChoice {
    id: UnitId,
    name: String,
    chosen: bool,
}

struct Row {
    unit: String,
    as_of: String,
    about: String,
    asked: String,
    rule: String,
    file: String,
    file_id: Option<i64>,
    when: String,
    by: String,
    answer: String,
    holds: &'static str,
    mark: &'static str,
    until: String,
}

/// Which questions are shown.
#[derive(Debug, Deserialize)]
pub struct Filter {
    unit: Option<String>,
    state: Option<String>,
}

/// Lists open questions and answers, of all units or of one.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_questions(
    state: web::Data<State>,
    view: View,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, ServerError> {
    let unit = filter.unit.as_deref().filter(|text| !text.is_empty());
    let unit = unit
        .map(|text| UnitId::parse(text).ok_or_else(|| ServerError::malformed("unit", text)))
        .transpose()?;
    let shown = filter.state.clone().unwrap_or_default();
    html(&web::block(move || questions(&state, view, unit, shown)).await??)
}

fn questions(
    state: &State,
    view: View,
    unit: Option<UnitId>,
    shown: String,
) -> Result<QuestionsPage, ServerError> {
    let known_on = view.known_moment(state.latest_moment()?);
    let title = Text::new("Câu hỏi và giải trình", "Questions and answers");
    let synthetic = state.store.holds_synthetic(known_on)?;
    let (reference, language) = (state.reference, view.language);
    let visitor = view.visitor;
    let given = given_answers(state, (visitor, unit), (known_on, LISTED))?;
    let today = state.today();
    let choice = |id: UnitId| UnitChoice {
        id,
        name: reference
            .units
            .name_on(id, today)
            .in_language(language)
            .to_owned(),
        chosen: Some(id) == unit,
    };
    let schemes = [store::domain::Scheme::New34, store::domain::Scheme::Old63];
    let units = schemes
        .into_iter()
        .flat_map(|scheme| reference.units.of_scheme(scheme))
        .filter(|unit| visitor.reaches(&reference.units, &[unit.id].into()));
    Ok(QuestionsPage {
        page: Page::new(view, "/questions", &title, synthetic),
        open: open_rows(state, unit, view)?,
        answered: given
            .iter()
            .map(|given| answered_row(given, today, reference, language))
            .collect(),
        units: units.map(|unit| choice(unit.id)).collect(),
        show_open: shown != "answered",
        show_answered: shown != "open",
        state: shown,
        listed: LISTED,
    })
}

/// The latest answers that a visitor may see, the newest first; about one unit where one is given.
///
/// # Errors
/// [`ServerError::Forbidden`] where the unit is not the visitor's own.
pub(crate) fn given_answers(
    state: &State,
    (visitor, unit): (Visitor, Option<UnitId>),
    (known_on, most): (DateTime<Utc>, i64),
) -> Result<Vec<GivenAnswer>, ServerError> {
    let units = &state.reference.units;
    let asked: Vec<Option<UnitId>> = match (unit, visitor.province()) {
        (Some(unit), _) if !visitor.reaches(units, &[unit].into()) => {
            return Err(ServerError::Forbidden);
        }
        (None, Some(province)) => units.family(province).into_iter().map(Some).collect(),
        (unit, _) => vec![unit],
    };
    let mut given = Vec::new();
    for unit in asked {
        given.extend(state.store.list_answers(unit, known_on, most)?);
    }
    // An answer about an own unit may have come in a file that is not.
    given.sort_by_key(|one: &GivenAnswer| Reverse(one.submission));
    Ok(given)
}

/// A question about a file that waits for its commit.
pub(crate) struct OpenQuestion {
    pub(crate) sent_at: DateTime<Utc>,
    pub(crate) file_name: String,
    pub(crate) question: Question,
}

fn open_rows(state: &State, unit: Option<UnitId>, view: View) -> Result<Vec<Row>, ServerError> {
    let language = view.language;
    let row = |open: OpenQuestion| Row {
        file: open.file_name,
        when: moment(language, open.sent_at),
        ..question_row(&open.question, state.reference, language)
    };
    let open = open_questions(state, (view.visitor, unit))?;
    Ok(open.into_iter().map(row).collect())
}

/// The questions about every draft that is the visitor's own, judged as it would be now; about one unit where one is given.
///
/// # Errors
/// [`ServerError`] where the database does not answer.
pub(crate) fn open_questions(
    state: &State,
    (visitor, unit): (Visitor, Option<UnitId>),
) -> Result<Vec<OpenQuestion>, ServerError> {
    let context = Context::embedded(state.today());
    let mut open = Vec::new();
    let province = visitor.province();
    let drafts = state.store.list_drafts()?.into_iter();
    let drafts = drafts.filter(|(_, draft)| province.is_none() || draft.owner == province);
    for (at, draft) in drafts {
        let parsed = loader::parse(SourceFile::new(&draft.file_name, draft.bytes), &context);
        let history = History::read(&state.store, &parsed)?;
        let receipt = loader::judge(parsed, Some(&history), &Sender::default());
        let asked = receipt.questions.into_iter().map(|asked| asked.question);
        let asked = asked.filter(|question| unit.is_none() || question.unit == unit);
        open.extend(asked.map(|question| OpenQuestion {
            file_name: draft.file_name.clone(),
            sent_at: at,
            question,
        }));
    }
    Ok(open)
}

fn question_row(question: &Question, reference: &Reference, language: Language) -> Row {
    let day = question.as_of.unwrap_or(NaiveDate::MAX);
    let name = |unit| reference.units.name_on(unit, day);
    Row {
        unit: question.unit.map_or_else(String::new, |unit| {
            name(unit).in_language(language).to_owned()
        }),
        as_of: question
            .as_of
            .map_or_else(String::new, |day| language.date(day)),
        about: question.about.in_language(language).to_owned(),
        asked: question.asked.in_language(language).to_owned(),
        rule: question.rule.clone(),
        file: String::new(),
        file_id: None,
        when: String::new(),
        by: String::new(),
        answer: String::new(),
        holds: "",
        mark: "plain",
        until: String::new(),
    }
}

fn answered_row(
    given: &GivenAnswer,
    today: NaiveDate,
    reference: &Reference,
    language: Language,
) -> Row {
    let (holds, mark) = match given.holds_until() {
        _ if given.withdrawn => (language.pick("tệp đã rút", "file withdrawn"), "bad"),
        Some(until) if today <= until => (language.pick("còn hiệu lực đến", "holds until"), "good"),
        _ => (language.pick("hết hiệu lực từ", "expired after"), "plain"),
    };
    Row {
        file: given.file_name.clone(),
        file_id: Some(given.submission.0),
        when: moment(language, given.at),
        by: given.by.clone(),
        answer: given.answer.text.clone(),
        holds,
        mark,
        until: given
            .holds_until()
            .map_or_else(String::new, |day| language.date(day)),
        ..question_row(&given.answer.question, reference, language)
    }
}
