//! The run over a file: blocks of rows on all cores, put together in their order.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use store::domain::{Outcome, ReconciliationStage, RecordType, Text, UnitId, Week};

use super::block::{BlockResult, Reader, problem_of_block};
use super::columns::{Layout, find_layout};
use super::duplicates::{self, KINDS, Trace};
use super::problem::{LISTED, PairProblem, PairsError};
use super::tally::{BatchKey, Tally};
use super::worklist::Worklist;
use crate::read::{Block, Blocks, StreamError, TextForm};

/// Blocks that are judged while the next ones are read; each is about a megabyte.
const BLOCKS_AT_ONCE: usize = 16;

/// What the file does not say about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunFacts {
    /// The province, for a file without that column.
    pub province: Option<UnitId>,
    /// The record type, for a file without that column.
    pub record_type: Option<RecordType>,
    /// The week in which the comparison was finished. Codes and names of provinces are those of its last day.
    pub week: Week,
    /// When in the records' way they were compared.
    pub stage: ReconciliationStage,
    /// The day of the civil-status data.
    pub hotich_as_of: chrono::NaiveDate,
    /// The day of the population data.
    pub dancu_as_of: chrono::NaiveDate,
}

/// The counts of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// By batch, in order.
    pub batches: BTreeMap<BatchKey, Tally>,
    /// How many rows were read.
    pub rows: u64,
    /// Columns that were not looked at, from 1.
    pub ignored_columns: Vec<usize>,
}

/// Compares a file of pairs and counts what it gives; the worklist goes to `worklist` in the order of the file.
///
/// # Errors
/// [`PairsError::Problems`] where a row cannot be counted: nothing may be left out silently, so then there are no counts.
/// [`PairsError::Io`] where reading or writing fails; what was written of the worklist is then not whole.
pub fn compare_pairs(
    source: impl Read + Send,
    facts: &RunFacts,
    worklist: Option<&mut dyn Write>,
) -> Result<Comparison, PairsError> {
    let mut blocks = Blocks::open(source).map_err(unreadable(None))?;
    let layout = find_layout(&blocks.head())?;
    blocks.set_delimiter(layout.delimiter.byte());
    let reader = Reader::new(facts, &layout)?;
    let mut gathered = Gathered::new(worklist)?;
    let form = blocks.form();
    let mut current = read_some(&mut blocks, 0, &layout);
    while !current.blocks.is_empty() {
        let next = current.next;
        let failed = current.failed.take();
        let judge = |(block, skipped): (Block, usize)| judge_block(&reader, form, block, skipped);
        let todo = std::mem::take(&mut current.blocks);
        let (results, ahead) = rayon::join(
            || todo.into_par_iter().map(judge).collect::<Vec<_>>(),
            || {
                failed
                    .is_none()
                    .then(|| read_some(&mut blocks, next, &layout))
            },
        );
        for result in results {
            gathered.take(result)?;
        }
        if let Some(failed) = failed {
            return Err(unreadable(Some(gathered.lines + 1))(failed));
        }
        current = ahead.unwrap_or_default();
    }
    if let Some(failed) = current.failed {
        return Err(unreadable(Some(gathered.lines + 1))(failed));
    }
    gathered.finish(layout.columns.ignored)
}

/// Blocks with the rows to leave out before each, and why there are no more.
#[derive(Default)]
struct Ahead {
    blocks: Vec<(Block, usize)>,
    next: usize,
    failed: Option<StreamError>,
}

fn read_some<R: Read>(blocks: &mut Blocks<R>, number: usize, layout: &Layout) -> Ahead {
    let mut some = Ahead {
        next: number,
        ..Ahead::default()
    };
    while some.blocks.len() < BLOCKS_AT_ONCE {
        match blocks.next_block() {
            Ok(Some(block)) => {
                let skipped = if some.next == 0 {
                    layout.header_rows
                } else {
                    0
                };
                some.blocks.push((block, skipped));
                some.next += 1;
            }
            Ok(None) => break,
            Err(error) => {
                some.failed = Some(error);
                break;
            }
        }
    }
    some
}

fn judge_block(reader: &Reader<'_>, form: TextForm, block: Block, skipped: usize) -> BlockResult {
    match form.text(block) {
        Ok(text) => reader.judge(&text, skipped),
        Err(_) => problem_of_block(Text::new(
            "từ khoảng dòng này có byte không thuộc bảng mã của đầu tệp: lưu lại tệp dạng “CSV UTF-8”",
            "from about this line on there are bytes that do not fit the encoding of the head of the file: save it as “CSV UTF-8”",
        )),
    }
}

fn unreadable(line: Option<u64>) -> impl Fn(StreamError) -> PairsError {
    move |error| match error {
        StreamError::Io(error) => PairsError::Io(error),
        StreamError::Unreadable(message) => PairsError::Problems {
            listed: vec![PairProblem {
                line,
                column: None,
                message,
            }],
            total: 1,
        },
    }
}

