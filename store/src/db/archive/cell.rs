//! One value of a row, and how it is written in an archive.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::pg::Pg;
use diesel::row::{Field as _, NamedRow, Row};
use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, SmallInt, Text, Timestamp};
use diesel::sqlite::{Sqlite, SqliteType};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How a moment is written: UTC with six decimals, the precision both databases keep.
const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// How SQLite keeps a moment.
const SQLITE_MOMENT: &str = "%Y-%m-%d %H:%M:%S%.f";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Integer,
    Text,
    Boolean,
    Date,
    Moment,
    Bytes,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Absent,
    Integer(i64),
    Text(String),
    Boolean(bool),
    Date(NaiveDate),
    Moment(NaiveDateTime),
    Bytes(Vec<u8>),
}

/// The values of a row, in the order of the columns asked for.
pub(super) struct Cells(pub(super) Vec<Cell>);

impl Kind {
    /// The kind of a type as either database names it; `None` for one that no table has yet.
    pub(super) fn of_declared(declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "bigint" | "integer" | "smallint" => Self::Integer,
            "text" | "character varying" => Self::Text,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "timestamp" | "timestamp without time zone" => Self::Moment,
            "blob" | "bytea" => Self::Bytes,
            _ => return None,
        })
    }

    /// A value as an archive writes it; `None` where a column of this kind cannot hold it.
    ///
    /// SQLite keeps truth values as numbers, and dates and moments as texts.
    pub(super) fn written(self, cell: Cell) -> Option<Value> {
        let parse_moment = |text: &str| NaiveDateTime::parse_from_str(text, SQLITE_MOMENT).ok();
        Some(match (self, cell) {
            (_, Cell::Absent) => Value::Null,
            (Self::Integer, Cell::Integer(number)) => number.into(),
            (Self::Text, Cell::Text(text)) => text.into(),
            (Self::Boolean, Cell::Boolean(value)) => value.into(),
            (Self::Boolean, Cell::Integer(number @ (0 | 1))) => (number == 1).into(),
            (Self::Date, Cell::Date(date)) => date.to_string().into(),
            (Self::Date, Cell::Text(text)) => text.parse::<NaiveDate>().ok()?.to_string().into(),
            (Self::Moment, Cell::Moment(moment)) => moment.format(MOMENT).to_string().into(),
            (Self::Moment, Cell::Text(text)) => {
                parse_moment(&text)?.format(MOMENT).to_string().into()
            }
            (Self::Bytes, Cell::Bytes(bytes)) => hex::encode(bytes).into(),
            _ => return None,
        })
    }

    /// The value that an archive writes so; `None` where it is of another kind.
    pub(super) fn read(self, value: Value) -> Option<Cell> {
        Some(match (self, value) {
            (_, Value::Null) => Cell::Absent,
            (Self::Integer, Value::Number(number)) => Cell::Integer(number.as_i64()?),
            (Self::Text, Value::String(text)) => Cell::Text(text),
            (Self::Boolean, Value::Bool(value)) => Cell::Boolean(value),
            (Self::Date, Value::String(text)) => Cell::Date(text.parse().ok()?),
            (Self::Moment, Value::String(text)) => {
                Cell::Moment(NaiveDateTime::parse_from_str(&text, MOMENT).ok()?)
            }
            (Self::Bytes, Value::String(text)) => Cell::Bytes(hex::decode(text).ok()?),
            _ => return None,
        })
    }
}

impl Cell {
    /// About how many bytes it takes, to keep a statement small.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            _ => size_of::<Self>(),
        }
    }
}

impl QueryableByName<Sqlite> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let cell = |place| {
            let field = Row::get(row, place).ok_or("a row ends early")?;
            let Some(value) = field.value() else {
                return Ok(Cell::Absent);
            };
            Ok(match value.value_type() {
                Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => {
                    Cell::Integer(taken::<BigInt, _, Sqlite>(value)?)
                }
                Some(SqliteType::Text) => Cell::Text(taken::<Text, _, Sqlite>(value)?),
                Some(SqliteType::Binary) => Cell::Bytes(taken::<Binary, _, Sqlite>(value)?),
                other => return Err(format!("a value of type {other:?}").into()),
            })
        };
        let cells: deserialize::Result<_> = (0..row.field_count()).map(cell).collect();
        cells.map(Self)
    }
}

impl QueryableByName<Pg> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let cell = |place| {
            let field = Row::get(row, place).ok_or("a row ends early")?;
            let Some(value) = field.value() else {
                return Ok(Cell::Absent);
            };
            // The numbers of the built-in types never change: catalog/pg_type.dat of PostgreSQL.
            Ok(match value.get_oid().get() {
                16 => Cell::Boolean(taken::<Bool, _, Pg>(value)?),
                17 => Cell::Bytes(taken::<Binary, _, Pg>(value)?),
                20 => Cell::Integer(taken::<BigInt, _, Pg>(value)?),
                21 => Cell::Integer(taken::<SmallInt, i16, Pg>(value)?.into()),
                23 => Cell::Integer(taken::<Integer, i32, Pg>(value)?.into()),
                25 | 1043 => Cell::Text(taken::<Text, _, Pg>(value)?),
                1082 => Cell::Date(taken::<Date, _, Pg>(value)?),
                1114 => Cell::Moment(taken::<Timestamp, _, Pg>(value)?),
                other => return Err(format!("a value of type {other}").into()),
            })
        };
        let cells: deserialize::Result<_> = (0..row.field_count()).map(cell).collect();
        cells.map(Self)
    }
}

fn taken<ST, T: FromSql<ST, DB>, DB: Backend>(value: DB::RawValue<'_>) -> deserialize::Result<T> {
    T::from_sql(value)
}
