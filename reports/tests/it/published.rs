//! Forecasts from published figures, where nobody reported.

use reports::forecast::{
    Change, DeadlinePace, NEED_PUBLISHED, Prepared, Scenario, State, StatedCount,
};
use reports::model::Group;
use reports::render::{forecast_csv, forecast_json, forecast_text};
use reports::words::{outcome_words, published_words};
use store::domain::{Approximation, Language, PublishedFigure, Stage, UnitSeries, UnitView, Week};

use crate::given::{Given, count, day, deadline, figure, of, steady, unit, week};

const LAST: &str = "2025-W01";

/// What the ministry published of the nation up to the end of 2024.
fn nation() -> Vec<PublishedFigure> {
    vec![
        figure("vn", "2023-07-10", "transferred", "32000000"),
        figure("vn", "2023-12-25", "transferred", "36000000"),
        figure("vn", "2024-06-30", "total", "100000000"),
        figure("vn", "2024-06-30", "transferred", "50000000"),
        figure("vn", "2024-12-31", "transferred", "77000000"),
    ]
}

fn province(id: &str) -> Vec<PublishedFigure> {
    let counts = [
        ("2024-03-31", "400000"),
        ("2024-06-30", "500000"),
        ("2024-09-30", "610000"),
        ("2024-12-31", "720000"),
    ];
    let work = counts.map(|(as_of, value)| figure(id, as_of, "transferred", value));
    let total = figure(id, "2024-03-31", "total", "1000000");
    work.into_iter().chain([total]).collect()
}

fn given(series: Vec<UnitSeries>, published: Vec<PublishedFigure>) -> Given {
    Given {
        published,
        ..Given::new(series).at(LAST)
    }
}

fn median_in_weeks(state: &State) -> i64 {
    let date = state.completion().and_then(|date| date.p50());
    let date = date.unwrap_or_else(|| panic!("{state:?}"));
    Week::containing(date).weeks_since(week(LAST))
}

#[test]
fn the_nation_is_forecast_from_its_published_figures_where_nobody_reports() {
    let forecast = given(Vec::new(), nation()).forecast();
    let national = &forecast.national;
    let basis = national.published_basis().unwrap();
    assert_eq!(basis.counts.len(), 4);
    assert_eq!(basis.last().map(|last| last.count), Some(count(77_000_000)));
    assert_eq!(forecast.as_of, day("2024-12-31"));
    // 14 and 27 million in the last two half years, 23 to 33 left.
    let date = national.completion.as_ref().unwrap();
    let weeks = median_in_weeks(&State::Forecast(date.clone()));
    assert!((15..=60).contains(&weeks), "{weeks}");
    let width = (date.p90().unwrap() - date.p10().unwrap()).num_weeks();
    assert!(width > 12, "four figures tell no day: {width}");
    assert!(national.most_done.as_ref().unwrap().p50() < date.p50());
    // No province is forecast, and none is counted.
    assert!(
        forecast
            .units
            .iter()
            .all(|row| row.state == State::NotReported)
    );
    assert_eq!((national.done, national.total), (None, None));
    assert_eq!(
        national.fan.first().map(|point| point.week),
        Some(week(LAST))
    );
}

#[test]
fn reports_of_half_of_the_units_take_the_place_of_the_nations_figures() {
    let units: Vec<String> = Given::new(Vec::new())
        .reference
        .units
        .of_scheme(store::domain::Scheme::Old63)
        .map(|unit| unit.id.to_string())
        .collect();
    let reporting = |many: usize| {
        let series = units.iter().take(many);
        let series = series.map(|id| steady(id, 100_000, 20_000, 500, 3));
        given(series.collect(), nation()).forecast().national
    };
    let few = reporting(31);
    assert!(few.published_basis().is_some() && few.excluded.is_empty());
    // What was reported stays what it is, and is not added to.
    assert_eq!(few.total, Some(count(3_100_000)));
    let many = reporting(32);
    assert_eq!((many.published.is_some(), many.excluded.len()), (false, 63));
}

#[test]
fn a_unit_is_forecast_from_its_own_figures_until_its_first_report() {
    let silent = given(
        vec![steady("p27", 100_000, 20_000, 500, 90)],
        province("p24"),
    );
    let forecast = silent.forecast();
    let row = of(&forecast, "p24");
    let weeks = median_in_weeks(&row.state);
    assert!(
        (20..=60).contains(&weeks),
        "a quarter of the total is left at 110 a quarter: {weeks}"
    );
    assert_eq!((row.done, row.total, row.share()), (None, None, None));
    assert_eq!(
        row.published.as_ref().map(|basis| basis.counts.len()),
        Some(4)
    );
    assert_eq!(
        forecast.national.excluded.len(),
        62,
        "the nation is that of reports"
    );

    let first = steady("p24", 1_000_000, 100_000, 6500, 96);
    let last = UnitSeries {
        points: first.points[95..].to_vec(),
        ..first
    };
    let reported = given(vec![last], province("p24")).forecast();
    let row = of(&reported, "p24");
    assert_eq!(row.state, State::TooShort { have: 1, need: 6 });
    assert_eq!(row.published, None);
}

