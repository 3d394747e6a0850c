//! Weekly reports of made-up provinces without a fault in them, from a seed, for measuring the rules.
//!
//! The ways differ from those of the demonstration on purpose: rules tuned on one are measured on the other.

use chrono::{Days, NaiveDate};
use loader::History;
use store::domain::{
    Count, CountRow, CountUnit, RecordType, Reference, Reported, Route, Scheme, Stage, StageCounts,
    Unit,
};

use crate::builders::day;

/// Weeks of 2024, before the rush to the legal deadline at its end.
pub(crate) const WEEKS: usize = 45;

const STAGES: [Stage; 5] = [
    Stage::Total,
    Stage::Scanned,
    Stage::Entered,
    Stage::Checked,
    Stage::Transferred,
];

const TYPES: [(&str, RecordType, u64); 3] = [
    ("Khai sinh", RecordType::Birth, 61),
    ("Kết hôn", RecordType::Marriage, 24),
    ("Khai tử", RecordType::Death, 15),
];

/// The splitmix64 generator: the same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }
}

/// One row as it is typed; the counts are total, scanned, entered, checked and transferred.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) name: &'static str,
    pub(crate) record_type: RecordType,
    pub(crate) counts: [u64; 5],
    pub(crate) before: u64,
    pub(crate) within: u64,
    pub(crate) remaining: u64,
    /// In hundredths of a percent.
    pub(crate) percent: u64,
}

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) code: String,
    pub(crate) province: String,
    pub(crate) as_of: NaiveDate,
    pub(crate) rows: Vec<Typed>,
}

impl Report {
    pub(crate) fn text(&self) -> String {
        let mut text = "Mã tỉnh,Tỉnh/Thành phố,Ngày chốt số liệu,Loại việc,Tổng số,Đã quét,\
                        Đã nhập,Đã kiểm tra,Đã chuyển,Kỳ trước,Trong kỳ,Còn lại,Tỷ lệ (%)\n"
            .to_owned();
        for row in &self.rows {
            let counts = row.counts.map(|count| count.to_string()).join(",");
            let (whole, part) = (row.percent / 100, row.percent % 100);
            let cells = [
                self.code.clone(),
                self.province.clone(),
                self.as_of.format("%d/%m/%Y").to_string(),
                row.name.to_owned(),
                counts,
                row.before.to_string(),
                row.within.to_string(),
                row.remaining.to_string(),
                format!("\"{whole},{part:02}\""),
            ];
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }

    fn domain_rows(&self, unit: &Unit) -> Vec<CountRow> {
        let rows = self.rows.iter().zip(2..);
        let row = |(row, line): (&Typed, u32)| CountRow {
            line,
            unit: unit.id,
            sub_unit: None,
            as_of: self.as_of,
            record_type: row.record_type,
            route: Route::All,
            count_unit: CountUnit::Record,
            counts: STAGES.into_iter().zip(row.counts).fold(
                StageCounts::default(),
                |counts, (stage, count)| {
                    counts.with(stage, Reported::exact(Count::from_u64(count).unwrap()))
                },
            ),
            note: None,
            difficulty: None,
        };
        rows.map(row).collect()
    }
}

/// A province and its reports by week; `None` where it sent none.
pub(crate) struct Province {
    pub(crate) unit: &'static Unit,
    pub(crate) reports: Vec<Option<Report>>,
}

impl Province {
    /// What the archive knows before a week.
    pub(crate) fn history(&self, week: usize) -> History {
        let mut history = History::default();
        history.insert(self.known(week.saturating_sub(26)..week));
        history
    }

