//! Puts the files of all provinces together in the order of their arrival.

use chrono::{DateTime, Utc};
use store::domain::Reference;

use super::counts_form::Office;
use super::history::{Province, provinces};
use super::reconciliation::batches;
use super::scenario::week;
use super::schedule::{Kind, Report, reports};
use super::spelling::slug;

/// A made-up file as a province sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    /// The form, the week and the name, such as `counts/2024-W10/24-bac-giang.csv`; no two files have the same.
    pub path: String,
    /// The file as a spreadsheet program saved it.
    pub bytes: Vec<u8>,
    /// The moment it arrives, always after the day its figures are true for.
    pub received_at: DateTime<Utc>,
    /// What the officer answers where the intake asks: why figures fall or do not add up, what is corrected, why the file is
    /// late. `None` for an ordinary file.
    pub explanation: Option<String>,
}

/// Makes three years of weekly files from the 63 provinces, July 2022 to June 2025, in the order of their arrival.
///
/// All figures are synthetic; see `data/demo/README.md`. The same reference data give the same bytes everywhere.
#[must_use]
pub fn demo_files(reference: &Reference) -> Vec<DemoFile> {
    let provinces = provinces(reference);
    let mut files = Vec::new();
    for (province, owner) in provinces.iter().zip(0..) {
        let mut office = Office::new(province, owner, reference);
        for report in reports(province, owner, &reference.calendar) {
            files.push(DemoFile {
                path: path(province, &report),
                bytes: office.file(&report),
                received_at: report.received_at,
                explanation: (!report.reasons.is_empty()).then(|| report.reasons.join("; ")),
            });
        }
        files.extend(batches(province, owner).into_iter().map(|run| DemoFile {
            path: format!(
                "reconciliation/{}/{}{}",
                week(run.week),
                slug(province.unit),
                run.ending
            ),
            bytes: run.bytes,
            received_at: run.received_at,
            explanation: None,
        }));
    }
    files.sort_by(|one, other| (one.received_at, &one.path).cmp(&(other.received_at, &other.path)));
    files
}

fn path(province: &Province<'_>, report: &Report) -> String {
    let name = slug(province.unit);
    let folder = week(report.week);
    match report.kind {
        Kind::Weekly => format!("counts/{folder}/{name}.csv"),
        Kind::Daily => format!("counts/{folder}/{name}-{}.csv", report.as_of),
        Kind::Correction => format!("counts/{folder}/{name}-dinh-chinh.csv"),
    }
}
