//! Totals and their parts: an "all" row against its record types, routes and sub-units.

use std::collections::HashMap;

use chrono::NaiveDate;
use store::domain::{Count, CountRow, Language, RecordType, Route, Stage, StageCounts, Text};

use super::line_runs::Lines;
use crate::batches::{CountRows, Seen};
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::PartOfWork;
use crate::rule::Rule;
use crate::sheet::{Place, Sheet};

type Row = ReadRow<CountRow>;

/// What a row is split by; an "all" row is not split by it.
#[derive(Clone, Copy)]
pub(crate) enum Split {
    RecordType,
    Route,
    SubUnit,
}

impl Split {
    pub(crate) const ALL: [Self; 3] = [Self::RecordType, Self::Route, Self::SubUnit];

    /// Whether a row is a part.
    pub(crate) fn is_part(self, row: &CountRow) -> bool {
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

/// What an "all" row and its parts have in common.
type Key<'a> = (PartOfWork<'a>, NaiveDate);

/// An "all" row and what the rows are together that it should be the sum of.
struct Family {
    place: Place,
    whole: StageCounts,
    parts: u64,
    flawed: bool,
    /// By stage: the sum, how many parts reported it, and whether one of them gave it as about.
    stages: [(Count, u64, bool); 7],
    /// The lines of the parts, where they do not add up.
    lines: Vec<u64>,
}

impl Family {
    fn of(all: &Row) -> Self {
        Self {
            place: all.place,
            whole: all.value.counts,
            parts: 0,
            flawed: all.flawed,
            stages: Default::default(),
            lines: Vec::new(),
        }
    }

    fn add(&mut self, part: &Row) {
        self.parts += 1;
        self.flawed |= part.flawed;
        for (stage, reported) in part.value.counts.iter() {
            let (sum, given, approximate) = &mut self.stages[stage.index()];
            *sum = *sum + reported.count;
            *given += 1;
            *approximate |= reported.approximate;
        }
    }

    /// The stages whose parts do not add up, with what the "all" row says and what its parts are together.
    fn apart(&self) -> impl Iterator<Item = (Stage, Count, Count)> {
        let compared = !self.flawed && self.parts > 0;
        let stages = self.whole.iter().filter(move |_| compared);
        stages.filter_map(|(stage, whole)| {
            let (sum, given, approximate) = self.stages[stage.index()];
            let complete = given == self.parts;
            let exact = !whole.approximate && !approximate;
            let differs = (complete && sum != whole.count) || sum > whole.count;
            (exact && differs).then_some((stage, whole.count, sum))
        })
    }
}

/// The "all" rows that are split in one way, with their parts.
struct Families<'a> {
    split: Split,
    families: HashMap<Key<'a>, Family>,
}

impl<'a> Families<'a> {
    /// Takes in the "all" rows of some, and then the parts of these and of earlier ones.
    fn take_in<'r>(&mut self, rows: &'r [Row], key: impl Fn(Split, &'r CountRow) -> Key<'a>) {
        let split = self.split;
        for row in rows.iter().filter(|row| !split.is_part(&row.value)) {
            self.families
                .insert(key(split, &row.value), Family::of(row));
        }
        for row in rows.iter().filter(|row| split.is_part(&row.value)) {
            if let Some(family) = self.families.get_mut(&key(split, &row.value)) {
                family.add(row);
            }
        }
    }

    /// Forgets those whose parts add up; whether any is left.
    fn keep_apart(&mut self) -> bool {
        self.families
            .retain(|_, family| family.apart().next().is_some());
        !self.families.is_empty()
    }

    /// Takes in the lines of the parts.
    fn take_in_lines<'r>(&mut self, rows: &'r [Row], key: impl Fn(Split, &'r CountRow) -> Key<'a>) {
        let split = self.split;
        for row in rows.iter().filter(|row| split.is_part(&row.value)) {
            if let Some(family) = self.families.get_mut(&key(split, &row.value)) {
                family.lines.push(row.line());
            }
        }
    }

    fn report(self, sheet: Sheet<'_>, findings: &mut Findings) {
        for mut family in self.families.into_values() {
            let mut lines = Lines::default();
            family.lines.sort_unstable();
            family.lines.iter().for_each(|line| lines.push(*line));
            for (stage, whole, sum) in family.apart() {
                let finding = parts_differ(self.split, &lines, whole, sum);
                sheet.push_at(finding, (family.place, Column::Stage(stage)), findings);
            }
        }
    }
}

/// Compares every "all" row with its parts, stage by stage.
///
/// A difference is a question and never a rejection: one province's official table of nine districts differs by 44 in
/// 203,584. Approximate figures are not compared. Where a part did not report the stage, only parts that already exceed the
/// whole are asked about.
pub(crate) struct Sums {
    /// What is split inside of units and offices.
    splits: Vec<Split>,
    /// Units that are split by offices, whose rows may be in any batch; `None` where the file has only one of the two.
    offices: Option<Families<'static>>,
    /// What is asked about other parts, unless rows are given twice.
    found: Findings,
}

impl Sums {
    pub(crate) fn new(rows: &Seen, findings: &Findings) -> Self {
        let both = rows.splits.into_iter().zip(Split::ALL);
        let both = both.filter_map(|(seen, split)| (seen == [true; 2]).then_some(split));
        let (of_offices, splits): (Vec<Split>, _) =
            both.partition(|split| matches!(split, Split::SubUnit));
        let families = |split: &Split| Families {
            split: *split,
            families: HashMap::new(),
        };
        Self {
            splits,
            offices: of_offices.first().map(families),
            found: findings.aside(),
        }
    }

    /// Takes in the rows of some units and offices, all that the file has of each, those of units first.
    pub(crate) fn take_in(&mut self, sheet: Sheet<'_>, rows: &[Row]) {
        for split in &self.splits {
            let mut families = Families {
                split: *split,
                families: HashMap::new(),
            };
            families.take_in(rows, Split::family);
            if families.keep_apart() {
                families.take_in_lines(rows, Split::family);
                families.report(sheet, &mut self.found);
            }
        }
        if let Some(offices) = &mut self.offices {
            offices.take_in(rows, of_unit);
        }
    }

    /// Asks about the sums that differ; goes through the rows again for the lines of offices that do.
    pub(crate) fn finish(self, sheet: Sheet<'_>, rows: &CountRows, findings: &mut Findings) {
        findings.append(self.found);
        if let Some(mut offices) = self.offices
            && offices.keep_apart()
        {
            rows.each(sheet, findings, &mut |rows| {
                offices.take_in_lines(rows, of_unit);
            });
            offices.report(sheet, findings);
        }
    }
}

/// The family of a unit, of which offices are parts.
fn of_unit(_: Split, row: &CountRow) -> Key<'static> {
    let part = PartOfWork {
        unit: row.unit,
        sub_unit: None,
        record_type: row.record_type,
        route: row.route,
        count_unit: row.count_unit,
    };
    (part, row.as_of)
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
