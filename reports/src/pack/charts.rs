//! The drawn charts of a pack: those of the nation, one by one, and one for each unit.

use std::sync::Arc;

use rayon::prelude::*;

use super::Pack;
use super::about::About;
use super::error::PackError;
use super::file::PackFile;
use super::graph::{self, Graph};
use super::input::PackInput;
use crate::charts::{Chart, ChartSize};
use crate::illustrate::{ChartName, Material, Setting, draw};
use crate::model::ProvinceReport;

/// The width of pictures in pixels: that of a projector.
const WIDTH_PX: u32 = 1920;

/// The charts of the nation.
#[derive(Clone, Debug)]
pub(crate) struct Charts {
    pub(crate) burn_up: Arc<Chart>,
    pub(crate) ranking: Arc<Chart>,
}

/// What the page of one unit shows: its chart as an office program draws it, and as we do.
#[derive(Clone, Debug)]
pub(crate) struct ProvincePage {
    pub(crate) graph: Graph,
    pub(crate) chart: Arc<Chart>,
}

impl Charts {
    pub(crate) fn new(input: &PackInput<'_>) -> Result<Self, PackError> {
        let setting = setting(input, ChartSize::Full);
        let material = material(input, None);
        let burn_up = draw(ChartName::BurnUp, &material, &setting)?;
        let ranking = draw(ChartName::Ranking, &material, &setting)?;
        Ok(Self {
            burn_up: Arc::new(burn_up),
            ranking: Arc::new(ranking),
        })
    }

    /// Every chart with its name in files.
    const fn each(&self) -> [(&'static str, &Arc<Chart>); 2] {
        [("burn-up", &self.burn_up), ("ranking", &self.ranking)]
    }
}

/// The pages of all units, in the order of the table; drawn on all cores.
pub(crate) fn provinces(
    input: &PackInput<'_>,
    about: &About,
) -> Result<Vec<ProvincePage>, PackError> {
    let rows = input.national.rows.par_iter();
    let reports =
        rows.filter_map(|row| ProvinceReport::new(&input.report, input.national, row.unit));
    let setting = setting(input, ChartSize::Compact);
    let page = |report: ProvinceReport| {
        Ok(ProvincePage {
            graph: graph::province(&report, about),
            chart: Arc::new(draw(
                ChartName::BurnUp,
                &material(input, Some(&report)),
                &setting,
            )?),
        })
    };
    reports.map(page).collect()
}

/// Writes the charts of the nation one by one, as drawings and as pictures.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let each = pack.charts.each();
    let files = each.par_iter().map(|(name, chart)| {
        let picture = chart.png(WIDTH_PX)?;
        Ok([
            PackFile::new(format!("charts/{name}.svg"), chart.svg.as_str()),
            PackFile::new(format!("charts/{name}.png"), picture),
        ])
    });
    let files: Result<Vec<_>, PackError> = files.collect();
    Ok(files?.into_iter().flatten().collect())
}

const fn material<'a>(input: &PackInput<'a>, unit: Option<&'a ProvinceReport>) -> Material<'a> {
    Material {
        input: input.report,
        report: input.national,
        unit,
        receipts: &[],
        earlier: None,
    }
}

const fn setting<'a>(input: &PackInput<'a>, size: ChartSize) -> Setting<'a> {
    Setting {
        language: input.order.language,
        size,
        published: input.published,
        reference: input.report.reference,
        synthetic: input.synthetic,
    }
}
