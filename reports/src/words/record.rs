//! The record of issued forecasts in plain words.

use store::domain::{Language, Text};

use super::in_both;
use crate::charts::real;
use crate::scorecard::{Ahead, Coverage, DeadlineScore, ErrorScore, Score, Verdict};

/// What statements were about.
#[must_use]
pub fn ahead_name(ahead: Ahead) -> Text {
    match ahead {
        Ahead::Weeks(weeks) => Text::new(
            format!("Số đã làm, nói trước {weeks} tuần"),
            format!("The count, {weeks} weeks ahead"),
        ),
        Ahead::Completion => Text::new("Ngày hoàn thành", "The day of completion"),
    }
}

/// What the record says of a promise.
#[must_use]
pub fn verdict_words(verdict: Verdict) -> Text {
    match verdict {
        Verdict::TooFew => Text::new("chưa đủ để kết luận", "too few to judge"),
        Verdict::Kept => Text::new("giữ đúng lời", "as promised"),
        Verdict::TooSure => Text::new(
            "khoảng quá hẹp: dự báo tự tin quá mức",
            "ranges too narrow: the forecast was too sure",
        ),
        Verdict::TooCautious => Text::new(
            "khoảng quá rộng: dự báo thận trọng quá mức",
            "ranges too wide: the forecast was too cautious",
        ),
    }
}

/// The share held, in whole percents; a dash without a case.
#[must_use]
pub fn held_words(coverage: &Coverage) -> String {
    coverage
        .share
        .as_ref()
        .map_or_else(|| "–".to_owned(), |share| percent(share.point))
}

/// The share held with its interval of 95 %; a dash without a case.
#[must_use]
pub fn held_with_interval(coverage: &Coverage) -> String {
    coverage.share.as_ref().map_or_else(
        || "–".to_owned(),
        |share| {
            let [point, lower, upper] = [share.point, share.lower, share.upper].map(percent);
            format!("{point} ({lower}–{upper})")
        },
    )
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Weeks to one decimal.
#[must_use]
pub fn weeks_words(weeks: f64, language: Language) -> String {
    let word = language.pick("tuần", "weeks");
    format!("{} {word}", real(language, weeks, 1))
}

/// Which way, and how far, statements leaned.
#[must_use]
pub fn bias_words(bias: f64, language: Language) -> String {
    let weeks = real(language, bias.abs(), 1);
    match (bias, language) {
        (bias, Language::Vi) if bias.abs() < 0.05 => "không lệch về bên nào".to_owned(),
        (bias, Language::En) if bias.abs() < 0.05 => "no lean".to_owned(),
        (bias, Language::Vi) if bias > 0.0 => format!("việc đến muộn hơn đã nói {weeks} tuần"),
        (_, Language::Vi) => format!("việc đến sớm hơn đã nói {weeks} tuần"),
        (bias, Language::En) if bias > 0.0 => format!("work came {weeks} weeks later than said"),
        (_, Language::En) => format!("work came {weeks} weeks earlier than said"),
    }
}

/// The answer of the scorecard in a few sentences: were the ranges honest, how far off was the middle, and which way.
#[must_use]
pub fn record_words(score: &Score) -> Text {
    /// A quarter ahead is what a quarterly meeting decides on.
    const QUARTER: Ahead = Ahead::Weeks(13);
    let due = |ahead: &Ahead| score.record(*ahead).filter(|record| record.cases > 0);
    let shown = [QUARTER, Ahead::Weeks(8), Ahead::Weeks(4)];
    let Some(record) = shown.iter().find_map(due) else {
        return Text::new(
            "Chưa có lời dự báo nào đến hạn để chấm.",
            "No statement has come due yet.",
        );
    };
    let Ahead::Weeks(weeks) = record.ahead else {
        return Text::EMPTY;
    };
    let [_, eighty, _] = &record.coverage;
    in_both(|language| {
        let cases = language.whole(i64::try_from(eighty.cases).unwrap_or(i64::MAX));
        let held = held_words(eighty);
        let verdict = verdict_words(eighty.verdict());
        let verdict = verdict.in_language(language);
        let ranges = match language {
            Language::Vi => format!(
                "Trong {cases} lần nói trước {weeks} tuần, {held} có số thật nằm trong khoảng được lập để chứa 80% ({verdict})."
            ),
            Language::En => format!(
                "Of {cases} statements made {weeks} weeks ahead, {held} came out inside the range made to hold 80% ({verdict})."
            ),
        };
        let error = record.error.map(|error| error_words(&error, language));
        [Some(ranges), error]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    })
}

fn error_words(error: &ErrorScore, language: Language) -> String {
    let usual = weeks_words(error.usual, language);
    let bias = bias_words(error.bias, language);
    match language {
        Language::Vi => format!("Ngày giữa thường lệch {usual}; nhìn chung {bias}."),
        Language::En => format!("The middle was usually off by {usual}; on the whole {bias}."),
    }
}

/// The record of the chances of meeting deadlines.
#[must_use]
pub fn deadline_record_words(score: &DeadlineScore) -> Text {
    let Some(brier) = score.brier else {
        return Text::new(
            "Chưa thời hạn nào trong các dự báo đã phát hành đi qua, nên chưa chấm được khả năng kịp hạn.",
            "No deadline of an issued forecast has passed yet, so no chance of meeting one can be scored.",
        );
    };
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    in_both(|language| {
        let (cases, met) = (
            language.whole(whole(score.cases)),
            language.whole(whole(score.met)),
        );
        let (expected, brier) = (real(language, score.expected, 0), real(language, brier, 2));
        match language {
            Language::Vi => format!(
                "Đã nêu khả năng kịp hạn {cases} lần mà thời hạn nay đã qua: {met} lần kịp, theo các khả năng đã nêu thì lẽ ra {expected} lần. Điểm Brier {brier} (0 là hoàn hảo; lúc nào cũng nói 50% thì được 0,25)."
            ),
            Language::En => format!(
                "A chance of meeting a deadline that has passed since was given {cases} times: {met} were met, and by the chances given {expected} should have been. Brier score {brier} (0 is perfect; always saying 50% scores 0.25)."
            ),
        }
    })
}