#[test]
fn a_reported_total_counts_and_a_contradicted_one_does_not() {
    let totals = |total: i64| {
        let mut series = steady("p24", total, 0, 0, 96);
        for point in &mut series.points {
            point.figures = [None; 7];
            let total = store::domain::Figure::whole(count(total));
            point.figures[Stage::Total.index()] = Some(total);
        }
        given(vec![series], province("p24")).forecast()
    };
    let total = |forecast: &reports::forecast::Forecast| {
        let basis = of(forecast, "p24").published.clone().unwrap();
        basis
            .total
            .map(|total: StatedCount| (total.count, total.wording))
    };
    let more = totals(900_000);
    assert_eq!(total(&more), Some((count(900_000), Approximation::Exact)));
    assert!(of(&more, "p24").state.completion().is_some());
    let less = totals(600_000);
    assert_eq!(total(&less), None);
    assert_eq!(of(&less, "p24").state, State::NoTotal);
}

#[test]
fn too_few_figures_are_told_as_such() {
    let mut few = province("p24");
    few.retain(|figure| figure.as_of > day("2024-06-30") || figure.measure == "total");
    few.extend(nation().into_iter().skip(2));
    let given = given(Vec::new(), few);
    let report = given.report();
    let row = report.row(unit("p24")).unwrap();
    let need = NEED_PUBLISHED;
    assert_eq!(row.forecast.state, State::TooShort { have: 2, need });
    assert_eq!(
        outcome_words(&row.forecast).en,
        "never reported; at least 3 published figures needed, 2 so far"
    );
    let national = &report.forecast.national;
    assert_eq!(
        (national.published_basis(), &national.completion),
        (None, &None)
    );
    assert_eq!(national.excluded.len(), 63);
    assert_eq!(
        published_words(&report).unwrap().vi,
        "Số liệu đã công bố: cần ít nhất 3 con số công bố, mới có 2."
    );
}

#[test]
fn figures_of_later_days_other_stages_and_other_records_are_not_looked_at() {
    let base = given(Vec::new(), nation()).forecast();
    let mut more = nation();
    more.push(figure("vn", "2025-01-06", "transferred", "99000000"));
    more.push(figure("vn", "2024-11-30", "digitized", "88000000"));
    more.push(figure("vn", "2024-11-30", "in_national_db", "88000000"));
    let births = figure("vn", "2024-11-30", "transferred", "60000000");
    more.push(PublishedFigure {
        record_type: "birth".to_owned(),
        ..births.clone()
    });
    more.push(PublishedFigure {
        count_unit: "book".to_owned(),
        ..births.clone()
    });
    more.push(PublishedFigure {
        value: "60.5".to_owned(),
        ..births
    });
    assert_eq!(given(Vec::new(), more).forecast(), base);
}

#[test]
fn the_digest_covers_the_figures_and_their_order_does_not_matter() {
    let base = given(Vec::new(), nation()).report();
    let mut reversed = nation();
    reversed.reverse();
    let same = given(Vec::new(), reversed).report();
    assert_eq!((&same.forecast, same.digest), (&base.forecast, base.digest));
    let mut worded = nation();
    worded[1].approximation = Approximation::Nearly;
    let other = given(Vec::new(), worded).report();
    assert_ne!(other.forecast.digest, base.forecast.digest);
    assert_ne!(other.digest, base.digest);
    // Two that contradict each other leave open what is between them.
    let mut twice = nation();
    twice.push(figure("vn", "2024-12-31", "transferred", "70000000"));
    let wide = given(Vec::new(), twice)
        .forecast()
        .national
        .completion
        .unwrap();
    let narrow = base.forecast.national.completion.as_ref().unwrap();
    assert_ne!(&wide, narrow);
}

#[test]
fn what_nobody_uses_changes_no_digest() {
    let series = || vec![steady("p24", 100_000, 20_000, 500, 90)];
    let reports = given(series(), Vec::new()).report();
    let beside = given(series(), province("p24")).report();
    assert_eq!(reports.forecast, beside.forecast);
    assert_eq!(reports.digest, beside.digest);
}

