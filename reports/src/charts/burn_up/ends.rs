//! The last value of each line, written at the right of the field.

use chrono::NaiveDate;
use plotters::style::RGBColor;
use store::domain::{Count, Share};

use super::BurnUp;
use super::description::Words;
use crate::charts::canvas::Canvas;
use crate::charts::error::RenderError;
use crate::charts::font;
use crate::charts::geometry::Point;
use crate::charts::label::{Label, spread};
use crate::charts::plot::Plot;
use crate::charts::series::last_count;
use crate::charts::style::{
    ASCENT, ChartSize, DESCENT, ENTERED, INK, LEADER_LINE, MARK_FACE, MUTED, Stroke, TRANSFERRED,
    VALUE_FACE,
};

/// What is written at the end of one line.
#[derive(Clone, Debug)]
struct End {
    on: NaiveDate,
    value: f64,
    colour: RGBColor,
    figure: String,
    name: Option<String>,
}

/// What is written at the ends of all lines.
#[derive(Clone, Debug)]
pub(super) struct Ends(Vec<End>);

/// The room from the field to the words, where a leader connects the two.
const LEADER: f64 = 22.0;

impl Ends {
    /// The last value of the total, of what is entered and of what is transferred, estimated where that is later.
    pub(super) fn of(burn_up: &BurnUp) -> Self {
        let words = Words(burn_up.caption.language);
        let total = last_count(&burn_up.total);
        let reported = last_count(&burn_up.transferred);
        let estimated = last_count(&burn_up.estimate);
        let is_estimate = match (reported, estimated) {
            (Some(reported), Some(estimated)) => estimated.0 >= reported.0,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let (done, name) = if is_estimate {
            (estimated, words.estimate_short())
        } else {
            (reported, words.transferred())
        };
        let lines = [
            (total, INK, words.total(), false),
            (last_count(&burn_up.entered), ENTERED, words.entered(), true),
            (done, TRANSFERRED, name, true),
        ];
        let whole = total.map(|(_, count)| count);
        let end = |(last, colour, name, has_share): (Option<(NaiveDate, Count)>, _, &str, bool)| {
            let (on, count) = last?;
            Some(End {
                on,
                value: count.to_f64(),
                colour,
                figure: figure(burn_up, count, whole.filter(|_| has_share)),
                name: (burn_up.size != ChartSize::Compact).then(|| name.to_owned()),
            })
        };
        Self(lines.into_iter().filter_map(end).collect())
    }
}

fn figure(burn_up: &BurnUp, count: Count, whole: Option<Count>) -> String {
    let language = burn_up.caption.language;
    let figure = language.count(count);
    let share = whole.and_then(|whole| Share::of(count, whole));
    match (share, burn_up.size) {
        (Some(share), ChartSize::Compact) => language.percent(share),
        (Some(share), _) => format!("{figure} ({})", language.percent(share)),
        (None, _) => figure,
    }
}

/// The room right of the field that the words take.
pub(super) fn room_for_ends(ends: &Ends) -> f64 {
    let figures = ends.0.iter().map(|end| end.figure.as_str());
    let names = ends.0.iter().filter_map(|end| end.name.as_deref());
    let widest = font::widest(figures, VALUE_FACE).max(font::widest(names, MARK_FACE));
    if ends.0.is_empty() {
        0.0
    } else {
        widest + LEADER
    }
}

/// Writes the words, each as near to the height of its value as the others allow.
pub(super) fn draw_ends(
    canvas: &mut Canvas,
    Ends(ends): &Ends,
    plot: &Plot,
) -> Result<(), RenderError> {
    let figure_height = VALUE_FACE.size * (ASCENT + DESCENT);
    let height = |end: &End| {
        let name = end.name.as_ref().map_or(0.0, |_| MARK_FACE.line());
        figure_height + name
    };
    let gap = ends.iter().map(height).fold(0.0, f64::max) + 4.0;
    let right = plot.region.right;
    let wanted: Vec<f64> = ends.iter().map(|end| plot.height_of(end.value)).collect();
    let (low, high) = (plot.region.top, plot.region.bottom - gap / 2.0);
    for ((end, line), middle) in ends
        .iter()
        .zip(&wanted)
        .zip(spread(&wanted, gap, low, high))
    {
        let across = vec![plot.at(end.on, end.value), Point::new(right, *line)];
        canvas.lines("leader", LEADER_LINE, &[across])?;
        let leader = vec![
            Point::new(right, *line),
            Point::new(right + LEADER * 0.3, *line),
            Point::new(right + LEADER * 0.55, middle),
            Point::new(right + LEADER * 0.8, middle),
        ];
        let stroke = Stroke {
            colour: end.colour,
            width: 1.4,
            dash: "",
        };
        canvas.lines("leader", stroke, &[leader])?;
        let top = middle - height(end) / 2.0;
        let figure_base = top + VALUE_FACE.size * ASCENT;
        let place = Point::new(right + LEADER, figure_base);
        canvas.text(&Label::new(end.figure.as_str(), place, VALUE_FACE, INK));
        if let Some(name) = &end.name {
            let base = top + figure_height + MARK_FACE.size * ASCENT;
            let place = Point::new(right + LEADER, base);
            canvas.text(&Label::new(name.as_str(), place, MARK_FACE, MUTED));
        }
    }
    Ok(())
}
