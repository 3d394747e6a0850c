//! The kinds of workbooks, told by their bytes; the name of a file says nothing about it.

/// A kind of workbook that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Excel since 2007, with or without macros; macros are never run or read.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// LibreOffice and others.
    Ods,
}

impl Kind {
    /// The name in receipts.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
        }
    }
}

/// What holds the parts of a workbook or of another document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// A ZIP archive.
    Zip,
    /// A compound file, as Office wrote it before 2007 and still does for files with a password.
    Ole,
}

impl Container {
    /// `None` where the bytes are neither.
    pub(crate) const fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'P', b'K', 3 | 5 | 7, ..] => Some(Self::Zip),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(Self::Ole),
            _ => None,
        }
    }
}
