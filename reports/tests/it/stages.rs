//! The stage that a unit is last done with.

use reports::forecast::{Forecast, ForecastInput, PATHS, State, forecast, slowest_stages};
use store::domain::{Stage, UnitSeries};

use crate::given::{Given, series, steady};

/// One forecast a stage; entered is a tenth ahead of transferred, and nothing else was reported.
fn stages(units: Vec<UnitSeries>, stages: &[Stage]) -> Vec<Forecast> {
    let given = Given::new(units);
    let panel = given.panel();
    let of_stage = |stage: &Stage| {
        forecast(&ForecastInput {
            panel: &panel,
            units: &given.reference.units,
            calendar: &given.reference.calendar,
            deadlines: &[],
            week: given.week,
            stage: *stage,
            view: given.view,
            paths: PATHS,
        })
        .unwrap()
    };
    stages.iter().map(of_stage).collect()
}

#[test]
fn the_stage_with_the_latest_median_binds_and_no_date_of_all_is_before_one_of_its_stages() {
    let units = vec![
        steady("p24", 2000, 100, 20, 30),
        steady("p25", 1000, 10, 34, 30),
    ];
    let both = stages(units, &[Stage::Entered, Stage::Transferred]);
    let slowest = slowest_stages(&both);
    assert_eq!(slowest[0].stage, Stage::Transferred);
    // The entering of the second is done: only the transfer is left.
    assert!(both[0].units[1].state.is_done());
    assert_eq!(slowest[1].stage, Stage::Transferred);
    for forecast in &both {
        let dates = forecast.units[0].state.completion().unwrap();
        for (percent, all) in reports::forecast::PERCENTS
            .into_iter()
            .zip(&slowest[0].dates)
        {
            let all = all.expect("both stages have all dates");
            assert!(dates.at(percent).unwrap() <= all, "{percent}");
        }
    }
}

#[test]
fn a_stage_without_a_date_binds_before_all_others() {
    let units = vec![series(
        "p24",
        1000,
        &[Some(10), Some(20), Some(30), Some(40), Some(50), Some(60)],
    )];
    let slowest = slowest_stages(&stages(units, &[Stage::Transferred, Stage::Approved]));
    assert_eq!(slowest[0].stage, Stage::Approved);
    assert_eq!(slowest[0].state, State::NotReported);
    assert!(slowest[0].dates.iter().all(Option::is_none));
    assert!(slowest_stages(&[]).is_empty());
}
