//! What changed between two meetings: the parts of the national change, and every cell that differs.

use actix_web::{HttpResponse, web};
use askama::Template;
use reports::model::{ChangeFilter, ChangeKind, ChangeOrder, ChangeRow};
use reports::render::{changes_csv, changes_xlsx, national_change_rows};
use reports::words::stage_name;
use serde::Deserialize;
use store::domain::{Language, Reported, Scheme, SubmissionId, Text, UnitId};

use super::page::moment;
use super::{Download, Page, XLSX, html};
use crate::error::ServerError;
use crate::meetings::{Asked, Since};
use crate::state::State;
use crate::view::{KnownOn, View, part};

/// How many cells a page shows.
const SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    page: Page,
    /// The two moments, as the form and links carry them.
    from: String,
    to: String,
    /// What both meetings looked at, in words.
    meetings: [String; 2],
    national: Vec<Vec<String>>,
    compared: String,
    kinds: Vec<Choice>,
    orders: Vec<Choice>,
    units: Vec<Choice>,
    rows: Vec<Row>,
    /// How many cells differ in all, and which of them stand here.
    count: String,
    stretch: String,
    before: Option<String>,
    after: Option<String>,
    csv: String,
    xlsx: String,
}

struct Choice {
    key: String,
    name: String,
    chosen: bool,
}

struct Row {
    unit: UnitId,
    name: String,
    as_of: String,
    part: String,
    stage: String,
    before: String,
    after: String,
    difference: String,
    kind: String,
    mark: &'static str,
    reason: String,
    by: String,
    at: String,
    submission: SubmissionId,
    file: String,
}

/// Which moments, and which cells in which order.
#[derive(Clone, Debug, Deserialize)]
pub struct ChangesQuery {
    from: Option<String>,
    to: Option<String>,
    unit: Option<String>,
    kind: Option<String>,
    order: Option<String>,
    page: Option<String>,
}

/// What was asked for, read.
struct Question {
    from: Option<KnownOn>,
    to: Option<KnownOn>,
    filter: ChangeFilter,
    page: usize,
}

impl Question {
    fn read(query: &ChangesQuery, view: &View) -> Result<Self, ServerError> {
        let moment = |name, value: &Option<String>| part(name, value.as_deref(), KnownOn::parse);
        let to = moment("to", &query.to)?.or(view.known_on.map(KnownOn::Day));
        let page = |text: &str| {
            text.parse()
                .ok()
                .filter(|page| (1..=1_000_000).contains(page))
        };
        Ok(Self {
            from: moment("from", &query.from)?,
            to,
            filter: ChangeFilter {
                unit: part("unit", query.unit.as_deref(), UnitId::parse)?,
                kind: part("kind", query.kind.as_deref(), ChangeKind::from_key)?,
                order: part("order", query.order.as_deref(), ChangeOrder::from_key)?
                    .unwrap_or_default(),
            },
            page: part("page", query.page.as_deref(), page)?.unwrap_or(1),
        })
    }

    fn find(&self, state: &State, view: &View) -> Result<Since, ServerError> {
        let asked = Asked {
            from: self.from,
            to: self.to,
            as_of: view.as_of,
            view: view.units,
        };
        Since::find(state, asked)
    }
}

/// Shows what changed between two moments: the last meeting and now where none are named.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_changes(
    state: web::Data<State>,
    view: View,
    asked: web::Query<ChangesQuery>,
) -> Result<HttpResponse, ServerError> {
    let question = Question::read(&asked, &view)?;
    html(&web::block(move || shown(&state, view, &question)).await??)
}

/// Gives the cells that differ as CSV or XLSX, all of those that the filter lets through.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such form; else as [`list_changes`].
pub async fn get_changes_file(
    state: web::Data<State>,
    ending: web::Path<String>,
    view: View,
    asked: web::Query<ChangesQuery>,
) -> Result<HttpResponse, ServerError> {
    let question = Question::read(&asked, &view)?;
    let file = web::block(move || {
        let since = question.find(&state, &view)?;
        let rows = since
            .cells
            .filtered(&question.filter, &state.reference.units);
        let (language, moments) = (view.language, since.moments());
        let (kind, bytes) = match ending.as_str() {
            "csv" => {
                let csv = changes_csv(&rows, language).map_err(reports::pack::PackError::from)?;
                ("text/csv; charset=utf-8", csv)
            }
            "xlsx" => {
                let synthetic = state.store.holds_synthetic(moments.to)?;
                (XLSX, changes_xlsx(&rows, moments, synthetic, language)?)
            }
            other => return Err(ServerError::NotFound(format!("changes.{other}"))),
        };
        let name = format!("{}.{ending}", language.pick("thay-doi", "changes"));
        Ok(Download { name, kind, bytes })
    })
    .await??;
    Ok(file.answer())
}

