//! The intake: a file in, a receipt out. The command line and the upload page both come through here.
//!
//! [`parse`] needs nothing but the file and the reference data, so many files are parsed in parallel; [`judge`] compares
//! with what the archive knows and gives the verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use store::domain::{
    Answer, Content, CountRow, Digest, NewSubmission, ReconciliationEntry, Reference, Text, UnitId,
};

use crate::column::Form;
use crate::finding::{Findings, Places, Severity};
use crate::forms::{
    FormRows, ReadRow, is_document, read_counts, read_document_file, read_published,
    read_reconciliation,
};
use crate::history::{HISTORY_DAYS, History, Reach};
use crate::layout::{Layout, find_layout};
use crate::questions::{Answers, Asked, Subjects, ask};
use crate::read::{Rest, Table, read_table};
use crate::receipt::{FileFacts, NotChecked, RULES_VERSION, Receipt, Verdict};
use crate::rules::change::check_change;
use crate::rules::inhabitants::check_inhabitants;
use crate::rules::known::check_already_known;
use crate::rules::other_unit::{check_other_unit, reach_of};
use crate::rules::reconciliation::{check_ledger, personal};
use crate::sheet::Sheet;
use crate::source::{DEFAULT_SIZE_LIMIT, Refused, SourceFile, too_large};
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
    bytes: Vec<u8>,
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
    /// The table as it was read, of the file whose bytes are given.
    fn sheet<'a>(&'a self, bytes: &'a [u8]) -> Option<Sheet<'a>> {
        let (table, rest, layout) = self.table.as_ref()?;
        let rest = rest.as_ref().map(|rest| rest.records(bytes));
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
    /// be another unit's: what [`History::read`] needs.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach {
            compared: self.compared(),
            ..reach_of(&self.count_rows(), Reference::embedded())
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
            Some(FormRows::Counts(rows)) => Some(rows.iter().map(|row| row.value.unit).collect()),
            Some(FormRows::Reconciliation(rows)) => {
                Some(rows.iter().map(|row| row.value.unit()).collect())
            }
            Some(FormRows::Published(_)) => None,
        }
    }

    /// The rows of a counts file whose subject is clear, in the order of the file; empty for other forms.
    pub(crate) fn count_rows(&self) -> Vec<&CountRow> {
        let rows = self
            .content
            .iter()
            .flat_map(|content| content.rows.counts());
        rows.map(|row| &row.value).collect()
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
            bytes: Vec::new(),
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
    let mut parsed = Parsed {
        findings: Findings::of_file(&name),
        file: FileFacts {
            sha256: Some(Digest::of(&source.bytes)),
            ..unread_facts(name, size)
        },
        bytes: source.bytes,
        content: None,
        not_checked: Vec::new(),
    };
    parsed.content = parse_content(&mut parsed, context);
    if parsed.content.is_none() {
        parsed.not_checked.push(NotChecked::whole_file());
    }
    parsed
}

fn parse_content(parsed: &mut Parsed, context: &Context<'_>) -> Option<ParsedContent> {
    let (findings, not_checked) = (&mut parsed.findings, &mut parsed.not_checked);
    if is_document(&parsed.bytes) {
        personal::check_file_name(&parsed.file.name, findings);
        parsed.file.encoding = Some("JSON".to_owned());
        parsed.file.form = Some(Form::Reconciliation);
        let rows = read_document_file(&parsed.bytes, context, findings, not_checked)?;
        parsed.file.rows = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let rows = FormRows::Reconciliation(rows);
        return Some(ParsedContent { table: None, rows });
    }
    let read = read_table(&parsed.bytes, findings)?;
    parsed.file.encoding = Some(read.encoding);
    parsed.file.delimiter = read.delimiter;
    parsed.file.sheet = read.sheet;
    let table = read.table;
    let layout = find_layout(&table, findings)?;
    parsed.file.form = Some(layout.form);
    not_checked.extend(layout.has_earlier().then(NotChecked::earlier_columns));
    if layout.form == Form::Reconciliation {
        personal::check_file_name(&parsed.file.name, findings);
        if parsed.file.sheet.is_some() {
            personal::check_package(&parsed.bytes, context.vocabulary, findings);
        }
    }
    let sheet = Sheet {
        table: &table,
        rest: read.rest.as_ref().map(|rest| rest.records(&parsed.bytes)),
        layout: &layout,
    };
    let (rows, reports) = match layout.form {
        Form::Counts => read_counts(sheet, context, findings, not_checked),
        Form::Reconciliation => read_reconciliation(sheet, context, findings, not_checked),
        Form::Published => read_published(sheet, context, findings, not_checked),
    };
    parsed.file.rows = reports;
    let table = Some((table, read.rest, layout));
    Some(ParsedContent { table, rows })
}

