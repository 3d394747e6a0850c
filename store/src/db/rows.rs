//! Rows of the tables and their conversion to and from domain types.

use std::borrow::Cow;
use std::io::Write;
use std::num::TryFromIntError;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;

use super::day::Day;
use super::schema::{counts, deadlines, published_figures};
use crate::StoreError;
use crate::domain::{
    Approximation, Count, CountRow, CountUnit, Deadline, DeadlineKind, Digest, PublishedFigure,
    RecordType, Reported, Route, Stage, StageCounts, Text, UnitId,
};

/// A stored word or number that the program does not know.
pub(super) fn corrupt(column: &str, value: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("{column} `{value}`"))
}

pub(super) fn unit_id(text: &str) -> Result<UnitId, StoreError> {
    UnitId::parse(text).ok_or_else(|| corrupt("unit_id", text))
}

pub(super) fn count(value: i64) -> Result<Count, StoreError> {
    Count::from_i64(value).ok_or_else(|| corrupt("count", value))
}

pub(super) fn record_type(code: i16) -> Result<RecordType, StoreError> {
    RecordType::from_code(code).ok_or_else(|| corrupt("record_type", code))
}

pub(super) fn word<T>(
    column: &str,
    text: &str,
    from_key: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    from_key(text).ok_or_else(|| corrupt(column, text))
}

pub(super) fn line(value: i64) -> u64 {
    value.unsigned_abs()
}

pub(super) fn stored_line(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

/// The digest of what a log entry recorded: a text and the rows, each written as a line of CSV.
///
/// Numbers of entries and moments of recording are left out: they are sealed by the entry itself.
pub(super) fn digest_of(
    text: &str,
    rows: impl IntoIterator<Item: Serialize>,
) -> Result<Digest, StoreError> {
    Digest::of_written(|digest| {
        digest.write_all(text.as_bytes()).map_err(unwritable)?;
        write_rows(digest, rows)
    })
}

/// Writes rows, each as a line of CSV.
pub(super) fn write_rows(
    into: &mut dyn Write,
    rows: impl IntoIterator<Item: Serialize>,
) -> Result<(), StoreError> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(into);
    for row in rows {
        writer.serialize(row).map_err(unwritable)?;
    }
    writer.flush().map_err(unwritable)
}

pub(super) fn unwritable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// How many fields a row of counts has.
const COPIED_FIELDS: i16 = 18;

/// The day from which PostgreSQL counts days.
const POSTGRES_EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Writes a field of a tuple in the binary format of PostgreSQL's COPY: its length and its bytes; a length of −1 where it is NULL.
fn write_field(tuple: &mut Vec<u8>, bytes: Option<&[u8]>) -> Result<(), TryFromIntError> {
    let length = bytes.map_or(Ok(-1), |bytes| i32::try_from(bytes.len()))?;
    tuple.extend(length.to_be_bytes());
    tuple.extend_from_slice(bytes.unwrap_or_default());
    Ok(())
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = counts, treat_none_as_default_value = false)]
pub(super) struct CountsRow<'a> {
    #[serde(skip)]
    pub(super) submission_id: i64,
    line: i64,
    unit_id: Cow<'a, str>,
    sub_unit: Cow<'a, str>,
    as_of: Day,
    record_type: i16,
    route: i16,
    count_unit: i16,
    total: Option<i64>,
    scanned: Option<i64>,
    entered: Option<i64>,
    checked: Option<i64>,
    approved: Option<i64>,
    transferred: Option<i64>,
    returned: Option<i64>,
    approximate: i16,
    note: Option<Cow<'a, str>>,
    difficulty: Option<Cow<'a, str>>,
}

impl<'a> CountsRow<'a> {
    pub(super) fn new(submission_id: i64, row: &'a CountRow) -> Self {
        let value = |stage| {
            row.counts
                .get(stage)
                .map(|reported: Reported| reported.count.to_i64())
        };
        let marks = row
            .counts
            .iter()
            .filter(|(_, reported)| reported.approximate);
        Self {
            submission_id,
            line: i64::from(row.line),
            unit_id: Cow::Borrowed(row.unit.as_str()),
            sub_unit: Cow::Borrowed(row.sub_unit.as_deref().unwrap_or_default()),
            as_of: Day(row.as_of),
            record_type: row.record_type.code(),
            route: row.route.code(),
            count_unit: row.count_unit.code(),
            total: value(Stage::Total),
            scanned: value(Stage::Scanned),
            entered: value(Stage::Entered),
            checked: value(Stage::Checked),
            approved: value(Stage::Approved),
            transferred: value(Stage::Transferred),
            returned: value(Stage::Returned),
            approximate: marks.fold(0, |bits, (stage, _)| bits | 1 << stage.index()),
            note: row.note.as_deref().map(Cow::Borrowed),
            difficulty: row.difficulty.as_deref().map(Cow::Borrowed),
        }
    }

