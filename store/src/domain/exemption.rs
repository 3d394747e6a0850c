//! Exemptions: weeks for which nobody reminds a unit of its report. The report still counts as missing.

use chrono::{DateTime, NaiveDate, Utc};

use super::{UnitId, Week};

/// The most days of an exemption: half a year. One that never ended would be silence by another name.
pub const LONGEST_EXEMPTION: i64 = 182;

/// Weeks for which a unit is not reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Whose.
    pub unit: UnitId,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day; it ends by itself after it.
    pub last_day: NaiveDate,
    /// Why.
    pub reason: String,
}

/// An exemption with who gave it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedExemption {
    /// The exemption.
    pub exemption: Exemption,
    /// Who gave it.
    pub by: String,
    /// When it became known.
    pub at: DateTime<Utc>,
}

impl Exemption {
    /// Whether it ends after it begins, and within [`LONGEST_EXEMPTION`] days.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        let days = (self.last_day - self.first_day).num_days() + 1;
        (1..=LONGEST_EXEMPTION).contains(&days)
    }

    /// What ends the exemption of a unit before a week: an exemption of one day that no week ends on.
    #[must_use]
    pub fn ended(unit: UnitId, week: Week, reason: String) -> Self {
        Self {
            unit,
            first_day: week.first_day(),
            last_day: week.first_day(),
            reason,
        }
    }
}

/// The exemption of a unit that covers the end of a week, of all in the order recorded.
///
/// The latest of those that have begun rules, so a later one cuts an earlier one short. `None` where the unit has to report.
#[must_use]
pub fn exemption_in_force(
    exemptions: &[RecordedExemption],
    unit: UnitId,
    week: Week,
) -> Option<&RecordedExemption> {
    let begun = |one: &&RecordedExemption| {
        one.exemption.unit == unit && one.exemption.first_day <= week.last_day()
    };
    let ruling = exemptions.iter().rev().find(begun)?;
    (ruling.exemption.last_day >= week.last_day()).then_some(ruling)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(first_day: &str, last_day: &str) -> RecordedExemption {
        RecordedExemption {
            exemption: Exemption {
                unit: UnitId::parse("p24").unwrap(),
                first_day: first_day.parse().unwrap(),
                last_day: last_day.parse().unwrap(),
                reason: "bão".to_owned(),
            },
            by: "lan".to_owned(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn covers(exemptions: &[RecordedExemption], day: &str) -> bool {
        let unit = UnitId::parse("p24").unwrap();
        let week = Week::containing(day.parse().unwrap());
        exemption_in_force(exemptions, unit, week).is_some()
    }

    #[test]
    fn an_exemption_ends_by_itself_and_a_later_one_cuts_it_short() {
        let storm = recorded("2025-02-03", "2025-03-02");
        let exemptions = [storm.clone()];
        assert!(!covers(&exemptions, "2025-01-30"));
        assert!(covers(&exemptions, "2025-02-04"));
        assert!(covers(&exemptions, "2025-02-26"));
        assert!(!covers(&exemptions, "2025-03-04"));
        let week = Week::containing("2025-02-18".parse().unwrap());
        let end = RecordedExemption {
            exemption: Exemption::ended(storm.exemption.unit, week, "đã xong".to_owned()),
            ..storm.clone()
        };
        let exemptions = [storm, end];
        assert!(covers(&exemptions, "2025-02-10"), "what was is not undone");
        assert!(!covers(&exemptions, "2025-02-18"));
        assert!(!covers(&exemptions, "2025-02-26"));
        let other = UnitId::parse("p22").unwrap();
        assert_eq!(exemption_in_force(&exemptions, other, week), None);
    }

    #[test]
    fn an_exemption_has_an_end_that_can_be_seen() {
        assert!(recorded("2025-02-03", "2025-02-03").exemption.is_bounded());
        assert!(recorded("2025-01-01", "2025-07-01").exemption.is_bounded());
        assert!(!recorded("2025-01-01", "2025-07-02").exemption.is_bounded());
        assert!(!recorded("2025-02-03", "2025-02-02").exemption.is_bounded());
    }
}
