//! `sohoa chart`.

use anyhow::{Context as _, bail};
use reports::charts::ChartSize;

use super::forecast::read;
use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Chart, ChartName};
use crate::pages::charts::{Subject, draw};
use crate::state::Clock;

/// Draws one chart into a file.
pub(super) fn run(options: &Chart, clock: &Clock) -> anyhow::Result<Outcome> {
    let ending = options
        .out
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    if !["svg", "png"].contains(&ending) {
        let place = options.out.display();
        bail!(WrongUse(format!(
            "{place}: the name must end in .svg or .png"
        )));
    }
    let (snapshot, state) = read(&options.which, clock, None)?;
    let day = snapshot.report.week.last_day();
    let subject = match (options.name, &options.province) {
        (ChartName::Ranking, Some(_)) => {
            bail!(WrongUse("a ranking is of all provinces".to_owned()))
        }
        (ChartName::Ranking, None) => Subject::Ranking,
        (ChartName::BurnUp, None) => Subject::NationalBurnUp,
        (ChartName::BurnUp, Some(code)) => {
            let unit = state.reference.units.find_by_code(code, day);
            Subject::ProvinceBurnUp(
                unit.ok_or_else(|| WrongUse(format!("no province has the code {code} on {day}")))?
                    .id,
            )
        }
    };
    let setting = (options.which.lang.language, ChartSize::Full);
    let chart = draw(&snapshot, subject, setting, state.reference)?;
    let bytes = if ending == "svg" {
        chart.svg.clone().into_bytes()
    } else {
        chart.png(options.width)?
    };
    std::fs::write(&options.out, bytes)
        .with_context(|| format!("writing {}", options.out.display()))?;
    print(format!("{}\n", chart.description).as_bytes())?;
    Ok(Outcome::Done)
}