    /// The same row with texts of its own.
    pub(super) fn into_owned(self) -> CountsRow<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        CountsRow {
            unit_id: owned(self.unit_id),
            sub_unit: owned(self.sub_unit),
            note: self.note.map(owned),
            difficulty: self.difficulty.map(owned),
            ..self
        }
    }

    /// Writes the row as a tuple of PostgreSQL's COPY in its binary format, which the server need not parse.
    pub(super) fn write_copy(&self, tuple: &mut Vec<u8>) -> Result<(), TryFromIntError> {
        let days = (self.as_of.0 - POSTGRES_EPOCH).num_days();
        let stages = [
            self.total,
            self.scanned,
            self.entered,
            self.checked,
            self.approved,
            self.transferred,
            self.returned,
        ];
        tuple.extend(COPIED_FIELDS.to_be_bytes());
        write_field(tuple, Some(&self.submission_id.to_be_bytes()))?;
        write_field(tuple, Some(&self.line.to_be_bytes()))?;
        write_field(tuple, Some(self.unit_id.as_bytes()))?;
        write_field(tuple, Some(self.sub_unit.as_bytes()))?;
        write_field(tuple, Some(&i32::try_from(days)?.to_be_bytes()))?;
        for code in [self.record_type, self.route, self.count_unit] {
            write_field(tuple, Some(&code.to_be_bytes()))?;
        }
        for stage in stages {
            let bytes = stage.map(i64::to_be_bytes);
            write_field(tuple, bytes.as_ref().map(<[u8; 8]>::as_slice))?;
        }
        write_field(tuple, Some(&self.approximate.to_be_bytes()))?;
        for text in [&self.note, &self.difficulty] {
            write_field(tuple, text.as_deref().map(str::as_bytes))?;
        }
        Ok(())
    }

    pub(super) fn into_domain(self) -> Result<CountRow, StoreError> {
        let stored = [
            self.total,
            self.scanned,
            self.entered,
            self.checked,
            self.approved,
            self.transferred,
            self.returned,
        ];
        let mut stages = StageCounts::default();
        for (stage, value) in Stage::ALL.into_iter().zip(stored) {
            if let Some(value) = value {
                let approximate = self.approximate & (1 << stage.index()) != 0;
                stages.set(
                    stage,
                    Some(Reported {
                        count: count(value)?,
                        approximate,
                    }),
                );
            }
        }
        Ok(CountRow {
            line: u32::try_from(self.line)
                .ok()
                .ok_or_else(|| corrupt("line", self.line))?,
            unit: unit_id(&self.unit_id)?,
            sub_unit: (!self.sub_unit.is_empty()).then(|| self.sub_unit.into()),
            as_of: self.as_of.0,
            record_type: record_type(self.record_type)?,
            route: Route::from_code(self.route).ok_or_else(|| corrupt("route", self.route))?,
            count_unit: CountUnit::from_code(self.count_unit)
                .ok_or_else(|| corrupt("count_unit", self.count_unit))?,
            counts: stages,
            note: self.note.map(|text| text.into()),
            difficulty: self.difficulty.map(|text| text.into()),
        })
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = published_figures, treat_none_as_default_value = false)]
pub(super) struct PublishedRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    line: i64,
    as_of: NaiveDate,
    unit_id: Option<String>,
    record_type: String,
    measure: String,
    value: String,
    count_unit: String,
    approximation: String,
    note: String,
    source: String,
}

impl PublishedRow {
    pub(super) fn new(submission_id: i64, line: u64, figure: &PublishedFigure) -> Self {
        Self {
            submission_id,
            line: stored_line(line),
            as_of: figure.as_of,
            unit_id: figure.unit.map(|unit| unit.to_string()),
            record_type: figure.record_type.clone(),
            measure: figure.measure.clone(),
            value: figure.value.clone(),
            count_unit: figure.count_unit.clone(),
            approximation: figure.approximation.key().to_owned(),
            note: figure.note.clone(),
            source: figure.source.clone(),
        }
    }

    pub(super) fn into_domain(self) -> Result<PublishedFigure, StoreError> {
        Ok(PublishedFigure {
            as_of: self.as_of,
            unit: self.unit_id.as_deref().map(unit_id).transpose()?,
            record_type: self.record_type,
            measure: self.measure,
            value: self.value,
            count_unit: self.count_unit,
            approximation: Approximation::from_key(&self.approximation)
                .ok_or_else(|| corrupt("approximation", &self.approximation))?,
            note: self.note,
            source: self.source,
        })
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = deadlines, treat_none_as_default_value = false)]
pub(super) struct DeadlineRow {
    #[serde(skip)]
    pub(super) id: i64,
    unit_id: Option<String>,
    due_on: NaiveDate,
    announced_on: NaiveDate,
    kind: String,
    source_vi: String,
    source_en: String,
    #[serde(skip)]
    recorded_at: NaiveDateTime,
}

impl DeadlineRow {
    pub(super) fn new(id: i64, recorded_at: NaiveDateTime, deadline: &Deadline) -> Self {
        Self {
            id,
            unit_id: deadline.unit.map(|unit| unit.to_string()),
            due_on: deadline.due_on,
            announced_on: deadline.announced_on,
            kind: deadline.kind.key().to_owned(),
            source_vi: deadline.source.vi.clone(),
            source_en: deadline.source.en.clone(),
            recorded_at,
        }
    }

    pub(super) fn into_domain(self) -> Result<Deadline, StoreError> {
        Ok(Deadline {
            unit: self.unit_id.as_deref().map(unit_id).transpose()?,
            due_on: self.due_on,
            announced_on: self.announced_on,
            kind: DeadlineKind::from_key(&self.kind).ok_or_else(|| corrupt("kind", &self.kind))?,
            source: Text::new(self.source_vi, self.source_en),
        })
    }
}
