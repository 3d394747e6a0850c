//! The digest of everything a report was made of.

use store::domain::{Deadline, Digest, Figure, SeriesPoint, UnitSeries};

use super::input::ReportInput;
use crate::forecast::Forecast;

/// The digest of a canonical text of all figures up to the week, the published ones that the forecast is made of, the
/// deadlines and the reference files.
pub(crate) fn report_digest(input: &ReportInput<'_>, forecast: &Forecast) -> Digest {
    let (unit, followed) = (input.count_unit.key(), input.followed.key());
    let mut lines = vec![format!("report {} {unit} {followed}", input.week)];
    lines.push(format!("reference {}", input.reference.digest));
    lines.extend(input.deadlines.iter().map(deadline_line));
    for unit in input.reference.units.iter() {
        let points = input
            .panel
            .series(unit.id)
            .into_iter()
            .flat_map(|series: &UnitSeries| &series.points);
        lines.extend(
            points
                .filter(|point| point.week <= input.week)
                .map(|point| {
                    let figures = point_line(point);
                    format!("{} {figures}", unit.id)
                }),
        );
    }
    lines.extend(forecast.published_lines());
    Digest::of(lines.join("\n").as_bytes())
}

fn deadline_line(deadline: &Deadline) -> String {
    let unit = deadline
        .unit
        .map_or_else(|| "vn".to_owned(), |unit| unit.to_string());
    format!(
        "deadline {unit} {} {} {}",
        deadline.due_on,
        deadline.announced_on,
        deadline.kind.key()
    )
}

fn point_line(point: &SeriesPoint) -> String {
    let figures = point
        .figures
        .iter()
        .map(|figure| figure.map_or_else(|| "-".to_owned(), figure_text));
    format!(
        "{} {} {}",
        point.week,
        point.as_of,
        figures.collect::<Vec<_>>().join(" ")
    )
}

fn figure_text(figure: Figure) -> String {
    let part = if figure.complete { "" } else { "?" };
    let about = if figure.approximate { "~" } else { "" };
    format!("{about}{}{part}", figure.value)
}
