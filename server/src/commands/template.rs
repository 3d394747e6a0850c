//! `sohoa template`.

use anyhow::Context as _;
use loader::{Earlier, Template as Filled, TemplateFor, Vocabulary};
use store::Store;
use store::domain::Reference;

use super::outcome::{Outcome, no_province, print};
use crate::args::{Form, FormFormat, Template};
use crate::state::{Clock, local_day};

/// Writes a form to fill in.
pub(super) fn run(options: &Template, clock: &Clock) -> anyhow::Result<Outcome> {
    let as_of = options.as_of.unwrap_or_else(|| local_day(clock()));
    let units = &Reference::embedded().units;
    let unit = match &options.province {
        None => None,
        Some(code) => {
            let unit = units.find_by_code(code, as_of);
            Some(unit.ok_or_else(|| no_province(code, as_of))?.id)
        }
    };
    let wanted = TemplateFor {
        language: options.lang.language,
        unit,
        as_of,
    };
    let vocabulary = Vocabulary::embedded();
    let form = match options.form {
        Form::Counts => {
            let earlier = match &options.database {
                Some(database) => Earlier::read(&Store::open_existing(database)?, wanted)?,
                None => Earlier::default(),
            };
            Filled::counts(vocabulary, wanted, &earlier)
        }
        Form::Reconciliation => Filled::reconciliation(vocabulary, wanted),
        Form::ReconciliationFull => Filled::full_reconciliation(vocabulary, wanted),
    };
    let bytes = match options.format {
        FormFormat::Csv => form.csv(),
        FormFormat::Xlsx => form.xlsx().context(
            wanted
                .language
                .pick("không ghi được biểu mẫu", "the form could not be written"),
        )?,
    };
    print(&bytes)?;
    Ok(Outcome::Done)
}
