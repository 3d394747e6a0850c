//! The cells of a chart of submissions.

use store::domain::Week;

use super::{Arrival, Submissions};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::legend::cross;
use crate::charts::style::{
    CORRECTED_MARK, ENTERED, LATE_MARK, MARK_FACE, MISSING_MARK, MUTED, PAPER, TRANSFERRED, month,
};
use crate::charts::unit_rows::{Column, UnitLine, UnitLines, foot};

/// The weeks that a chart shows, at most.
const MOST_WEEKS: usize = 26;

/// Draws all rows from `top` on and returns the foot.
pub(super) fn draw_cells(
    canvas: &mut Canvas,
    submissions: &Submissions,
    top: f64,
) -> Result<f64, RenderError> {
    let language = submissions.caption.language;
    let line = |row: &super::SubmissionRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: vec![row.score(language)],
        note: None,
    };
    let lines = UnitLines {
        language,
        size: submissions.size,
        field_head: String::new(),
        heads: vec![language.pick("đã có", "received").to_owned()],
        lines: submissions.rows.iter().map(line).collect(),
    };
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    for column in columns.iter().filter(|column| column.count > 0) {
        write_months(canvas, submissions, column);
        draw_column(canvas, submissions, column)?;
    }
    Ok(foot(&columns))
}

/// The weeks drawn, with their places in the list of all.
fn shown(submissions: &Submissions) -> impl Iterator<Item = (usize, Week)> {
    let skipped = submissions.weeks.len().saturating_sub(MOST_WEEKS);
    submissions.weeks.iter().copied().enumerate().skip(skipped)
}

/// The cell of a week of a line.
fn cell(submissions: &Submissions, column: &Column, place: usize, week: usize) -> Region {
    let count = shown(submissions).count().max(1);
    let width = column.field.width() / number(count);
    let first = shown(submissions).next().map_or(0, |(first, _)| first);
    let left = column.field.left + number(week.saturating_sub(first)) * width;
    let line = column.bar(place, left, left + width);
    let half = (width / 2.0 - 1.0).min(8.0);
    let (across, down) = (f64::midpoint(line.left, line.right), column.middle(place));
    Region {
        left: across - half,
        right: across + half,
        top: down - 7.5,
        bottom: down + 7.5,
    }
}

/// Writes the names of months below the first week that begins in each.
fn write_months(canvas: &mut Canvas, submissions: &Submissions, column: &Column) {
    use chrono::Datelike as _;
    let language = submissions.caption.language;
    let mut last = None;
    let mut free_from = column.field.left - 20.0;
    for (number, week) in shown(submissions) {
        let day = week.last_day();
        if last == Some(day.month()) {
            continue;
        }
        last = Some(day.month());
        let left = cell(submissions, column, 0, number).left;
        let place = Point::new(left, column.field.bottom + MARK_FACE.line());
        let label = Label::new(month(language, day), place, MARK_FACE, MUTED);
        let room = label.region();
        if free_from < room.left && room.right < column.field.right + 30.0 {
            free_from = room.right + 4.0;
            canvas.text(&label.anchored(Anchor::Start));
        }
    }
}

fn draw_column(
    canvas: &mut Canvas,
    submissions: &Submissions,
    column: &Column,
) -> Result<(), RenderError> {
    let (mut on_time, mut late, mut corrected, mut missing, mut not_due) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut bars = Vec::new();
    for (place, row) in column.part(&submissions.rows) {
        for (week, _) in shown(submissions) {
            let cell = cell(submissions, column, place, week);
            let centre = Point::new(
                f64::midpoint(cell.left, cell.right),
                f64::midpoint(cell.top, cell.bottom),
            );
            let arrival = row.arrivals.get(week).copied().unwrap_or(Arrival::NotDue);
            match arrival {
                Arrival::Missing => missing.extend(cross(centre, 3.8)),
                Arrival::NotDue => not_due.push(centre),
                Arrival::OnTime | Arrival::Corrected => on_time.push(cell),
                Arrival::Late | Arrival::LateCorrected => {
                    let low = Region {
                        top: centre.y - 1.0,
                        ..cell
                    };
                    late.push(low);
                    bars.push(Region {
                        top: low.top + 2.2,
                        bottom: low.top + 3.8,
                        ..low
                    });
                }
            }
            if arrival.is_corrected() {
                corrected.push(centre);
            }
        }
    }
    canvas.regions("on-time", TRANSFERRED, &on_time)?;
    canvas.regions("late", ENTERED, &late)?;
    canvas.regions("late", PAPER, &bars)?;
    canvas.lines("missing", MISSING_MARK, &missing)?;
    canvas.markers("not-due", (Marker::Disc, 1.4), LATE_MARK, &not_due)?;
    canvas.markers(
        "corrected",
        (Marker::Diamond, 4.0),
        CORRECTED_MARK,
        &corrected,
    )
}
