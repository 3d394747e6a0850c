//! The words for what a forecast says, in both languages. No figure is computed here.

mod answers;
mod bottleneck;
mod chain;
mod moved;
mod outlook;
mod published;
mod record;

use chrono::NaiveDate;
use store::domain::{
    Count, CountUnit, Language, PartKey, RecordType, Reference, Route, Stage, Text, Week,
};

pub use self::answers::{Answer, help_answer, last_answer, sure_answer, when_answer};
pub use self::bottleneck::{bottleneck_words, step_name, wait_words};
pub use self::chain::{slowest_words, waited_for_words};
pub use self::moved::{
    chance_moved_words, most_moved_words, moved_words, part_meaning, part_name, said_words,
    signed_days,
};
pub use self::outlook::outlook_words;
pub use self::published::{outcome_words, published_words, source_words, wording_words};
pub use self::record::{
    ahead_name, bias_words, deadline_record_words, held_with_interval, held_words, record_words,
    verdict_words, weeks_words,
};
use crate::forecast::{Cap, Chance, Completion, State};
use crate::model::Group;

/// The name of a stage, as tables and charts print it.
#[must_use]
pub fn stage_name(stage: Stage) -> Text {
    match stage {
        Stage::Total => Text::new("Tổng số cần số hóa", "Total to digitize"),
        Stage::Scanned => Text::new("Đã quét", "Scanned"),
        Stage::Entered => Text::new("Đã số hóa", "Entered"),
        Stage::Checked => Text::new("Đã kiểm tra", "Checked"),
        Stage::Approved => Text::new("Đã phê duyệt", "Approved"),
        Stage::Transferred => Text::new(
            "Đã chuyển vào CSDL hộ tịch điện tử",
            "Transferred to the national database",
        ),
        Stage::Returned => Text::new(
            "Đã nhận lại từ CSDL quốc gia về dân cư",
            "Returned from the population database",
        ),
    }
}

/// What is counted, as it stands after a number.
#[must_use]
pub fn count_unit_name(count_unit: CountUnit) -> Text {
    match count_unit {
        CountUnit::Book => Text::new("sổ", "books"),
        CountUnit::Page => Text::new("trang", "pages"),
        CountUnit::Record => Text::new("trường hợp", "records"),
    }
}

