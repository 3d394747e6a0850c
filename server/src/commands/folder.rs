//! A folder that a command fills: all files or none, and never over something else.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use reports::pack::PackFile;
use store::domain::Text;

use super::outcome::WrongUse;

/// The list of digests that every pack and every set of letters has; a folder with it may be replaced.
const SIGN: &str = "SHA256SUMS";

/// Whether files may be written there: a folder that is not there yet, is empty, or holds earlier ones of ours.
pub(super) fn must_take(out: &Path) -> anyhow::Result<()> {
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
pub(super) fn write_beside(out: &Path, files: &[PackFile]) -> anyhow::Result<PathBuf> {
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

/// Puts a finished folder in the place asked for; what was there goes only when the new one is whole.
pub(super) fn put_in_place(written: &Path, out: &Path) -> anyhow::Result<()> {
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
