//! Totals and their parts: an "all" row against its record types, routes and sub-units.

use std::collections::HashMap;

use chrono::NaiveDate;
use store::domain::{Count, CountRow, Language, RecordType, Route, Text};

use super::line_runs::Lines;
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::PartOfWork;
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

    /// Whether a row is a part.
    fn is_part(self, row: &CountRow) -> bool {
        match self {
            Self::RecordType => row.record_type != RecordType::All,
            Self::Route => row.route != Route::All,
            Self::SubUnit => row.sub_unit.is_some(),
        }
    }

    /// What a row and the "all" row that it is a part of have in common.
    fn family(self, row: &CountRow) -> (PartOfWork<'_>, NaiveDate) {
        let mut part = PartOfWork::of(row);
        match self {
            Self::RecordType => part.record_type = RecordType::All,
            Self::Route => part.route = Route::All,
            Self::SubUnit => part.sub_unit = None,
        }
        (part, row.as_of)
    }

    fn name(self) -> Text {
        match self {
            Self::RecordType => Text::new("theo loại việc", "by record type"),
            Self::Route => Text::new("theo cách làm", "by route"),
            Self::SubUnit => Text::new("theo đơn vị", "by sub-unit"),
        }
    }
}

/// An "all" row and what the rows are together that it should be the sum of.
struct Family<'a> {
    all: &'a Row,
    parts: Lines,
    flawed: bool,
    /// By stage: the sum, how many parts reported it, and whether one of them gave it as about.
    stages: [(Count, u64, bool); 7],
}

impl<'a> Family<'a> {
    fn of(all: &'a Row) -> Self {
        Self {
            all,
            parts: Lines::default(),
            flawed: all.flawed,
            stages: Default::default(),
        }
    }

    fn add(&mut self, part: &Row) {
        self.parts.push(part.line());
        self.flawed |= part.flawed;
        for (stage, reported) in part.value.counts.iter() {
            let (sum, given, approximate) = &mut self.stages[stage.index()];
            *sum = *sum + reported.count;
            *given += 1;
            *approximate |= reported.approximate;
        }
    }
}

/// Compares every "all" row with its parts, stage by stage.
///
/// A difference is a question and never a rejection: one province's official table of nine districts differs by 44 in
/// 203,584. Approximate figures are not compared. Where a part did not report the stage, only parts that already exceed the
/// whole are asked about.
pub(crate) fn check_sums(sheet: Sheet<'_>, rows: &[Row], findings: &mut Findings) {
    let mut kinds = [[false; 2]; 3];
    for row in rows {
        for (seen, split) in kinds.iter_mut().zip(Split::ALL) {
            seen[usize::from(split.is_part(&row.value))] = true;
        }
    }
    for (seen, split) in kinds.into_iter().zip(Split::ALL) {
        if seen != [true; 2] {
            continue;
        }
        let all = rows.iter().filter(|row| !split.is_part(&row.value));
        let mut families: Vec<Family<'_>> = all.map(Family::of).collect();
        let place = families.iter().enumerate();
        let place: HashMap<_, usize> = place
            .map(|(place, family)| (split.family(&family.all.value), place))
            .collect();
        for part in rows.iter().filter(|row| split.is_part(&row.value)) {
            let place = place.get(&split.family(&part.value));
            if let Some(family) = place.and_then(|place| families.get_mut(*place)) {
                family.add(part);
            }
        }
        for family in families {
            check_family(sheet, split, &family, findings);
        }
    }
}

fn check_family(sheet: Sheet<'_>, split: Split, family: &Family<'_>, findings: &mut Findings) {
    if family.flawed || family.parts.count == 0 {
        return;
    }
    for (stage, whole) in family.all.value.counts.iter() {
        let (sum, given, approximate) = family.stages[stage.index()];
        if whole.approximate || approximate {
            continue;
        }
        let complete = given == family.parts.count;
        if (complete && sum != whole.count) || sum > whole.count {
            let finding = parts_differ(split, &family.parts, whole.count, sum);
            findings.push(sheet.mark(finding, family.all.place, Column::Stage(stage)));
        }
    }
}

fn parts_differ(split: Split, lines: &Lines, whole: Count, sum: Count) -> Finding {
    let name = split.name();
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
