//! What changed since the last meeting: the parts of the national change, and the cells that differ.

use store::domain::{Language, Reported};

use crate::charts::style::moment;
use crate::model::{ChangeParts, ChangeRow, NationalChange};
use crate::pack::cell::{Cell, Kind};
use crate::pack::table::{Column, Table};
use crate::words::stage_name;

/// The parts of the change of the nation; each row adds up from left to right.
pub(crate) fn national(change: Option<&NationalChange>, language: Language) -> Table {
    let t = |vi, en| language.pick(vi, en);
    let row = |key: &str, name: &str, parts: &ChangeParts| {
        let numbers = [
            parts.before,
            parts.work,
            parts.corrections,
            parts.scope,
            parts.coverage,
            parts.now,
        ];
        let mut row = vec![Cell::from(key), Cell::from(name)];
        row.extend(numbers.map(Cell::Number));
        row
    };
    let rows = change.map_or_else(Vec::new, |change| {
        vec![
            row("transferred", t("Đã chuyển", "Transferred"), &change.done),
            row("total", t("Tổng số cần số hóa", "Total"), &change.total),
            row("remaining", t("Còn lại", "Remaining"), &change.remaining),
        ]
    });
    Table {
        key: "national_change",
        title: t("Thay đổi toàn quốc", "National change"),
        columns: national_columns(language),
        rows,
    }
}

fn national_columns(language: Language) -> Vec<Column> {
    let t = |vi, en| language.pick(vi, en);
    let number = |key, heading, meaning| Column::new((key, Kind::Number), heading, meaning);
    vec![
        Column::new(("figure", Kind::Words), t("Mã", "Key"), ""),
        Column::new(("name", Kind::Words), t("Chỉ tiêu", "Figure"), ""),
        number(
            "before",
            t("Kỳ họp trước", "Last meeting"),
            t(
                "Như cuộc họp trước đã thấy, đơn vị thiếu lấy số gần nhất",
                "As the last meeting saw it, missing units at their last figure",
            ),
        ),
        number(
            "work",
            t("Việc đã làm", "Work done"),
            t(
                "Số đã chuyển tăng thêm từ tuần của cuộc họp trước",
                "Growth of the count since the week of the last meeting",
            ),
        ),
        number(
            "corrections",
            t("Đính chính", "Corrections"),
            t(
                "Số của kỳ trước được sửa lại từ đó, và số giảm",
                "What the earlier figures were changed by since, and falls",
            ),
        ),
        number(
            "scope",
            t("Đổi tổng số", "Scope"),
            t("Thay đổi của số cần số hóa", "Change of totals"),
        ),
        number(
            "coverage",
            t("Thêm, bớt số liệu", "Figures that came or went"),
            t(
                "Đơn vị chỉ có số liệu ở một trong hai kỳ họp",
                "Units with a figure at one of the two meetings only",
            ),
        ),
        number("now", t("Kỳ này", "Now"), ""),
    ]
}

/// A text in Vietnamese and English.
type Pair = (&'static str, &'static str);

/// The columns of the list of cells: name in files, kind, heading, meaning.
const COLUMNS: [(&str, Kind, Pair, Pair); 15] = [
    ("unit", Kind::Words, ("Mã đơn vị", "Unit"), ("", "")),
    ("name", Kind::Words, ("Địa phương", "Province"), ("", "")),
    ("as_of", Kind::Day, ("Số liệu ngày", "As of"), ("", "")),
    ("part", Kind::Words, ("Phần việc", "Part"), ("", "")),
    ("stage", Kind::Words, ("Giai đoạn", "Stage"), ("", "")),
    (
        "before",
        Kind::Number,
        ("Giá trị cũ", "Old value"),
        (
            "Như đã biết ở thời điểm trước; trống: chưa có",
            "As known at the earlier moment; empty: none",
        ),
    ),
    (
        "after",
        Kind::Number,
        ("Giá trị mới", "New value"),
        (
            "Như đã biết ở thời điểm sau; trống: không còn",
            "As known at the later moment; empty: none any more",
        ),
    ),
    (
        "difference",
        Kind::Number,
        ("Chênh lệch", "Difference"),
        ("Giá trị mới trừ giá trị cũ", "New value less old value"),
    ),
    ("kind", Kind::Words, ("Loại", "Kind"), ("", "")),
    ("reason", Kind::Words, ("Lý do", "Reason"), ("", "")),
    ("by", Kind::Words, ("Người thực hiện", "By"), ("", "")),
    ("at", Kind::Words, ("Ghi nhận lúc", "Recorded"), ("", "")),
    ("file", Kind::Words, ("Tệp", "File"), ("", "")),
    (
        "file_number",
        Kind::Number,
        ("Số tệp", "File number"),
        ("", ""),
    ),
    (
        "approximate",
        Kind::Words,
        ("Ước chừng", "Approximate"),
        (
            "Giá trị nào do địa phương ghi là ước chừng",
            "Which value the province gave as approximate",
        ),
    ),
];

/// The cells that differ.
pub(crate) fn cells(rows: &[&ChangeRow], language: Language) -> Table {
    let pick = |(vi, en): Pair| language.pick(vi, en);
    let column =
        |(key, kind, heading, meaning)| Column::new((key, kind), pick(heading), pick(meaning));
    Table {
        key: "changed_cells",
        title: language.pick("Số liệu được sửa", "Figures that changed"),
        columns: COLUMNS.into_iter().map(column).collect(),
        rows: rows.iter().map(|row| cell_row(row, language)).collect(),
    }
}

fn cell_row(row: &ChangeRow, language: Language) -> Vec<Cell> {
    let change = &row.change;
    let value = |reported: Option<Reported>| Cell::from(reported.map(|reported| reported.count));
    let words = |text: store::domain::Text| Cell::from(text.in_language(language));
    let about = |reported: Option<Reported>, vi, en| {
        reported
            .filter(|reported| reported.approximate)
            .map(|_| language.pick(vi, en))
    };
    let approximate = [
        about(change.before, "cũ", "old"),
        about(change.after, "mới", "new"),
    ];
    let approximate: Vec<&str> = approximate.into_iter().flatten().collect();
    vec![
        change.cell.unit.to_string().into(),
        row.name.in_language(language).into(),
        Cell::Day(change.cell.as_of),
        row.part.in_language(language).into(),
        words(stage_name(change.cell.stage)),
        value(change.before),
        value(change.after),
        Cell::number(row.difference()),
        words(row.kind.name()),
        Cell::words(change.reason.clone()),
        change.by.clone().into(),
        moment(language, change.at).into(),
        change.file_name.clone().into(),
        Cell::Number(change.submission.0),
        approximate.join(", ").into(),
    ]
}
