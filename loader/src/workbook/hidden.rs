//! Rows and columns that who looks at a sheet does not see: hidden, or left out by a filter. They are read like all others, and said.

use calamine::Dimensions;
use store::domain::Text;

use crate::annotate::{sheet_part, tags};
use crate::finding::{Finding, Findings};
use crate::layout::Layout;
use crate::output::column_letters;
use crate::read::Table;
use crate::rule::Rule;
use crate::rules::headers::header_of;
use crate::rules::line_runs::Lines;

/// What the reading library does not tell of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetFacts {
    /// In ODS, the cells merged over several rows.
    pub(super) merged: Vec<Dimensions>,
    pub(super) hidden: Hidden,
}

/// The hidden rows and columns of a sheet, by the first and the last of each run, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) rows: Vec<(u32, u32)>,
    pub(super) columns: Vec<(u32, u32)>,
}

impl Hidden {
    /// Those of a sheet of XLSX; none where its part cannot be read, of which the reading library has more to say.
    pub(super) fn of_xlsx(bytes: &[u8], sheet: &str) -> Self {
        let mut hidden = Self::default();
        let Some(part) = sheet_part(bytes, sheet).filter(|part| part.contains("hidden=")) else {
            return hidden;
        };
        let mut row = 0_u32;
        for tag in tags(&part).map_while(|tag| tag) {
            let number = |name| tag.attribute(name)?.parse::<u32>().ok();
            let is_hidden = || matches!(tag.attribute("hidden").as_deref(), Some("1" | "true"));
            if tag.opens("row") {
                // A row without a number is the next one.
                row = number("r").unwrap_or(row.saturating_add(1));
                if is_hidden() {
                    hidden
                        .rows
                        .push((row.saturating_sub(1), row.saturating_sub(1)));
                }
            } else if tag.opens("col")
                && let (Some(first), Some(last)) = (number("min"), number("max"))
                && is_hidden()
            {
                let run = (first.saturating_sub(1), last.saturating_sub(1));
                hidden.columns.push(run);
            }
        }
        hidden
    }

    /// Says which rows and columns that are read nobody sees. About the file as a whole: a marked copy shows what is marked.
    pub(super) fn say(&self, layout: &Layout, table: &Table, findings: &mut Findings) {
        let below = table.rows.iter().skip(layout.first_row());
        let mut lines = Lines::default();
        below
            .filter(|row| is_in(&self.rows, row.line.saturating_sub(1)))
            .for_each(|row| lines.push(row.line));
        if lines.count > 0 {
            findings.push(hidden_rows(&lines));
        }
        let numbers = (0_u64..).zip(0..layout.headers.len());
        let hidden = numbers.filter(|(number, place)| {
            layout.column_at(*place).is_some() && is_in(&self.columns, *number)
        });
        let named = hidden.map(|(number, place)| {
            let letters = column_letters(number + 1);
            format!("{letters} “{}”", header_of(layout, place))
        });
        let columns: Vec<String> = named.collect();
        if !columns.is_empty() {
            findings.push(hidden_columns(&columns.join(", ")));
        }
    }
}

/// Whether a number is in one of some runs, which rise in every file that a program wrote.
fn is_in(runs: &[(u32, u32)], number: u64) -> bool {
    let after = runs.partition_point(|(first, _)| u64::from(*first) <= number);
    let run = after.checked_sub(1).and_then(|run| runs.get(run));
    run.is_some_and(|(_, last)| number <= u64::from(*last))
}

fn what_to_do() -> Text {
    Text::new(
        "bỏ ẩn, bỏ lọc rồi xem lại; nếu không định gửi các số này thì xóa đi, nếu đúng thì không cần làm gì",
        "unhide them and take the filter off to look them over; delete what is not meant to be sent, else there is nothing to do",
    )
}

fn hidden_rows(lines: &Lines) -> Finding {
    let count = lines.count;
    Finding::note(
        Rule::HiddenCells,
        Text::new(
            format!("{count} dòng bị ẩn hoặc bị lọc vẫn được đọc: dòng {lines}"),
            format!("hidden or filtered rows that were read all the same: {count} (lines {lines})"),
        ),
        what_to_do(),
    )
}

fn hidden_columns(columns: &str) -> Finding {
    Finding::note(
        Rule::HiddenCells,
        Text::new(
            format!("các cột bị ẩn vẫn được đọc: {columns}"),
            format!("hidden columns that were read all the same: {columns}"),
        ),
        what_to_do(),
    )
}
