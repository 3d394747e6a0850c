//! A file that brings nothing new.

use store::domain::{CountRow, Language, Text};

use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::History;
use crate::rule::Rule;

/// Notes that every figure of the file stands already for the same date, under whatever name it came.
///
/// No question: recording it again changes no figure.
pub(crate) fn check_already_known(
    rows: &[ReadRow<CountRow>],
    history: &History,
    findings: &mut Findings,
) {
    let Some(first) = rows.first() else { return };
    let stands = |row: &ReadRow<CountRow>| {
        let days = history.of(&row.value);
        let known = days.and_then(|days| days.get(&row.value.as_of));
        known.is_some_and(|known| {
            let mut counts = row.value.counts.iter();
            counts.all(|(stage, reported)| known.counts.get(stage) == Some(reported))
        })
    };
    if !rows.iter().all(stands) {
        return;
    }
    let as_of = first.value.as_of;
    findings.push(Finding::note(
        Rule::AlreadyKnown,
        Text::new(
            format!(
                "mọi số liệu của tệp đã có trong kho cho cùng ngày ({})",
                Language::Vi.date(as_of)
            ),
            format!(
                "every figure of the file is known already for its date ({})",
                Language::En.date(as_of)
            ),
        ),
        Text::new(
            "kiểm tra có gửi nhầm tệp cũ không; gửi lại không làm thay đổi số liệu",
            "check that it is the file you meant; sending it again changes no figure",
        ),
    ));
}
