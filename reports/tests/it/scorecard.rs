//! The scorecard: what was issued against what came.

use reports::issued::Issued;
use reports::render::{forecast_json, scorecard_json, scorecard_text};
use reports::scorecard::{Ahead, Outcome, Record, Scorecard, Verdict};
use reports::words::record_words;
use serde_json::Value;
use store::domain::{Language, Stage, UnitSeries};

use crate::given::{FIRST_WEEK, Given, deadline, figure, known_on, series, steady, unit, week};

/// The forecast of a week, as a document.
fn document(given: &Given, at: &str) -> String {
    let given = Given {
        series: given.series.clone(),
        deadlines: given.deadlines.clone(),
        reference: given.reference.clone(),
        ..Given::new(Vec::new())
    }
    .at(at);
    String::from_utf8(forecast_json(&given.report()).unwrap()).unwrap()
}

fn issued(given: &Given, weeks: &[&str]) -> Vec<Issued> {
    let one = |(number, at): (i64, &&str)| Issued::read(number, &document(given, at)).unwrap();
    (1..).zip(weeks).map(one).collect()
}

fn score(issued: &[Issued], truth: &Given) -> Scorecard {
    Scorecard::new(
        issued,
        &truth.panel(),
        Stage::Transferred,
        (truth.week, known_on()),
    )
}

fn ahead(scorecard: &Scorecard, weeks: u16) -> &Record {
    scorecard.overall.record(Ahead::Weeks(weeks)).unwrap()
}

/// Ten provinces at a steady pace of their own for 24 weeks, and at another for the 36 after them.
fn provinces(pace_after: impl Fn(i64) -> i64) -> Vec<UnitSeries> {
    let ids = [
        "p01", "p02", "p04", "p06", "p08", "p10", "p11", "p12", "p14", "p15",
    ];
    let one = |(place, id): (i64, &&str)| {
        let step = 800 + 40 * place;
        let count = |week: i64| {
            let after = (week - 24).max(0);
            Some(10_000 + step * week.min(24) + pace_after(step) * after)
        };
        let counts: Vec<Option<i64>> = (0..60).map(count).collect();
        series(id, 200_000, &counts)
    };
    (0..).zip(&ids).map(one).collect()
}

#[test]
fn what_was_made_of_published_figures_is_not_held_against_reports() {
    let counts = [
        ("2022-07-01", "9000"),
        ("2023-01-01", "20000"),
        ("2023-07-01", "30000"),
    ];
    let work = |owner| counts.map(|(as_of, value)| figure(owner, as_of, "transferred", value));
    let total = |owner| figure(owner, "2023-01-01", "total", "60000");
    let of = |owner| work(owner).into_iter().chain([total(owner)]);
    let published = Given {
        published: of("p01").chain(of("vn")).collect(),
        ..Given::new(Vec::new()).at(ISSUED[0])
    };
    let document = String::from_utf8(forecast_json(&published.report()).unwrap()).unwrap();
    let issued = Issued::read(1, &document).unwrap();
    let said = |unit| issued.statement(unit).unwrap();
    for unit in [None, Some(unit("p01"))] {
        assert!(said(unit).is_published && said(unit).said.day().is_some());
        assert!(!said(unit).counts.is_empty());
    }
    let scorecard = score(&[issued], &Given::new(provinces(|step| step)));
    let quarter = ahead(&scorecard, 13);
    assert_eq!((quarter.cases, quarter.not_reported), (0, 0));
}

/// The weeks in which forecasts are issued.
const ISSUED: [&str; 3] = ["2023-W28", "2023-W31", "2023-W33"];

