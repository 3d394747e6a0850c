//! What is wrong with an uploaded file, in the words of the page: each distinct problem once, with every place of it.

use loader::output::{Problem, problems};
use loader::{Finding, Receipt, Severity};
use store::domain::Language;

/// Of a problem with at most so many places, the places are shown without being asked for.
const SHOWN: usize = 5;

/// A distinct problem.
pub(super) struct ProblemRow {
    pub(super) severity: &'static str,
    pub(super) mark: &'static str,
    pub(super) title: String,
    pub(super) header: Option<String>,
    /// How often it was found, and the first lines.
    pub(super) count: String,
    pub(super) fix: String,
    pub(super) places: Vec<PlaceRow>,
    pub(super) open: bool,
}

/// A place of it.
pub(super) struct PlaceRow {
    pub(super) place: String,
    pub(super) value: Option<String>,
    pub(super) message: String,
}

/// The distinct problems of a receipt, the gravest first.
pub(super) fn problem_rows(receipt: &Receipt, language: Language) -> Vec<ProblemRow> {
    let problems = problems(receipt);
    let row = |problem: &Problem<'_>| problem_row(problem, language);
    problems.iter().map(row).collect()
}

fn problem_row(problem: &Problem<'_>, language: Language) -> ProblemRow {
    let findings = problem.findings.iter();
    ProblemRow {
        severity: problem.severity.word(language),
        mark: match problem.severity {
            Severity::Error => "bad",
            Severity::Query => "warn",
            Severity::Note => "plain",
        },
        title: problem.rule.title().in_language(language).to_owned(),
        header: problem.header.map(str::to_owned),
        count: problem.count_and_lines(language),
        fix: problem.fix.in_language(language).to_owned(),
        places: findings
            .map(|finding| place_row(finding, language))
            .collect(),
        open: problem.findings.len() <= SHOWN,
    }
}

fn place_row(finding: &Finding, language: Language) -> PlaceRow {
    let part = |word: &str, number: Option<u64>| number.map(|number| format!("{word} {number}"));
    let places = [
        finding.sheet.as_ref().map(|sheet| {
            let word = language.pick("trang tính", "sheet");
            format!("{word} “{sheet}”")
        }),
        part(language.pick("dòng", "line"), finding.line),
        part(language.pick("cột", "column"), finding.column),
        finding.header.as_ref().map(|header| format!("“{header}”")),
    ];
    PlaceRow {
        place: places.into_iter().flatten().collect::<Vec<_>>().join(", "),
        value: finding.value.clone().filter(|value| !value.is_empty()),
        message: finding.message.in_language(language).to_owned(),
    }
}
