//! Change between two meetings: work done, corrections of what was shown then, and change of scope, kept apart.

use chrono::{DateTime, NaiveDate, Utc};
use store::domain::{Language, Text};

use super::canvas::{Canvas, Marker};
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::geometry::{Point, Region, number};
use super::legend::{Key, Swatch, hatching};
use super::style::{
    AXIS_LINE, ChartSize, DEADLINE, PUBLISHED_LINE, REFERENCE_LINE, Stroke, TRANSFERRED, moment,
};
use super::unit_rows::{Column, UnitLine, UnitLines, foot};
use super::value_axis::ticks_across;
use crate::model::MeetingChange;

/// One unit of a chart of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRow {
    /// Its name.
    pub name: Text,
    /// What changed; `None` where it had no figure at one of the two meetings.
    pub change: Option<MeetingChange>,
}

/// What a chart of changes shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What the chart says about itself: the later meeting.
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// The day whose figures the earlier meeting saw.
    pub earlier: NaiveDate,
    /// The moment as of which it knew them.
    pub earlier_known_on: DateTime<Utc>,
    /// The units, in any order; drawn with the most work first.
    pub rows: Vec<MeetingRow>,
}

/// Draws a chart of changes.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_meeting(meeting: &Meeting) -> Result<Chart, RenderError> {
    let mut rows: Vec<&MeetingRow> = meeting.rows.iter().collect();
    rows.sort_by_key(|row| {
        std::cmp::Reverse(row.change.map(|change| (change.work, change.corrections)))
    });
    let language = meeting.caption.language;
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    let scope = Swatch::Mark(Marker::Diamond, 4.6, PUBLISHED_LINE);
    let corrections = Swatch::Hatch(CORRECTED, CORRECTED);
    let sheet = Sheet {
        caption: &meeting.caption,
        size: meeting.size,
        head: Head {
            title: title(meeting),
            definition: definition(meeting),
            keys: vec![
                key(Swatch::Band(TRANSFERRED, None), "Việc đã làm", "Work done"),
                key(corrections, "Đính chính", "Corrections"),
                key(scope, "Thay đổi tổng số", "Change of scope"),
            ],
        },
        description: describe(meeting, &rows),
        table: table(language, &rows),
    };
    sheet.draw(|canvas, top| draw_rows(canvas, meeting, &rows, top))
}

/// The stripes of a correction.
const CORRECTED: Stroke = Stroke {
    colour: DEADLINE,
    dash: "",
    ..REFERENCE_LINE
};

/// A change with its sign; empty for none.
fn signed(language: Language, value: i64) -> String {
    match value {
        0 => "0".to_owned(),
        more if more > 0 => format!("+{}", language.whole(more)),
        less => format!("−{}", language.whole(less.saturating_abs())),
    }
}

/// A change as a place on an axis needs it; exact as far as an axis can tell.
fn real_change(value: i64) -> f64 {
    let size = number(usize::try_from(value.unsigned_abs()).unwrap_or(usize::MAX));
    if value < 0 { -size } else { size }
}

fn draw_rows(
    canvas: &mut Canvas,
    meeting: &Meeting,
    rows: &[&MeetingRow],
    top: f64,
) -> Result<f64, RenderError> {
    let language = meeting.caption.language;
    let absent = language.pick("chưa đủ số liệu hai kỳ", "no figure at one of the two");
    let line = |row: &&MeetingRow| UnitLine {
        name: row.name.in_language(language).to_owned(),
        values: row.change.map_or_else(Vec::new, |change| {
            let scope = change.scope.map(|scope| signed(language, scope));
            vec![
                signed(language, change.work),
                signed(language, change.corrections),
                scope.unwrap_or_else(|| "–".to_owned()),
            ]
        }),
        note: row.change.is_none().then(|| absent.to_owned()),
    };
    let changes = || rows.iter().filter_map(|row| row.change);
    let parts = |change: MeetingChange| {
        [Some(change.work), Some(change.corrections), change.scope]
            .into_iter()
            .flatten()
            .map(real_change)
    };
    let least = changes().flat_map(parts).fold(0.0, f64::min);
    let most = changes().flat_map(parts).fold(1.0, f64::max);
    let range = (least, most);
    let count_unit = meeting.caption.count_unit;
    let lines = UnitLines {
        language,
        size: meeting.size,
        field_head: ticks_across(language, count_unit, range, &|value| value).1,
        heads: [
            ("việc đã làm", "work"),
            ("đính chính", "corrections"),
            ("tổng số", "scope"),
        ]
        .map(|(vi, en)| language.pick(vi, en).to_owned())
        .to_vec(),
        lines: rows.iter().map(line).collect(),
    };
    let columns = lines.set_out(top);
    lines.write(canvas, &columns)?;
    for column in columns.iter().filter(|column| column.count > 0) {
        let across = |value: f64| {
            column.field.left + (value - least) / (most - least) * column.field.width()
        };
        let (ticks, _) = ticks_across(language, count_unit, range, &across);
        lines.draw_scale(canvas, column, &ticks)?;
        draw_column(canvas, column, rows, &across)?;
    }
    Ok(foot(&columns))
}