#[test]
fn no_scenario_touches_published_figures_but_a_deadline_judges_them() {
    let given = given(Vec::new(), [nation(), province("p24")].concat())
        .with_deadlines(vec![deadline(None, "2025-12-31", "2020-09-15")]);
    given.with_input(|input| {
        let prepared = Prepared::new(&input.forecast_input()).unwrap();
        let base = prepared.forecast();
        assert_eq!(prepared.under(&Scenario::default()), base);
        let row = of(&base, "p24");
        let chance = |pace: DeadlinePace| pace.chance().unwrap().value();
        let outlook = row.deadline.as_ref().unwrap();
        assert!(chance(outlook.pace) > 0.5);
        let sooner = Change::Deadline {
            unit: None,
            due_on: day("2025-03-31"),
        };
        let faster = Change::Rate {
            unit: None,
            factor: 2.0,
            from: day("2025-01-06"),
        };
        let changes = vec![sooner, faster];
        let under = prepared.unit_under(unit("p24"), &Scenario { changes });
        let under = under.unwrap();
        assert_eq!(under.state, row.state);
        assert!(chance(under.deadline.unwrap().pace) < chance(outlook.pace));
        assert!(base.national.deadline.is_some());
    });
}

#[test]
fn a_province_that_became_one_unit_alone_has_the_figures_of_both_its_names() {
    // Sơn La is p14 before the merger and q14 after it.
    let mut figures = province("p14");
    figures.push(figure("q14", "2025-09-30", "transferred", "900000"));
    let given = Given {
        published: figures,
        ..Given::new(Vec::new())
            .at("2025-W40")
            .viewed(UnitView::New34)
    };
    let forecast = given.forecast();
    let basis = of(&forecast, "q14").published.clone().unwrap();
    assert_eq!(basis.counts.len(), 5);
}

#[test]
fn every_form_of_the_table_names_the_source() {
    let report = given(Vec::new(), [nation(), province("p24")].concat()).report();
    let english = forecast_text(&report, Language::En);
    for words in [
        "The national count is forecast to reach the total",
        "made of 4 figures published as of 10 Jul 2023 to 31 Dec 2024, not of reports",
        "the latest: more than 77,000,000 of a total of more than 100,000,000",
        "from figures published as of 31 Dec 2024, not from reports",
        "0 of 63 units reported",
    ] {
        assert!(english.contains(words), "{words}: {english}");
    }
    let vietnamese = forecast_text(&report, Language::Vi);
    for words in [
        "Dự báo số cả nước đạt tổng số",
        "gần nhất: trên 77.000.000 trong tổng số trên 100.000.000",
        "mỗi tuần làm việc thêm khoảng 1.0",
        "từ số liệu công bố đến 31/12/2024, không phải từ báo cáo",
    ] {
        assert!(vietnamese.contains(words), "{words}: {vietnamese}");
    }
    let json: serde_json::Value = serde_json::from_slice(&forecast_json(&report).unwrap()).unwrap();
    let national = &json["national"];
    assert_eq!(national["source"], "published");
    assert_eq!(national["state"], "forecast");
    assert_eq!(national["published"]["counts"][3]["count"], 77_000_000);
    assert_eq!(national["published"]["counts"][3]["wording"], "more_than");
    assert!(national["p50"].is_string() && national["done"].is_null());
    let rows = json["forecasts"].as_array().unwrap();
    let of_unit = |id: &str| rows.iter().find(|row| row["unit"] == id).unwrap();
    assert_eq!(of_unit("p24")["source"], "published");
    assert_eq!(of_unit("p24")["total"], serde_json::Value::Null);
    assert_eq!(of_unit("p27")["source"], "reports");
    let csv = String::from_utf8(forecast_csv(&report).unwrap()).unwrap();
    let line = |id: &str| csv.lines().find(|line| line.starts_with(id)).unwrap();
    assert!(csv.lines().next().unwrap().ends_with(",slowest,source"));
    assert!(line("p24").ends_with(",published"));
    // Groups are of reports.
    assert_eq!(report.count_in(Group::NoFigure), 63);
}

#[test]
fn hostile_figures_are_a_state_and_never_a_panic() {
    let values = ["0", "1", "999999999999999999", "1000000000000"];
    let days = ["1800-01-01", "1900-06-01", "2024-12-30", "2024-12-31"];
    for total in ["0", "1000000000000"] {
        let mut figures: Vec<PublishedFigure> = days
            .into_iter()
            .zip(values)
            .map(|(as_of, value)| figure("vn", as_of, "transferred", value))
            .collect();
        figures.push(figure("vn", "2024-01-01", "total", total));
        let national = given(Vec::new(), figures).forecast().national;
        let horizon = week(LAST).plus(260).last_day();
        if let Some(date) = national.completion {
            assert!(date.p10().is_none_or(|day| day <= horizon));
            assert!(date.never.is_finite());
        }
    }
}
