//! `sohoa chart`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use reports::charts::{ChartFormat, ChartSize};
use store::domain::{Text, Week};

use super::forecast::read;
use super::outcome::{Outcome, WrongUse, no_province, print};
use crate::args::Chart;
use crate::pages::charts::{Subject, draw};
use crate::state::Clock;

/// Draws one chart into a file.
pub(super) fn run(options: &Chart, clock: &Clock) -> anyhow::Result<Outcome> {
    let (format, out) = file(options)?;
    if options.province.is_some() && !options.name.is_of_unit() {
        let name = options.name.key();
        bail!(WrongUse(Text::new(
            format!("biểu đồ {name} là của mọi tỉnh"),
            format!("the chart {name} is of all provinces"),
        )));
    }
    let (snapshot, state) = read(&options.which, clock, None)?;
    let day = snapshot.report.week.last_day();
    let find = |code: &String| {
        let unit = state.reference.units.find_by_code(code, day);
        unit.map(|unit| unit.id)
            .ok_or_else(|| no_province(code, day))
    };
    let subject = Subject {
        name: options.name,
        unit: options.province.as_ref().map(find).transpose()?,
        since: options.since.map(Week::containing),
    };
    let look = (options.which.lang.language, ChartSize::Full);
    let chart = draw(&state, &snapshot, subject, look)?;
    let bytes = chart.file(format, options.width)?;
    std::fs::write(&out, bytes).with_context(|| {
        let word = options.which.lang.language.pick("ghi", "writing");
        format!("{word} {}", out.display())
    })?;
    print(format!("{}\n", chart.description).as_bytes())?;
    Ok(Outcome::Done)
}

/// The form and the name of the file: the form that is asked for, else that of the name's ending, else SVG; without a name
/// that of the chart.
fn file(options: &Chart) -> Result<(ChartFormat, PathBuf), WrongUse> {
    let Some(out) = &options.out else {
        let format = options.format.unwrap_or(ChartFormat::Svg);
        let name = format!("{}.{}", options.name.key(), format.key());
        return Ok((format, PathBuf::from(name)));
    };
    let ending = out.extension().and_then(|ending| ending.to_str());
    let format = options.format.or_else(|| ChartFormat::from_key(ending?));
    let format = format.ok_or_else(|| {
        let place = out.display();
        WrongUse(Text::new(
            format!("{place}: tên tệp phải kết thúc bằng .svg, .png, .pdf hoặc .csv, hoặc nêu rõ bằng --format"),
            format!("{place}: the name must end in .svg, .png, .pdf or .csv, or --format say which"),
        ))
    })?;
    Ok((format, out.clone()))
}
