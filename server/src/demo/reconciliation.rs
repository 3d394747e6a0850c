//! Files of reconciliation counts: twenty provinces compare what they have transferred with the population database.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use store::domain::{ReconciliationStage, RecordType};

use super::history::Province;
use super::random::{Draw, Stream};
use super::scenario::{WEEKS, week};
use super::sheet::{DateStyle, Grouping, Saving};

/// One reconciliation file.
pub(super) struct Batches {
    /// The number of the week in which the run was finished.
    pub(super) week: usize,
    pub(super) received_at: DateTime<Utc>,
    pub(super) bytes: Vec<u8>,
}

/// The provinces that compare, with how many weeks lie between two runs and whether they also compare before approval.
const COMPARING: [(&str, usize, bool); 20] = [
    ("p01", 4, false),
    ("p08", 4, false),
    ("p14", 4, true),
    ("p19", 1, true),
    ("p22", 1, false),
    ("p24", 4, false),
    ("p27", 4, true),
    ("p37", 4, false),
    ("p40", 1, true),
    ("p42", 4, false),
    ("p48", 1, false),
    ("p56", 4, false),
    ("p60", 4, false),
    ("p66", 1, true),
    ("p68", 4, true),
    ("p75", 1, false),
    ("p79", 1, false),
    ("p92", 1, true),
    ("p94", 4, false),
    ("p95", 4, false),
];

/// The first week with a comparison: July 2024.
const FIRST_WEEK: usize = 104;

/// The week in which the ninety days of cleaning marriage data begin, 31 May 2025.
const MARRIAGE_CAMPAIGN: usize = 151;

/// The kinds compared, with their share of all records in per mille and the subjects each record has.
const KINDS: [(RecordType, &str, i64, i64); 3] = [
    (RecordType::Birth, "Khai sinh", 580, 1),
    (RecordType::Marriage, "Kết hôn", 180, 2),
    (RecordType::Death, "Khai tử", 110, 1),
];

/// The columns of the form.
const HEADERS: [&str; 15] = [
    "Mã tỉnh",
    "Tỉnh/Thành phố",
    "Tuần",
    "Loại việc",
    "Giai đoạn đối chiếu",
    "Bộ quy tắc",
    "Ngày dữ liệu dân cư",
    "Số trường hợp",
    "Số người",
    "Khớp",
    "Khớp, khác cách viết",
    "Sai lệch",
    "Chưa chắc",
    "Không tìm thấy",
    "Chưa đối chiếu",
];

/// The comparison files of a province; none for most.
pub(super) fn batches(province: &Province<'_>, owner: u64) -> Vec<Batches> {
    let id = province.unit.id.to_string();
    let Some((_, interval, before_approval)) = COMPARING.iter().find(|(unit, ..)| *unit == id)
    else {
        return Vec::new();
    };
    let mut draw = Draw::new(Stream::Reconciliation, owner);
    let saving = Saving {
        separator: draw.pick([',', ';', '\t']),
        mark: draw.happens(700),
        windows: true,
    };
    let grouping = draw.pick([Grouping::None, Grouping::Dots]);
    let mut runs = Vec::new();
    let mut number = FIRST_WEEK + interval - 1;
    while number < WEEKS {
        let mut lines = vec![
            vec!["Kết quả đối chiếu (SỐ LIỆU GIẢ LẬP)".to_owned()],
            HEADERS.map(str::to_owned).to_vec(),
        ];
        let run = Run {
            province,
            number,
            interval: *interval,
        };
        lines.extend(run.rows(ReconciliationStage::AfterTransfer, grouping, &mut draw));
        if *before_approval {
            lines.extend(run.rows(ReconciliationStage::BeforeApproval, grouping, &mut draw));
        }
        if lines.len() > 2 {
            let received_at = sent_after(week(number).last_day(), &mut draw);
            runs.push(Batches {
                week: number,
                received_at,
                bytes: saving.save(&lines),
            });
        }
        number += interval;
    }
    runs
}

/// One run of a province's comparison.
struct Run<'a> {
    province: &'a Province<'a>,
    number: usize,
    interval: usize,
}

