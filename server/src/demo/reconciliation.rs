//! Files of reconciliation: twenty provinces compare what they have transferred with the population database.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use store::domain::{Digest, ReconciliationStage, RecordType, RuleSet};

use super::comparison::{Comparison, Head};
use super::history::Province;
use super::open_cases::OpenCases;
use super::random::{Draw, Stream};
use super::scenario::{WEEKS, week};
use super::sheet::{Grouping, Saving};

/// One reconciliation file.
pub(super) struct Batches {
    /// The number of the week in which the run was finished.
    pub(super) week: usize,
    /// What the name of the file ends with, after the province's: `.csv`, `.json`, `-thay.json`.
    pub(super) ending: &'static str,
    pub(super) received_at: DateTime<Utc>,
    pub(super) bytes: Vec<u8>,
}

/// The provinces that compare, with how many weeks lie between two runs and whether they also compare before approval.
const COMPARING: [(&str, usize, bool); 20] = [
    ("p01", 4, false),
    ("p08", 4, false),
    ("p14", 4, true),
    ("p19", 4, true),
    ("p22", 1, false),
    ("p24", 4, false),
    ("p27", 4, true),
    ("p37", 4, false),
    ("p40", 4, true),
    ("p42", 4, false),
    ("p48", 4, false),
    ("p56", 4, false),
    ("p60", 4, false),
    ("p66", 1, true),
    ("p68", 4, true),
    ("p75", 4, false),
    ("p79", 4, false),
    ("p92", 4, true),
    ("p94", 4, false),
    ("p95", 4, false),
];

/// The first week with a comparison: July 2024.
const FIRST_WEEK: usize = 104;

/// The week in which the ninety days of cleaning marriage data begin, 31 May 2025.
const MARRIAGE_CAMPAIGN: usize = 151;

/// The week from which provinces judge by another rule set.
const NEW_RULE_SET: usize = 138;

/// A run of this province is counted again two weeks later, with fewer that are the same.
const COUNTED_AGAIN: (&str, usize) = ("p68", 131);

/// Sends a sheet with a row a batch; all others send what a program writes.
const SENDS_SHEETS: &str = "p22";

/// The kinds compared, with their share of all records in per mille and the subjects each record has.
const KINDS: [(RecordType, &str, i64, i64); 3] = [
    (RecordType::Birth, "Khai sinh", 580, 1),
    (RecordType::Marriage, "Kết hôn", 180, 2),
    (RecordType::Death, "Khai tử", 110, 1),
];

/// The rule sets of the demonstration. Most provinces keep the first; the others move to one that compares with it, or to
/// one that does not.
#[must_use]
pub fn demo_rule_sets() -> Vec<RuleSet> {
    let set = |name: &str, from: usize, comparable_with: Option<&str>| RuleSet {
        name: name.to_owned(),
        sha256: Digest::of(format!("synthetic rule set {name}").as_bytes()),
        effective_from: week(from).first_day(),
        retired_on: None,
        comparable_with: comparable_with.map(str::to_owned),
    };
    vec![
        set("VN-1", FIRST_WEEK, None),
        set("VN-1.1", NEW_RULE_SET, Some("VN-1")),
        set("C06-1050", NEW_RULE_SET, None),
    ]
}

/// The rule set by which a province judges in a week.
fn rule_set(id: &str, number: usize) -> &'static str {
    match id {
        "p40" | "p66" if number >= NEW_RULE_SET => "VN-1.1",
        "p79" | "p92" if number >= NEW_RULE_SET => "C06-1050",
        _ => "VN-1",
    }
}

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
    let mut open = OpenCases::default();
    let mut files = Vec::new();
    let mut number = FIRST_WEEK + interval - 1;
    while number < WEEKS {
        let run = Run {
            province,
            number,
            interval: *interval,
            rule_set: rule_set(&id, number),
        };
        let mut compared = run.comparisons(ReconciliationStage::AfterTransfer, &mut draw);
        if *before_approval {
            compared.extend(run.comparisons(ReconciliationStage::BeforeApproval, &mut draw));
        }
        let received_at = sent_after(week(number).last_day(), &mut draw);
        if !compared.is_empty() {
            let sheets = id == SENDS_SHEETS;
            let bytes = if sheets {
                let grouping = Grouping::None;
                let mut lines = vec![Comparison::headers()];
                lines.extend(compared.iter().map(|one| one.row(grouping)));
                saving.save(&lines)
            } else {
                run.documents(&compared, &mut open, &mut draw)
            };
            files.push(Batches {
                week: number,
                ending: if sheets { ".csv" } else { ".json" },
                received_at,
                bytes,
            });
        }
        if (id.as_str(), number) == COUNTED_AGAIN {
            files.extend(compared.first().map(|one| Batches {
                week: number,
                ending: "-thay.json",
                received_at: received_at + TimeDelta::days(14),
                bytes: one.counted_again().document().into_bytes(),
            }));
        }
        number += interval;
    }
    files
}

