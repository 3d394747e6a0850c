//! Why a date moved, in plain words.

use store::domain::{Language, Text};

use super::in_both;
use crate::issued::{Issued, Said};
use crate::revision::{ChanceMoved, Moved, Part};

/// The name of a part.
#[must_use]
pub fn part_name(part: Part) -> Text {
    match part {
        Part::Method => Text::new("Phương pháp mới", "New method"),
        Part::Draw => Text::new("Rút lại số ngẫu nhiên", "Other random numbers"),
        Part::Corrections => Text::new("Đính chính số cũ", "Corrections"),
        Part::Calendar => Text::new("Ngày nghỉ", "Holidays"),
        Part::Work => Text::new("Việc làm được", "Work done"),
        Part::Pace => Text::new("Tốc độ mới", "New pace"),
        Part::Scope => Text::new("Tổng số thay đổi", "Change of scope"),
        Part::Deadline => Text::new("Dời thời hạn", "Moved deadline"),
    }
}

/// What a part means.
#[must_use]
pub fn part_meaning(part: Part) -> Text {
    match part {
        Part::Method => Text::new(
            "chương trình tính bằng phương pháp khác; phương pháp cũ không chạy lại được",
            "the program calculates by another method; the old one cannot be run again",
        ),
        Part::Draw => Text::new(
            "mỗi bộ số liệu có bộ số ngẫu nhiên riêng; phần này không có ý nghĩa gì về công việc",
            "every set of data has its own random numbers; this part says nothing about the work",
        ),
        Part::Corrections => Text::new(
            "số của các tuần đã biết được sửa hoặc rút lại",
            "figures of weeks that were known were restated or withdrawn",
        ),
        Part::Calendar => Text::new(
            "ngày nghỉ mới công bố hoặc đã đổi",
            "holidays newly announced or moved",
        ),
        Part::Work => Text::new(
            "các nơi đang nhanh hay chậm bao nhiêu ngày so với mức dự báo trước",
            "by how many days units are ahead of what was forecast for them, or behind",
        ),
        Part::Pace => Text::new(
            "số liệu báo cáo hoặc công bố của các tuần đó cho thấy tốc độ sắp tới nhanh hay chậm đi",
            "what the figures of those weeks, reported or published, say of the pace to come",
        ),
        Part::Scope => Text::new(
            "tổng số cần số hóa tăng hoặc giảm",
            "there is more or less to digitize",
        ),
        Part::Deadline => Text::new(
            "không bao giờ làm ngày hoàn thành đổi, chỉ đổi khả năng kịp hạn",
            "never moves the day of completion, only the chance of meeting it",
        ),
    }
}

/// What a forecast said.
#[must_use]
pub fn said_words(said: &Said, language: Language) -> String {
    match said {
        Said::Day(day) => language.date(*day),
        Said::Done(since) => {
            let done = language.pick("xong từ", "done since");
            format!("{done} {}", language.date(*since))
        }
        Said::After(horizon) => {
            let after = language.pick("sau", "after");
            format!("{after} {}", language.date(*horizon))
        }
        Said::Nothing(words) => words.in_language(language).to_owned(),
    }
}

/// Days with their sign: later is above 0.
#[must_use]
pub fn signed_days(days: i64, language: Language) -> String {
    let plus = if days > 0 { "+" } else { "" };
    let word = match (days.abs(), language) {
        (_, Language::Vi) => "ngày",
        (1, Language::En) => "day",
        (_, Language::En) => "days",
    };
    format!("{plus}{} {word}", language.whole(days))
}

/// Why the national date moved: how far, and the two parts that moved it most.
#[must_use]
pub fn moved_words(moved: &Moved, (old, new): (&Issued, &Issued)) -> Text {
    in_both(|language| {
        let forecast = |issued: &Issued| {
            let (number, day) = (issued.number, language.date(issued.week.last_day()));
            match language {
                Language::Vi => format!("dự báo số {number} (số liệu đến {day})"),
                Language::En => format!("forecast {number} (figures to {day})"),
            }
        };
        let (from, to) = (
            said_words(&moved.from, language),
            said_words(&moved.to, language),
        );
        let (old, new) = (forecast(old), forecast(new));
        let what = match (moved.days, language) {
            (None, Language::Vi) => {
                return format!(
                    "Từ {old} sang {new}: trước “{from}”, nay “{to}”. Không so được bằng số ngày."
                );
            }
            (None, Language::En) => {
                return format!(
                    "From {old} to {new}: then “{from}”, now “{to}”. The two cannot be compared in days."
                );
            }
            (Some(days), _) => how_far(days, language),
        };
        let sentence = match language {
            Language::Vi => format!("Từ {old} sang {new}, ngày giữa {what}: {from} → {to}."),
            Language::En => format!("From {old} to {new} the middle date {what}: {from} → {to}."),
        };
        format!("{sentence}{}", mainly(moved, language))
    })
}

