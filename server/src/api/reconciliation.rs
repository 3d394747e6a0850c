//! The reconciliation with the population database: its summary.
//!
//! Counts of 1 to 4 people are null, and so is the next larger one where the total would tell, as on the pages.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reports::reconciliation::{
    Ageing, Cell, Clearance, FieldRate, Funnel, Interval, ReconciliationReport, Series, publish,
};
use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{Count, LedgerFilter, Outcome, Outcomes, UnitId};

use super::call::Call;
use super::operation::{Operation, shape};
use super::parameter::{AS_OF, KNOWN_ON, LANG, UNIT_PATH, UNITS, VIEW};
use super::problem::Problem;
use super::reply::Reply;
use super::wire::number;
use crate::pages::reconciliation::reconciled;

/// The outcomes of comparing people; null where a count is too small to be shown.
#[derive(Serialize, JsonSchema)]
pub(super) struct OutcomeCounts {
    same: Option<i64>,
    same_variant: Option<i64>,
    differs: Option<i64>,
    unsure: Option<i64>,
    not_found: Option<i64>,
    not_compared: Option<i64>,
}

impl From<Outcomes> for OutcomeCounts {
    fn from(outcomes: Outcomes) -> Self {
        let counts: Vec<Count> = outcomes.iter().map(|(_, count)| count).collect();
        let shown: BTreeMap<Outcome, Option<i64>> =
            Outcome::ALL.into_iter().zip(published(&counts)).collect();
        let get = |outcome| shown.get(&outcome).copied().flatten();
        Self {
            same: get(Outcome::Same),
            same_variant: get(Outcome::SameVariant),
            differs: get(Outcome::Differs),
            unsure: get(Outcome::Unsure),
            not_found: get(Outcome::NotFound),
            not_compared: get(Outcome::NotCompared),
        }
    }
}

/// Parts of a total as they may be shown.
fn published(parts: &[Count]) -> Vec<Option<i64>> {
    let cells = publish(parts).into_iter();
    cells
        .map(|cell| match cell {
            Cell::Shown(count) => Some(count.to_i64()),
            Cell::Hidden => None,
        })
        .collect()
}

/// A count that stands alone, as it may be shown.
pub(super) fn alone(count: Count) -> Option<i64> {
    published(&[count]).pop().flatten()
}

/// A share with its 95 % Wilson interval.
#[derive(Serialize, JsonSchema)]
struct Rate {
    lower: f64,
    point: f64,
    upper: f64,
}

impl From<&Interval> for Rate {
    fn from(interval: &Interval) -> Self {
        Self {
            lower: interval.lower,
            point: interval.point,
            upper: interval.upper,
        }
    }
}

/// The reconciliation of all units or of one, until the week shown.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Reconciliation {
    week: String,
    known_on: DateTime<Utc>,
    /// The unit; null is all.
    unit: Option<String>,
    funnel: FunnelSteps,
    /// Stretches of weeks that compare: a change of rule set begins another.
    series: Vec<Stretch>,
    /// How often fields contradict, by family of rule sets.
    fields: Vec<FieldRates>,
    ageing: AgeingFigures,
}

/// From the book to the linked record; null where it was not reported or is too small to be shown.
#[derive(Serialize, JsonSchema)]
struct FunnelSteps {
    /// Records typed in.
    entered: Option<i64>,
    checked: Option<i64>,
    approved: Option<i64>,
    transferred: Option<i64>,
    /// People compared for the first time.
    compared: Option<i64>,
    /// Of them the same, the same by variant, or settled since; null where rule sets that do not compare would be added up.
    clean: Option<i64>,
    /// Records linked in the population database.
    linked: Option<i64>,
}

#[derive(Serialize, JsonSchema)]
struct Stretch {
    family: String,
    points: Vec<StretchPoint>,
}

