//! `sohoa template`.

use loader::Vocabulary;
use store::domain::Reference;

use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Form, Template};
use crate::state::{Clock, local_day};

/// Writes an empty form.
pub(super) fn run(options: &Template, clock: &Clock) -> anyhow::Result<Outcome> {
    let as_of = options.as_of.unwrap_or_else(|| local_day(clock()));
    let units = &Reference::embedded().units;
    let unit = match &options.province {
        None => None,
        Some(code) => {
            let unit = units.find_by_code(code, as_of);
            Some(
                unit.ok_or_else(|| {
                    WrongUse(format!("no province has the code {code} on {as_of}"))
                })?
                .id,
            )
        }
    };
    let language = options.lang.language;
    let form = match options.form {
        Form::Counts => loader::template_counts(Vocabulary::embedded(), language, unit, as_of),
        Form::Reconciliation => {
            loader::template_reconciliation(Vocabulary::embedded(), language, unit, as_of)
        }
    };
    print(&form)?;
    Ok(Outcome::Done)
}
