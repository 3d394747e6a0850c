//! `sohoa forecast`.

use reports::render;
use store::Store;
use store::domain::{Deadline, DeadlineKind, Language, Text, Week};

use super::outcome::{Outcome, print, say};
use super::scorecard::no_csv;
use crate::access::Visitor;
use crate::args::{Forecast, Format, Which};
use crate::issuing::{self, Reissue};
use crate::revisions::{compare, find_two};
use crate::snapshots::Snapshot;
use crate::state::{Clock, State};
use crate::view::View;

/// Prints the forecast table.
pub(super) fn run(options: &Forecast, clock: &Clock) -> anyhow::Result<Outcome> {
    if let Some(number) = options.reissue {
        return print_again(options, number, clock);
    }
    if options.issue {
        return issue(options, clock);
    }
    if let [old, new] = options.explain.as_slice() {
        return explain(options, [*old, *new], clock);
    }
    let asked = options.deadline.map(|due_on| {
        vec![Deadline {
            unit: None,
            due_on,
            announced_on: chrono::NaiveDate::MIN,
            kind: DeadlineKind::Plan,
            source: Text::new("hạn được hỏi", "the deadline asked for"),
        }]
    });
    let (snapshot, _) = read(&options.which, clock, asked)?;
    let report = &snapshot.report;
    let written = match options.format {
        Format::Text => render::forecast_text(report, options.which.lang.language).into_bytes(),
        Format::Json => render::forecast_json(report)?,
        Format::Csv => render::forecast_csv(report)?,
    };
    print(&written)?;
    Ok(Outcome::Done)
}

/// Keeps the forecast as given out.
fn issue(options: &Forecast, clock: &Clock) -> anyhow::Result<Outcome> {
    let which = &options.which;
    let state = State::new(
        Store::open_existing(&which.database.database)?,
        clock.clone(),
    );
    let week = which.as_of.map(Week::containing);
    let known_on = view_of(which).known_moment(state.latest_moment()?);
    let by = options.by.as_deref().unwrap_or_default();
    let number = issuing::issue(&state, (week, known_on), (which.units, which.stage), by)?;
    print(match which.lang.language {
        Language::Vi => format!("đã phát hành dự báo số {number}\n"),
        Language::En => format!("forecast {number} is issued\n"),
    })?;
    Ok(Outcome::Done)
}

/// Prints an issued forecast, proven by making it again.
fn print_again(options: &Forecast, number: i64, clock: &Clock) -> anyhow::Result<Outcome> {
    let which = &options.which;
    let state = State::new(
        Store::open_existing(&which.database.database)?,
        clock.clone(),
    );
    let language = which.lang.language;
    let Some(kept) = state.store.find_forecast(number)? else {
        let absent = language.pick("không có dự báo số", "there is no issued forecast");
        anyhow::bail!("{absent} {number}")
    };
    let method = &kept.forecast.method;
    match issuing::reissue(&state, &kept)? {
        Reissue::Same => {}
        Reissue::Kept => {
            let words = language.pick(
                "in nguyên bản đã phát hành, không tính lại được: chương trình này không còn phương pháp hoặc mẫu văn bản lúc \
                 đó; `sohoa verify` chứng minh bản lưu chưa bị sửa. Phương pháp lúc đó:",
                "printed as it was issued and not made again: this program no longer has the method or form of the \
                 document; `sohoa verify` proves that what is kept was not changed. The method then:",
            );
            say(&format!("{words} {method}"));
        }
        Reissue::Differs => {
            let differs = language.pick(
                "tính lại không cho đúng bản đã phát hành; phương pháp lúc đó là",
                "made again, it is not what was issued; the method then was",
            );
            anyhow::bail!("{differs} {method}")
        }
    }
    print(kept.forecast.document)?;
    Ok(Outcome::Done)
}

/// Prints why the date moved between two issued forecasts.
fn explain(options: &Forecast, numbers: [i64; 2], clock: &Clock) -> anyhow::Result<Outcome> {
    let which = &options.which;
    let state = State::new(
        Store::open_existing(&which.database.database)?,
        clock.clone(),
    );
    let compared = compare(&state, &find_two(&state, numbers)?)?;
    let (revision, documents) = (&compared.revision, (&compared.old, &compared.new));
    print(match options.format {
        Format::Text => {
            render::revision_text(revision, documents, which.lang.language).into_bytes()
        }
        Format::Json => render::revision_json(revision)?,
        Format::Csv => return Err(no_csv().into()),
    })?;
    Ok(Outcome::Done)
}

const fn view_of(which: &Which) -> View {
    View {
        language: which.lang.language,
        units: which.units,
        as_of: which.as_of,
        known_on: which.known_on,
        followed: which.stage,
        visitor: Visitor::Nobody,
    }
}

/// Builds the report that the options ask for.
pub(super) fn read(
    which: &Which,
    clock: &Clock,
    deadlines: Option<Vec<Deadline>>,
) -> anyhow::Result<(Snapshot, State)> {
    let store = Store::open_existing(&which.database.database)?;
    let state = State::new(store, clock.clone());
    let week = which.as_of.map(Week::containing);
    let known_on = view_of(which).known_moment(state.latest_moment()?);
    let snapshot = Snapshot::build(
        &state,
        (week, known_on),
        (which.units, which.stage),
        deadlines,
    )?;
    Ok((snapshot, state))
}
