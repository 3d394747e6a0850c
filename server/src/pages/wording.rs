//! Figures of the reconciliation and the audit in the language of a page. Small counts are not shown.

use chrono::NaiveDate;
use reports::reconciliation::{Cell, Interval, LARGEST_SMALL_CELL, publish};
use store::domain::{Count, Language, RecordType, Reference, Text, UnitId};

/// What words are made with.
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) reference: &'static Reference,
    pub(super) day: NaiveDate,
}

impl Words {
    pub(super) fn text(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    pub(super) fn unit(&self, unit: UnitId) -> String {
        let found = self.reference.units.find(unit);
        found.map_or_else(
            || unit.to_string(),
            |unit| self.text(unit.name_on(self.day)),
        )
    }

    pub(super) fn record_type(&self, record_type: RecordType) -> String {
        let mut names = self.reference.record_types.iter();
        let own = names.find(|names| names.record_type == record_type);
        own.map_or_else(
            || record_type.key().to_owned(),
            |names| self.text(&names.name),
        )
    }

    /// A share with one decimal, such as `6,9%`.
    pub(super) fn percent(&self, share: f64) -> String {
        let tenths = Count::from_f64(share * 1000.0).map_or(0, Count::to_i64);
        let point = self.language.pick(",", ".");
        format!("{}{point}{}%", tenths / 10, tenths % 10)
    }

    pub(super) fn interval(&self, interval: Interval) -> String {
        format!(
            "{} ({}–{})",
            self.percent(interval.point),
            self.percent(interval.lower),
            self.percent(interval.upper)
        )
    }

    pub(super) fn cells(&self, parts: &[Count]) -> Vec<String> {
        let cells = publish(parts).into_iter().zip(parts);
        cells
            .map(|(cell, count)| match cell {
                Cell::Shown(count) => self.language.count(count),
                Cell::Hidden if count.to_i64() <= LARGEST_SMALL_CELL => "‹5".to_owned(),
                Cell::Hidden => "…".to_owned(),
            })
            .collect()
    }

    /// A count that stands alone.
    pub(super) fn cell(&self, count: Count) -> String {
        self.cells(&[count]).pop().unwrap_or_default()
    }
}
