//! Finds the header row and tells the form by it.

use std::collections::BTreeMap;

use store::domain::{Outcome, Stage};

use crate::column::{COLUMNS, Column, Form};
use crate::finding::Findings;
use crate::read::{Row, Table};
use crate::rules::headers;
use crate::value::parse_count;

/// How many rows from the top may hold the header: ten title rows and the header itself.
pub(crate) const HEADER_SEARCH_ROWS: usize = 11;

/// A row with as many known headers is the header row; a title may name one or two things by chance.
const KNOWN_HEADERS: usize = 3;

/// A row with as many numbers in order, and nothing else but letters before them, numbers the columns.
const KNOWN_NUMBERS: u32 = 3;

/// The meaning of the columns of a file.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) form: Form,
    /// The place of the header row in the table; of several, the lowest.
    pub(crate) header_row: usize,
    /// Whether a row of counts is one stage, named in a column, and not a column a stage.
    pub(crate) is_long: bool,
    /// Whether the row below it only numbers the columns.
    numbered: bool,
    /// The headers as they stand in the file.
    pub(crate) headers: Vec<String>,
    /// The columns without a header, counted from 0.
    pub(crate) unnamed: Vec<usize>,
    columns: [Option<usize>; COLUMNS + 1],
    /// What the columns hold that a form knows.
    meanings: BTreeMap<usize, Column>,
}

impl Layout {
    /// The place of the first row below the header.
    pub(crate) fn first_row(&self) -> usize {
        self.header_row + 1 + usize::from(self.numbered)
    }

    /// The place of a column, from 0; `None` where the file does not have it.
    pub(crate) const fn place(&self, column: Column) -> Option<usize> {
        self.columns[column.index()]
    }

    /// Whether the file has a column.
    pub(crate) const fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// Whether the file has columns with the earlier figures of a template, which are not read.
    pub(crate) fn has_earlier(&self) -> bool {
        let mut columns = self.meanings.values();
        columns.any(|column| matches!(column, Column::Earlier(_)))
    }

    /// What the column at a place holds; `None` where no form knows it.
    pub(crate) fn column_at(&self, place: usize) -> Option<Column> {
        self.meanings.get(&place).copied()
    }
}

/// Finds the header row and checks it; `None` where rows cannot be understood, which findings then explain.
pub(crate) fn find_layout(table: &Table, findings: &mut Findings) -> Option<Layout> {
    let errors_before = findings.errors();
    let Some(header) = find_header(table) else {
        let fullest = headers_of(table).rev().max_by_key(Header::fullness);
        headers::no_header_row(fullest.as_ref().map(|header| &header.row), findings);
        return None;
    };
    let form = header.form();
    let is_long = form == Form::Counts && header.is_long();
    let is_read = |column: &Column| {
        let of_long_form = matches!(column, Column::ComparedStage | Column::Value);
        column.is_of(form) || is_long && of_long_form
    };
    let mut columns = [None; COLUMNS + 1];
    let mut meanings: BTreeMap<usize, Column> = BTreeMap::new();
    let mut ignored = Vec::new();
    for (place, column) in header.columns.iter().enumerate() {
        let Some(column) = column.filter(is_read) else {
            ignored.push(place);
            continue;
        };
        let first = match column {
            Column::Item(_) => {
                let earlier = meanings.iter().find(|(_, each)| **each == column);
                earlier.map_or(place, |(earlier, _)| *earlier)
            }
            _ => *columns[column.index()].get_or_insert(place),
        };
        if first == place {
            meanings.insert(place, column);
        } else {
            headers::given_twice(&header.row, column, (first, place), findings);
        }
    }
    let is_unnamed = |place: &usize| {
        header
            .row
            .get(*place)
            .is_none_or(|cell| cell.trim().is_empty())
    };
    let (unnamed, ignored): (Vec<usize>, Vec<usize>) = ignored.into_iter().partition(is_unnamed);
    let below = table.rows.get(header.place + 1);
    let layout = Layout {
        form,
        header_row: header.place,
        is_long,
        numbered: below.is_some_and(numbers_columns),
        headers: header.row.iter().map(str::to_owned).collect(),
        unnamed,
        columns,
        meanings,
    };
    headers::check_required(&layout, &header.row, findings);
    for place in ignored {
        findings.push(headers::ignored_column(&layout, place, header.row.line));
    }
    (findings.errors() == errors_before).then_some(layout)
}

