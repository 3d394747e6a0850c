//! `sohoa changes`.

use anyhow::{Context as _, bail};
use reports::model::ChangeFilter;
use reports::render;
use store::Store;
use store::domain::{Language, Text};

use super::outcome::{Outcome, WrongUse, print};
use crate::args::Changes;
use crate::meetings::{Asked, Since};
use crate::state::{Clock, State};

/// Prints the change of the nation and the cells that differ, or writes the cells into a file.
pub(super) fn run(options: &Changes, clock: &Clock) -> anyhow::Result<Outcome> {
    let state = State::new(
        Store::open_existing(&options.database.database)?,
        clock.clone(),
    );
    let language = options.lang.language;
    let since = Since::find(
        &state,
        Asked {
            from: options.from,
            to: options.to,
            as_of: options.as_of,
            view: options.units,
        },
    )?;
    let filter = ChangeFilter {
        unit: options.unit,
        kind: options.kind,
        order: options.order,
    };
    let rows = since.cells.filtered(&filter, &state.reference.units);
    let moments = since.moments();
    let Some(out) = &options.out else {
        print(render::changes_text(
            (&since.national, &rows),
            moments,
            language,
        ))?;
        return Ok(Outcome::Done);
    };
    let bytes = match out.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => render::changes_csv(&rows, language)?,
        Some("xlsx") => {
            let synthetic = state.store.holds_synthetic(moments.to)?;
            render::changes_xlsx(&rows, moments, synthetic, language)?
        }
        _ => {
            let place = out.display();
            bail!(WrongUse(Text::new(
                format!("{place}: tên tệp phải kết thúc bằng .csv hoặc .xlsx"),
                format!("{place}: the name must end in .csv or .xlsx"),
            )))
        }
    };
    std::fs::write(out, bytes)
        .with_context(|| format!("{} {}", language.pick("ghi", "writing"), out.display()))?;
    let count = language.whole(i64::try_from(rows.len())?);
    print(match language {
        Language::Vi => format!("{count} ô số liệu khác nhau trong {}\n", out.display()),
        Language::En => format!("{count} cells that differ in {}\n", out.display()),
    })?;
    Ok(Outcome::Done)
}
