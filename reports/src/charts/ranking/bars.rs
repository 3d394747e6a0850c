//! The bars of a ranking: tracks, bars, marks and words, in one column or more.

use super::rows::{Ranked, Standing};
use super::{Columns, Ranking};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::font;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::legend::{hatching, tick};
use crate::charts::style::{
    ABSENT_FACE, AXIS_FACE, CARRIED_LINE, CARRIED_MARK, CARRIED_STRIPE, ChartSize, DEADLINE,
    DONE_MARK, EMPTY_FACE, ENTERED_BAR, GRID_LINE, HALF_CAPITAL, HATCH_LINE, INK, MARK_FACE, MUTED,
    NAME_FACE, PAPER, REFERENCE_LINE, TRANSFERRED, VALUE_FACE,
};

const BAR_HEIGHT: f64 = 13.0;
const COLUMN_GAP: f64 = 44.0;
const RANK_WIDTH: f64 = 22.0;
const NAME_GAP: f64 = 10.0;
const LABEL_GAP: f64 = 7.0;
const MARK_WIDTH: f64 = 18.0;
const WIDEST_NAME: f64 = 190.0;
const HATCH_WIDTH: f64 = 40.0;

/// Bars are drawn up to this share; a larger one, which means a wrong total, is cut there and still written in full.
const LONGEST: f64 = 1.25;

/// Where one column of bars lies.
#[derive(Clone, Copy, Debug)]
struct Column {
    left: f64,
    bars: f64,
    /// How many pixels the share 1 is long.
    scale: f64,
    top: f64,
    rows: usize,
    /// The height of a row.
    line: f64,
    name_width: f64,
}

impl Column {
    fn at(&self, share: f64) -> f64 {
        self.bars + share.min(LONGEST) * self.scale
    }

    fn bottom(&self) -> f64 {
        self.top + number(self.rows) * self.line
    }

    fn bar(&self, place: usize, from: f64, to: f64) -> Region {
        let middle = self.middle(place);
        Region {
            left: self.at(from),
            right: self.at(to),
            top: middle - BAR_HEIGHT / 2.0,
            bottom: middle + BAR_HEIGHT / 2.0,
        }
    }

    fn middle(&self, place: usize) -> f64 {
        self.top + (number(place) + 0.5) * self.line
    }
}

