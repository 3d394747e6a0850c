//! The lines of a burn-up: the fan, the total in steps, what is entered, transferred, estimated and published.

use chrono::NaiveDate;
use plotters::style::Color;

use super::BurnUp;
use crate::charts::FanPoint;
use crate::charts::callout::{Obstacles, place_callout};
use crate::charts::canvas::{Canvas, Marker};
use crate::charts::error::RenderError;
use crate::charts::geometry::{Point, Region};
use crate::charts::plot::Plot;
use crate::charts::series::{Dated, DatedCount, Runs};
use crate::charts::style::{
    ENTERED_GAP_LINE, ENTERED_LINE, ESTIMATE_LINE, FAN_OPACITY, GAP_LINE, MARK_FACE, MEDIAN_LINE,
    PUBLISHED, PUBLISHED_LINE, Stroke, TOTAL_AHEAD_LINE, TOTAL_LINE, TRANSFERRED,
    TRANSFERRED_GAP_LINE, TRANSFERRED_LINE,
};

/// Marks are drawn on every value where they are at least this far apart, in pixels.
const MARK_SPACING: f64 = 14.0;

const MARK_RADIUS: f64 = 3.4;
const DIAMOND_RADIUS: f64 = 6.5;

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
struct Look {
    layer: &'static str,
    stroke: Stroke,
    gap: Stroke,
    marker: Marker,
}

const ENTERED_LOOK: Look = Look {
    layer: "entered",
    stroke: ENTERED_LINE,
    gap: ENTERED_GAP_LINE,
    marker: Marker::Ring,
};

const TRANSFERRED_LOOK: Look = Look {
    layer: "transferred",
    stroke: TRANSFERRED_LINE,
    gap: TRANSFERRED_GAP_LINE,
    marker: Marker::Disc,
};

/// Draws the fan and the lines; answers what they cover.
pub(super) fn draw_series(
    canvas: &mut Canvas,
    burn_up: &BurnUp,
    plot: &Plot,
) -> Result<Obstacles, RenderError> {
    let mut drawn = draw_fan(canvas, burn_up, plot)?;
    drawn.extend(draw_total(canvas, burn_up, plot)?);
    let entered = Runs::of(&burn_up.entered);
    let gaps: Vec<(Dated, Dated)> = entered.gaps().collect();
    drawn.extend(draw_runs(canvas, ENTERED_LOOK, (&entered, &gaps), plot)?);
    drawn.extend(draw_estimate(canvas, burn_up, plot)?);
    let transferred = Runs::of(&burn_up.transferred);
    let gaps = burn_up.open_gaps();
    drawn.extend(draw_runs(
        canvas,
        TRANSFERRED_LOOK,
        (&transferred, &gaps),
        plot,
    )?);
    Ok(Obstacles {
        lines: drawn,
        regions: Vec::new(),
    })
}

fn through(plot: &Plot, piece: &[Dated]) -> Vec<Point> {
    piece
        .iter()
        .map(|(on, value)| plot.at(*on, *value))
        .collect()
}

/// Draws a line broken at its gaps, with thin dots across them, and marks where there is room for them.
fn draw_runs(
    canvas: &mut Canvas,
    look: Look,
    (runs, gaps): (&Runs, &[(Dated, Dated)]),
    plot: &Plot,
) -> Result<Vec<Vec<Point>>, RenderError> {
    let lines: Vec<Vec<Point>> = runs
        .pieces
        .iter()
        .map(|piece| through(plot, piece))
        .collect();
    let across = |(before, after): &(Dated, Dated)| through(plot, &[*before, *after]);
    let gaps: Vec<Vec<Point>> = gaps.iter().map(across).collect();
    canvas.lines(look.layer, look.gap, &gaps)?;
    canvas.lines(look.layer, look.stroke, &lines)?;
    let places: Vec<Point> = lines.iter().flatten().copied().collect();
    let roomy = places
        .windows(2)
        .all(|pair| matches!(pair, [one, two] if two.x - one.x >= MARK_SPACING));
    let marked: Vec<Point> = if roomy {
        places
    } else {
        let lone = lines.iter().filter(|line| line.len() == 1).flatten();
        lone.chain(places.last()).copied().collect()
    };
    let pen = Stroke {
        width: 1.8,
        ..look.stroke
    };
    canvas.markers(look.layer, (look.marker, MARK_RADIUS), pen, &marked)?;
    Ok(lines.into_iter().chain(gaps).collect())
}

/// Draws the total in steps, dotted where it was not reported, and dotted on to the right end as it stands now.
fn draw_total(
    canvas: &mut Canvas,
    burn_up: &BurnUp,
    plot: &Plot,
) -> Result<Vec<Vec<Point>>, RenderError> {
    let runs = Runs::of(&burn_up.total);
    let steps: Vec<Vec<Point>> = runs
        .pieces
        .iter()
        .map(|piece| stepped(plot, piece))
        .collect();
    let gaps: Vec<Vec<Point>> = runs
        .gaps()
        .map(|(before, after)| stepped(plot, &[before, after]))
        .collect();
    let ahead: Vec<Vec<Point>> = runs
        .last()
        .map(|(on, value)| {
            let from = plot.at(on, value);
            vec![from, Point::new(plot.region.right, from.y)]
        })
        .into_iter()
        .collect();
    canvas.lines("total", GAP_LINE, &gaps)?;
    canvas.lines("total", TOTAL_AHEAD_LINE, &ahead)?;
    canvas.lines("total", TOTAL_LINE, &steps)?;
    Ok(steps.into_iter().chain(gaps).chain(ahead).collect())
}

