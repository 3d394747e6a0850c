//! What to type where, in a sentence a column.

use store::domain::{Language, Stage};

use crate::column::Column;
use crate::form::Form;
use crate::forms::item::Item;

/// What stands above everything else in the guide of a form.
pub(super) fn general(form: Form, language: Language) -> Vec<&'static str> {
    let common = [
        language.pick(
            "Điền vào các ô trắng của trang đầu, lưu lại dạng .xlsx rồi gửi cả tệp. Dòng để trống được bỏ qua.",
            "Fill in the white cells of the first sheet, save as .xlsx and send the whole file. A row left empty is skipped.",
        ),
        language.pick(
            "Kết quả bằng không thì ghi 0; chưa có số liệu thì để trống. Hai việc này khác nhau.",
            "Write 0 where there is none, and leave the cell empty where nothing is known. The two are not the same.",
        ),
        language.pick(
            "Không điền thông tin cá nhân của bất kỳ ai: chỉ số đếm.",
            "Never write anything about a person: counts only.",
        ),
    ];
    let counts = [
        language.pick(
            "Số liệu là lũy kế từ đầu đến ngày chốt, không phải số làm trong tuần; khâu sau không nhiều hơn khâu trước.",
            "Counts are cumulative up to the date, not the work of the week; no later stage has more than an earlier one.",
        ),
        language.pick(
            "Có cả dòng Tổng hợp và các dòng theo loại việc thì tổng phải bằng các phần cộng lại.",
            "Where there is a row for all types and rows for each type, the parts must add up to the whole.",
        ),
        language.pick(
            "Các cột xám “Kỳ trước” chỉ để so sánh và không được đọc.",
            "The grey columns “Earlier” are for comparison only and are not read.",
        ),
    ];
    let form_advice = match form {
        Form::Counts => &counts[..],
        Form::Reconciliation | Form::Published => &[],
    };
    [&common[..], form_advice].concat()
}

/// The title of the guide.
pub(super) const fn title(language: Language) -> &'static str {
    language.pick("Cách điền biểu mẫu", "How to fill in the form")
}

/// What the full reconciliation form asks for beside its short one.
pub(super) const fn of_run(language: Language) -> [&'static str; 3] {
    [
        language.pick(
            "Mỗi ô được đối chiếu có sáu cột; sáu cột cộng lại bằng khớp, khớp khác cách viết và sai lệch cộng lại. Ô không đối chiếu thì để trống cả sáu cột.",
            "A field that was compared has six columns, which add up to same, same by variant and differs together. Leave all six empty for a field that was not.",
        ),
        language.pick(
            "Lần đầu và đối chiếu lại cộng lại bằng số người. Các cột về số định danh ghi 0 nếu không có.",
            "First time and again add up to the people. Write 0 in the columns of personal numbers where there are none.",
        ),
        language.pick(
            "Trùng: mỗi nhóm có từ hai trường hợp. Loại trùng không tìm thì để trống cả hai cột.",
            "Duplicates: a group has two records at least. Leave both columns empty for a kind that was not looked for.",
        ),
    ]
}

/// What to type where a day belongs.
const DAY: (&str, &str) = (
    "Ngày/tháng/năm, không sau hôm nay.",
    "Day/month/year, not after today.",
);

/// What to do where there is a list.
const CHOOSE: (&str, &str) = ("Chọn trong danh sách.", "Choose from the list.");

/// What to type into a column; `None` where its header says enough.
pub(super) fn of_column(column: Column, language: Language) -> Option<&'static str> {
    let (vi, en) = match column {
        Column::ProvinceCode => (
            "Hai chữ số, đúng vào ngày chốt số liệu.",
            "Two digits, as valid on the date of the counts.",
        ),
        Column::SubUnit => (
            "Tên xã, phường hoặc cơ quan đăng ký; để trống là toàn tỉnh.",
            "The commune or registry office; empty is the whole province.",
        ),
        Column::AsOf | Column::PopulationAsOf => DAY,
        Column::Week => (
            "Năm và tuần theo ISO, ví dụ 2025-W09.",
            "Year and ISO week, such as 2025-W09.",
        ),
        Column::RecordType | Column::ComparedStage => CHOOSE,
        Column::Route => (
            "NĐ 87: số hóa từ sổ; QT 1292: nhập trên CSDL dân cư; để trống là cả hai.",
            "books: from the books (Decree 87); population_db: typed on the population database (Procedure 1292); empty is both.",
        ),
        Column::CountUnit => (
            "Đếm theo trường hợp, sổ hay trang.",
            "Whether records, books or pages are counted.",
        ),
        Column::Stage(Stage::Total) => (
            "Số nguyên: tổng số phải số hóa.",
            "Whole number: all that has to be digitized.",
        ),
        Column::Stage(Stage::Returned) => (
            "Số nguyên; chỉ với cách làm QT 1292.",
            "Whole number; on the route population_db only.",
        ),
        Column::Stage(_) => ("Số nguyên, lũy kế.", "Whole number, cumulative."),
        Column::Note => (
            "Lý do, nếu số lũy kế giảm hoặc số liệu được sửa.",
            "The reason, where a cumulative count falls or a figure is corrected.",
        ),
        Column::Difficulty => ("Nếu có.", "Where there are any."),
        Column::RuleSet => (
            "Tên và phiên bản bộ quy tắc, ví dụ VN-1.2.",
            "Name and version of the rule set, such as VN-1.2.",
        ),
        Column::Item(item) => return of_item(item, language),
        Column::Records | Column::Outcome(_) => ("Số nguyên.", "Whole number."),
        Column::Subjects => (
            "Số nguyên; bằng sáu cột kết quả cộng lại.",
            "Whole number; the six outcomes add up to it.",
        ),
        _ => return None,
    };
    Some(language.pick(vi, en))
}

/// What to type into a column of the full form that is no column of the short one.
fn of_item(item: Item, language: Language) -> Option<&'static str> {
    let (vi, en) = match item {
        Item::RegistryAsOf => DAY,
        Item::Method => CHOOSE,
        Item::PeriodFrom | Item::PeriodTo => (
            "Năm đăng ký đầu và cuối của sổ; để trống cả hai là mọi sổ.",
            "First and last year of registration; both empty is all books.",
        ),
        Item::Tool => (
            "Tên và phiên bản công cụ, ví dụ sohoa 0.1.0; để trống nếu không có.",
            "Name and version of the tool, such as sohoa 0.1.0; empty where there is none.",
        ),
        Item::Cutoff => (
            "Từ 0 đến 1000; để trống nếu không chấm điểm.",
            "From 0 to 1000; empty where pairs have no score.",
        ),
        Item::WorklistSha256 => (
            "64 chữ số thập lục phân; danh sách ở lại tỉnh.",
            "64 hexadecimal digits; the list stays at the province.",
        ),
        _ => return None,
    };
    Some(language.pick(vi, en))
}
