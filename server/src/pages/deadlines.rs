//! Deadlines, campaigns and totals with their history: by when, with which effort, and of how much.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use reports::model::{TotalStep, total_history};
use serde::Deserialize;
use store::domain::{Campaign, Deadline, DeadlineKind, Language, Text, UnitId, deadline_in_force};

use super::figures::page as framed;
use super::{Page, html};
use crate::error::ServerError;
use crate::planning::Announced;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::{View, part};

#[derive(Template)]
#[template(path = "deadlines.html")]
struct DeadlinesPage {
    page: Page,
    today: NaiveDate,
    deadlines: Vec<DeadlineRow>,
    campaigns: Vec<CampaignRow>,
    totals: Vec<TotalRow>,
    /// The unit whose totals are shown one by one, with them; `None` where none is asked for.
    steps: Option<(String, Vec<Step>)>,
    units: Vec<(UnitId, String)>,
    kinds: Vec<(&'static str, &'static str)>,
}

struct DeadlineRow {
    unit: Option<UnitId>,
    name: String,
    due_on: String,
    announced_on: String,
    kind: &'static str,
    source: String,
    in_force: bool,
}

struct CampaignRow {
    unit: Option<UnitId>,
    name: String,
    title: String,
    first_day: String,
    last_day: String,
    state: &'static str,
    mark: &'static str,
}

/// How the total of a row has grown.
struct TotalRow {
    unit: Option<UnitId>,
    name: String,
    first: String,
    first_week: String,
    now: String,
    growth: String,
    changes: usize,
    last: Option<(String, String)>,
}

/// A total from a week on.
struct Step {
    week: String,
    total: String,
    change: Option<String>,
}

/// Whose totals are shown one by one.
#[derive(Debug, Deserialize)]
pub struct Which {
    unit: Option<String>,
}

/// A deadline or a campaign as the forms send them.
#[derive(Debug, Deserialize)]
pub struct PlanForm {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    kind: String,
    first: String,
    #[serde(default)]
    last: String,
    text: String,
    #[serde(default)]
    text_en: String,
}

/// Shows the histories; to a province the nation's and its own.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_deadlines(
    state: web::Data<State>,
    view: View,
    which: web::Query<Which>,
) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || shown(&state, view, which.unit.as_deref())).await??)
}

