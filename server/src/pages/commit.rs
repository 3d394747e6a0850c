//! From a file to its preview, and from the preview to the record of exactly that.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loader::{
    Answers, Committed, Context, Form, History, Moved, Parsed, Receipt, Sender, SourceFile,
    Verdict, moved_since,
};
use reports::model::Effect;
use store::Draft;
use store::domain::{
    CountUnit, Digest, Language, QuestionId, Submission, SubmissionId, UnitSeries, Week,
};

use super::upload_outcome::{Judged, Outcome, moved_rows, outcome};
use crate::access::Visitor;
use crate::error::ServerError;
use crate::state::{State, local_day};
use crate::view::View;

/// What a commit asks for.
#[derive(Debug, Default)]
pub(super) struct CommitForm {
    sha256: String,
    preview: String,
    basis: i64,
    answers: Answers,
}

impl CommitForm {
    /// Reads the fields of the form. An answer of an earlier week is taken only as it was confirmed.
    pub(super) fn read(fields: Vec<(String, String)>) -> Self {
        let fields: BTreeMap<String, String> = fields.into_iter().collect();
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let mut answers = Answers::to_all(Some(field("explanation")));
        for (name, text) in &fields {
            if let Some(rule) = name.strip_prefix("rule.") {
                answers.rules.insert(rule.to_owned(), text.clone());
            }
            let Some(id) = name.strip_prefix("answer.").and_then(QuestionId::parse) else {
                continue;
            };
            let offered = fields.get(&format!("offered.{id}"));
            let confirmed = fields.contains_key(&format!("confirm.{id}"));
            let is_offer = offered.is_some_and(|offered| offered.trim() == text.trim());
            if confirmed || !is_offer {
                answers.each.insert(id, text.clone());
            }
        }
        Self {
            sha256: field("sha256"),
            preview: field("preview"),
            // Without it everything ever recorded about the units is told as newer.
            basis: field("basis").parse().unwrap_or(0),
            answers,
        }
    }
}

/// The series of all units as they stand now.
pub(super) fn known_now(state: &State) -> Result<Vec<UnitSeries>, ServerError> {
    let known_on = state.latest_moment()?;
    Ok(state.store.series_known_on(CountUnit::Record, known_on)?)
}

/// Checks a file and keeps it as a draft. A rejected one is kept for its receipt and its marked copy, if it is a form that
/// cannot hold personal data: where the form is not known or tells of reconciliation, nothing of it may stay.
pub(super) fn preview(
    state: &State,
    file: SourceFile,
    known: &[UnitSeries],
    view: View,
) -> Result<Outcome, ServerError> {
    let language = view.language;
    let parsed = loader::parse(file.clone(), &Context::embedded(state.today()));
    if !may_record(state, view.visitor, &parsed) {
        return Ok(Outcome::foreign(file.name(), language));
    }
    let draft = Draft {
        owner: view.visitor.province(),
        file_name: file.name().to_owned(),
        bytes: file.bytes,
    };
    let judged = judge(state, parsed, (view.visitor, Answers::default()), known)?;
    state.metrics.checked(judged.receipt.verdict);
    let is_harmless = matches!(
        judged.receipt.file.form,
        Some(Form::Counts | Form::Published)
    );
    let is_kept = is_harmless || judged.receipt.verdict != Verdict::Rejected;
    if is_kept {
        state.store.keep_draft(&draft, (state.clock)())?;
    }
    let mut result = shown(judged, view);
    // What is not kept cannot be downloaded.
    result.sha256 = result.sha256.filter(|_| is_kept);
    Ok(result)
}

/// The words of a checked file. What it does to the nation is told to those who see the nation.
fn shown(judged: Judged, view: View) -> Outcome {
    let mut result = outcome(judged, view.language);
    if let Some(effect) = result
        .effect
        .as_mut()
        .filter(|_| view.visitor.province().is_some())
    {
        effect.rows.pop();
    }
    result
}

/// Checks a file against what the archive knows now, compares it cell by cell, and finds what it would do to the shares.
fn judge(
    state: &State,
    parsed: Parsed,
    (visitor, answers): (Visitor, Answers),
    known: &[UnitSeries],
) -> Result<Judged, ServerError> {
    let reach = parsed.reach();
    let history = History::read(&state.store, &parsed)?;
    let preview = loader::preview(&state.store, &parsed)?;
    let week = reach
        .dates
        .keys()
        .next_back()
        .copied()
        .map(Week::containing);
    let effect = week
        .filter(|_| !preview.after.is_empty())
        .map(|week| Effect::of(&state.reference.units, known, &preview.after, week));
    Ok(Judged {
        basis: history.basis.unwrap_or(0),
        receipt: loader::judge(parsed, Some(&history), &sender(visitor.name(), answers)),
        preview,
        effect,
    })
}

