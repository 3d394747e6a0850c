//! The words for where work waits.

use store::domain::{Language, Stage, Text};

use super::{in_both, stage_name};
use crate::model::{Queue, Wait};

/// A step from one stage to the next: the names of both.
#[must_use]
pub fn step_name(from: Stage, to: Stage) -> Text {
    let (from, to) = (stage_name(from), stage_name(to));
    in_both(|language| {
        format!(
            "{} → {}",
            from.in_language(language),
            to.in_language(language)
        )
    })
}

/// How long a queue takes.
#[must_use]
pub fn wait_words(wait: Wait) -> Text {
    in_both(|language| match wait {
        Wait::Empty => language.pick("không", "none").to_owned(),
        Wait::Weeks(weeks) => weeks_words(weeks, language),
        Wait::Never => language
            .pick("không bao giờ, với tốc độ này", "never, at this rate")
            .to_owned(),
        Wait::Unknown => language
            .pick("chưa biết tốc độ", "rate not known")
            .to_owned(),
    })
}

/// The slowest step of the nation in one sentence.
#[must_use]
pub fn bottleneck_words(slowest: Option<&Queue>) -> Text {
    let Some(queue) = slowest else {
        return Text::new(
            "Không khâu nào giữ quá nửa phần trăm công việc, hoặc chưa đủ số liệu để biết.",
            "No step holds more than half a percent of the work, or there are too few reports to tell.",
        );
    };
    let (step, wait) = (step_name(queue.from, queue.to), wait_words(queue.wait()));
    in_both(|language| {
        let waiting = language.count(queue.waiting);
        let (step, wait) = (step.in_language(language), wait.in_language(language));
        match language {
            Language::Vi => format!(
                "Khâu chậm nhất: {step}. {waiting} trường hợp đang chờ; thời gian chờ: {wait}."
            ),
            Language::En => {
                format!("The slowest step: {step}. {waiting} records wait; the wait: {wait}.")
            }
        }
    })
}

/// Weeks as people say them; beyond ten years nobody counts them.
fn weeks_words(weeks: f64, language: Language) -> String {
    const MOST: f64 = 520.0;
    if weeks > MOST {
        return language.pick("hơn 10 năm", "more than 10 years").to_owned();
    }
    if weeks < 1.0 {
        return language
            .pick("chưa đến 1 tuần", "less than a week")
            .to_owned();
    }
    let whole = store::domain::Count::from_f64(weeks.round()).unwrap_or_default();
    let one = whole.to_i64() == 1;
    format!(
        "{} {}",
        language.count(whole),
        language.pick("tuần", if one { "week" } else { "weeks" })
    )
}