/// Why the day moved on which 95 % of the national total is done; `None` where it has no days to tell.
#[must_use]
pub fn most_moved_words(moved: &Moved) -> Option<Text> {
    let days = moved.days?;
    Some(in_both(|language| {
        let [from, to] = [&moved.from, &moved.to].map(|said| said_words(said, language));
        let (far, mainly) = (how_far(days, language), mainly(moved, language));
        let day = language.pick(
            "Ngày cả nước đạt 95% tổng số",
            "The day on which 95% of the national total is done",
        );
        format!("{day} {far}: {from} → {to}.{mainly}")
    }))
}

/// By how much a day moved, as a part of a sentence.
fn how_far(days: i64, language: Language) -> String {
    match language {
        Language::Vi if days > 0 => format!("muộn thêm {} ngày", language.whole(days)),
        Language::Vi if days < 0 => format!("sớm lên {} ngày", language.whole(-days)),
        Language::Vi => "không đổi".to_owned(),
        Language::En if days > 0 => format!("moved {} later", plain_days(days)),
        Language::En if days < 0 => format!("moved {} earlier", plain_days(-days)),
        Language::En => "did not move".to_owned(),
    }
}

/// The parts that moved it most, as a sentence with a blank before it; empty where nothing did.
fn mainly(moved: &Moved, language: Language) -> String {
    let most = most_words(moved, language);
    if most.is_empty() {
        return String::new();
    }
    let mainly = language.pick("Chủ yếu do", "Mainly because of");
    format!(" {mainly}: {most}.")
}

fn plain_days(days: i64) -> String {
    let word = if days == 1 { "day" } else { "days" };
    format!("{} {word}", Language::En.whole(days))
}

fn most_words(moved: &Moved, language: Language) -> String {
    const NAMED: usize = 2;
    let known = moved
        .parts
        .iter()
        .filter_map(|(part, days)| Some((*part, (*days)?)));
    let mut parts: Vec<(Part, i64)> = known.filter(|(_, days)| *days != 0).collect();
    parts.sort_by_key(|(part, days)| (std::cmp::Reverse(days.abs()), *part));
    let words = parts.iter().take(NAMED).map(|(part, days)| {
        let name = part_name(*part);
        format!(
            "{} ({})",
            name.in_language(language).to_lowercase(),
            signed_days(*days, language)
        )
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What became of the chance; a deadline that was moved is never told as work.
#[must_use]
pub fn chance_moved_words(chance: &ChanceMoved) -> Text {
    let percent = |chance: Option<f64>| match chance {
        None => "–".to_owned(),
        Some(chance) => super::chance_words(crate::forecast::Chance::of(chance)),
    };
    let (from, work, to) = (
        percent(chance.from),
        percent(chance.by_work),
        percent(chance.to),
    );
    in_both(|language| {
        let day =
            |day: Option<chrono::NaiveDate>| super::or_dash(day.map(|day| language.date(day)));
        let (old, new) = (day(chance.old_deadline), day(chance.new_deadline));
        let is_passed = chance.by_work.is_none();
        match (chance.is_deadline_moved(), language) {
            (false, Language::Vi) => {
                format!("Khả năng kịp hạn {new}: trước {from}, nay {to}. Thời hạn không đổi.")
            }
            (false, Language::En) => format!(
                "Chance of meeting the deadline of {new}: {from} then, {to} now. The deadline was not moved."
            ),
            (true, Language::Vi) if is_passed => format!(
                "Thời hạn đã dời từ {old} sang {new}. Khả năng kịp hạn mới là {to}; hạn cũ đã qua mà chưa xong. Dời hạn không phải là tiến độ."
            ),
            (true, Language::En) if is_passed => format!(
                "The deadline was moved from {old} to {new}. The chance of meeting the new one is {to}; the old one passed without being met. A moved deadline is no progress."
            ),
            (true, Language::Vi) => format!(
                "Thời hạn đã dời từ {old} sang {new}. Với hạn cũ, khả năng từ {from} thành {work}: đó là phần do công việc. Với hạn mới, khả năng là {to}: phần chênh chỉ do dời hạn."
            ),
            (true, Language::En) => format!(
                "The deadline was moved from {old} to {new}. Of the old one the chance went from {from} to {work}: that is what work did. Of the new one it is {to}: the difference is the moved deadline alone."
            ),
        }
    })
}
