//! The columns of the three forms, with their headers in both languages and the other wordings offices use.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use store::domain::{Language, Outcome, Stage};

use crate::fold::fold;
use crate::form::Form;
use crate::forms::item::{self, Item};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    RowNumber,
    ProvinceCode,
    Province,
    SubUnit,
    AsOf,
    RecordType,
    Route,
    CountUnit,
    Stage(Stage),
    /// The earlier figure that a template puts beside the one to be filled in; never read.
    Earlier(Stage),
    Remaining,
    Percent,
    Before,
    InPeriod,
    Note,
    Difficulty,
    Week,
    ComparedStage,
    RuleSet,
    PopulationAsOf,
    Records,
    Subjects,
    Outcome(Outcome),
    Key,
    Item(Item),
    Unit,
    Measure,
    Value,
    Approximate,
    Source,
}

/// How many columns there are, those of the items of a reconciliation document left out.
pub(crate) const COLUMNS: usize = 46;

/// How many of them have names of their own; the earlier figures of a template are named after their stage.
const NAMED: usize = 39;

/// The key, the two headers and other wordings of a column.
struct Names(
    Column,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

#[rustfmt::skip]
const NAMES: [Names; NAMED] = [
    Names(Column::RowNumber, "row_number", "STT", "No.", &["TT", "Số TT", "Số thứ tự"]),
    Names(Column::ProvinceCode, "province_code", "Mã tỉnh", "Province code", &["Mã", "Mã tỉnh/thành phố", "Mã đơn vị", "Mã ĐVHC", "Code"]),
    Names(Column::Province, "province", "Tỉnh/Thành phố", "Province", &["Tỉnh", "Tỉnh, thành phố", "Tỉnh/TP", "Tên tỉnh", "Tên tỉnh/thành phố", "Địa phương", "Province/City"]),
    Names(Column::SubUnit, "sub_unit", "Đơn vị", "Sub-unit", &["Xã/Phường", "Huyện/Xã", "Cơ quan đăng ký", "Đơn vị báo cáo", "Office"]),
    Names(Column::AsOf, "as_of", "Ngày chốt số liệu", "As of", &["Ngày báo cáo", "Kỳ báo cáo", "Ngày chốt", "Ngày số liệu", "Ngày", "Số liệu đến ngày", "Tính đến ngày", "Date", "Report date"]),
    Names(Column::RecordType, "record_type", "Loại việc", "Record type", &["Loại việc hộ tịch", "Loại sổ", "Loại hộ tịch", "Loại dữ liệu"]),
    Names(Column::Route, "route", "Cách làm", "Route", &["Cách thực hiện", "Phương thức"]),
    Names(Column::CountUnit, "count_unit", "Đơn vị tính", "Count unit", &["ĐVT", "Tính theo"]),
    Names(Column::Stage(Stage::Total), "total", "Tổng số cần số hóa", "Total", &["Tổng số", "Tổng số trường hợp cần số hóa", "Tổng số trường hợp", "Tổng số dữ liệu", "Tổng số dữ liệu cần số hóa", "Cần số hóa", "Total to digitize"]),
    Names(Column::Stage(Stage::Scanned), "scanned", "Đã quét", "Scanned", &["Đã scan", "Đã chụp", "Số đã quét", "Đã quét/scan"]),
    Names(Column::Stage(Stage::Entered), "entered", "Đã nhập", "Entered", &["Đã số hóa", "Đã nhập liệu", "Số đã nhập", "Số đã số hóa", "Đã tạo lập", "Digitized"]),
    Names(Column::Stage(Stage::Checked), "checked", "Đã kiểm tra", "Checked", &["Đã rà soát", "Đã hiệu đính"]),
    Names(Column::Stage(Stage::Approved), "approved", "Đã phê duyệt", "Approved", &["Đã duyệt", "Số đã phê duyệt"]),
    Names(Column::Stage(Stage::Transferred), "transferred", "Đã chuyển vào CSDL", "Transferred", &["Đã chuyển", "Đã chuyển vào CSDLHTĐT", "Đã chuyển CSDL", "Đã chuyển vào cơ sở dữ liệu", "Đã chuyển chính thức", "Đã chuyển vào cơ sở dữ liệu hộ tịch điện tử"]),
    Names(Column::Stage(Stage::Returned), "returned", "Đã nhận lại", "Returned", &["Đã nhận lại từ CSDLQGVDC", "Công an trả về", "Đã trả về"]),
    Names(Column::Remaining, "remaining", "Còn lại", "Remaining", &["Số còn lại", "Chưa số hóa", "Còn phải làm"]),
    Names(Column::Percent, "percent", "Tỷ lệ (%)", "Percent", &["Tỉ lệ", "Đạt tỷ lệ", "Tỷ lệ phần trăm", "%", "Percentage"]),
    Names(Column::Before, "previous", "Kỳ trước", "Previous", &["Lũy kế kỳ trước", "Số kỳ trước", "Kỳ trước chuyển sang", "Lũy kế đến kỳ trước", "Previous period"]),
    Names(Column::InPeriod, "in_period", "Trong kỳ", "In period", &["Phát sinh trong kỳ", "Phát sinh trong tuần", "Trong tuần", "Số phát sinh trong kỳ", "Thực hiện trong kỳ", "Kết quả trong kỳ", "Kết quả trong tuần", "This period"]),
    Names(Column::Note, "note", "Ghi chú", "Note", &["Lý do", "Notes"]),
    Names(Column::Difficulty, "difficulty", "Khó khăn, vướng mắc", "Difficulty", &["Khó khăn", "Vướng mắc", "Difficulties"]),
    Names(Column::Week, "week", "Tuần", "Week", &["Tuần đối chiếu", "ISO week"]),
    Names(Column::ComparedStage, "stage", "Giai đoạn đối chiếu", "Compared", &["Giai đoạn", "Khâu", "Thời điểm đối chiếu", "Stage of comparison"]),
    Names(Column::RuleSet, "rule_set", "Bộ quy tắc", "Rule set", &["Quy tắc", "Bộ quy tắc đối chiếu"]),
    Names(Column::PopulationAsOf, "population_as_of", "Ngày dữ liệu dân cư", "Population data as of", &["Ngày chốt dữ liệu dân cư", "Ngày CSDL dân cư"]),
    Names(Column::Records, "records", "Số trường hợp", "Records", &["Số trường hợp đối chiếu"]),
    Names(Column::Subjects, "subjects", "Số người", "Subjects", &["Số người đối chiếu", "Số đối tượng"]),
    Names(Column::Outcome(Outcome::Same), "same", "Khớp", "Same", &["Trùng khớp"]),
    Names(Column::Outcome(Outcome::SameVariant), "same_variant", "Khớp, khác cách viết", "Same, variant spelling", &["Khớp khác cách viết"]),
    Names(Column::Outcome(Outcome::Differs), "differs", "Sai lệch", "Differs", &["Không khớp"]),
    Names(Column::Outcome(Outcome::Unsure), "unsure", "Chưa chắc", "Unsure", &["Chưa chắc chắn", "Nghi trùng"]),
    Names(Column::Outcome(Outcome::NotFound), "not_found", "Không tìm thấy", "Not found", &[]),
    Names(Column::Outcome(Outcome::NotCompared), "not_compared", "Chưa đối chiếu", "Not compared", &["Không đối chiếu được"]),
    Names(Column::Key, "key", "Khóa", "Key", &[]),
    Names(Column::Unit, "unit", "Mã đơn vị công bố", "Unit", &[]),
    Names(Column::Measure, "measure", "Chỉ tiêu", "Measure", &[]),
    Names(Column::Value, "value", "Giá trị", "Value", &["Số lượng", "Số liệu"]),
    Names(Column::Approximate, "approximate", "Cách nêu số", "Approximate", &[]),
    Names(Column::Source, "source", "Nguồn", "Source", &[]),
];

/// How the headers of earlier figures in a template begin, folded: "Kỳ trước 16/02/2025: Đã nhập".
const EARLIER: [&str; 2] = ["kytruoc", "earlier"];

static BY_FOLDED: LazyLock<BTreeMap<String, Column>> = LazyLock::new(|| {
    let mut columns = BTreeMap::new();
    for Names(column, key, vi, en, others) in &NAMES {
        for wording in [key, vi, en].into_iter().chain(others.iter()) {
            columns.entry(fold_header(wording)).or_insert(*column);
        }
    }
    for (column, key, name) in item::headers() {
        for wording in [&key, &name.vi, &name.en] {
            columns.entry(fold_header(wording)).or_insert(column);
        }
    }
    columns
});

/// A lone percent sign is a header too, so the sign is kept as a word where nothing else is.
fn fold_header(text: &str) -> String {
    match fold(text) {
        folded if folded.is_empty() && text.contains('%') => "%".to_owned(),
        folded => folded,
    }
}

impl Column {
    /// The column of a header cell, without regard to case, marks, blanks and a remark in brackets; `None` where no form
    /// has such a column.
    pub(crate) fn of_header(cell: &str) -> Option<Self> {
        let find = |text: &str| BY_FOLDED.get(&fold_header(text)).copied();
        let earlier = || {
            let (beside, stage) = cell.split_once(':')?;
            let beside = fold(beside);
            let is_beside = EARLIER.iter().any(|word| beside.starts_with(word));
            match find(stage) {
                Some(Self::Stage(stage)) if is_beside => Some(Self::Earlier(stage)),
                _ => None,
            }
        };
        let without_remark = || {
            let (before, _) = cell.split_once('(')?;
            find(before)
        };
        find(cell).or_else(earlier).or_else(without_remark)
    }

    /// The header of the column in a language.
    pub(crate) fn header(self, language: Language) -> &'static str {
        self.names()
            .map_or("", |Names(_, _, vi, en, _)| language.pick(vi, en))
    }

    fn names(self) -> Option<&'static Names> {
        NAMES.iter().find(|Names(column, ..)| *column == self)
    }

    /// The place of the column in arrays indexed by column, from 0.
    pub(crate) const fn index(self) -> usize {
        match self {
            Self::RowNumber => 0,
            Self::ProvinceCode => 1,
            Self::Province => 2,
            Self::SubUnit => 3,
            Self::AsOf => 4,
            Self::RecordType => 5,
            Self::Route => 6,
            Self::CountUnit => 7,
            Self::Remaining => 8,
            Self::Percent => 9,
            Self::Before => 10,
            Self::InPeriod => 11,
            Self::Note => 12,
            Self::Difficulty => 13,
            Self::Week => 14,
            Self::ComparedStage => 15,
            Self::RuleSet => 16,
            Self::PopulationAsOf => 17,
            Self::Records => 18,
            Self::Subjects => 19,
            Self::Unit => 20,
            Self::Measure => 21,
            Self::Value => 22,
            Self::Approximate => 23,
            Self::Source => 24,
            Self::Stage(stage) => 25 + stage.index(),
            Self::Outcome(Outcome::Same) => 32,
            Self::Outcome(Outcome::SameVariant) => 33,
            Self::Outcome(Outcome::Differs) => 34,
            Self::Outcome(Outcome::Unsure) => 35,
            Self::Outcome(Outcome::NotFound) => 36,
            Self::Outcome(Outcome::NotCompared) => 37,
            Self::Key => 38,
            Self::Earlier(stage) => 39 + stage.index(),
            // All items share one place: they are found by what a column means, not by an array.
            Self::Item(_) => COLUMNS,
        }
    }

    /// Whether a form has the column.
    pub(crate) const fn is_of(self, form: Form) -> bool {
        match self {
            Self::RowNumber | Self::RecordType | Self::Note => true,
            Self::AsOf | Self::CountUnit => !matches!(form, Form::Reconciliation),
            Self::Value => !matches!(form, Form::Counts),
            Self::ProvinceCode | Self::Province => !matches!(form, Form::Published),
            Self::SubUnit
            | Self::Route
            | Self::Stage(_)
            | Self::Earlier(_)
            | Self::Remaining
            | Self::Percent
            | Self::Before
            | Self::InPeriod
            | Self::Difficulty => matches!(form, Form::Counts),
            Self::Week
            | Self::ComparedStage
            | Self::RuleSet
            | Self::PopulationAsOf
            | Self::Records
            | Self::Subjects
            | Self::Key
            | Self::Item(_)
            | Self::Outcome(_) => matches!(form, Form::Reconciliation),
            Self::Unit | Self::Measure | Self::Approximate | Self::Source => {
                matches!(form, Form::Published)
            }
        }
    }

    /// Whether an empty cell at the end of a row may be missing altogether, as Excel does in CSV files.
    pub(crate) const fn may_be_missing(self) -> bool {
        matches!(
            self,
            Self::RowNumber
                | Self::SubUnit
                | Self::Route
                | Self::Earlier(_)
                | Self::Remaining
                | Self::Percent
                | Self::Before
                | Self::InPeriod
                | Self::Note
                | Self::Difficulty
                | Self::PopulationAsOf
                | Self::Item(_)
                | Self::Approximate
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wording_means_two_columns() {
        let mut seen = BTreeMap::new();
        for Names(column, key, vi, en, others) in &NAMES {
            for wording in [key, vi, en].into_iter().chain(others.iter()) {
                let earlier = seen.insert(fold_header(wording), *column);
                assert!(
                    earlier.is_none_or(|earlier| earlier == *column),
                    "{wording}"
                );
            }
        }
    }

    #[test]
    fn every_column_has_a_place_of_its_own() {
        let places: std::collections::BTreeSet<usize> = NAMES
            .iter()
            .map(|each| each.0)
            .chain(Stage::ALL.map(Column::Earlier))
            .map(Column::index)
            .collect();
        assert!(places.into_iter().eq(0..COLUMNS));
    }

    #[test]
    fn headers_are_known_in_every_dress() {
        let cases = [
            ("Đã số hóa", Some(Column::Stage(Stage::Entered))),
            ("DA SO HOA", Some(Column::Stage(Stage::Entered))),
            (" đã  số hoá ", Some(Column::Stage(Stage::Entered))),
            ("Tỷ lệ\n(%)", Some(Column::Percent)),
            ("%", Some(Column::Percent)),
            ("Đã nhập (trường hợp)", Some(Column::Stage(Stage::Entered))),
            ("province_code", Some(Column::ProvinceCode)),
            (
                "Khớp, khác cách viết",
                Some(Column::Outcome(Outcome::SameVariant)),
            ),
            (
                "Kỳ trước 16/02/2025: Đã nhập",
                Some(Column::Earlier(Stage::Entered)),
            ),
            (
                "Earlier 16 Feb 2025: Total",
                Some(Column::Earlier(Stage::Total)),
            ),
            ("Kỳ trước: ghi chú", None),
            ("Kỳ trước", Some(Column::Before)),
            ("Dự kiến hoàn thành", None),
            ("", None),
            ("12", None),
        ];
        for (header, column) in cases {
            assert_eq!(Column::of_header(header), column, "{header}");
        }
    }
}
