//! The empty forms, with the rows of a province filled in as far as they are known.
//!
//! The delimiter is the comma. Excel splits a CSV file by the list separator of the machine's region, which is a comma on
//! English and a semicolon on most Vietnamese machines, so neither suits all. The comma is what RFC 4180, LibreOffice and
//! every other program expect, and Excel's own "Data, From Text/CSV" finds it; whatever sign comes back is detected.

use chrono::NaiveDate;
use store::domain::{
    CountUnit, Language, Outcome, ReconciliationStage, RecordType, Stage, Unit, UnitId, Week,
};

use crate::column::Column;
use crate::vocabulary::Vocabulary;

/// The empty counts form: UTF-8 with a byte order mark, headers in a language.
///
/// With a unit it has a row for each record type, the unsplit row first; without, an unsplit row for each unit that
/// exists on `as_of`. Only the counts are left to fill in; a row left empty is skipped.
#[must_use]
pub fn template_counts(
    vocabulary: &Vocabulary<'_>,
    language: Language,
    unit: Option<UnitId>,
    as_of: NaiveDate,
) -> Vec<u8> {
    let columns: Vec<Column> = [
        Column::ProvinceCode,
        Column::Province,
        Column::SubUnit,
        Column::AsOf,
        Column::RecordType,
        Column::Route,
        Column::CountUnit,
    ]
    .into_iter()
    .chain(Stage::ALL.map(Column::Stage))
    .chain([
        Column::Remaining,
        Column::Percent,
        Column::Note,
        Column::Difficulty,
    ])
    .collect();
    let row = |(unit, record_type): (&Unit, RecordType)| {
        let known = Known {
            vocabulary,
            language,
            unit,
            day: as_of,
        };
        let cells = columns.iter().map(|column| match column {
            Column::AsOf => as_of.format("%d/%m/%Y").to_string(),
            Column::CountUnit => vocabulary.count_units.shown(CountUnit::Record).to_owned(),
            column => known.cell(*column, record_type),
        });
        cells.collect()
    };
    let split = RecordType::EVERY;
    let unsplit = &RecordType::EVERY[..1];
    let record_types = if unit.is_some() { split } else { unsplit };
    let rows = rows_of(vocabulary, (unit, as_of), record_types).map(row);
    write_table(&columns, language, rows)
}

/// The empty reconciliation form for the week of a day: UTF-8 with a byte order mark, headers in a language.
///
/// With a unit it has a row for each record type; without, an unsplit row for each unit that exists at the end of the
/// week. Rule set and numbers are left to fill in; a row left empty is skipped.
#[must_use]
pub fn template_reconciliation(
    vocabulary: &Vocabulary<'_>,
    language: Language,
    unit: Option<UnitId>,
    as_of: NaiveDate,
) -> Vec<u8> {
    let columns: Vec<Column> = [
        Column::ProvinceCode,
        Column::Province,
        Column::Week,
        Column::RecordType,
        Column::ComparedStage,
        Column::RuleSet,
        Column::PopulationAsOf,
        Column::Records,
        Column::Subjects,
    ]
    .into_iter()
    .chain(Outcome::ALL.map(Column::Outcome))
    .collect();
    let week = Week::containing(as_of);
    let before_approval = ReconciliationStage::BeforeApproval;
    let row = |(unit, record_type): (&Unit, RecordType)| {
        let known = Known {
            vocabulary,
            language,
            unit,
            day: week.last_day(),
        };
        let cells = columns.iter().map(|column| match column {
            Column::Week => week.to_string(),
            Column::ComparedStage => vocabulary.compared_stages.shown(before_approval).to_owned(),
            column => known.cell(*column, record_type),
        });
        cells.collect()
    };
    let split = &RecordType::EVERY[1..];
    let unsplit = &RecordType::EVERY[..1];
    let record_types = if unit.is_some() { split } else { unsplit };
    let rows = rows_of(vocabulary, (unit, week.last_day()), record_types).map(row);
    write_table(&columns, language, rows)
}

/// What is known of a row before anybody fills it in.
struct Known<'a> {
    vocabulary: &'a Vocabulary<'a>,
    language: Language,
    unit: &'a Unit,
    day: NaiveDate,
}

impl Known<'_> {
    fn cell(&self, column: Column, record_type: RecordType) -> String {
        match column {
            Column::ProvinceCode => self.unit.code_on(self.day).unwrap_or_default().to_owned(),
            Column::Province => self.unit.name_on(self.day).vi.clone(),
            Column::RecordType => {
                let names = self.vocabulary.reference.record_types.iter();
                let mut names = names.filter(|names| names.record_type == record_type);
                let name = names
                    .next()
                    .map(|names| names.name.in_language(self.language));
                name.unwrap_or(record_type.key()).to_owned()
            }
            _ => String::new(),
        }
    }
}

fn rows_of<'a>(
    vocabulary: &'a Vocabulary<'a>,
    (unit, day): (Option<UnitId>, NaiveDate),
    record_types: &'static [RecordType],
) -> impl Iterator<Item = (&'a Unit, RecordType)> {
    let units = vocabulary.reference.units.existing_on(day);
    let wanted = units.filter(move |each| unit.is_none_or(|id| each.id == id));
    wanted.flat_map(move |unit| record_types.iter().map(move |kind| (unit, *kind)))
}

fn write_table(
    columns: &[Column],
    language: Language,
    rows: impl Iterator<Item = Vec<String>>,
) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let header = columns
        .iter()
        .map(|column| column.header(language).to_owned())
        .collect();
    for cells in std::iter::once(header).chain(rows) {
        if writer.write_record(cells).is_err() {
            // Writing into memory does not fail, and every row has the same width.
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}
