//! The burn-up: how much there is to do, how much is done, and when the two lines may meet.
//!
//! A date without a report breaks a line: it never falls to zero. What is estimated or forecast is dashed or dotted.

mod description;
mod ends;
mod field;
mod lines;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet, foot_of_field};
use super::series::{Band, Dated, DatedCount, FanPoint, NamedDay, PublishedPoint, Runs};
use super::style::ChartSize;

/// What a burn-up shows.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnUp {
    /// What the chart says about itself.
    pub caption: Caption,
    /// How large it is.
    pub size: ChartSize,
    /// The count to be digitized as it was known on each date; drawn in steps, for it holds until it is changed.
    pub total: Vec<DatedCount>,
    /// Typed in, cumulative.
    pub entered: Vec<DatedCount>,
    /// Transferred into the national database, cumulative.
    pub transferred: Vec<DatedCount>,
    /// The transferred count with the missing units carried forward, on the dates that need it.
    pub estimate: Vec<DatedCount>,
    /// The forecast of the transferred count, from its origin on; empty where there is none. A point that is not a
    /// finite number is left out.
    pub forecast: Vec<FanPoint>,
    /// The deadline in force.
    pub deadline: Option<NamedDay>,
    /// Figures published elsewhere, for comparison.
    pub published: Vec<PublishedPoint>,
    /// Periods of special effort.
    pub campaigns: Vec<Band>,
    /// The days off around Tết.
    pub tet: Vec<Band>,
}

/// The least height of the field with its axes, in pixels: a chart with many words above it grows instead.
const LEAST_FIELD: f64 = 290.0;

/// Draws a burn-up.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_burn_up(burn_up: &BurnUp) -> Result<Chart, RenderError> {
    let sheet = Sheet {
        caption: &burn_up.caption,
        size: burn_up.size,
        head: Head {
            title: description::title(burn_up),
            definition: description::definition(burn_up),
            keys: description::keys(burn_up),
        },
        description: description::describe(burn_up),
        table: description::table(burn_up),
    };
    sheet.draw(|canvas, top| {
        let bottom = foot_of_field(&burn_up.caption, burn_up.size, top, LEAST_FIELD);
        field::draw_field(canvas, burn_up, (top, bottom))?;
        Ok(bottom)
    })
}

impl BurnUp {
    fn series(&self) -> [&Vec<DatedCount>; 4] {
        [
            &self.total,
            &self.entered,
            &self.transferred,
            &self.estimate,
        ]
    }

    /// Every date of a reported, estimated, forecast or published figure, and the chart's own date.
    fn dates(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let counts = self.series().into_iter().flatten().map(|point| point.as_of);
        let published = self.published.iter().map(|point| point.as_of);
        counts
            .chain(self.fan().map(|point| point.on))
            .chain(published)
            .chain([self.caption.as_of])
    }

    /// The points of the forecast that can be drawn, none of them below zero.
    fn fan(&self) -> impl Iterator<Item = FanPoint> + '_ {
        let finite = |point: &&FanPoint| {
            [point.p10, point.p50, point.p90]
                .iter()
                .all(|v| v.is_finite())
        };
        self.forecast.iter().filter(finite).map(|point| FanPoint {
            on: point.on,
            p10: point.p10.max(0.0),
            p50: point.p50.max(0.0),
            p90: point.p90.max(0.0),
        })
    }

    /// The largest figure of the chart; zero where there is none.
    fn most(&self) -> f64 {
        let counts = self
            .series()
            .into_iter()
            .flatten()
            .filter_map(|point| point.value);
        let published = self.published.iter().map(|point| point.value);
        let counts = counts.chain(published).map(|count| count.to_f64());
        counts
            .chain(self.fan().map(|point| point.p90))
            .fold(0.0, f64::max)
    }

    /// The gaps of the transferred line that no estimate leads across.
    fn open_gaps(&self) -> Vec<(Dated, Dated)> {
        let estimates = Runs::of(&self.estimate);
        let led =
            |from: Dated, to: Dated| estimates.values().any(|(on, _)| from.0 < on && on < to.0);
        let gaps: Vec<(Dated, Dated)> = Runs::of(&self.transferred).gaps().collect();
        gaps.into_iter()
            .filter(|(from, to)| !led(*from, *to))
            .collect()
    }

    /// Whether there is no figure at all.
    fn is_empty(&self) -> bool {
        self.series()
            .into_iter()
            .flatten()
            .all(|point| point.value.is_none())
            && self.published.is_empty()
            && self.fan().next().is_none()
    }
}
