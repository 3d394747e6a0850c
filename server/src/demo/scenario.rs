//! The story of the demonstration: national anchors, provinces with published figures, and who starts late, stalls or
//! finishes early. Which province is which, beyond the published figures, is made up.

use chrono::NaiveDate;
use store::domain::Week;

/// How many weeks the demonstration has: the Sundays 2022-07-10 to 2025-06-29.
pub(super) const WEEKS: usize = 156;

/// The counts of one province or the nation at the end of a week, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Levels {
    /// To be digitized.
    pub(super) total: i64,
    /// Typed in.
    pub(super) entered: i64,
    /// In the national database.
    pub(super) transferred: i64,
}

/// Shorthand for the tables below.
const fn levels(total: i64, entered: i64, transferred: i64) -> Levels {
    Levels {
        total,
        entered,
        transferred,
    }
}

/// The counts that must hold in a week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knot {
    /// The number of the week, from 0.
    pub(super) week: usize,
    /// The counts at its end.
    pub(super) levels: Levels,
}

const fn knot(week: usize, levels: Levels) -> Knot {
    Knot { week, levels }
}

/// The nation. Published: 2023-07 (week 53), 2023-12-25 (77), mid-2024 (103) and end of 2024 (129); the others are made up.
pub(super) const ANCHORS: [Knot; 8] = [
    knot(0, levels(86_000_000, 30_000_000, 20_500_000)),
    knot(53, levels(92_450_000, 41_500_000, 32_450_000)),
    knot(77, levels(95_200_000, 49_600_000, 36_450_000)),
    knot(103, levels(100_600_000, 60_620_000, 50_520_000)),
    knot(116, levels(106_800_000, 77_000_000, 62_500_000)),
    knot(129, levels(111_200_000, 92_500_000, 77_150_000)),
    knot(137, levels(111_500_000, 96_300_000, 80_400_000)),
    knot(155, levels(112_000_000, 106_800_000, 96_200_000)),
];

/// Provinces that follow figures of their own all the way. Published: Bạc Liêu at the end of 2022 (week 25), TP.HCM in
/// 2022-06 and 2023-07, Bắc Giang at the end of 2023 (77), Phú Thọ typed at mid-2024 (103), Nghệ An on 2025-02-19 (137).
/// Quảng Trị opens its second phase of 203,584 records in 2025-02. The published figures of Quảng Nam on 2025-02-18 are
/// inside week 137: [`QUANG_NAM_PUBLISHED`].
pub(super) const OWN_KNOTS: [(&str, &[Knot]); 7] = [
    (
        "p24",
        &[
            knot(0, levels(1_611_200, 1_120_430, 921_077)),
            knot(53, levels(1_679_512, 1_590_204, 1_452_610)),
            knot(77, levels(1_679_512, 1_675_406, 1_671_311)),
            knot(90, levels(1_679_512, 1_679_512, 1_679_512)),
        ],
    ),
    (
        "p25",
        &[
            knot(56, levels(1_402_018, 0, 0)),
            knot(77, levels(1_402_018, 402_377, 4_312)),
            knot(103, levels(1_461_240, 1_184_281, 20_468)),
            knot(129, levels(1_468_320, 1_431_902, 871_255)),
            knot(155, levels(1_468_320, 1_463_117, 1_377_046)),
        ],
    ),
    (
        "p40",
        &[
            knot(0, levels(2_104_900, 498_211, 301_874)),
            knot(53, levels(2_150_377, 902_160, 640_318)),
            knot(103, levels(2_198_046, 1_512_093, 1_121_540)),
            knot(129, levels(2_231_474, 1_968_027, 1_654_109)),
            knot(137, levels(2_231_474, 2_023_255, 1_702_118)),
            knot(142, levels(2_231_474, 2_214_806, 1_871_033)),
            knot(155, levels(2_231_474, 2_229_911, 2_121_450)),
        ],
    ),
    (
        "p45",
        &[
            knot(0, levels(486_100, 150_344, 61_027)),
            knot(53, levels(486_100, 402_019, 311_650)),
            knot(100, levels(486_100, 486_100, 486_100)),
            knot(135, levels(486_100, 486_100, 486_100)),
            knot(137, levels(689_684, 492_318, 486_100)),
            knot(141, levels(689_684, 688_902, 611_275)),
            knot(146, levels(689_684, 689_684, 689_684)),
        ],
    ),
    (
        "p49",
        &[
            knot(0, levels(1_380_250, 21_044, 4_017)),
            knot(53, levels(1_380_250, 118_302, 41_226)),
            knot(103, levels(1_392_411, 201_530, 88_004)),
            knot(122, levels(1_430_076, 262_911, 97_350)),
            knot(136, levels(1_443_893, 639_984, 162_031)),
            knot(137, levels(1_443_893, 702_318, 171_240)),
            knot(140, levels(1_443_893, 1_186_427, 402_115)),
            knot(155, levels(1_443_893, 1_343_217, 866_908)),
        ],
    ),
    (
        "p79",
        &[
            knot(0, levels(11_920_000, 11_704_300, 9_310_250)),
            knot(53, levels(11_954_300, 11_846_120, 10_861_540)),
            knot(77, levels(11_954_300, 11_871_046, 11_120_377)),
            knot(103, levels(11_954_300, 11_912_508, 11_480_219)),
            knot(129, levels(11_958_112, 11_949_033, 11_806_471)),
            knot(155, levels(11_958_112, 11_957_340, 11_925_702)),
        ],
    ),
    (
        "p95",
        &[
            knot(0, levels(1_179_085, 1_101_212, 902_466)),
            knot(25, levels(1_179_085, 1_179_085, 1_179_085)),
        ],
    ),
];

