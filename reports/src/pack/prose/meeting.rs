//! What the last meeting was shown, what this one is, and what makes the difference.

use store::domain::Language;

use super::Section;
use crate::charts::style::moment;
use crate::model::{ChangeKind, ChangeList};
use crate::pack::about::About;
use crate::pack::input::PackInput;

pub(super) fn meeting(input: &PackInput<'_>, about: &About) -> Section {
    let language = about.language();
    let heading = about.t("Thay đổi từ cuộc họp trước", "Since the last meeting");
    let none = about.t(
        "Chưa có số liệu của cuộc họp trước để so sánh.",
        "Nothing is known of an earlier meeting to compare with.",
    );
    let Some(meeting) = input.meeting else {
        let paragraphs = vec![none.to_owned()];
        return Section {
            heading,
            paragraphs,
        };
    };
    let (change, earlier) = (meeting.change, meeting.earlier);
    let day = language.date(earlier.week.last_day());
    let known = moment(language, earlier.known_on);
    let whole = |value: i64| language.whole(value);
    let (before, now) = (whole(change.done.before), whole(change.done.now));
    let (work, corrections, coverage) = (
        whole(change.done.work),
        whole(change.done.corrections),
        whole(change.done.coverage),
    );
    let done = match language {
        Language::Vi => format!(
            "Cuộc họp trước thấy {before} trường hợp đã chuyển (số liệu đến {day}, ghi nhận đến {known}); kỳ này {now}: \
             việc đã làm {work}, đính chính {corrections}, thêm bớt số liệu của đơn vị {coverage}."
        ),
        Language::En => format!(
            "The last meeting was shown {before} records transferred (as of {day}, known on {known}); this one {now}: work \
             done {work}, corrections {corrections}, figures of units that came or went {coverage}."
        ),
    };
    let (left_before, left, scope) = (
        whole(change.remaining.before),
        whole(change.remaining.now),
        whole(change.total.scope),
    );
    let remaining = match language {
        Language::Vi => format!(
            "Còn lại thay đổi từ {left_before} thành {left}; tổng số cần số hóa đặt lại làm thay đổi {scope}."
        ),
        Language::En => format!(
            "What remains went from {left_before} to {left}; totals set anew account for {scope}."
        ),
    };
    Section {
        heading,
        paragraphs: vec![done, remaining, cells_words(meeting.cells, language)],
    }
}

/// How many figures were corrected or came and went with their file.
fn cells_words(cells: &ChangeList, language: Language) -> String {
    let count = |kind| language.whole(i64::try_from(cells.count_of(kind)).unwrap_or(i64::MAX));
    let (corrected, withdrawn) = (count(ChangeKind::Correction), count(ChangeKind::Withdrawal));
    match language {
        Language::Vi => format!(
            "Từ đó {corrected} ô số liệu được đính chính, {withdrawn} ô thay đổi do rút hoặc khôi phục tệp; từng ô với giá \
             trị cũ, mới, lý do và người thực hiện ở bảng “Số liệu được sửa”."
        ),
        Language::En => format!(
            "Since then {corrected} figures were corrected and {withdrawn} changed because a file was withdrawn or restored; \
             each, with old and new value, reason and author, is in the table “Figures that changed”."
        ),
    }
}