/// The receipt of a file against what the archive knows now, without an answer to any question; of a recorded one as it
/// was when it was recorded, with the answers that came with it.
pub(crate) fn receipt_of(
    state: &State,
    file: SourceFile,
    recorded: Option<&Submission>,
) -> Result<Receipt, ServerError> {
    let today = recorded.map_or_else(|| state.today(), |file| local_day(file.recorded_at));
    // A submission is known from the moment of its own entry on, and moments have whole microseconds.
    let before = recorded.map(|file| file.recorded_at - TimeDelta::microseconds(1));
    let parsed = loader::parse(file, &Context::embedded(today));
    let history = History::read_known(&state.store, &parsed, before)?;
    let mut answers = Answers::default();
    if let Some(file) = recorded {
        let kept = state.store.answers_of(file.id)?.into_iter();
        answers.each = kept.map(|kept| (kept.question.id, kept.text)).collect();
    }
    let sender = sender(String::new(), answers);
    Ok(loader::judge(parsed, Some(&history), &sender))
}

/// Whether every row of a file is of the visitor's own province, or of one that was merged into it.
pub(crate) fn may_record(state: &State, visitor: Visitor, parsed: &Parsed) -> bool {
    let units = parsed.units();
    let own = |units| visitor.reaches(&state.reference.units, &units);
    visitor.province().is_none() || units.is_some_and(own)
}

fn sender(submitted_by: String, answers: Answers) -> Sender {
    Sender {
        submitted_by,
        synthetic: false,
        answers,
    }
}

/// Records a previewed file, if it would still change exactly what its preview showed.
pub(super) fn commit(state: &State, form: &CommitForm, view: View) -> Result<Outcome, ServerError> {
    let (language, visitor) = (view.language, view.visitor);
    let owner = visitor.province();
    let sha256 = Digest::parse(&form.sha256)
        .ok_or_else(|| ServerError::malformed("sha256", &form.sha256))?;
    let Some(draft) = state.store.find_draft(sha256, owner)? else {
        return committed_before(state, sha256, view);
    };
    let file = SourceFile::new(&draft.file_name, draft.bytes);
    let parsed = || loader::parse(file.clone(), &Context::embedded(state.today()));
    let sent = || (visitor, form.answers.clone());
    let judged = judge(state, parsed(), sent(), &known_now(state)?)?;
    if judged.preview.digest.to_string() != form.preview {
        return look_again(state, (file, form), judged, view);
    }
    if judged.receipt.verdict != Verdict::Accepted {
        return Ok(shown(judged, view));
    }
    let committed = loader::commit(&state.store, &judged.receipt, (state.clock)());
    let committed = committed.map_err(|error| {
        ServerError::Internal(format!("commit of {}: {error}", judged.receipt.file.name))
    })?;
    let message = match committed {
        Committed::Moved => {
            let judged = judge(state, parsed(), sent(), &known_now(state)?)?;
            return look_again(state, (file, form), judged, view);
        }
        Committed::Recorded(recorded) => {
            let word = language.pick("Đã ghi nhận, số", "Recorded as number");
            format!("{word} {}", recorded.id)
        }
        Committed::Already(submission) => already(submission.id, language),
    };
    state.store.drop_draft(sha256, owner)?;
    let mut result = shown(judged, view);
    result.preview = None;
    result.message = Some(message);
    Ok(result)
}

/// Shows a new preview, and what was recorded since the one that was to be committed.
fn look_again(
    state: &State,
    (file, form): (SourceFile, &CommitForm),
    judged: Judged,
    view: View,
) -> Result<Outcome, ServerError> {
    let language = view.language;
    let parsed = loader::parse(file, &Context::embedded(state.today()));
    let moved: Vec<Moved> = moved_since(&state.store, &parsed, form.basis)?;
    let mut result = shown(judged, view);
    result.moved = moved_rows(&moved, language);
    result.message = Some(
        language
            .pick(
                "Số liệu đã thay đổi từ lúc xem trước, nên tệp chưa được ghi. Xin xem lại và ghi nhận lần nữa.",
                "The figures have changed since the preview, so the file was not recorded. Please look again and commit once more.",
            )
            .to_owned(),
    );
    Ok(result)
}

fn already(id: SubmissionId, language: Language) -> String {
    let word = language.pick(
        "Tệp này đã được ghi nhận từ trước, số",
        "This file was recorded before as number",
    );
    format!("{word} {id}")
}

/// A preview that is gone was committed already, by clicking twice for instance, or waited for too long.
fn committed_before(state: &State, sha256: Digest, view: View) -> Result<Outcome, ServerError> {
    let language = view.language;
    let unknown = || {
        let words = language.pick("bản xem trước này", "this preview");
        ServerError::NotFound(words.to_owned())
    };
    let submission = state.store.find_submission_by_digest(sha256)?;
    let submission = submission.filter(|file| state.may_show(view.visitor, file));
    let submission = submission.ok_or_else(unknown)?;
    Ok(Outcome::already(
        &submission.file_name,
        already(submission.id, language),
        language,
    ))
}
