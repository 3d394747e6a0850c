//! `sohoa pack`.

use chrono::SecondsFormat;
use reports::pack::PackOrder;
use store::Store;
use store::domain::Language;

use super::folder;
use super::outcome::{Outcome, print};
use super::progress::bar;
use crate::args::Pack;
use crate::packs::{MadePack, STEPS, make, record};
use crate::state::{Clock, State};

/// Makes a pack, records it and writes its files: all of them or none.
pub(super) fn run(options: &Pack, clock: &Clock) -> anyhow::Result<Outcome> {
    folder::must_take(&options.out)?;
    let state = State::new(
        Store::open_existing(&options.database.database)?,
        clock.clone(),
    );
    let latest = state.latest_moment()?;
    let order = PackOrder {
        cutoff: options.cutoff,
        known_on: options
            .known_on
            .map_or(latest, |known_on| known_on.moment(latest)),
        view: options.units,
        language: options.lang.language,
        least_percent: options.least_percent,
        issuer: options.issuer.clone(),
    };
    let progress = bar(u64::try_from(STEPS)?, "");
    let made = make(&state, &order, &options.by, &|number, name| {
        progress.set_message(name);
        progress.set_position(u64::try_from(number).unwrap_or(u64::MAX));
        true
    })?;
    let written = folder::write_beside(&options.out, &made.files)?;
    let issued = record(&state, &made)?;
    folder::put_in_place(&written, &options.out)?;
    progress.finish_and_clear();
    print(said(options, &order, (issued.number, &made)))?;
    Ok(Outcome::Done)
}

/// What was made, in the language asked for.
fn said(options: &Pack, order: &PackOrder, (number, made): (i64, &MadePack)) -> String {
    let language = order.language;
    let known_on = order.known_on.to_rfc3339_opts(SecondsFormat::Micros, true);
    let (cutoff, files, out) = (order.cutoff, made.files.len(), options.out.display());
    let first = match language {
        Language::Vi => format!(
            "bộ tài liệu số {number}, kỳ {cutoff}, như đã biết lúc {known_on}: {files} tệp trong {out}"
        ),
        Language::En => {
            format!("pack {number} of {cutoff} as known on {known_on}: {files} files in {out}")
        }
    };
    let incomplete = if made.issue.complete {
        ""
    } else {
        language.pick(" · SỐ LIỆU CHƯA ĐẦY ĐỦ", " · INCOMPLETE FIGURES")
    };
    let digest = language.pick("mã kiểm chứng", "digest");
    format!(
        "{first}\n{}{incomplete}\n{digest} {}\n",
        made.coverage, made.issue.sha256
    )
}
