//! The field of a burn-up: bands, axes, lines, fan, marks and names, from the back to the front.

use chrono::{Days, NaiveDate};

use super::BurnUp;
use super::ends::{Ends, draw_ends, room_for_ends};
use super::lines::{draw_published, draw_series};
use crate::charts::bands::{draw_bands, touches};
use crate::charts::canvas::Canvas;
use crate::charts::error::RenderError;
use crate::charts::flags::{Flag, Placed, place_flags, strip_height};
use crate::charts::font;
use crate::charts::geometry::{Point, Region, number};
use crate::charts::label::{Anchor, Label};
use crate::charts::plot::{Plot, room_for_time, room_for_values};
use crate::charts::style::{
    AS_OF_LINE, AXIS_FACE, CAMPAIGN, ChartSize, DEADLINE, DEADLINE_LINE, EMPTY_FACE, Face,
    MARK_FACE, MUTED, PAPER,
};
use crate::charts::time_axis::TimeAxis;
use crate::charts::value_axis::ValueAxis;

/// The least stretch of days shown, so that a single date stands in the middle of something.
const LEAST_DAYS: u64 = 84;

const FLAG_FACE: Face = MARK_FACE;
/// How much of the strip the name of a day may take.
const WIDEST_FLAG: f64 = 0.4;

const WIDEST_BAND_NAME: f64 = 340.0;
const HEADING_GAP: f64 = 14.0;
const HEADING_BASE: f64 = 12.0;
const BELOW_STRIP: f64 = 4.0;
const ABOVE_FOOT: f64 = 10.0;

/// Draws the field with its axes between two heights.
pub(super) fn draw_field(
    canvas: &mut Canvas,
    burn_up: &BurnUp,
    (top, bottom): (f64, f64),
) -> Result<(), RenderError> {
    let (caption, size) = (&burn_up.caption, burn_up.size);
    let values = ValueAxis::new(
        caption.language,
        caption.count_unit,
        burn_up.most(),
        size.value_steps(),
    );
    let days = shown_days(burn_up);
    let ends = Ends::of(burn_up);
    let paper = f64::from(size.width_px());
    let left = size.margin() + room_for_values(&values);
    let right = paper - size.margin() - room_for_ends(&ends);
    let span = number(usize::try_from((days.1 - days.0).num_days()).unwrap_or(1));
    let time = TimeAxis::new(caption.language, days, (right - left) / span);
    let across = |day: NaiveDate| {
        let region = Region {
            left,
            top,
            right,
            bottom,
        };
        Plot::new(region, days, values.top).x(day)
    };
    let strip = Strip::of(burn_up, &values.heading, days, (left, right, &across));
    let region = Region {
        left,
        top: top + strip.height() + BELOW_STRIP,
        right,
        bottom: bottom - room_for_time(&time) - ABOVE_FOOT,
    };
    let plot = Plot::new(region, days, values.top);
    let heading = Point::new(size.margin(), region.top - strip.heading_above());
    let heading = Label::new(values.heading.as_str(), heading, AXIS_FACE, MUTED);
    canvas.text(&heading);
    draw_bands(canvas, &plot, (&burn_up.campaigns, &burn_up.tet))?;
    plot.draw_values(canvas, &values)?;
    plot.draw_time(canvas, &time)?;
    draw_flags(canvas, &strip.placed, &plot)?;
    if burn_up.is_empty() {
        draw_nothing(canvas, burn_up, &plot)?;
    }
    let obstacles = draw_series(canvas, burn_up, &plot)?;
    draw_published(canvas, burn_up, &plot, obstacles)?;
    draw_ends(canvas, &ends, &plot)
}

/// What stands between the words above the chart and the field: names of days, and what the values count.
struct Strip {
    placed: Vec<Placed>,
    /// Whether the heading of the values stands beside the names rather than above them.
    heading_beside: bool,
}

impl Strip {
    /// The strip of a field between `field` and `right`, where `across` says how far right a day lies.
    fn of(
        burn_up: &BurnUp,
        heading: &str,
        days: (NaiveDate, NaiveDate),
        (field, right, across): (f64, f64, &dyn Fn(NaiveDate) -> f64),
    ) -> Self {
        let margin = burn_up.size.margin();
        let right = right + HEADING_GAP;
        let beside = margin + font::width(heading, AXIS_FACE) + HEADING_GAP;
        let flags = |left: f64| flags(burn_up, days, (left, right), across);
        // A line near the left end would rise through the heading.
        let lined = |flag: &Flag| flag.has_line && flag.x < beside;
        let heading_beside = !flags(beside).iter().any(lined);
        // Names left of the field would touch the uppermost number of its axis.
        let left = if heading_beside {
            beside.max(field)
        } else {
            field
        };
        Self {
            placed: place_flags(flags(left), (left, right)),
            heading_beside,
        }
    }

