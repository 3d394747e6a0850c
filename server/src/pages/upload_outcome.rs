//! What an upload shows of one file: verdict, findings, and what a commit would change.

use loader::{Change, Finding, Preview, Receipt, Severity, Verdict};
use reports::words;
use store::domain::{Digest, Language};

/// How many changed cells a preview lists; all are counted.
const LISTED_CHANGES: usize = 200;

/// What became of one file.
pub(super) struct Outcome {
    pub(super) file_name: String,
    pub(super) verdict: &'static str,
    pub(super) mark: &'static str,
    pub(super) summary: String,
    pub(super) message: Option<String>,
    pub(super) findings: Vec<FindingRow>,
    pub(super) errors: usize,
    pub(super) queries: usize,
    pub(super) notes: usize,
    pub(super) not_checked: Vec<String>,
    pub(super) preview: Option<PreviewWords>,
    pub(super) sha256: Option<Digest>,
    pub(super) needs_explanation: bool,
}

/// A finding in the language of the page.
pub(super) struct FindingRow {
    pub(super) severity: &'static str,
    pub(super) mark: &'static str,
    pub(super) place: String,
    pub(super) value: Option<String>,
    pub(super) message: String,
    pub(super) fix: String,
}

pub(super) struct PreviewWords {
    pub(super) digest: Digest,
    pub(super) new: usize,
    pub(super) raised: usize,
    pub(super) lowered: usize,
    pub(super) unchanged: usize,
    pub(super) changes: Vec<ChangeRow>,
    pub(super) more: usize,
}

pub(super) struct ChangeRow {
    pub(super) place: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) lowered: bool,
}

pub(super) fn outcome(receipt: &Receipt, preview: Option<Preview>, language: Language) -> Outcome {
    let rows = language.whole(i64::try_from(receipt.file.rows).unwrap_or(i64::MAX));
    Outcome {
        file_name: receipt.file.name.clone(),
        verdict: receipt.verdict.title(language),
        mark: match receipt.verdict {
            Verdict::Accepted => "good",
            Verdict::Queries => "warn",
            Verdict::Rejected => "bad",
        },
        summary: format!(
            "{rows} {} · {}",
            language.pick("dòng", "rows"),
            receipt.file.encoding.as_deref().unwrap_or("–")
        ),
        message: None,
        findings: receipt
            .findings
            .iter()
            .map(|finding| finding_row(finding, language))
            .collect(),
        errors: receipt.count(Severity::Error),
        queries: receipt.count(Severity::Query),
        notes: receipt.count(Severity::Note),
        not_checked: receipt
            .not_checked
            .iter()
            .map(|one| one.reason.in_language(language).to_owned())
            .collect(),
        preview: preview
            .filter(|_| receipt.verdict != Verdict::Rejected)
            .map(|preview| preview_words(preview, language)),
        sha256: receipt.file.sha256,
        needs_explanation: receipt.verdict == Verdict::Queries,
    }
}

fn finding_row(finding: &Finding, language: Language) -> FindingRow {
    let part = |word: &str, number: Option<u64>| number.map(|number| format!("{word} {number}"));
    let places = [
        part(language.pick("dòng", "line"), finding.line),
        part(language.pick("cột", "column"), finding.column),
        finding.header.as_ref().map(|header| format!("“{header}”")),
    ];
    FindingRow {
        severity: finding.severity.word(language),
        mark: match finding.severity {
            Severity::Error => "bad",
            Severity::Query => "warn",
            Severity::Note => "plain",
        },
        place: places.into_iter().flatten().collect::<Vec<_>>().join(", "),
        value: finding.value.clone().filter(|value| !value.is_empty()),
        message: finding.message.in_language(language).to_owned(),
        fix: finding.fix.in_language(language).to_owned(),
    }
}

fn preview_words(preview: Preview, language: Language) -> PreviewWords {
    let count = |change| preview.count(change);
    let changed = preview
        .cells
        .iter()
        .filter(|cell| cell.change != Change::Unchanged);
    let listed = changed.clone().take(LISTED_CHANGES).map(|cell| ChangeRow {
        place: [
            Some(language.date(cell.as_of)),
            Some(
                words::stage_name(cell.stage)
                    .in_language(language)
                    .to_owned(),
            ),
            cell.part.clone(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · "),
        before: cell
            .before
            .map_or_else(|| "–".to_owned(), |count| language.count(count)),
        after: language.count(cell.after),
        lowered: cell.change == Change::Lowered,
    });
    PreviewWords {
        digest: preview.digest,
        new: count(Change::New),
        raised: count(Change::Raised),
        lowered: count(Change::Lowered),
        unchanged: count(Change::Unchanged),
        changes: listed.collect(),
        more: changed.count().saturating_sub(LISTED_CHANGES),
    }
}
