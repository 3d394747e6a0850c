//! One block of rows: read, judged and counted on one core.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use csv::ByteRecord;
use store::domain::Text;

use super::cells::Cells;
use super::columns::{Columns, Layout};
use super::dates::PartialDate;
use super::duplicates::Trace;
use super::memo::Memo;
use super::problem::{LISTED, PairProblem, PairsError};
use super::row::{Status, judge};
use super::run::{RunFacts, kind_of};
use super::tally::{BatchKey, Tally};
use super::worklist::differences;
use crate::read::{breaks, find_bad_quote};

/// The longest pointer, in bytes. Pointers of all rows are kept to the end.
const LONGEST_POINTER: usize = 100;

/// A row for the worklist.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) batch: BatchKey,
    pub(super) pointer: (u32, u32),
    pub(super) line: u64,
    pub(super) kind: &'static str,
    pub(super) differences: String,
}

/// What a block gave. Lines count from the start of the block.
#[derive(Debug, Default)]
pub(super) struct BlockResult {
    pub(super) lines: u64,
    pub(super) batches: BTreeMap<BatchKey, Tally>,
    pub(super) traces: Vec<Trace>,
    pub(super) pointers: String,
    pub(super) open: Vec<Open>,
    pub(super) problems: Vec<PairProblem>,
    pub(super) total_problems: u64,
}

impl BlockResult {
    fn problem(&mut self, line: u64, column: Option<usize>, message: Text) {
        self.total_problems += 1;
        if self.problems.len() < LISTED {
            self.problems.push(PairProblem {
                line: Some(line),
                column: column.map(|column| column + 1),
                message,
            });
        }
    }
}

/// A block that cannot be read at all.
pub(super) fn problem_of_block(message: Text) -> BlockResult {
    let mut result = BlockResult::default();
    result.problem(1, None, message);
    result
}

/// How the rows of a file are read.
pub(super) struct Reader<'l> {
    columns: &'l Columns,
    delimiter: u8,
    facts: RunFacts,
}

/// A cell that cannot be taken: its column from 0, and why.
type Refusal = (usize, Text);

impl<'l> Reader<'l> {
    /// Province and type must each come from a column or from the command, not from both.
    pub(super) fn new(facts: &RunFacts, layout: &'l Layout) -> Result<Self, PairsError> {
        let columns = &layout.columns;
        for (column, option, name) in [
            (
                columns.province.is_some(),
                facts.province.is_some(),
                "--province",
            ),
            (
                columns.record_type.is_some(),
                facts.record_type.is_some(),
                "--type",
            ),
        ] {
            if column == option {
                return Err(PairsError::of_file(if column {
                    Text::new(
                        format!("tệp đã có cột này, bỏ tùy chọn {name}"),
                        format!("the file has this column, so leave {name} out"),
                    )
                } else {
                    Text::new(
                        format!("tệp không có cột này, thêm tùy chọn {name}"),
                        format!("the file does not have this column, so give {name}"),
                    )
                }));
            }
        }
        Ok(Self {
            columns,
            delimiter: layout.delimiter.byte(),
            facts: *facts,
        })
    }

