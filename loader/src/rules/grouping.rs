//! `1,234` beside numbers that are grouped otherwise or not at all: a spreadsheet may have written a fraction with its decimal
//! sign, and by the rule of grouping it would be read as a thousand times as much.

use store::domain::{Stage, Text};

use crate::column::Column;
use crate::finding::{Finding, Findings, PLACES_KEPT, Severity};
use crate::rule::Rule;
use crate::sheet::{Cell, DataRow, Place, Sheet};

/// The columns of counts, in both forms.
const COLUMNS: usize = Stage::ALL.len() + 1;

/// How a number above 999 is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    /// Without a sign between its digits.
    Ungrouped,
    /// In groups which one sign parts, in a way that no fraction is written in.
    Grouped(char),
    /// With one point or comma before three digits: grouped, or a fraction.
    Once(char),
}

impl Written {
    /// `None` for smaller numbers and for any other text.
    fn of(text: &str) -> Option<Self> {
        let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits(text) {
            return (text.len() > 3).then_some(Self::Ungrouped);
        }
        let is_sign = |letter: char| matches!(letter, '.' | ',') || letter.is_whitespace();
        let sign = text.chars().find(|letter| is_sign(*letter))?;
        let mut groups = text.split(sign);
        let first = groups.next()?;
        let others = groups.clone().count();
        let fits = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
        if !fits || !groups.all(|group| group.len() == 3 && is_digits(group)) {
            return None;
        }
        let may_be_decimal = others == 1 && !sign.is_whitespace();
        Some(if may_be_decimal {
            Self::Once(sign)
        } else {
            Self::Grouped(sign)
        })
    }
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Default)]
struct Habits {
    /// How many are not grouped.
    ungrouped: usize,
    /// Whether some are grouped by points, by commas, by blanks.
    grouped: [bool; 3],
    /// How many have a single point, a single comma; a single blank groups.
    once: [usize; 3],
}

/// The place of a sign among those that group.
fn kind(sign: char) -> usize {
    match sign {
        '.' => 0,
        ',' => 1,
        _ => 2,
    }
}

impl Habits {
    fn take_in(&mut self, written: Written) {
        match written {
            Written::Ungrouped => self.ungrouped += 1,
            Written::Grouped(sign) => self.grouped[kind(sign)] = true,
            Written::Once(sign) => self.once[kind(sign)] += 1,
        }
    }

    /// Whether nothing in the column groups by a sign that numbers have once, and enough is grouped otherwise or not at all.
    ///
    /// At least as many numbers must be without the sign as have it once; with a point more, for it groups in Vietnamese, and
    /// many leave four digits together beside longer numbers which they group.
    fn speak_against(&self, sign: char) -> bool {
        let once = self.once[kind(sign)];
        let needed = once + usize::from(sign == '.');
        let otherwise = self.ungrouped >= needed || self.grouped.contains(&true);
        once > 0 && !self.grouped[kind(sign)] && otherwise
    }
}

/// The rows in which a column has a number with a single sign.
#[derive(Default)]
struct Single {
    /// As many of the first as are listed.
    first: Vec<Place>,
    count: u64,
}

/// How the numbers of a file are written, column by column.
#[derive(Default)]
pub(crate) struct Grouping {
    columns: [Habits; COLUMNS],
    /// By column, rows with a single point and with a single comma.
    single: [[Single; 2]; COLUMNS],
    /// The columns and signs of the row that is being read.
    of_row: Vec<(usize, usize)>,
}

fn columns() -> impl Iterator<Item = Column> {
    let stages = Stage::ALL.into_iter().map(Column::Stage);
    stages.chain([Column::Value])
}

impl Grouping {
    /// Takes in a number of a stage, or of the long form where no stage has a column.
    pub(crate) fn take_in(&mut self, stage: Option<Stage>, cell: Cell<'_>) {
        let column = stage.map_or(Stage::ALL.len(), Stage::index);
        if let (Some(habits), Some(written)) =
            (self.columns.get_mut(column), Written::of(cell.trimmed()))
        {
            habits.take_in(written);
            if let Written::Once(sign) = written {
                self.of_row.push((column, kind(sign)));
            }
        }
    }

    /// Ends a row, at its place where it could be read.
    pub(crate) fn end_row(&mut self, read: Option<Place>) {
        for (column, sign) in self.of_row.drain(..) {
            let single = self
                .single
                .get_mut(column)
                .and_then(|signs| signs.get_mut(sign));
            if let (Some(place), Some(single)) = (read, single) {
                if single.count < PLACES_KEPT {
                    single.first.push(place);
                }
                single.count += 1;
            }
        }
    }

    /// Asks about each number that may be a fraction: the whole column is known only at the end of the file. Not in workbooks,
    /// where a fraction is a number and `1,234` a text that somebody typed.
    pub(crate) fn check(&self, sheet: Sheet<'_>, findings: &mut Findings) {
        if sheet.rest.is_none() {
            return;
        }
        for ((habits, single), column) in self.columns.iter().zip(&self.single).zip(columns()) {
            for (sign, single) in ['.', ','].into_iter().zip(single) {
                if !habits.speak_against(sign) {
                    continue;
                }
                for place in &single.first {
                    let ask = |row: DataRow<'_>| {
                        row.cell(column).map(|cell| may_be_a_fraction(cell, sign))
                    };
                    if let Some(Some(finding)) = sheet.row_at(*place, ask) {
                        findings.push(finding);
                    }
                }
                let beyond = single.count.saturating_sub(PLACES_KEPT);
                findings.count((Severity::Query, Rule::Grouping), beyond);
            }
        }
    }
}

fn may_be_a_fraction(cell: Cell<'_>, sign: char) -> Finding {
    let typed = cell.trimmed();
    let digits = typed.replace(sign, "");
    Finding::query(
        Rule::Grouping,
        Text::new(
            format!(
                "“{typed}” có thể là {digits}, cũng có thể là số lẻ do bảng tính ghi ra: các số khác của cột không \
                 viết dấu nhóm như vậy"
            ),
            format!(
                "“{typed}” may be {digits}, or a fraction that the spreadsheet wrote: other numbers of the column \
                 are not grouped in this way"
            ),
        ),
        Text::new(
            "nếu là số nguyên thì ghi không có dấu; nếu bảng tính đã ghi số lẻ thì ghi lại số nguyên đúng",
            "if it is a whole number, write it without the sign; if the spreadsheet wrote a fraction, write the right whole \
             number",
        ),
    )
    .at(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_sign_before_three_digits_may_be_either() {
        let written = |text| match Written::of(text) {
            None => "-".to_owned(),
            Some(Written::Ungrouped) => "plain".to_owned(),
            Some(Written::Grouped(sign)) => format!("by {sign:?}"),
            Some(Written::Once(sign)) => format!("once {sign:?}"),
        };
        for (text, expected) in [
            ("999", "-"),
            ("1234", "plain"),
            ("1,234", "once ','"),
            ("12.345", "once '.'"),
            ("1.234.567", "by '.'"),
            ("1 234", "by ' '"),
            ("1.234,567", "-"),
            ("0,123", "-"),
            ("1234,567", "-"),
            ("44,5", "-"),
            ("khoảng 1.234", "-"),
            ("-1.234", "-"),
            ("", "-"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }
}