/// One run of a province's comparison.
struct Run<'a> {
    province: &'a Province<'a>,
    number: usize,
    interval: usize,
    rule_set: &'static str,
}

impl Run<'_> {
    /// What one stage gave: a kind without new records to compare gives nothing.
    fn comparisons(&self, stage: ReconciliationStage, draw: &mut Draw) -> Vec<Comparison> {
        let mut made = Vec::new();
        for kind in KINDS {
            let (record_type, _, share, subjects) = kind;
            let compared = |number| self.compared(number, stage, record_type) * share / 1000;
            let records = compared(self.number) - compared(self.number - self.interval);
            if records >= 20 {
                let outcomes = outcomes(records * subjects, record_type, self.number, draw);
                made.push(Comparison::new(
                    self.head(kind, stage),
                    records,
                    outcomes,
                    draw,
                ));
            }
        }
        made
    }

    /// The file of documents: the batches, the week of open differences and the statement of births.
    fn documents(&self, compared: &[Comparison], open: &mut OpenCases, draw: &mut Draw) -> Vec<u8> {
        let births = compared
            .iter()
            .filter(|one| one.head.kind == RecordType::Birth);
        let found = births.map(Comparison::opens).sum();
        let head = self.head(KINDS[0], ReconciliationStage::AfterTransfer);
        let mut documents: Vec<String> = compared.iter().map(Comparison::document).collect();
        documents.push(open.next_week(&head, found, draw));
        documents.push(self.statement(&head));
        format!("[\n{}\n]\n", documents.join(",\n")).into_bytes()
    }

    fn head(
        &self,
        (kind, kind_name, ..): (RecordType, &'static str, i64, i64),
        stage: ReconciliationStage,
    ) -> Head {
        let of_the_week = week(self.number);
        let snapshot = of_the_week.first_day() - Days::new(3);
        let unit = self.province.unit;
        // The oldest books match worst, so runs take one period of books at a time.
        let period = if (self.number / self.interval).is_multiple_of(2) {
            (1976, 1998)
        } else {
            (1999, 2015)
        };
        Head {
            code: unit.code_on(snapshot).unwrap_or_default().to_owned(),
            province: unit.name_on(of_the_week.last_day()).vi.clone(),
            week: of_the_week,
            kind,
            kind_name,
            stage,
            rule_set: self.rule_set,
            period,
            snapshot,
        }
    }

    /// All records compared for the first time until a week: a growing part of those transferred, so never more than the
    /// database has. Marriages catch up once their campaign begins.
    fn compared(&self, number: usize, stage: ReconciliationStage, kind: RecordType) -> i64 {
        let weeks = |from: usize| i64::try_from(number.saturating_sub(from)).unwrap_or(0);
        let (start, growth) = match stage {
            ReconciliationStage::AfterTransfer => (150, 6),
            ReconciliationStage::BeforeApproval => (50, 2),
        };
        let campaign = if kind == RecordType::Marriage {
            20 * weeks(MARRIAGE_CAMPAIGN)
        } else {
            0
        };
        self.transferred(number) * (start + growth * weeks(FIRST_WEEK) + campaign) / 1000
    }

    fn transferred(&self, number: usize) -> i64 {
        let levels = self.province.levels.get(number);
        levels.map_or(0, |levels| levels.transferred)
    }

    /// The births of the two databases beside each other, as a document.
    fn statement(&self, head: &Head) -> String {
        let total = self.transferred(self.number) * KINDS[0].2 / 1000;
        let part = |permille: i64| total * permille / 1000;
        let explained = [
            part(9),
            part(4),
            part(21),
            part(13),
            part(7),
            part(2),
            part(3),
        ];
        let unexplained = part(1) + total % 7;
        let linked = total - explained.iter().sum::<i64>() - unexplained;
        let [
            transit,
            rejected,
            no_number,
            died,
            elsewhere,
            duplicate,
            other,
        ] = explained;
        let (sent, refused, pending) = (linked + transit + rejected, rejected, transit);
        format!(
            "{{\"v\":1,\"statement\":{{\"province\":\"{}\",\"type\":\"birth\",\"as_of\":\"{}\"}},\
             \"sync\":{{\"hotich_total\":{total},\"dancu_linked\":{linked},\"in_transit\":{transit},\
             \"rejected\":{rejected},\"no_number_yet\":{no_number},\"died_or_left\":{died},\
             \"registered_elsewhere\":{elsewhere},\"duplicate_in_hotich\":{duplicate},\
             \"other_explained\":{other},\"unexplained\":{unexplained}}},\
             \"exchange\":{{\"ht_dc\":{{\"sent\":{sent},\"acked\":{linked},\"refused\":{refused},\
             \"pending\":{pending}}}}}}}",
            head.code,
            head.week.last_day(),
        )
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
