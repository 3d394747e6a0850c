//! Reference data that come with the program: units, record types, calendar, deadlines and published measures.
//!
//! The files live in `data/` with their sources and are built into the program, so that a receipt made offline at a
//! province is judged by the same lists as on the server.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::language::Text;
use super::unit::Dated;
use super::{
    Calendar, Campaign, Deadline, DeadlineKind, Digest, Holiday, RecordType, Stage, Unit, UnitId,
    Units,
};

macro_rules! data_file {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../data/", $path)))
    };
}

/// A reference file does not have the form it must have.
#[derive(Debug, Error)]
#[error("reference file {file}: {reason}")]
pub struct ReferenceError {
    file: &'static str,
    reason: String,
}

/// What officers may type for a record type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordTypeNames {
    /// The type.
    pub record_type: RecordType,
    /// Its name.
    pub name: Text,
    /// Other spellings.
    pub aliases: Vec<String>,
}

/// What a published figure measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name.
    pub name: Text,
    /// What it means, and what it must not be mixed with.
    pub definition: Text,
    /// The stage of ours that it corresponds to; `None` where none does.
    pub stage: Option<Stage>,
}

/// All reference data.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The units.
    pub units: Units,
    /// The record types with their spellings.
    pub record_types: Vec<RecordTypeNames>,
    /// Holidays and campaigns.
    pub calendar: Calendar,
    /// The deadlines known when the program was built.
    pub deadlines: Vec<Deadline>,
    /// What published figures measure, by key.
    pub measures: BTreeMap<String, Measure>,
    /// The digest of all reference files, so that results name the lists they were made with.
    pub digest: Digest,
}

impl Reference {
    /// The reference data built into the program.
    ///
    /// # Panics
    /// Where a file in `data/` is malformed; a test reads every file, so no released program can.
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "the files are part of the program and a test reads every one of them"
    )]
    pub fn embedded() -> &'static Self {
        static REFERENCE: LazyLock<Reference> = LazyLock::new(|| match Reference::read() {
            Ok(reference) => reference,
            Err(error) => panic!("{error}"),
        });
        &REFERENCE
    }

    fn read() -> Result<Self, ReferenceError> {
        const FILES: [(&str, &str); 9] = [
            data_file!("reference/units.csv"),
            data_file!("reference/unit_names.csv"),
            data_file!("reference/unit_codes.csv"),
            data_file!("reference/unit_aliases.csv"),
            data_file!("reference/record_types.csv"),
            data_file!("reference/holidays.csv"),
            data_file!("reference/campaigns.csv"),
            data_file!("reference/deadlines.csv"),
            data_file!("published/measures.csv"),
        ];
        let [
            units,
            names,
            codes,
            aliases,
            types,
            holidays,
            campaigns,
            deadlines,
            measures,
        ] = FILES;
        let all: Vec<u8> = FILES.iter().flat_map(|(_, text)| text.bytes()).collect();
        Ok(Self {
            units: read_units(units, names, codes, aliases)?,
            record_types: rows::<RecordTypeRow>(types)?
                .into_iter()
                .map(|row| row.into_names(types.0))
                .collect::<Result<_, _>>()?,
            calendar: Calendar {
                holidays: rows::<HolidayRow>(holidays)?
                    .into_iter()
                    .map(HolidayRow::into_holiday)
                    .collect(),
                campaigns: rows::<CampaignRow>(campaigns)?
                    .into_iter()
                    .map(|row| row.into_campaign(campaigns.0))
                    .collect::<Result<_, _>>()?,
            },
            deadlines: rows::<DeadlineRow>(deadlines)?
                .into_iter()
                .map(|row| row.into_deadline(deadlines.0))
                .collect::<Result<_, _>>()?,
            measures: rows::<MeasureRow>(measures)?
                .into_iter()
                .map(MeasureRow::into_entry)
                .collect(),
            digest: Digest::of(&all),
        })
    }
}

type File = (&'static str, &'static str);

fn rows<T: DeserializeOwned>((file, text): File) -> Result<Vec<T>, ReferenceError> {
    let rows: Result<Vec<T>, csv::Error> = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect();
    rows.map_err(|error| ReferenceError {
        file,
        reason: error.to_string(),
    })
}

#[derive(Deserialize)]
struct UnitRow {
    id: String,
    region: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    successor: Option<String>,
    population_2019: u64,
}

