//! The rules by name. The key is stable: receipts, help pages and other programs refer to it.

use serde::{Serialize, Serializer};
use store::domain::Text;

macro_rules! rules {
    ($($(#[doc = $why:literal])+ $variant:ident = $key:literal, $vi:literal, $en:literal, $why_vi:literal;)+) => {
        /// A rule that a file is checked against. Each one's comment is its reason, as receipts give it in English.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[doc = $why])+ $variant,)+ }

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

            /// Why the rule exists.
            #[must_use]
            pub fn reason(self) -> Text {
                match self { $(Self::$variant => Text::new($why_vi, concat!($($why),+).trim_start()),)+ }
            }
        }
    };
}

rules! {
    /// A file beyond the limit is refused unread: no real report is that large, and reading it would starve the others.
    FileSize = "file-size", "Tệp quá lớn", "File too large",
        "Không báo cáo thật nào lớn như vậy, và đọc tệp đó sẽ làm các tệp khác phải chờ.";
    /// The file cannot be opened or is no ordinary file.
    Unreadable = "unreadable", "Không đọc được tệp", "File cannot be read",
        "Tệp không mở được thì không kiểm tra được gì.";
    /// A file without any text reports nothing.
    EmptyFile = "empty-file", "Tệp rỗng", "Empty file",
        "Tệp không có nội dung thì không báo cáo gì.";
    /// Archives and documents are often sent under the name of a CSV file.
    NotCsv = "not-csv", "Không phải tệp CSV hay bảng tính", "Neither a CSV file nor a workbook",
        "Tệp nén và văn bản hay bị gửi nhầm dưới tên của một tệp CSV.";
    /// A workbook that cannot be opened completely could be read without its last rows.
    Workbook = "workbook", "Bảng tính bị hỏng", "Workbook damaged",
        "Bảng tính không mở được trọn vẹn có thể bị đọc thiếu các dòng cuối.";
    /// Without the password nothing in the workbook can be read.
    Encrypted = "encrypted", "Bảng tính có mật khẩu", "Workbook with a password",
        "Không có mật khẩu thì không đọc được gì trong bảng tính.";
    /// A small file can unpack to more than the machine has, so a workbook is measured before it is opened.
    WorkbookSize = "workbook-size", "Bảng tính quá lớn khi mở", "Workbook too large to open",
        "Một tệp nhỏ có thể bung ra lớn hơn bộ nhớ của máy, nên bảng tính được đo trước khi mở.";
    /// Only one sheet is read; a table on another one could be the one that was meant.
    OtherSheet = "other-sheet", "Trang tính không được đọc", "Sheet not read",
        "Chỉ một trang tính được đọc; bảng ở trang khác có thể mới là bảng cần gửi.";
    /// What nobody sees nobody looked over; a filter leaves out rows that are still there.
    HiddenCells = "hidden-cells", "Dòng, cột ẩn được đọc", "Hidden rows or columns read",
        "Dòng, cột bị ẩn hoặc bị lọc vẫn nằm trong tệp và được đọc như mọi dòng, cột khác; người gửi có thể chưa xem lại.";
    /// Text in another encoding would turn into other letters without any error, so it is never guessed.
    Encoding = "encoding", "Bảng mã không dùng được", "Encoding cannot be used",
        "Đọc sai bảng mã thì chữ này thành chữ khác mà không báo lỗi, nên không bao giờ đoán.";
    /// A file of before Unicode was read without doubt; the sender is told, for a name could still be mistyped.
    OldEncoding = "old-encoding", "Bảng mã cũ đã được chuyển", "Old encoding converted",
        "Tệp từ thời trước Unicode đã đọc được chắc chắn; người gửi được báo vì tên riêng vẫn có thể gõ sai.";
    /// A quotation mark that is not closed swallows the rows after it.
    Quote = "quote", "Dấu ngoặc kép không khớp", "Quotation marks do not match",
        "Dấu ngoặc kép không đóng sẽ nuốt mất các dòng phía sau.";
    /// Without these columns a row cannot be understood.
    MissingHeader = "missing-header", "Thiếu cột bắt buộc", "Required column missing",
        "Thiếu các cột này thì không hiểu được dòng nào.";
    /// Of two columns for one thing the program cannot know which one counts.
    DuplicateHeader = "duplicate-header", "Trùng cột", "Column given twice",
        "Hai cột cùng nghĩa thì chương trình không biết cột nào đúng.";
    /// Columns that no form knows are left unread, and the sender is told which.
    IgnoredColumn = "ignored-column", "Cột không được đọc", "Column not read",
        "Cột không có trong biểu mẫu thì không được đọc, và người gửi cần biết đó là cột nào.";
    /// A formula whose result was not saved looks like an empty cell, which would mean "not reported".
    FormulaValue = "formula-value", "Công thức chưa có kết quả", "Formula without a result",
        "Công thức chưa lưu kết quả trông như ô trống, mà ô trống nghĩa là “chưa báo cáo”.";
    /// A row of another width has its values in the wrong columns.
    FieldCount = "field-count", "Số ô trong dòng không khớp tiêu đề", "Row width differs from \
     header",
        "Dòng có số ô khác tiêu đề thì các giá trị nằm sai cột.";
    /// A row without any figure reports nothing; a file without any figure is an error.
    NoFigures = "no-figures", "Không có số liệu", "No figures",
        "Dòng không có con số nào thì không báo cáo gì; tệp không có con số nào là lỗi.";
    /// Total rows repeat other rows; reading them would count everything twice.
    TotalRow = "total-row", "Dòng cộng được bỏ qua", "Total row skipped",
        "Dòng cộng lặp lại các dòng khác; đọc cả dòng cộng sẽ tính mọi thứ hai lần.";
    /// A count is a whole number, written as Vietnamese or English offices write it.
    Number = "number", "Không phải số", "Not a number",
        "Số lượng là số nguyên, viết như các cơ quan Việt Nam hoặc nước ngoài vẫn viết.";
    /// One sign before three digits groups them, unless the column shows that it is a decimal sign: then it is asked.
    Grouping = "grouping", "Dấu nhóm hay dấu thập phân", "Grouping or decimal sign",
        "Một dấu trước ba chữ số là dấu nhóm, trừ khi cả cột cho thấy đó là dấu thập phân: khi ấy phải hỏi.";
    /// There is no negative number of books, pages or records.
    NegativeNumber = "negative-number", "Số âm", "Negative number",
        "Không có số sổ, số trang hay số trường hợp âm.";
    /// Books, pages and records are counted whole.
    FractionNumber = "fraction-number", "Số lẻ", "Fraction",
        "Sổ, trang và trường hợp được đếm nguyên.";
    /// Larger than the archive can keep, and larger than any archive of books.
    LargeNumber = "large-number", "Số quá lớn", "Number too large",
        "Lớn hơn mức kho số liệu giữ được, và lớn hơn mọi kho sổ hộ tịch.";
    /// The percentage of the check column cannot be read.
    Percent = "percent", "Tỷ lệ không đọc được", "Percentage cannot be read",
        "Không đọc được tỷ lệ ở cột kiểm tra.";
    /// A day that the calendar does not have, or a form that could be two days.
    Date = "date", "Ngày không hợp lệ", "Invalid date",
        "Ngày không có trong lịch, hoặc cách viết có thể hiểu thành hai ngày.";
    /// A figure of the future is a plan, and before 2015 nobody digitized these books: most often the year is mistyped.
    DateRange = "date-range", "Ngày ngoài khoảng cho phép", "Date out of range",
        "Số liệu của ngày chưa tới là kế hoạch, và trước năm 2015 chưa ai số hóa các sổ này: thường là gõ nhầm năm.";
    /// Words of a closed list: record type, route, count unit, stage of comparison, wording.
    Word = "word", "Từ không có trong danh sách", "Word not in the list",
        "Ô này chỉ nhận từ trong danh sách: loại việc, cách làm, đơn vị tính, giai đoạn đối chiếu, cách nêu số.";
    /// Control characters hide text from the reader, and very long text does not belong into a table.
    Text = "text", "Nội dung chữ không hợp lệ", "Invalid text",
        "Ký tự điều khiển che nội dung với người đọc, và đoạn chữ rất dài không thuộc về một bảng.";
    /// A cell without which the row cannot be understood is empty.
    RequiredCell = "required-cell", "Ô bắt buộc để trống", "Required cell empty",
        "Ô bắt buộc để trống thì không hiểu được dòng này.";
    /// No unit ever had this name or code.
    UnitUnknown = "unit-unknown", "Không có tỉnh, thành phố này", "No such province",
        "Chưa từng có tỉnh, thành phố nào mang tên hoặc mã này.";
    /// The unit existed, but not on the date of the figures: seven codes and many names changed on 1 July 2025.
    UnitOtherDate = "unit-other-date", "Tỉnh, thành phố không còn hoặc chưa có vào ngày này", "Province does not exist on this date",
        "Đơn vị này có tồn tại nhưng không phải vào ngày của số liệu: bảy mã và nhiều tên đã đổi từ 01/07/2025.";
    /// Code and name speak of two different units on that date.
    UnitMismatch = "unit-mismatch", "Mã và tên không khớp", "Code and name disagree",
        "Mã và tên chỉ hai đơn vị khác nhau vào ngày đó.";
    /// No later stage can hold more than an earlier one: what is transferred was approved, what is approved was checked.
    StageOrder = "stage-order", "Khâu sau lớn hơn khâu trước", "Later stage exceeds earlier one",
        "Khâu sau không thể nhiều hơn khâu trước: đã chuyển thì phải đã phê duyệt, đã phê duyệt thì phải đã kiểm tra.";
    /// Only data typed on the population database can be returned by its owner.
    ReturnedRoute = "returned-route", "Cột Đã nhận lại sai cách làm", "Returned on the wrong route",
        "Chỉ dữ liệu nhập trên CSDL quốc gia về dân cư mới có thể bị trả lại.";
    /// Where a total and its parts are both given they should agree. Official tables differ at times, so it is asked.
    Sums = "sums", "Tổng và các phần không khớp", "Parts do not add up",
        "Khi có cả tổng và các phần thì hai bên phải khớp. Bảng chính thức đôi khi vẫn lệch, nên đây là câu hỏi.";
    /// A total row that differs from the rows above it shows that one of them was changed alone.
    TotalRowSum = "total-row-sum", "Dòng cộng khác tổng các dòng", "Total row differs from its \
     rows",
        "Dòng cộng khác tổng các dòng phía trên cho thấy một trong hai đã bị sửa riêng.";
    /// Of two rows for the same thing the program cannot know which one counts.
    DuplicateRow = "duplicate-row", "Dòng trùng", "Row given twice",
        "Hai dòng cho cùng một việc thì chương trình không biết dòng nào đúng.";
    /// An unchanged row may be last week's file sent again.
    SameAsBefore = "same-as-before", "Số liệu y như kỳ trước", "Same figures as before",
        "Dòng không đổi có thể là tệp tuần trước gửi lại.";
    /// Cumulative counts do not fall unless something is corrected, and a correction has a reason.
    Lowered = "lowered", "Số lũy kế giảm", "Cumulative count fell",
        "Số lũy kế chỉ giảm khi có điều chỉnh, và điều chỉnh thì phải có lý do.";
    /// A total that shrinks makes progress look better without any work, so the reason must be known.
    TotalLowered = "total-lowered", "Tổng số cần số hóa giảm", "Total was lowered",
        "Tổng số giảm làm tiến độ trông tốt hơn mà không cần làm gì, nên phải biết lý do.";
    /// A total that grows by more than half is a new phase of the work or a digit too many.
    TotalRaised = "total-raised", "Tổng số cần số hóa tăng hơn một nửa", "Total rose by more than half",
        "Tổng số tăng hơn một nửa là một đợt việc mới, hoặc thừa một chữ số.";
    /// A count that grows far faster than ever before is a campaign or a mistyped digit.
    Jump = "jump", "Số liệu tăng đột biến", "Sudden jump",
        "Số tăng nhanh hơn hẳn mọi lần trước là một đợt cao điểm, hoặc gõ nhầm một chữ số.";
    /// The third report in a row without any change means that the work stands still or that old figures are sent again.
    Repeated = "repeated", "Số liệu giữ nguyên nhiều kỳ", "Unchanged for several reports",
        "Ba báo cáo liền không thay đổi nghĩa là việc đang dừng, hoặc số cũ bị gửi lại.";
    /// A report of several rows that differs from the one before only in its date is most often that file with a new date.
    RenamedWeek = "renamed-week", "Báo cáo kỳ trước đổi ngày", "Earlier report with a new date",
        "Báo cáo nhiều dòng chỉ khác kỳ trước ở ngày thường chính là tệp cũ đổi ngày.";
    /// Figures that stand already change nothing; the sender may have meant another file.
    AlreadyKnown = "already-known", "Số liệu đã có", "Figures already known",
        "Số liệu đã có trong kho thì không đổi gì; có thể người gửi định gửi tệp khác.";
    /// Two provinces never have the same figures: the file was made from another one's and not filled in.
    OtherUnit = "other-unit", "Giống số liệu của tỉnh khác", "Figures of another province",
        "Hai tỉnh không bao giờ có số liệu giống hệt nhau: tệp được chép từ tỉnh khác và chưa điền.";
    /// Counted figures end in 000 once in a thousand; where all do, they are estimates.
    RoundNumbers = "round-numbers", "Số tròn nghìn", "Round numbers",
        "Trong một nghìn số đếm thật chỉ một số tận cùng 000; nếu tất cả đều vậy thì là số ước lượng.";
    /// Books hold between 0.3 and 1.6 records for each inhabitant; other totals count something else or have a wrong digit.
    Inhabitants = "inhabitants", "Tổng số không hợp với dân số", "Total does not fit inhabitants",
        "Mỗi người dân có từ 0,3 đến 1,6 trường hợp trong sổ; tổng khác đi là đếm thứ khác hoặc sai một chữ số.";
    /// What was done before and what was done in the period make what is done.
    PeriodCheck = "period-check", "Kỳ trước và trong kỳ không cộng đủ", "Period does not add up",
        "Số kỳ trước cộng số trong kỳ phải bằng số lũy kế.";
    /// With day and month changed about the date would be that of the latest report: it is asked which was meant.
    DateOrder = "date-order", "Ngày và tháng có thể bị đảo", "Day and month may be swapped",
        "Nếu đổi chỗ ngày và tháng thì thành ngày của báo cáo mới nhất, nên cần hỏi ngày nào đúng.";
    /// Remaining is total less transferred; another value means that a column is stale.
    RemainingCheck = "remaining-check", "Cột Còn lại không khớp", "Remaining does not match",
        "Còn lại bằng tổng số trừ số đã chuyển; khác đi nghĩa là một cột chưa được cập nhật.";
    /// The percentage is transferred in total; another value means that a column is stale or the definition differs.
    PercentCheck = "percent-check", "Cột Tỷ lệ không khớp", "Percentage does not match",
        "Tỷ lệ là số đã chuyển chia tổng số; khác đi nghĩa là một cột chưa cập nhật hoặc cách tính khác.";
    /// The six outcomes share out the subjects, none left over and none twice.
    OutcomesSum = "outcomes-sum", "Các kết quả không cộng đủ số người", "Outcomes do not add up",
        "Sáu kết quả chia trọn số người, không sót và không trùng.";
    /// A birth and a death have one subject, a marriage two, any other event at least one.
    Subjects = "subjects", "Số người không khớp số trường hợp", "Subjects do not fit records",
        "Khai sinh và khai tử có một người, kết hôn có hai, việc khác có ít nhất một người.";
    /// A reconciliation document that is no JSON cannot be read in part.
    Json = "json", "JSON không đọc được", "JSON cannot be read",
        "Tài liệu đối chiếu không phải JSON thì không đọc được phần nào.";
    /// Keys outside the allow-list could carry personal data, so nothing of them is read, kept or repeated.
    UnknownKey = "unknown-key", "Khóa không được phép", "Key not allowed",
        "Khóa ngoài danh sách có thể mang dữ liệu cá nhân nên không được đọc, lưu hay nhắc lại.";
    /// The ledger holds counts; what looks like a person is refused with the whole file.
    PersonalData = "personal-data", "Có dữ liệu cá nhân", "Personal data",
        "Sổ chỉ giữ số đếm; tệp có gì giống dữ liệu của một người đều bị từ chối cả tệp.";
    /// One of the 24 invariants of the ledger; the message gives its number and the missing amount.
    LedgerInvariant = "ledger-invariant", "Sổ đối chiếu không khớp quy tắc", "Ledger rule broken",
        "Một trong 24 quy tắc của sổ không đúng; thông báo nêu số của quy tắc và phần thiếu.";
    /// Batches are replaced by later ones, never edited, and the reason is kept.
    ReplacesBatch = "replaces-batch", "Thay đợt đối chiếu đã ghi", "Replaces a recorded batch",
        "Đợt đã ghi không sửa mà được thay bằng đợt sau, và lý do được giữ lại.";
    /// Rates under a rule set that nobody recorded compare with no others.
    RuleSetUnknown = "rule-set-unknown", "Bộ quy tắc chưa đăng ký", "Rule set not recorded",
        "Tỷ lệ theo bộ quy tắc chưa đăng ký không so sánh được với tỷ lệ nào khác.";
    /// Only measures with a definition can be shown.
    Measure = "measure", "Không có chỉ tiêu này", "No such measure",
        "Chỉ chỉ tiêu có định nghĩa mới được hiển thị.";
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
