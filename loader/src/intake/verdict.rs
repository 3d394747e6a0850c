//! Compares a parsed file with what the archive knew before it and gives the verdict.

use store::domain::{Answer, Content, CountRow, NewSubmission, Reference, Text};

use super::{Context, Parsed, Sender, parse};
use crate::batches::CountRows;
use crate::chains::Chains;
use crate::finding::{Findings, Places, Severity};
use crate::forms::{FormRows, ReadRow};
use crate::history::History;
use crate::questions::{Asked, Subjects, ask};
use crate::receipt::{NotChecked, RULES_VERSION, Receipt, Verdict};
use crate::rules::change::{Changes, Uncompared};
use crate::rules::inhabitants::check_inhabitants;
use crate::rules::known::check_already_known;
use crate::rules::other_unit::check_other_unit;
use crate::rules::reconciliation::check_ledger;
use crate::sheet::Sheet;
use crate::source::SourceFile;

/// Compares a parsed file with what the archive knew before it and gives the verdict.
///
/// Without history the rules of change are named as not checked. An answer answers a query; it cannot answer an error.
#[must_use]
pub fn judge(mut parsed: Parsed, history: Option<&History>, sender: &Sender) -> Receipt {
    compare(&mut parsed, history);
    let asked = asked_rows(&mut parsed);
    let (mut findings, mut places) = parsed.findings.into_sorted();
    let asks = places
        .keys()
        .any(|(severity, _)| *severity == Severity::Query);
    let content = parsed.content.as_ref().filter(|_| asks);
    let questions = content.map_or_else(Vec::new, |content| {
        let layout = content.table.as_ref().map(|(_, _, layout)| layout);
        let subjects = match &content.rows {
            FormRows::Counts(CountRows::PutDown(_, found)) => {
                Subjects::of_some(&asked, &found.0, layout)
            }
            rows => Subjects::new(rows.counts(), layout),
        };
        ask(
            (&mut findings, &mut places),
            &subjects,
            history,
            &sender.answers,
        )
    });
    let verdict = verdict_of(&places, &questions);
    let content = parsed.content.filter(|_| verdict == Verdict::Accepted);
    let content = content.and_then(|content| content_of(content.rows));
    let submission = content
        .zip(parsed.source.into_bytes())
        .map(|(content, bytes)| NewSubmission {
            file_name: parsed.file.name.clone(),
            bytes,
            encoding: parsed.file.encoding.clone().unwrap_or_default(),
            rules_version: RULES_VERSION.to_owned(),
            submitted_by: sender.submitted_by.clone(),
            synthetic: sender.synthetic,
            content,
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

/// The rows that questions are about, where not all rows are held.
fn asked_rows(parsed: &mut Parsed) -> Vec<ReadRow<CountRow>> {
    let lines = parsed.findings.lines_of(Severity::Query);
    match &parsed.content {
        Some(content) if !lines.is_empty() => {
            let sheet = content.sheet(parsed.source.content());
            match (&content.rows, sheet) {
                (FormRows::Counts(rows @ CountRows::PutDown(..)), Some(sheet)) => {
                    rows.on_lines(&lines, sheet, &mut parsed.findings)
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Compares the rows of a file with what is known before it.
fn compare(parsed: &mut Parsed, history: Option<&History>) {
    if let Some(content) = &parsed.content
        && let FormRows::Counts(rows) = &content.rows
        && let Some(sheet) = content.sheet(parsed.source.content())
    {
        let findings = &mut parsed.findings;
        let uncompared = match rows {
            CountRows::Held(rows, chains) => {
                compare_counts(sheet, (rows, chains), history, findings)
            }
            CountRows::PutDown(_, found) => found.1,
        };
        say_uncompared(uncompared, history.is_some(), &mut parsed.not_checked);
    }
    if let Some(content) = &parsed.content
        && let FormRows::Reconciliation(rows) = &content.rows
    {
        check_ledger(rows, history, &mut parsed.findings);
        let without = history.is_none().then(NotChecked::no_ledger);
        parsed.not_checked.extend(without);
    }
}

fn compare_counts(
    sheet: Sheet<'_>,
    (rows, chains): (&[ReadRow<CountRow>], &Chains),
    history: Option<&History>,
    findings: &mut Findings,
) -> Uncompared {
    check_inhabitants(sheet, rows, (history, Reference::embedded()), findings);
    // Without an archive the weeks inside the file are compared with each other all the same.
    let nothing = History::default();
    let past = (history.unwrap_or(&nothing), Reference::embedded());
    let mut changes = Changes::default();
    changes.take_in(sheet, (rows, chains), past, findings);
    if history.is_some() {
        check_already_known(rows, past.0, findings);
        check_other_unit(rows, past, findings);
    }
    changes.finish(findings)
}

/// Names the rules that some rows could not be held against.
fn say_uncompared(uncompared: Uncompared, has_history: bool, not_checked: &mut Vec<NotChecked>) {
    let without = uncompared.without_history;
    not_checked.extend(if !has_history && without == uncompared.rows {
        Some(NotChecked::no_history(Text::new(
            "không có số liệu kỳ trước để so sánh",
            "there were no earlier figures to compare with",
        )))
    } else {
        NotChecked::no_earlier(without)
    });
    not_checked.extend(NotChecked::no_recent(uncompared.without_recent));
    not_checked.extend(NotChecked::no_pace(uncompared.without_pace));
    if !has_history {
        not_checked.push(NotChecked::no_archive());
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

/// What is to be recorded; `None` where it is not held.
fn content_of(rows: FormRows) -> Option<Content> {
    fn values<T>(rows: Vec<ReadRow<T>>) -> Vec<T> {
        rows.into_iter().map(|row| row.value).collect()
    }
    match rows {
        FormRows::Counts(CountRows::Held(rows, _)) => Some(Content::Counts(values(rows))),
        FormRows::Counts(CountRows::PutDown(..)) => None,
        FormRows::Reconciliation(rows) => Some(Content::Reconciliation(values(rows))),
        FormRows::Published(rows) => Some(Content::Published(values(rows))),
    }
}
