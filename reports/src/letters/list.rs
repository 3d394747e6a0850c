//! The list that goes with letters: who gets one and why, as workbook, CSV and document.

use super::{LetterInput, difficulty_words, letter_path, silence_words, stem};
use crate::charts::SYNTHETIC_MARK;
use crate::charts::style::moment;
use crate::model::Latecomer;
use crate::pack::cell::{Cell, Kind};
use crate::pack::docx::list_document;
use crate::pack::table::{Column, Table};
use crate::pack::xlsx::{Masthead, table_book};
use crate::pack::{PackError, PackFile};

/// The columns of the document and their widths in twentieths of a point; together what the margins leave of a
/// landscape page.
const COLUMNS: [(&str, u32); 7] = [
    ("number", 650),
    ("name", 2300),
    ("silence", 3300),
    ("last_contact", 1900),
    ("last_figure", 1600),
    ("difficulties", 3236),
    ("letter", 1300),
];

pub(super) fn files(
    input: &LetterInput<'_>,
    overdue: &[&Latecomer],
) -> Result<Vec<PackFile>, PackError> {
    let language = input.language;
    let table = table(input, overdue);
    let title = format!(
        "{} {}",
        language.pick("Báo cáo quá hạn tuần", "Overdue reports of week"),
        input.week
    );
    let foot = format!(
        "{} {} · {} {}",
        language.pick("Hạn nộp", "Due on"),
        language.date(input.lateness.due_on),
        language.pick("ghi nhận đến", "known on"),
        moment(language, input.known_on)
    );
    let masthead = Masthead {
        title,
        foot,
        corner: input.week.to_string(),
        digest: String::new(),
        watermark: None,
        synthetic: input.synthetic.then_some(SYNTHETIC_MARK),
        language,
    };
    let name = |ending| {
        let list = language.pick("danh-sach", "list");
        format!("{}-{}-{list}.{ending}", stem(input), input.week)
    };
    Ok(vec![
        PackFile::new(name("xlsx"), table_book(&table, &masthead, input.known_on)?),
        PackFile::new(name("csv"), table.sheet_csv()?),
        PackFile::new(
            name("docx"),
            list_document(&table, &COLUMNS, &masthead, input.issuer)?,
        ),
    ])
}

fn table(input: &LetterInput<'_>, overdue: &[&Latecomer]) -> Table {
    let language = input.language;
    let row = |(number, row): (i64, &&Latecomer)| {
        vec![
            Cell::Number(number),
            row.unit.to_string().into(),
            row.name.in_language(language).into(),
            silence_words(row, language).into(),
            Cell::number(row.weeks_silent),
            Cell::words(row.last_contact.map(|at| moment(language, at))),
            row.last_figure.into(),
            difficulty_words(row, language).into(),
            letter_path(input, row).into(),
        ]
    };
    let column = |(key, kind, vi, en)| Column::new((key, kind), language.pick(vi, en), "");
    let columns = [
        ("number", Kind::Number, "TT", "No."),
        ("unit", Kind::Words, "Mã đơn vị", "Unit"),
        ("name", Kind::Words, "Địa phương", "Province"),
        ("silence", Kind::Words, "Chưa báo cáo", "Not reported for"),
        ("weeks_silent", Kind::Number, "Số tuần", "Weeks"),
        (
            "last_contact",
            Kind::Words,
            "Nhận tệp lần cuối",
            "Last file",
        ),
        (
            "last_figure",
            Kind::Number,
            "Đã chuyển, số gần nhất",
            "Transferred, last figure",
        ),
        (
            "difficulties",
            Kind::Words,
            "Khó khăn đã nêu",
            "Difficulties named",
        ),
        ("letter", Kind::Words, "Công văn", "Letter"),
    ];
    Table {
        key: "overdue",
        title: language.pick("Báo cáo quá hạn", "Overdue reports"),
        columns: columns.into_iter().map(column).collect(),
        rows: (1..).zip(overdue).map(row).collect(),
    }
}
