//! The notes of the officers: a figure that falls carries its reason, and the intake gets an answer where it asks.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::scenario::Levels;
use super::schedule::{Kind, Report};

/// Goes through the reports of one province in the order of their arrival and explains the figures that fall.
pub(super) fn annotate(reports: &mut [Report]) {
    let mut known = Known::new();
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
        let answer = standstill(&known, report).or_else(|| surge(&known, report));
        report.reasons.extend(answer.map(str::to_owned));
        known.insert(report.as_of, report.levels);
    }
}

fn add_note(report: &mut Report, note: &str) {
    if report.kind != Kind::Correction {
        report.note = Some(note.to_owned());
    }
    report.reasons.push(note.to_owned());
}

type Known = BTreeMap<NaiveDate, Levels>;

/// What an officer answers when nothing has changed since the report before, which the intake asks about in the end.
fn standstill(known: &Known, report: &Report) -> Option<&'static str> {
    let (_, before) = known.range(..report.as_of).next_back()?;
    let at_work = before.entered > 0 && before.transferred < before.total;
    (at_work && *before == report.levels)
        .then_some("Công việc tạm dừng, chờ kinh phí và khắc phục phần mềm; số liệu không đổi")
}

/// How many times its median increment a week may bring before the officer expects to be asked.
const SURGE: i64 = 4;

/// What an officer answers when a stage has grown far faster than in the half year before.
fn surge(known: &Known, report: &Report) -> Option<&'static str> {
    let half_year = report.as_of.checked_sub_days(Days::new(26 * 7))?;
    let earlier: Vec<Levels> = known
        .range(half_year..report.as_of)
        .map(|(_, levels)| *levels)
        .collect();
    let is_fast = |stage: fn(&Levels) -> i64| {
        let pairs = earlier.windows(2);
        let mut steps: Vec<i64> = pairs
            .map(|pair| stage(&pair[1]) - stage(&pair[0]))
            .collect();
        steps.retain(|step| *step > 0);
        steps.sort_unstable();
        let usual = steps.get(steps.len() / 2)?;
        let last = stage(earlier.last()?);
        Some(stage(&report.levels) - last > SURGE * usual)
    };
    let stages: [fn(&Levels) -> i64; 2] = [|levels| levels.entered, |levels| levels.transferred];
    let fast = stages.into_iter().any(|stage| is_fast(stage) == Some(true));
    fast.then_some("Huy động lực lượng hoàn thành trong kỳ, số liệu tăng nhanh đã được kiểm tra")
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

    #[test]
    fn a_standstill_and_a_surge_have_an_answer_and_no_note() {
        let mut reports = [
            report(1, 1, 500_000),
            report(8, 2, 510_000),
            report(15, 3, 510_000),
            report(22, 4, 550_001),
        ];
        annotate(&mut reports);
        assert!(reports[1].reasons.is_empty());
        assert!(reports[2].reasons[0].starts_with("Công việc tạm dừng"));
        assert!(reports[3].reasons[0].starts_with("Huy động"));
        assert!(reports.iter().all(|report| report.note.is_none()));
    }
}
