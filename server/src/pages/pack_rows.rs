//! The rows of the page of packs: those in the making and those that were issued.

use reports::pack::Cutoff;
use store::domain::{IssuedPack, Language, UnitView};

use super::page::moment;
use crate::packs::{Job, Progress, STEPS};

/// A pack in the making.
pub(super) struct JobRow {
    pub(super) number: u64,
    pub(super) cutoff: String,
    pub(super) words: String,
    pub(super) mark: &'static str,
    /// The share of steps done, from 0 to 1000.
    pub(super) width: usize,
    pub(super) open: bool,
    pub(super) issued: Option<i64>,
}

/// A pack in the archive.
pub(super) struct PackRow {
    pub(super) number: i64,
    pub(super) cutoff: String,
    pub(super) units: &'static str,
    pub(super) language: &'static str,
    pub(super) known_on: String,
    pub(super) recorded_at: String,
    pub(super) issued_by: String,
    pub(super) complete: bool,
    pub(super) sha256: String,
    /// The first digits of it.
    pub(super) digest: String,
}

pub(super) struct FileRow {
    pub(super) path: String,
    pub(super) kilobytes: String,
    pub(super) sha256: String,
}

impl JobRow {
    pub(super) fn new(job: &Job, language: Language) -> Self {
        let (words, mark, done) = match &job.progress {
            Progress::Waiting => (language.pick("đang chờ", "waiting").to_owned(), "plain", 0),
            Progress::Running(step, name) => {
                let label = language.pick("đang lập", "being made");
                (
                    format!("{label}: {name} ({}/{STEPS})", step + 1),
                    "warn",
                    *step,
                )
            }
            Progress::Issued(number) => {
                let label = language.pick("đã phát hành, số", "issued, number");
                (format!("{label} {number}"), "good", STEPS)
            }
            Progress::Cancelled => (language.pick("đã hủy", "cancelled").to_owned(), "plain", 0),
            Progress::Failed(reason) => (
                format!("{}: {reason}", language.pick("không lập được", "failed")),
                "bad",
                0,
            ),
        };
        Self {
            number: job.number,
            cutoff: job.order.cutoff.words(language),
            words,
            mark,
            width: done * 1000 / STEPS,
            open: job.is_open(),
            issued: match job.progress {
                Progress::Issued(number) => Some(number),
                _ => None,
            },
        }
    }
}

impl PackRow {
    pub(super) fn new(pack: &IssuedPack, language: Language) -> Self {
        let issue = &pack.issue;
        let cutoff = Cutoff::parse(&issue.cutoff);
        Self {
            number: pack.number,
            cutoff: cutoff.map_or_else(|| issue.cutoff.clone(), |cutoff| cutoff.words(language)),
            units: match issue.view {
                UnitView::AsReported => language.pick("như báo cáo", "as reported"),
                view => view.key(),
            },
            language: issue.language.key(),
            known_on: moment(language, issue.known_on),
            recorded_at: moment(language, pack.recorded_at),
            issued_by: issue.issued_by.clone(),
            complete: issue.complete,
            sha256: issue.sha256.to_string(),
            digest: issue.sha256.short(),
        }
    }
}