impl Run<'_> {
    /// The rows of one stage: a kind without new records to compare has none.
    fn rows(
        &self,
        stage: ReconciliationStage,
        grouping: Grouping,
        draw: &mut Draw,
    ) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for (kind, name, share, subjects) in KINDS {
            let compared = |number| self.compared(number, stage, kind) * share / 1000;
            let records = compared(self.number) - compared(self.number - self.interval);
            if records < 20 {
                continue;
            }
            let outcomes = outcomes(records * subjects, kind, self.number, draw);
            let mut row = self.head(name, stage);
            let counts = [records, records * subjects].into_iter().chain(outcomes);
            row.extend(counts.map(|count| grouping.number(count)));
            rows.push(row);
        }
        rows
    }

    fn head(&self, kind: &str, stage: ReconciliationStage) -> Vec<String> {
        let reporting_week = week(self.number);
        let snapshot = reporting_week.first_day() - Days::new(3);
        let unit = self.province.unit;
        let stage = match stage {
            ReconciliationStage::BeforeApproval => "trước phê duyệt",
            ReconciliationStage::AfterTransfer => "sau chuyển",
        };
        vec![
            unit.code_on(snapshot).unwrap_or_default().to_owned(),
            unit.name_on(reporting_week.last_day()).vi.clone(),
            reporting_week.to_string(),
            kind.to_owned(),
            stage.to_owned(),
            "VN-1".to_owned(),
            DateStyle::Slashes.date(snapshot),
        ]
    }

    /// All records compared for the first time until a week: a growing part of those transferred, so never more than the
    /// database has. Marriages catch up once their campaign begins.
    fn compared(&self, number: usize, stage: ReconciliationStage, kind: RecordType) -> i64 {
        let transferred = self
            .province
            .levels
            .get(number)
            .map_or(0, |levels| levels.transferred);
        let weeks = |from: usize| i64::try_from(number.saturating_sub(from)).unwrap_or(0);
        let (start, growth) = match stage {
            ReconciliationStage::AfterTransfer => (250, 9),
            ReconciliationStage::BeforeApproval => (80, 3),
        };
        let campaign = if kind == RecordType::Marriage {
            20 * weeks(MARRIAGE_CAMPAIGN)
        } else {
            0
        };
        transferred * (start + growth * weeks(FIRST_WEEK) + campaign) / 1000
    }
}

/// The six outcomes of so many subjects, in the order of the form. They add up: what rounding leaves is the first.
fn outcomes(subjects: i64, kind: RecordType, number: usize, draw: &mut Draw) -> [i64; 6] {
    // The dead of before the population database are not in it.
    let not_compared = if kind == RecordType::Death { 210 } else { 15 };
    // Cleaning makes contradictions rarer over the year.
    let cleaned = i64::try_from(number - FIRST_WEEK.min(number)).unwrap_or(0) / 2;
    let usual = [145, 95 - cleaned, 24, 62, not_compared];
    let [variant, differs, unsure, not_found, not_compared] =
        usual.map(|permille| subjects * permille * draw.between(80, 120) / 100_000);
    let same = subjects - variant - differs - unsure - not_found - not_compared;
    [same, variant, differs, unsure, not_found, not_compared]
}

/// Two or three days after the week, in the morning.
fn sent_after(sunday: NaiveDate, draw: &mut Draw) -> DateTime<Utc> {
    let days = if sunday.year() == 2025 && sunday.month() == 6 && sunday.day() == 29 {
        1
    } else {
        2
    };
    let on = sunday.checked_add_days(Days::new(days)).unwrap_or(sunday);
    on.and_time(NaiveTime::MIN).and_utc() + TimeDelta::seconds(draw.between(2 * 3600, 4 * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_add_up_to_the_subjects() {
        let mut draw = Draw::new(Stream::Reconciliation, 1);
        for subjects in [20, 999, 1_234_567] {
            for kind in [RecordType::Birth, RecordType::Death] {
                let outcomes = outcomes(subjects, kind, 155, &mut draw);
                assert_eq!(outcomes.iter().sum::<i64>(), subjects);
                assert!(outcomes.iter().all(|count| *count >= 0), "{outcomes:?}");
            }
        }
    }
}
