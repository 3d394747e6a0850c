//! The four answers of the forecast: when, how sure, who is last, who needs help. For a reader who knows no statistics.

use store::domain::{Language, Text};

use super::{chance_words, day_or_later, in_both, overdue_words, rate_words, units_words};
use crate::charts::real;
use crate::forecast::{Completion, DeadlineOutlook, DeadlinePace};
use crate::model::{NationalReport, Need};

/// An answer: a few large words, and a sentence below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer itself.
    pub short: Text,
    /// What it means.
    pub meaning: Text,
}

/// When the work will be finished.
#[must_use]
pub fn when_answer(report: &NationalReport) -> Answer {
    let national = &report.forecast.national;
    let left_out = national.excluded.len();
    match (&national.done_since, &national.completion) {
        (Some(since), _) => Answer {
            short: in_both(|language| language.date(*since)),
            meaning: Text::new(
                "Cả nước đã hoàn thành từ ngày này.",
                "The whole country has been done since.",
            ),
        },
        (None, Some(date)) => Answer {
            short: in_both(|language| day_or_later(date.p50(), date.horizon, language)),
            meaning: in_both(|language| {
                let when = when_in(date, left_out, language);
                let source = national.published_basis().map(|_| {
                    language.pick(
                        " Từ số liệu đã công bố, không phải từ báo cáo.",
                        " From published figures, not from reports.",
                    )
                });
                format!("{when}{}", source.unwrap_or_default())
            }),
        },
        (None, None) => Answer {
            short: Text::new("chưa dự báo được", "cannot be forecast yet"),
            meaning: Text::new("Chưa nơi nào có đủ số liệu.", "No unit has reports enough."),
        },
    }
}

fn when_in(date: &Completion, left_out: usize, language: Language) -> String {
    if date.p10().is_none() {
        return super::completion_words(date)
            .in_language(language)
            .to_owned();
    }
    let [early, late] =
        [date.p10(), date.p90()].map(|day| day_or_later(day, date.horizon, language));
    let range = match language {
        Language::Vi => format!(
            "Ngày giữa: có thể sớm hơn, có thể muộn hơn. Mười lần thì tám lần nằm giữa {early} và {late}."
        ),
        Language::En => format!(
            "The middle date: it may be sooner or later. Eight times in ten between {early} and {late}."
        ),
    };
    if left_out == 0 {
        return range;
    }
    let units = units_words(left_out, language);
    match language {
        Language::Vi => format!("{range} Chưa kể {units} chưa thể dự báo."),
        Language::En => format!("{range} Without {units} that cannot be forecast."),
    }
}

/// How sure it is that the deadline will be met, and what it takes. `None` without a deadline.
#[must_use]
pub fn sure_answer(report: &NationalReport) -> Option<Answer> {
    let national = &report.forecast.national;
    let outlook = national.deadline.as_ref()?;
    Some(Answer {
        short: in_both(|language| match outlook.pace {
            DeadlinePace::Finished => language.pick("đã xong", "finished").to_owned(),
            DeadlinePace::Passed { weeks_overdue } => overdue_words(weeks_overdue, language),
            DeadlinePace::Ahead { chance, .. } => chance.map_or_else(
                || language.pick("chưa tính được", "not known").to_owned(),
                chance_words,
            ),
        }),
        meaning: in_both(|language| sure_in(outlook, national.actual_rate, language)),
    })
}

fn sure_in(outlook: &DeadlineOutlook, actual: Option<f64>, language: Language) -> String {
    let due = language.date(outlook.deadline.due_on);
    let deadline = language.pick("Khả năng kịp hạn", "Chance of meeting the deadline of");
    let rates = outlook.pace.required_rate().zip(actual);
    let Some((required, actual)) = rates else {
        return format!("{deadline} {due}.");
    };
    let words = [required, actual].map(|rate| rate_words(rate, language));
    let times = (actual > 0.0).then(|| real(language, required / actual, 1));
    let compared = match (times, language) {
        (None, _) => String::new(),
        (Some(times), Language::Vi) => format!(" (gấp {times} lần)"),
        (Some(times), Language::En) => format!(" ({times} times as much)"),
    };
    let [required, actual] = words;
    match language {
        Language::Vi => format!(
            "{deadline} {due}. Mỗi tuần làm việc cần {required}{compared}, 8 tuần gần nhất làm được {actual}."
        ),
        Language::En => format!(
            "{deadline} {due}. A working week needs {required}{compared}; the last 8 weeks did {actual}."
        ),
    }
}

/// Who finishes last. `None` where nobody has work left that can be forecast.
#[must_use]
pub fn last_answer(report: &NationalReport) -> Option<Answer> {
    const NAMED: usize = 3;
    let last = &report.forecast.national.last_units;
    let first = last.first()?;
    let others = |language: Language| {
        let named = last.iter().take(NAMED).map(|unit| {
            let name = report.name(unit.unit);
            format!("{} {:.0}%", name.in_language(language), unit.share * 100.0)
        });
        named.collect::<Vec<_>>().join(", ")
    };
    Some(Answer {
        short: report.name(first.unit),
        meaning: in_both(|language| {
            let names = others(language);
            match language {
                Language::Vi => format!(
                    "Thường về đích sau cùng: {names}. Chỉ những nơi này quyết định ngày xong của cả nước."
                ),
                Language::En => format!(
                    "Most often the last: {names}. Only these decide when the whole country is done."
                ),
            }
        }),
    })
}

/// Who needs help: how many units are at risk, and those furthest behind.
#[must_use]
pub fn help_answer(needs: &[Need]) -> Answer {
    const NAMED: usize = 4;
    let name = |need: &Need, language: Language| {
        let name = need.name.in_language(language).to_owned();
        match (need.times, language) {
            (Some(times), Language::Vi) => format!(
                "{name} (cần gấp {} lần tốc độ nay)",
                real(language, times, 1)
            ),
            (Some(times), Language::En) => {
                format!("{name} ({} times today's pace)", real(language, times, 1))
            }
            (None, _) => name,
        }
    };
    Answer {
        short: in_both(|language| units_words(needs.len(), language)),
        meaning: in_both(|language| {
            let names: Vec<String> = needs
                .iter()
                .take(NAMED)
                .map(|need| name(need, language))
                .collect();
            match (names.is_empty(), language) {
                (true, Language::Vi) => "Không nơi nào có nguy cơ chậm.".to_owned(),
                (true, Language::En) => "No unit is at risk.".to_owned(),
                (false, Language::Vi) => format!(
                    "có nguy cơ chậm. Thiếu nhiều nhất mỗi tuần: {}.",
                    names.join(", ")
                ),
                (false, Language::En) => {
                    format!("at risk. Furthest short a week: {}.", names.join(", "))
                }
            }
        }),
    }
}
