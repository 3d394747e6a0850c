//! How often a field contradicts, by how many people were compared: the funnel plot of each field. No league table: a unit is
//! named only where chance alone would hardly put it.

use store::domain::{Count, Language, Share, Text};

use super::canvas::{Canvas, Marker};
use super::caption::Caption;
use super::chart::{Chart, ChartTable};
use super::error::RenderError;
use super::font;
use super::frame::{Head, Sheet};
use super::geometry::{Point, Region, number};
use super::label::{Anchor, Label};
use super::legend::{Key, Swatch};
use super::style::{
    AXIS_FACE, AXIS_LINE, ChartSize, GAP_LINE, INK, MARK_FACE, MEDIAN_LINE, MUTED, REFERENCE_LINE,
    TRANSFERRED_LINE, VALUE_FACE, real,
};

/// The control limits, as quantiles of the normal distribution: 95 % and 99.8 % of what chance does lies between them.
///
/// # Source
/// Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24.
const LIMITS: [f64; 2] = [1.959_963_984_540_054, 3.090_232_306_167_813];

/// How many fields are drawn, those with the most contradictions first.
const PANELS: usize = 6;

/// How many points a limit is drawn through.
const STEPS: usize = 48;

/// A unit in the plot of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPoint {
    /// Its name.
    pub name: Text,
    /// People whose field contradicts.
    pub contradictions: Count,
    /// People for whom a pair was found; above zero.
    pub paired: Count,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPanel {
    /// Its name.
    pub name: Text,
    /// The contradictions of all units.
    pub contradictions: Count,
    /// The pairs of all units.
    pub paired: Count,
    /// The units.
    pub points: Vec<FieldPoint>,
}

/// What the funnel plots show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRates {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How wide it is.
    pub size: ChartSize,
    /// The rule sets under which the rates compare.
    pub family: String,
    /// The fields; those with the most contradictions are drawn, all are in the table.
    pub panels: Vec<FieldPanel>,
}

impl FieldPanel {
    fn rate(&self) -> f64 {
        self.contradictions.to_f64() / self.paired.to_f64().max(1.0)
    }

    /// The limit so many standard errors from the rate of all, for so many people.
    fn limit(&self, people: f64, errors: f64) -> f64 {
        let rate = self.rate();
        let error = libm::sqrt(rate * (1.0 - rate) / people.max(1.0));
        (rate + errors * error).clamp(0.0, 1.0)
    }

    /// The rates that are drawn: about the rate of all, as far as the farthest unit and the limits of the smallest one.
    fn range(&self) -> (f64, f64) {
        let [_, errors] = LIMITS;
        let fewest = self.points.iter().map(|point| point.paired.to_f64());
        let limit = self.limit(fewest.fold(f64::MAX, f64::min), errors) - self.rate();
        let far = self
            .points
            .iter()
            .map(|point| (point.rate() - self.rate()).abs());
        let reach = far.fold(limit, f64::max).max(1e-4) * 1.2;
        ((self.rate() - reach).max(0.0), self.rate() + reach)
    }

    /// Whether chance alone would hardly put a unit there.
    fn is_outside(&self, point: &FieldPoint) -> bool {
        let (people, rate) = (point.paired.to_f64(), point.rate());
        let [_, errors] = LIMITS;
        rate > self.limit(people, errors) || rate < self.limit(people, -errors)
    }
}

impl FieldPoint {
    fn rate(&self) -> f64 {
        self.contradictions.to_f64() / self.paired.to_f64().max(1.0)
    }
}

/// Draws the funnel plots.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_field_rates(rates: &FieldRates) -> Result<Chart, RenderError> {
    let language = rates.caption.language;
    let title = language.pick(
        "Ô trái nhau theo số người ghép được",
        "Contradicting fields by pairs",
    );
    let definition = language.pick(
        "Mỗi điểm là một tỉnh: ngang là số người ghép được, dọc là tỷ lệ trái nhau. Trong phễu, khác nhau có thể chỉ do ngẫu \
         nhiên; chỉ nêu tên tỉnh ngoài giới hạn 99,8%. Đây không phải bảng xếp hạng. Bộ quy tắc",
        "A point is a province: across the pairs found, upwards the share that contradicts. Inside the funnel differences may \
         be chance; only provinces outside the 99.8% limits are named. This is no league table. Rule set",
    );
    let key = |swatch, vi, en| Key::new(swatch, language.pick(vi, en));
    let sheet = Sheet {
        caption: &rates.caption,
        size: rates.size,
        head: Head {
            title: format!("{title}: {}", rates.caption.subject()),
            definition: format!("{definition} {}.", rates.family),
            keys: vec![
                key(
                    Swatch::Mark(Marker::Disc, 4.0, TRANSFERRED_LINE),
                    "Tỉnh, thành phố",
                    "Province",
                ),
                key(Swatch::Line(MEDIAN_LINE), "Tỷ lệ chung", "Rate of all"),
                key(Swatch::Line(GAP_LINE), "Giới hạn 95%", "95% limits"),
                key(
                    Swatch::Line(REFERENCE_LINE),
                    "Giới hạn 99,8%",
                    "99.8% limits",
                ),
            ],
        },
        description: describe(rates),
        table: table(rates),
    };
    sheet.draw(|canvas, top| draw_panels(canvas, rates, top))
}