#[test]
fn a_steady_programme_is_held_and_every_median_is_reached() {
    let given = Given::new(provinces(|step| step));
    let scorecard = score(&issued(&given, &ISSUED), &given);
    assert_eq!(scorecard.forecasts.len(), 3);
    assert!(scorecard.methods.is_empty(), "there is one method only");
    let quarter = ahead(&scorecard, 13);
    assert_eq!(
        (quarter.cases, quarter.not_due, quarter.not_reported),
        (30, 0, 0)
    );
    assert!(quarter.coverage[2].held >= quarter.coverage[0].held);
    assert_eq!(quarter.coverage[2].held, 30);
    let error = quarter.error.unwrap();
    assert_eq!((error.cases, error.not_come), (30, 0));
    assert!(
        error.p10 <= error.bias && error.bias <= error.p90,
        "{error:?}"
    );
    // A year ahead lies beyond what is known.
    let year = ahead(&scorecard, 52);
    assert_eq!((year.cases, year.not_due), (0, 30));
    assert!(
        record_words(&scorecard.overall)
            .en
            .starts_with("Of 30 statements made 13 weeks ahead, ")
    );
}

#[test]
fn a_programme_that_slows_down_came_later_than_was_said() {
    let slow = Given::new(provinces(|step| step / 5));
    let weeks = [
        "2023-W28", "2023-W29", "2023-W30", "2023-W31", "2023-W32", "2023-W33",
    ];
    let scorecard = score(&issued(&slow, &weeks), &slow);
    let quarter = ahead(&scorecard, 13);
    let error = quarter.error.unwrap();
    assert!(error.bias > 4.0, "{error:?}");
    assert!(
        error.not_come > 0,
        "some medians were not reached by the end: {error:?}"
    );
    let narrow = &quarter.coverage[0];
    assert_eq!(narrow.verdict(), Verdict::TooSure, "{narrow:?}");
    let words = record_words(&scorecard.overall);
    assert!(words.vi.contains("muộn hơn đã nói"), "{words:?}");
}

#[test]
fn a_corrected_week_is_scored_by_its_correction_and_a_missing_one_not_at_all() {
    let given = Given::new(provinces(|step| step));
    let documents = issued(&given, &ISSUED[..1]);
    // The forecast of week 28 spoke of weeks 32 and 36: the one of p01 is corrected, that of p02 never came.
    let mut now = Given::new(provinces(|step| step));
    let place = |text: &str| usize::try_from(week(text).weeks_since(week(FIRST_WEEK))).unwrap();
    let figure = &mut now.series[0].points[place("2023-W32")].figures[Stage::Transferred.index()];
    figure.as_mut().unwrap().value = crate::given::count(1);
    now.series[1].points.remove(place("2023-W36"));
    let scorecard = score(&documents, &now);
    let (month, two) = (ahead(&scorecard, 4), ahead(&scorecard, 8));
    assert_eq!((month.cases, month.coverage[2].held), (10, 9));
    assert_eq!((two.cases, two.not_reported), (9, 1));
    let nation = &scorecard.national[1];
    assert!(
        matches!(nation.outcome, Outcome::Known { .. }),
        "the nation carries it forward"
    );
}

#[test]
fn a_date_is_scored_when_its_range_has_passed_and_a_chance_when_its_deadline_has() {
    // Both run for 60 weeks at a pace that finishes them in week 40.
    let counts: Vec<Option<i64>> = (0..60)
        .map(|week| Some((1000 * week).min(40_000)))
        .collect();
    let given = Given::new(vec![
        series("p24", 40_000, &counts),
        series("p27", 40_000, &counts),
        steady("p79", 1_000_000, 0, 1000, 60),
    ])
    .with_deadlines(vec![deadline(None, "2024-02-29", "2023-01-01")]);
    let documents = issued(&given, &["2023-W40"]);
    let said = documents[0]
        .statement(Some(crate::given::unit("p24")))
        .unwrap();
    assert!(
        said.chance.is_some() && said.quantiles.len() == 19,
        "{said:?}"
    );
    let early = Given {
        series: given.series.clone(),
        ..Given::new(Vec::new())
    }
    .at("2023-W45");
    let before = score(&documents, &early);
    let dates = before.overall.record(Ahead::Completion).unwrap();
    assert_eq!((dates.cases, dates.not_due), (0, 3));
    assert_eq!(
        (
            before.overall.deadlines.cases,
            before.overall.deadlines.not_due
        ),
        (0, 3)
    );

    let after = score(&documents, &given);
    let deadlines = &after.overall.deadlines;
    assert_eq!((deadlines.cases, deadlines.met), (3, 2));
    assert!(deadlines.brier.unwrap() < 0.25, "{deadlines:?}");
    assert!(
        deadlines.expected > 1.0 && deadlines.expected < 2.5,
        "{deadlines:?}"
    );
}

