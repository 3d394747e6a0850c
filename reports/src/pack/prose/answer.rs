//! The answer for a reader with five minutes: where the nation stands, whether it will be in time, who holds the rest, and what
//! is asked of the meeting.

use store::domain::{Count, Language, Share};

use super::forecast::when;
use super::names::listed;
use super::{Section, figure};
use crate::forecast::{DeadlinePace, State};
use crate::model::{Group, UnitRow};
use crate::pack::about::About;
use crate::pack::cell::Cell;
use crate::pack::input::PackInput;
use crate::pack::tables::Tables;
use crate::words::{chance_words, group_name, interval_words, median_words, overdue_words};

/// How many units are named as those that hold most of the rest.
const HOLDERS: usize = 5;

/// How many units one question names.
const NAMED: usize = 3;

/// What the first slide says.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// All of it in one sentence.
    pub(crate) sentence: String,
    /// What is done, in lines.
    pub(crate) standing: Vec<String>,
    /// Whether it will be in time: the one figure, and the lines below it.
    pub(crate) outlook: (String, Vec<String>),
    /// Whether the deadline is in danger.
    pub(crate) in_danger: bool,
    /// The units with most left to do: name, what is left, share done.
    pub(crate) holders: Vec<Vec<String>>,
    /// What share of the rest they hold, and how many units are in each group.
    pub(crate) held: Vec<String>,
}

pub(super) fn answer(input: &PackInput<'_>, about: &About, tables: &Tables) -> Answer {
    let value = |key: &str| figure(tables, about, key);
    let share = about.t("Đã chuyển", "Transferred:");
    let (holders, held) = holders(input, about);
    Answer {
        sentence: format!("{share} {}; {}", value("share"), in_time(input, about)),
        standing: standing(about, &value),
        outlook: outlook(input, about, &value),
        in_danger: pace(input).is_some_and(is_in_danger),
        holders,
        held,
    }
}

fn pace(input: &PackInput<'_>) -> Option<DeadlinePace> {
    let deadline = input.national.forecast.national.deadline.as_ref();
    deadline.map(|outlook| outlook.pace)
}

/// Whether the deadline has passed or is rather missed than met.
fn is_in_danger(pace: DeadlinePace) -> bool {
    match pace {
        DeadlinePace::Finished => false,
        DeadlinePace::Ahead { chance, .. } => chance.is_none_or(|chance| chance.value() < 0.5),
        DeadlinePace::Passed { .. } => true,
    }
}

/// Whether it will be in time, as the end of a sentence.
fn in_time(input: &PackInput<'_>, about: &About) -> String {
    let national = &input.national.forecast.national;
    let when = when(national, about);
    let Some(outlook) = &national.deadline else {
        return when;
    };
    let deadline = about.language().date(outlook.deadline.due_on);
    match outlook.pace {
        DeadlinePace::Finished => about.t("công việc đã xong", "the work is done").to_owned(),
        DeadlinePace::Ahead {
            chance: Some(chance),
            ..
        } => {
            let words = about.t("khả năng kịp hạn", "chance of meeting the deadline of");
            format!("{words} {deadline}: {}", chance_words(chance))
        }
        DeadlinePace::Ahead { chance: None, .. } => when,
        DeadlinePace::Passed { .. } => {
            let words = about.t("đã quá hạn", "past the deadline of");
            format!("{words} {deadline}, {when}")
        }
    }
}

fn standing(about: &About, value: &dyn Fn(&str) -> String) -> Vec<String> {
    let (transferred, total, entered) = (value("transferred"), value("total"), value("entered"));
    let (remaining, work, compared) = (value("remaining"), value("work"), value("compared"));
    let (reporting, expected) = (value("reporting"), value("expected"));
    let reported = value("transferred_reported");
    match about.language() {
        Language::Vi => vec![
            format!("{transferred} trên {total} trường hợp"),
            format!("Còn lại {remaining}; đã số hóa {entered}"),
            format!("Làm thêm trong kỳ {work} ({compared} đơn vị so sánh được)"),
            format!("{reporting} trên {expected} đơn vị báo cáo tuần này, cộng {reported}"),
        ],
        Language::En => vec![
            format!("{transferred} of {total} records"),
            format!("{remaining} remain; {entered} entered"),
            format!("{work} done in the period ({compared} units compared)"),
            format!("{reporting} of {expected} units reported this week, {reported} in all"),
        ],
    }
}