/// The fields with the most contradictions.
fn drawn(rates: &FieldRates) -> Vec<&FieldPanel> {
    let mut panels: Vec<&FieldPanel> = rates.panels.iter().collect();
    panels.sort_by_key(|panel| std::cmp::Reverse(panel.contradictions));
    panels.truncate(PANELS);
    panels
}

fn draw_panels(canvas: &mut Canvas, rates: &FieldRates, top: f64) -> Result<f64, RenderError> {
    const GAP: f64 = 26.0;
    const HEIGHT: f64 = 250.0;
    let panels = drawn(rates);
    let columns = match rates.size {
        ChartSize::Full => 3,
        ChartSize::Compact => 1,
    };
    let margin = rates.size.margin();
    let room = f64::from(rates.size.width_px()) - 2.0 * margin;
    let width = (room + GAP) / number(columns) - GAP;
    for (place, panel) in panels.iter().enumerate() {
        let left = margin + number(place % columns) * (width + GAP);
        let top = top + number(place / columns) * (HEIGHT + GAP);
        let region = Region {
            left,
            top,
            right: left + width,
            bottom: top + HEIGHT,
        };
        draw_panel(canvas, rates, panel, region)?;
    }
    Ok(top + number(panels.len().div_ceil(columns)) * (HEIGHT + GAP))
}

fn draw_panel(
    canvas: &mut Canvas,
    rates: &FieldRates,
    panel: &FieldPanel,
    region: Region,
) -> Result<(), RenderError> {
    let language = rates.caption.language;
    let name = panel.name.in_language(language);
    let at = Point::new(region.left, region.top + VALUE_FACE.size);
    canvas.text(&Label::new(name, at, VALUE_FACE, INK));
    let paired = panel.points.iter().map(|point| point.paired.to_f64());
    let people = paired.fold(1.0, f64::max) * 1.05;
    let (lowest, highest) = panel.range();
    let percent = |share: f64| format!("{}%", real(language, share * 100.0, 2));
    let marked = [lowest, panel.rate(), highest];
    let numbers = marked.map(percent);
    let axis = font::widest(numbers.iter().map(String::as_str), AXIS_FACE) + 8.0;
    let field = Region {
        left: region.left + axis,
        top: region.top + 26.0,
        right: region.right,
        bottom: region.bottom - 22.0,
    };
    let spot = |paired: f64, rate: f64| {
        Point::new(
            field.left + paired / people * field.width(),
            field.bottom - (rate - lowest) / (highest - lowest) * field.height(),
        )
    };
    let corners = [
        Point::new(field.left, field.top),
        Point::new(field.left, field.bottom),
        Point::new(field.right, field.bottom),
    ];
    canvas.lines("axis", AXIS_LINE, &[corners.to_vec()])?;
    for (share, text) in marked.into_iter().zip(&numbers) {
        let place = spot(0.0, share);
        let place = Point::new(field.left - 6.0, place.y + AXIS_FACE.size * 0.36);
        canvas.text(&Label::new(text.as_str(), place, AXIS_FACE, MUTED).anchored(Anchor::End));
    }
    let end = Count::from_f64(people).unwrap_or_default();
    let base = field.bottom + AXIS_FACE.line();
    let words = language.pick("người ghép được", "pairs");
    let label = format!("{} {words}", language.count(end));
    let place = Point::new(field.right, base);
    canvas.text(&Label::new(label, place, AXIS_FACE, MUTED).anchored(Anchor::End));
    draw_limits(canvas, panel, people, &spot)?;
    let line = vec![spot(0.0, panel.rate()), spot(people, panel.rate())];
    canvas.lines("all", MEDIAN_LINE, &[line])?;
    draw_points(canvas, panel, (language, field), &spot)
}