#[derive(Serialize, JsonSchema)]
struct StretchPoint {
    week: String,
    rule_sets: Vec<String>,
    outcomes: OutcomeCounts,
    /// Same or same by variant, of the people for whom a pair was found; null without a pair.
    clean: Option<Rate>,
    /// Not found, at least: without a candidate, of all compared; null without any.
    not_found_least: Option<f64>,
    /// Not found, at most: with the unsure.
    not_found_most: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct FieldRates {
    family: String,
    all: Vec<FieldRateEntry>,
    /// The rates of each unit, by its id.
    units: BTreeMap<String, Vec<FieldRateEntry>>,
}

#[derive(Serialize, JsonSchema)]
struct FieldRateEntry {
    field: &'static str,
    contradictions: Option<i64>,
    paired: Option<i64>,
    rate: Rate,
}

/// Open differences: whose move it is and when the pile will be gone.
#[derive(Serialize, JsonSchema)]
struct AgeingFigures {
    /// The last week told; null without an account.
    week: Option<String>,
    owners: Vec<OwnerEntry>,
    /// By week of opening, the latest first.
    triangle: Vec<RunOffEntry>,
    returned: Option<i64>,
    reopened: Option<i64>,
    resolved: Option<i64>,
}

#[derive(Serialize, JsonSchema)]
struct OwnerEntry {
    owner: &'static str,
    open: Option<i64>,
    /// Of them open for more than 13 weeks.
    old: Option<i64>,
    came: Option<i64>,
    resolved: Option<i64>,
    /// `nothing`, `weeks` or `never`.
    clearance: &'static str,
    /// In so many weeks; null unless `clearance` is `weeks`.
    weeks_to_clear: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct RunOffEntry {
    opened_in: String,
    opened: Option<i64>,
    /// The share still open after 4, 8, 13, 26 and 52 weeks; null where it is not over or not told.
    still_open: Vec<Option<f64>>,
}

pub(super) static SUMMARY: Operation = Operation {
    about: (
        "Đối chiếu: phễu, tỷ lệ với khoảng tin cậy, tuổi của các sai lệch còn mở; số từ 1 đến 4 không hiện",
        "Reconciliation: funnel, rates with intervals, ageing of open differences; counts of 1 to 4 are not shown",
    ),
    parameters: &VIEW,
    ..Operation::read(summary, shape::<Reconciliation>)
};

fn summary(call: &Call) -> Result<Reply, Problem> {
    of_units(call, None)
}

pub(super) static OF_UNIT: Operation = Operation {
    about: (
        "Đối chiếu của một đơn vị; số từ 1 đến 4 không hiện",
        "The reconciliation of one unit; counts of 1 to 4 are not shown",
    ),
    parameters: &[UNIT_PATH, LANG, UNITS, AS_OF, KNOWN_ON],
    ..Operation::read(of_unit, shape::<Reconciliation>)
};

fn of_unit(call: &Call) -> Result<Reply, Problem> {
    of_units(call, Some(call.unit()?))
}

fn of_units(call: &Call, unit: Option<UnitId>) -> Result<Reply, Problem> {
    let snapshot = call.snapshot()?;
    let asked = (unit, LedgerFilter::default());
    let report = reconciled(&call.state, &snapshot, asked)?.report;
    Reply::json(&Reconciliation {
        week: snapshot.report.week.to_string(),
        known_on: snapshot.report.known_on,
        unit: unit.map(|unit| unit.to_string()),
        funnel: FunnelSteps::from(&report.funnel),
        series: report.series.iter().map(Stretch::from).collect(),
        fields: field_rates(&report),
        ageing: AgeingFigures::from(&report.ageing),
    })
}

impl From<&Funnel> for FunnelSteps {
    fn from(funnel: &Funnel) -> Self {
        Self {
            entered: number(funnel.done.entered),
            checked: number(funnel.done.checked),
            approved: number(funnel.done.approved),
            transferred: number(funnel.done.transferred),
            compared: alone(funnel.compared),
            clean: funnel.clean.and_then(alone),
            linked: funnel.linked.and_then(alone),
        }
    }
}

impl From<&Series> for Stretch {
    fn from(series: &Series) -> Self {
        let points = series.points.iter().map(|point| StretchPoint {
            week: point.week.to_string(),
            rule_sets: point.rule_sets.clone(),
            outcomes: point.outcomes.into(),
            clean: point.clean.as_ref().map(Rate::from),
            not_found_least: point.not_found.map(|(least, _)| least),
            not_found_most: point.not_found.map(|(_, most)| most),
        });
        Self {
            family: series.family.clone(),
            points: points.collect(),
        }
    }
}

fn field_rates(report: &ReconciliationReport) -> Vec<FieldRates> {
    let entry = |rate: &FieldRate| FieldRateEntry {
        field: rate.field.key(),
        contradictions: alone(rate.contradictions),
        paired: alone(rate.paired),
        rate: Rate::from(&rate.interval),
    };
    let entries = |rates: &[FieldRate]| rates.iter().map(entry).collect::<Vec<_>>();
    let families = report.fields.iter().map(|family| FieldRates {
        family: family.family.clone(),
        all: entries(&family.all),
        units: {
            let units = family.units.iter();
            units
                .map(|(unit, rates)| (unit.to_string(), entries(rates)))
                .collect()
        },
    });
    families.collect()
}

impl From<&Ageing> for AgeingFigures {
    fn from(ageing: &Ageing) -> Self {
        let owners = ageing.owners.iter().map(|stock| OwnerEntry {
            owner: stock.owner.key(),
            open: alone(stock.open),
            old: alone(stock.old),
            came: alone(stock.came),
            resolved: alone(stock.resolved),
            clearance: match stock.clearance {
                Clearance::Nothing => "nothing",
                Clearance::Weeks(_) => "weeks",
                Clearance::Never => "never",
            },
            weeks_to_clear: match stock.clearance {
                Clearance::Weeks(weeks) => Some(weeks),
                Clearance::Nothing | Clearance::Never => None,
            },
        });
        let triangle = ageing.triangle.iter().map(|row| RunOffEntry {
            opened_in: row.opened_in.to_string(),
            opened: alone(row.opened),
            still_open: row.still_open.to_vec(),
        });
        Self {
            week: ageing.week.map(|week| week.to_string()),
            owners: owners.collect(),
            triangle: triangle.collect(),
            returned: alone(ageing.returned),
            reopened: alone(ageing.reopened),
            resolved: alone(ageing.resolved),
        }
    }
}
