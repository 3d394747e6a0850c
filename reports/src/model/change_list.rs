//! Every cell that differs between two moments, named, classed and put in order.

use std::cmp::Reverse;

use store::domain::{CellChange, ChangeDeed, Count, Reference, Reported, Text, UnitId, Units};

use crate::words::part_words;

/// What a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A figure that was known before was replaced by another.
    Correction,
    /// A file was taken back or counts again.
    Withdrawal,
    /// A figure that was not known before.
    NewFigure,
}

/// One cell that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// The cell, both values and what was done.
    pub change: CellChange,
    /// The name of the unit on the date.
    pub name: Text,
    /// The part of the work.
    pub part: Text,
    /// What the difference is.
    pub kind: ChangeKind,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeOrder {
    /// Corrections first, then withdrawals, then new figures; inside by unit and date.
    #[default]
    Kind,
    /// By unit and date.
    Unit,
    /// The largest difference first.
    Size,
    /// What was done last first.
    Latest,
}

/// Which rows, in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Of one unit, or of those merged into it; `None` is all.
    pub unit: Option<UnitId>,
    /// Of one kind; `None` is all.
    pub kind: Option<ChangeKind>,
    /// The order.
    pub order: ChangeOrder,
}

/// The cells that differ between two moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeList {
    /// Every one, by unit, date, part and stage.
    pub rows: Vec<ChangeRow>,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Correction, Self::Withdrawal, Self::NewFigure];

    /// The word in addresses and files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Withdrawal => "withdrawal",
            Self::NewFigure => "new",
        }
    }

    /// The kind of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Correction => Text::new("đính chính", "correction"),
            Self::Withdrawal => Text::new("rút hoặc khôi phục tệp", "file withdrawn or restored"),
            Self::NewFigure => Text::new("số mới", "new figure"),
        }
    }

    const fn of(change: &CellChange) -> Self {
        match (change.deed, change.before) {
            (ChangeDeed::Withdrawn | ChangeDeed::Restored, _) => Self::Withdrawal,
            (ChangeDeed::Reported, Some(_)) => Self::Correction,
            (ChangeDeed::Reported, None) => Self::NewFigure,
        }
    }
}

impl ChangeOrder {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Kind, Self::Unit, Self::Size, Self::Latest];

    /// The word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Unit => "unit",
            Self::Size => "size",
            Self::Latest => "latest",
        }
    }

    /// The order of a word; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.key() == key)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Kind => Text::new("đính chính trước", "corrections first"),
            Self::Unit => Text::new("theo địa phương và ngày", "by province and date"),
            Self::Size => Text::new("chênh lệch lớn trước", "largest difference first"),
            Self::Latest => Text::new("mới ghi nhận trước", "latest first"),
        }
    }
}

impl ChangeRow {
    /// The new value less the old one; `None` where one of the two does not exist, which is not zero.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        let value = |reported: Option<Reported>| reported.map(|reported| reported.count.to_i64());
        Some(value(self.change.after)?.saturating_sub(value(self.change.before)?))
    }

    /// How much it moves: the difference without its sign, or the value that came or went.
    fn size(&self) -> u64 {
        let value = |reported: Option<Reported>| {
            reported
                .map_or(Count::ZERO, |reported| reported.count)
                .to_i64()
        };
        value(self.change.after).abs_diff(value(self.change.before))
    }
}

impl ChangeList {
    /// Names and classes differences; they come in the order of their cells.
    #[must_use]
    pub fn new(changes: Vec<CellChange>, reference: &Reference) -> Self {
        let row = |change: CellChange| ChangeRow {
            name: reference.units.name_on(change.cell.unit, change.cell.as_of),
            part: part_words(&change.cell.part, change.cell.count_unit, reference),
            kind: ChangeKind::of(&change),
            change,
        };
        Self {
            rows: changes.into_iter().map(row).collect(),
        }
    }

    /// Some rows in an order.
    #[must_use]
    pub fn filtered(&self, filter: &ChangeFilter, units: &Units) -> Vec<&ChangeRow> {
        let of_unit = |row: &&ChangeRow| {
            filter.unit.is_none_or(|unit| {
                row.change.cell.unit == unit || units.members(unit).contains(&row.change.cell.unit)
            })
        };
        let of_kind = |row: &&ChangeRow| filter.kind.is_none_or(|kind| row.kind == kind);
        let mut rows: Vec<&ChangeRow> = self.rows.iter().filter(of_unit).filter(of_kind).collect();
        match filter.order {
            ChangeOrder::Unit => {}
            ChangeOrder::Kind => rows.sort_by_key(|row| row.kind),
            ChangeOrder::Size => rows.sort_by_key(|row| Reverse(row.size())),
            ChangeOrder::Latest => rows.sort_by_key(|row| Reverse(row.change.at)),
        }
        rows
    }

    /// How many rows are of a kind.
    #[must_use]
    pub fn count_of(&self, kind: ChangeKind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }
}
