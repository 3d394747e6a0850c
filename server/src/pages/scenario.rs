//! The scenario room: what a decision would change, asked by a form whose address is the scenario.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use reports::forecast::{Change, DeadlineOutlook, DeadlinePace, Scenario};
use reports::model::{Compared, WhatIf};
use reports::words;
use serde::Deserialize;
use store::domain::{Language, Text, UnitId};

use super::figures::page;
use super::forecast::days;
use super::{Page, html};
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::{View, part};

/// The records that one more team does in a full working week, where nothing else is asked.
const TEAM: f64 = 1000.0;

/// The largest percentage that is asked of a capacity.
const MOST_PERCENT: f64 = 1000.0;

/// The scenario as the form sends it; each part may be absent or empty.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ScenarioQuery {
    unit: Option<String>,
    percent: Option<String>,
    from: Option<String>,
    giver: Option<String>,
    taker: Option<String>,
    share: Option<String>,
    moved_on: Option<String>,
    campaign: Option<String>,
    begins: Option<String>,
    ends: Option<String>,
    deadline: Option<String>,
    team: Option<String>,
}

impl ScenarioQuery {
    /// The names of its parts.
    pub(crate) const PARTS: [&'static str; 12] = [
        "unit", "percent", "from", "giver", "taker", "share", "moved_on", "campaign", "begins",
        "ends", "deadline", "team",
    ];

    /// Takes the parts from where they stand.
    pub(crate) fn of(part: impl Fn(&str) -> Option<String>) -> Self {
        let [
            unit,
            percent,
            from,
            giver,
            taker,
            share,
            moved_on,
            campaign,
            begins,
            ends,
            deadline,
            team,
        ] = Self::PARTS.map(part);
        Self {
            unit,
            percent,
            from,
            giver,
            taker,
            share,
            moved_on,
            campaign,
            begins,
            ends,
            deadline,
            team,
        }
    }
}

/// The scenario that was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked {
    unit: Option<UnitId>,
    percent: Option<f64>,
    from: Option<NaiveDate>,
    giver: Option<UnitId>,
    taker: Option<UnitId>,
    share: Option<f64>,
    moved_on: Option<NaiveDate>,
    campaign: Option<f64>,
    begins: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    team: Option<f64>,
}

impl Asked {
    /// Reads the parts.
    ///
    /// # Errors
    /// [`ServerError::Malformed`] naming the part that cannot be read.
    pub(crate) fn read(query: &ScenarioQuery) -> Result<Self, ServerError> {
        let unit = |name, text: &Option<String>| part(name, text.as_deref(), UnitId::parse);
        let day = |name, text: &Option<String>| part(name, text.as_deref(), |day| day.parse().ok());
        let number = |name, text: &Option<String>, most: f64| {
            let within = |number: &f64| (0.0..=most).contains(number);
            part(name, text.as_deref(), |text| {
                text.trim().parse().ok().filter(within)
            })
        };
        Ok(Self {
            unit: unit("unit", &query.unit)?,
            percent: number("percent", &query.percent, MOST_PERCENT)?,
            from: day("from", &query.from)?,
            giver: unit("giver", &query.giver)?,
            taker: unit("taker", &query.taker)?,
            share: number("share", &query.share, 100.0)?,
            moved_on: day("moved_on", &query.moved_on)?,
            campaign: number("campaign", &query.campaign, MOST_PERCENT)?,
            begins: day("begins", &query.begins)?,
            ends: day("ends", &query.ends)?,
            deadline: day("deadline", &query.deadline)?,
            team: number("team", &query.team, 1e9)?,
        })
    }

    /// The changes; those without a day begin on `first_day`.
    fn scenario(&self, first_day: NaiveDate) -> Scenario {
        let mut changes = Vec::new();
        if let (Some(unit), Some(percent)) = (self.unit, self.percent) {
            changes.push(Change::Rate {
                unit: Some(unit),
                factor: percent / 100.0,
                from: self.from.unwrap_or(first_day),
            });
        }
        if let (Some(from_unit), Some(to_unit), Some(share)) = (self.giver, self.taker, self.share)
        {
            changes.push(Change::Move {
                from_unit,
                to_unit,
                share: share / 100.0,
                from: self.moved_on.unwrap_or(first_day),
            });
        }
        if let Some(percent) = self.campaign.filter(|percent| *percent > 0.0) {
            let rate = |factor, from| Change::Rate {
                unit: None,
                factor,
                from,
            };
            let factor = percent / 100.0;
            changes.push(rate(factor, self.begins.unwrap_or(first_day)));
            changes.extend(self.ends.map(|ends| rate(1.0 / factor, ends)));
        }
        changes.extend(
            self.deadline
                .map(|due_on| Change::Deadline { unit: None, due_on }),
        );
        Scenario { changes }
    }