/// The totals published for provinces whose way is otherwise made up: Cà Mau, Đắk Lắk, Sơn La.
const FINAL_TOTALS: [(&str, i64); 3] = [("p14", 1_048_097), ("p66", 2_100_100), ("p96", 1_512_300)];

/// Quảng Nam on 2025-02-18, two days before its campaign of daily reports. Total and entered are published.
pub(super) const QUANG_NAM_PUBLISHED: Levels = levels(1_443_893, 642_806, 163_420);

/// The week in which typing starts. 41 provinces started before week 0, 49 by week 53 and 54 by week 77, as published.
const STARTS: [(&str, i64); 22] = [
    ("p10", 4),
    ("p20", 9),
    ("p44", 14),
    ("p51", 20),
    ("p84", 26),
    ("p86", 31),
    ("p70", 37),
    ("p26", 43),
    ("p25", 57),
    ("p34", 60),
    ("p96", 63),
    ("p15", 66),
    ("p58", 69),
    ("p33", 80),
    ("p62", 84),
    ("p17", 88),
    ("p04", 91),
    ("p64", 95),
    ("p11", 98),
    ("p06", 101),
    ("p12", 106),
    ("p02", 110),
];

/// Provinces that send nothing at all before a week.
const SILENT_UNTIL: [(&str, usize); 3] = [("p06", 62), ("p12", 70), ("p62", 58)];

/// The week in which everything is transferred: first those published as completed on 2024-09-30, then made-up ones.
const DONE_IN: [(&str, usize); 23] = [
    ("p08", 110),
    ("p30", 114),
    ("p35", 107),
    ("p42", 105),
    ("p54", 112),
    ("p56", 109),
    ("p60", 113),
    ("p67", 115),
    ("p72", 106),
    ("p93", 111),
    ("p94", 108),
    ("p96", 115),
    ("p22", 126),
    ("p48", 124),
    ("p74", 128),
    ("p75", 127),
    ("p92", 128),
    ("p19", 145),
    ("p26", 141),
    ("p27", 150),
    ("p37", 143),
    ("p68", 148),
    ("p80", 146),
];

/// Weeks without any work, first and last. Kon Tum and Hoà Bình are still standing still at the end.
const STALLS: [(&str, usize, usize); 7] = [
    ("p62", 128, WEEKS),
    ("p17", 139, WEEKS),
    ("p20", 82, 102),
    ("p84", 60, 83),
    ("p87", 95, 106),
    ("p52", 30, 44),
    ("p38", 66, 74),
];

/// The most a province types of its total and transfers of what it typed, in per mille, where the work lags behind.
const CEILINGS: [(&str, i64, i64); 9] = [
    ("p01", 935, 800),
    ("p02", 770, 720),
    ("p04", 905, 760),
    ("p11", 680, 700),
    ("p12", 560, 640),
    ("p15", 930, 800),
    ("p17", 800, 800),
    ("p62", 600, 700),
    ("p64", 720, 690),
];

