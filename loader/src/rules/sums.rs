//! Totals and their parts: an "all" row against its record types, routes and sub-units, and a total row against the rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{
    Count, CountRow, CountUnit, Language, PartKey, RecordType, Reported, Route, Stage, Text, UnitId,
};

use super::structure::ranges;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::rule::Rule;
use crate::sheet::Sheet;

type Row = ReadRow<CountRow>;

/// What a row is split by; an "all" row is not split by it.
#[derive(Clone, Copy)]
enum Split {
    RecordType,
    Route,
    SubUnit,
}

impl Split {
    const ALL: [Self; 3] = [Self::RecordType, Self::Route, Self::SubUnit];

    /// The part of work with the split wiped out, and whether it was split.
    fn wipe(self, row: &CountRow) -> (PartKey, bool) {
        let mut key = PartKey {
            record_type: row.record_type,
            route: row.route,
            sub_unit: row.sub_unit.clone(),
        };
        let split = match self {
            Self::RecordType => {
                std::mem::replace(&mut key.record_type, RecordType::All) != RecordType::All
            }
            Self::Route => std::mem::replace(&mut key.route, Route::All) != Route::All,
            Self::SubUnit => key.sub_unit.take().is_some(),
        };
        (key, split)
    }

    fn name(self) -> Text {
        match self {
            Self::RecordType => Text::new("theo loại việc", "by record type"),
            Self::Route => Text::new("theo cách làm", "by route"),
            Self::SubUnit => Text::new("theo đơn vị", "by sub-unit"),
        }
    }
}

/// An "all" row and the rows it should be the sum of.
#[derive(Default)]
struct Family<'a> {
    all: Option<&'a Row>,
    parts: Vec<&'a Row>,
}

/// Compares every "all" row with its parts, stage by stage.
///
/// A difference is a question and never a rejection: one province's official table of nine districts differs by 44 in
/// 203,584. Approximate figures are not compared. Where a part did not report the stage, only parts that already exceed the
/// whole are asked about.
pub(crate) fn check_sums(sheet: Sheet<'_>, rows: &[Row], findings: &mut Findings) {
    for split in Split::ALL {
        let mut families: BTreeMap<(UnitId, NaiveDate, CountUnit, PartKey), Family<'_>> =
            BTreeMap::new();
        for row in rows {
            let (key, is_part) = split.wipe(&row.value);
            let of = &row.value;
            let family = families
                .entry((of.unit, of.as_of, of.count_unit, key))
                .or_default();
            if is_part {
                family.parts.push(row);
            } else {
                family.all = Some(row);
            }
        }
        for family in families.values() {
            check_family(sheet, split, family, findings);
        }
    }
}

fn check_family(sheet: Sheet<'_>, split: Split, family: &Family<'_>, findings: &mut Findings) {
    let Some(all) = family.all.filter(|all| !all.flawed) else {
        return;
    };
    if family.parts.is_empty() || family.parts.iter().any(|part| part.flawed) {
        return;
    }
    for (stage, whole) in all.value.counts.iter() {
        let parts = family.parts.iter();
        let reported: Vec<Reported> = parts
            .filter_map(|part| part.value.counts.get(stage))
            .collect();
        if whole.approximate || reported.iter().any(|part| part.approximate) {
            continue;
        }
        let complete = reported.len() == family.parts.len();
        let sum: Count = reported.into_iter().map(|part| part.count).sum();
        if (complete && sum != whole.count) || sum > whole.count {
            let lines: Vec<u64> = family.parts.iter().map(|part| part.line).collect();
            let finding = parts_differ(split, &lines, whole.count, sum);
            findings.push(match sheet.cell_of(all.place, Column::Stage(stage)) {
                Some(cell) => finding.at(cell),
                None => finding.on_line(all.line),
            });
        }
    }
}

fn parts_differ(split: Split, lines: &[u64], whole: Count, sum: Count) -> Finding {
    let (name, lines) = (split.name(), ranges(lines));
    let apart = |language: Language| language.whole(whole.change_since(sum).abs());
    Finding::query(
        Rule::Sums,
        Text::new(
            format!(
                "dòng tổng ghi {}, các phần {} (dòng {lines}) cộng lại {}, chênh {}",
                Language::Vi.count(whole),
                name.vi,
                Language::Vi.count(sum),
                apart(Language::Vi),
            ),
            format!(
                "the total row says {}, its parts {} (lines {lines}) add up to {}, {} apart",
                Language::En.count(whole),
                name.en,
                Language::En.count(sum),
                apart(Language::En),
            ),
        ),
        Text::new(
            "sửa dòng nhập sai; nếu chênh lệch có lý do thì giải trình",
            "correct the mistyped row; if the difference has a reason, explain it",
        ),
    )
}

/// Compares a total row with the rows of the file: with all of them, or with those that are not split by record type.
///
/// Only a note, for which rows a total row adds up is not said anywhere. Rows of several dates or count units have no sum.
pub(crate) fn check_total_row(
    sheet: Sheet<'_>,
    place: usize,
    rows: &[Row],
    findings: &mut Findings,
) {
    let mut kinds = rows
        .iter()
        .map(|row| (row.value.as_of, row.value.count_unit));
    let first = kinds.next();
    if rows.iter().any(|row| row.flawed) || !kinds.all(|kind| Some(kind) == first) {
        return;
    }
    let unsplit =
        |row: &&Row| row.value.record_type == RecordType::All && row.value.sub_unit.is_none();
    for stage in Stage::ALL {
        let Some(cell) = sheet.cell_of(place, Column::Stage(stage)) else {
            continue;
        };
        let Ok(Some(given)) = crate::value::parse_count(cell.trimmed()) else {
            continue;
        };
        let count = |row: &Row| row.value.counts.get(stage).map(|each| each.count);
        let sum_of_all: Count = rows.iter().filter_map(count).sum();
        let sum_of_unsplit: Count = rows.iter().filter(unsplit).filter_map(count).sum();
        if given.count != sum_of_all && given.count != sum_of_unsplit {
            findings.push(total_row_differs(given.count, sum_of_all).at(cell));
        }
    }
}

fn total_row_differs(given: Count, sum: Count) -> Finding {
    Finding::note(
        Rule::TotalRowSum,
        Text::new(
            format!(
                "dòng cộng ghi {}, các dòng cộng lại {}",
                Language::Vi.count(given),
                Language::Vi.count(sum)
            ),
            format!(
                "the total row says {}, the rows add up to {}",
                Language::En.count(given),
                Language::En.count(sum)
            ),
        ),
        Text::new(
            "kiểm tra công thức của dòng cộng và các dòng phía trên",
            "check the formula of the total row and the rows above it",
        ),
    )
}