    fn height(&self) -> f64 {
        let names = strip_height(&self.placed);
        if self.heading_beside {
            names.max(AXIS_FACE.line())
        } else {
            names + AXIS_FACE.line()
        }
    }

    /// How far above the field the base line of the heading lies.
    fn heading_above(&self) -> f64 {
        if self.heading_beside {
            HEADING_BASE
        } else {
            HEADING_BASE + strip_height(&self.placed)
        }
    }
}

/// The days shown: every figure, and the deadline where it is not too far from them.
fn shown_days(burn_up: &BurnUp) -> (NaiveDate, NaiveDate) {
    let as_of = burn_up.caption.as_of;
    let first = burn_up.dates().min().unwrap_or(as_of);
    let last = burn_up.dates().max().unwrap_or(as_of);
    let span = u64::try_from((last - first).num_days()).unwrap_or(0);
    let before = |day: NaiveDate, days: u64| day.checked_sub_days(Days::new(days)).unwrap_or(day);
    let after = |day: NaiveDate, days: u64| day.checked_add_days(Days::new(days)).unwrap_or(day);
    let reach = span.max(LEAST_DAYS) / 2;
    let deadline = burn_up.deadline.as_ref().map(|deadline| deadline.on);
    let near = deadline.filter(|on| before(first, reach) <= *on && *on <= after(last, reach));
    let first = near.map_or(first, |on| on.min(first));
    let last = near.map_or(last, |on| on.max(last));
    let span = u64::try_from((last - first).num_days()).unwrap_or(0);
    let short = LEAST_DAYS.saturating_sub(span).div_ceil(2);
    (before(first, short), after(last, short.max(span / 60)))
}

/// The names above the field, the most important first.
fn flags(
    burn_up: &BurnUp,
    days: (NaiveDate, NaiveDate),
    sides: (f64, f64),
    across: &dyn Fn(NaiveDate) -> f64,
) -> Vec<Flag> {
    let language = burn_up.caption.language;
    let flag = |text: String, colour, x, has_line| Flag {
        text,
        face: FLAG_FACE,
        colour,
        x,
        has_line,
    };
    let mut flags = Vec::new();
    if let Some(deadline) = &burn_up.deadline {
        let name = deadline.name.in_language(language);
        let due = format!(": {}", language.date(deadline.on));
        // A name that is cut keeps its date, and always finds room on one side of its line.
        let room = (sides.1 - sides.0) * WIDEST_FLAG - font::width(&due, FLAG_FACE);
        let text = font::fit(name, FLAG_FACE, room) + &due;
        flags.push(if deadline.on < days.0 {
            flag(format!("← {text}"), DEADLINE, sides.0, false)
        } else if days.1 < deadline.on {
            flag(format!("{text} →"), DEADLINE, sides.1, false)
        } else {
            flag(text, DEADLINE, across(deadline.on), true)
        });
    }
    let as_of = burn_up.caption.as_of;
    let text = language.pick("Chốt số liệu", "As of");
    let text = format!("{text} {}", language.date(as_of));
    flags.push(flag(text, MUTED, across(as_of), true));
    // Tết is known to every reader by its season and shade; a small chart has no room for names of campaigns.
    if burn_up.size != ChartSize::Compact {
        for band in burn_up.campaigns.iter().filter(|band| touches(band, days)) {
            let name = band.name.in_language(language);
            let name = font::fit(name, FLAG_FACE, WIDEST_BAND_NAME);
            let middle = f64::midpoint(across(band.first_day), across(band.last_day));
            flags.push(flag(name, CAMPAIGN, middle, false));
        }
    }
    flags
}

fn draw_flags(canvas: &mut Canvas, placed: &[Placed], plot: &Plot) -> Result<(), RenderError> {
    let Region { top, bottom, .. } = plot.region;
    for place in placed {
        canvas.text(&place.label(top));
        if place.flag.has_line {
            let x = place.flag.x;
            let line = vec![Point::new(x, bottom), Point::new(x, place.line_end(top))];
            let (layer, stroke) = if place.flag.colour == DEADLINE {
                ("deadline", DEADLINE_LINE)
            } else {
                ("as-of", AS_OF_LINE)
            };
            canvas.lines(layer, stroke, &[line])?;
        }
    }
    Ok(())
}

fn draw_nothing(canvas: &mut Canvas, burn_up: &BurnUp, plot: &Plot) -> Result<(), RenderError> {
    let language = burn_up.caption.language;
    let text = language.pick("Chưa có số liệu", "No figures yet");
    let place = Point::new(
        f64::midpoint(plot.region.left, plot.region.right),
        f64::midpoint(plot.region.top, plot.region.bottom),
    );
    let label = Label::new(text, place, EMPTY_FACE, MUTED).anchored(Anchor::Middle);
    canvas.regions("paper", PAPER, &[label.region().grown(8.0)])?;
    canvas.text(&label);
    Ok(())
}
