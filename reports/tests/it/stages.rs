//! Several stages: the slowest sets the date, every surface names the same one, and one stage alone can be asked for.

use reports::forecast::{Followed, UnitForecast};
use reports::issued::Issued;
use reports::render::{forecast_csv, forecast_json};
use reports::words::{bottleneck_words, outlook_words, slowest_words, stage_name};
use store::domain::{Figure, Stage, UnitSeries};

use crate::given::{Given, count, day, of, steady};

/// Transferred is at 20 % and gains 2 % a week; entered is as far ahead as asked and gains as much as asked.
fn chain(id: &str, entered: i64, step: i64) -> UnitSeries {
    let mut series = steady(id, 100_000, 20_000, 2000, 21);
    for (place, point) in (0..).zip(&mut series.points) {
        let done = (entered + step * place).min(100_000);
        point.figures[Stage::Entered.index()] = Some(Figure::whole(count(done)));
    }
    series
}

/// A province that enters slowly what it transfers fast, and one that has long entered nearly all.
fn provinces() -> Given {
    Given::new(vec![chain("p24", 55_000, 300), chain("p27", 80_000, 900)])
}

fn median(row: &UnitForecast) -> chrono::NaiveDate {
    row.state.completion().unwrap().p50().unwrap()
}

#[test]
fn no_stage_gets_ahead_of_a_slower_one_before_it() {
    let alone = |stage| provinces().following(Followed::One(stage)).forecast();
    let (entered, transferred) = (alone(Stage::Entered), alone(Stage::Transferred));
    let chain = provinces().following(Followed::Slowest).forecast();
    assert_eq!(chain.stages, [Stage::Entered, Stage::Transferred]);
    assert_eq!(transferred.stages, [Stage::Transferred]);
    // 39,000 are left to enter at 300 a week, 40,000 to transfer at 2,000: by itself the transfer would be done in 20 weeks.
    let [slow, fast] = [&chain, &transferred].map(|forecast| median(of(forecast, "p24")));
    assert!((slow - fast).num_days() > 180, "{slow} {fast}");
    assert!((slow - median(of(&entered, "p24"))).num_days() > -30);
    let row = of(&chain, "p24");
    let dates: Vec<Stage> = row.stages.iter().map(|date| date.stage).collect();
    assert_eq!(dates, [Stage::Entered, Stage::Transferred]);
    for date in &row.stages {
        assert!(date.completion.p50() <= row.state.completion().unwrap().p50());
    }
    // What counts as done is what was transferred, as without the chain.
    assert_eq!(row.done, of(&transferred, "p24").done);
    assert!(of(&entered, "p24").done > row.done);
    // The fan of the transfer never leaves that of the entries behind.
    let last = row.fan.last().unwrap();
    assert!(last.p50 <= count(100_000));
}

#[test]
fn a_stage_that_stands_still_holds_up_those_after_it_until_it_begins_again() {
    let still = Given::new(vec![chain("p24", 61_000, 0), chain("p27", 80_000, 900)]);
    let alone = still.following(Followed::One(Stage::Transferred));
    let free = median(of(&alone.forecast(), "p24"));
    let held = alone.following(Followed::Slowest).forecast();
    assert!(median(of(&held, "p24")) > free);
}

#[test]
fn the_bottleneck_and_the_forecast_name_the_same_stage() {
    let given = provinces().following(Followed::Slowest);
    let report = given.report();
    for row in &report.rows {
        let Some(slowest) = row.slowest() else {
            continue;
        };
        let queue = row.bottleneck.slowest().unwrap();
        assert_eq!(slowest.stage, queue.to, "{:?}", row.unit);
    }
    let words = slowest_words(&report).unwrap();
    let queue = report.bottleneck.slowest().unwrap();
    let name = stage_name(queue.to);
    assert!(
        words.vi.contains(&name.vi) && words.en.contains(&name.en),
        "{words:?}"
    );
    assert!(outlook_words(&report).vi.contains(&words.vi));
    assert!(bottleneck_words(Some(queue)).en.contains(&name.en));
    // Asked for one stage, the sentence says that.
    let one = provinces()
        .following(Followed::One(Stage::Entered))
        .report();
    let words = slowest_words(&one).unwrap();
    assert!(words.en.contains("the stage “Entered” alone"), "{words:?}");
}

#[test]
fn documents_keep_what_was_followed_and_older_ones_followed_their_stage() {
    for followed in [Followed::Slowest, Followed::One(Stage::Entered)] {
        let report = provinces().following(followed).report();
        let document = String::from_utf8(forecast_json(&report).unwrap()).unwrap();
        let issued = Issued::read(1, &document).unwrap();
        assert_eq!(
            (issued.followed, issued.stage),
            (followed, followed.stage())
        );
        let older = document.replace(&format!("  \"followed\": \"{}\",\n", followed.key()), "");
        assert_ne!(older, document);
        let issued = Issued::read(1, &older).unwrap();
        assert_eq!(issued.followed, Followed::One(followed.stage()));
        let json: serde_json::Value = serde_json::from_str(&document).unwrap();
        let row = &json["forecasts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["unit"] == "p24");
        let row = row.unwrap();
        let csv = String::from_utf8(forecast_csv(&report).unwrap()).unwrap();
        let line = csv.lines().find(|line| line.starts_with("p24,")).unwrap();
        let slowest = row["slowest"].as_str().unwrap();
        assert!(line.ends_with(&format!("{slowest},reports")), "{line}");
        let dates = row["stages"].as_array().unwrap();
        assert!(
            dates
                .iter()
                .all(|date| date["p50"].as_str().unwrap() > "2023")
        );
    }
}

#[test]
fn the_same_stage_of_two_questions_has_two_digests_and_each_question_one_answer() {
    let of = |followed| provinces().following(followed).forecast();
    let (chain, alone) = (of(Followed::Slowest), of(Followed::One(Stage::Transferred)));
    assert_ne!(chain.digest, alone.digest);
    assert_eq!(of(Followed::Slowest), chain);
    let report = |followed| provinces().following(followed).report();
    let digests =
        [Followed::Slowest, Followed::One(Stage::Transferred)].map(|one| report(one).digest);
    assert_ne!(digests[0], digests[1]);
}

#[test]
fn the_nation_says_whom_it_waits_for_where_half_of_the_units_are_done_before() {
    let mut series = vec![chain("p24", 55_000, 300)];
    series.extend(["p27", "p30", "p31"].map(|id| chain(id, 80_000, 900)));
    let report = Given::new(series).following(Followed::Slowest).report();
    let half = report.half_done().unwrap();
    assert!(
        half > day("2023-07-31") && half < day("2025-01-01"),
        "{half}"
    );
    let words = outlook_words(&report);
    assert!(
        words.en.contains("the nation waits for the last of them"),
        "{words:?}"
    );
    assert!(words.en.contains("Bac Giang"), "{words:?}");
}
