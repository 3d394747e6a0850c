//! Who is late: the calendar of the weekly reports, who is silent for how long, and the letters that remind them.

use std::collections::BTreeSet;

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use reports::letters::{PLACEHOLDERS, difficulty_words, silence_words};
use reports::model::{Arrival, Latecomer, Lateness};
use reports::pack::ISSUER;
use store::StoreError;
use store::domain::{IssuedLetters, Language, Message, MessageState, Text, UnitId, Week};

use super::exemptions::{ExemptionRow, exemption_rows};
use super::figures::page as framed;
use super::late_template::{TemplateRow, template_rows};
use super::page::moment;
use super::{Download, Page, html};
use crate::error::ServerError;
use crate::letters::{LetterOrder, calendar, issue};
use crate::mailing::{active_contacts, mail_letters};
use crate::snapshots::find_or_build;
use crate::state::State;
use crate::view::View;

/// How many issues of letters the page lists.
const LISTED: i64 = 20;

/// How many messages are looked through for those of the letters listed.
const LOOKED_THROUGH: i64 = 2000;

/// The kind of documents, as registered with IANA.
pub(crate) const DOCX: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

#[derive(Template)]
#[template(path = "late.html")]
struct LatePage {
    page: Page,
    week: Week,
    due_on: String,
    is_due: bool,
    weeks: Vec<String>,
    overdue: Vec<Row>,
    others: Vec<Row>,
    exempt: Vec<ExemptionRow>,
    /// The provinces of the calendar.
    provinces: Vec<(UnitId, String)>,
    /// The last day of the week after the one shown.
    next: String,
    legend: Vec<Mark>,
    issued: Vec<IssuedRow>,
    /// Whether mail is sent from here.
    mail: bool,
    /// The overdue provinces that no contact is of.
    without: Vec<String>,
    templates: Vec<TemplateRow>,
    placeholders: Vec<(&'static str, &'static str)>,
}

struct Row {
    unit: UnitId,
    name: String,
    silence: String,
    last_contact: String,
    difficulties: String,
    marks: Vec<Mark>,
}

/// How the report of a week arrived, as a sign with its words.
struct Mark {
    sign: &'static str,
    class: &'static str,
    words: &'static str,
}

struct IssuedRow {
    number: i64,
    week_ending: String,
    letters: String,
    language: &'static str,
    recorded_at: String,
    issued_by: String,
    sha256: String,
    /// The mails of these letters that were delivered.
    sent: usize,
    /// Those on their way.
    waiting: usize,
    /// Those that could not be delivered.
    undelivered: usize,
}

/// Shows who reported when.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_late(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || shown(&state, view)).await??)
}

fn shown(state: &State, view: View) -> Result<LatePage, ServerError> {
    let language = view.language;
    let snapshot = find_or_build(state, &view)?;
    let lateness = calendar(state, &snapshot)?;
    let issued = state.store.list_letters(LISTED)?;
    let messages = state.store.list_messages(LOOKED_THROUGH)?;
    let title = Text::new("Ai chậm báo cáo", "Who is late");
    let number = |week: &Week| week.to_string().rsplit('W').next().map(str::to_owned);
    Ok(LatePage {
        page: framed(&snapshot, view, "/late", &title),
        week: snapshot.report.week,
        due_on: language.date(lateness.due_on),
        is_due: lateness.is_due,
        weeks: lateness.weeks.iter().filter_map(number).collect(),
        overdue: rows(lateness.overdue().into_iter(), language),
        others: rows(others(&lateness).into_iter(), language),
        exempt: exemption_rows(&lateness, language),
        provinces: lateness
            .rows
            .iter()
            .map(|row| (row.unit, row.name.in_language(language).to_owned()))
            .collect(),
        next: snapshot.report.week.plus(1).last_day().to_string(),
        legend: legend(language),
        without: without(state, &lateness, language)?,
        mail: state.mail,
        issued: issued
            .iter()
            .map(|letters| issued_row(letters, &messages, language))
            .collect(),
        templates: template_rows(state, language)?,
        placeholders: PLACEHOLDERS
            .iter()
            .map(|(key, (vi, en))| (*key, language.pick(vi, en)))
            .collect(),
    })
}

fn others(lateness: &Lateness) -> Vec<&Latecomer> {
    let overdue = lateness.overdue();
    let is_overdue = |row: &&Latecomer| overdue.iter().any(|one| one.unit == row.unit);
    lateness
        .rows
        .iter()
        .filter(|row| !is_overdue(row))
        .collect()
}

