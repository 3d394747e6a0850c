//! The digest of everything a forecast was made of, and the seed drawn from it: same data, same answer.

use store::domain::{Calendar, Digest, Stage};

use super::input::ForecastInput;
use super::method::METHOD;
use super::published::Bases;
use super::reporter::Reporter;
use super::stream::seed_of;

/// The digest of a canonical text of the reports used, the totals, the published figures in their place and the calendar. Deadlines and the view are not in it:
/// they change what is said of a date, never the date.
pub(crate) fn data_digest(
    input: &ForecastInput<'_>,
    stages: &[(Stage, Vec<Reporter>)],
    published: &Bases,
) -> Digest {
    let mut lines = vec![format!("forecast {} {}", input.week, input.followed.key())];
    lines.extend(calendar_lines(input.calendar));
    for (stage, reporters) in stages {
        lines.push(format!("stage {}", stage.key()));
        lines.extend(reporters.iter().flat_map(reporter_lines));
    }
    let published = published.iter();
    lines.extend(published.flat_map(|(owner, basis)| basis.lines(*owner)));
    Digest::of(lines.join("\n").as_bytes())
}

/// The seed of all random numbers: from the data and the method, so that neither changes unnoticed.
pub(crate) fn seed(data: &Digest) -> u64 {
    seed_of(&Digest::of(format!("{METHOD} {data}").as_bytes()))
}

fn calendar_lines(calendar: &Calendar) -> impl Iterator<Item = String> {
    calendar.holidays.iter().map(|holiday| {
        let kind = if holiday.is_tet { "tet" } else { "holiday" };
        format!("{kind} {} {}", holiday.first_day, holiday.last_day)
    })
}

fn reporter_lines(reporter: &Reporter) -> Vec<String> {
    let total = reporter
        .total
        .map_or_else(|| "none".to_owned(), |total| total.to_string());
    let latest = reporter.latest.map_or_else(
        || "none".to_owned(),
        |(week, done)| format!("{week} {done}"),
    );
    let mut lines = vec![format!(
        "unit {} total {total} latest {latest}",
        reporter.unit
    )];
    lines.extend(
        reporter
            .reports
            .iter()
            .map(|report| format!("{} {} {}", report.week, report.as_of, report.done)),
    );
    lines
}
