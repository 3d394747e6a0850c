//! How the officer of a province makes the weekly file: columns, headers, numbers, dates and separators.

use store::domain::Stage;

use super::random::Draw;
use super::sheet::{DateStyle, Grouping, Saving};

/// A column of the counts form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    RowNumber,
    Code,
    Province,
    SubUnit,
    AsOf,
    RecordType,
    Route,
    CountUnit,
    Stage(Stage),
    Remaining,
    Percent,
    Note,
    Difficulty,
}

/// The columns in the order of the form, with the key and the Vietnamese header with and without marks.
pub(super) const COLUMNS: [(Column, [&str; 3]); 19] = [
    (Column::RowNumber, ["stt", "STT", "STT"]),
    (Column::Code, ["province_code", "Mã tỉnh", "Ma tinh"]),
    (
        Column::Province,
        ["province", "Tỉnh/Thành phố", "Tinh/Thanh pho"],
    ),
    (Column::SubUnit, ["sub_unit", "Đơn vị", "Don vi"]),
    (
        Column::AsOf,
        ["as_of", "Ngày chốt số liệu", "Ngay chot so lieu"],
    ),
    (
        Column::RecordType,
        ["record_type", "Loại việc", "Loai viec"],
    ),
    (Column::Route, ["route", "Cách làm", "Cach lam"]),
    (
        Column::CountUnit,
        ["count_unit", "Đơn vị tính", "Don vi tinh"],
    ),
    (
        Column::Stage(Stage::Total),
        ["total", "Tổng số cần số hóa", "Tong so can so hoa"],
    ),
    (
        Column::Stage(Stage::Scanned),
        ["scanned", "Đã quét", "Da quet"],
    ),
    (
        Column::Stage(Stage::Entered),
        ["entered", "Đã nhập", "Da nhap"],
    ),
    (
        Column::Stage(Stage::Checked),
        ["checked", "Đã kiểm tra", "Da kiem tra"],
    ),
    (
        Column::Stage(Stage::Approved),
        ["approved", "Đã phê duyệt", "Da phe duyet"],
    ),
    (
        Column::Stage(Stage::Transferred),
        ["transferred", "Đã chuyển vào CSDL", "Da chuyen vao CSDL"],
    ),
    (
        Column::Stage(Stage::Returned),
        ["returned", "Đã nhận lại", "Da nhan lai"],
    ),
    (Column::Remaining, ["remaining", "Còn lại", "Con lai"]),
    (Column::Percent, ["percent", "Tỷ lệ (%)", "Ty le (%)"]),
    (Column::Note, ["note", "Ghi chú", "Ghi chu"]),
    (
        Column::Difficulty,
        ["difficulty", "Khó khăn, vướng mắc", "Kho khan, vuong mac"],
    ),
];

/// The header that many offices use for what is typed in.
pub(super) const DIGITIZED: [&str; 3] = ["entered", "Đã số hóa", "Da so hoa"];

/// How headers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderStyle {
    /// The keys of the form, as another program writes them.
    Keys,
    /// Vietnamese.
    Vietnamese,
    /// Vietnamese without marks.
    Plain,
}

/// The way of working of one officer.
#[derive(Clone, Debug)]
pub(super) struct Habit {
    pub(super) saving: Saving,
    pub(super) grouping: Grouping,
    pub(super) dates: DateStyle,
    pub(super) headers: HeaderStyle,
    /// The header "Đã số hóa" instead of "Đã nhập".
    says_digitized: bool,
    /// Every column in the officer's order.
    order: Vec<Column>,
    /// Columns that the officer always has although nothing asks for them.
    always: Vec<Column>,
    /// Lines above the header: none, or at least the body and the title.
    pub(super) title_lines: usize,
    /// What stands for a count that is not reported.
    pub(super) absent: &'static str,
    /// Whether a percent sign follows the number.
    pub(super) percent_sign: bool,
    /// Whether a province that has not started writes 0 or leaves the stages out.
    pub(super) zero_before_start: bool,
    /// Whether kinds of events are written in short.
    pub(super) short_types: bool,
}

