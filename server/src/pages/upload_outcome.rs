//! What an upload shows of one file: verdict, findings, and what a commit would change.

use std::collections::BTreeMap;

use loader::{Asked, Change, Moved, Preview, Receipt, Rule, Severity, Verdict};
use reports::model::{Effect, ShareChange};
use reports::words;
use store::domain::{Digest, Language, Share};

use super::page::moment;
use super::upload_problems::{ProblemRow, problem_rows};

/// How many changed cells a preview lists; all are counted.
const LISTED_CHANGES: usize = 200;

/// A file with everything that is shown of it before it is recorded.
pub(super) struct Judged {
    pub(super) receipt: Receipt,
    pub(super) preview: Preview,
    /// What it would do to the shares; `None` where it counts nothing in records.
    pub(super) effect: Option<Effect>,
    /// The last entry of the log when it was judged.
    pub(super) basis: i64,
}

/// What became of one file.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) file_name: String,
    pub(super) verdict: &'static str,
    pub(super) mark: &'static str,
    pub(super) summary: String,
    pub(super) message: Option<String>,
    pub(super) problems: Vec<ProblemRow>,
    pub(super) errors: usize,
    pub(super) queries: usize,
    pub(super) notes: usize,
    pub(super) not_checked: Vec<String>,
    pub(super) preview: Option<PreviewWords>,
    pub(super) sha256: Option<Digest>,
    pub(super) basis: i64,
    pub(super) questions: Vec<RuleQuestions>,
    pub(super) effect: Option<EffectWords>,
    pub(super) moved: Vec<MovedRow>,
}

/// The questions of one rule.
pub(super) struct RuleQuestions {
    pub(super) rule: String,
    /// The rule in words.
    pub(super) title: String,
    pub(super) questions: Vec<QuestionWords>,
}

/// A question with the place for its answer.
pub(super) struct QuestionWords {
    pub(super) id: String,
    pub(super) asked: String,
    pub(super) answer: String,
    /// Whether the answer is that of an earlier week, which has to be confirmed.
    pub(super) offered: Option<String>,
}

/// The shares before and after.
pub(super) struct EffectWords {
    pub(super) week: String,
    pub(super) rows: Vec<EffectRow>,
}

pub(super) struct EffectRow {
    pub(super) name: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Something that was recorded since a preview.
pub(super) struct MovedRow {
    pub(super) what: String,
    pub(super) cells: Vec<String>,
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

pub(super) fn outcome(judged: Judged, language: Language) -> Outcome {
    let Judged {
        receipt,
        preview,
        effect,
        basis,
    } = &judged;
    let rejected = receipt.verdict == Verdict::Rejected;
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
        problems: problem_rows(receipt, language),
        errors: receipt.count(Severity::Error),
        queries: receipt.count(Severity::Query),
        notes: receipt.count(Severity::Note),
        not_checked: receipt
            .not_checked
            .iter()
            .map(|one| one.reason.in_language(language).to_owned())
            .collect(),
        preview: (!rejected).then(|| preview_words(preview, language)),
        sha256: receipt.file.sha256,
        basis: *basis,
        questions: rule_questions(&receipt.questions, receipt, language),
        effect: effect
            .as_ref()
            .filter(|_| !rejected)
            .map(|effect| effect_words(effect, language)),
        moved: Vec::new(),
    }
}

impl Outcome {
    /// A file that speaks of more than the visitor's own province; nothing of it was kept.
    pub(super) fn foreign(file_name: &str, language: Language) -> Self {
        let message = language.pick(
            "Tệp có dòng của địa phương khác hoặc của cả nước. Chưa có gì được ghi; xin chỉ gửi các dòng của tỉnh mình.",
            "The file has rows of another province or of the nation. Nothing was recorded; please send the rows of your own province only.",
        );
        Self {
            file_name: file_name.to_owned(),
            verdict: Verdict::Rejected.title(language),
            mark: "bad",
            message: Some(message.to_owned()),
            ..Self::default()
        }
    }

