//! Who needs help most: the units at risk that fall furthest short of what their deadline asks for.

use store::domain::{Text, UnitId};

use super::group::Group;
use super::national::{NationalReport, UnitRow};

/// A unit that needs help.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: Text,
    /// Records per full working week that are missing to the required rate; `None` where no rate is required any more,
    /// because the deadline has passed or there is none.
    pub short: Option<f64>,
    /// How many times its actual rate is required; `None` where it stands still or no rate is required.
    pub times: Option<f64>,
}

/// The units at risk, those that fall furthest short of the required rate first; then those without a required rate, the one
/// with most left to do first.
#[must_use]
pub fn most_in_need(report: &NationalReport) -> Vec<Need> {
    let at_risk = report.rows.iter().filter(|row| row.group == Group::AtRisk);
    let mut rows: Vec<(Need, &UnitRow)> = at_risk.map(|row| (Need::of(row), row)).collect();
    rows.sort_by(|(one, own), (other, others)| {
        let short = |need: &Need| need.short.unwrap_or(f64::NEG_INFINITY);
        short(other)
            .total_cmp(&short(one))
            .then(others.forecast.remaining().cmp(&own.forecast.remaining()))
            .then(one.unit.cmp(&other.unit))
    });
    rows.into_iter().map(|(need, _)| need).collect()
}

impl Need {
    fn of(row: &UnitRow) -> Self {
        let pace = row.forecast.deadline.as_ref().map(|outlook| outlook.pace);
        let required = pace.and_then(crate::forecast::DeadlinePace::required_rate);
        let actual = row.forecast.actual_rate.filter(|rate| *rate > 0.0);
        Self {
            unit: row.unit,
            name: row.name.clone(),
            short: required.map(|required| required - actual.unwrap_or(0.0)),
            times: required
                .zip(actual)
                .map(|(required, actual)| required / actual),
        }
    }
}