/// Compares a parsed file with what the archive knew before it and gives the verdict.
///
/// Without history the rules of change are named as not checked. An answer answers a query; it cannot answer an error.
#[must_use]
pub fn judge(mut parsed: Parsed, history: Option<&History>, sender: &Sender) -> Receipt {
    compare(&mut parsed, history);
    let (mut findings, mut places) = parsed.findings.into_sorted();
    let questions = parsed.content.as_ref().map_or_else(Vec::new, |content| {
        let layout = content.table.as_ref().map(|(_, _, layout)| layout);
        let subjects = Subjects::new(content.rows.counts(), layout);
        ask(
            (&mut findings, &mut places),
            &subjects,
            history,
            &sender.answers,
        )
    });
    let verdict = verdict_of(&places, &questions);
    let submission = parsed
        .content
        .filter(|_| verdict == Verdict::Accepted)
        .map(|content| NewSubmission {
            file_name: parsed.file.name.clone(),
            bytes: parsed.bytes,
            encoding: parsed.file.encoding.clone().unwrap_or_default(),
            rules_version: RULES_VERSION.to_owned(),
            submitted_by: sender.submitted_by.clone(),
            synthetic: sender.synthetic,
            content: content_of(content.rows),
            answers: questions.iter().filter_map(answer_of).collect(),
            basis: history.and_then(|history| history.basis),
        });
    let explanation = sender.answers.all.as_deref().map(str::trim);
    Receipt {
        file: parsed.file,
        verdict,
        findings,
        places,
        not_checked: parsed.not_checked,
        explanation: explanation
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        questions,
        submission,
    }
}

/// Compares the rows of a file with what is known before it.
fn compare(parsed: &mut Parsed, history: Option<&History>) {
    if let Some(content) = &parsed.content
        && let FormRows::Counts(rows) = &content.rows
        && let Some(sheet) = content.sheet(&parsed.bytes)
    {
        let (findings, not_checked) = (&mut parsed.findings, &mut parsed.not_checked);
        check_inhabitants(sheet, rows, (history, Reference::embedded()), findings);
        // Without an archive the weeks inside the file are compared with each other all the same.
        let nothing = History::default();
        let past = (history.unwrap_or(&nothing), Reference::embedded());
        let uncompared = check_change(sheet, rows, past, findings);
        if history.is_some() {
            check_already_known(rows, past.0, findings);
            check_other_unit(rows, past, findings);
        }
        let without = uncompared.without_history;
        not_checked.extend(match history {
            None if without == rows.len() => Some(NotChecked::no_history(Text::new(
                "không có số liệu kỳ trước để so sánh",
                "there were no earlier figures to compare with",
            ))),
            _ => Some(without)
                .filter(|rows| *rows > 0)
                .map(no_earlier_figures),
        });
        not_checked.extend(NotChecked::no_pace(uncompared.without_pace));
        if history.is_none() {
            not_checked.push(NotChecked::no_archive());
        }
    }
    if let Some(content) = &parsed.content
        && let FormRows::Reconciliation(rows) = &content.rows
    {
        check_ledger(rows, history, &mut parsed.findings);
        let without = history.is_none().then(NotChecked::no_ledger);
        parsed.not_checked.extend(without);
    }
}

/// Reads, checks and judges a file in one call.
#[must_use]
pub fn intake(
    source: SourceFile,
    context: &Context<'_>,
    history: Option<&History>,
    sender: &Sender,
) -> Receipt {
    judge(parse(source, context), history, sender)
}

fn no_earlier_figures(rows: usize) -> NotChecked {
    NotChecked::no_history(Text::new(
        format!("{rows} dòng không có số liệu nào trong {HISTORY_DAYS} ngày trước để so sánh"),
        format!("rows without figures of the {HISTORY_DAYS} days before to compare with: {rows}"),
    ))
}

fn answer_of(asked: &Asked) -> Option<Answer> {
    Some(Answer {
        question: asked.question.clone(),
        text: asked.answer.clone()?,
    })
}

fn verdict_of(places: &Places, questions: &[Asked]) -> Verdict {
    if places.keys().any(|(found, _)| *found == Severity::Error) {
        Verdict::Rejected
    } else if questions.iter().any(|asked| asked.answer.is_none()) {
        Verdict::Queries
    } else {
        Verdict::Accepted
    }
}

fn content_of(rows: FormRows) -> Content {
    fn values<T>(rows: Vec<ReadRow<T>>) -> Vec<T> {
        rows.into_iter().map(|row| row.value).collect()
    }
    match rows {
        FormRows::Counts(rows) => Content::Counts(values(rows)),
        FormRows::Reconciliation(rows) => Content::Reconciliation(values(rows)),
        FormRows::Published(rows) => Content::Published(values(rows)),
    }
}
