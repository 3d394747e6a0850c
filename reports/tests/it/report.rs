//! The figures of a report: coverage, weighted shares, work and scope apart.

use reports::model::{Change, Group, ProvinceReport};
use store::domain::{Campaign, Share, Stage, Text, UnitView};

use crate::given::{Given, count, day, deadline, known_on, series, steady, unit, week};

#[test]
fn a_missing_report_lowers_the_reported_sum_and_is_named() {
    let given = Given::new(vec![
        steady("p24", 1000, 10, 10, 10),
        steady("p27", 1000, 10, 10, 9),
    ]);
    let report = given.report();
    let headline = report.headline(Stage::Transferred).unwrap();
    assert_eq!(headline.standing.reported.unwrap().value, count(100));
    assert_eq!(headline.standing.estimated_count(), Some(count(190)));
    assert_eq!(
        (
            headline.standing.reporting_count(),
            headline.standing.expected
        ),
        (1, 63)
    );
    assert_eq!(
        headline.carried,
        [(Text::new("Bắc Ninh", "Bac Ninh"), week("2023-W18"))]
    );
    assert_eq!(headline.silent.len(), 61);
    let last = report
        .weekly
        .last()
        .unwrap()
        .stage(Stage::Transferred)
        .unwrap();
    assert_eq!(
        (last.reported, last.estimate, last.reporting),
        (Some(count(100)), Some(count(190)), 1)
    );
    assert_eq!(report.weekly.len(), 10);
    assert_eq!(report.known_on, known_on());
}

#[test]
fn the_national_share_is_weighed_by_totals() {
    // 90 % of 1,000 and 10 % of 9,000: 18 % and not 50 %.
    let given = Given::new(vec![
        series("p24", 1000, &[Some(900)]),
        series("p27", 9000, &[Some(900)]),
    ]);
    let report = given.report();
    assert_eq!(report.share(), Share::of(count(1800), count(10_000)));
    assert_eq!(report.remaining(), Some(count(8200)));
}

#[test]
fn a_larger_total_lowers_the_share_and_takes_no_work_away() {
    let mut series = steady("p24", 1000, 100, 20, 10);
    let before = Given::new(vec![series.clone()]).report();
    series
        .points
        .push(crate::given::point(week("2023-W20"), Some(1100), 290));
    let after = Given::new(vec![series]).report();
    assert!(after.share().unwrap().to_f64() < before.share().unwrap().to_f64());
    assert_eq!(
        after.change,
        Some(Change {
            compared: 1,
            work: 10,
            corrections: 0,
            scope: 100
        })
    );
    assert_eq!(
        before.change,
        Some(Change {
            compared: 1,
            work: 20,
            corrections: 0,
            scope: 0
        })
    );
}

#[test]
fn only_units_that_reported_both_weeks_are_compared() {
    let falling = series("p27", 1000, &[Some(50), Some(40)]);
    let fresh = series("p79", 1000, &[None, Some(500)]);
    let report = Given::new(vec![steady("p24", 1000, 100, 20, 2), falling, fresh]).report();
    assert_eq!(
        report.change,
        Some(Change {
            compared: 2,
            work: 20,
            corrections: -10,
            scope: 0
        })
    );
    assert_eq!(report.row(unit("p79")).unwrap().change, None);
}

#[test]
fn the_merger_is_neither_work_nor_scope() {
    let before =
        |id, done| crate::given::series_from("2025-W25", id, 1000, &[Some(done), Some(done + 10)]);
    let after = crate::given::series_from("2025-W27", "q24", 2000, &[Some(325)]);
    let report = Given::new(vec![before("p24", 100), before("p27", 200), after]).report();
    assert_eq!(
        report.change,
        Some(Change {
            compared: 1,
            work: 5,
            corrections: 0,
            scope: 0
        })
    );
    assert_eq!(report.rows.len(), 34);
}

