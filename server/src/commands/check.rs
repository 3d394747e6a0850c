//! `sohoa check`.

use std::path::Path;

use anyhow::Context as _;
use loader::{Answers, Context, History, Receipt, Sender, Verdict, output};
use store::Store;
use store::domain::Text;

use super::LARGEST_FILE;
use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Check, Format};
use crate::state::{Clock, local_day};

/// Checks files without writing anything.
pub(super) fn run(options: &Check, clock: &Clock) -> anyhow::Result<Outcome> {
    let context = Context {
        size_limit: LARGEST_FILE,
        ..Context::embedded(local_day(clock()))
    };
    let store = options
        .database
        .as_deref()
        .map(Store::open_existing)
        .transpose()?;
    let sender = Sender {
        answers: given_answers(options.explain.as_deref(), options.answers.as_deref())?,
        ..Sender::default()
    };
    let mut receipts = Vec::new();
    for file in &options.files {
        receipts.push(match &store {
            None => loader::check_path(file, &context, &sender),
            Some(store) => {
                let parsed = loader::parse_path(file, &context);
                let history = History::read(store, &parsed)?;
                loader::judge(parsed, Some(&history), &sender)
            }
        });
    }
    let language = options.lang.language;
    if let Some(out) = &options.annotate {
        annotate(options, out, &receipts)?;
    }
    let written = match options.format {
        Format::Text => join(&receipts, |receipt| output::receipt_text(receipt, language)),
        // A line for each file.
        Format::Json => join(&receipts, |receipt| output::receipt_json(receipt) + "\n"),
        Format::Csv => output::receipt_csv(&receipts.iter().collect::<Vec<_>>(), language),
    };
    print(&written).context(language.pick(
        "không ghi được biên nhận",
        "the receipt could not be written",
    ))?;
    Ok(gravest(receipts.iter().map(|receipt| receipt.verdict)))
}

/// Writes the marked copy of the one file.
fn annotate(options: &Check, out: &Path, receipts: &[Receipt]) -> anyhow::Result<()> {
    let ([file], [receipt]) = (options.files.as_slice(), receipts) else {
        return Err(WrongUse(Text::new(
            "--annotate chỉ dùng cho một tệp",
            "--annotate takes one file",
        ))
        .into());
    };
    // What cannot be read is in the receipt, and the copy then says why there is none.
    let bytes = std::fs::read(file).unwrap_or_default();
    let copy = loader::annotated_copy(&bytes, receipt, options.lang.language).map_err(WrongUse)?;
    std::fs::write(out, copy.bytes)
        .with_context(|| out.display().to_string().replace(char::is_control, "�"))
}

/// The answers of the command line: one to all questions, and those of a file.
pub(super) fn given_answers(to_all: Option<&str>, file: Option<&Path>) -> anyhow::Result<Answers> {
    let mut answers = Answers::to_all(to_all.map(str::to_owned));
    if let Some(path) = file {
        let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        answers.each =
            loader::read_answers(&bytes).map_err(|line| WrongUse(unreadable_answer(path, line)))?;
    }
    Ok(answers)
}

fn unreadable_answer(path: &Path, line: u64) -> Text {
    let path = path.display();
    Text::new(
        format!("{path}, dòng {line}: mỗi dòng gồm tên câu hỏi như trong biên nhận và câu trả lời"),
        format!(
            "{path}, line {line}: a line has the name of a question, as a receipt prints it, and the answer"
        ),
    )
}

fn join(receipts: &[Receipt], write: impl Fn(&Receipt) -> String) -> Vec<u8> {
    receipts
        .iter()
        .map(write)
        .collect::<Vec<_>>()
        .concat()
        .into_bytes()
}

/// The outcome of several files: that of the gravest verdict.
pub(super) fn gravest(verdicts: impl Iterator<Item = Verdict>) -> Outcome {
    let outcome = |verdict| match verdict {
        Verdict::Accepted => Outcome::Done,
        Verdict::Queries => Outcome::ExplanationNeeded,
        Verdict::Rejected => Outcome::Rejected,
    };
    verdicts.map(outcome).max().unwrap_or(Outcome::Done)
}
