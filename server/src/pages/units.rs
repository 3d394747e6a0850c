//! The units: the 63 and the 34 with their names, codes and days, and which were formed from which on 1 July 2025.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Days, NaiveDate};
use store::domain::{
    DaysHeld, Language, Scheme, Stage, Standing, Text, Unit, UnitId, UnitView, Units,
};

use super::figures::page as framed;
use super::{Page, html};
use crate::error::ServerError;
use crate::snapshots::{Snapshot, find_or_build};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "units.html")]
struct UnitsPage {
    page: Page,
    lists: Vec<List>,
}

/// One of the two lists of units.
struct List {
    key: &'static str,
    title: &'static str,
    is_old: bool,
    rows: Vec<Row>,
}

struct Row {
    unit: UnitId,
    name: String,
    /// The names it had before.
    earlier: Vec<String>,
    codes: Vec<String>,
    /// The unit that carried the code of today before; `None` where that was nobody else.
    reused: Option<String>,
    days: String,
    /// What it was formed from, or what took it in.
    kin: Vec<(UnitId, String)>,
    population: String,
    /// The total, as far as the visitor may see it and it is known.
    total: Option<String>,
    may_open: bool,
}

/// Shows the units of the view; both lists where they are shown as reported.
///
/// # Errors
/// [`ServerError`] where the address cannot be read or the database does not answer.
pub async fn list_units(state: web::Data<State>, view: View) -> Result<HttpResponse, ServerError> {
    html(&web::block(move || shown(&state, view)).await??)
}

fn shown(state: &State, view: View) -> Result<UnitsPage, ServerError> {
    let snapshot = find_or_build(state, &view)?;
    let language = view.language;
    let list = |scheme| List {
        key: match scheme {
            Scheme::Old63 => "old",
            Scheme::New34 => "new",
        },
        title: match scheme {
            Scheme::Old63 => language.pick(
                "63 tỉnh, thành phố đến hết 30/06/2025",
                "The 63, until 30 Jun 2025",
            ),
            Scheme::New34 => language.pick(
                "34 tỉnh, thành phố từ 01/07/2025",
                "The 34, from 1 Jul 2025",
            ),
        },
        is_old: scheme == Scheme::Old63,
        rows: state
            .reference
            .units
            .of_scheme(scheme)
            .map(|unit| row(unit, &state.reference.units, &snapshot, view))
            .collect(),
    };
    let schemes: &[Scheme] = match view.units {
        UnitView::AsReported => &[Scheme::New34, Scheme::Old63],
        UnitView::Old63 => &[Scheme::Old63],
        UnitView::New34 => &[Scheme::New34],
    };
    let title = Text::new("Đơn vị hành chính", "Units");
    Ok(UnitsPage {
        page: framed(&snapshot, view, "/units", &title),
        lists: schemes.iter().copied().map(list).collect(),
    })
}

fn row(unit: &Unit, units: &Units, snapshot: &Snapshot, view: View) -> Row {
    let language = view.language;
    let name = |unit: &Unit| words(unit.name_on(NaiveDate::MAX), language);
    let kin = unit.successor.iter().chain(units.members(unit.id));
    let kin = kin.filter_map(|id| Some((*id, name(units.find(*id)?))));
    let may_open = view.visitor.reaches(units, &[unit.id].into());
    let report = snapshot.report.rows.iter();
    let mut own = report.filter(|row| row.unit == unit.id && may_open);
    let total = own.next().and_then(|row| {
        let mut standings = row.standings.iter();
        let (_, total) = standings.find(|(stage, _)| *stage == Stage::Total)?;
        Standing::estimated_count(total).map(|count| language.count(count))
    });
    let mut earlier: Vec<String> = unit.every_name().map(|one| words(one, language)).collect();
    earlier.retain(|one| *one != name(unit));
    Row {
        unit: unit.id,
        name: name(unit),
        earlier,
        codes: unit
            .dated_codes()
            .map(|(code, days)| dated(code, days, unit.days(), language))
            .collect(),
        reused: reused(unit, units).map(name),
        days: span(unit.days(), language),
        kin: kin.collect(),
        population: language.whole(i64::try_from(unit.population_2019).unwrap_or(i64::MAX)),
        total,
        may_open,
    }
}

fn words(text: &Text, language: Language) -> String {
    text.in_language(language).to_owned()
}

/// The unit of another name that carried the code of a unit on the day before it was formed.
fn reused<'a>(unit: &Unit, units: &'a Units) -> Option<&'a Unit> {
    let first = unit.first_day()?;
    let before = first.checked_sub_days(Days::new(1))?;
    let other = units.find_by_code(unit.code_on(first)?, before)?;
    (other.name_on(before).vi != unit.name_on(first).vi).then_some(other)
}

/// A code, with its days where they are not those of its unit.
fn dated(code: &str, days: DaysHeld, of_unit: DaysHeld, language: Language) -> String {
    if days == of_unit {
        code.to_owned()
    } else {
        format!("{code} ({})", span(days, language))
    }
}

fn span((first, last): DaysHeld, language: Language) -> String {
    match (first, last) {
        (None, None) => language.pick("từ trước đến nay", "always").to_owned(),
        (Some(first), None) => format!("{} {}", language.pick("từ", "from"), language.date(first)),
        (None, Some(last)) => format!(
            "{} {}",
            language.pick("đến hết", "until"),
            language.date(last)
        ),
        (Some(first), Some(last)) => format!("{} – {}", language.date(first), language.date(last)),
    }
}
