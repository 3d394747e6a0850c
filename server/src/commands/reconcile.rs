//! `sohoa reconcile check`: works on files of this machine only; neither a database nor the network is opened.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use loader::comparison::{
    Comparison, PairsError, RunFacts, compare_pairs, counts_csv, counts_json,
};
use store::domain::{Reference, UnitId};

use super::outcome::{Outcome, no_province, print};
use crate::args::{CountsFormat, ReconcileCheck};

/// Compares a file of pairs and prints the counts.
pub(super) fn check(options: &ReconcileCheck) -> anyhow::Result<Outcome> {
    let facts = facts(options)?;
    let pairs = File::open(&options.pairs)
        .with_context(|| format!("opening {}", options.pairs.display()))?;
    let compared = match &options.worklist {
        Some(path) => with_worklist(pairs, &facts, path),
        None => compare_pairs(pairs, &facts, None),
    };
    let language = options.lang.language;
    match compared {
        Ok(comparison) => {
            if !comparison.ignored_columns.is_empty() {
                tracing::warn!(columns = ?comparison.ignored_columns, "columns with other headers were not looked at");
            }
            let document = match options.format {
                CountsFormat::Json => counts_json(&comparison, &facts),
                CountsFormat::Csv => counts_csv(&comparison, &facts),
            };
            print(&document).context("the counts could not be written")?;
            Ok(Outcome::Done)
        }
        Err(PairsError::Problems { listed, total }) => {
            let mut said = String::new();
            for problem in &listed {
                said.push_str(&problem.in_language(language));
                said.push('\n');
            }
            if u64::try_from(listed.len()).is_ok_and(|listed| listed < total) {
                said.push_str(language.pick("…, tổng số lỗi: ", "…, problems in all: "));
                said.push_str(&language.whole(i64::try_from(total).unwrap_or(i64::MAX)));
                said.push('\n');
            }
            print(said.as_bytes())?;
            Ok(Outcome::Rejected)
        }
        Err(PairsError::Io(error)) => Err(error.into()),
    }
}

fn facts(options: &ReconcileCheck) -> anyhow::Result<RunFacts> {
    let day = options.week.last_day();
    let unit = |code: &str| -> anyhow::Result<UnitId> {
        let unit = Reference::embedded().units.find_by_code(code, day);
        let unit = unit.ok_or_else(|| no_province(code, day))?;
        Ok(unit.id)
    };
    Ok(RunFacts {
        province: options.province.as_deref().map(unit).transpose()?,
        record_type: options.record_type,
        week: options.week,
        stage: options.stage,
        hotich_as_of: options.hotich_as_of,
        dancu_as_of: options.dancu_as_of,
    })
}

/// Writes the worklist beside its final name first, so that a run that fails leaves nothing of it.
fn with_worklist(pairs: File, facts: &RunFacts, path: &Path) -> Result<Comparison, PairsError> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let written = (|| {
        let mut file = BufWriter::new(File::create(&part)?);
        let comparison = compare_pairs(pairs, facts, Some(&mut file))?;
        file.flush()?;
        drop(file);
        fs::rename(&part, path)?;
        Ok(comparison)
    })();
    if written.is_err() {
        // Where it was never made there is nothing to remove.
        drop(fs::remove_file(&part));
    }
    written
}
