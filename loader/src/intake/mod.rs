//! The intake: a file in, a receipt out. The command line and the upload page both come through here.
//!
//! [`parse`] needs nothing but the file and the reference data, so many files are parsed in parallel; [`judge`] compares
//! with what the archive knows and gives the verdict.

#[cfg(test)]
mod tests;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use store::domain::{CountRow, Digest, ReconciliationEntry, Reference, Stage, StageCounts, UnitId};

pub use self::verdict::{intake, judge};
use crate::batches::{CountRows, HELD};
use crate::chains::changes;
use crate::finding::Findings;
use crate::form::Form;
use crate::forms::{
    FormRows, ReadRow, is_document, read_counts, read_document_file, read_published,
    read_reconciliation,
};
use crate::history::Reach;
use crate::index::list_place;
use crate::layout::{Layout, find_layout};
use crate::questions::Answers;
use crate::read::{Content, Rest, Table, read_table};
use crate::receipt::{FileFacts, NotChecked, RULES_VERSION, Receipt};
use crate::rules::other_unit::reach_of;
use crate::rules::reconciliation::personal;
use crate::sheet::Sheet;
use crate::source::{DEFAULT_SIZE_LIMIT, Refused, Source, SourceFile, SurveyedFile, too_large};
use crate::vocabulary::Vocabulary;

/// What every file is read with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The reference data, prepared for matching.
    pub vocabulary: &'a Vocabulary<'a>,
    /// Today in `Asia/Ho_Chi_Minh`; figures of a later date are refused.
    pub today: NaiveDate,
    /// The largest file read, in bytes.
    pub size_limit: u64,
}

impl Context<'static> {
    /// The reference data built into the program and the usual size limit.
    #[must_use]
    pub fn embedded(today: NaiveDate) -> Self {
        Self {
            vocabulary: Vocabulary::embedded(),
            today,
            size_limit: DEFAULT_SIZE_LIMIT,
        }
    }
}

/// Who sends a file, and what they say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// Who sends it.
    pub submitted_by: String,
    /// Whether the figures are made up for a demonstration.
    pub synthetic: bool,
    /// What they say to the questions of the file.
    pub answers: Answers,
}

/// A file read and checked as far as it can be without the archive.
#[derive(Debug)]
pub struct Parsed {
    file: FileFacts,
    source: Source,
    content: Option<ParsedContent>,
    findings: Findings,
    not_checked: Vec<NotChecked>,
}

#[derive(Debug)]
struct ParsedContent {
    /// The table, the text below it and the meaning of its columns; `None` for a document, which has none of these.
    table: Option<(Table, Option<Rest>, Layout)>,
    rows: FormRows,
}

impl ParsedContent {
    /// The table as it was read, of the file whose content is given.
    fn sheet<'a>(&'a self, content: Content<'a>) -> Option<Sheet<'a>> {
        let (table, rest, layout) = self.table.as_ref()?;
        let rest = rest.as_ref().map(|rest| rest.records(content));
        Some(Sheet {
            table,
            rest,
            layout,
        })
    }
}

impl Parsed {
    /// The digest of the file; `None` where it was not read.
    #[must_use]
    pub const fn sha256(&self) -> Option<Digest> {
        self.file.sha256
    }

    /// The dates the file has counts for, each with the units that report on it, and the figures by which it may be found to
    /// be another unit's.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach {
            compared: self.compared(),
            ..reach_of(self.rows(), Reference::embedded())
        }
    }

    /// The units whose reconciliation the file tells of, with the last day it speaks of.
    fn compared(&self) -> BTreeMap<UnitId, NaiveDate> {
        let mut compared = BTreeMap::new();
        if let Some(FormRows::Reconciliation(rows)) = self.content.as_ref().map(|it| &it.rows) {
            for row in rows {
                let day = match &row.value {
                    ReconciliationEntry::Batch(batch) => batch.week.last_day(),
                    ReconciliationEntry::Cases(cases) => cases.week.last_day(),
                    ReconciliationEntry::Statement(statement) => statement.as_of,
                };
                let last = compared.entry(row.value.unit()).or_insert(day);
                *last = day.max(*last);
            }
        }
        compared
    }

    /// The units it speaks of, those of rows with errors left out; `None` where it speaks for the whole nation.
    #[must_use]
    pub fn units(&self) -> Option<BTreeSet<UnitId>> {
        let rows = self.content.as_ref().map(|content| &content.rows);
        match rows {
            None => Some(BTreeSet::new()),
            Some(FormRows::Counts(..)) => {
                Some(changes(self.rows().iter().map(|row| row.value.unit)).collect())
            }
            Some(FormRows::Reconciliation(rows)) => {
                Some(rows.iter().map(|row| row.value.unit()).collect())
            }
            Some(FormRows::Published(_)) => None,
        }
    }

    /// The rows of a counts file whose subject is clear, in the order of the file; empty for other forms.
    pub(crate) fn count_rows(&self) -> Vec<&CountRow> {
        self.rows().iter().map(|row| &row.value).collect()
    }

    /// The rows of a counts file that give more than the sound rows of the file about the same part of work before them, with the
    /// stages that they give first.
    pub(crate) fn first_given(&self) -> impl Iterator<Item = (&CountRow, StageCounts)> {
        let counts = match self.content.as_ref().map(|content| &content.rows) {
            Some(FormRows::Counts(CountRows::Held(rows, chains))) => Some((rows, chains)),
            _ => None,
        };
        counts.into_iter().flat_map(|(rows, chains)| {
            chains.more.iter().filter_map(|place| {
                let place = list_place(*place);
                let row = &rows.get(place)?.value;
                let before = || chains.before(rows, place);
                let mut first = row.counts;
                for stage in Stage::ALL {
                    if before().any(|row| row.counts.get(stage).is_some()) {
                        first.set(stage, None);
                    }
                }
                let is_first = before().next().is_none();
                (is_first || !first.is_empty()).then_some((row, first))
            })
        })
    }

    fn rows(&self) -> &[ReadRow<CountRow>] {
        let content = self.content.as_ref();
        content.map_or(&[], |content| content.rows.counts())
    }

    fn refused(refused: Refused) -> Self {
        let Refused {
            name,
            size,
            finding,
        } = refused;
        let mut findings = Findings::of_file(&name);
        findings.push(finding);
        Self {
            file: unread_facts(name, size),
            source: Source::Kept(Vec::new()),
            content: None,
            findings,
            not_checked: vec![NotChecked::whole_file()],
        }
    }
}

