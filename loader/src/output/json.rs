//! A receipt as JSON, version 1. Fields are never renamed or removed within a version; `data/schema/receipt.schema.json`
//! describes them.

use chrono::NaiveDate;
use serde::Serialize;
use store::domain::Text;

use super::problem::{Place, Problem, problems};
use crate::finding::{Finding, Severity};
use crate::questions::Asked;
use crate::receipt::{FileFacts, NotChecked, Receipt, Verdict};
use crate::rule::Rule;

#[derive(Serialize)]
struct WireReceipt<'a> {
    version: u32,
    verdict: Verdict,
    file: &'a FileFacts,
    problems: Vec<WireProblem<'a>>,
    findings: Vec<WireFinding<'a>>,
    not_checked: &'a [NotChecked],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: Vec<WireQuestion<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a str>,
    /// Problems found more often than is listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unlisted: Vec<WireUnlisted>,
}

#[derive(Serialize)]
struct WireUnlisted {
    severity: Severity,
    rule: Rule,
    /// How many places are not among the findings.
    places: u64,
}

/// A question with its name, by which it is answered.
#[derive(Serialize)]
struct WireQuestion<'a> {
    id: String,
    rule: &'a str,
    unit: Option<String>,
    as_of: Option<NaiveDate>,
    about: &'a Text,
    asked: &'a Text,
    /// The findings that ask it, by their place in the list from 0.
    findings: &'a [usize],
    answer: Option<&'a str>,
    /// What was answered in an earlier week and still holds.
    earlier_answer: Option<&'a str>,
}

impl<'a> From<&'a Asked> for WireQuestion<'a> {
    fn from(asked: &'a Asked) -> Self {
        let Asked {
            question,
            findings,
            answer,
            earlier,
        } = asked;
        Self {
            id: question.id.to_string(),
            rule: &question.rule,
            unit: question.unit.map(|unit| unit.to_string()),
            as_of: question.as_of,
            about: &question.about,
            asked: &question.asked,
            findings,
            answer: answer.as_deref(),
            earlier_answer: earlier.as_ref().map(|given| given.answer.text.as_str()),
        }
    }
}

#[derive(Serialize)]
struct WireProblem<'a> {
    severity: Severity,
    rule: Rule,
    title: Text,
    reason: Text,
    header: Option<&'a str>,
    fix: &'a Text,
    /// How often the problem was found.
    count: u64,
    /// The first of their places.
    places: Vec<Place<'a>>,
}

impl<'a> From<&Problem<'a>> for WireProblem<'a> {
    fn from(problem: &Problem<'a>) -> Self {
        Self {
            severity: problem.severity,
            rule: problem.rule,
            title: problem.rule.title(),
            reason: problem.rule.reason(),
            header: problem.header,
            fix: problem.fix,
            count: problem.count,
            places: problem.places(),
        }
    }
}

#[derive(Serialize)]
struct WireFinding<'a> {
    severity: Severity,
    rule: Rule,
    file: &'a str,
    /// The sheet of a workbook; a text file has none.
    sheet: Option<&'a str>,
    line: Option<u64>,
    column: Option<u64>,
    header: Option<&'a str>,
    value: Option<&'a str>,
    message: &'a Text,
    reason: Text,
    fix: &'a Text,
}

impl<'a> From<&'a Finding> for WireFinding<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            severity: finding.severity,
            rule: finding.rule,
            file: &finding.file,
            sheet: finding.sheet.as_deref(),
            line: finding.line,
            column: finding.column,
            header: finding.header.as_deref(),
            value: finding.value.as_deref(),
            message: &finding.message,
            reason: finding.rule.reason(),
            fix: &finding.fix,
        }
    }
}

/// The receipt as one JSON object on one line, without an end of line.
#[must_use]
pub fn receipt_json(receipt: &Receipt) -> String {
    let wire = WireReceipt {
        version: 1,
        verdict: receipt.verdict,
        file: &receipt.file,
        problems: problems(receipt).iter().map(WireProblem::from).collect(),
        findings: receipt.findings.iter().map(WireFinding::from).collect(),
        not_checked: &receipt.not_checked,
        questions: receipt.questions.iter().map(WireQuestion::from).collect(),
        explanation: receipt.explanation.as_deref(),
        unlisted: receipt
            .unlisted()
            .into_iter()
            .map(|((severity, rule), places)| WireUnlisted {
                severity,
                rule,
                places,
            })
            .collect(),
    };
    // Texts, numbers and words of closed lists only: nothing in it can fail to be written.
    serde_json::to_string(&wire).unwrap_or_default()
}