    /// Judges the rows of a text after some rows that are left out.
    pub(super) fn judge(&self, text: &str, skipped: usize) -> BlockResult {
        let mut result = BlockResult::default();
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text.as_bytes());
        let mut memo = Memo::default();
        let mut record = ByteRecord::new();
        let mut lines = Lines {
            text: text.as_bytes(),
            place: 0,
            line: 1,
        };
        let mut number = 0;
        let mut start = 0;
        // Reading from memory does not fail, and the cells of a text are text.
        while rows.read_byte_record(&mut record).unwrap_or(false) {
            let Some(row) = Cells::of(&record) else {
                continue;
            };
            let end = usize::try_from(rows.position().byte()).unwrap_or(usize::MAX);
            number += 1;
            let line = lines.of_row(start);
            let raw = text.as_bytes().get(start..end).unwrap_or_default();
            start = end;
            if number <= skipped || row.is_blank() {
                continue;
            }
            if raw.contains(&b'"')
                && let Some(bad) = find_bad_quote(raw.trim_ascii_start(), self.delimiter)
            {
                let column = usize::try_from(bad.column - 1).unwrap_or(0);
                result.problem(
                    line + bad.lines_down,
                    Some(column),
                    Text::new(
                        "dấu ngoặc kép không khớp: dấu bên trong ô phải viết hai lần",
                        "quotation marks do not match: a mark inside a cell is written twice",
                    ),
                );
                continue;
            }
            if let Err((column, message)) = self.judge_row(row, line, &mut memo, &mut result) {
                result.problem(line, Some(column), message);
            }
        }
        result.lines = lines.in_all();
        result
    }

    fn judge_row(
        &self,
        row: Cells<'_>,
        line: u64,
        memo: &mut Memo,
        result: &mut BlockResult,
    ) -> Result<(), Refusal> {
        let columns = self.columns;
        let full = |place: &usize| row.get(*place).is_some_and(|cell| !cell.trim().is_empty());
        if let Some(place) = (columns.width..row.len()).find(full) {
            return Err((
                place,
                Text::new(
                    "dòng có nhiều ô hơn tiêu đề: một ô có dấu phân cách phải đặt trong ngoặc kép",
                    "the row has more cells than the header: a cell with the delimiter inside must be quoted",
                ),
            ));
        }
        let pointer = self.pointer(row)?;
        let batch = self.batch(row, memo)?;
        let status = match columns.status {
            Some(place) => memo.status(row.get(place).unwrap_or_default()).ok_or_else(|| (place, Text::new(
                "cần một trong các từ: tìm thấy, không tìm thấy, chưa chắc, chưa đối chiếu",
                "one of these words is needed: found, not_found, unsure, not_compared",
            )))?,
            None => Status::Found,
        };
        let again = match columns.again {
            Some(place) => memo
                .again(row.get(place).unwrap_or_default())
                .ok_or_else(|| {
                    (
                        place,
                        Text::new("cần “có” hoặc “không”", "“yes” or “no” is needed"),
                    )
                })?,
            None => false,
        };
        let judged = judge(row, columns, (status, again), memo);
        let range = (short(result.pointers.len()), short(pointer.len()));
        result.pointers.push_str(pointer);
        let mut record = DefaultHasher::new();
        pointer.hash(&mut record);
        result.traces.push(Trace {
            batch,
            line,
            again,
            record: record.finish().max(1),
            number: judged.number.map_or(0, super::numbers::PersonalNumber::key),
            person: judged.person,
            event: judged.event,
            pointer: range,
        });
        if judged.is_open() || judged.inconsistent {
            result.open.push(Open {
                batch,
                pointer: range,
                line,
                kind: kind_of(judged.outcome),
                differences: differences(&judged),
            });
        }
        result.batches.entry(batch).or_default().count(&judged);
        Ok(())
    }

    fn pointer<'r>(&self, row: Cells<'r>) -> Result<&'r str, Refusal> {
        let place = self.columns.pointer;
        let pointer = row.get(place).unwrap_or_default().trim();
        let refuse = |vi: &str, en: &str| Err((place, Text::new(vi, en)));
        if pointer.is_empty() {
            return refuse("thiếu con trỏ", "the pointer is missing");
        }
        if pointer.len() > LONGEST_POINTER {
            return refuse(
                "con trỏ dài quá 100 byte",
                "the pointer is longer than 100 bytes",
            );
        }
        if !pointer.starts_with(char::is_alphanumeric) || pointer.contains(char::is_control) {
            return refuse(
                "con trỏ phải bắt đầu bằng chữ hoặc số và không có ký tự điều khiển",
                "a pointer begins with a letter or a digit and has no control characters",
            );
        }
        Ok(pointer)
    }

    fn batch(&self, row: Cells<'_>, memo: &mut Memo) -> Result<BatchKey, Refusal> {
        let columns = self.columns;
        let province = match (columns.province, self.facts.province) {
            (Some(place), _) => memo
                .province(row.get(place).unwrap_or_default(), &self.facts)
                .ok_or_else(|| {
                    (
                        place,
                        Text::new(
                            "không tỉnh nào có mã hoặc tên này trong tuần đối chiếu",
                            "no province has this code or name in the week of the comparison",
                        ),
                    )
                })?,
            (None, province) => province.ok_or((0, Text::EMPTY))?,
        };
        let record_type = match (columns.record_type, self.facts.record_type) {
            (Some(place), _) => memo
                .record_type(row.get(place).unwrap_or_default())
                .ok_or_else(|| {
                    (
                        place,
                        Text::new(
                            "không có loại việc này, hoặc là loại gộp",
                            "there is no such record type, or it is all types together",
                        ),
                    )
                })?,
            (None, record_type) => record_type.ok_or((0, Text::EMPTY))?,
        };
        let period = match columns.book_year {
            Some(place) => self
                .period(row.get(place).unwrap_or_default())
                .map_err(|text| (place, text))?,
            None => None,
        };
        Ok(BatchKey {
            province,
            record_type,
            period,
        })
    }

    fn period(&self, cell: &str) -> Result<Option<u8>, Text> {
        if cell.trim().is_empty() {
            return Ok(None);
        }
        let latest = self.facts.week.last_day();
        let year = PartialDate::read(cell).map(|date| date.year);
        let year = year.filter(|year| *year <= chrono::Datelike::year(&latest));
        let year = year.ok_or_else(|| {
            Text::new(
                "không đọc được năm đăng ký",
                "the year of registration cannot be read",
            )
        })?;
        Ok(BatchKey::period_of(year))
    }
}

/// A place inside a block, which is far shorter than four gigabytes.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The physical lines of rows that are asked for in rising order.
struct Lines<'t> {
    text: &'t [u8],
    place: usize,
    line: u64,
}

impl Lines<'_> {
    /// How many lines end in the text.
    fn in_all(&self) -> u64 {
        let rest = self.text.get(self.place..).unwrap_or_default();
        self.line - 1 + breaks(rest, None)
    }

    /// The line of the row that begins after the blank lines at a place.
    fn of_row(&mut self, start: usize) -> u64 {
        let blank = self.text.get(start..).unwrap_or_default();
        let blank = blank
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let place = start + blank;
        let passed = self.text.get(self.place..place).unwrap_or_default();
        self.line += breaks(passed, self.text.get(place).copied());
        self.place = place;
        self.line
    }
}
