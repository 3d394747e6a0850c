//! Finds the header row and tells the form by it.

use std::collections::BTreeMap;

use store::domain::{Outcome, Stage};

use crate::column::{Column, Form};
use crate::finding::Findings;
use crate::read::{Row, Table};
use crate::rules::headers;

/// How many rows from the top may hold the header: ten title rows and the header itself.
pub(crate) const HEADER_SEARCH_ROWS: usize = 11;

/// A row with as many known headers is the header row; a title may name one or two things by chance.
const KNOWN_HEADERS: usize = 3;

/// The meaning of the columns of a file.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) form: Form,
    /// The place of the header row in the table.
    pub(crate) header_row: usize,
    /// The headers as they stand in the file.
    pub(crate) headers: Vec<String>,
    columns: BTreeMap<Column, usize>,
}

impl Layout {
    /// The place of a column, from 0; `None` where the file does not have it.
    pub(crate) fn place(&self, column: Column) -> Option<usize> {
        self.columns.get(&column).copied()
    }

    /// Whether the file has a column.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.columns.contains_key(&column)
    }

    /// What the column at a place holds; `None` where no form knows it.
    pub(crate) fn column_at(&self, place: usize) -> Option<Column> {
        let mut columns = self.columns.iter();
        columns
            .find(|(_, each)| **each == place)
            .map(|(column, _)| *column)
    }
}

/// Finds the header row and checks it; `None` where rows cannot be understood, which findings then explain.
pub(crate) fn find_layout(table: &Table, findings: &mut Findings) -> Option<Layout> {
    let errors_before = findings.errors();
    let known_in = |row: &Row| row.iter().filter_map(Column::of_header).count();
    let first_rows = table.rows.iter().enumerate().take(HEADER_SEARCH_ROWS);
    let header = first_rows
        .clone()
        .find(|(_, row)| known_in(row) >= KNOWN_HEADERS);
    let Some((header_row, row)) = header else {
        let upwards = first_rows.rev();
        let fullest = upwards.max_by_key(|(_, row)| (known_in(row), row.len()));
        headers::no_header_row(fullest.map(|(_, row)| row), findings);
        return None;
    };
    let form = form_of(row);
    let mut columns = BTreeMap::new();
    for (place, cell) in row.iter().enumerate() {
        let column = Column::of_header(cell).filter(|column| column.is_of(form));
        if let Some(column) = column {
            let first = *columns.entry(column).or_insert(place);
            if first != place {
                headers::given_twice(row, column, (first, place), findings);
            }
        }
    }
    let layout = Layout {
        form,
        header_row,
        headers: row.iter().map(str::to_owned).collect(),
        columns,
    };
    headers::check_required(&layout, row, findings);
    headers::check_ignored(&layout, table, findings);
    (findings.errors() == errors_before).then_some(layout)
}

/// The form whose own columns are there; counts where neither of the other two can be meant.
fn form_of(header: &Row) -> Form {
    let has =
        |wanted: &dyn Fn(Column) -> bool| header.iter().filter_map(Column::of_header).any(wanted);
    if has(&|column| column == Column::Measure) && has(&|column| column == Column::Value) {
        Form::Published
    } else if has(&|column| matches!(column, Column::Outcome(_) | Column::Subjects)) {
        Form::Reconciliation
    } else {
        Form::Counts
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