fn draw_column(
    canvas: &mut Canvas,
    column: &Column,
    rows: &[&MeetingRow],
    across: &dyn Fn(f64) -> f64,
) -> Result<(), RenderError> {
    let (mut work, mut corrections, mut scope) = (Vec::new(), Vec::new(), Vec::new());
    let zero = across(0.0);
    for (place, row) in column.part(rows) {
        let Some(change) = row.change else { continue };
        work.push(column.bar(place, zero, across(real_change(change.work))));
        // Added corrections begin where the work ends, so that the bar ends at the change of the count.
        let from = if change.corrections > 0 {
            change.work
        } else {
            0
        };
        let to = from.saturating_add(change.corrections);
        corrections.push(column.bar(place, across(real_change(from)), across(real_change(to))));
        let moved = change.scope.filter(|scope| *scope != 0);
        scope.extend(
            moved.map(|moved| Point::new(across(real_change(moved)), column.middle(place))),
        );
    }
    corrections.retain(|bar: &Region| bar.width() > 0.0);
    canvas.regions("work", TRANSFERRED, &work)?;
    let stripes: Vec<Vec<Point>> = corrections.iter().flat_map(hatching).collect();
    canvas.lines("corrections", CORRECTED, &stripes)?;
    canvas.outlines("corrections", CORRECTED, &corrections)?;
    let axis = [column.field.top, column.field.bottom].map(|y| Point::new(zero, y));
    if corrections.iter().any(|bar| bar.left < zero) {
        canvas.lines("zero", AXIS_LINE, &[axis.to_vec()])?;
    }
    canvas.markers("scope", (Marker::Diamond, 4.6), PUBLISHED_LINE, &scope)
}

fn title(meeting: &Meeting) -> String {
    let language = meeting.caption.language;
    let what = language.pick(
        "Thay đổi từ cuộc họp trước",
        "Change since the last meeting",
    );
    format!("{what}: {}", meeting.caption.subject())
}

fn definition(meeting: &Meeting) -> String {
    let language = meeting.caption.language;
    let (day, known) = (
        language.date(meeting.earlier),
        moment(language, meeting.earlier_known_on),
    );
    match language {
        Language::Vi => format!(
            "So với số liệu ngày {day} như đã biết lúc {known}. Việc đã làm: số đã chuyển tăng thêm từ ngày đó. Đính \
             chính: số của kỳ trước được sửa lại từ đó, và số giảm. Tổng số: thay đổi số cần số hóa."
        ),
        Language::En => format!(
            "Compared with the figures of {day} as known on {known}. Work: growth of the transferred count since \
             that day. Corrections: what the earlier figures were changed by since, and falls. Scope: change of what \
             is to be digitized."
        ),
    }
}

fn describe(meeting: &Meeting, rows: &[&MeetingRow]) -> String {
    let language = meeting.caption.language;
    let kind = language.pick("Biểu đồ thanh hai phía", "Bar chart of increases and falls");
    let subject = meeting.caption.subject();
    let mut sentences = meeting.caption.opening(&format!("{kind}, {subject}"));
    let words = |row: &&MeetingRow| {
        let name = row.name.in_language(language);
        let Some(change) = row.change else {
            let absent = language.pick("chưa đủ số liệu", "no figure");
            return format!("{name}: {absent}");
        };
        let others = [
            (change.corrections, "đính chính", "corrections"),
            (change.scope.unwrap_or(0), "tổng số", "scope"),
        ];
        let others = others.into_iter().filter(|(value, ..)| *value != 0);
        let others: Vec<String> = others
            .map(|(value, vi, en)| {
                format!(", {} {}", language.pick(vi, en), signed(language, value))
            })
            .collect();
        format!(
            "{name}: {}{}",
            signed(language, change.work),
            others.concat()
        )
    };
    let rows: Vec<String> = rows.iter().map(words).collect();
    if !rows.is_empty() {
        sentences.push(format!("{}.", rows.join("; ")));
    }
    sentences.join(" ")
}

fn table(language: Language, rows: &[&MeetingRow]) -> ChartTable {
    let headers = [
        ("Đơn vị", "Unit"),
        ("Việc đã làm", "Work done"),
        ("Đính chính", "Corrections"),
        ("Thay đổi tổng số", "Change of scope"),
    ];
    let cells = |row: &&MeetingRow| {
        let figure = |value: Option<i64>| match value {
            Some(value) => signed(language, value),
            None => language.pick("chưa đủ số liệu", "no figure").to_owned(),
        };
        vec![
            row.name.in_language(language).to_owned(),
            figure(row.change.map(|change| change.work)),
            figure(row.change.map(|change| change.corrections)),
            figure(row.change.and_then(|change| change.scope)),
        ]
    };
    ChartTable::new(language, &headers, rows.iter().map(cells).collect())
}