    /// The rows that the archive has of some weeks.
    pub(crate) fn known(&self, weeks: std::ops::Range<usize>) -> Vec<CountRow> {
        let reports = self.reports[weeks].iter().flatten();
        reports
            .flat_map(|report| report.domain_rows(self.unit))
            .collect()
    }
}

/// The 63 provinces of 2024, each with a pace, bad weeks, busy weeks and habits of its own.
pub(crate) fn provinces(seed: u64) -> Vec<Province> {
    let units = Reference::embedded().units.of_scheme(Scheme::Old63);
    let province = |(unit, owner): (&'static Unit, u64)| {
        let mut dice = Dice(seed.wrapping_mul(1000) + owner);
        Province {
            unit,
            reports: reports(unit, owner, &mut dice),
        }
    };
    units.zip(0..).map(province).collect()
}

fn reports(unit: &'static Unit, owner: u64, dice: &mut Dice) -> Vec<Option<Report>> {
    let levels = levels(unit.population_2019 * dice.between(58, 133) / 100, dice);
    let mut before = 0;
    let mut reports = Vec::new();
    for (counts, week) in levels.into_iter().zip(0_u64..) {
        // Three in a hundred are not sent.
        if week > 0 && dice.between(1, 100) <= 3 {
            reports.push(None);
            continue;
        }
        let as_of = day("2024-01-05") + Days::new(7 * week);
        let mut rows = vec![typed(("Tổng hợp", RecordType::All), counts, before)];
        if owner.is_multiple_of(3) {
            rows.extend(split(counts, before));
        }
        before = counts[2];
        reports.push(Some(Report {
            code: unit.code_on(as_of).unwrap().to_owned(),
            province: unit.name_on(as_of).vi.clone(),
            as_of,
            rows,
        }));
    }
    reports
}

/// The counts of each week, cumulative, in the order of the stages.
fn levels(total: u64, dice: &mut Dice) -> Vec<[u64; 5]> {
    let (lag, batch) = (
        usize::try_from(dice.between(1, 3)).unwrap(),
        [1, 1, 1, 2, 4][usize::try_from(dice.between(0, 4)).unwrap()],
    );
    let (busy_from, busy_for) = (dice.between(10, 40), dice.between(2, 5));
    let (busy, grows_in) = (dice.between(200, 400), dice.between(5, 60));
    let start = total * dice.between(5, 40) / 100;
    let pace = (total * dice.between(45, 90) / 100).saturating_sub(start) / 50;
    let (mut all, mut entered, mut scanned) = (total, start, start);
    let mut typed: Vec<[u64; 3]> = Vec::new();
    for week in 0..45_u64 {
        if week == grows_in {
            all += all * dice.between(3, 20) / 100;
        }
        // Four dice make a hump: from a quarter to nearly twice the pace.
        let noise: u64 = (0..4).map(|_| dice.between(7, 45)).sum();
        let factor = match week {
            5 | 6 => 15,
            _ if (busy_from..busy_from + busy_for).contains(&week) => busy,
            // A backlog that is typed in at once, in two weeks of a hundred.
            _ if dice.between(1, 100) <= 2 => dice.between(300, 600),
            _ => 100,
        };
        entered = (entered + pace * noise / 100 * factor / 100 + dice.between(0, 9)).min(all);
        scanned = (entered + pace * dice.between(0, 300) / 100)
            .clamp(scanned, all)
            .max(entered);
        typed.push([all, scanned, entered]);
    }
    let entered_in = |week: usize| typed.get(week).map_or(start, |levels| levels[2]);
    let levels = (0..typed.len()).map(|week| {
        let [all, scanned, entered] = typed[week];
        let checked = week.checked_sub(1).map_or(start, entered_in);
        let sent = (week / batch * batch).checked_sub(lag);
        [
            all,
            scanned,
            entered,
            checked,
            sent.map_or(start, entered_in),
        ]
    });
    levels.collect()
}

/// The row of each kind of event; the last gets what the others leave.
fn split(counts: [u64; 5], before: u64) -> Vec<Typed> {
    let share = |whole: u64, place: usize| {
        let part = |percent: u64| whole * percent / 100;
        match place {
            2 => whole - part(TYPES[0].2) - part(TYPES[1].2),
            _ => part(TYPES[place].2),
        }
    };
    let row = |(place, (name, record_type, _)): (usize, &(&'static str, RecordType, u64))| {
        let counts = counts.map(|count| share(count, place));
        typed((name, *record_type), counts, share(before, place))
    };
    TYPES.iter().enumerate().map(row).collect()
}

fn typed((name, record_type): (&'static str, RecordType), counts: [u64; 5], before: u64) -> Typed {
    let [total, _, entered, _, transferred] = counts;
    Typed {
        name,
        record_type,
        counts,
        before,
        within: entered - before,
        remaining: total - transferred,
        percent: transferred * 10_000 / total,
    }
}
