//! Deadlines of the demonstration. The legal one, before 1 January 2025, has passed; these show what a new one does.

use chrono::NaiveDate;
use store::domain::{Deadline, DeadlineKind, Text, UnitId};

use super::scenario::day;

/// A deadline of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoDeadline {
    /// The deadline, in the form the archive keeps.
    pub deadline: Deadline,
    /// Whether it is made up. True for every one of them: no such date was published.
    pub synthetic: bool,
}

/// The made-up deadlines: one for the nation and three of provinces that set themselves another, in order of announcement.
///
/// The day of the national one is that of Notice 27-TB/TGV of 8 June 2025, which asked to finish without naming this date.
#[must_use]
pub fn demo_deadlines() -> Vec<DemoDeadline> {
    let plan = |unit: &str, due_on, announced_on| DemoDeadline {
        deadline: Deadline {
            unit: UnitId::parse(unit),
            due_on,
            announced_on,
            kind: DeadlineKind::Plan,
            source: Text::new(
                "Số liệu giả lập để trình diễn: không phải thời hạn đã được ban hành",
                "Synthetic, for the demonstration: no such deadline was set",
            ),
        },
        synthetic: true,
    };
    vec![
        plan("vn", day(2025, 12, 31), day(2025, 6, 8)),
        plan("p49", day(2025, 9, 30), day(2025, 6, 16)),
        plan("p40", day(2025, 8, 31), day(2025, 6, 17)),
        plan("p12", day(2026, 6, 30), day(2025, 6, 20)),
    ]
}

/// The days on which the demonstration issues a forecast: every half year, and twice around the moved deadline, so
/// that the scorecard and the reasons of a change have something to show.
#[must_use]
pub fn demo_issue_days() -> Vec<NaiveDate> {
    vec![
        day(2023, 1, 9),
        day(2023, 7, 10),
        day(2024, 1, 8),
        day(2024, 7, 8),
        day(2025, 1, 6),
        day(2025, 4, 7),
        day(2025, 7, 7),
    ]
}

#[cfg(test)]
mod tests {
    use store::domain::{Reference, deadline_in_force};

    use super::*;

    #[test]
    fn the_new_deadlines_are_in_force_at_the_end_of_the_demonstration() {
        let mut deadlines = Reference::embedded().deadlines.clone();
        deadlines.extend(demo_deadlines().into_iter().map(|each| each.deadline));
        let due = |unit: Option<&str>, on| {
            let unit = unit.and_then(UnitId::parse);
            deadline_in_force(&deadlines, unit, on).unwrap().due_on
        };
        assert_eq!(due(None, day(2025, 6, 29)), day(2025, 12, 31));
        assert_eq!(due(Some("p49"), day(2025, 6, 29)), day(2025, 9, 30));
        assert_eq!(due(Some("p25"), day(2025, 6, 29)), day(2025, 12, 31));
        assert_eq!(due(None, day(2025, 6, 7)), day(2024, 12, 31));
    }
}
