//! The forms to fill in: with the rows of a province as far as they are known, and the figures of its last report beside.

mod advice;
mod csv;
mod earlier;
mod xlsx;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use store::domain::{
    CountRow, CountUnit, Language, Outcome, ReconciliationStage, RecordType, Route, Stage, Unit,
    UnitId, Week,
};

pub use self::earlier::Earlier;
pub(crate) use self::xlsx::properties as workbook_properties;
use crate::column::Column;
use crate::form::Form;
use crate::forms::item::{self, Item};
use crate::vocabulary::Vocabulary;

/// The names of sheets that the program itself puts beside a table: what to type where, and what was found in the file.
/// They hold no figures.
pub(crate) const SHEETS_BESIDE: [&str; 4] = ["Hướng dẫn", "Guide", "Biên nhận", "Receipt"];

/// Whose form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateFor {
    /// The language of headers, words and advice.
    pub language: Language,
    /// The province; `None` gives a form with a row for every province of the day.
    pub unit: Option<UnitId>,
    /// The day the counts are to be true for.
    pub as_of: NaiveDate,
}

/// A form to fill in.
#[derive(Clone, Debug)]
pub struct Template {
    form: Form,
    language: Language,
    columns: Vec<Column>,
    rows: Vec<Vec<Entry>>,
    /// The day of the figures beside; `None` where there are none.
    earlier_on: Option<NaiveDate>,
    /// The words that cells of a column may have, of those columns that have such a list.
    lists: Vec<(Column, Vec<String>)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    /// To be filled in.
    Empty,
    Text(String),
    Day(NaiveDate),
    Number(i64),
}

impl Template {
    /// The counts form. Only the counts are left to fill in; a row left empty is skipped.
    ///
    /// A province that reported in the last weeks has the rows it reported then, communes included; another one has a row for
    /// each record type, the unsplit row first. The form of all provinces has one unsplit row for each.
    #[must_use]
    pub fn counts(vocabulary: &Vocabulary<'_>, wanted: TemplateFor, earlier: &Earlier) -> Self {
        let mut columns = vec![
            Column::ProvinceCode,
            Column::Province,
            Column::SubUnit,
            Column::AsOf,
            Column::RecordType,
            Column::Route,
            Column::CountUnit,
        ];
        columns.extend(Stage::ALL.map(Column::Stage));
        columns.extend([Column::Note, Column::Difficulty]);
        if earlier.last_day().is_some() {
            columns.extend(Stage::ALL.map(Column::Earlier));
        }
        let words = Shown { vocabulary, wanted };
        let mut rows = Vec::new();
        for unit in words.units(wanted.as_of) {
            for part in parts(unit.id, wanted, earlier) {
                let cell = |column: &Column| words.count_cell(*column, unit, &part, earlier);
                rows.push(columns.iter().map(cell).collect());
            }
        }
        Self {
            form: Form::Counts,
            language: wanted.language,
            lists: words.lists(&[Column::RecordType, Column::Route, Column::CountUnit]),
            columns,
            rows,
            earlier_on: earlier.last_day(),
        }
    }

    /// The short reconciliation form for the week of the day: outcomes alone. Rule set and numbers are left to fill in; a row
    /// left empty is skipped.
    ///
    /// A province has a row for each record type; the form of all provinces has an unsplit row for each.
    #[must_use]
    pub fn reconciliation(vocabulary: &Vocabulary<'_>, wanted: TemplateFor) -> Self {
        Self::of_batches(vocabulary, wanted, &[])
    }

    /// The full reconciliation form: everything that a document tells of a batch, a column a key.
    #[must_use]
    pub fn full_reconciliation(vocabulary: &Vocabulary<'_>, wanted: TemplateFor) -> Self {
        let mut columns: Vec<Column> = item::headers()
            .into_iter()
            .map(|(column, ..)| column)
            .collect();
        columns.push(Column::Note);
        Self::of_batches(vocabulary, wanted, &columns)
    }

