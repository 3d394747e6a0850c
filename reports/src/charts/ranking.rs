//! Units in the order of their share done, one bar a unit.
//!
//! A unit that never reported has no bar and is named as such: it is not a unit at zero.

mod bars;
mod description;
mod rows;
#[cfg(test)]
mod tests;

use store::domain::{Count, Share, Text, Week};

use super::caption::Caption;
use super::chart::Chart;
use super::error::RenderError;
use super::frame::{Head, Sheet};
use super::style::ChartSize;

/// One unit of a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankingRow {
    /// Its name.
    pub name: Text,
    /// What it has to digitize; `None` where that is not known.
    pub total: Option<Count>,
    /// What it has typed in; `None` where that was not reported.
    pub entered: Option<Count>,
    /// What it has transferred; `None` where it never reported.
    pub transferred: Option<Count>,
    /// The week its figures are from, where it did not report in the week shown and they are carried forward.
    pub carried_from: Option<Week>,
}

/// How the bars are set out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// Two columns where there are many units and the chart is wide, else one.
    #[default]
    Automatic,
    /// One column.
    One,
    /// Two columns, read from top to bottom and then to the right; one where the chart is compact.
    Two,
}

/// What a ranking shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// What the chart says about itself; the subject is who is ranked, such as "63 tỉnh, thành phố".
    pub caption: Caption,
    /// How wide it is; its height grows with the rows.
    pub size: ChartSize,
    /// How the bars are set out.
    pub columns: Columns,
    /// The units, in any order.
    pub rows: Vec<RankingRow>,
    /// A share to compare with, such as the nation's, and its name.
    pub reference: Option<(Text, Share)>,
}

/// Draws a ranking. Units with the same share keep the order they came in and have the same rank.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn draw_ranking(ranking: &Ranking) -> Result<Chart, RenderError> {
    let rows = rows::ranked(ranking);
    let sheet = Sheet {
        caption: &ranking.caption,
        size: ranking.size,
        head: Head {
            title: description::title(ranking),
            definition: description::definition(ranking),
            keys: description::keys(ranking, &rows),
        },
        description: description::describe(ranking, &rows),
        table: description::table(ranking, &rows),
    };
    sheet.draw(|canvas, top| bars::draw_bars(canvas, ranking, &rows, top))
}
