//! Reminder letters: made for a week, recorded in the archive with every file.

use chrono::{DateTime, Utc};
use reports::letters::{
    LetterError, LetterInput, LetterTemplate, built_in_template, letters, read_template,
};
use reports::model::{Lateness, Told, lateness};
use reports::pack::{PackFile, archive, checksums};
use store::domain::{
    CountUnit, Digest, IssuedLetters, KeptTemplate, Language, NewLetters, NewTemplate, Week,
};

use crate::error::ServerError;
use crate::snapshots::{Shown, Snapshot};
use crate::state::State;

/// How many weeks the calendar of reports has: half a year.
const WEEKS: i64 = 26;

/// How many weeks back the difficulties of a province are told.
const WEEKS_OF_DIFFICULTIES: i64 = 8;

/// What letters are asked for.
#[derive(Clone, Debug)]
pub(crate) struct LetterOrder {
    /// The moment as of which it is known who has not reported.
    pub(crate) known_on: DateTime<Utc>,
    pub(crate) language: Language,
    /// The body that sends them.
    pub(crate) issuer: String,
    /// Who issues them, for the log.
    pub(crate) by: String,
    /// The template; the ministry's latest of the language where none is given, else the one that comes with the program.
    pub(crate) template: Option<Vec<u8>>,
}

/// Who reported when, of the week of a snapshot.
pub(crate) fn calendar(state: &State, snapshot: &Snapshot) -> Result<Lateness, ServerError> {
    let input = snapshot.input();
    let receipts = state
        .store
        .list_receipts(CountUnit::Record, input.known_on)?;
    let since = input.week.plus(-WEEKS_OF_DIFFICULTIES).first_day();
    let difficulties = state
        .store
        .list_difficulties((since, input.week.last_day()), input.known_on)?;
    let exemptions = state.store.list_exemptions(input.known_on)?;
    let told = Told {
        receipts: &receipts,
        difficulties: &difficulties,
        exemptions: &exemptions,
    };
    Ok(lateness(&input, told, WEEKS))
}

/// Makes the letters of a week and records them.
///
/// # Errors
/// [`ServerError::NoLetters`] where no report is overdue, [`ServerError::Template`] where the template cannot be used;
/// nothing is recorded then.
pub(crate) fn issue(
    state: &State,
    week: Option<Week>,
    order: &LetterOrder,
    write: impl FnOnce(&[PackFile]) -> Result<(), ServerError>,
) -> Result<(IssuedLetters, Vec<PackFile>), ServerError> {
    let template = template(state, order)?;
    let asked = (week, order.known_on);
    let snapshot = Snapshot::build(state, asked, Shown::default(), None)?;
    let lateness = calendar(state, &snapshot)?;
    let week = snapshot.report.week;
    let deadline = snapshot.report.forecast.national.deadline.as_ref();
    let input = LetterInput {
        lateness: &lateness,
        week,
        known_on: order.known_on,
        deadline: deadline.map(|outlook| outlook.deadline.due_on),
        language: order.language,
        issuer: &order.issuer,
        synthetic: snapshot.synthetic,
    };
    let mut files = letters(&input, &template).map_err(failed)?;
    if files.is_empty() {
        return Err(ServerError::NoLetters(week));
    }
    let sums = checksums(&files);
    let issue = NewLetters {
        week_ending: week.last_day(),
        known_on: order.known_on,
        language: order.language,
        letters: i64::try_from(lateness.overdue().len()).unwrap_or(i64::MAX),
        template: template.digest(),
        sha256: Digest::of(&sums.bytes),
        issued_by: order.by.clone(),
    };
    files.push(sums);
    let archive = archive(&files)?;
    write(&files)?;
    let now = (state.clock)();
    let issued = state.store.record_letters(&issue, &archive, now)?;
    Ok((issued, files))
}

fn failed(error: LetterError) -> ServerError {
    match error {
        LetterError::Template(error) => ServerError::Template(error.words()),
        LetterError::List(error) => ServerError::Pack(error),
    }
}

fn template(state: &State, order: &LetterOrder) -> Result<LetterTemplate, ServerError> {
    match &order.template {
        Some(bytes) => read(bytes),
        None => read(&template_in_use(state, order.language)?),
    }
}

/// The document that letters of a language are made from where no other is given.
fn template_in_use(state: &State, language: Language) -> Result<Vec<u8>, ServerError> {
    let latest = state.store.list_letter_templates(language, 1)?;
    let own = latest.first().map(|one| one.number);
    let own = own.map(|number| state.store.find_letter_template(number));
    let own = own.transpose()?.flatten();
    Ok(own.map_or_else(|| built_in_template(language).to_vec(), |(_, bytes)| bytes))
}

/// Records a template, which is the one in use of its language from then on.
///
/// # Errors
/// [`ServerError::Template`] where no letter could be made from it; nothing is recorded then.
pub(crate) fn keep_template(
    state: &State,
    template: &NewTemplate,
) -> Result<KeptTemplate, ServerError> {
    read(&template.document)?;
    let now = (state.clock)();
    Ok(state.store.record_letter_template(template, now)?)
}

fn read(bytes: &[u8]) -> Result<LetterTemplate, ServerError> {
    read_template(bytes).map_err(|error| ServerError::Template(error.words()))
}