#[test]
fn groups_follow_the_chance_of_meeting_the_deadline() {
    let given = Given::new(vec![
        steady("p24", 10_000, 6000, 200, 12),
        steady("p27", 100_000, 6000, 200, 12),
        steady("p79", 1000, 1000, 0, 12),
        steady("p01", 1000, 10, 0, 12),
        steady("p48", 1000, 10, 10, 2),
    ]);
    let given = given.with_deadlines(vec![
        deadline(None, "2024-12-31", "2023-01-01"),
        deadline(Some("p27"), "2023-12-31", "2023-01-01"),
    ]);
    let report = given.report();
    let groups =
        ["p24", "p27", "p79", "p01", "p48", "p92"].map(|id| report.row(unit(id)).unwrap().group);
    assert_eq!(
        groups,
        [
            Group::OnCourse,
            Group::AtRisk,
            Group::Done,
            Group::AtRisk,
            Group::NoFigure,
            Group::NoFigure
        ]
    );
    assert_eq!(
        Group::ALL.map(|group| report.count_in(group)),
        [2, 59, 1, 1]
    );
    let first: Vec<_> = report
        .rows_by_urgency()
        .iter()
        .take(2)
        .map(|row| row.unit)
        .collect();
    assert_eq!(first, [unit("p01"), unit("p27")]);
}

/// The two members of the new Bắc Ninh, the second a week late, with deadlines and campaigns of several owners.
fn bac_ninh() -> Given {
    let series = vec![
        steady("p24", 10_000, 6000, 200, 12),
        steady("p27", 10_000, 6000, 200, 11),
    ];
    let campaign = |owner: Option<&str>, first_day: &str| Campaign {
        unit: owner.map(unit),
        first_day: day(first_day),
        last_day: day(first_day),
        name: Text::same(first_day),
    };
    let mut given = Given::new(series)
        .viewed(UnitView::New34)
        .with_deadlines(vec![
            deadline(None, "2024-12-31", "2020-09-15"),
            deadline(Some("p24"), "2023-12-31", "2023-04-01"),
            deadline(Some("p24"), "2024-06-30", "2024-01-01"),
            deadline(Some("p01"), "2023-12-31", "2023-04-01"),
        ]);
    given.reference.calendar.campaigns = vec![
        campaign(Some("p27"), "2023-05-01"),
        campaign(Some("p01"), "2023-05-01"),
        campaign(None, "2023-06-01"),
        campaign(None, "2021-06-01"),
    ];
    given
}

#[test]
fn the_report_of_a_unit_carries_its_own_series_deadlines_and_campaigns() {
    let (report, missing) = bac_ninh().with_input(|input| {
        let national = reports::model::NationalReport::new(input).unwrap();
        let of = |id| ProvinceReport::new(input, &national, unit(id));
        (of("q24").unwrap(), of("p24"))
    });
    assert!(missing.is_none());
    assert_eq!(report.name.vi, "Bắc Ninh");
    assert_eq!(
        report
            .members
            .iter()
            .map(|(_, name)| name.vi.as_str())
            .collect::<Vec<_>>(),
        ["Bắc Giang", "Bắc Ninh"]
    );
    let last = report
        .weekly
        .last()
        .unwrap()
        .stage(Stage::Transferred)
        .unwrap();
    assert_eq!(
        (last.reported, last.estimate),
        (Some(count(8200)), Some(count(16_200)))
    );
    assert_eq!((last.reporting, last.expected), (1, 2));
    let due: Vec<_> = report
        .deadlines
        .iter()
        .map(|deadline| deadline.due_on.to_string())
        .collect();
    assert_eq!(due, ["2024-12-31", "2023-12-31"]);
    let campaigns: Vec<_> = report
        .campaigns
        .iter()
        .map(|campaign| campaign.first_day.to_string())
        .collect();
    assert_eq!(campaigns, ["2023-05-01", "2023-06-01"]);
}