fn shown(state: &State, view: View, question: &Question) -> Result<ChangesPage, ServerError> {
    let since = question.find(state, &view)?;
    let (language, units) = (view.language, &state.reference.units);
    let rows = since.cells.filtered(&question.filter, units);
    let synthetic = state.store.holds_synthetic(since.later.known_on)?;
    let title = Text::new(
        "Thay đổi từ cuộc họp trước",
        "Changes since the last meeting",
    );
    let stamp = |meeting: crate::meetings::Meeting| KnownOn::address(meeting.known_on);
    let (from, to) = (stamp(since.earlier), stamp(since.later));
    let link =
        |path: &str, page: usize| address(&view, path, (&from, &to), (&question.filter, page));
    let skipped = (question.page - 1) * SHOWN;
    let whole = |count: usize| language.whole(i64::try_from(count).unwrap_or(i64::MAX));
    let end = rows.len().min(skipped + SHOWN);
    let meeting = |meeting: crate::meetings::Meeting| {
        format!(
            "{} {}, {} {}",
            language.pick("số liệu tuần", "figures of week"),
            meeting.week,
            language.pick("ghi nhận đến", "known on"),
            moment(language, meeting.known_on)
        )
    };
    Ok(ChangesPage {
        page: Page::new(view, "/changes", &title, synthetic),
        meetings: [meeting(since.earlier), meeting(since.later)],
        national: national_change_rows(&since.national, language),
        compared: whole(since.national.compared),
        kinds: kinds(&since, &question.filter, language),
        orders: orders(&question.filter, language),
        units: unit_choices(state, question.filter.unit, language),
        count: whole(rows.len()),
        stretch: format!("{}–{}", whole(end.min(skipped + 1)), whole(end)),
        before: (question.page > 1).then(|| link("/changes", question.page - 1)),
        after: (end < rows.len()).then(|| link("/changes", question.page + 1)),
        csv: link("/changes.csv", 1),
        xlsx: link("/changes.xlsx", 1),
        rows: rows
            .into_iter()
            .skip(skipped)
            .take(SHOWN)
            .map(|one| row(one, language))
            .collect(),
        from,
        // A form without the later moment asks for now.
        to: question.to.map_or_else(String::new, |_| to.clone()),
    })
}

/// The address of a list of changes with everything that was asked for.
fn address(
    view: &View,
    path: &str,
    (from, to): (&str, &str),
    (filter, page): (&ChangeFilter, usize),
) -> String {
    let mut address = format!("{path}?from={from}&to={to}&order={}", filter.order.key());
    for (name, value) in [
        ("unit", filter.unit.map(|unit| unit.to_string())),
        ("kind", filter.kind.map(|kind| kind.key().to_owned())),
        ("page", (page > 1).then(|| page.to_string())),
    ] {
        if let Some(value) = value {
            address.extend(["&", name, "=", value.as_str()]);
        }
    }
    // The later moment stands in the address already.
    View {
        known_on: None,
        ..*view
    }
    .link(&address)
}

fn kinds(since: &Since, filter: &ChangeFilter, language: Language) -> Vec<Choice> {
    let choice = |kind: ChangeKind| {
        let count = i64::try_from(since.cells.count_of(kind)).unwrap_or(i64::MAX);
        let name = kind.name();
        Choice {
            key: kind.key().to_owned(),
            name: format!("{} ({})", name.in_language(language), language.whole(count)),
            chosen: filter.kind == Some(kind),
        }
    };
    ChangeKind::ALL.map(choice).into()
}

fn orders(filter: &ChangeFilter, language: Language) -> Vec<Choice> {
    let choice = |order: ChangeOrder| Choice {
        key: order.key().to_owned(),
        name: order.name().in_language(language).to_owned(),
        chosen: filter.order == order,
    };
    ChangeOrder::ALL.map(choice).into()
}

fn unit_choices(state: &State, chosen: Option<UnitId>, language: Language) -> Vec<Choice> {
    let today = state.today();
    let units = &state.reference.units;
    let all = [Scheme::New34, Scheme::Old63]
        .into_iter()
        .flat_map(|scheme| units.of_scheme(scheme));
    all.map(|unit| Choice {
        key: unit.id.to_string(),
        name: units
            .name_on(unit.id, today)
            .in_language(language)
            .to_owned(),
        chosen: chosen == Some(unit.id),
    })
    .collect()
}

fn row(row: &ChangeRow, language: Language) -> Row {
    let change = &row.change;
    let value = |reported: Option<Reported>| {
        reported.map_or_else(
            || "–".to_owned(),
            |reported| {
                let about = if reported.approximate {
                    "≈\u{a0}"
                } else {
                    ""
                };
                format!("{about}{}", language.count(reported.count))
            },
        )
    };
    let sign = |difference: i64| {
        let plus = if difference > 0 { "+" } else { "" };
        format!("{plus}{}", language.whole(difference))
    };
    Row {
        unit: change.cell.unit,
        name: row.name.in_language(language).to_owned(),
        as_of: language.date(change.cell.as_of),
        part: row.part.in_language(language).to_owned(),
        stage: stage_name(change.cell.stage)
            .in_language(language)
            .to_owned(),
        before: value(change.before),
        after: value(change.after),
        difference: row.difference().map_or_else(|| "–".to_owned(), sign),
        kind: row.kind.name().in_language(language).to_owned(),
        mark: match row.kind {
            ChangeKind::Correction => "warn",
            ChangeKind::Withdrawal => "bad",
            ChangeKind::NewFigure => "plain",
        },
        reason: change.reason.clone().unwrap_or_default(),
        by: change.by.clone(),
        at: moment(language, change.at),
        submission: change.submission,
        file: change.file_name.clone(),
    }
}