/// Records a deadline and leads back to the list.
///
/// # Errors
/// [`ServerError`] where a field cannot be read or the archive does not take it.
pub async fn record_deadline(
    state: web::Data<State>,
    view: View,
    form: web::Form<PlanForm>,
) -> Result<HttpResponse, ServerError> {
    let place = view.link("/deadlines");
    web::block(move || {
        let kind = part("kind", Some(&form.kind), DeadlineKind::from_key)?;
        let days = (needed("first", &form.first)?, day("last", &form.last)?);
        let kind = kind.unwrap_or(DeadlineKind::Plan);
        form.announced(&state)?
            .record_deadline(&state, days, kind, &view.visitor.name())
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

/// Records a campaign and leads back to the list.
///
/// # Errors
/// As [`record_deadline`].
pub async fn record_campaign(
    state: web::Data<State>,
    view: View,
    form: web::Form<PlanForm>,
) -> Result<HttpResponse, ServerError> {
    let place = format!("{}#campaigns", view.link("/deadlines"));
    web::block(move || {
        let days = (needed("first", &form.first)?, needed("last", &form.last)?);
        form.announced(&state)?
            .record_campaign(&state, days, &view.visitor.name())
    })
    .await??;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

impl PlanForm {
    fn announced(&self, state: &State) -> Result<Announced<'_>, ServerError> {
        Ok(Announced {
            unit: part("unit", Some(&self.unit), |text| known_unit(state, text))?,
            vi: &self.text,
            en: &self.text_en,
        })
    }
}

fn known_unit(state: &State, text: &str) -> Option<UnitId> {
    UnitId::parse(text).filter(|unit| state.reference.units.find(*unit).is_some())
}

fn day(name: &'static str, text: &str) -> Result<Option<NaiveDate>, ServerError> {
    part(name, Some(text), |text| text.parse().ok())
}

fn needed(name: &'static str, text: &str) -> Result<NaiveDate, ServerError> {
    day(name, text)?.ok_or_else(|| ServerError::malformed(name, ""))
}

fn shown(state: &State, view: View, asked: Option<&str>) -> Result<DeadlinesPage, ServerError> {
    let asked = part("unit", asked, |text| known_unit(state, text))?;
    let units = &state.reference.units;
    let own =
        |unit: &Option<UnitId>| unit.is_none_or(|unit| view.visitor.reaches(units, &[unit].into()));
    if !own(&asked) {
        return Err(ServerError::Forbidden);
    }
    let (snapshot, today) = (find_or_build(state, &view)?, state.today());
    let language = view.language;
    let name = |unit: Option<UnitId>| match unit {
        None => language.pick("Toàn quốc", "The nation").to_owned(),
        Some(unit) => units.name_on(unit, today).in_language(language).to_owned(),
    };
    let input = snapshot.input();
    let mut deadlines: Vec<&Deadline> = input.deadlines.iter().collect();
    deadlines.retain(|deadline| own(&deadline.unit));
    deadlines.sort_by_key(|one| std::cmp::Reverse((one.announced_on, one.due_on, one.unit)));
    let mut campaigns: Vec<&Campaign> = input.campaigns.iter().collect();
    campaigns.retain(|campaign| own(&campaign.unit));
    campaigns.sort_by_key(|one| std::cmp::Reverse((one.first_day, one.last_day, one.unit)));
    let rows = snapshot.report.rows.iter().map(|row| Some(row.unit));
    let nation = view.visitor.province().is_none().then_some(None);
    let rows = nation.into_iter().chain(rows).filter(own);
    let title = Text::new(
        "Thời hạn, tổng số, đợt cao điểm",
        "Deadlines, totals and campaigns",
    );
    Ok(DeadlinesPage {
        page: framed(&snapshot, view, "/deadlines", &title),
        today,
        deadlines: deadlines
            .into_iter()
            .map(|one| deadline_row(one, input.deadlines, (name(one.unit), today), language))
            .collect(),
        campaigns: campaigns
            .into_iter()
            .map(|one| campaign_row(one, (name(one.unit), today), language))
            .collect(),
        totals: rows
            .filter_map(|unit| total_row(&snapshot, unit, name(unit), language))
            .collect(),
        steps: asked.map(|unit| (name(Some(unit)), steps(&snapshot, Some(unit), language))),
        units: units
            .existing_on(today)
            .map(|unit| (unit.id, name(Some(unit.id))))
            .collect(),
        kinds: [
            DeadlineKind::Plan,
            DeadlineKind::Legal,
            DeadlineKind::Campaign,
        ]
        .map(|kind| (kind.key(), kind_name(kind, language)))
        .into(),
    })
}

fn deadline_row(
    deadline: &Deadline,
    all: &[Deadline],
    (name, today): (String, NaiveDate),
    language: Language,
) -> DeadlineRow {
    DeadlineRow {
        unit: deadline.unit,
        name,
        due_on: language.date(deadline.due_on),
        announced_on: language.date(deadline.announced_on),
        kind: kind_name(deadline.kind, language),
        source: deadline.source.in_language(language).to_owned(),
        in_force: deadline_in_force(all, deadline.unit, today) == Some(deadline),
    }
}

fn campaign_row(
    campaign: &Campaign,
    (name, today): (String, NaiveDate),
    language: Language,
) -> CampaignRow {
    let (state, mark) = if today < campaign.first_day {
        (language.pick("sắp tới", "to come"), "plain")
    } else if campaign.last_day < today {
        (language.pick("đã kết thúc", "over"), "plain")
    } else {
        (language.pick("đang diễn ra", "under way"), "good")
    };
    CampaignRow {
        unit: campaign.unit,
        name,
        title: campaign.name.in_language(language).to_owned(),
        first_day: language.date(campaign.first_day),
        last_day: language.date(campaign.last_day),
        state,
        mark,
    }
}

fn signed(number: i64, language: Language) -> String {
    let plus = if number > 0 { "+" } else { "" };
    format!("{plus}{}", language.whole(number))
}

fn total_row(
    snapshot: &Snapshot,
    unit: Option<UnitId>,
    name: String,
    language: Language,
) -> Option<TotalRow> {
    let history = total_history(&snapshot.input(), unit);
    let (first, now) = (history.first()?, history.last()?);
    Some(TotalRow {
        unit,
        name,
        first: language.count(first.total),
        first_week: first.week.to_string(),
        now: language.count(now.total),
        growth: signed(now.total.to_i64() - first.total.to_i64(), language),
        changes: history.len() - 1,
        last: now
            .change
            .map(|change| (now.week.to_string(), signed(change, language))),
    })
}

fn steps(snapshot: &Snapshot, unit: Option<UnitId>, language: Language) -> Vec<Step> {
    let history = total_history(&snapshot.input(), unit).into_iter().rev();
    let step = |step: TotalStep| Step {
        week: step.week.to_string(),
        total: language.count(step.total),
        change: step.change.map(|change| signed(change, language)),
    };
    history.map(step).collect()
}

const fn kind_name(kind: DeadlineKind, language: Language) -> &'static str {
    match kind {
        DeadlineKind::Legal => language.pick("Quy định pháp luật", "Law or decree"),
        DeadlineKind::Plan => language.pick("Kế hoạch", "Plan"),
        DeadlineKind::Campaign => language.pick("Hết đợt cao điểm", "End of a campaign"),
    }
}