fn rows<'a>(rows: impl Iterator<Item = &'a Latecomer>, language: Language) -> Vec<Row> {
    let row = |row: &Latecomer| Row {
        unit: row.unit,
        name: row.name.in_language(language).to_owned(),
        silence: silence_words(row, language),
        last_contact: row
            .last_contact
            .map_or_else(|| "–".to_owned(), |at| moment(language, at)),
        difficulties: if row.difficulties.is_empty() {
            "–".to_owned()
        } else {
            difficulty_words(row, language)
        },
        marks: row
            .arrivals
            .iter()
            .map(|arrival| Mark::new(*arrival, language))
            .collect(),
    };
    rows.map(row).collect()
}

impl Mark {
    const fn new(arrival: Arrival, language: Language) -> Self {
        let (sign, class) = match arrival {
            Arrival::OnTime => ("●", "good"),
            Arrival::Late => ("◐", "warn"),
            Arrival::Corrected => ("●✎", "good"),
            Arrival::LateCorrected => ("◐✎", "warn"),
            Arrival::Missing => ("✕", "bad"),
            Arrival::NotDue => ("·", "plain"),
        };
        let (vi, en) = arrival.words();
        Self {
            sign,
            class,
            words: language.pick(vi, en),
        }
    }
}

fn legend(language: Language) -> Vec<Mark> {
    let all = [
        Arrival::OnTime,
        Arrival::Late,
        Arrival::Corrected,
        Arrival::LateCorrected,
        Arrival::Missing,
        Arrival::NotDue,
    ];
    all.map(|arrival| Mark::new(arrival, language)).into()
}

/// The overdue provinces that nobody gets a mail for.
fn without(
    state: &State,
    lateness: &Lateness,
    language: Language,
) -> Result<Vec<String>, StoreError> {
    let contacts = active_contacts(&state.store)?;
    let units = contacts.iter().filter_map(|one| one.contact.unit);
    let told: BTreeSet<UnitId> = units
        .flat_map(|unit| state.reference.units.family(unit))
        .collect();
    let silent = lateness.overdue().into_iter();
    let silent = silent.filter(|row| !told.contains(&row.unit));
    Ok(silent
        .map(|row| row.name.in_language(language).to_owned())
        .collect())
}

fn issued_row(letters: &IssuedLetters, messages: &[Message], language: Language) -> IssuedRow {
    let issue = &letters.issue;
    let start = format!("letter-{}-", letters.number);
    let count = |state| {
        let own = messages.iter().filter(|one| one.key.starts_with(&start));
        own.filter(|one| one.state == state).count()
    };
    IssuedRow {
        number: letters.number,
        week_ending: language.date(issue.week_ending),
        letters: language.whole(issue.letters),
        language: issue.language.key(),
        recorded_at: moment(language, letters.recorded_at),
        issued_by: issue.issued_by.clone(),
        sha256: issue.sha256.short(),
        sent: count(MessageState::Sent),
        waiting: count(MessageState::Waiting),
        undelivered: count(MessageState::Failed),
    }
}

/// Makes and records the letters of the week shown, in the language of the page.
///
/// # Errors
/// [`ServerError::NoLetters`] where no report is overdue.
pub async fn issue_letters(
    state: web::Data<State>,
    view: View,
) -> Result<HttpResponse, ServerError> {
    let issued = web::block(move || {
        let order = LetterOrder {
            known_on: view.known_moment(state.latest_moment()?),
            language: view.language,
            issuer: ISSUER.to_owned(),
            by: view.visitor.name(),
            template: None,
        };
        let week = view.as_of.map(Week::containing);
        issue(&state, week, &order, |_| Ok(()))
    })
    .await??;
    let place = format!("{}#letter-{}", view.link("/late"), issued.0.number);
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

/// Mails issued letters to the contacts of the provinces, each in its language.
///
/// # Errors
/// [`ServerError`] where there are none, or no mail is sent from here; nothing is queued then.
pub async fn mail_issued(
    state: web::Data<State>,
    view: View,
    number: web::Path<i64>,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    web::block(move || mail_letters(&state, number, &view.visitor.name())).await??;
    let place = format!("{}#letter-{number}", view.link("/late"));
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

/// Gives issued letters in one archive, as they were issued.
///
/// # Errors
/// [`ServerError::NotFound`] where none have the number.
pub async fn get_letters(
    state: web::Data<State>,
    number: web::Path<i64>,
) -> Result<HttpResponse, ServerError> {
    let number = number.into_inner();
    let found = web::block(move || state.store.find_letters(number)).await??;
    let (letters, bytes) =
        found.ok_or_else(|| ServerError::NotFound(format!("letters {number}")))?;
    let name = format!("sohoa-letters-{}-{number}.zip", letters.issue.week_ending);
    let kind = "application/zip";
    Ok(Download { name, kind, bytes }.answer())
}
