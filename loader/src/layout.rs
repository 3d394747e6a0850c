//! The meaning of the columns of a file, and the form that they make.

use std::collections::BTreeMap;

use store::domain::{Outcome, Stage};

use crate::column::{COLUMNS, Column};
use crate::finding::Findings;
use crate::form::Form;
use crate::header_rows::{Header, find_header, headers_of, numbers_columns};
use crate::read::Table;
use crate::rules::headers;

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
