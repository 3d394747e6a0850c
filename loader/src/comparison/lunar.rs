//! The Vietnamese lunar calendar: which solar day a lunar day was.
//!
//! New moons and solar terms follow Jean Meeus, Astronomical Algorithms, 2nd edition, chapters 25 and 49, with the terms that
//! matter to the minute. The day of a new moon depends on the time of the place: the North used the Chinese calendar
//! (UTC+8) until 1967, the South and the country since use UTC+7, so a lunar day may stand for two solar days.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};

use super::dates::PartialDate;

/// The zones in hours of which either may have been meant.
const ZONES: [f64; 2] = [7.0, 8.0];

/// The years a birth in the books can have.
const YEARS: std::ops::RangeInclusive<i32> = 1880..=2040;

/// The first solar days of the lunar months of a year and number: two where a leap month has the number too.
type Months = BTreeMap<(i32, u32), Vec<NaiveDate>>;

static MONTHS: LazyLock<[Months; 2]> = LazyLock::new(|| ZONES.map(months));

/// Whether a date, read as lunar, is the other side's solar day.
pub(super) fn is_lunar_day_of(lunar: PartialDate, solar: PartialDate) -> bool {
    let (Some(month), Some(day)) = (lunar.month, lunar.day) else {
        return false;
    };
    let (Some(solar_month), Some(solar_day)) = (solar.month, solar.day) else {
        return false;
    };
    // A lunar date is 18 to 52 days behind the solar one: most pairs need no calendar.
    let apart = (solar.year - lunar.year) * 372
        + i32::try_from(solar_month * 31 + solar_day).unwrap_or(0)
        - i32::try_from(month * 31 + day).unwrap_or(0);
    if day > 30 || !(15..=60).contains(&apart) {
        return false;
    }
    let wanted = NaiveDate::from_ymd_opt(solar.year, solar_month, solar_day);
    wanted.is_some_and(|wanted| solar_days(lunar.year, month, day).any(|each| each == wanted))
}

fn solar_days(year: i32, month: u32, day: u32) -> impl Iterator<Item = NaiveDate> {
    let starts = MONTHS
        .iter()
        .flat_map(move |months| months.get(&(year, month)).into_iter().flatten());
    starts.filter_map(move |start| start.checked_add_days(chrono::Days::new(u64::from(day - 1))))
}

/// The months of all years in a zone, by their lunar year and number.
fn months(zone: f64) -> Months {
    let mut months = Months::new();
    for year in YEARS {
        let (first, last) = (eleventh_month(year - 1, zone), eleventh_month(year, zone));
        let leap = (last - first == 13).then(|| leap_month(first, zone));
        let mut number = 11;
        let mut lunar_year = year - 1;
        for lunation in first..last {
            if lunation > first && leap != Some(lunation) {
                number = number % 12 + 1;
                lunar_year += i32::from(number == 1);
            }
            if let Some(start) = day_of(new_moon(lunation), zone) {
                months.entry((lunar_year, number)).or_default().push(start);
            }
        }
    }
    months
}

/// The lunation of the eleventh month of a year: the one that holds the winter solstice.
fn eleventh_month(year: i32, zone: f64) -> i32 {
    let solstice = NaiveDate::from_ymd_opt(year, 12, 31);
    let approximate = (f64::from(year) + 1.0 - 2000.0) * 12.368_5;
    // Around the turn of the year; the loop below finds the exact one.
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand lunations")]
    let mut lunation = libm::floor(approximate) as i32 + 1;
    while day_of(new_moon(lunation), zone) > solstice || term(lunation, zone) >= 9 {
        lunation -= 1;
    }
    lunation
}

/// The first lunation after the eleventh month that begins and ends in the same solar term.
fn leap_month(first: i32, zone: f64) -> i32 {
    let is_leap = |lunation: &i32| term(*lunation, zone) == term(lunation + 1, zone);
    (first + 1..first + 14).find(is_leap).unwrap_or(first)
}

/// The twelfth of the sun's way, 0 from the spring equinox, at the start of the day on which a lunation begins.
fn term(lunation: i32, zone: f64) -> u8 {
    let moment = new_moon(lunation) + zone / 24.0;
    let midnight = libm::floor(moment + 0.5) - 0.5 - zone / 24.0;
    let part = libm::floor(solar_longitude(midnight) / 30.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a longitude is from 0 to 360"
    )]
    let part = part as u8;
    part
}

/// The day, in a zone, of a moment in Julian days of universal time.
fn day_of(moment: f64, zone: f64) -> Option<NaiveDate> {
    #[expect(clippy::cast_possible_truncation, reason = "some millions of days")]
    let number = libm::floor(moment + 0.5 + zone / 24.0) as i32;
    // Day 1,721,425 begins on 1 January of the year 1.
    NaiveDate::from_num_days_from_ce_opt(number - 1_721_425).filter(|day| day.year() > 0)
}