/// A line that keeps its height until the next value.
fn stepped(plot: &Plot, piece: &[Dated]) -> Vec<Point> {
    let mut line: Vec<Point> = Vec::new();
    for place in through(plot, piece) {
        if let Some(last) = line.last().copied() {
            line.push(Point::new(place.x, last.y));
        }
        line.push(place);
    }
    line
}

/// Draws the estimate as dashes from the last report before it.
fn draw_estimate(
    canvas: &mut Canvas,
    burn_up: &BurnUp,
    plot: &Plot,
) -> Result<Vec<Vec<Point>>, RenderError> {
    let reported = Runs::of(&burn_up.transferred);
    let led = |piece: &Vec<Dated>| {
        let before = piece.first().and_then(|(on, _)| reported.last_before(*on));
        let joined: Vec<Dated> = before.into_iter().chain(piece.iter().copied()).collect();
        through(plot, &joined)
    };
    let lines: Vec<Vec<Point>> = Runs::of(&burn_up.estimate).pieces.iter().map(led).collect();
    canvas.lines("estimate", ESTIMATE_LINE, &lines)?;
    let ends: Vec<Point> = lines
        .iter()
        .filter_map(|line| line.last())
        .copied()
        .collect();
    let pen = Stroke {
        dash: "",
        ..ESTIMATE_LINE
    };
    canvas.markers("estimate", (Marker::Ring, MARK_RADIUS), pen, &ends)?;
    Ok(lines)
}

/// Draws the fan from the last known count on, and its median.
fn draw_fan(
    canvas: &mut Canvas,
    burn_up: &BurnUp,
    plot: &Plot,
) -> Result<Vec<Vec<Point>>, RenderError> {
    let mut fan: Vec<_> = burn_up.fan().collect();
    fan.sort_by_key(|point| point.on);
    let origin = fan.first().and_then(|first| origin(burn_up, first.on));
    let edge = |value: fn(&FanPoint) -> f64| -> Vec<Point> {
        let ahead = fan.iter().map(|point| (point.on, value(point)));
        let joined: Vec<Dated> = origin.into_iter().chain(ahead).collect();
        through(plot, &joined)
    };
    let (low, median, high) = (edge(|p| p.p10), edge(|p| p.p50), edge(|p| p.p90));
    let outline: Vec<Point> = high.iter().chain(low.iter().rev()).copied().collect();
    canvas.polygon("forecast", TRANSFERRED.mix(FAN_OPACITY), &outline)?;
    let median = vec![median];
    canvas.lines("forecast", MEDIAN_LINE, &median)?;
    Ok(median)
}

/// The last known count before the forecast begins.
fn origin(burn_up: &BurnUp, first: NaiveDate) -> Option<Dated> {
    let last = |series: &[DatedCount]| Runs::of(series).last_before(first);
    let reported = last(&burn_up.transferred);
    let estimated = last(&burn_up.estimate);
    match (reported, estimated) {
        (Some(reported), Some(estimated)) if reported.0 > estimated.0 => Some(reported),
        (reported, estimated) => estimated.or(reported),
    }
}

pub(super) fn draw_published(
    canvas: &mut Canvas,
    burn_up: &BurnUp,
    plot: &Plot,
    mut obstacles: Obstacles,
) -> Result<(), RenderError> {
    let shown = burn_up
        .published
        .iter()
        .filter(|point| plot.shows(point.as_of));
    let marks: Vec<(Point, &str)> = shown
        .map(|point| {
            let place = plot.at(point.as_of, point.value.to_f64());
            (place, point.label.in_language(burn_up.caption.language))
        })
        .collect();
    let places: Vec<Point> = marks.iter().map(|(place, _)| *place).collect();
    let diamond = (Marker::Diamond, DIAMOND_RADIUS);
    canvas.markers("published", diamond, PUBLISHED_LINE, &places)?;
    let around = |place: &Point| Region {
        left: place.x - DIAMOND_RADIUS,
        top: place.y - DIAMOND_RADIUS,
        right: place.x + DIAMOND_RADIUS,
        bottom: place.y + DIAMOND_RADIUS,
    };
    obstacles.regions.extend(places.iter().map(around));
    for day in [
        Some(burn_up.caption.as_of),
        burn_up.deadline.as_ref().map(|day| day.on),
    ] {
        let line = day.filter(|day| plot.shows(*day)).map(|day| {
            let x = plot.x(day);
            vec![
                Point::new(x, plot.region.top),
                Point::new(x, plot.region.bottom),
            ]
        });
        obstacles.lines.extend(line);
    }
    for mark in marks {
        let words = (MARK_FACE, PUBLISHED);
        if let Some(label) = place_callout(mark, words, &plot.region, &mut obstacles) {
            canvas.text(&label);
        }
    }
    Ok(())
}
