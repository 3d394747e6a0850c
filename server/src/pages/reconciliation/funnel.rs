//! The steps from the book to a linked record.

use reports::reconciliation::Funnel;
use store::domain::{Count, Language, LedgerFilter, Share};

use crate::pages::figures::Meter;
use crate::pages::wording::Words;

/// A step of the funnel.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) of: String,
    pub(super) share: Option<Meter>,
}

/// The steps in their order.
///
/// A share of people in records is told only of one record type, which says how many people a record has; what is linked is
/// told for some provinces and types only, so it is no share.
pub(super) fn funnel_steps(funnel: &Funnel, filter: LedgerFilter, words: &Words) -> Vec<Step> {
    let done = funnel.done;
    let name = |vi: &str, en: &str| words.language.pick(vi, en).to_owned();
    let told = |count: Option<Count>| match count {
        Some(count) => words.cell(count),
        None if filter.period.is_some() => name("không chia theo thời kỳ", "not told by period"),
        None => name("chưa báo cáo", "not reported"),
    };
    let records = |vi: &str, en: &str, count: Option<Count>, of: Option<Count>| Step {
        name: name(vi, en),
        count: told(count),
        of: name("trường hợp", "records"),
        share: meter(count.zip(of), words),
    };
    let people = |name_of_step: String, count: Count, share: Option<(Count, Count)>| Step {
        name: name_of_step,
        count: words.cell(count),
        of: name("người", "people"),
        share: meter(share, words),
    };
    let coverage = filter.record_type.and_then(|kind| funnel.coverage(kind));
    let mut steps = vec![
        records("Đã nhập", "Entered", done.entered, done.entered),
        records("Đã kiểm tra", "Checked", done.checked, done.entered),
        people(
            name("Đối chiếu lần đầu", "Compared for the first time"),
            funnel.compared,
            coverage,
        ),
    ];
    match funnel.clean {
        Some(clean) => steps.push(people(
            name("Sạch: khớp hoặc đã giải quyết", "Clean: same or resolved"),
            clean,
            None,
        )),
        None => steps.extend(funnel.families.iter().map(|own| {
            let under = words
                .language
                .pick("Khớp theo bộ quy tắc", "Same under rule set");
            people(format!("{under} {}", own.family), own.same, None)
        })),
    }
    steps.extend([
        records("Đã phê duyệt", "Approved", done.approved, done.entered),
        records(
            "Đã chuyển vào CSDL",
            "Transferred",
            done.transferred,
            done.entered,
        ),
        records(
            "Đã liên kết bên dân cư",
            "Linked in the population database",
            funnel.linked,
            None,
        ),
    ]);
    steps
}

fn meter(share: Option<(Count, Count)>, words: &Words) -> Option<Meter> {
    let share = share.and_then(|(count, of)| Share::of(count, of));
    share.map(|share| Meter::new(share, words.language))
}

/// What the steps do not say by themselves: why clean may fall, and why it may be told by rule set.
pub(super) fn funnel_note(funnel: &Funnel, words: &Words) -> String {
    let (resolved, reopened) = (words.cell(funnel.resolved), words.cell(funnel.reopened));
    let settled = match words.language {
        Language::Vi => format!(
            "Đã giải quyết {resolved} sai lệch, trong đó {reopened} đã mở lại và không còn được tính là sạch."
        ),
        Language::En => format!(
            "{resolved} differences were resolved; {reopened} of them are open again and count as clean no more."
        ),
    };
    if funnel.clean.is_some() {
        return settled;
    }
    let apart = words.language.pick(
        "Đã dùng các bộ quy tắc không so sánh được, nên phần khớp được nêu riêng từng bộ và không cộng lại.",
        "Rule sets that do not compare were used, so what is the same is told for each and not added up.",
    );
    format!("{apart} {settled}")
}
