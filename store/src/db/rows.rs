//! Rows of the tables and their conversion to and from domain types.

use std::borrow::Cow;
use std::io::Write;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;

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

/// A text in the text format of COPY: what would end the cell or the line is written with a backslash.
fn write_copied_text(line: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        let escaped = match byte {
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                line.push(byte);
                continue;
            }
        };
        line.extend([b'\\', escaped]);
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = counts, treat_none_as_default_value = false)]
pub(super) struct CountsRow<'a> {
    #[serde(skip)]
    pub(super) submission_id: i64,
    line: i64,
    unit_id: Cow<'a, str>,
    sub_unit: Cow<'a, str>,
    as_of: NaiveDate,
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
            line: stored_line(row.line),
            unit_id: Cow::Borrowed(row.unit.as_str()),
            sub_unit: Cow::Borrowed(row.sub_unit.as_deref().unwrap_or_default()),
            as_of: row.as_of,
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

    /// Writes the row as a line of PostgreSQL's COPY in its text format.
    pub(super) fn write_copy(&self, line: &mut Vec<u8>) -> std::io::Result<()> {
        let stages = [
            self.total,
            self.scanned,
            self.entered,
            self.checked,
            self.approved,
            self.transferred,
            self.returned,
        ];
        write!(
            line,
            "{}\t{}\t{}\t",
            self.submission_id, self.line, self.unit_id
        )?;
        write_copied_text(line, &self.sub_unit);
        write!(
            line,
            "\t{}\t{}\t{}\t{}",
            self.as_of, self.record_type, self.route, self.count_unit
        )?;
        for stage in stages {
            match stage {
                Some(count) => write!(line, "\t{count}")?,
                None => line.extend(b"\t\\N"),
            }
        }
        write!(line, "\t{}", self.approximate)?;
        for text in [&self.note, &self.difficulty] {
            line.push(b'\t');
            match text {
                Some(text) => write_copied_text(line, text),
                None => line.extend(b"\\N"),
            }
        }
        line.push(b'\n');
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
            line: line(self.line),
            unit: unit_id(&self.unit_id)?,
            sub_unit: (!self.sub_unit.is_empty()).then(|| self.sub_unit.into()),
            as_of: self.as_of,
            record_type: record_type(self.record_type)?,
            route: Route::from_code(self.route).ok_or_else(|| corrupt("route", self.route))?,
            count_unit: CountUnit::from_code(self.count_unit)
                .ok_or_else(|| corrupt("count_unit", self.count_unit))?,
            counts: stages,
            note: self.note.map(Cow::into_owned),
            difficulty: self.difficulty.map(Cow::into_owned),
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
