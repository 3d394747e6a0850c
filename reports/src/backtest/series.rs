//! The series that a backtest runs on, read from a long CSV file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;

use super::error::{Expected, SeriesError};
use crate::forecast::Report;

/// What may stand between the cells of a row; the one that the first line has most of, the earlier where they are as many.
const DELIMITERS: [u8; 4] = [b'|', b'\t', b';', b','];

/// The most letters of a cell that an error repeats.
const SHOWN: usize = 40;

/// The columns a file must have, in any order; others are not read.
pub const COLUMNS: [&str; 4] = ["unit", "week_ending", "cumulative", "total"];

/// The largest number that is taken for a count or a total: real numbers hold it exactly.
const MOST: f64 = 9_007_199_254_740_992.0;

/// One row of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row {
    /// The days from the first date of the file.
    pub(crate) day: i64,
    /// What was done by then.
    pub(crate) done: f64,
    /// What was known by then to be done in all; above 0.
    pub(crate) total: f64,
}

/// The series of a file: every unit with its rows in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesFile {
    pub(crate) units: Vec<UnitRows>,
    /// The first date of the file: the end of week 0.
    pub first_day: NaiveDate,
    /// The weeks from the first to the last date, both counted.
    pub weeks: u16,
    /// Rows that repeat the unit and date of an earlier row; the last one counts.
    pub repeated: Noted,
    /// Rows whose count is above their total. Such a unit has reached every threshold.
    pub above_total: Noted,
}

/// Rows that are read and may be a slip of the pen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// How many there are.
    pub rows: usize,
    /// The line of the first of them; 0 where there is none.
    pub first_line: u64,
}

impl Noted {
    fn note(&mut self, line: u64) {
        if self.rows == 0 {
            self.first_line = line;
        }
        self.rows += 1;
    }
}

/// The rows of one unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UnitRows {
    pub(crate) name: String,
    /// In order of days, at most one a day.
    pub(crate) rows: Vec<Row>,
}

/// No programme lasts longer: beyond forty years a date is a slip of the pen.
pub const MOST_WEEKS: u16 = 2_080;

impl SeriesFile {
    /// Reads a long table: a row a unit and date, in any order.
    ///
    /// A week without a row is missing and not filled in. Of two rows of one unit and date the later one in the file counts.
    /// A count above its total is kept. A byte order mark is skipped. Cells may be parted by commas, semicolons, tabs or `|`.
    ///
    /// # Errors
    /// [`SeriesError`] with the line: no such column or it twice, a date that is none, a number that is negative, not finite or above
    /// 2⁵³, a total of zero, dates forty years apart.
    pub fn read(bytes: &[u8]) -> Result<Self, SeriesError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            return Err(SeriesError::Empty);
        }
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
        let found = |delimiter: &u8| first.iter().filter(|byte| *byte == delimiter).count();
        let delimiter = DELIMITERS.into_iter().max_by_key(found).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .delimiter(delimiter)
            .from_reader(bytes);
        let header = reader.headers().map_err(at_line)?.clone();
        let place = |name: &'static str| {
            let mut named = (0..).zip(&header).filter(|(_, column)| *column == name);
            let place = named.next().ok_or(SeriesError::Column(name))?.0;
            match named.next() {
                None => Ok(place),
                Some(_) => Err(SeriesError::Twice(name)),
            }
        };
        let [unit, date, done, total] = COLUMNS;
        let places = [place(unit)?, place(date)?, place(done)?, place(total)?];
        let mut table = Table::default();
        for record in reader.records() {
            table.add(&record.map_err(at_line)?, places)?;
        }
        table.finish()
    }
}

#[derive(Default)]
struct Table {
    rows: BTreeMap<String, BTreeMap<NaiveDate, (f64, f64)>>,
    repeated: Noted,
    above_total: Noted,
}

