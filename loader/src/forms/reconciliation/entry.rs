//! From keyed cells to an entry of the ledger.

use std::collections::BTreeMap;

use store::domain::{
    CaseAccount, Count, Direction, DuplicateKind, Duplicates, Exchange, Explained, Field,
    FieldClass, FieldCounts, Outcome, Outcomes, PersonalNumbers, ReconciliationBatch,
    ReconciliationEntry, RecordType, Run, SyncStatement, UnitId, Worklist,
};

use super::cells::Cells;
use super::item::{Item, Kind, MessageState};
use crate::column::Column;
use crate::finding::Findings;
use crate::intake::Context;
use crate::rules::units::check_unit;
use crate::rules::words::check_word;

/// Reads one entry; `None` where a cell of it has an error.
pub(super) fn read_entry(
    kind: Kind,
    cells: &Cells<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<ReconciliationEntry> {
    let errors_before = findings.errors();
    let entry =
        match kind {
            Kind::Batch => batch(cells, context, findings)
                .map(|batch| ReconciliationEntry::Batch(Box::new(batch))),
            Kind::Cases => cases(cells, context, findings)
                .map(|cases| ReconciliationEntry::Cases(Box::new(cases))),
            Kind::Statement => statement(cells, context, findings)
                .map(|statement| ReconciliationEntry::Statement(Box::new(statement))),
        };
    entry.filter(|_| findings.errors() == errors_before)
}

fn unit(
    cells: &Cells<'_>,
    day: Option<chrono::NaiveDate>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<UnitId> {
    let (code, name) = (cells.get(Column::ProvinceCode), cells.get(Column::Province));
    if code.is_none() && name.is_none() {
        cells.require(Column::ProvinceCode, findings);
        return None;
    }
    check_unit((code, name), day?, context.vocabulary, findings)
}

fn record_type(
    cells: &Cells<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<RecordType> {
    let cell = cells.needed(Column::RecordType, findings)?;
    check_word(cell, &context.vocabulary.record_types, findings)
}

fn batch(
    cells: &Cells<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<ReconciliationBatch> {
    let week = cells.week(context, findings);
    let unit = unit(cells, week.map(|week| week.last_day()), context, findings);
    let record_type = record_type(cells, context, findings);
    let stage = cells.needed(Column::ComparedStage, findings);
    let stage =
        stage.and_then(|cell| check_word(cell, &context.vocabulary.compared_stages, findings));
    cells.require(Column::RuleSet, findings);
    let rule_set = cells.name(Column::RuleSet, findings);
    let population_as_of = cells.day(Column::PopulationAsOf, context, findings);
    let records = cells.needed_count(Column::Records, findings);
    let subjects = cells.needed_count(Column::Subjects, findings);
    let outcomes =
        Outcome::ALL.map(|outcome| cells.needed_count(Column::Outcome(outcome), findings));
    let period = cells.period(findings);
    let run = run(cells, context, findings);
    let fields = fields(cells, findings);
    let duplicates = duplicates(cells, findings);
    let note = cells.note(findings);
    let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] = outcomes else {
        return None;
    };
    Some(ReconciliationBatch {
        line: cells.line,
        unit: unit?,
        week: week?,
        record_type: record_type?,
        period: period.ok()?,
        stage: stage?,
        rule_set: rule_set?,
        population_as_of,
        records: records?,
        subjects: subjects?,
        outcomes: Outcomes::new([a, b, c, d, e, f]),
        run,
        fields,
        duplicates,
        note,
    })
}

/// What only the full form tells. Where one of it is there, all of it has to be.
const TELLS_OF_A_RUN: [Item; 13] = [
    Item::Method,
    Item::Tool,
    Item::Cutoff,
    Item::RegistryAsOf,
    Item::First,
    Item::Again,
    Item::NumbersBefore,
    Item::NumbersAdded,
    Item::NumbersChanged,
    Item::NumbersRemoved,
    Item::NumbersInconsistent,
    Item::WorklistSha256,
    Item::WorklistRows,
];

fn run(cells: &Cells<'_>, context: &Context<'_>, findings: &mut Findings) -> Option<Run> {
    if !TELLS_OF_A_RUN.iter().any(|item| cells.has(*item)) {
        return None;
    }
    let count = |item, findings: &mut Findings| cells.needed_count(Column::Item(item), findings);
    let method = cells.needed(Column::Item(Item::Method), findings);
    let method = method.and_then(|cell| check_word(cell, &context.vocabulary.methods, findings));
    cells.require(Column::PopulationAsOf, findings);
    cells.require(Column::Item(Item::RegistryAsOf), findings);
    let registry_as_of = cells.day(Column::Item(Item::RegistryAsOf), context, findings);
    let first = count(Item::First, findings);
    let again = count(Item::Again, findings);
    let before = count(Item::NumbersBefore, findings);
    let added = count(Item::NumbersAdded, findings);
    let changed = count(Item::NumbersChanged, findings);
    let removed = count(Item::NumbersRemoved, findings);
    let inconsistent = count(Item::NumbersInconsistent, findings);
    let cutoff = match cells.get(Column::Item(Item::Cutoff)) {
        Some(_) => count(Item::Cutoff, findings).map(Count::to_i64),
        None => None,
    };
    let worklist = if cells.has(Item::WorklistSha256) || cells.has(Item::WorklistRows) {
        cells.require(Column::Item(Item::WorklistSha256), findings);
        let sha256 = cells.digest(Item::WorklistSha256, findings);
        let rows = count(Item::WorklistRows, findings);
        sha256
            .zip(rows)
            .map(|(sha256, rows)| Worklist { sha256, rows })
    } else {
        None
    };
    Some(Run {
        method: method?,
        tool: cells.name(Column::Item(Item::Tool), findings),
        cutoff_permille: cutoff.and_then(|cutoff| u16::try_from(cutoff.min(1000)).ok()),
        registry_as_of: registry_as_of?,
        first: first?,
        again: again?,
        numbers: PersonalNumbers {
            before: before?,
            added: added?,
            changed: changed?,
            removed: removed?,
            inconsistent: inconsistent?,
        },
        worklist,
    })
}

/// The fields of which anything is told; a class that is left out is none.
fn fields(cells: &Cells<'_>, findings: &mut Findings) -> BTreeMap<Field, FieldCounts> {
    let mut fields = BTreeMap::new();
    for field in Field::ALL {
        let items = FieldClass::ALL.map(|class| Item::Field(field, class));
        if items.iter().any(|item| cells.has(*item)) {
            let counts = items.map(|item| {
                cells
                    .count_or_zero(Column::Item(item), findings)
                    .unwrap_or_default()
            });
            fields.insert(field, FieldCounts::new(counts));
        }
    }
    fields
}

fn duplicates(cells: &Cells<'_>, findings: &mut Findings) -> BTreeMap<DuplicateKind, Duplicates> {
    let mut duplicates = BTreeMap::new();
    for kind in DuplicateKind::ALL {
        let (groups, grouped) = (Item::Groups(kind), Item::Grouped(kind));
        if !cells.has(groups) && !cells.has(grouped) {
            continue;
        }
        let groups = cells.needed_count(Column::Item(groups), findings);
        let records = cells.needed_count(Column::Item(grouped), findings);
        if let Some((groups, records)) = groups.zip(records) {
            duplicates.insert(kind, Duplicates { groups, records });
        }
    }
    duplicates
}

fn cases(cells: &Cells<'_>, context: &Context<'_>, findings: &mut Findings) -> Option<CaseAccount> {
    let week = cells.week(context, findings);
    let unit = unit(cells, week.map(|week| week.last_day()), context, findings);
    let record_type = record_type(cells, context, findings);
    let mut flows = BTreeMap::new();
    let mut open = BTreeMap::new();
    for column in cells.by_column.keys() {
        match column {
            Column::Item(Item::Flow(owner, kind, resolution)) => {
                if let Some(count) = cells.needed_count(*column, findings) {
                    flows.insert((*owner, *kind, *resolution), count);
                }
            }
            Column::Item(Item::Open(owner, week)) => {
                if let Some(count) = cells.needed_count(*column, findings) {
                    open.insert((*owner, *week), count);
                }
            }
            _ => {}
        }
    }
    Some(CaseAccount {
        line: cells.line,
        unit: unit?,
        record_type: record_type?,
        week: week?,
        flows,
        open,
    })
}

fn statement(
    cells: &Cells<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<SyncStatement> {
    cells.require(Column::AsOf, findings);
    let as_of = cells.day(Column::AsOf, context, findings);
    let unit = unit(cells, as_of, context, findings);
    let record_type = record_type(cells, context, findings);
    let registry_total = cells.needed_count(Column::Item(Item::RegistryTotal), findings);
    let population_linked = cells.needed_count(Column::Item(Item::PopulationLinked), findings);
    let explained = Explained::ALL.map(|line| {
        let line = Column::Item(Item::Explained(line));
        cells.count_or_zero(line, findings).unwrap_or_default()
    });
    let unexplained = cells.whole(Item::Unexplained, findings);
    let mut exchanges = BTreeMap::new();
    for direction in Direction::ALL {
        let message = |state| Item::Message(direction, state);
        if !cells.has(message(MessageState::Sent)) {
            continue;
        }
        let mut count = |state| {
            cells
                .needed_count(Column::Item(message(state)), findings)
                .unwrap_or_default()
        };
        exchanges.insert(
            direction,
            Exchange {
                sent: count(MessageState::Sent),
                acknowledged: count(MessageState::Acknowledged),
                refused: count(MessageState::Refused),
                pending: count(MessageState::Pending),
            },
        );
    }
    Some(SyncStatement {
        line: cells.line,
        unit: unit?,
        record_type: record_type?,
        as_of: as_of?,
        registry_total: registry_total?,
        population_linked: population_linked?,
        explained,
        unexplained: unexplained?,
        exchanges,
    })
}