fn unread_facts(name: String, size: u64) -> FileFacts {
    FileFacts {
        name,
        size,
        sha256: None,
        encoding: None,
        delimiter: None,
        sheet: None,
        form: None,
        rows: 0,
        rules_version: RULES_VERSION,
    }
}

/// Reads and checks a file of a folder; a file that cannot be read is a finding like any other.
#[must_use]
pub fn parse_path(path: &Path, context: &Context<'_>) -> Parsed {
    match SourceFile::open(path, context.size_limit) {
        Ok(file) => parse(file, context),
        Err(refused) => Parsed::refused(*refused),
    }
}

/// Checks a file of a folder offline, as [`parse_path`] and [`judge`] do without an archive.
///
/// Neither a text in UTF-8 nor the rows of a counts file are held, so that the memory does not grow with them. The receipt has nothing
/// to be recorded.
#[must_use]
pub fn check_path(path: &Path, context: &Context<'_>, sender: &Sender) -> Receipt {
    let parsed = match SurveyedFile::open(path, context.size_limit) {
        Ok(file) => parse_surveyed(file, context, HELD),
        Err(refused) => Parsed::refused(*refused),
    };
    let mut receipt = judge(parsed, None, sender);
    drop(receipt.take_submission());
    receipt
}

/// Reads and checks a file, whatever its bytes are.
#[must_use]
pub fn parse(source: SourceFile, context: &Context<'_>) -> Parsed {
    let name = source.name().to_owned();
    let size = u64::try_from(source.bytes.len()).unwrap_or(u64::MAX);
    if size > context.size_limit {
        let finding = too_large(size, context.size_limit);
        return Parsed::refused(Refused {
            name,
            size,
            finding,
        });
    }
    let sha256 = Digest::of(&source.bytes);
    let file = SurveyedFile {
        name,
        size,
        sha256,
        source: Source::Kept(source.bytes),
    };
    parse_surveyed(file, context, usize::MAX)
}

/// Reads and checks a file whose digest is known, and holds so many of its rows of counts.
fn parse_surveyed(file: SurveyedFile, context: &Context<'_>, most_held: usize) -> Parsed {
    let mut parsed = Parsed {
        findings: Findings::of_file(&file.name),
        file: FileFacts {
            sha256: Some(file.sha256),
            ..unread_facts(file.name, file.size)
        },
        source: file.source,
        content: None,
        not_checked: Vec::new(),
    };
    parsed.content = parse_content(&mut parsed, context, most_held);
    if parsed.content.is_none() {
        parsed.not_checked.push(NotChecked::whole_file());
    }
    parsed
}

fn parse_content(
    parsed: &mut Parsed,
    context: &Context<'_>,
    most_held: usize,
) -> Option<ParsedContent> {
    let (findings, not_checked) = (&mut parsed.findings, &mut parsed.not_checked);
    let content = parsed.source.content();
    if let Content::Kept(bytes) = content
        && is_document(bytes)
    {
        personal::check_file_name(&parsed.file.name, findings);
        parsed.file.encoding = Some("JSON".to_owned());
        parsed.file.form = Some(Form::Reconciliation);
        let rows = read_document_file(bytes, context, findings, not_checked)?;
        parsed.file.rows = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let rows = FormRows::Reconciliation(rows);
        return Some(ParsedContent { table: None, rows });
    }
    let read = read_table(content, findings)?;
    parsed.file.encoding = Some(read.encoding);
    parsed.file.delimiter = read.delimiter;
    parsed.file.sheet = read.sheet;
    let table = read.table;
    let layout = find_layout(&table, findings)?;
    parsed.file.form = Some(layout.form);
    not_checked.extend(layout.has_earlier().then(NotChecked::earlier_columns));
    if layout.form == Form::Reconciliation {
        personal::check_file_name(&parsed.file.name, findings);
        if let (Content::Kept(bytes), Some(_)) = (content, &parsed.file.sheet) {
            personal::check_package(bytes, context.vocabulary, findings);
        }
    }
    let sheet = Sheet {
        table: &table,
        rest: read.rest.as_ref().map(|rest| rest.records(content)),
        layout: &layout,
    };
    let (rows, reports) = match layout.form {
        Form::Counts => read_counts(sheet, (context, most_held), findings, not_checked),
        Form::Reconciliation => read_reconciliation(sheet, context, findings, not_checked),
        Form::Published => read_published(sheet, context, findings, not_checked),
    };
    parsed.file.rows = reports;
    let table = Some((table, read.rest, layout));
    Some(ParsedContent { table, rows })
}