    /// A file that was recorded before.
    pub(super) fn already(file_name: &str, message: String, language: Language) -> Self {
        Self {
            file_name: file_name.to_owned(),
            verdict: Verdict::Accepted.title(language),
            mark: "good",
            message: Some(message),
            ..Self::default()
        }
    }
}

/// A rule in words; its key where it is one of an earlier version.
fn rule_title(key: &str, language: Language) -> String {
    let mut rules = Rule::EVERY.iter();
    rules.find(|rule| rule.key() == key).map_or_else(
        || key.to_owned(),
        |rule| rule.title().in_language(language).to_owned(),
    )
}

/// The questions by rule, so that one answer can be given to several.
fn rule_questions(asked: &[Asked], receipt: &Receipt, language: Language) -> Vec<RuleQuestions> {
    let mut rules: BTreeMap<&str, Vec<QuestionWords>> = BTreeMap::new();
    for asked in asked {
        let question = &asked.question;
        let place = asked.findings.first();
        let place = place.and_then(|place| receipt.findings.get(*place));
        let place = place.and_then(|finding| finding.line);
        let place = place.map(|line| format!("{} {line}", language.pick("dòng", "line")));
        let words = [
            place,
            Some(question.about.in_language(language).to_owned()),
            Some(question.asked.in_language(language).to_owned()),
        ];
        let words = words.into_iter().flatten().filter(|word| !word.is_empty());
        let earlier = asked
            .earlier
            .as_ref()
            .map(|given| given.answer.text.clone());
        let offered = earlier.filter(|_| asked.answer.is_none());
        rules
            .entry(&question.rule)
            .or_default()
            .push(QuestionWords {
                id: question.id.to_string(),
                asked: words.collect::<Vec<_>>().join(" · "),
                answer: asked
                    .answer
                    .clone()
                    .or_else(|| offered.clone())
                    .unwrap_or_default(),
                offered,
            });
    }
    let rules = rules.into_iter().map(|(rule, questions)| RuleQuestions {
        title: rule_title(rule, language),
        rule: rule.to_owned(),
        questions,
    });
    rules.collect()
}

fn effect_words(effect: &Effect, language: Language) -> EffectWords {
    let percent = |share: Option<Share>| {
        share.map_or_else(|| "–".to_owned(), |share| language.percent(share))
    };
    let row = |name: &str, change: &ShareChange| EffectRow {
        name: name.to_owned(),
        before: percent(change.before),
        after: percent(change.after),
    };
    let units = effect.units.iter();
    let mut rows: Vec<EffectRow> = units
        .map(|(_, name, change)| row(name.in_language(language), change))
        .collect();
    rows.push(row(
        language.pick("Toàn quốc", "The nation"),
        &effect.nation,
    ));
    EffectWords {
        week: effect.week.to_string(),
        rows,
    }
}

/// What was recorded since a preview: what, by whom, when, and which cells of the file it speaks of.
pub(super) fn moved_rows(moved: &[Moved], language: Language) -> Vec<MovedRow> {
    let row = |moved: &Moved| {
        let event = &moved.event;
        let what = match event.withdrawn {
            None => language.pick("ghi nhận", "recorded"),
            Some(true) => language.pick("rút", "withdrawn"),
            Some(false) => language.pick("khôi phục", "restored"),
        };
        let (by, at) = (&event.by, moment(language, event.at));
        let file = format!("{} “{}”", event.submission, event.file_name);
        let cell = |cell: &loader::CellName| {
            let stage = words::stage_name(cell.stage);
            let words = [
                Some(language.date(cell.as_of)),
                Some(stage.in_language(language).to_owned()),
                cell.part
                    .as_ref()
                    .map(|part| part.in_language(language).to_owned()),
            ];
            words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        MovedRow {
            what: match language {
                Language::Vi => format!("tệp số {file} được {what} bởi {by} lúc {at}"),
                Language::En => format!("file number {file} was {what} by {by} on {at}"),
            },
            cells: moved.cells.iter().map(cell).collect(),
        }
    };
    moved.iter().map(row).collect()
}

fn preview_words(preview: &Preview, language: Language) -> PreviewWords {
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
            cell.part
                .as_ref()
                .map(|part| part.in_language(language).to_owned()),
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