/// The moment of a new moon, lunation 0 being that of 6 January 2000; Meeus, chapter 49.
fn new_moon(lunation: i32) -> f64 {
    let k = f64::from(lunation);
    let t = k / 1_236.85;
    let eccentricity = 1.0 - 0.002_516 * t;
    let sun = radians(2.553_4 + 29.105_356_70 * k);
    let moon = radians(201.564_3 + 385.816_935_28 * k + 0.010_758_2 * t * t);
    let latitude = radians(160.710_8 + 390.670_502_84 * k - 0.001_611_8 * t * t);
    let node = radians(124.774_6 - 1.563_755_88 * k);
    let wave = [
        (-0.407_20, moon),
        (0.172_41 * eccentricity, sun),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * latitude),
        (0.007_39 * eccentricity, moon - sun),
        (-0.005_14 * eccentricity, moon + sun),
        (0.002_08 * eccentricity * eccentricity, 2.0 * sun),
        (-0.001_11, moon - 2.0 * latitude),
        (-0.000_57, moon + 2.0 * latitude),
        (0.000_56 * eccentricity, 2.0 * moon + sun),
        (-0.000_42, 3.0 * moon),
        (0.000_42 * eccentricity, sun + 2.0 * latitude),
        (0.000_38 * eccentricity, sun - 2.0 * latitude),
        (-0.000_24 * eccentricity, 2.0 * moon - sun),
        (-0.000_17, node),
    ];
    let waves: f64 = wave
        .iter()
        .map(|(size, angle)| size * libm::sin(*angle))
        .sum();
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
    mean + waves - clock_difference(t)
}

/// The apparent longitude of the sun in degrees; Meeus, chapter 25, low accuracy: a hundredth of a degree.
fn solar_longitude(moment: f64) -> f64 {
    let t = (moment + clock_difference((moment - 2_451_545.0) / 36_525.0) - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t;
    let anomaly = radians(357.529_11 + 35_999.050_29 * t);
    let centre = (1.914_602 - 0.004_817 * t) * libm::sin(anomaly)
        + 0.019_993 * libm::sin(2.0 * anomaly)
        + 0.000_289 * libm::sin(3.0 * anomaly);
    let node = radians(125.04 - 1_934.136 * t);
    (mean + centre - 0.005_69 - 0.004_78 * libm::sin(node)).rem_euclid(360.0)
}

/// Dynamical minus universal time in days: about a minute around 2000 and near nothing around 1900.
fn clock_difference(centuries: f64) -> f64 {
    (64.0 + 60.0 * centuries).clamp(0.0, 90.0) / 86_400.0
}

fn radians(degrees: f64) -> f64 {
    degrees.rem_euclid(360.0).to_radians()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(zone: usize, year: i32, month: u32) -> Vec<String> {
        let months = MONTHS.get(zone).unwrap();
        let starts = months.get(&(year, month)).unwrap();
        starts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn new_years_fall_on_the_days_people_kept() {
        // Published holidays of data/reference/holidays.csv, and the years in which Viet Nam's day was not China's.
        for (year, day) in [
            (1968, "1968-01-29"),
            (1985, "1985-01-21"),
            (2000, "2000-02-05"),
            (2007, "2007-02-17"),
            (2021, "2021-02-12"),
            (2023, "2023-01-22"),
            (2024, "2024-02-10"),
            (2025, "2025-01-29"),
            (2026, "2026-02-17"),
            (2027, "2027-02-06"),
        ] {
            assert_eq!(starts(0, year, 1), [day], "{year}");
        }
        assert_eq!(starts(1, 1968, 1), ["1968-01-30"]);
        assert_eq!(starts(1, 1985, 1), ["1985-02-20"]);
        assert_eq!(starts(1, 2007, 1), ["2007-02-18"]);
    }

    #[test]
    fn a_leap_month_gives_a_number_two_months() {
        assert_eq!(starts(0, 2023, 2), ["2023-02-20", "2023-03-22"]);
        assert_eq!(starts(0, 2025, 6), ["2025-06-25", "2025-07-25"]);
    }

    #[test]
    fn every_year_has_its_twelve_months() {
        for months in &*MONTHS {
            for year in YEARS.skip(1).take(158) {
                let lengths: Vec<usize> = (1..=12)
                    .map(|month| months.get(&(year, month)).map_or(0, Vec::len))
                    .collect();
                let all: usize = lengths.iter().sum();
                assert!(
                    lengths.iter().all(|length| (1..=2).contains(length)) && all <= 13,
                    "{year}: {lengths:?}"
                );
            }
        }
    }
}