impl Table {
    fn add(&mut self, record: &csv::StringRecord, places: [usize; 4]) -> Result<(), SeriesError> {
        let line = record.position().map_or(0, csv::Position::line);
        let [unit, date, done, total] = places.map(|place| record.get(place).unwrap_or_default());
        let wrong = |place: usize, value: &str, expected| SeriesError::Cell {
            line,
            column: COLUMNS.get(place).copied().unwrap_or_default(),
            value: value.chars().take(SHOWN).collect(),
            expected,
        };
        if unit.is_empty() {
            return Err(wrong(0, unit, Expected::Name));
        }
        let day: NaiveDate = date
            .parse()
            .map_err(|_ignored: chrono::ParseError| wrong(1, date, Expected::Date))?;
        let count = number(done).ok_or_else(|| wrong(2, done, Expected::Count))?;
        let known = number(total).filter(|total| *total > 0.0);
        let known = known.ok_or_else(|| wrong(3, total, Expected::Total))?;
        if count > known {
            self.above_total.note(line);
        }
        match self.rows.entry(unit.to_owned()).or_default().entry(day) {
            Entry::Vacant(place) => {
                place.insert((count, known));
            }
            Entry::Occupied(mut place) => {
                self.repeated.note(line);
                place.insert((count, known));
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<SeriesFile, SeriesError> {
        let days = || self.rows.values().flat_map(BTreeMap::keys).copied();
        let (first, last) = days().min().zip(days().max()).ok_or(SeriesError::Empty)?;
        let weeks = (last - first).num_days().div_euclid(7) + 1;
        let weeks = u16::try_from(weeks)
            .ok()
            .filter(|weeks| *weeks <= MOST_WEEKS)
            .ok_or(SeriesError::TooLong)?;
        let row = |(day, (done, total)): (NaiveDate, (f64, f64))| Row {
            day: (day - first).num_days(),
            done,
            total,
        };
        let unit = |(name, rows): (String, BTreeMap<NaiveDate, (f64, f64)>)| UnitRows {
            name,
            rows: rows.into_iter().map(row).collect(),
        };
        Ok(SeriesFile {
            units: self.rows.into_iter().map(unit).collect(),
            first_day: first,
            weeks,
            repeated: self.repeated,
            above_total: self.above_total,
        })
    }
}

fn at_line(source: csv::Error) -> SeriesError {
    let line = source.position().map_or(1, csv::Position::line);
    SeriesError::Table { line, source }
}

fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    (0.0..=MOST).contains(&number).then_some(number)
}

/// What is known of one unit at an origin: the end of a week, counted from the first date.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The reports; their weeks are counted from the origin and at most 0.
    pub(crate) reports: Vec<Report>,
    /// The totals of the reports, by week.
    pub(crate) totals: Vec<(i64, f64)>,
    /// The latest total.
    pub(crate) total: f64,
}

impl UnitRows {
    /// What is known at the end of a week; `None` where nothing was reported by then. Later rows are not looked at.
    ///
    /// Of several rows within a week the last one counts.
    pub(crate) fn known_at(&self, origin: i64) -> Option<Known> {
        let mut reports: Vec<Report> = Vec::new();
        let mut totals: Vec<(i64, f64)> = Vec::new();
        for row in self.rows.iter().take_while(|row| row.day <= 7 * origin) {
            let week = row.day.div_euclid(7) + i64::from(row.day.rem_euclid(7) > 0) - origin;
            if reports.last().is_some_and(|report| report.week == week) {
                reports.pop();
                totals.pop();
            }
            reports.push(Report {
                week,
                done: row.done,
            });
            totals.push((week, row.total));
        }
        let total = totals.last()?.1;
        Some(Known {
            reports,
            totals,
            total,
        })
    }

    /// The weeks from the first date of the file to the moment from which the count never falls below a goal again,
    /// interpolated between the two rows; `None` where the last row is below it.
    pub(crate) fn reached(&self, goal: f64) -> Option<f64> {
        reached(self.rows.iter().map(|row| (weeks(row.day), row.done)), goal)
    }

    /// The last total.
    pub(crate) fn last_total(&self) -> f64 {
        self.rows.last().map_or(0.0, |row| row.total)
    }
}

/// The moment from which a series of moments and counts never falls below a goal again.
pub(crate) fn reached(rows: impl DoubleEndedIterator<Item = (f64, f64)>, goal: f64) -> Option<f64> {
    let mut after: Option<(f64, f64)> = None;
    for (at, done) in rows.rev() {
        if done < goal {
            let (next, reached) = after?;
            return Some(at + (goal - done) / (reached - done) * (next - at));
        }
        after = Some((at, done));
    }
    after.map(|(at, _)| at)
}

/// Days as weeks.
pub(crate) fn weeks(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX)) / 7.0
}
