//! Repeats among the rows of a batch: flags beside the outcomes, never a part of them.

use std::collections::BTreeMap;

use rayon::slice::ParallelSliceMut as _;
use store::domain::RecordType;

use super::tally::{BatchKey, Repeats};

/// The kinds, in the order of the counts document.
pub(super) const KINDS: [&str; 4] = [
    "same_event_twice",
    "two_records_one_person",
    "one_number_two_people",
    "two_numbers_one_person",
];

/// What is kept of a row until the end of the file: keys, a place, no value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    pub(super) batch: BatchKey,
    pub(super) line: u64,
    /// Whether it was compared before.
    pub(super) again: bool,
    /// The pointer as a key.
    pub(super) record: u64,
    /// The personal number; 0 where there is none.
    pub(super) number: u64,
    pub(super) person: u64,
    pub(super) event: u64,
    /// Where the pointer begins in the pointers of its block, and how long it is.
    pub(super) pointer: (u32, u32),
}

/// A row that is flagged: its place among all traces and the kind.
pub(super) type Flag = (usize, usize);

/// The kind of a group of rows that share a key, as a place in [`KINDS`]; `None` where they are no duplicates.
type KindOf = fn(&[Trace]) -> Option<usize>;

/// Groups of more than one row with the same batch and key, in the order of the file.
fn groups(traces: &[Trace], key_of: impl Fn(&Trace) -> u64 + Sync) -> Vec<Vec<usize>> {
    let mut keyed: Vec<(u64, usize)> = traces
        .iter()
        .enumerate()
        .map(|(place, trace)| (key_of(trace), place))
        .filter(|(key, _)| *key != 0)
        .collect();
    keyed.par_sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for same in keyed
        .chunk_by(|(one, _), (other, _)| one == other)
        .filter(|same| same.len() > 1)
    {
        let mut by_batch: BTreeMap<BatchKey, Vec<usize>> = BTreeMap::new();
        for (_, place) in same {
            if let Some(trace) = traces.get(*place) {
                by_batch.entry(trace.batch).or_default().push(*place);
            }
        }
        groups.extend(by_batch.into_values().filter(|group| group.len() > 1));
    }
    groups.sort_unstable();
    groups
}

/// The records of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Records {
    /// How many there are.
    pub(super) all: u64,
    /// How many have one row.
    pub(super) single: u64,
    /// How many of those were compared before.
    pub(super) single_again: u64,
}

/// Rows whose pointer stands more often than the record has subjects, and the records of each batch.
pub(super) fn records(traces: &[Trace]) -> (Vec<u64>, BTreeMap<BatchKey, Records>) {
    let mut records: BTreeMap<BatchKey, Records> = BTreeMap::new();
    for trace in traces {
        let own = records.entry(trace.batch).or_default();
        own.all += 1;
        own.single += 1;
        own.single_again += u64::from(trace.again);
    }
    let mut repeated = Vec::new();
    for group in groups(traces, |trace| trace.record) {
        let rows = || group.iter().filter_map(|place| traces.get(*place));
        let Some(first) = rows().next() else {
            continue;
        };
        let most = most_subjects(first.batch.record_type).unwrap_or(usize::MAX);
        repeated.extend(rows().skip(most).map(|trace| trace.line));
        if let Some(own) = records.get_mut(&first.batch) {
            let again = rows().filter(|trace| trace.again).count();
            let number = |count: usize| u64::try_from(count).unwrap_or(0);
            own.all -= number(group.len() - 1);
            own.single -= number(group.len());
            own.single_again -= number(again);
        }
    }
    repeated.sort_unstable();
    (repeated, records)
}

/// How many subjects a record has; `None` where the type leaves it open (invariant 2).
pub(super) const fn most_subjects(record_type: RecordType) -> Option<usize> {
    match record_type {
        RecordType::Birth | RecordType::Death => Some(1),
        RecordType::Marriage => Some(2),
        _ => None,
    }
}

/// The flagged rows in the order of the file, and the counts of every batch.
pub(super) fn find(traces: &[Trace]) -> (Vec<Flag>, BTreeMap<BatchKey, [Repeats; 4]>) {
    let mut flags = Vec::new();
    let mut counts: BTreeMap<BatchKey, [Repeats; 4]> = BTreeMap::new();
    let by_event = groups(traces, |trace| trace.event)
        .into_iter()
        .map(|group| (group, of_event as KindOf));
    let by_number = groups(traces, |trace| trace.number)
        .into_iter()
        .map(|group| (group, of_number as KindOf));
    for (group, kind_of) in by_event.chain(by_number) {
        let rows: Vec<Trace> = group
            .iter()
            .filter_map(|place| traces.get(*place))
            .copied()
            .collect();
        let (Some(kind), Some(first)) = (kind_of(&rows), rows.first()) else {
            continue;
        };
        if let Some(repeats) = counts.entry(first.batch).or_default().get_mut(kind) {
            repeats.groups += 1;
            repeats.records += u64::try_from(rows.len()).unwrap_or(0);
        }
        flags.extend(group.into_iter().map(|place| (place, kind)));
    }
    flags.sort_unstable();
    (flags, counts)
}

/// The same name, date and parents: one event in two records, or one person with two numbers.
fn of_event(rows: &[Trace]) -> Option<usize> {
    let mut numbers = rows
        .iter()
        .map(|row| row.number)
        .filter(|number| *number != 0);
    let first = numbers.next();
    let two_numbers = numbers.any(|number| Some(number) != first);
    Some(if two_numbers { 3 } else { 0 })
}

/// The same number: two people, or one person in two records of a type that happens once in a life.
fn of_number(rows: &[Trace]) -> Option<usize> {
    let same = |key: fn(&Trace) -> u64| {
        rows.windows(2)
            .all(|pair| matches!(pair, [one, other] if key(one) == key(other)))
    };
    let first = rows.first()?;
    if !same(|row| row.person) {
        return Some(2);
    }
    let once = most_subjects(first.batch.record_type) == Some(1);
    let counted_as_event = first.event != 0 && same(|row| row.event);
    (once && !counted_as_event).then_some(1)
}
