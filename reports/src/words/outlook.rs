//! The forecast of the nation in plain sentences, for a reader who knows no statistics.

use store::domain::{Language, Text};

use super::{
    chance_words, completion_words, count_unit_name, day_or_later, in_both, overdue_words,
    published_words, rate_words, slowest_words, units_words, waited_for_words,
};
use crate::forecast::{Completion, DeadlineOutlook, DeadlinePace};
use crate::model::NationalReport;

/// When the nation will be finished at the pace of the last eight weeks, how sure that is, whom and which stage it waits for,
/// and what the deadline asks for.
#[must_use]
pub fn outlook_words(report: &NationalReport) -> Text {
    in_both(|language| {
        let national = &report.forecast.national;
        let when = match (&national.done_since, &national.completion) {
            (Some(since), _) => {
                let done = language.pick(
                    "Cả nước đã hoàn thành từ",
                    "The whole country has been done since",
                );
                format!("{done} {}.", language.date(*since))
            }
            (None, Some(completion)) => date_in(report, completion, language),
            (None, None) => language
                .pick(
                    "Chưa dự báo được ngày hoàn thành.",
                    "No date can be forecast yet.",
                )
                .to_owned(),
        };
        let deadline = national.deadline.as_ref();
        let deadline = deadline.and_then(|outlook| deadline_in(report, outlook, language));
        let waits = [
            published_words(report),
            waited_for_words(report),
            slowest_words(report),
        ];
        let waits = waits.iter().flatten();
        let waits = waits.map(|words| words.in_language(language).to_owned());
        let all: Vec<String> = [when].into_iter().chain(waits).chain(deadline).collect();
        all.join(" ")
    })
}

fn date_in(report: &NationalReport, completion: &Completion, language: Language) -> String {
    let national = &report.forecast.national;
    let counted = count_unit_name(report.count_unit);
    let counted = counted.in_language(language);
    let rate = national.actual_rate.map(|rate| rate_words(rate, language));
    let pace = match (rate, language) {
        (Some(rate), Language::Vi) => {
            format!("Với tốc độ 8 tuần gần nhất ({rate} {counted} mỗi tuần làm việc), ")
        }
        (Some(rate), Language::En) => {
            format!("At the pace of the last 8 weeks ({rate} {counted} a working week), ")
        }
        (None, _) => String::new(),
    };
    let left_out = units_words(national.excluded.len(), language);
    let is_published = national.published_basis().is_some();
    let who = match (national.excluded.is_empty(), language) {
        (_, Language::Vi) if is_published => "Theo số liệu đã công bố, cả nước".to_owned(),
        (_, Language::En) if is_published => "By published figures, the whole country".to_owned(),
        (true, Language::Vi) => "cả nước".to_owned(),
        (true, Language::En) => "the whole country".to_owned(),
        (false, Language::Vi) => {
            format!("các địa phương dự báo được (chưa kể {left_out} chưa thể dự báo)")
        }
        (false, Language::En) => {
            format!("the provinces that can be forecast (without {left_out} that cannot)")
        }
    };
    let day = |percent| day_or_later(completion.at(percent), completion.horizon, language);
    if completion.p10().is_none() {
        let words = completion_words(completion);
        return format!("{pace}{who}: {}.", words.in_language(language));
    }
    let (early, middle, late) = (day(10), day(50), day(90));
    match language {
        Language::Vi => format!(
            "{pace}{who} có thể hoàn thành vào khoảng {middle}; mười lần dự báo như vậy thì tám lần ngày thật nằm giữa {early} và {late}."
        ),
        Language::En => format!(
            "{pace}{who} may be done around {middle}; eight times in ten the true day lies between {early} and {late}."
        ),
    }
}

/// `None` where the work is done.
fn deadline_in(
    report: &NationalReport,
    outlook: &DeadlineOutlook,
    language: Language,
) -> Option<String> {
    let due = language.date(outlook.deadline.due_on);
    match outlook.pace {
        DeadlinePace::Finished => None,
        DeadlinePace::Passed { weeks_overdue } => {
            let overdue = overdue_words(weeks_overdue, language);
            let deadline = language.pick("Thời hạn", "The deadline");
            Some(format!("{deadline} {due}: {overdue}."))
        }
        DeadlinePace::Ahead {
            required_rate,
            chance,
            ..
        } => {
            let rate = required_rate.map(|rate| rate_words(rate, language))?;
            let counted = count_unit_name(report.count_unit);
            let counted = counted.in_language(language);
            let chance = chance.map(chance_words);
            Some(match (language, chance) {
                (Language::Vi, Some(chance)) => format!(
                    "Để kịp hạn {due} cần {rate} {counted} mỗi tuần làm việc; khả năng kịp hạn: {chance}."
                ),
                (Language::Vi, None) => {
                    format!("Để kịp hạn {due} cần {rate} {counted} mỗi tuần làm việc.")
                }
                (Language::En, Some(chance)) => format!(
                    "To meet the deadline of {due}, {rate} {counted} a working week are needed; the chance of meeting it is {chance}."
                ),
                (Language::En, None) => format!(
                    "To meet the deadline of {due}, {rate} {counted} a working week are needed."
                ),
            })
        }
    }
}
