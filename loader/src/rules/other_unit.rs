//! A file that looks like another unit's: copied as a form, and its figures not replaced.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use store::domain::{Count, CountRow, Language, Reference, Stage, StageCounts, Text, UnitId};

use crate::chains::changes;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::{COPY_DAYS, History, Reach};
use crate::rule::Rule;

type Row = ReadRow<CountRow>;

/// As many stages must be the same for a row to look copied: total, typed and transferred, which every report has.
const STAGES_NEEDED: usize = 3;

/// Smaller figures may be the same in two provinces by chance.
const SMALLEST: i64 = 100;

/// More figures than one unit reports in one file are not looked up.
const MOST_FIGURES: usize = 200;

/// Whether a row has enough figures to be told from any other: three stages, transferred among them.
fn is_telling(counts: &StageCounts) -> Option<Count> {
    let transferred = counts.get(Stage::Transferred)?;
    let work = counts
        .iter()
        .filter(|(_, each)| each.count.to_i64() >= SMALLEST);
    let telling = work.count() >= STAGES_NEEDED && !transferred.approximate;
    (telling && transferred.count.to_i64() >= SMALLEST).then_some(transferred.count)
}

/// What the archive is to be asked for a file: only one that is about a single unit can be another's.
///
/// Not looked at are the units that it was merged into or formed from, whose figures it goes on with.
pub(crate) fn reach_of(rows: &[Row], reference: &Reference) -> Reach {
    let mut reach = Reach::default();
    let reports = rows.iter().map(|row| (row.value.as_of, row.value.unit));
    for (as_of, unit) in changes(reports) {
        reach.dates.entry(as_of).or_default().insert(unit);
    }
    let units: BTreeSet<UnitId> = reach.dates.values().flatten().copied().collect();
    let mut units = units.into_iter();
    if let (Some(own), None) = (units.next(), units.next()) {
        let whole = rows.iter().filter(|row| row.value.sub_unit.is_none());
        reach.transferred = whole
            .filter_map(|row| is_telling(&row.value.counts))
            .take(MOST_FIGURES)
            .collect();
        let kin = |unit: UnitId| reference.units.members(unit).to_vec();
        let of_own = kin(own);
        let others = reference.units.iter().map(|unit| unit.id);
        reach.others = others
            .filter(|other| *other != own && !of_own.contains(other) && !kin(*other).contains(&own))
            .collect();
    }
    reach
}

/// Asks where every telling row of the file for one date has the figures of one other unit about that date.
pub(crate) fn check_other_unit(
    rows: &[Row],
    (history, reference): (&History, &Reference),
    findings: &mut Findings,
) {
    let look_alikes = history.look_alikes();
    if look_alikes.is_empty() {
        return;
    }
    let mut reports: BTreeMap<(UnitId, NaiveDate), Vec<&Row>> = BTreeMap::new();
    let telling = rows
        .iter()
        .filter(|row| row.value.sub_unit.is_none() && is_telling(&row.value.counts).is_some());
    for row in telling {
        let of = (row.value.unit, row.value.as_of);
        reports.entry(of).or_default().push(row);
    }
    for rows in reports.values() {
        if let (Some(first), Some(other)) = (rows.first(), copied_from(rows, look_alikes)) {
            findings.push(looks_like(other, reference).on_line(first.line()));
        }
    }
}

/// The latest row of the unit from which all the rows may have been copied; `None` where there is none.
fn copied_from<'a>(rows: &[&Row], look_alikes: &'a [CountRow]) -> Option<&'a CountRow> {
    let first = rows.first()?;
    let twins = look_alikes
        .iter()
        .filter(|other| is_twin(&first.value, other));
    let of_all = |unit: UnitId| {
        let mut rows = rows.iter();
        rows.all(|row| {
            let mut others = look_alikes.iter().filter(|other| other.unit == unit);
            others.any(|other| is_twin(&row.value, other))
        })
    };
    twins
        .filter(|twin| of_all(twin.unit))
        .max_by_key(|twin| twin.as_of)
}

fn is_twin(row: &CountRow, other: &CountRow) -> bool {
    let days = (row.as_of - other.as_of).num_days().unsigned_abs();
    let same_part = (row.record_type, row.route, row.count_unit)
        == (other.record_type, other.route, other.count_unit);
    same_part && days <= COPY_DAYS && row.counts == other.counts
}

fn looks_like(other: &CountRow, reference: &Reference) -> Finding {
    let name = reference.units.name_on(other.unit, other.as_of);
    Finding::query(
        Rule::OtherUnit,
        Text::new(
            format!(
                "mọi số liệu giống hệt của {} ngày {}",
                name.vi,
                Language::Vi.date(other.as_of)
            ),
            format!(
                "every figure is that of {} on {}",
                name.en,
                Language::En.date(other.as_of)
            ),
        ),
        Text::new(
            "kiểm tra có gửi nhầm tệp của tỉnh khác, hoặc dùng tệp đó làm mẫu mà chưa thay số",
            "check whether it is another province's file, or was made from it and the figures \
             not replaced",
        ),
    )
}
