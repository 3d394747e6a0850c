//! `sohoa chart`.

use anyhow::{Context as _, bail};
use reports::charts::ChartSize;
use store::domain::Text;

use super::forecast::read;
use super::outcome::{Outcome, WrongUse, no_province, print};
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
        bail!(WrongUse(Text::new(
            format!("{place}: tên tệp phải kết thúc bằng .svg hoặc .png"),
            format!("{place}: the name must end in .svg or .png"),
        )));
    }
    let (snapshot, state) = read(&options.which, clock, None)?;
    let day = snapshot.report.week.last_day();
    let subject = match (options.name, &options.province) {
        (ChartName::Ranking, Some(_)) => {
            bail!(WrongUse(Text::new(
                "bảng xếp hạng là của mọi tỉnh",
                "a ranking is of all provinces",
            )))
        }
        (ChartName::Ranking, None) => Subject::Ranking,
        (ChartName::BurnUp, None) => Subject::NationalBurnUp,
        (ChartName::BurnUp, Some(code)) => {
            let unit = state.reference.units.find_by_code(code, day);
            Subject::ProvinceBurnUp(unit.ok_or_else(|| no_province(code, day))?.id)
        }
    };
    let setting = (options.which.lang.language, ChartSize::Full);
    let chart = draw(&snapshot, subject, setting, state.reference)?;
    let bytes = if ending == "svg" {
        chart.svg.clone().into_bytes()
    } else {
        chart.png(options.width)?
    };
    std::fs::write(&options.out, bytes).with_context(|| {
        let word = options.which.lang.language.pick("ghi", "writing");
        format!("{word} {}", options.out.display())
    })?;
    print(format!("{}\n", chart.description).as_bytes())?;
    Ok(Outcome::Done)
}