    /// Puts the scenario beside the forecast of a snapshot.
    ///
    /// # Errors
    /// [`ServerError::NotFound`] where it names a unit that does not report.
    pub(crate) fn what_if(&self, snapshot: &Snapshot) -> Result<(Scenario, WhatIf), ServerError> {
        let report = &snapshot.report;
        let reports = |unit: &UnitId| {
            let mut rows = report.rows.iter();
            rows.any(|row| row.forecast.reporters.contains(unit))
        };
        let named = [self.unit, self.giver, self.taker];
        if let Some(unit) = named.into_iter().flatten().find(|unit| !reports(unit)) {
            return Err(ServerError::NotFound(format!("{unit}")));
        }
        let scenario = self.scenario(report.week.plus(1).first_day());
        let what_if = WhatIf::new(&snapshot.input(), &scenario, self.team.unwrap_or(TEAM));
        let what_if = what_if.map_err(|error| ServerError::Internal(error.to_string()))?;
        Ok((scenario, what_if))
    }

    /// The address of this scenario, without the view.
    fn path(&self) -> String {
        let parts = [
            self.unit.map(|value| format!("unit={value}")),
            self.percent.map(|value| format!("percent={value}")),
            self.from.map(|value| format!("from={value}")),
            self.giver.map(|value| format!("giver={value}")),
            self.taker.map(|value| format!("taker={value}")),
            self.share.map(|value| format!("share={value}")),
            self.moved_on.map(|value| format!("moved_on={value}")),
            self.campaign.map(|value| format!("campaign={value}")),
            self.begins.map(|value| format!("begins={value}")),
            self.ends.map(|value| format!("ends={value}")),
            self.deadline.map(|value| format!("deadline={value}")),
            self.team.map(|value| format!("team={value}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            "/forecast/scenario".to_owned()
        } else {
            format!("/forecast/scenario?{}", parts.join("&"))
        }
    }
}

#[derive(Template)]
#[template(path = "scenario.html")]
struct ScenarioPage {
    page: Page,
    asked: Asked,
    is_zero: bool,
    units: Vec<(UnitId, String)>,
    national: Beside,
    rows: Vec<Beside>,
    unchanged: usize,
    has_published: bool,
    teams: Vec<Team>,
    team: String,
}

/// One row: the forecast beside the scenario.
struct Beside {
    name: String,
    base: Side,
    changed: Side,
    later: String,
}

/// The dates, the chance and the rate that is needed.
struct Side {
    days: Option<[String; 3]>,
    chance: Option<String>,
    required: Option<String>,
}

struct Team {
    unit: UnitId,
    name: String,
    sooner: String,
    late_sooner: String,
}

impl Beside {
    fn new(name: String, compared: &Compared<'_>, language: Language) -> Self {
        let side = |completion: Option<_>, deadline: Option<&DeadlineOutlook>| {
            let pace = deadline.map(|outlook| outlook.pace);
            Side {
                days: completion.and_then(|completion| days(completion, language)),
                chance: pace.and_then(DeadlinePace::chance).map(words::chance_words),
                required: pace
                    .and_then(DeadlinePace::required_rate)
                    .map(|rate| words::rate_words(rate, language)),
            }
        };
        Self {
            name,
            base: side(compared.base, compared.base_deadline),
            changed: side(compared.changed, compared.changed_deadline),
            later: words::or_dash(
                compared
                    .days_later(50)
                    .map(|later| words::signed_days(later, language)),
            ),
        }
    }
}

/// Shows a scenario beside the forecast.
///
/// # Errors
/// [`ServerError`] where the address cannot be read, names a unit that does not report, or the database does not answer.
pub async fn get_scenario(
    state: web::Data<State>,
    view: View,
    query: web::Query<ScenarioQuery>,
) -> Result<HttpResponse, ServerError> {
    let asked = Asked::read(&query)?;
    let shown = web::block(move || {
        let snapshot = find_or_build(&state, &view)?;
        scenario_page(&snapshot, view, asked)
    });
    html(&shown.await??)
}

fn scenario_page(
    snapshot: &Snapshot,
    view: View,
    asked: Asked,
) -> Result<ScenarioPage, ServerError> {
    let (report, language) = (&snapshot.report, view.language);
    let name = |unit: UnitId| report.name(unit).in_language(language).to_owned();
    let reporters = report.rows.iter().flat_map(|row| &row.forecast.reporters);
    let units: Vec<(UnitId, String)> = reporters.map(|unit| (*unit, name(*unit))).collect();
    let (scenario, what_if) = asked.what_if(snapshot)?;
    let team = asked.team.unwrap_or(TEAM);
    let rows: Vec<Beside> = what_if
        .changed_units()
        .map(|(unit, compared)| Beside::new(name(unit), &compared, language))
        .collect();
    let sooner =
        |days: Option<i64>| words::or_dash(days.map(|days| words::signed_days(-days, language)));
    let title = Text::new("Nếu thay đổi thì sao?", "What if?");
    let nation = language.pick("Toàn quốc", "The nation").to_owned();
    Ok(ScenarioPage {
        page: page(snapshot, view, &asked.path(), &title),
        is_zero: scenario.changes.is_empty(),
        units,
        national: Beside::new(nation, &what_if.national(), language),
        unchanged: what_if.base.units.len() - rows.len(),
        has_published: report.has_published(),
        rows,
        teams: what_if
            .teams
            .iter()
            .map(|effect| Team {
                unit: effect.unit,
                name: name(effect.unit),
                sooner: sooner(effect.days),
                late_sooner: sooner(effect.late_days),
            })
            .collect(),
        team: words::rate_words(team, language),
        asked,
    })
}
