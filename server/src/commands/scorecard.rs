//! `sohoa scorecard`.

use reports::render::{scorecard_json, scorecard_text};
use store::domain::Text;

use super::forecast::read;
use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Format, Scorecard};
use crate::scoring::score;
use crate::state::Clock;

/// Prints the record of the issued forecasts.
pub(super) fn run(options: &Scorecard, clock: &Clock) -> anyhow::Result<Outcome> {
    let (snapshot, state) = read(&options.which, clock, None)?;
    let scorecard = score(&state, &snapshot)?;
    print(match options.format {
        Format::Text => scorecard_text(&scorecard, options.which.lang.language).into_bytes(),
        Format::Json => scorecard_json(&scorecard)?,
        Format::Csv => return Err(no_csv().into()),
    })?;
    Ok(Outcome::Done)
}

/// What is only written as text or JSON.
pub(super) fn no_csv() -> WrongUse {
    WrongUse(Text::new(
        "kết quả chỉ có dạng text hoặc json",
        "this is written as text or json",
    ))
}