#[test]
fn the_same_data_in_two_views_are_one_forecast() {
    let given = Given::new(provinces(|step| step));
    let mut documents = issued(&given, &ISSUED[..2]);
    let again = Issued {
        number: 9,
        ..documents[0].clone()
    };
    documents.push(again);
    let scorecard = score(&documents, &given);
    assert_eq!((scorecard.forecasts.len(), scorecard.left_out), (2, 1));
}

#[test]
fn each_method_has_its_own_record() {
    let given = Given::new(provinces(|step| step));
    let mut documents = issued(&given, &ISSUED);
    documents[0].method = "pooled-0".to_owned();
    let scorecard = score(&documents, &given);
    let methods: Vec<(&str, usize)> = scorecard
        .methods
        .iter()
        .map(|(name, score)| (name.as_str(), score.forecasts))
        .collect();
    assert_eq!(methods, [("pooled-0", 1), (reports::forecast::METHOD, 2)]);
}

#[test]
fn a_document_of_version_1_is_read_and_says_no_counts() {
    let given = Given::new(provinces(|step| step));
    let mut document: Value = serde_json::from_str(&document(&given, ISSUED[0])).unwrap();
    document["version"] = 1.into();
    let fields = document.as_object_mut().unwrap();
    fields.remove("paths");
    fields.remove("holidays");
    fields["national"].as_object_mut().unwrap().remove("counts");
    for entry in fields["forecasts"].as_array_mut().unwrap() {
        entry.as_object_mut().unwrap().remove("counts");
    }
    let read = Issued::read(7, &document.to_string()).unwrap();
    assert_eq!(
        (read.version, read.paths),
        (1, reports::forecast::ISSUED_PATHS)
    );
    assert_eq!(read.holidays, None);
    let scorecard = score(&[read], &given);
    assert!(!scorecard.forecasts[0].says_counts);
    assert_eq!(ahead(&scorecard, 4).cases, 0);
}

#[test]
fn a_document_that_is_none_is_a_named_error() {
    let error = Issued::read(3, "{}").unwrap_err();
    assert_eq!(error.to_string(), "forecast 3 cannot be read");
    let given = Given::new(provinces(|step| step));
    let strange = document(&given, ISSUED[0]).replace("\"2023-W28\"", "\"2023-W99\"");
    let error = Issued::read(3, &strange).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`2023-W99` in forecast 3 is not known as a week"
    );
}

#[test]
fn nothing_issued_is_an_empty_record() {
    let given = Given::new(provinces(|step| step));
    let scorecard = score(&[], &given);
    assert_eq!(
        record_words(&scorecard.overall).en,
        "No statement has come due yet."
    );
    for language in Language::ALL {
        assert!(scorecard_text(&scorecard, language).ends_with('\n'));
    }
}

#[test]
fn json_holds_every_record_with_its_interval() {
    let given = Given::new(provinces(|step| step));
    let scorecard = score(&issued(&given, &ISSUED), &given);
    let json: Value = serde_json::from_slice(&scorecard_json(&scorecard).unwrap()).unwrap();
    let records = json["overall"]["records"].as_array().unwrap();
    let about: Vec<&Value> = records.iter().map(|record| &record["ahead"]).collect();
    assert_eq!(
        about,
        [4, 8, 13, 26, 52]
            .map(Value::from)
            .iter()
            .chain([&"completion".into()])
            .collect::<Vec<_>>()
    );
    let share = records[0]["coverage"][1]["share"].as_array().unwrap();
    assert!(share[0].as_f64() <= share[1].as_f64() && share[1].as_f64() <= share[2].as_f64());
    assert_eq!(json["national"].as_array().unwrap().len(), 15);
}