/// Which part of a unit's work a count is about: sub-unit, record type, route, and what is counted where it is no record.
#[must_use]
pub fn part_words(part: &PartKey, count_unit: CountUnit, reference: &Reference) -> Text {
    in_both(|language| {
        let mut names = reference.record_types.iter();
        let record_type = match part.record_type {
            RecordType::All => language
                .pick("tất cả loại việc", "all record types")
                .to_owned(),
            kind => names
                .find(|names| names.record_type == kind)
                .map_or(kind.key(), |names| names.name.in_language(language))
                .to_owned(),
        };
        let route = match part.route {
            Route::All => None,
            Route::Books => Some(language.pick("NĐ 87", "Decree 87")),
            Route::PopulationDb => Some(language.pick("QT 1292", "Procedure 1292")),
        };
        let counted = (count_unit != CountUnit::Record).then(|| count_unit_name(count_unit));
        let words = [
            part.sub_unit.as_deref().map(str::to_owned),
            Some(record_type),
            route.map(str::to_owned),
            counted.map(|counted| counted.in_language(language).to_owned()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    })
}

/// The name of a group of units.
#[must_use]
pub fn group_name(group: Group) -> Text {
    match group {
        Group::Done => Text::new("Đã hoàn thành", "Done"),
        Group::OnCourse => Text::new("Đúng tiến độ", "On course"),
        Group::AtRisk => Text::new("Có nguy cơ chậm", "At risk"),
        Group::NoFigure => Text::new("Chưa đủ số liệu", "No figure"),
    }
}

/// What can be said of the completion of a unit; a date always with its interval.
#[must_use]
pub fn state_words(state: &State) -> Text {
    in_both(|language| match state {
        State::Done { since } => {
            format!(
                "{} {}",
                language.pick("đã hoàn thành từ", "done since"),
                language.date(*since)
            )
        }
        State::Forecast(completion) => completion_in(completion, language),
        State::TooShort { have, need } => match language {
            Language::Vi => format!("chưa đủ số liệu: cần ít nhất {need} tuần, mới có {have}"),
            Language::En => format!("too few reports: at least {need} weeks needed, {have} so far"),
        },
        State::NoProgress { weeks, remaining } => {
            let left = language.count(*remaining);
            match language {
                Language::Vi => format!("không có tiến triển {weeks} tuần qua, còn lại {left}"),
                Language::En => format!("no progress for {weeks} weeks, {left} left"),
            }
        }
        State::NoTotal => language
            .pick("chưa có tổng số cần số hóa", "no total reported")
            .to_owned(),
        State::NotReported => language
            .pick("chưa từng báo cáo", "never reported")
            .to_owned(),
    })
}

/// A distribution of the date: the median and the interval of 80 %.
#[must_use]
pub fn completion_words(completion: &Completion) -> Text {
    in_both(|language| completion_in(completion, language))
}

/// The median of a distribution of the date; where it is not within the horizon, that.
#[must_use]
pub fn median_words(completion: &Completion) -> Text {
    in_both(|language| match completion.p10() {
        None => completion_in(completion, language),
        Some(_) => day_or_later(completion.p50(), completion.horizon, language),
    })
}

/// The interval of 80 % of a distribution of the date.
#[must_use]
pub fn interval_words(completion: &Completion) -> Text {
    in_both(|language| {
        let day = |day| day_or_later(day, completion.horizon, language);
        format!("80%: {} – {}", day(completion.p10()), day(completion.p90()))
    })
}

fn completion_in(completion: &Completion, language: Language) -> String {
    let horizon = completion.horizon;
    let early = day_or_later(completion.p10(), horizon, language);
    let late = day_or_later(completion.p90(), horizon, language);
    match (completion.p10(), completion.p50()) {
        (None, _) => {
            let middle = language.pick(
                "chưa thấy thời điểm hoàn thành trước",
                "no completion in sight before",
            );
            format!("{middle} {}", language.date(horizon))
        }
        (Some(_), middle) => {
            let middle = day_or_later(middle, horizon, language);
            let interval = language.pick("khoảng dự báo 80%", "80% prediction interval");
            format!("{middle} ({interval}: {early} – {late})")
        }
    }
}

/// A day, or "after" the last day that was simulated.
#[must_use]
pub fn day_or_later(day: Option<NaiveDate>, horizon: NaiveDate, language: Language) -> String {
    let later = || {
        format!(
            "{} {}",
            language.pick("sau", "after"),
            language.date(horizon)
        )
    };
    day.map_or_else(later, |day| language.date(day))
}

/// A chance in whole percents, never certain: `>95%`, `<5%`.
#[must_use]
pub fn chance_words(chance: Chance) -> String {
    match chance.cap() {
        Some(Cap::Above) => ">95%".to_owned(),
        Some(Cap::Below) => "<5%".to_owned(),
        None => format!("{:.0}%", chance.value() * 100.0),
    }
}

/// A rate in records per full working week, rounded to whole ones.
#[must_use]
pub fn rate_words(rate: f64, language: Language) -> String {
    or_dash(Count::from_f64(rate).map(|rate| language.count(rate)))
}

/// How long a deadline has passed.
#[must_use]
pub fn overdue_words(weeks: u32, language: Language) -> String {
    match (weeks, language) {
        (0, Language::Vi) => "quá hạn chưa đến 1 tuần".to_owned(),
        (0, Language::En) => "overdue by less than a week".to_owned(),
        (_, Language::Vi) => format!("quá hạn {weeks} tuần"),
        (1, Language::En) => "1 week overdue".to_owned(),
        (_, Language::En) => format!("{weeks} weeks overdue"),
    }
}

/// A number of units.
#[must_use]
pub fn units_words(count: usize, language: Language) -> String {
    match (count, language) {
        (_, Language::Vi) => format!("{count} đơn vị"),
        (1, Language::En) => "1 unit".to_owned(),
        (_, Language::En) => format!("{count} units"),
    }
}

/// The text, or a dash where the figure does not exist.
#[must_use]
pub fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}

/// Names with the week their figure is from, as a list.
#[must_use]
pub fn carried_words(carried: &[(Text, Week)], language: Language) -> String {
    let word = language.pick("tuần", "week");
    let names = carried
        .iter()
        .map(|(name, week)| format!("{} ({word} {week})", name.in_language(language)));
    names.collect::<Vec<_>>().join(", ")
}

/// A text made by the same function in each language.
pub(crate) fn in_both(words: impl Fn(Language) -> String) -> Text {
    Text::new(words(Language::Vi), words(Language::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_its_words() {
        let remaining = Count::from_i64(12_345).unwrap();
        let cases = [
            (
                State::TooShort { have: 2, need: 6 },
                "chưa đủ số liệu: cần ít nhất 6 tuần, mới có 2",
            ),
            (
                State::NoProgress {
                    weeks: 8,
                    remaining,
                },
                "không có tiến triển 8 tuần qua, còn lại 12.345",
            ),
            (
                State::Done {
                    since: "2024-09-30".parse().unwrap(),
                },
                "đã hoàn thành từ 30/09/2024",
            ),
            (State::NotReported, "chưa từng báo cáo"),
        ];
        for (state, words) in cases {
            assert_eq!(state_words(&state).vi, words);
        }
        assert_eq!(
            state_words(&State::NoProgress {
                weeks: 8,
                remaining
            })
            .en,
            "no progress for 8 weeks, 12,345 left"
        );
    }

    #[test]
    fn a_chance_is_never_worded_as_certain() {
        let words = [0.0, 0.05, 0.724, 0.95, 1.0].map(|share| chance_words(Chance::of(share)));
        assert_eq!(words, ["<5%", "5%", "72%", "95%", ">95%"]);
    }
}
