//! `sohoa load`.

use std::path::Path;

use loader::{
    Arrival, LoadOptions, LoadOutcome, LoadReport, LoadedFile, Sender, Vocabulary, output,
};
use store::Store;
use store::domain::{Language, Text};

use super::LARGEST_FILE;
use super::check::{given_answers, gravest};
use super::outcome::{Outcome, WrongUse, print};
use super::{progress, watch};
use crate::args::Load;
use crate::state::Clock;

/// Checks files and records those that are accepted.
pub(super) fn run(options: &Load, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open(&options.database.database)?;
    let answers = given_answers(options.explain.as_deref(), options.answers.as_deref())?;
    let arrival = |_: &Path| Arrival {
        at: clock(),
        sender: Sender {
            submitted_by: options.by.clone(),
            synthetic: false,
            answers: answers.clone(),
        },
    };
    let language = options.lang.language;
    let load_options = LoadOptions {
        vocabulary: Vocabulary::embedded(),
        size_limit: LARGEST_FILE,
        arrival: &arrival,
    };
    if let Some(folder) = &options.watch {
        return watch::run(&store, folder, &load_options, language);
    }
    let bar = progress::bar(0, language.pick("đang nạp", "loading"));
    let loaded = loader::load_files(&store, &options.files, &load_options, &mut |progress| {
        bar.set_length(u64::try_from(progress.total).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(progress.done).unwrap_or(u64::MAX));
    });
    bar.finish_and_clear();
    let report = match loaded {
        Ok(report) => report,
        Err(stopped) => {
            // What was recorded before stands, and the reader is told which files these are.
            print(words(&stopped.report, None, language).as_bytes())?;
            return Err(anyhow::Error::new(stopped.source).context(format!(
                "{} {}",
                language.pick("dừng nạp ở", "loading stopped at"),
                shown(&stopped.path)
            )));
        }
    };
    if report.files.is_empty() {
        return Err(WrongUse(Text::new(
            "không có tệp .csv nào trong thư mục",
            "there is no .csv file in the folder",
        ))
        .into());
    }
    print(words(&report, Some(report.files.len()), language).as_bytes())?;
    let refused = report
        .files
        .iter()
        .filter(|file| file.outcome == LoadOutcome::NotRecorded);
    Ok(gravest(refused.map(|file| file.receipt.verdict)))
}

/// A line for every recorded file, the whole receipt of every other, and a sum; `all` is `None` where loading stopped
/// before all files were dealt with.
fn words(report: &LoadReport, all: Option<usize>, language: Language) -> String {
    let recorded = report
        .files
        .iter()
        .filter(|file| matches!(file.outcome, LoadOutcome::Recorded(_)));
    let recorded = recorded.count();
    let sum = match (language, all) {
        (Language::Vi, Some(all)) => format!("đã ghi nhận {recorded} trên {all} tệp\n"),
        (Language::En, Some(all)) => format!("{recorded} of {all} files recorded\n"),
        (Language::Vi, None) => format!("đã ghi nhận {recorded} tệp trước khi dừng\n"),
        (Language::En, None) => format!("{recorded} files recorded before the stop\n"),
    };
    let mut parts: Vec<String> = report
        .files
        .iter()
        .map(|file| file_words(file, language))
        .collect();
    parts.push(sum);
    parts.concat()
}

/// A path without the control characters that could move the cursor of a terminal.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(char::is_control, "�")
}

pub(super) fn file_words(file: &LoadedFile, language: Language) -> String {
    let name = shown(&file.path);
    match &file.outcome {
        LoadOutcome::Recorded(entry) => {
            let word = language.pick("đã ghi nhận, số", "recorded as number");
            let rows = language.pick("dòng", "rows");
            format!(
                "{name}: {word} {}, {} {rows}\n",
                entry.id, file.receipt.file.rows
            )
        }
        LoadOutcome::Already(submission) => {
            let word = language.pick(
                "đã có từ trước, số",
                "nothing to do, already recorded as number",
            );
            format!("{name}: {word} {}\n", submission.id)
        }
        LoadOutcome::NotRecorded => output::receipt_text(&file.receipt, language),
    }
}