/// What the blocks gave so far.
struct Gathered<'w> {
    batches: BTreeMap<BatchKey, Tally>,
    lines: u64,
    traces: Vec<Trace>,
    /// The pointers of each block, and the traces that lie before it.
    pointers: Vec<(usize, String)>,
    problems: Vec<PairProblem>,
    total_problems: u64,
    worklist: Option<Worklist<'w>>,
}

impl<'w> Gathered<'w> {
    fn new(worklist: Option<&'w mut dyn Write>) -> io::Result<Self> {
        let worklist = worklist.map(Worklist::begin).transpose()?;
        Ok(Self {
            batches: BTreeMap::new(),
            lines: 0,
            traces: Vec::new(),
            pointers: Vec::new(),
            problems: Vec::new(),
            total_problems: 0,
            worklist,
        })
    }

    fn take(&mut self, block: BlockResult) -> io::Result<()> {
        let before = self.lines;
        self.lines += block.lines;
        self.total_problems += block.total_problems;
        let room = LISTED.saturating_sub(self.problems.len());
        self.problems.extend(
            block
                .problems
                .into_iter()
                .take(room)
                .map(|problem| PairProblem {
                    line: problem.line.map(|line| line + before),
                    ..problem
                }),
        );
        for (key, tally) in &block.batches {
            self.batches.entry(*key).or_default().merge(tally);
        }
        if let Some(worklist) = &mut self.worklist {
            for row in &block.open {
                let pointer = pointer_of(&block.pointers, row.pointer);
                worklist.write_row(
                    row.batch,
                    (pointer, row.line + before),
                    row.kind,
                    &row.differences,
                )?;
            }
        }
        self.pointers.push((self.traces.len(), block.pointers));
        let traces = block.traces.into_iter();
        self.traces.extend(traces.map(|trace| Trace {
            line: trace.line + before,
            ..trace
        }));
        Ok(())
    }

    fn finish(mut self, ignored_columns: Vec<usize>) -> Result<Comparison, PairsError> {
        let (repeated, records) = duplicates::records(&self.traces);
        self.total_problems += u64::try_from(repeated.len()).unwrap_or(u64::MAX);
        let room = LISTED.saturating_sub(self.problems.len());
        self.problems.extend(repeated.into_iter().take(room).map(|line| PairProblem {
            line: Some(line),
            column: None,
            message: Text::new(
                "con trỏ của dòng này đã có ở một dòng trước: mỗi người chỉ được một dòng (kết hôn: hai dòng một trường hợp)",
                "the pointer of this row stands on an earlier line: one row for each person (marriage: two rows a record)",
            ),
        }));
        if self.total_problems > 0 {
            return Err(PairsError::Problems {
                listed: self.problems,
                total: self.total_problems,
            });
        }
        if self.traces.is_empty() {
            return Err(PairsError::of_file(Text::new(
                "tệp chỉ có tiêu đề, không có dòng nào để so",
                "the file has a header only and no row to compare",
            )));
        }
        let (flags, repeats) = duplicates::find(&self.traces);
        self.write_flags(&flags)?;
        for (key, tally) in &mut self.batches {
            let records = records.get(key).copied().unwrap_or_default();
            tally.records = records.all;
            tally.repeats = repeats.get(key).copied().unwrap_or_default();
            if key.record_type == RecordType::Marriage {
                tally.count_missing((records.single, records.single_again));
            }
            if let Some(worklist) = &mut self.worklist {
                tally.worklist = Some(worklist.digest(*key)?);
            }
        }
        Ok(Comparison {
            batches: self.batches,
            rows: u64::try_from(self.traces.len()).unwrap_or(u64::MAX),
            ignored_columns,
        })
    }

    fn write_flags(&mut self, flags: &[duplicates::Flag]) -> io::Result<()> {
        let Some(worklist) = &mut self.worklist else {
            return Ok(());
        };
        for (place, kind) in flags {
            let block = self.pointers.partition_point(|(before, _)| before <= place);
            let pointers = block
                .checked_sub(1)
                .and_then(|block| self.pointers.get(block));
            if let (Some((_, pointers)), Some(trace), Some(kind)) =
                (pointers, self.traces.get(*place), KINDS.get(*kind))
            {
                worklist.write_row(
                    trace.batch,
                    (pointer_of(pointers, trace.pointer), trace.line),
                    kind,
                    "",
                )?;
            }
        }
        Ok(())
    }
}

fn pointer_of(pointers: &str, (start, length): (u32, u32)) -> &str {
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    pointers
        .get(start..start.saturating_add(length))
        .unwrap_or_default()
}

/// The word of the worklist for what is open.
pub(super) const fn kind_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Differs | Outcome::Unsure => outcome.key(),
        // A row that is listed though its outcome is settled is there for its personal number.
        _ => "number",
    }
}
