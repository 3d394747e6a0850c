//! `sohoa backup`, `restore`, `verify` and `upgrade`: what keeps the data alive.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use store::domain::{Digest, Language, Text};
use store::{Store, StoreError, Verification};
use tempfile::{NamedTempFile, TempDir};

use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Backup, Restore, Upgrade, Verify};
use crate::state::Clock;

/// Writes an archive: under another name first, and under its own when it is whole and on the disk.
pub(super) fn back_up(options: &Backup, clock: &Clock) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let out = name_of(&options.out, clock);
    if out.exists() {
        let name = out.display();
        return Err(WrongUse(Text::new(
            format!("{name} đã có; hãy chọn tên khác"),
            format!("{name} is there already; choose another name"),
        ))
        .into());
    }
    let folder = folder_of(&out);
    let name = out.display().to_string();
    let cannot = || language.pick("không ghi được", "cannot write").to_owned() + " " + &name;
    let file = NamedTempFile::new_in(folder).with_context(cannot)?;
    let manifest = Store::back_up(&options.database.database, BufWriter::new(file.as_file()))
        .with_context(cannot)?;
    file.as_file().sync_all().with_context(cannot)?;
    let sha256 = Digest::of_reader(BufReader::new(File::open(file.path())?))?;
    file.persist_noclobber(&out).with_context(cannot)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(cannot)?;
    let (entries, rows) = (manifest.entries, manifest.rows());
    print(match language {
        Language::Vi => {
            format!("đã sao lưu {entries} mục nhật ký, {rows} dòng vào {name}\nSHA-256 {sha256}\n")
        }
        Language::En => {
            format!("backed up {entries} log entries, {rows} rows into {name}\nSHA-256 {sha256}\n")
        }
    })?;
    let backup = store::Backup {
        sha256,
        entries,
        finished_at: clock(),
    };
    // The archive is whole either way: a database that is not written to, or of an older program, notes nothing.
    if let Err(error) =
        Store::attach(&options.database.database).and_then(|store| store.note_backup(&backup))
    {
        tracing::warn!(%error, "the database could not note the backup");
    }
    Ok(Outcome::Done)
}

/// The file to write: the one that is named, or in a folder one that is named by the moment.
fn name_of(out: &Path, clock: &Clock) -> PathBuf {
    if out.is_dir() {
        return out.join(format!("sohoa-{}.zip", clock().format("%Y%m%dT%H%M%SZ")));
    }
    out.to_owned()
}

fn folder_of(file: &Path) -> &Path {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Makes a database of an archive and proves it.
pub(super) fn restore(options: &Restore) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let name = options.archive.display().to_string();
    let file = File::open(&options.archive).with_context(|| name.clone())?;
    let manifest = Store::restore(&options.database.database, BufReader::new(file))
        .with_context(|| name.clone())?;
    let (entries, rows) = (manifest.entries, manifest.rows());
    let head = manifest.head.unwrap_or_else(|| "-".to_owned());
    print(match language {
        Language::Vi => format!(
            "đã phục hồi {entries} mục nhật ký, {rows} dòng; đã kiểm chứng, đầu chuỗi {head}\n"
        ),
        Language::En => {
            format!("restored {entries} log entries, {rows} rows; proved, head {head}\n")
        }
    })?;
    Ok(Outcome::Done)
}

/// Proves the log and everything it tells of.
pub(super) fn verify(options: &Verify) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let store = Store::open_existing(&options.database.database)?;
    let unreadable = language.pick(
        "không đọc được nhật ký đến hết",
        "the log could not be read to its end",
    );
    tell(&store.verify().context(unreadable)?, language)
}

fn tell(proof: &Verification, language: Language) -> anyhow::Result<Outcome> {
    match proof {
        Verification::Whole { entries, head } => {
            let head = head.map_or_else(|| "-".to_owned(), |head| head.to_string());
            print(match language {
                Language::Vi => format!("nhật ký nguyên vẹn: {entries} mục, đầu chuỗi {head}\n"),
                Language::En => format!("the log is whole: {entries} entries, head {head}\n"),
            })?;
            Ok(Outcome::Done)
        }
        Verification::Broken { entry, reason } => {
            let broken = language.pick("nhật ký bị đứt ở mục", "the log is broken at entry");
            anyhow::bail!("{broken} {entry}: {reason}")
        }
        Verification::Outside { table, reason } => {
            let changed = language.pick("bảng bị sửa", "a table was changed");
            anyhow::bail!("{changed}: {table}: {reason}")
        }
    }
}

/// Brings the tables up to date, or only tries it on a copy.
pub(super) fn upgrade(options: &Upgrade) -> anyhow::Result<Outcome> {
    let (address, language) = (&options.database.database, options.lang.language);
    if !options.rehearse {
        let store = Store::open_existing(address)?;
        return tell(&store.verify()?, language);
    }
    let scratch = scratch_beside(address)?;
    let rehearsal = Store::rehearse(address, scratch.path())?;
    let mut text = match rehearsal.pending.as_slice() {
        [] => language
            .pick("không có gì phải nâng cấp\n", "nothing to upgrade\n")
            .to_owned(),
        pending => {
            let title = language.pick("sẽ chạy:", "would run:");
            format!("{title}\n  {}\n", pending.join("\n  "))
        }
    };
    for (table, rows) in &rehearsal.after {
        let before = rehearsal.before.get(table).copied();
        if before != Some(*rows) {
            let before = before.map_or_else(|| "-".to_owned(), |rows| rows.to_string());
            text = format!("{text}  {table}: {before} → {rows}\n");
        }
    }
    let gone = rehearsal
        .before
        .keys()
        .filter(|table| !rehearsal.after.contains_key(*table));
    for table in gone {
        text = format!("{text}  {table}: → -\n");
    }
    print(text)?;
    tell(&rehearsal.verification, language)
}

/// A folder for the copy: where an embedded database has its own room, else among the temporary files.
fn scratch_beside(address: &str) -> Result<TempDir, StoreError> {
    let file = Path::new(address);
    let made = if file.is_file() {
        tempfile::tempdir_in(folder_of(file))
    } else {
        tempfile::tempdir()
    };
    made.map_err(StoreError::ArchiveFile)
}
