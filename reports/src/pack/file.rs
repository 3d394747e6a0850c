//! The files of a pack, their digests, and all of them in one archive.

use std::io::{Cursor, Read as _, Write as _};

use store::domain::Digest;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::error::PackError;

/// The name of the file that lists the others with their digests.
const CHECKSUMS: &str = "SHA256SUMS";

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Its path inside the pack, with `/` between folders.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PackFile {
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
        }
    }
}

/// The list of all files with their digests, in the form that `sha256sum --check` reads. Its own digest is that of the
/// pack.
#[must_use]
pub fn checksums(files: &[PackFile]) -> PackFile {
    let line = |file: &PackFile| format!("{}  {}\n", Digest::of(&file.bytes), file.path);
    PackFile::new(CHECKSUMS, files.iter().map(line).collect::<String>())
}

/// All files in one ZIP archive, without a time stamp of our own.
///
/// # Errors
/// [`PackError::Package`] where the archive cannot be written.
pub fn archive(files: &[PackFile]) -> Result<Vec<u8>, PackError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for file in files {
        writer.start_file(file.path.as_str(), options)?;
        writer.write_all(&file.bytes).map_err(ZipError::Io)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The files of an archive that [`archive`] made, in their order.
///
/// # Errors
/// [`PackError::Package`] where it is no such archive.
pub fn unpacked(archive: &[u8]) -> Result<Vec<PackFile>, PackError> {
    let mut archive = ZipArchive::new(Cursor::new(archive))?;
    let mut files = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place)?;
        let path = file.name()?.into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(ZipError::Io)?;
        files.push(PackFile { path, bytes });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_of_the_same_files_has_the_same_bytes() {
        let files = [PackFile::new("a/b.txt", "số hóa"), PackFile::new("c", "")];
        let made = archive(&files).unwrap();
        assert_eq!(made, archive(&files).unwrap());
        assert_eq!(unpacked(&made).unwrap(), files);
        let sums = String::from_utf8(checksums(&files).bytes).unwrap();
        assert!(sums.ends_with("7852b855  c\n"), "{sums}");
    }
}