    fn of_batches(vocabulary: &Vocabulary<'_>, wanted: TemplateFor, more: &[Column]) -> Self {
        let mut columns = vec![
            Column::ProvinceCode,
            Column::Province,
            Column::Week,
            Column::RecordType,
            Column::ComparedStage,
            Column::RuleSet,
            Column::PopulationAsOf,
            Column::Records,
            Column::Subjects,
        ];
        columns.extend(Outcome::ALL.map(Column::Outcome));
        columns.extend(more);
        let week = Week::containing(wanted.as_of);
        let words = Shown { vocabulary, wanted };
        let record_types = match wanted.unit {
            Some(_) => RecordType::EVERY.get(1..),
            None => RecordType::EVERY.get(..1),
        };
        let mut rows = Vec::new();
        for unit in words.units(week.last_day()) {
            for record_type in record_types.unwrap_or_default() {
                let cell = |column: &Column| match column {
                    Column::Week => Entry::Text(week.to_string()),
                    Column::ComparedStage => words.stage(ReconciliationStage::BeforeApproval),
                    column => words.common_cell(*column, unit, week.last_day(), *record_type),
                };
                rows.push(columns.iter().map(cell).collect());
            }
        }
        let mut lists = words.lists(&[Column::RecordType, Column::ComparedStage]);
        if !more.is_empty() {
            lists.extend(words.lists(&[Column::Item(Item::Method)]));
        }
        Self {
            form: Form::Reconciliation,
            language: wanted.language,
            lists,
            columns,
            rows,
            earlier_on: None,
        }
    }

    /// Every text that the program itself writes on the sheet beside a reconciliation form. Nothing else may stand there, for
    /// the file is kept as it came.
    pub(crate) fn words_beside(vocabulary: &Vocabulary<'_>) -> BTreeSet<String> {
        let mut words: BTreeSet<String> = SHEETS_BESIDE.map(str::to_owned).into();
        for language in Language::ALL {
            let form = Self::full_reconciliation(
                vocabulary,
                TemplateFor {
                    language,
                    unit: None,
                    as_of: NaiveDate::default(),
                },
            );
            words.insert(advice::title(language).to_owned());
            words.extend(form.general_advice().into_iter().map(str::to_owned));
            for column in &form.columns {
                words.insert(form.header(*column));
                words.extend(advice::of_column(*column, language).map(str::to_owned));
            }
            words.extend(form.lists.into_iter().flat_map(|(_, words)| words));
        }
        words
    }

    fn general_advice(&self) -> Vec<&'static str> {
        let mut advice = advice::general(self.form, self.language);
        if self
            .columns
            .iter()
            .any(|column| matches!(column, Column::Item(_)))
        {
            advice.extend(advice::of_run(self.language));
        }
        advice
    }

    /// A name for the file, without its ending.
    #[must_use]
    pub const fn file_name(&self) -> &'static str {
        match self.form {
            Form::Reconciliation => self.language.pick("doi-chieu", "reconciliation"),
            Form::Counts | Form::Published => self.language.pick("so-dem", "counts"),
        }
    }

    fn header(&self, column: Column) -> String {
        let Column::Earlier(stage) = column else {
            return item::header_of(column, self.language);
        };
        let word = self.language.pick("Kỳ trước", "Earlier");
        let stage = Column::Stage(stage).header(self.language);
        let day = self.earlier_on.map(|day| self.language.date(day));
        format!("{word} {}: {stage}", day.unwrap_or_default())
    }

    fn list(&self, column: Column) -> Option<&[String]> {
        let mut lists = self.lists.iter();
        lists
            .find(|(of, _)| *of == column)
            .map(|(_, words)| words.as_slice())
    }
}

