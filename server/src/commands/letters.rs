//! `sohoa letters`.

use anyhow::Context as _;
use store::Store;
use store::domain::Language;

use super::folder;
use super::outcome::{Outcome, print};
use crate::args::Letters;
use crate::error::ServerError;
use crate::letters::{LetterOrder, issue};
use crate::state::{Clock, State};

/// Makes the letters of a week, records them and writes the files: all of them or none.
pub(super) fn run(options: &Letters, clock: &Clock) -> anyhow::Result<Outcome> {
    folder::must_take(&options.out)?;
    let language = options.lang.language;
    let template = match &options.template {
        None => None,
        Some(path) => Some(std::fs::read(path).with_context(|| {
            let word = language.pick("đọc", "reading");
            format!("{word} {}", path.display())
        })?),
    };
    let state = State::new(
        Store::open_existing(&options.database.database)?,
        clock.clone(),
    );
    let latest = state.latest_moment()?;
    let order = LetterOrder {
        known_on: options
            .known_on
            .map_or(latest, |known_on| known_on.moment(latest)),
        language,
        issuer: options.issuer.clone(),
        by: options.by.clone(),
        template,
    };
    let mut written = None;
    let (issued, files) = issue(&state, options.week, &order, |files| {
        let folder = folder::write_beside(&options.out, files);
        written = Some(folder.map_err(|error| ServerError::Internal(format!("{error:#}")))?);
        Ok(())
    })?;
    if let Some(written) = written {
        folder::put_in_place(&written, &options.out)?;
    }
    let (number, letters) = (issued.number, issued.issue.letters);
    let (place, count) = (options.out.display(), files.len());
    let sha256 = issued.issue.sha256;
    print(match language {
        Language::Vi => format!(
            "công văn số {number}: {letters} công văn, {count} tệp trong {place}\nmã kiểm chứng {sha256}\n"
        ),
        Language::En => {
            format!(
                "letters {number}: {letters} letters, {count} files in {place}\ndigest {sha256}\n"
            )
        }
    })?;
    Ok(Outcome::Done)
}