#[derive(Deserialize)]
struct NameRow {
    unit: String,
    name_vi: String,
    name_en: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct CodeRow {
    unit: String,
    code: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct AliasRow {
    unit: String,
    alias: String,
}

fn read_units(
    units: File,
    names: File,
    codes: File,
    aliases: File,
) -> Result<Units, ReferenceError> {
    let (names_of, codes_of, aliases_of) = (
        rows::<NameRow>(names)?,
        rows::<CodeRow>(codes)?,
        rows::<AliasRow>(aliases)?,
    );
    let mut read = Vec::new();
    for row in rows::<UnitRow>(units)? {
        let successor = row
            .successor
            .as_deref()
            .map(|text| unit_id(text, units.0))
            .transpose()?;
        read.push(Unit {
            id: unit_id(&row.id, units.0)?,
            region: row.region,
            successor,
            population_2019: row.population_2019,
            life: Dated {
                value: (),
                valid_from: row.valid_from,
                valid_to: row.valid_to,
            },
            names: names_of
                .iter()
                .filter(|name| name.unit == row.id)
                .map(NameRow::to_dated)
                .collect(),
            codes: codes_of
                .iter()
                .filter(|code| code.unit == row.id)
                .map(CodeRow::to_dated)
                .collect(),
            aliases: aliases_of
                .iter()
                .filter(|alias| alias.unit == row.id)
                .map(|row| row.alias.clone())
                .collect(),
        });
    }
    Ok(Units::new(read))
}

fn unit_id(text: &str, file: &'static str) -> Result<UnitId, ReferenceError> {
    UnitId::parse(text).ok_or_else(|| ReferenceError {
        file,
        reason: format!("`{text}` is no unit id"),
    })
}

/// Reads the owner of a deadline or campaign, where `vn` is the nation.
fn owner(text: &str, file: &'static str) -> Result<Option<UnitId>, ReferenceError> {
    if text == "vn" {
        Ok(None)
    } else {
        unit_id(text, file).map(Some)
    }
}

impl NameRow {
    fn to_dated(&self) -> Dated<Text> {
        let value = Text::new(&self.name_vi, &self.name_en);
        Dated {
            value,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

impl CodeRow {
    fn to_dated(&self) -> Dated<String> {
        Dated {
            value: self.code.clone(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

#[derive(Deserialize)]
struct RecordTypeRow {
    key: String,
    name_vi: String,
    name_en: String,
    aliases: String,
}

impl RecordTypeRow {
    fn into_names(self, file: &'static str) -> Result<RecordTypeNames, ReferenceError> {
        let unknown = || ReferenceError {
            file,
            reason: format!("`{}` is no record type", self.key),
        };
        Ok(RecordTypeNames {
            record_type: RecordType::from_key(&self.key).ok_or_else(unknown)?,
            name: Text::new(self.name_vi, self.name_en),
            aliases: self
                .aliases
                .split('|')
                .filter(|alias| !alias.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }
}

#[derive(Deserialize)]
struct HolidayRow {
    first_day: NaiveDate,
    last_day: NaiveDate,
    name_vi: String,
    name_en: String,
    kind: String,
}

impl HolidayRow {
    fn into_holiday(self) -> Holiday {
        Holiday {
            first_day: self.first_day,
            last_day: self.last_day,
            name: Text::new(self.name_vi, self.name_en),
            is_tet: self.kind == "tet",
        }
    }
}

#[derive(Deserialize)]
struct CampaignRow {
    unit: String,
    first_day: NaiveDate,
    last_day: NaiveDate,
    name_vi: String,
    name_en: String,
}

impl CampaignRow {
    fn into_campaign(self, file: &'static str) -> Result<Campaign, ReferenceError> {
        Ok(Campaign {
            unit: owner(&self.unit, file)?,
            first_day: self.first_day,
            last_day: self.last_day,
            name: Text::new(self.name_vi, self.name_en),
        })
    }
}

#[derive(Deserialize)]
struct DeadlineRow {
    unit: String,
    due_on: NaiveDate,
    announced_on: NaiveDate,
    kind: String,
    source_vi: String,
    source_en: String,
}

impl DeadlineRow {
    fn into_deadline(self, file: &'static str) -> Result<Deadline, ReferenceError> {
        let unknown = || ReferenceError {
            file,
            reason: format!("`{}` is no kind of deadline", self.kind),
        };
        Ok(Deadline {
            unit: owner(&self.unit, file)?,
            due_on: self.due_on,
            announced_on: self.announced_on,
            kind: DeadlineKind::from_key(&self.kind).ok_or_else(unknown)?,
            source: Text::new(self.source_vi, self.source_en),
        })
    }
}

#[derive(Deserialize)]
struct MeasureRow {
    measure: String,
    name_vi: String,
    name_en: String,
    definition_vi: String,
    definition_en: String,
    stage: String,
}

impl MeasureRow {
    fn into_entry(self) -> (String, Measure) {
        let measure = Measure {
            name: Text::new(self.name_vi, self.name_en),
            definition: Text::new(self.definition_vi, self.definition_en),
            stage: Stage::from_key(&self.stage),
        };
        (self.measure, measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_file_can_be_read() {
        let reference = Reference::read().unwrap();
        assert_eq!(reference.units.iter().count(), 97);
        assert_eq!(reference.record_types.len(), RecordType::EVERY.len());
        assert!(
            reference
                .calendar
                .holidays
                .iter()
                .any(|holiday| holiday.is_tet)
        );
        assert!(
            reference
                .deadlines
                .iter()
                .any(|deadline| deadline.unit.is_none())
        );
        assert!(
            reference
                .measures
                .values()
                .any(|measure| measure.stage == Some(Stage::Transferred))
        );
    }
}
