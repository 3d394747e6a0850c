//! Why a workbook is not opened.

use store::domain::Text;

use crate::finding::Finding;
use crate::rule::Rule;

/// What the sender is told instead.
pub(super) type Refusal = Box<Finding>;

/// The limits of a workbook, each far above any real report and low enough to be opened beside many others.
///
/// Rows times columns of all sheets, up to the last cell that is not empty: a sheet of 65,536 rows has 120 columns.
pub(super) const MOST_CELLS: u64 = 8_000_000;

/// Text of all cells, in bytes.
pub(super) const MOST_TEXT: u64 = 256 * 1024 * 1024;

/// Parts of the archive together, unpacked, in bytes.
pub(super) const MOST_UNPACKED: u64 = 400 * 1024 * 1024;

/// Parts of the archive.
pub(super) const MOST_PARTS: usize = 2000;

pub(super) fn password() -> Refusal {
    Box::new(Finding::error(
        Rule::Encrypted,
        Text::new(
            "bảng tính được đặt mật khẩu nên không đọc được",
            "the workbook is protected by a password and cannot be read",
        ),
        Text::new(
            "trong Excel, chọn Tệp (File), Thông tin (Info), Bảo vệ sổ làm việc (Protect \
             Workbook), Mã hóa bằng mật khẩu (Encrypt with Password), xóa mật khẩu, lưu rồi gửi lại",
            "in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the \
             password, save and send it again",
        ),
    ))
}

/// More than is opened: `vi` and `en` say what, with its number.
pub(super) fn too_much(vi: &str, en: &str) -> Refusal {
    Box::new(Finding::error(
        Rule::WorkbookSize,
        Text::new(
            format!("bảng tính chứa {vi} nên không được mở"),
            format!("the workbook has {en} and was not opened"),
        ),
        Text::new(
            "chép riêng bảng số liệu sang một bảng tính mới, lưu rồi gửi lại",
            "copy the table alone into a new workbook, save it and send it again",
        ),
    ))
}

pub(super) fn too_many_cells() -> Refusal {
    too_much(
        &format!("ô ở quá xa bảng số liệu (quá {MOST_CELLS} ô tính cả ô trống)"),
        &format!("cells too far from the table (more than {MOST_CELLS} with the empty ones)"),
    )
}

pub(super) fn too_much_text() -> Refusal {
    too_much(
        &format!("quá {MOST_TEXT} byte chữ trong các ô"),
        &format!("more than {MOST_TEXT} bytes of text in its cells"),
    )
}

pub(super) fn damaged(reason: &str) -> Refusal {
    Box::new(Finding::error(
        Rule::Workbook,
        Text::new(
            format!("bảng tính bị hỏng hoặc chưa lưu xong: {reason}"),
            format!("the workbook is damaged or was not saved completely: {reason}"),
        ),
        Text::new(
            "mở tệp bằng Excel, lưu lại dạng “Excel Workbook (*.xlsx)” rồi gửi tệp mới",
            "open the file in Excel, save it as “Excel Workbook (*.xlsx)” and send the new file",
        ),
    ))
}

/// A document of another program, or an archive.
pub(super) fn other_file(vi: &str, en: &str) -> Refusal {
    Box::new(Finding::error(
        Rule::NotCsv,
        Text::new(
            format!("đây là {vi}, không phải bảng tính hay tệp CSV"),
            format!("this is {en}, neither a workbook nor a CSV file"),
        ),
        Text::new(
            "gửi bảng số liệu dạng “Excel Workbook (*.xlsx)” hoặc “CSV UTF-8 (*.csv)”",
            "send the table as “Excel Workbook (*.xlsx)” or “CSV UTF-8 (*.csv)”",
        ),
    ))
}
