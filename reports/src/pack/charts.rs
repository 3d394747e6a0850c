//! The drawn charts of a pack: every chart of the nation, one by one, and a burn-up for each unit.

use std::sync::Arc;

use rayon::prelude::*;

use super::Pack;
use super::about::About;
use super::error::PackError;
use super::file::PackFile;
use super::graph::{self, Graph};
use super::input::PackInput;
use crate::charts::{Chart, ChartFormat, ChartSize};
use crate::illustrate::{ChartName, Material, Setting, draw};
use crate::model::ProvinceReport;

/// The width of pictures in pixels: that of a projector.
const WIDTH_PX: u32 = 1920;

/// The charts of the nation and of all units.
#[derive(Clone, Debug)]
pub(crate) struct Charts {
    each: Vec<(ChartName, Arc<Chart>)>,
}

/// What the page of one unit shows: its chart as an office program draws it, and as we do.
#[derive(Clone, Debug)]
pub(crate) struct ProvincePage {
    pub(crate) graph: Graph,
    pub(crate) chart: Arc<Chart>,
}

impl Charts {
    /// Draws every chart, on all cores.
    pub(crate) fn new(input: &PackInput<'_>, size: ChartSize) -> Result<Self, PackError> {
        let setting = setting(input, size);
        let material = material(input, None);
        let is_told =
            |name: &ChartName| !name.is_of_reconciliation() || input.reconciliation.is_some();
        let drawn = |name: &ChartName| Ok((*name, Arc::new(draw(*name, &material, &setting)?)));
        let names: Vec<ChartName> = ChartName::ALL.into_iter().filter(is_told).collect();
        let each: Result<Vec<_>, PackError> = names.par_iter().map(drawn).collect();
        Ok(Self { each: each? })
    }

    /// A chart by its name.
    pub(crate) fn of(&self, name: ChartName) -> Option<&Arc<Chart>> {
        let found = self.each.iter().find(|(each, _)| *each == name);
        found.map(|(_, chart)| chart)
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
    let setting = setting(input, ChartSize::Full);
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

/// Writes the charts one by one, in every form a chart is saved in.
pub(crate) fn render(pack: &Pack) -> Result<Vec<PackFile>, PackError> {
    let each = pack.charts.each.par_iter();
    let files = each.map(|(name, chart)| {
        let files = ChartFormat::ALL.map(|format| {
            let path = format!("charts/{}.{}", name.key(), format.key());
            Ok(PackFile::new(path, chart.file(format, WIDTH_PX)?))
        });
        files.into_iter().collect()
    });
    let files: Result<Vec<Vec<_>>, PackError> = files.collect();
    Ok(files?.into_iter().flatten().collect())
}

fn material<'a>(input: &PackInput<'a>, unit: Option<&'a ProvinceReport>) -> Material<'a> {
    Material {
        input: input.report,
        report: input.national,
        unit,
        receipts: input.receipts,
        earlier: input.meeting.map(|meeting| meeting.earlier),
        reconciliation: input.reconciliation,
    }
}

/// How the charts of a pack are set.
pub(crate) const fn setting<'a>(input: &PackInput<'a>, size: ChartSize) -> Setting<'a> {
    Setting {
        language: input.order.language,
        size,
        published: input.report.published,
        reference: input.report.reference,
        synthetic: input.synthetic,
    }
}