impl Habit {
    /// Draws a habit. `writes_name` asks for the name of the province, in which the words "Tổng cộng" can stand too.
    pub(super) fn of(draw: &mut Draw, writes_name: bool) -> Self {
        let headers = match draw.between(0, 9) {
            0 if !writes_name => HeaderStyle::Keys,
            1 | 2 => HeaderStyle::Plain,
            _ => HeaderStyle::Vietnamese,
        };
        let separator = draw.pick([',', ',', ';', ';', ';', '\t']);
        let comma_grouping = if separator == ',' {
            Grouping::Commas
        } else {
            Grouping::Dots
        };
        let grouping = draw.pick([
            Grouping::None,
            Grouping::None,
            Grouping::Dots,
            Grouping::Dots,
            Grouping::Spaces,
            comma_grouping,
        ]);
        let from_program = headers == HeaderStyle::Keys;
        let dates = draw.pick([
            DateStyle::Slashes,
            DateStyle::Slashes,
            DateStyle::Slashes,
            DateStyle::Iso,
            DateStyle::Prose,
        ]);
        Self {
            saving: Saving {
                separator,
                mark: draw.happens(650),
                windows: draw.happens(850),
            },
            grouping: if from_program {
                Grouping::None
            } else {
                grouping
            },
            dates: if from_program { DateStyle::Iso } else { dates },
            headers,
            says_digitized: draw.happens(400),
            order: order(draw, from_program),
            always: always(draw, from_program, writes_name),
            title_lines: if from_program {
                0
            } else {
                draw.pick([0, 2, 3, 4])
            },
            absent: draw.pick(["-", ""]),
            percent_sign: draw.happens(300),
            zero_before_start: draw.happens(550),
            short_types: draw.happens(250),
        }
    }

    /// The columns of a file: those it needs and those the officer always has, in the officer's order.
    pub(super) fn columns(&self, needed: impl Fn(Column) -> bool) -> Vec<Column> {
        let wanted = |column: &Column| needed(*column) || self.always.contains(column);
        self.order.iter().copied().filter(wanted).collect()
    }

    /// The header of a column.
    pub(super) fn header(&self, column: Column) -> &'static str {
        let listed = COLUMNS.into_iter().find(|(each, _)| *each == column);
        let [key, vietnamese, plain] = match listed {
            Some((Column::Stage(Stage::Entered), _)) if self.says_digitized => DIGITIZED,
            Some((_, headers)) => headers,
            None => [""; 3],
        };
        match self.headers {
            HeaderStyle::Keys => key,
            HeaderStyle::Vietnamese => vietnamese,
            HeaderStyle::Plain => plain,
        }
    }
}

/// Half of the officers keep the order of the form, the others have moved a column or three.
fn order(draw: &mut Draw, from_program: bool) -> Vec<Column> {
    let mut order: Vec<Column> = COLUMNS.iter().map(|(column, _)| *column).collect();
    if !from_program && draw.happens(500) {
        for _ in 0..draw.between(1, 3) {
            let column = order.remove(1 + draw.place(COLUMNS.len() - 1));
            order.insert(1 + draw.place(COLUMNS.len() - 1), column);
        }
    }
    order
}

fn always(draw: &mut Draw, from_program: bool, writes_name: bool) -> Vec<Column> {
    let mut always = vec![Column::AsOf];
    let identity = draw.between(0, 9);
    if identity < 5 {
        always.push(Column::Code);
    }
    if identity > 2 || writes_name {
        always.push(Column::Province);
    }
    let extras = [
        (Column::RowNumber, 400),
        (Column::RecordType, 600),
        (Column::Route, 150),
        (Column::CountUnit, 450),
        (Column::Remaining, 500),
        (Column::Percent, 450),
        (Column::Note, 700),
        (Column::Difficulty, 350),
    ];
    for (column, permille) in extras {
        let wanted = draw.happens(permille);
        if wanted && !(from_program && column == Column::RowNumber) {
            always.push(column);
        }
    }
    always
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::*;

    #[test]
    fn every_officer_names_the_province_and_the_day() {
        for owner in 0..200 {
            let habit = Habit::of(&mut Draw::new(Stream::Habit, owner), owner % 2 == 0);
            let columns = habit.columns(|_| false);
            assert!(columns.contains(&Column::AsOf));
            assert!(columns.contains(&Column::Code) || columns.contains(&Column::Province));
            assert!(owner % 2 == 1 || columns.contains(&Column::Province));
            assert!(habit.grouping != Grouping::Commas || habit.saving.separator == ',');
            assert_eq!(habit.order.len(), COLUMNS.len());
        }
    }

    #[test]
    fn a_header_follows_the_style() {
        let mut habit = Habit::of(&mut Draw::new(Stream::Habit, 0), true);
        habit.says_digitized = true;
        habit.headers = HeaderStyle::Vietnamese;
        assert_eq!(habit.header(Column::Stage(Stage::Entered)), "Đã số hóa");
        habit.headers = HeaderStyle::Plain;
        assert_eq!(habit.header(Column::AsOf), "Ngay chot so lieu");
        habit.headers = HeaderStyle::Keys;
        assert_eq!(habit.header(Column::Stage(Stage::Total)), "total");
    }
}