fn outlook(
    input: &PackInput<'_>,
    about: &About,
    value: &dyn Fn(&str) -> String,
) -> (String, Vec<String>) {
    let language = about.language();
    let national = &input.national.forecast.national;
    let completion = national.completion.as_ref();
    let median = match (national.done_since, completion) {
        (Some(since), _) => language.date(since),
        (None, Some(completion)) if completion.p10().is_some() => {
            median_words(completion).in_language(language).to_owned()
        }
        (None, _) => about
            .t("chưa thấy ngày xong", "no date in sight")
            .to_owned(),
    };
    let chance = pace(input).and_then(DeadlinePace::chance);
    let last = match national.published_basis() {
        None => about.t(
            "đơn vị cuối cùng xong (giữa)",
            "the last unit is done (median)",
        ),
        Some(_) => about.t(
            "cả nước đạt tổng số, theo số liệu đã công bố (giữa)",
            "the nation reaches its total, by published figures (median)",
        ),
    };
    let (large, below) = match chance {
        Some(chance) => {
            let words = about.t("khả năng kịp hạn", "chance of meeting");
            let below = format!("{words} {}", value("deadline"));
            (
                chance_words(chance),
                vec![below, format!("{median}: {last}")],
            )
        }
        None => (median, vec![last.to_owned()]),
    };
    let mut lines = below;
    lines.extend(completion.map(|one| interval_words(one).in_language(language).to_owned()));
    if let Some(DeadlinePace::Passed { weeks_overdue }) = pace(input) {
        let words = about.t("Thời hạn", "Deadline");
        let overdue = overdue_words(weeks_overdue, language);
        lines.push(format!("{words} {}: {overdue}", value("deadline")));
    }
    let (actual, required) = (value("actual_rate"), value("required_rate"));
    lines.push(match (language, required.as_str()) {
        (Language::Vi, "–") => format!("Tốc độ {actual} mỗi tuần làm việc"),
        (Language::En, "–") => format!("Pace: {actual} per working week"),
        (Language::Vi, _) => format!("Mỗi tuần làm {actual}, cần {required}"),
        (Language::En, _) => format!("{actual} a week, {required} needed"),
    });
    (large, lines)
}

/// The units with most left to do.
fn holders(input: &PackInput<'_>, about: &About) -> (Vec<Vec<String>>, Vec<String>) {
    let language = about.language();
    let left = |row: &&UnitRow| row.forecast.remaining().unwrap_or_default();
    let mut rows: Vec<&UnitRow> = input.national.rows.iter().collect();
    rows.retain(|row| left(row) > Count::default());
    rows.sort_by_key(|row| std::cmp::Reverse(left(row)));
    rows.truncate(HOLDERS);
    let held: Option<Count> = rows.iter().map(|row| row.forecast.remaining()).sum();
    let share = held.zip(input.national.remaining());
    let share = share.and_then(|(held, all)| Share::of(held, all));
    let words = share.filter(|_| !rows.is_empty()).map(|share| {
        let (count, share) = (rows.len(), language.percent(share));
        match language {
            Language::Vi => format!("{count} địa phương này giữ {share} số còn lại"),
            Language::En => format!("These {count} hold {share} of what remains"),
        }
    });
    let group = |group: Group| {
        let count = input.national.count_in(group);
        let name = group_name(group).in_language(language).to_lowercase();
        (count > 0).then(|| format!("{count} {name}"))
    };
    let groups: Vec<String> = super::GROUPS.into_iter().filter_map(group).collect();
    let line = |row: &UnitRow| {
        let share = row.forecast.share().map(|share| language.percent(share));
        vec![
            row.name.in_language(language).to_owned(),
            language.count(left(&row)),
            share.unwrap_or_else(|| "–".to_owned()),
        ]
    };
    let mut lines: Vec<String> = words.into_iter().collect();
    lines.push(groups.join(" · "));
    (rows.into_iter().map(line).collect(), lines)
}

