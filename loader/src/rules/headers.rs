//! Rules about the header row.

use store::domain::{Language, Stage, Text};

use crate::column::Column;
use crate::finding::{Finding, Findings, shortened};
use crate::form::Form;
use crate::layout::{Layout, required_columns};
use crate::read::Row;
use crate::rule::Rule;

/// No row near the top has three headers that a form knows: nothing below it can be understood. Not a word of it is repeated,
/// for it may be a file about people that was sent by mistake.
pub(crate) fn no_header_row(fullest: Option<&Row>, findings: &mut Findings) {
    let message = Text::new(
        "không tìm thấy dòng tiêu đề trong 11 dòng có chữ đầu tiên; dòng này giống nhất",
        "no header row among the first 11 rows; this one is the likeliest",
    );
    let fix = Text::new(
        format!(
            "dùng tiêu đề của biểu mẫu, ví dụ: {}",
            example(Language::Vi)
        ),
        format!(
            "use the headers of the form, for example: {}",
            example(Language::En)
        ),
    );
    let line = fullest.map_or(1, |row| row.line);
    findings.push(Finding::error(Rule::MissingHeader, message, fix).on_line(line));
}

fn example(language: Language) -> String {
    let columns = [
        Column::ProvinceCode,
        Column::Province,
        Column::AsOf,
        Column::RecordType,
        Column::Stage(Stage::Total),
        Column::Stage(Stage::Entered),
        Column::Stage(Stage::Transferred),
    ];
    list(&columns, ", ", language)
}

fn list(columns: &[Column], between: &str, language: Language) -> String {
    let quoted: Vec<String> = columns
        .iter()
        .map(|column| format!("“{}”", column.header(language)))
        .collect();
    quoted.join(between)
}

fn found_headers(row: &Row) -> String {
    let found: Vec<String> = row
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .map(|cell| format!("“{}”", cell.trim()))
        .collect();
    shortened(&found.join(", ")).into_owned()
}

/// Two columns with the same meaning: which of them counts would be a guess.
pub(crate) fn given_twice(
    row: &Row,
    column: Column,
    (first, second): (usize, usize),
    findings: &mut Findings,
) {
    let header = |place: usize| shortened(row.get(place).unwrap_or_default().trim());
    let (one, other) = (header(first), header(second));
    let (first, number) = (first + 1, second + 1);
    let (vi, en) = (column.header(Language::Vi), column.header(Language::En));
    let finding = Finding::error(
        Rule::DuplicateHeader,
        Text::new(
            format!("cột {first} “{one}” và cột {number} “{other}” cùng nghĩa là “{vi}”"),
            format!("column {first} “{one}” and column {number} “{other}” both mean “{en}”"),
        ),
        Text::new(
            "giữ lại một cột, xóa hoặc đổi tên cột kia",
            "keep one of the columns, remove or rename the other",
        ),
    );
    findings.push(Finding {
        line: Some(row.line_of(second)),
        column: u64::try_from(number).ok(),
        header: Some(other.into_owned()),
        ..finding
    });
}

/// A form's required column is missing; of province name and code one is enough, and of the stages any.
pub(crate) fn check_required(layout: &Layout, row: &Row, findings: &mut Findings) {
    let groups = if layout.has(Column::Key) {
        // A sheet with a row a key has what a document has; its rows are looked at one by one.
        vec![vec![Column::Value]]
    } else {
        required_columns(layout.form)
    };
    for group in groups {
        let is_stages = matches!(group[..], [Column::Stage(_), ..]);
        if group.iter().any(|column| layout.has(*column)) || layout.is_long && is_stages {
            continue;
        }
        let message = |language, template: &str, found: &str| {
            let or = if language == Language::Vi {
                " hoặc "
            } else {
                " or "
            };
            format!(
                "{template} {}; {found}: {}",
                list(&group, or, language),
                found_headers(row)
            )
        };
        let finding = Finding::error(
            Rule::MissingHeader,
            Text::new(
                message(Language::Vi, "thiếu cột", "các cột tìm thấy"),
                message(Language::En, "missing column", "columns found"),
            ),
            Text::new(
                "thêm cột này vào dòng tiêu đề và điền cho mọi dòng",
                "add the column to the header row and fill it for every row",
            ),
        );
        findings.push(finding.on_line(row.line));
    }
}

/// Columns that the form does not know are not read, and the sender is told so; an empty one without a header is nothing.
///
/// The line is that of the header.
pub(crate) fn ignored_column(layout: &Layout, place: usize, line: u64) -> Finding {
    let header = header_of(layout, place);
    let finding = Finding::note(
        Rule::IgnoredColumn,
        ignored_message(place + 1, &header, layout.form),
        Text::new(
            "nếu cột này cần được đọc, đổi tiêu đề theo biểu mẫu",
            "if the column should be read, give it a header of the form",
        ),
    );
    Finding {
        line: Some(line),
        column: u64::try_from(place + 1).ok(),
        header: Some(header),
        ..finding
    }
}

/// The header of a column as a finding repeats it.
pub(crate) fn header_of(layout: &Layout, place: usize) -> String {
    let header = layout.headers.get(place).map_or("", |header| header.trim());
    shortened(header).into_owned()
}

fn ignored_message(number: usize, header: &str, form: Form) -> Text {
    let form = form.name();
    if header.is_empty() {
        return Text::new(
            format!("cột {number} có dữ liệu nhưng không có tiêu đề nên không được đọc"),
            format!("column {number} has values but no header and was not read"),
        );
    }
    Text::new(
        format!(
            "cột {number} “{header}” không có trong biểu mẫu {} nên không được đọc",
            form.vi
        ),
        format!(
            "column {number} “{header}” is not in the form of {} and was not read",
            form.en
        ),
    )
}
