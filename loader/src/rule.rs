//! The rules by name. The key is stable: receipts, help pages and other programs refer to it.

use serde::{Serialize, Serializer};
use store::domain::Text;

macro_rules! rules {
    ($($(#[$doc:meta])+ $variant:ident = $key:literal, $vi:literal, $en:literal;)+) => {
        /// A rule that a file is checked against. Each one's comment gives its reason.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])+ $variant,)+ }

        impl Rule {
            /// Every rule, in the order a file meets them.
            pub const EVERY: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name in receipts and addresses, in kebab case.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// What is wrong where the rule is broken, in a few words.
            #[must_use]
            pub fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($vi, $en),)+ }
            }
        }
    };
}

rules! {
    /// A file beyond the limit is refused unread: no real report is that large, and reading it would starve the others.
    FileSize = "file-size", "Tệp quá lớn", "File too large";
    /// The file cannot be opened or is no ordinary file.
    Unreadable = "unreadable", "Không đọc được tệp", "File cannot be read";
    /// A file without any text reports nothing.
    EmptyFile = "empty-file", "Tệp rỗng", "Empty file";
    /// Archives and documents are often sent under the name of a CSV file.
    NotCsv = "not-csv", "Không phải tệp CSV hay bảng tính", "Neither a CSV file nor a workbook";
    /// A workbook that cannot be opened completely could be read without its last rows.
    Workbook = "workbook", "Bảng tính bị hỏng", "Workbook damaged";
    /// Without the password nothing in the workbook can be read.
    Encrypted = "encrypted", "Bảng tính có mật khẩu", "Workbook with a password";
    /// A small file can unpack to more than the machine has, so a workbook is measured before it is opened.
    WorkbookSize = "workbook-size", "Bảng tính quá lớn khi mở", "Workbook too large to open";
    /// Only one sheet is read; a table on another one could be the one that was meant.
    OtherSheet = "other-sheet", "Trang tính không được đọc", "Sheet not read";
    /// Text in another encoding would turn into other letters without any error, so it is never guessed.
    Encoding = "encoding", "Bảng mã không dùng được", "Encoding cannot be used";
    /// A file of before Unicode was read without doubt; the sender is told, for a name could still be mistyped.
    OldEncoding = "old-encoding", "Bảng mã cũ đã được chuyển", "Old encoding converted";
    /// A quotation mark that is not closed swallows the rows after it.
    Quote = "quote", "Dấu ngoặc kép không khớp", "Quotation marks do not match";
    /// Without these columns a row cannot be understood.
    MissingHeader = "missing-header", "Thiếu cột bắt buộc", "Required column missing";
    /// Of two columns for one thing the program cannot know which one counts.
    DuplicateHeader = "duplicate-header", "Trùng cột", "Column given twice";
    /// Columns that no form knows are left unread, and the sender is told which.
    IgnoredColumn = "ignored-column", "Cột không được đọc", "Column not read";
    /// A formula whose result was not saved looks like an empty cell, which would mean "not reported".
    FormulaValue = "formula-value", "Công thức chưa có kết quả", "Formula without a result";
    /// A row of another width has its values in the wrong columns.
    FieldCount = "field-count", "Số ô trong dòng không khớp tiêu đề", "Row width differs from \
     header";
    /// A row without any figure reports nothing; a file without any figure is an error.
    NoFigures = "no-figures", "Không có số liệu", "No figures";
    /// Total rows repeat other rows; reading them would count everything twice.
    TotalRow = "total-row", "Dòng cộng được bỏ qua", "Total row skipped";
    /// A count is a whole number, written as Vietnamese or English offices write it.
    Number = "number", "Không phải số", "Not a number";
    /// There is no negative number of books, pages or records.
    NegativeNumber = "negative-number", "Số âm", "Negative number";
    /// Books, pages and records are counted whole.
    FractionNumber = "fraction-number", "Số lẻ", "Fraction";
    /// Larger than the archive can keep, and larger than any archive of books.
    LargeNumber = "large-number", "Số quá lớn", "Number too large";
    /// The percentage of the check column cannot be read.
    Percent = "percent", "Tỷ lệ không đọc được", "Percentage cannot be read";
    /// A day that the calendar does not have, or a form that could be two days.
    Date = "date", "Ngày không hợp lệ", "Invalid date";
    /// A figure of the future is a plan, and before 2015 nobody digitized these books: most often the year is mistyped.
    DateRange = "date-range", "Ngày ngoài khoảng cho phép", "Date out of range";
    /// Words of a closed list: record type, route, count unit, stage of comparison, wording.
    Word = "word", "Từ không có trong danh sách", "Word not in the list";
    /// Control characters hide text from the reader, and very long text does not belong into a table.
    Text = "text", "Nội dung chữ không hợp lệ", "Invalid text";
    /// A cell without which the row cannot be understood is empty.
    RequiredCell = "required-cell", "Ô bắt buộc để trống", "Required cell empty";
    /// No unit ever had this name or code.
    UnitUnknown = "unit-unknown", "Không có tỉnh, thành phố này", "No such province";
    /// The unit existed, but not on the date of the figures: seven codes and many names changed on 1 July 2025.
    UnitOtherDate = "unit-other-date", "Tỉnh, thành phố không còn hoặc chưa có vào ngày này", "Province does not exist on this date";
    /// Code and name speak of two different units on that date.
    UnitMismatch = "unit-mismatch", "Mã và tên không khớp", "Code and name disagree";
    /// No later stage can hold more than an earlier one: what is transferred was approved, what is approved was checked.
    StageOrder = "stage-order", "Khâu sau lớn hơn khâu trước", "Later stage exceeds earlier one";
    /// Only data typed on the population database can be returned by its owner.
    ReturnedRoute = "returned-route", "Cột Đã nhận lại sai cách làm", "Returned on the wrong route";
    /// Where a total and its parts are both given they should agree. Official tables differ at times, so it is asked.
    Sums = "sums", "Tổng và các phần không khớp", "Parts do not add up";
    /// A total row that differs from the rows above it shows that one of them was changed alone.
    TotalRowSum = "total-row-sum", "Dòng cộng khác tổng các dòng", "Total row differs from its \
     rows";
    /// Of two rows for the same thing the program cannot know which one counts.
    DuplicateRow = "duplicate-row", "Dòng trùng", "Row given twice";
    /// An unchanged row may be last week's file sent again.
    SameAsBefore = "same-as-before", "Số liệu y như kỳ trước", "Same figures as before";
    /// Cumulative counts do not fall unless something is corrected, and a correction has a reason.
    Lowered = "lowered", "Số lũy kế giảm", "Cumulative count fell";
    /// A total that shrinks makes progress look better without any work, so the reason must be known.
    TotalLowered = "total-lowered", "Tổng số cần số hóa giảm", "Total was lowered";
    /// A total that grows by more than half is a new phase of the work or a digit too many.
    TotalRaised = "total-raised", "Tổng số cần số hóa tăng hơn một nửa", "Total rose by more than half";
    /// A count that grows far faster than ever before is a campaign or a mistyped digit.
    Jump = "jump", "Số liệu tăng đột biến", "Sudden jump";
    /// The third report in a row without any change means that the work stands still or that old figures are sent again.
    Repeated = "repeated", "Số liệu giữ nguyên nhiều kỳ", "Unchanged for several reports";
    /// A report of several rows that differs from the one before only in its date is most often that file with a new date.
    RenamedWeek = "renamed-week", "Báo cáo kỳ trước đổi ngày", "Earlier report with a new date";
    /// Figures that stand already change nothing; the sender may have meant another file.
    AlreadyKnown = "already-known", "Số liệu đã có", "Figures already known";
    /// Two provinces never have the same figures: the file was made from another one's and not filled in.
    OtherUnit = "other-unit", "Giống số liệu của tỉnh khác", "Figures of another province";
    /// Counted figures end in 000 once in a thousand; where all do, they are estimates.
    RoundNumbers = "round-numbers", "Số tròn nghìn", "Round numbers";
    /// Books hold between 0.3 and 1.6 records for each inhabitant; other totals count something else or have a wrong digit.
    Inhabitants = "inhabitants", "Tổng số không hợp với dân số", "Total does not fit inhabitants";
    /// What was done before and what was done in the period make what is done.
    PeriodCheck = "period-check", "Kỳ trước và trong kỳ không cộng đủ", "Period does not add up";
    /// With day and month changed about the date would be that of the latest report: it is asked which was meant.
    DateOrder = "date-order", "Ngày và tháng có thể bị đảo", "Day and month may be swapped";
    /// Remaining is total less transferred; another value means that a column is stale.
    RemainingCheck = "remaining-check", "Cột Còn lại không khớp", "Remaining does not match";
    /// The percentage is transferred in total; another value means that a column is stale or the definition differs.
    PercentCheck = "percent-check", "Cột Tỷ lệ không khớp", "Percentage does not match";
    /// The six outcomes partition the subjects (reconciliation invariant 1).
    OutcomesSum = "outcomes-sum", "Các kết quả không cộng đủ số người", "Outcomes do not add up";
    /// A birth and a death have one subject, a marriage two, any other event at least one (reconciliation invariant 2).
    Subjects = "subjects", "Số người không khớp số trường hợp", "Subjects do not fit records";
    /// Only measures with a definition can be shown.
    Measure = "measure", "Không có chỉ tiêu này", "No such measure";
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_unique_and_in_kebab_case() {
        let keys: BTreeSet<&str> = Rule::EVERY.iter().map(|rule| rule.key()).collect();
        assert_eq!(keys.len(), Rule::EVERY.len());
        for key in keys {
            assert!(
                key.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{key}"
            );
        }
    }
}