/// The first row that is a header, alone or with the one or two rows below it.
fn find_header(table: &Table) -> Option<Header> {
    headers_of(table).find_map(|header| {
        let below = |rows: usize| table.rows.get(header.place + rows);
        let both = below(1).and_then(|row| header.with_row_below(row));
        let three = below(1)
            .zip(below(2))
            .and_then(|(middle, lowest)| header.merged_with(middle)?.with_row_below(lowest));
        let header = three.or(both).unwrap_or(header);
        (header.known() >= KNOWN_HEADERS).then_some(header)
    })
}

fn headers_of(table: &Table) -> impl DoubleEndedIterator<Item = Header> {
    let first_rows = table.rows.iter().take(HEADER_SEARCH_ROWS);
    first_rows
        .enumerate()
        .map(|(place, row)| Header::read(place, row))
}

/// Whether a row under the header only numbers the columns, as forms of offices do: `A`, `B`, `1`, `2`, `(3)`, `4=3/2`.
fn numbers_columns(row: &Row) -> bool {
    let mut next = 1_u32;
    for cell in row.iter().map(str::trim).filter(|cell| !cell.is_empty()) {
        let cell = cell.split('=').next().unwrap_or_default().trim();
        let cell = cell
            .trim_start_matches(['(', '['])
            .trim_end_matches([')', ']']);
        let is_letter =
            next == 1 && cell.len() == 1 && cell.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_letter {
            if cell.parse() != Ok(next) {
                return false;
            }
            next += 1;
        }
    }
    next > KNOWN_NUMBERS
}

/// How many headers the likeliest header row has: how near a table comes to a form.
pub(crate) fn most_known_headers(table: &Table) -> usize {
    let known = headers_of(table).map(|header| header.known());
    known.max().unwrap_or_default()
}

/// A row, or two rows of merged cells, read as if they were the header.
struct Header {
    place: usize,
    /// The header as shown; of two rows the lower one with what only the upper one says.
    row: Row,
    columns: Vec<Option<Column>>,
}

impl Header {
    fn read(place: usize, row: &Row) -> Self {
        Self {
            place,
            row: row.clone(),
            columns: row.iter().map(Column::of_header).collect(),
        }
    }

    /// The header of two rows, where a group of columns has a title above and each column its own below; `None` where the
    /// row below is no part of a header.
    ///
    /// Each row has to bring headers that the other does not have: two at least below, for a title is merged over two.
    fn with_row_below(&self, below: &Row) -> Option<Self> {
        let both = self.merged_with(below)?;
        let lower = Self::read(both.place, below);
        let gain = both.known() >= self.known() + 2 && both.known() > lower.known();
        gain.then_some(both)
    }

    /// The row and the one below it as one; `None` where one of them has nothing of a header.
    fn merged_with(&self, below: &Row) -> Option<Self> {
        let is_figure = |cell: &str| matches!(parse_count(cell.trim()), Ok(Some(_)));
        if self.known() == 0 || below.iter().any(is_figure) {
            return None;
        }
        let lower = Self::read(self.place + 1, below);
        let width = self.row.len().max(below.len());
        let mut cells = csv::StringRecord::new();
        let mut columns = Vec::with_capacity(width);
        for place in 0..width {
            let of = |header: &Self| header.columns.get(place).copied().flatten();
            let text = |row: &Row| row.get(place).unwrap_or_default().trim().to_owned();
            let (above, below) = (text(&self.row), text(below));
            columns.push(of(&lower).or_else(|| of(self)));
            cells.push_field(&match (of(&lower), above.is_empty(), below.is_empty()) {
                (Some(_), ..) | (None, true, _) => below,
                (None, _, true) => above,
                (None, false, false) => format!("{above} – {below}"),
            });
        }
        Some(Self {
            place: lower.place,
            row: Row::of_sheet(lower.row.line, cells),
            columns,
        })
    }

    fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// How much the row looks like a header: known headers first, then cells.
    fn fullness(&self) -> (usize, usize) {
        (self.known(), self.row.len())
    }

    /// Whether stages are named in a column and none has one of its own.
    fn is_long(&self) -> bool {
        let has = |column| self.columns.contains(&Some(column));
        let is_stage = |column: &Column| matches!(column, Column::Stage(_));
        has(Column::ComparedStage)
            && has(Column::Value)
            && !self.columns.iter().flatten().any(is_stage)
    }

    /// The form whose own columns are there; counts where neither of the other two can be meant.
    fn form(&self) -> Form {
        let mut known = self.columns.iter().flatten();
        if self.columns.contains(&Some(Column::Measure))
            && self.columns.contains(&Some(Column::Value))
        {
            Form::Published
        } else if known
            .any(|column| matches!(column, Column::Outcome(_) | Column::Subjects | Column::Key))
        {
            Form::Reconciliation
        } else {
            Form::Counts
        }
    }
}

/// Groups of columns of a form of which each group must be there with one column at least.
pub(crate) fn required_columns(form: Form) -> Vec<Vec<Column>> {
    let province = vec![Column::Province, Column::ProvinceCode];
    match form {
        Form::Counts => {
            let stages = Stage::ALL.into_iter().map(Column::Stage).collect();
            vec![province, vec![Column::AsOf], stages]
        }
        Form::Reconciliation => {
            let single = [
                Column::Week,
                Column::RecordType,
                Column::ComparedStage,
                Column::RuleSet,
                Column::Records,
                Column::Subjects,
            ];
            let outcomes = Outcome::ALL.into_iter().map(Column::Outcome);
            let single = single
                .into_iter()
                .chain(outcomes)
                .map(|column| vec![column]);
            std::iter::once(province).chain(single).collect()
        }
        Form::Published => [
            Column::AsOf,
            Column::Unit,
            Column::RecordType,
            Column::Measure,
            Column::Value,
            Column::CountUnit,
            Column::Source,
        ]
        .into_iter()
        .map(|column| vec![column])
        .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        Row::of_sheet(1, cells.iter().collect())
    }

    #[test]
    fn rows_that_number_columns_are_known() {
        for cells in [
            &["1", "2", "3"][..],
            &["A", "B", "1", "2", "3"],
            &["(1)", "(2)", "(3)", "(4)=(3)/(2)", ""],
            &["", "[1]", "[2]", "3 = 2 - 1"],
        ] {
            assert!(numbers_columns(&row(cells)), "{cells:?}");
        }
        for cells in [
            &["1", "2"][..],
            &["1", "01", "Hà Nội", "3"],
            &["1", "3", "2"],
            &["I", "Miền Bắc"],
            &["1", "2", "3", "5"],
            &["", ""],
        ] {
            assert!(!numbers_columns(&row(cells)), "{cells:?}");
        }
    }

    #[test]
    fn two_rows_are_one_header_only_where_both_bring_columns() {
        let read = |above: &[&str], below: &[&str]| {
            let both = Header::read(0, &row(above)).with_row_below(&row(below))?;
            Some(both.row.iter().map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(
            read(
                &["STT", "Tỉnh", "Ngày", "Kết quả", "", "Kế hoạch"],
                &["", "", "", "Đã quét", "Đã nhập", "năm sau"],
            ),
            Some(
                [
                    "STT",
                    "Tỉnh",
                    "Ngày",
                    "Đã quét",
                    "Đã nhập",
                    "Kế hoạch – năm sau"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
        // A title above a whole header, a row of figures, a section below it, the start of a second table.
        assert_eq!(read(&["Đơn vị"], &["Tỉnh", "Ngày", "Đã quét"]), None);
        assert_eq!(
            read(
                &["Tỉnh", "Ngày", "", ""],
                &["Hà Nội", "1/6/2025", "5", "Đã quét"]
            ),
            None
        );
        assert_eq!(
            read(&["STT", "Tỉnh", "Đã quét"], &["I", "Miền Bắc", ""]),
            None
        );
        assert_eq!(
            read(&["Tỉnh", "Ngày", "Đã quét"], &["Tỉnh", "Ngày", "Đã quét"]),
            None
        );
    }
}
