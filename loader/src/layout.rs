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
    let first_rows = table.rows.iter().enumerate().take(HEADER_SEARCH_ROWS);
    let mut read = first_rows.map(|(place, row)| Header::read(place, row));
    let mut fullest: Option<Header<'_>> = None;
    let header = loop {
        let Some(header) = read.next() else {
            headers::no_header_row(fullest.map(|header| header.row), findings);
            return None;
        };
        if header.known() >= KNOWN_HEADERS {
            break header;
        }
        if fullest
            .as_ref()
            .is_none_or(|fullest| header.fullness() > fullest.fullness())
        {
            fullest = Some(header);
        }
    };
    let form = header.form();
    let mut columns = BTreeMap::new();
    let mut ignored = Vec::new();
    for (place, column) in header.columns.iter().enumerate() {
        let Some(column) = column.filter(|column| column.is_of(form)) else {
            ignored.push(place);
            continue;
        };
        let first = *columns.entry(column).or_insert(place);
        if first != place {
            headers::given_twice(header.row, column, (first, place), findings);
        }
    }
    let layout = Layout {
        form,
        header_row: header.place,
        headers: header.row.iter().map(str::to_owned).collect(),
        columns,
    };
    headers::check_required(&layout, header.row, findings);
    headers::check_ignored(&layout, &ignored, table, findings);
    (findings.errors() == errors_before).then_some(layout)
}

/// How many headers the likeliest header row has: how near a table comes to a form.
pub(crate) fn most_known_headers(table: &Table) -> usize {
    let first_rows = table.rows.iter().enumerate().take(HEADER_SEARCH_ROWS);
    let known = first_rows.map(|(place, row)| Header::read(place, row).known());
    known.max().unwrap_or_default()
}

/// A row read as if it were the header.
struct Header<'a> {
    place: usize,
    row: &'a Row,
    columns: Vec<Option<Column>>,
}

impl<'a> Header<'a> {
    fn read(place: usize, row: &'a Row) -> Self {
        Self {
            place,
            row,
            columns: row.iter().map(Column::of_header).collect(),
        }
    }

    fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// How much the row looks like a header: known headers first, then cells.
    fn fullness(&self) -> (usize, usize) {
        (self.known(), self.row.len())
    }

    /// The form whose own columns are there; counts where neither of the other two can be meant.
    fn form(&self) -> Form {
        let mut known = self.columns.iter().flatten();
        if self.columns.contains(&Some(Column::Measure))
            && self.columns.contains(&Some(Column::Value))
        {
            Form::Published
        } else if known.any(|column| matches!(column, Column::Outcome(_) | Column::Subjects)) {
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