/// What the figures ask the meeting: each with the figures that raise it. Nothing is proposed that no figure raises.
pub(super) fn decisions(input: &PackInput<'_>, about: &About, tables: &Tables) -> Section {
    let value = |key: &str| figure(tables, about, key);
    let questions = [
        deadline(input, about, &value),
        standstill(input, about),
        waiting(input, about, tables),
        silent(about, tables),
    ];
    let mut paragraphs: Vec<String> = questions.into_iter().flatten().collect();
    if !about.complete {
        paragraphs.push(match about.language() {
            Language::Vi => format!(
                "{}: có dùng số liệu tạm tính để kết luận không?",
                about.coverage_words()
            ),
            Language::En => format!(
                "{}: are provisional figures enough to conclude?",
                about.coverage_words()
            ),
        });
    }
    if paragraphs.is_empty() {
        let none = about.t(
            "Số liệu không đặt ra câu hỏi nào cho kỳ này.",
            "The figures raise no question this time.",
        );
        paragraphs.push(none.to_owned());
    }
    Section {
        heading: about.t("Nội dung xin ý kiến", "For decision"),
        paragraphs,
    }
}

fn deadline(
    input: &PackInput<'_>,
    about: &About,
    value: &dyn Fn(&str) -> String,
) -> Option<String> {
    let pace = pace(input).filter(|pace| is_in_danger(*pace))?;
    let (deadline, remaining) = (value("deadline"), value("remaining"));
    let (actual, required) = (value("actual_rate"), value("required_rate"));
    let overdue = matches!(pace, DeadlinePace::Passed { .. });
    Some(match about.language() {
        Language::Vi if overdue => format!(
            "Thời hạn {deadline} đã qua, còn {remaining} trường hợp: đặt thời hạn mới hay bổ sung nguồn lực?"
        ),
        Language::En if overdue => format!(
            "The deadline of {deadline} has passed with {remaining} records left: a new deadline, or more capacity?"
        ),
        Language::Vi => format!(
            "Để kịp {deadline} cần {required} trường hợp mỗi tuần làm việc, đang làm {actual}: bổ sung nguồn lực hay lùi thời hạn?"
        ),
        Language::En => format!(
            "{deadline} needs {required} records per working week, {actual} are done: more capacity, or a later deadline?"
        ),
    })
}

fn standstill(input: &PackInput<'_>, about: &About) -> Option<String> {
    let excluded = input.national.forecast.national.excluded.iter();
    let still = excluded.filter(|one| matches!(one.reason, State::NoProgress { .. }));
    let language = about.language();
    let name = |unit| input.national.name(unit).in_language(language).to_owned();
    let names: Vec<String> = still.map(|one| name(one.unit)).collect();
    let words = about.t(
        "không có tiến triển nhiều tuần qua: ai làm việc trực tiếp với địa phương?",
        "no progress for weeks: who goes there?",
    );
    (!names.is_empty()).then(|| format!("{}: {words}", listed(&names, NAMED, language)))
}

fn waiting(input: &PackInput<'_>, about: &About, tables: &Tables) -> Option<String> {
    let Cell::Number(count @ 1..) = super::key_cell(&tables.headline, "entered_not_transferred")
    else {
        return None;
    };
    let language = about.language();
    let count = language.whole(*count);
    let most = listed(
        &super::findings::most_waiting(input, about, NAMED),
        NAMED,
        language,
    );
    Some(match language {
        Language::Vi => format!(
            "{count} trường hợp đã số hóa mà chưa chuyển, nhiều nhất ở {most}: gỡ khâu kiểm tra và chuyển dữ liệu thế nào?"
        ),
        Language::En => format!(
            "{count} records are entered and not transferred, most of them in {most}: how are checking and transfer freed?"
        ),
    })
}

fn silent(about: &About, tables: &Tables) -> Option<String> {
    let missing = &tables.missing;
    let language = about.language();
    let name = |row: &Vec<Cell>| missing.cell(row, "name").shown(language);
    let names: Vec<String> = missing.rows.iter().map(name).collect();
    let words = about.t(
        "chưa báo cáo tuần này: gửi công văn đôn đốc?",
        "no report this week: send a reminder?",
    );
    (!names.is_empty()).then(|| format!("{}: {words}", listed(&names, NAMED, language)))
}