/// Surveys that first counted too much: the week, how many weeks the figure stands, and by how many per mille.
pub(super) const OVERCOUNTS: [(&str, usize, usize, i64); 8] = [
    ("p01", 120, 5, 4),
    ("p36", 66, 5, 9),
    ("p38", 90, 6, 7),
    ("p52", 105, 7, 6),
    ("p68", 84, 5, 7),
    ("p74", 96, 4, 8),
    ("p83", 40, 4, 12),
    ("p89", 60, 6, 10),
];

/// How one province goes through the demonstration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// The week in which typing starts; negative where it started before the demonstration.
    pub(super) start: i64,
    /// The first week with a report.
    pub(super) first_report: usize,
    /// The week in which everything is transferred.
    pub(super) done: Option<usize>,
    /// The first and last week without work.
    pub(super) stall: Option<(usize, usize)>,
    /// The most it types of its total and transfers of what it typed, in per mille; `None` where nothing special holds.
    pub(super) ceilings: Option<(i64, i64)>,
    /// The total at the end, where it is published.
    pub(super) final_total: Option<i64>,
    /// Its own figures; empty where it shares in the national ones.
    pub(super) knots: &'static [Knot],
}

impl Plan {
    /// The plan of a unit by its id, such as `p49`.
    pub(super) fn of(unit: &str) -> Self {
        let stall = STALLS.iter().find(|(id, ..)| *id == unit);
        let ceilings = CEILINGS.iter().find(|(id, ..)| *id == unit);
        Self {
            start: find(&STARTS, unit).unwrap_or(-20),
            first_report: find(&SILENT_UNTIL, unit).unwrap_or(0),
            done: find(&DONE_IN, unit),
            stall: stall.map(|(_, first, last)| (*first, *last)),
            ceilings: ceilings.map(|(_, entered, transferred)| (*entered, *transferred)),
            final_total: find(&FINAL_TOTALS, unit),
            knots: find(&OWN_KNOTS, unit).unwrap_or_default(),
        }
    }

    /// Whether a week is inside the stall.
    pub(super) fn stalls_in(&self, week: usize) -> bool {
        self.stall
            .is_some_and(|(first, last)| first <= week && week <= last)
    }
}

fn find<T: Copy>(list: &[(&str, T)], unit: &str) -> Option<T> {
    list.iter()
        .find(|(id, _)| *id == unit)
        .map(|(_, value)| *value)
}

/// A day of the Gregorian calendar, for constants that exist.
pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The reporting week of a number from 0.
pub(super) fn week(number: usize) -> Week {
    let steps = i64::try_from(number).unwrap_or(0);
    Week::containing(day(2022, 7, 10)).plus(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_run_from_july_2022_to_the_eve_of_the_merger() {
        assert_eq!(week(0).last_day(), day(2022, 7, 10));
        assert_eq!(week(53), Week::containing(day(2023, 7, 10)));
        assert_eq!(week(77), Week::containing(day(2023, 12, 25)));
        assert_eq!(week(103).last_day(), day(2024, 6, 30));
        assert_eq!(week(129).last_day(), day(2024, 12, 29));
        assert_eq!(week(137), Week::containing(day(2025, 2, 19)));
        assert_eq!(week(WEEKS - 1).last_day(), day(2025, 6, 29));
    }

    #[test]
    fn figures_of_the_story_rise_and_keep_the_order_of_stages() {
        let series = OWN_KNOTS.iter().map(|(_, knots)| *knots);
        for knots in series.chain([ANCHORS.as_slice()]) {
            for knot in knots {
                let Levels {
                    total,
                    entered,
                    transferred,
                } = knot.levels;
                assert!(total >= entered && entered >= transferred, "{knot:?}");
            }
            for pair in knots.windows(2) {
                let (before, after) = (pair[0].levels, pair[1].levels);
                assert!(pair[0].week < pair[1].week);
                assert!(before.total <= after.total && before.entered <= after.entered);
                assert!(before.transferred <= after.transferred);
            }
        }
    }
}
