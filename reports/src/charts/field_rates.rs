//! How often a field contradicts, by how many people were compared: the funnel plot of each field. No league table: a unit is
//! named only where chance alone would hardly put it.

mod description;
mod panels;

use store::domain::{Count, Text};

use self::description::{describe, table};
use self::panels::draw_panels;
use super::canvas::Marker;
use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::legend::{Key, Swatch};
use super::style::{ChartSize, GAP_LINE, MEDIAN_LINE, REFERENCE_LINE, TRANSFERRED_LINE};

/// The control limits, as quantiles of the normal distribution: 95 % and 99.8 % of what chance does lies between them.
///
/// # Source
/// Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24.
const LIMITS: [f64; 2] = [1.959_963_984_540_054, 3.090_232_306_167_813];

/// How many fields are drawn, those with the most contradictions first.
const PANELS: usize = 6;

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
