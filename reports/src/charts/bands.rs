//! Campaigns and Tết behind a field over time.

use chrono::NaiveDate;

use super::canvas::Canvas;
use super::error::RenderError;
use super::geometry::Region;
use super::plot::Plot;
use super::series::Band;
use super::style::{CAMPAIGN, CAMPAIGN_BAND, TET_BAND};

const BAND_EDGE: f64 = 4.0;

/// Whether a stretch has a day in the days shown.
pub(crate) fn touches(band: &Band, days: (NaiveDate, NaiveDate)) -> bool {
    band.first_day <= days.1 && days.0 <= band.last_day
}

/// Shades the stretches; a campaign has an edge above that is seen in greyscale too.
pub(crate) fn draw_bands(
    canvas: &mut Canvas,
    plot: &Plot,
    (campaigns, tet): (&[Band], &[Band]),
) -> Result<(), RenderError> {
    let region = |band: &Band| {
        let next = band.last_day.succ_opt().unwrap_or(band.last_day);
        Region {
            left: plot.x(band.first_day),
            right: plot.x(next),
            ..plot.region
        }
    };
    let tet: Vec<Region> = tet.iter().map(region).collect();
    let campaigns: Vec<Region> = campaigns.iter().map(region).collect();
    let edge = |band: &Region| Region {
        bottom: band.top + BAND_EDGE,
        ..*band
    };
    let edges: Vec<Region> = campaigns.iter().map(edge).collect();
    canvas.regions("campaign", CAMPAIGN_BAND, &campaigns)?;
    canvas.regions("tet", TET_BAND, &tet)?;
    canvas.regions("campaign", CAMPAIGN, &edges)
}
