//! What a commit of a file would change, cell by cell, as the archive stands now.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use store::domain::{
    Count, CountRow, CountUnit, Digest, Language, Stage, StageCounts, Text, UnitSeries,
};
use store::{Store, StoreError, UnitEvent};

use crate::history::PartOfWork;
use crate::intake::Parsed;
use crate::questions::about;

/// How a cell would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing was reported for it before.
    New,
    /// A larger number.
    Raised,
    /// A smaller number.
    Lowered,
    /// The same number.
    Unchanged,
}

/// One cell that a file carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// Which row of the form, as it is named in lists.
    pub part: Option<Text>,
    /// The date the figure is true for.
    pub as_of: NaiveDate,
    /// The stage.
    pub stage: Stage,
    /// What stands now; `None` where nothing was reported.
    pub before: Option<Count>,
    /// What the file says.
    pub after: Count,
    /// How it would change.
    pub change: Change,
}

/// What a commit of a file would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Every cell the file carries, in the order of the file; empty for forms other than counts.
    pub cells: Vec<CellChange>,
    /// The digest of the file and of all that would change. A commit that names it commits exactly this.
    pub digest: Digest,
    /// The series of the file's units in records as they stand now; empty where it counts nothing in records.
    pub before: Vec<UnitSeries>,
    /// The same series with the file.
    pub after: Vec<UnitSeries>,
}

/// A cell by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellName {
    /// Which row of the form, as it is named in lists; `None` for the whole of a unit's work.
    pub part: Option<Text>,
    /// The date.
    pub as_of: NaiveDate,
    /// The stage.
    pub stage: Stage,
}

/// What was recorded about the units of a file since it was previewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What, by whom and when.
    pub event: UnitEvent,
    /// The cells it shares with the file.
    pub cells: Vec<CellName>,
}

impl Preview {
    /// How many cells would change in a way.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        self.cells
            .iter()
            .filter(|cell| cell.change == change)
            .count()
    }
}

/// Compares the cells of a file with what the archive holds for the same dates.
///
/// # Errors
/// [`StoreError`] where the database does not answer.
pub fn preview(store: &Store, parsed: &Parsed) -> Result<Preview, StoreError> {
    let rows = parsed.count_rows();
    let standing = standing_rows(store, parsed)?;
    let standing: Standing<'_> = standing
        .iter()
        .map(|row| ((row.as_of, PartOfWork::of(row)), row.counts))
        .collect();
    let mut cells = Vec::new();
    for row in rows {
        let before = standing.get(&(row.as_of, PartOfWork::of(row)));
        let part = part_name(row);
        for (stage, reported) in row.counts.iter() {
            let before = before
                .and_then(|counts| counts.get(stage))
                .map(|before| before.count);
            cells.push(CellChange {
                part: part.clone(),
                as_of: row.as_of,
                stage,
                before,
                after: reported.count,
                change: change_of(before, reported.count),
            });
        }
    }
    let digest = digest_of(parsed, &cells);
    let records: Vec<&CountRow> = parsed
        .count_rows()
        .into_iter()
        .filter(|row| row.count_unit == CountUnit::Record)
        .collect();
    let (before, after) = store.series_with(&records, CountUnit::Record)?;
    Ok(Preview {
        cells,
        digest,
        before,
        after,
    })
}

/// What was recorded about the units of a file after an entry of the log, with the cells that the file carries too.
///
/// # Errors
/// [`StoreError`] where the database does not answer.
pub fn moved_since(store: &Store, parsed: &Parsed, basis: i64) -> Result<Vec<Moved>, StoreError> {
    let rows = parsed.count_rows();
    let units = rows.iter().map(|row| row.unit).collect();
    let mut own: BTreeMap<(NaiveDate, PartOfWork<'_>), StageCounts> = BTreeMap::new();
    for row in &rows {
        own.insert((row.as_of, PartOfWork::of(row)), row.counts);
    }
    let shared = |row: &CountRow| {
        let own = own.get(&(row.as_of, PartOfWork::of(row))).copied();
        let stages = row.counts.iter().map(|(stage, _)| stage);
        let both = stages.filter(|stage| own.is_some_and(|own| own.get(*stage).is_some()));
        let name = |stage| CellName {
            part: part_name(row),
            as_of: row.as_of,
            stage,
        };
        both.map(name).collect::<Vec<_>>()
    };
    let events = store.events_since(&units, basis)?.into_iter();
    let moved = |event: UnitEvent| Moved {
        cells: event.rows.iter().flat_map(shared).collect(),
        event,
    };
    Ok(events.map(moved).collect())
}

type Standing<'a> = BTreeMap<(NaiveDate, PartOfWork<'a>), StageCounts>;

fn standing_rows(store: &Store, parsed: &Parsed) -> Result<Vec<CountRow>, StoreError> {
    let mut standing = Vec::new();
    for (as_of, units) in parsed.reach() {
        let next = as_of.checked_add_days(Days::new(1)).unwrap_or(as_of);
        standing.extend(store.previous_counts(&units, (as_of, next), None)?);
    }
    Ok(standing)
}

fn change_of(before: Option<Count>, after: Count) -> Change {
    match before {
        None => Change::New,
        Some(before) if after > before => Change::Raised,
        Some(before) if after < before => Change::Lowered,
        Some(_) => Change::Unchanged,
    }
}

/// The parts of a row that tell it from others of the same unit and date; `None` for the whole of a unit's work.
fn part_name(row: &CountRow) -> Option<Text> {
    let name = Text::new(
        about(Some(row), None, Language::Vi),
        about(Some(row), None, Language::En),
    );
    (!name.vi.is_empty()).then_some(name)
}

fn digest_of(parsed: &Parsed, cells: &[CellChange]) -> Digest {
    let file = parsed
        .sha256()
        .map_or_else(String::new, |sha256| sha256.to_string());
    let before: Vec<String> = cells
        .iter()
        .map(|cell| {
            cell.before
                .map_or_else(|| "-".to_owned(), |before| before.to_string())
        })
        .collect();
    Digest::of(format!("{file}\n{}", before.join("\n")).as_bytes())
}