/// Draws all bars from `top` on and returns the foot of the drawing.
pub(super) fn draw_bars(
    canvas: &mut Canvas,
    ranking: &Ranking,
    rows: &[Ranked<'_>],
    top: f64,
) -> Result<f64, RenderError> {
    if rows.is_empty() {
        return Ok(draw_nothing(canvas, ranking, top));
    }
    let columns = columns(ranking, rows, top);
    let per_column = rows.len().div_ceil(columns.len());
    let mut bottom = top;
    for (column, rows) in columns.iter().zip(rows.chunks(per_column)) {
        draw_scale(canvas, column)?;
        draw_shapes(canvas, column, rows)?;
        draw_reference(canvas, ranking, column)?;
        for (place, row) in rows.iter().enumerate() {
            write_row(canvas, ranking, column, (place, row))?;
        }
        bottom = f64::max(bottom, column.bottom());
    }
    Ok(bottom + AXIS_FACE.line() + 14.0)
}

fn draw_nothing(canvas: &mut Canvas, ranking: &Ranking, top: f64) -> f64 {
    let language = ranking.caption.language;
    let text = language.pick("Chưa có đơn vị nào", "No units yet");
    let place = Point::new(f64::from(ranking.size.width_px()) / 2.0, top + 60.0);
    canvas.text(&Label::new(text, place, EMPTY_FACE, MUTED).anchored(Anchor::Middle));
    top + 120.0
}

/// Sets the columns out, so that the widest name, the longest bar and the words at its end all fit.
fn columns(ranking: &Ranking, rows: &[Ranked<'_>], top: f64) -> Vec<Column> {
    let count = match (ranking.columns, ranking.size) {
        (Columns::One, _) | (_, ChartSize::Compact) => 1,
        (Columns::Two, _) => 2,
        (Columns::Automatic, size) => size.line_columns(rows.len()),
    };
    let margin = ranking.size.margin();
    let room = f64::from(ranking.size.width_px()) - 2.0 * margin;
    let width = (room - number(count - 1) * COLUMN_GAP) / number(count);
    let names = font::widest(rows.iter().map(|row| row.name.as_str()), NAME_FACE);
    let name_width = names.min(WIDEST_NAME).min(width / 3.0);
    let bars = RANK_WIDTH + name_width + NAME_GAP;
    let room = width - bars;
    let fits = |row: &Ranked<'_>| {
        let reach = reach(row);
        let beside = room - words_width(row) - LABEL_GAP;
        if reach > 0.0 { beside / reach } else { room }
    };
    let longest = rows.iter().map(reach).fold(1.0, f64::max);
    let scale = rows
        .iter()
        .map(fits)
        .fold((room - MARK_WIDTH) / longest, f64::min)
        .max(20.0);
    let header = reference_height(ranking);
    (0..count)
        .map(|place| {
            let left = margin + number(place) * (width + COLUMN_GAP);
            Column {
                left,
                bars: left + bars,
                scale,
                top: top + header,
                rows: rows.len().div_ceil(count),
                line: ranking.size.line_height(),
                name_width,
            }
        })
        .collect()
}

/// How far a bar reaches, with its light part.
fn reach(row: &Ranked<'_>) -> f64 {
    let transferred = row.transferred().unwrap_or(0.0);
    row.entered()
        .unwrap_or(transferred)
        .max(transferred)
        .min(LONGEST)
}

/// The room that the words and marks at the end of a bar take.
fn words_width(row: &Ranked<'_>) -> f64 {
    let face = match row.standing {
        Standing::Share(_) => VALUE_FACE,
        Standing::NotReported | Standing::NoTotal => ABSENT_FACE,
    };
    let label = font::width(&row.label, face);
    let carried = row.carried.as_ref().map_or(0.0, |text| {
        MARK_WIDTH + font::width(text, MARK_FACE) + LABEL_GAP
    });
    let done = if row.is_done() { MARK_WIDTH } else { 0.0 };
    LABEL_GAP + label + carried + done
}

/// Draws the light lines at quarters of the whole, with their percentages below the bars.
fn draw_scale(canvas: &mut Canvas, column: &Column) -> Result<(), RenderError> {
    let quarters = [0.0, 0.25, 0.5, 0.75, 1.0];
    let lines: Vec<Vec<Point>> = quarters
        .iter()
        .map(|share| {
            let x = column.at(*share);
            vec![
                Point::new(x, column.top),
                Point::new(x, column.bottom() + 4.0),
            ]
        })
        .collect();
    let base = column.bottom() + 6.0 + AXIS_FACE.line() * 0.75;
    let room = font::width("100%", AXIS_FACE) * 1.15;
    let (narrow, tight) = (column.scale < 4.0 * room, column.scale < 2.0 * room);
    for (share, text) in quarters
        .into_iter()
        .zip(["0%", "25%", "50%", "75%", "100%"])
    {
        if (narrow && !text.ends_with("0%")) || (tight && text == "50%") {
            continue;
        }
        let place = Point::new(column.at(share), base);
        canvas.text(&Label::new(text, place, AXIS_FACE, MUTED).anchored(Anchor::Middle));
    }
    canvas.lines("grid", GRID_LINE, &lines)
}

/// Draws the bars: dark for transferred, light for entered, hatched where there is no figure.
fn draw_shapes(
    canvas: &mut Canvas,
    column: &Column,
    rows: &[Ranked<'_>],
) -> Result<(), RenderError> {
    let mut entered = Vec::new();
    let mut transferred = Vec::new();
    let mut carried = Vec::new();
    let mut absent = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let Some(share) = row.transferred() else {
            let from = column.bar(place, 0.0, 0.0);
            absent.push(Region {
                right: from.left + HATCH_WIDTH,
                ..from
            });
            continue;
        };
        let bar = column.bar(place, 0.0, share);
        if let Some(reach) = row.entered() {
            entered.push(column.bar(place, share, reach));
        }
        if row.carried.is_some() {
            carried.push(bar);
        } else {
            transferred.push(bar);
        }
    }
    let hatched: Vec<Vec<Point>> = absent.iter().flat_map(hatching).collect();
    canvas.regions("entered", ENTERED_BAR, &entered)?;
    canvas.regions("transferred", TRANSFERRED, &transferred)?;
    canvas.regions("carried", PAPER, &carried)?;
    let stripes: Vec<Vec<Point>> = carried.iter().flat_map(hatching).collect();
    canvas.lines("carried", CARRIED_STRIPE, &stripes)?;
    canvas.outlines("carried", CARRIED_LINE, &carried)?;
    canvas.regions("absent", PAPER, &absent)?;
    canvas.lines("absent", HATCH_LINE, &hatched)?;
    canvas.outlines("absent", HATCH_LINE, &absent)
}

/// Writes the rank, the name and what stands at the end of the bar.
fn write_row(
    canvas: &mut Canvas,
    ranking: &Ranking,
    column: &Column,
    (place, row): (usize, &Ranked<'_>),
) -> Result<(), RenderError> {
    let middle = column.middle(place);
    let base = |size: f64| middle + size * HALF_CAPITAL;
    if let Some(rank) = row.rank {
        let place = Point::new(column.left + RANK_WIDTH - 6.0, base(MARK_FACE.size));
        let label = Label::new(
            ranking
                .caption
                .language
                .whole(i64::try_from(rank).unwrap_or(i64::MAX)),
            place,
            MARK_FACE,
            MUTED,
        );
        canvas.text(&label.anchored(Anchor::End));
    }
    let name = font::fit(&row.name, NAME_FACE, column.name_width);
    let place = Point::new(column.left + RANK_WIDTH, base(NAME_FACE.size));
    canvas.text(&Label::new(name, place, NAME_FACE, INK));
    let (from, face, colour) = match row.standing {
        Standing::Share(_) => (column.at(reach(row)), VALUE_FACE, INK),
        Standing::NotReported | Standing::NoTotal => {
            (column.bars + HATCH_WIDTH, ABSENT_FACE, MUTED)
        }
    };
    // Lines behind the words would strike them through.
    let behind = Region {
        left: from + 2.0,
        right: from + words_width(row) + 3.0,
        top: middle - BAR_HEIGHT / 2.0,
        bottom: middle + BAR_HEIGHT / 2.0,
    };
    canvas.regions("paper", PAPER, &[behind])?;
    let place = Point::new(from + LABEL_GAP, base(face.size));
    canvas.text(&Label::new(row.label.as_str(), place, face, colour));
    let mut x = place.x + font::width(&row.label, face);
    if row.is_done() {
        let centre = Point::new(x + MARK_WIDTH / 2.0 + 2.0, middle);
        canvas.lines("done", DONE_MARK, &[tick(centre)])?;
        x += MARK_WIDTH;
    }
    if let Some(carried) = &row.carried {
        let centre = Point::new(x + MARK_WIDTH / 2.0 + 2.0, middle);
        canvas.markers("carried", (Marker::Ring, 4.2), CARRIED_MARK, &[centre])?;
        let place = Point::new(x + MARK_WIDTH + 2.0, base(MARK_FACE.size));
        canvas.text(&Label::new(carried.as_str(), place, MARK_FACE, MUTED));
    }
    Ok(())
}

fn reference_height(ranking: &Ranking) -> f64 {
    ranking
        .reference
        .as_ref()
        .map_or(0.0, |_| MARK_FACE.line() + 6.0)
}

/// Draws the share to compare with as a line through all bars, named above them.
fn draw_reference(
    canvas: &mut Canvas,
    ranking: &Ranking,
    column: &Column,
) -> Result<(), RenderError> {
    let Some((name, share)) = &ranking.reference else {
        return Ok(());
    };
    let language = ranking.caption.language;
    let text = format!(
        "{}: {}",
        name.in_language(language),
        language.percent(*share)
    );
    let x = column.at(share.to_f64());
    let width = font::width(&text, MARK_FACE);
    let start = (x - width / 2.0).clamp(column.left, (column.at(1.0) - width).max(column.left));
    let place = Point::new(start, column.top - 8.0);
    canvas.text(&Label::new(text, place, MARK_FACE, DEADLINE));
    let line = vec![
        Point::new(x, column.top - 3.0),
        Point::new(x, column.bottom() + 2.0),
    ];
    canvas.lines("reference", REFERENCE_LINE, &[line])
}
