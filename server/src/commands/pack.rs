//! `sohoa pack`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::SecondsFormat;
use reports::pack::{PackFile, PackOrder};
use store::Store;
use store::domain::Text;

use super::outcome::{Outcome, WrongUse, print};
use super::progress::bar;
use crate::args::Pack;
use crate::packs::{STEPS, make, record};
use crate::state::{Clock, State};

/// The file that every pack has; a folder with it holds a pack.
const SIGN: &str = "SHA256SUMS";

/// Makes a pack, records it and writes its files: all of them or none.
pub(super) fn run(options: &Pack, clock: &Clock) -> anyhow::Result<Outcome> {
    must_take(&options.out)?;
    let state = State::new(
        Store::open_existing(&options.database.database)?,
        clock.clone(),
    );
    let latest = state.latest_moment()?;
    let order = PackOrder {
        cutoff: options.cutoff,
        known_on: options
            .known_on
            .map_or(latest, |known_on| known_on.moment(latest)),
        view: options.units,
        language: options.lang.language,
        least_percent: options.least_percent,
        issuer: options.issuer.clone(),
    };
    let progress = bar(u64::try_from(STEPS)?, "");
    let made = make(&state, &order, &options.by, &|number, name| {
        progress.set_message(name);
        progress.set_position(u64::try_from(number).unwrap_or(u64::MAX));
        true
    })?;
    let written = write_beside(&options.out, &made.files)?;
    let issued = record(&state, &made)?;
    put_in_place(&written, &options.out)?;
    progress.finish_and_clear();
    let known_on = order.known_on.to_rfc3339_opts(SecondsFormat::Micros, true);
    let incomplete = if made.issue.complete {
        ""
    } else {
        " · INCOMPLETE FIGURES"
    };
    print(
        format!(
            "pack {} of {} as known on {known_on}: {} files in {}\n{}{incomplete}\ndigest {}\n",
            issued.number,
            order.cutoff,
            made.files.len(),
            options.out.display(),
            made.coverage,
            made.issue.sha256,
        )
        .as_bytes(),
    )?;
    Ok(Outcome::Done)
}

/// Whether the pack may be written there: a folder that is not there yet, is empty, or holds an earlier pack.
fn must_take(out: &Path) -> anyhow::Result<()> {
    let Ok(mut entries) = std::fs::read_dir(out) else {
        if out.exists() {
            let place = out.display();
            bail!(WrongUse(Text::new(
                format!("{place} không phải là thư mục"),
                format!("{place} is no folder"),
            )));
        }
        return Ok(());
    };
    if entries.next().is_some() && !out.join(SIGN).exists() {
        let place = out.display();
        bail!(WrongUse(Text::new(
            format!("{place} không trống và không chứa bộ tài liệu nào"),
            format!("{place} is not empty and holds no pack"),
        )));
    }
    Ok(())
}

/// Writes all files into a new folder beside the one asked for.
fn write_beside(out: &Path, files: &[PackFile]) -> anyhow::Result<PathBuf> {
    let beside = neighbour(out, "part");
    let _absent = std::fs::remove_dir_all(&beside);
    for file in files {
        let path = beside.join(&file.path);
        let folder = path.parent().unwrap_or(&beside);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, &file.bytes))
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(beside)
}

/// Puts a finished folder in the place asked for; the pack that was there goes only when the new one is whole.
fn put_in_place(written: &Path, out: &Path) -> anyhow::Result<()> {
    let moved = |from: &Path, to: &Path| {
        std::fs::rename(from, to)
            .with_context(|| format!("moving {} to {}", from.display(), to.display()))
    };
    if out.exists() {
        let old = neighbour(out, "old");
        let _absent = std::fs::remove_dir_all(&old);
        moved(out, &old)?;
        moved(written, out)?;
        return std::fs::remove_dir_all(&old)
            .with_context(|| format!("removing {}", old.display()));
    }
    moved(written, out)
}

/// A hidden folder beside another, on the same disk, so that moving it is one step.
fn neighbour(out: &Path, ending: &str) -> PathBuf {
    let name = out.file_name().unwrap_or(out.as_os_str()).to_string_lossy();
    out.with_file_name(format!(".{name}.{ending}"))
}
