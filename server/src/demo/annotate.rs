//! The notes of the officers: a figure that falls carries its reason.

use std::collections::BTreeMap;

use super::scenario::Levels;
use super::schedule::{Kind, Report};

/// Goes through the reports of one province in the order of their arrival and explains the figures that fall.
pub(super) fn annotate(reports: &mut [Report]) {
    let mut known: BTreeMap<_, Levels> = BTreeMap::new();
    for report in reports {
        let before = known
            .range(..report.as_of)
            .next_back()
            .map(|(_, levels)| *levels);
        let after = known
            .range(report.as_of..)
            .find(|(day, _)| **day > report.as_of);
        let after = after.map(|(_, levels)| *levels);
        if let Some(note) = before.and_then(|before| fall(before, report.levels)) {
            add_note(report, note);
        }
        if after.is_some_and(|after| fall(report.levels, after).is_some()) {
            add_note(report, "Số liệu các kỳ sau đã được rà soát, loại trùng");
        }
        known.insert(report.as_of, report.levels);
    }
}

fn add_note(report: &mut Report, note: &str) {
    if report.kind != Kind::Correction {
        report.note = Some(note.to_owned());
    }
    report.reasons.push(note.to_owned());
}

/// Why a figure is lower than an earlier one; `None` where none is.
fn fall(before: Levels, after: Levels) -> Option<&'static str> {
    if after.entered < before.entered || after.transferred < before.transferred {
        return Some("Giảm do loại các trường hợp nhập trùng của kỳ trước");
    }
    (after.total < before.total)
        .then_some("Giảm tổng số do loại trùng khi đối chiếu lại với sổ gốc")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::super::scenario::day;
    use super::*;

    fn report(date: u32, arrives: i64, entered: i64) -> Report {
        Report {
            kind: Kind::Weekly,
            week: 0,
            as_of: day(2024, 3, date),
            received_at: DateTime::from_timestamp(arrives, 0).unwrap(),
            levels: Levels {
                total: 1_000_000,
                entered,
                transferred: 0,
            },
            blank: Vec::new(),
            note: None,
            difficulty: None,
            reasons: Vec::new(),
        }
    }

    #[test]
    fn a_fall_carries_a_note_whichever_file_comes_first() {
        let mut reports = [
            report(1, 1, 500_000),
            report(15, 2, 480_000),
            report(8, 3, 490_000),
        ];
        annotate(&mut reports);
        assert_eq!(reports[0].note, None);
        assert!(reports[1].note.as_ref().unwrap().starts_with("Giảm do"));
        assert!(reports[2].note.is_some() && !reports[2].reasons.is_empty());
    }

    #[test]
    fn an_ordinary_step_needs_no_word() {
        let mut reports = [report(1, 1, 500_000), report(8, 2, 510_000)];
        annotate(&mut reports);
        assert!(reports[1].note.is_none() && reports[1].reasons.is_empty());
    }
}
