//! Round numbers: counts that end in 000 more often than counting gives.

use store::domain::{Count, CountRow, CountUnit, Language, StageCounts, Text};

use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::rule::Rule;

/// Smaller counts may end in 000 because they are small; the form counts in the ten thousands and above.
const SMALLEST: i64 = 10_000;

/// Counted figures end in 000 once in a thousand.
const ROUND: i64 = 1000;

/// As many round figures in one row have a chance of one in a million millions.
const IN_A_ROW: usize = 4;

/// As many in a file, and no other figure beside them, are how the file was made and not one row of it.
const IN_A_FILE: usize = 8;

/// Notes rows whose figures are all round, and asks where the whole file is.
///
/// Figures marked as approximate are round by right and passed over.
pub(crate) struct RoundNumbers {
    /// The large figures of the file.
    all: usize,
    /// Those of them that are round.
    round: usize,
    /// What is noted of rows, unless the whole file is round.
    rows: Findings,
}

impl RoundNumbers {
    pub(crate) fn new(findings: &Findings) -> Self {
        Self {
            all: 0,
            round: 0,
            rows: findings.aside(),
        }
    }

    pub(crate) fn take_in(&mut self, rows: &[ReadRow<CountRow>]) {
        let counted = |row: &&ReadRow<CountRow>| row.value.count_unit == CountUnit::Record;
        for row in rows.iter().filter(counted) {
            let (all, round) = large_and_round(&row.value.counts);
            self.all += all;
            self.round += round;
            if round >= IN_A_ROW && round == all {
                self.rows.push(one_row(round).on_line(row.line()));
            }
        }
    }

    pub(crate) fn finish(self, findings: &mut Findings) {
        if self.round >= IN_A_FILE && self.round == self.all {
            findings.push(whole_file(self.round));
        } else {
            findings.append(self.rows);
        }
    }
}

/// How many exact counts above ten thousand there are, and how many of them are whole thousands.
fn large_and_round(counts: &StageCounts) -> (usize, usize) {
    let exact = counts.iter().filter(|(_, reported)| !reported.approximate);
    exact
        .map(|(_, reported)| reported.count.to_i64())
        .filter(|count| *count > SMALLEST)
        .fold((0, 0), |(large, round), count| {
            (large + 1, round + usize::from(count % ROUND == 0))
        })
}

fn fix() -> Text {
    Text::new(
        "ghi số đếm thực tế; nếu là số ước tính thì ghi “khoảng” trước số, ví dụ khoảng 120.000",
        "write the figures as counted; where they are estimates write “about” before them, for \
         example about 120,000",
    )
}

fn one_row(round: usize) -> Finding {
    let number = Count::from_i64(SMALLEST).unwrap_or_default();
    let vi = Language::Vi.count(number);
    let en = Language::En.count(number);
    Finding::note(
        Rule::RoundNumbers,
        Text::new(
            format!("cả {round} số trên {vi} của dòng đều tròn nghìn mà không ghi là ước tính"),
            format!(
                "all {round} figures above {en} in the row are whole thousands and not marked as \
                 estimates"
            ),
        ),
        fix(),
    )
}

fn whole_file(round: usize) -> Finding {
    let number = Count::from_i64(SMALLEST).unwrap_or_default();
    let vi = Language::Vi.count(number);
    let en = Language::En.count(number);
    Finding::query(
        Rule::RoundNumbers,
        Text::new(
            format!("cả {round} số trên {vi} của tệp đều tròn nghìn mà không ghi là ước tính"),
            format!(
                "all {round} figures above {en} in the file are whole thousands and not marked as \
                 estimates"
            ),
        ),
        fix(),
    )
}
