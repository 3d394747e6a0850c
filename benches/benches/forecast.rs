//! The forecast of 63 provinces and the nation from three years of weeks, past forecasts and all communes, each beside its
//! budget and the first beside the method of the agile tools. Ends within three minutes; each time is the shortest of a few.

#![expect(clippy::print_stdout, reason = "a measurement prints what it found")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use benches::{Demo, panel, series};
use chrono::{DateTime, Days, NaiveDate, Utc};
use reports::backtest::{BacktestOptions, OriginRange, SeriesFile, backtest};
use reports::forecast::{
    Change, Followed, ForecastInput, HORIZON, ISSUED_PATHS, PATHS, Prepared, Published, Scenario,
    forecast,
};
use store::domain::{Panel, Reference, Stage, UnitView, Week};

fn input<'a>(
    panel: &'a Panel<'a>,
    reference: &'a Reference,
    (followed, paths): (Followed, usize),
) -> ForecastInput<'a> {
    ForecastInput {
        panel,
        published: Published {
            figures: &[],
            measures: &reference.measures,
        },
        units: &reference.units,
        calendar: &reference.calendar,
        deadlines: &reference.deadlines,
        week: last_week(panel),
        followed,
        view: UnitView::AsReported,
        paths,
    }
}

fn last_week(panel: &Panel<'_>) -> Week {
    let last = panel.last_week();
    last.unwrap_or_else(|| unreachable!("the panel has weeks"))
}

/// Weeks drawn from the last eight one by one, as the agile tools do: 63 provinces, no fit, no common error.
fn throughput(weekly: &[u64; 8], goal: u64, paths: usize) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut weeks = 0;
    for _ in 0..63 * paths {
        let mut done = 0;
        for _ in 0..HORIZON {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            done += weekly[usize::try_from(state >> 61).unwrap_or(0)];
            weeks += 1;
            if done >= goal {
                break;
            }
        }
    }
    weeks
}

/// Runs something a few times and prints the shortest of them beside what is asked.
fn measure(what: &str, budget: Option<Duration>, runs: u32, run: impl Fn()) -> Duration {
    let once = |_| {
        let began = Instant::now();
        run();
        began.elapsed()
    };
    let least = (0..runs).map(once).min().unwrap_or_default();
    let asked = budget.map_or_else(String::new, |budget| {
        let part = least.as_secs_f64() / budget.as_secs_f64();
        format!("  of {budget:>6.0?}: {part:.2}")
    });
    println!("{what:<66} {least:>9.1?}{asked}");
    least
}

fn national_forecast() {
    let demo = Demo::make();
    let store = demo.store();
    let reference = Reference::embedded();
    let panel = panel(&store);
    let alone = Followed::One(Stage::Transferred);
    measure("read three years of 63 provinces", None, 3, || {
        black_box(series(&store));
    });
    let half_a_second = Some(Duration::from_millis(500));
    let asked = [
        (alone, ISSUED_PATHS, half_a_second),
        (Followed::Slowest, ISSUED_PATHS, None),
        (alone, PATHS, None),
        (Followed::Slowest, PATHS, None),
    ];
    let mut ours = Duration::ZERO;
    for (followed, paths, budget) in asked {
        let key = followed.key();
        let what = format!("63 provinces, {key}, {paths} paths, with fit and answers");
        let taken = measure(&what, budget, 5, || {
            let forecast = forecast(&input(&panel, reference, (followed, paths)));
            black_box(forecast.is_ok());
        });
        if budget.is_some() {
            ours = taken;
        }
    }
    let what = format!("throughput of 63 units, {ISSUED_PATHS} paths, one thread, no fit");
    let theirs = measure(&what, None, 3, || {
        let weekly = black_box([80, 120, 0, 95, 110, 130, 60, 100]);
        black_box(throughput(&weekly, 20_000, ISSUED_PATHS));
    });
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("ours to throughput: {ratio:.2}");
    what_if(&panel, reference);
}

fn what_if(panel: &Panel<'_>, reference: &Reference) {
    let prepared = Prepared::new(&input(panel, reference, (Followed::Slowest, PATHS)));
    let prepared = prepared.unwrap_or_else(|_| unreachable!("transfers are work"));
    let mut at_work = prepared.forecast().units.into_iter();
    let unit = at_work.find(|unit| unit.state.completion().is_some());
    let unit = unit.map_or_else(|| unreachable!("a province is at work"), |unit| unit.unit);
    let twice = Scenario {
        changes: vec![Change::Rate {
            unit: Some(unit),
            factor: 2.0,
            from: last_week(panel).plus(2).first_day(),
        }],
    };
    let budget = Some(Duration::from_millis(10));
    measure("what if of one province", budget, 20, || {
        black_box(prepared.unit_under(unit, &twice));
    });
}

/// Series of so many units over so many weeks, each at its own pace along a logistic curve.
fn programme(units: u32, weeks: u16) -> SeriesFile {
    let mut text = String::from("unit,week_ending,cumulative,total\n");
    let first = NaiveDate::from_ymd_opt(2024, 1, 7).unwrap_or_default();
    for unit in 0..units {
        let total = 20_000 + 37 * (unit % 900);
        let pace = 0.05 + 0.001 * f64::from(unit % 70);
        for week in 0..weeks {
            let wave = 1.0 + 0.1 * f64::from((u32::from(week) * 7 + unit) % 5);
            let odds = (pace * (f64::from(week) + wave) - 3.0).exp();
            let done = f64::from(total) * odds / (1.0 + odds);
            let day = first + Days::new(7 * u64::from(week));
            let _written = writeln!(text, "{unit},{day},{done:.0},{total}");
        }
    }
    SeriesFile::read(text.as_bytes()).unwrap_or_else(|_| unreachable!("the columns are all there"))
}

/// Past weeks forecast again, our peers' methods among them: a programme of fifty states in 22 origins, and all communes of
/// the country in one.
fn past_forecasts() {
    let cases = [
        (
            "51 states, 22 origins, all methods, 1,000 paths",
            51,
            (6, 48, 2),
            3,
            3,
        ),
        (
            "10,598 communes, one origin, all methods, 1,000 paths",
            10_598,
            (52, 52, 1),
            10,
            1,
        ),
    ];
    for (what, units, (from, to, step), seconds, runs) in cases {
        let file = programme(units, 60);
        let options = BacktestOptions {
            thresholds: Vec::new(),
            origins: Some(OriginRange { from, to, step }),
            paths: 1000,
        };
        let budget = Some(Duration::from_secs(seconds));
        measure(what, budget, runs, || {
            black_box(backtest(&file, &options, &|| DateTime::<Utc>::UNIX_EPOCH).is_ok());
        });
    }
}

fn main() {
    national_forecast();
    past_forecasts();
}
