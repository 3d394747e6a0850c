//! Cells that repeat from row to row: those of closed lists, and places.

use std::collections::HashMap;

use store::domain::{RecordType, UnitId};

use super::class::{Difference, Field};
use super::row::Status;
use super::rule_set::judge_field;
use super::run::RunFacts;
use crate::fold::fold;
use crate::unit_names::{Found, find_by_code};
use crate::vocabulary::Vocabulary;

/// Cells that repeat on every row, read once a block.
#[derive(Default)]
pub(super) struct Memo {
    provinces: HashMap<String, Option<UnitId>>,
    record_types: HashMap<String, Option<RecordType>>,
    statuses: HashMap<String, Option<Status>>,
    again: HashMap<String, Option<bool>>,
    /// Of two places, told apart by a NUL, which no text that is read has.
    places: HashMap<String, Difference>,
    /// The two places that are looked up.
    pair: String,
}

/// More different cells than a sound column has are not kept, so that a hostile file does not fill the memory.
const KEPT: usize = 1000;

fn remember<T: Copy>(
    known: &mut HashMap<String, T>,
    cell: &str,
    read: impl FnOnce(&str) -> T,
) -> T {
    if let Some(value) = known.get(cell) {
        return *value;
    }
    let value = read(cell);
    if known.len() < KEPT {
        known.insert(cell.to_owned(), value);
    }
    value
}

impl Memo {
    pub(super) fn province(&mut self, cell: &str, facts: &RunFacts) -> Option<UnitId> {
        remember(&mut self.provinces, cell, |cell| {
            let vocabulary = Vocabulary::embedded();
            let units = &vocabulary.reference.units;
            let day = facts.week.last_day();
            let digits = cell
                .trim()
                .trim_start_matches('\'')
                .bytes()
                .all(|byte| byte.is_ascii_digit());
            let found = if digits {
                find_by_code(units, cell.trim(), day)
            } else {
                vocabulary.unit_names.find(units, cell, day)
            };
            match found {
                Found::Unit(unit) => Some(unit.id),
                Found::OtherDate(_) | Found::Nothing => None,
            }
        })
    }

    pub(super) fn record_type(&mut self, cell: &str) -> Option<RecordType> {
        remember(&mut self.record_types, cell, |cell| {
            let found = Vocabulary::embedded().record_types.find(cell);
            found.filter(|found| *found != RecordType::All && !cell.trim().is_empty())
        })
    }

    /// The same as [`judge_field`].
    pub(super) fn judge_field(&mut self, field: Field, hotich: &str, dancu: &str) -> Difference {
        let is_place = matches!(field, Field::BirthPlace | Field::RegistrationPlace);
        if !is_place || hotich == dancu {
            return judge_field(field, hotich, dancu);
        }
        self.pair.clear();
        self.pair.extend([hotich, "\0", dancu]);
        remember(&mut self.places, &self.pair, |_| {
            judge_field(field, hotich, dancu)
        })
    }

    /// Whether the record was compared before; an empty cell is no.
    pub(super) fn again(&mut self, cell: &str) -> Option<bool> {
        remember(&mut self.again, cell, |cell| match &*fold(cell) {
            "" | "khong" | "no" | "0" => Some(false),
            "co" | "yes" | "x" | "1" => Some(true),
            _ => None,
        })
    }

    pub(super) fn status(&mut self, cell: &str) -> Option<Status> {
        remember(&mut self.statuses, cell, |cell| Status::read(&fold(cell)))
    }
}
