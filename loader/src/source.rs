//! A file on its way in: a plain name and its bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use store::domain::{Digest, Text};

use crate::finding::Finding;
use crate::fold::tidy;
use crate::read::{Content, DiskText};
use crate::rule::Rule;

/// The largest file read unless a setting says otherwise: 50 MB. A year of weekly rows of every commune is a tenth of it.
pub const DEFAULT_SIZE_LIMIT: u64 = 50 * 1024 * 1024;

/// A file that was not read, and why.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) name: String,
    /// Its length in bytes; 0 where it is not known.
    pub(crate) size: u64,
    pub(crate) finding: Finding,
}

/// The longest file name kept, in letters.
const LONGEST_NAME: usize = 200;

/// A file as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// A file of a name and its bytes. The name never acts as a path: folders and control characters are dropped.
    #[must_use]
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: plain_name(name),
            bytes,
        }
    }

    /// The plain name, never empty.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads a file. The length is looked up first, so that a file beyond the limit is refused without being read.
    pub(crate) fn open(path: &Path, size_limit: u64) -> Result<Self, Box<Refused>> {
        let (name, size) = measure(path, size_limit)?;
        match read(path, size, size_limit) {
            Ok(bytes) => Ok(Self { name, bytes }),
            Err(error) => refuse(name, size, unreadable(&Text::same(&error.to_string()))),
        }
    }
}

/// The name and the length of an ordinary file that is not too large.
fn measure(path: &Path, size_limit: u64) -> Result<(String, u64), Box<Refused>> {
    let name = plain_name(&path.to_string_lossy());
    let size = match path.metadata() {
        Ok(facts) if facts.is_file() => facts.len(),
        Ok(_) => {
            let reason = Text::new("không phải tệp thường", "it is no ordinary file");
            return refuse(name, 0, unreadable(&reason));
        }
        Err(error) => return refuse(name, 0, unreadable(&Text::same(&error.to_string()))),
    };
    if size > size_limit {
        return refuse(name, size, too_large(size, size_limit));
    }
    Ok((name, size))
}

fn refuse<T>(name: String, size: u64, finding: Finding) -> Result<T, Box<Refused>> {
    Err(Box::new(Refused {
        name,
        size,
        finding,
    }))
}

fn read(path: &Path, size: u64, size_limit: u64) -> io::Result<Vec<u8>> {
    // With a byte more the end is found without more room; a length that does not fit is found to be too large later.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    // The file may have grown since its length was looked up.
    File::open(path)?
        .take(size_limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Shorter files are read whole in any case.
const LARGE: u64 = 1 << 20;

/// Where the bytes of a file are.
#[derive(Debug)]
pub(crate) enum Source {
    /// Here.
    Kept(Vec<u8>),
    /// Where they were, for they are a text that is read in pieces.
    OnDisk(DiskText),
}

impl Source {
    pub(crate) const fn content(&self) -> Content<'_> {
        match self {
            Self::Kept(bytes) => Content::Kept(bytes.as_slice()),
            Self::OnDisk(text) => Content::OnDisk(text),
        }
    }

    /// The bytes; `None` where they are not held.
    pub(crate) fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Kept(bytes) => Some(bytes),
            Self::OnDisk(_) => None,
        }
    }
}

/// A file that was gone through once.
#[derive(Debug)]
pub(crate) struct SurveyedFile {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) sha256: Digest,
    pub(crate) source: Source,
}

impl SurveyedFile {
    /// Goes through a file, and holds it unless it is a long text in UTF-8.
    pub(crate) fn open(path: &Path, size_limit: u64) -> Result<Self, Box<Refused>> {
        let (name, size) = measure(path, size_limit)?;
        let on_disk = || File::open(path).and_then(|file| DiskText::survey(file, size));
        let found = match size {
            LARGE.. => on_disk(),
            _ => Ok(None),
        };
        let found = found.and_then(|found| match found {
            Some((text, sha256)) => Ok((sha256, size, Source::OnDisk(text))),
            None => {
                let bytes = read(path, size, size_limit)?;
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Ok((Digest::of(&bytes), length, Source::Kept(bytes)))
            }
        });
        match found {
            Ok((_, size, _)) if size > size_limit => {
                refuse(name, size, too_large(size, size_limit))
            }
            Ok((sha256, size, source)) => Ok(Self {
                name,
                size,
                sha256,
                source,
            }),
            Err(error) => refuse(name, size, unreadable(&Text::same(&error.to_string()))),
        }
    }
}

/// The last part of a path of any system, without control characters.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .filter(|letter| !letter.is_control() && !crate::value::is_direction_mark(*letter))
        .take(LONGEST_NAME)
        .collect();
    match tidy(&visible) {
        name if name.is_empty() || name == "." || name == ".." => "unnamed".to_owned(),
        name => name,
    }
}

pub(crate) fn too_large(length: u64, limit: u64) -> Finding {
    Finding::error(
        Rule::FileSize,
        Text::new(
            format!("tệp dài {length} byte, quá giới hạn {limit} byte, nên không được đọc"),
            format!(
                "the file has {length} bytes, more than the limit of {limit}, and was not read"
            ),
        ),
        Text::new(
            "kiểm tra lại có đúng tệp không; nếu đúng, tách thành nhiều tệp theo ngày hoặc theo \
             tỉnh",
            "check that it is the right file; if so, split it into several by date or by province",
        ),
    )
}

pub(crate) fn unreadable(reason: &Text) -> Finding {
    Finding::error(
        Rule::Unreadable,
        Text::new(
            format!("không đọc được tệp: {}", reason.vi),
            format!("the file cannot be read: {}", reason.en),
        ),
        Text::new(
            "kiểm tra đường dẫn và quyền đọc tệp, đóng tệp trong Excel rồi thử lại",
            "check the path and the right to read the file, close it in Excel and try again",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_never_a_path() {
        let cases = [
            ("báo cáo.csv", "báo cáo.csv"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Users\so\tuan 9.csv", "tuan 9.csv"),
            ("a\u{0}b\r\n.csv", "ab.csv"),
            ("tuan\u{202e}vsc.exe", "tuanvsc.exe"),
            ("..", "unnamed"),
            ("folder/", "unnamed"),
            ("", "unnamed"),
        ];
        for (given, kept) in cases {
            assert_eq!(SourceFile::new(given, Vec::new()).name(), kept);
        }
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_by_its_length() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        let file = File::create(&path).unwrap();
        // A sparse file: a gigabyte long without a byte on disk. Reading it would take noticeable time and memory.
        file.set_len(1 << 30).unwrap();
        let refused = SourceFile::open(&path, DEFAULT_SIZE_LIMIT).unwrap_err();
        assert_eq!(
            (refused.name.as_str(), refused.size),
            ("large.csv", 1 << 30)
        );
        assert_eq!(refused.finding.rule, Rule::FileSize);
        let refused = SourceFile::open(folder.path(), 10).unwrap_err();
        assert_eq!(refused.finding.rule, Rule::Unreadable);
    }
}
