//! Why a date moved, part by part.

use store::domain::Text;

use super::{Setting, caption};
use crate::charts::{
    Caption, Chart, Landing, RenderError, Waterfall, WaterfallRow, draw_waterfall,
};
use crate::issued::{Issued, Said};
use crate::model::NationalReport;
use crate::revision::{Moved, Part};
use crate::words::{part_name, said_words};

/// Draws the parts by which a date moved between two issued forecasts.
///
/// # Errors
/// [`RenderError::Drawing`] where the drawing library refuses a shape, which no figure can cause.
pub fn waterfall(
    moved: &Moved,
    (old, new): (&Issued, &Issued),
    report: &NationalReport,
    setting: &Setting<'_>,
) -> Result<Chart, RenderError> {
    let end = |issued: &Issued, said: &Said| WaterfallRow {
        name: Text::new(
            format!("Dự báo số {}", issued.number),
            format!("Forecast {}", issued.number),
        ),
        landing: said.day().map_or_else(|| nothing(said), Landing::Day),
    };
    let part = |(part, days): &(Part, Option<i64>)| WaterfallRow {
        name: part_name(*part),
        landing: days.map_or_else(no_day, Landing::Days),
    };
    let mut rows = vec![end(old, &moved.from)];
    rows.extend(moved.parts.iter().map(part));
    rows.push(end(new, &moved.to));
    draw_waterfall(&Waterfall {
        caption: Caption {
            as_of: new.week.last_day(),
            known_on: new.known_on,
            digest: new.digest,
            ..caption(report, moved.name.clone(), setting)
        },
        size: setting.size,
        rows,
    })
}

fn nothing(said: &Said) -> Landing {
    use store::domain::Language::{En, Vi};
    Landing::Nothing(Text::new(said_words(said, Vi), said_words(said, En)))
}

fn no_day() -> Landing {
    Landing::Nothing(Text::new(
        "sau bước này không có ngày",
        "no date after this step",
    ))
}