fn draw_limits(
    canvas: &mut Canvas,
    panel: &FieldPanel,
    people: f64,
    spot: &dyn Fn(f64, f64) -> Point,
) -> Result<(), RenderError> {
    let (lowest, highest) = panel.range();
    for (errors, stroke) in LIMITS.into_iter().zip([GAP_LINE, REFERENCE_LINE]) {
        for errors in [errors, -errors] {
            let line = (1..=STEPS).filter_map(|step| {
                let across = people * number(step) / number(STEPS);
                let limit = panel.limit(across, errors);
                let is_shown = lowest <= limit && limit <= highest;
                is_shown.then(|| spot(across, limit))
            });
            canvas.lines("limits", stroke, &[line.collect()])?;
        }
    }
    Ok(())
}

fn draw_points(
    canvas: &mut Canvas,
    panel: &FieldPanel,
    (language, field): (Language, Region),
    spot: &dyn Fn(f64, f64) -> Point,
) -> Result<(), RenderError> {
    let place = |point: &FieldPoint| spot(point.paired.to_f64(), point.rate());
    let places: Vec<Point> = panel.points.iter().map(place).collect();
    canvas.markers("units", (Marker::Disc, 3.2), TRANSFERRED_LINE, &places)?;
    let mut taken: Vec<Region> = places
        .iter()
        .map(|at| Region {
            left: at.x - 4.0,
            top: at.y - 4.0,
            right: at.x + 4.0,
            bottom: at.y + 4.0,
        })
        .collect();
    for point in panel.points.iter().filter(|point| panel.is_outside(point)) {
        let at = place(point);
        let name = point.name.in_language(language);
        // Above the point where that is free, else below it; a name that fits nowhere is in the table alone.
        let label = [-8.0, 17.0].into_iter().find_map(|shift| {
            let beside = Point::new(at.x, at.y + shift);
            let label = Label::new(name, beside, MARK_FACE, INK).anchored(Anchor::Middle);
            let region = label.region();
            let inside = field.left <= region.left && region.right <= field.right;
            let free = taken.iter().all(|one| !one.overlaps(&region));
            (inside && free).then_some(label)
        });
        if let Some(label) = label {
            taken.push(label.region());
            canvas.text(&label);
        }
    }
    Ok(())
}

fn describe(rates: &FieldRates) -> String {
    let language = rates.caption.language;
    let kind = language.pick("Biểu đồ phễu", "Funnel plots");
    let subject = rates.caption.subject();
    let mut sentences = rates.caption.opening(&format!("{kind}, {subject}"));
    for panel in drawn(rates) {
        let outside = panel.points.iter().filter(|point| panel.is_outside(point));
        let names: Vec<&str> = outside
            .map(|point| point.name.in_language(language))
            .collect();
        let share = Share::of(panel.contradictions, panel.paired);
        let share = share.map_or_else(String::new, |share| language.percent(share));
        let named = if names.is_empty() {
            language
                .pick(
                    "không tỉnh nào ngoài giới hạn",
                    "no province is outside the limits",
                )
                .to_owned()
        } else {
            let label = language.pick("ngoài giới hạn", "outside the limits");
            format!("{label}: {}", names.join(", "))
        };
        sentences.push(format!(
            "{}: {share}; {named}.",
            panel.name.in_language(language)
        ));
    }
    sentences.join(" ")
}

fn table(rates: &FieldRates) -> ChartTable {
    let language = rates.caption.language;
    let headers = [
        ("Ô", "Field"),
        ("Địa phương", "Province"),
        ("Trái nhau", "Contradictions"),
        ("Số người ghép được", "Pairs"),
        ("Tỷ lệ", "Rate"),
        ("Ngoài giới hạn 99,8%", "Outside the 99.8% limits"),
    ];
    let rows = rates.panels.iter().flat_map(|panel| {
        panel.points.iter().map(move |point| {
            let small = (1..=4).contains(&point.contradictions.to_i64());
            let hidden = |text: String| if small { "‹5".to_owned() } else { text };
            let share = Share::of(point.contradictions, point.paired);
            let outside = if panel.is_outside(point) {
                language.pick("có", "yes")
            } else {
                ""
            };
            vec![
                panel.name.in_language(language).to_owned(),
                point.name.in_language(language).to_owned(),
                hidden(language.count(point.contradictions)),
                language.count(point.paired),
                hidden(share.map_or_else(String::new, |share| language.percent(share))),
                outside.to_owned(),
            ]
        })
    });
    ChartTable::new(language, &headers, rows.collect())
}
