//! Made-up figures for the tests of charts.

use chrono::{Days, NaiveDate};
use store::domain::{
    Count, CountUnit, Digest, Language, Reference, Scheme, Share, Text, Unit, Week,
};

use super::{
    Band, BurnUp, Caption, ChartSize, Columns, Coverage, DatedCount, FanPoint, NamedDay,
    PublishedPoint, Ranking, RankingRow,
};

/// The names of the 63 provinces and cities in the order of their codes.
pub(crate) fn names() -> Vec<Text> {
    let units = Reference::embedded().units.of_scheme(Scheme::Old63);
    let name = |unit: &Unit| unit.name_on(day("2024-12-31")).clone();
    units.map(name).collect()
}

pub(crate) fn count(value: i64) -> Count {
    Count::from_i64(value).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn weeks_after(first: NaiveDate, weeks: i64) -> NaiveDate {
    first + Days::new(7 * weeks.unsigned_abs())
}

pub(crate) fn caption(language: Language) -> Caption {
    Caption {
        language,
        subject: Text::new("Cả nước", "Viet Nam"),
        headline: None,
        count_unit: CountUnit::Record,
        as_of: day("2025-05-18"),
        known_on: "2025-05-19T01:30:00Z".parse().unwrap(),
        coverage: Some(Coverage {
            reporting: 58,
            expected: 63,
        }),
        source: Text::new(
            "báo cáo tuần của các Sở Tư pháp",
            "weekly reports of the provincial departments of justice",
        ),
        digest: Digest::of(b"sample"),
        synthetic: true,
    }
}

/// A burn-up without any figure.
pub(crate) fn empty_burn_up(language: Language, size: ChartSize) -> BurnUp {
    BurnUp {
        caption: caption(language),
        size,
        total: Vec::new(),
        entered: Vec::new(),
        transferred: Vec::new(),
        estimate: Vec::new(),
        forecast: Vec::new(),
        deadline: None,
        published: Vec::new(),
        campaigns: Vec::new(),
        tet: Vec::new(),
    }
}

/// The last week of the full burn-up, counted from 0.
const LAST_WEEK: i64 = 155;

/// The total of the full burn-up: raised twice.
fn total_in(week: i64) -> i64 {
    match week {
        0..=59 => 56_000_000,
        60..=109 => 58_100_000,
        _ => 59_312_450,
    }
}

/// A smooth rise from a tenth to nine tenths of 58 million, in whole numbers so that it is the same everywhere.
fn entered_in(week: i64) -> i64 {
    let cube = LAST_WEEK * LAST_WEEK * LAST_WEEK;
    5_800_000 + 46_400_000 * week * week * (3 * LAST_WEEK - 2 * week) / cube
}

fn transferred_in(week: i64) -> i64 {
    entered_in((week - 9).max(0)) - 2_400_000
}

fn weekly(
    weeks: std::ops::RangeInclusive<i64>,
    figure: impl Fn(i64) -> Option<i64>,
) -> Vec<DatedCount> {
    let dated = |week| DatedCount {
        as_of: weeks_after(day("2022-05-29"), week),
        value: figure(week).map(count),
    };
    weeks.map(dated).collect()
}

fn fan() -> Vec<FanPoint> {
    let origin = count(transferred_in(LAST_WEEK)).to_f64();
    let total = count(total_in(LAST_WEEK)).to_f64();
    let ahead = |weeks: i32| {
        let at = |pace: f64| (origin + pace * f64::from(weeks)).min(total);
        FanPoint {
            on: weeks_after(day("2022-05-29"), LAST_WEEK + i64::from(weeks)),
            p10: at(230_000.0),
            p50: at(420_000.0),
            p90: at(700_000.0),
        }
    };
    (1..=32).map(ahead).collect()
}

fn published(as_of: &str, value: i64, vi: &str, en: &str) -> PublishedPoint {
    PublishedPoint {
        as_of: day(as_of),
        value: count(value),
        label: Text::new(vi, en),
    }
}

pub(crate) fn band(first_day: &str, last_day: &str, name: Text) -> Band {
    Band {
        first_day: day(first_day),
        last_day: day(last_day),
        name,
    }
}

/// A burn-up of 156 weeks with everything a burn-up can show.
pub(crate) fn full_burn_up(language: Language, size: ChartSize) -> BurnUp {
    let missing = |week: i64| (70..74).contains(&week) || week == 120;
    let campaign = Text::new(
        "Đợt cao điểm 90 ngày đêm số hóa dữ liệu hộ tịch toàn quốc",
        "90 days and nights of digitizing civil-status data",
    );
    let tet = || Text::same("Tết");
    BurnUp {
        caption: Caption {
            headline: Some(Text::new(
                "49,3 triệu trên 59,3 triệu trường hợp đã chuyển (83,2%); nhiều khả năng xong vào tháng 11/2025, \
                 sau hạn 30/06/2025.",
                "49.3 of 59.3 million records transferred (83.2%); most likely done in November 2025, after the \
                 deadline of 30 June 2025.",
            )),
            ..caption(language)
        },
        total: weekly(0..=LAST_WEEK, |week| Some(total_in(week))),
        entered: weekly(0..=LAST_WEEK, |week| {
            (!missing(week)).then(|| entered_in(week))
        }),
        transferred: weekly(0..=151, |week| {
            (!missing(week)).then(|| transferred_in(week))
        }),
        estimate: weekly(152..=LAST_WEEK, |week| Some(transferred_in(week))),
        forecast: fan(),
        deadline: Some(NamedDay {
            on: day("2025-06-30"),
            name: Text::new("Hạn hoàn thành", "Deadline"),
        }),
        published: vec![
            published(
                "2023-12-20",
                36_000_000,
                "Báo cáo tổng kết 2023",
                "Annual report 2023",
            ),
            published(
                "2024-06-30",
                40_100_000,
                "Báo cáo 6 tháng 2024",
                "Half-year report 2024",
            ),
        ],
        campaigns: vec![band("2024-10-01", "2024-12-31", campaign)],
        tet: vec![
            band("2023-01-20", "2023-01-26", tet()),
            band("2024-02-08", "2024-02-14", tet()),
            band("2025-01-25", "2025-02-02", tet()),
        ],
        ..empty_burn_up(language, size)
    }
}

/// A ranking of the 63: two done, five silent, one without a total, three carried forward.
pub(crate) fn full_ranking(language: Language, size: ChartSize) -> Ranking {
    let row = |(place, name): (usize, Text)| {
        let seed = i64::try_from(place * 37 % 63).unwrap();
        let total = 300_000 + seed * 41_000;
        let per_mille = match place {
            31 | 44 => 1000,
            _ => 180 + seed * 13,
        };
        let transferred = total * per_mille / 1000;
        let entered = (total - transferred) * 2 / 5 + transferred;
        let silent = place % 14 == 6;
        RankingRow {
            name,
            total: (place != 21).then(|| count(total)),
            entered: (!silent).then(|| count(entered)),
            transferred: (!silent).then(|| count(transferred)),
            carried_from: (place % 19 == 3).then(|| Week::parse("2025-W18").unwrap()),
        }
    };
    Ranking {
        caption: Caption {
            subject: Text::new("63 tỉnh, thành phố", "63 provinces and cities"),
            ..caption(language)
        },
        size,
        columns: Columns::Automatic,
        rows: names().into_iter().enumerate().map(row).collect(),
        reference: Some((
            Text::new("Cả nước", "Viet Nam"),
            Share::of(count(46_200_000), count(59_312_450)).unwrap(),
        )),
    }
}