/// The parts of its work that a unit has a row for: their counts are those of its last report.
fn parts(unit: UnitId, wanted: TemplateFor, earlier: &Earlier) -> Vec<CountRow> {
    let empty = |record_type| CountRow {
        line: 0,
        unit,
        sub_unit: None,
        as_of: wanted.as_of,
        record_type,
        route: Route::All,
        count_unit: CountUnit::Record,
        counts: store::domain::StageCounts::default(),
        note: None,
        difficulty: None,
    };
    let known: Vec<CountRow> = earlier.of(unit).cloned().collect();
    if wanted.unit.is_none() {
        let unsplit = empty(RecordType::All);
        let same = |row: &CountRow| {
            row.sub_unit.is_none()
                && (row.record_type, row.route, row.count_unit)
                    == (unsplit.record_type, unsplit.route, unsplit.count_unit)
        };
        let known = known.into_iter().find(same);
        vec![known.unwrap_or(unsplit)]
    } else if known.is_empty() {
        RecordType::EVERY.iter().copied().map(empty).collect()
    } else {
        known
    }
}

/// The words of a form.
struct Shown<'a> {
    vocabulary: &'a Vocabulary<'a>,
    wanted: TemplateFor,
}

impl<'a> Shown<'a> {
    fn units(&self, day: NaiveDate) -> impl Iterator<Item = &'a Unit> {
        let wanted = self.wanted.unit;
        let units = self.vocabulary.reference.units.existing_on(day);
        units.filter(move |each| wanted.is_none_or(|id| each.id == id))
    }

    fn count_cell(&self, column: Column, unit: &Unit, part: &CountRow, earlier: &Earlier) -> Entry {
        let language = self.wanted.language;
        match column {
            Column::SubUnit => part
                .sub_unit
                .as_deref()
                .map_or(Entry::Empty, |name| Entry::Text(name.to_owned())),
            Column::AsOf => Entry::Day(self.wanted.as_of),
            // An empty cell says the same, and is how most write it.
            Column::Route if part.route == Route::All => Entry::Empty,
            Column::Route => Entry::Text(self.vocabulary.routes.word(part.route, language)),
            Column::CountUnit => {
                Entry::Text(self.vocabulary.count_units.word(part.count_unit, language))
            }
            Column::Earlier(stage) if earlier.last_day() == Some(part.as_of) => {
                let count = part.counts.get(stage);
                count.map_or(Entry::Empty, |count| Entry::Number(count.count.to_i64()))
            }
            column => self.common_cell(column, unit, self.wanted.as_of, part.record_type),
        }
    }

    fn common_cell(
        &self,
        column: Column,
        unit: &Unit,
        day: NaiveDate,
        record_type: RecordType,
    ) -> Entry {
        match column {
            Column::ProvinceCode => {
                let code = unit.code_on(day);
                code.map_or(Entry::Empty, |code| Entry::Text(code.to_owned()))
            }
            Column::Province => Entry::Text(unit.name_on(day).vi.clone()),
            Column::RecordType => {
                let words = &self.vocabulary.record_types;
                Entry::Text(words.word(record_type, self.wanted.language))
            }
            _ => Entry::Empty,
        }
    }

    fn stage(&self, stage: ReconciliationStage) -> Entry {
        let words = &self.vocabulary.compared_stages;
        Entry::Text(words.word(stage, self.wanted.language))
    }

    fn lists(&self, columns: &[Column]) -> Vec<(Column, Vec<String>)> {
        let (vocabulary, language) = (self.vocabulary, self.wanted.language);
        let words = |column: &Column| match column {
            Column::RecordType => vocabulary.record_types.words(language),
            Column::Route => vocabulary.routes.words(language),
            Column::CountUnit => vocabulary.count_units.words(language),
            Column::ComparedStage => vocabulary.compared_stages.words(language),
            Column::Item(Item::Method) => vocabulary.methods.words(language),
            _ => Vec::new(),
        };
        columns
            .iter()
            .map(|column| (*column, words(column)))
            .collect()
    }
}
