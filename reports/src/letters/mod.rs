//! Reminder letters to the provinces whose weekly report is overdue: a document each from a template, and one list.

mod list;
mod template;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store::domain::{Language, Week};
use thiserror::Error;

pub use self::template::{LetterTemplate, TemplateError};
use crate::charts::style::moment;
use crate::model::{Latecomer, Lateness};
use crate::pack::{PackError, PackFile};

/// The words that a template may carry between `{{` and `}}`, each with what stands in its place.
pub const PLACEHOLDERS: [(&str, (&str, &str)); 12] = [
    (
        "province",
        ("tên tỉnh, thành phố", "the name of the province"),
    ),
    ("issuer", ("cơ quan gửi", "the body that sends it")),
    (
        "ISSUER",
        (
            "cơ quan gửi, chữ hoa",
            "the body that sends it, in capitals",
        ),
    ),
    ("week", ("tuần chưa báo cáo", "the week without a report")),
    (
        "week_ending",
        ("ngày cuối của tuần đó", "the last day of that week"),
    ),
    (
        "due_on",
        ("ngày phải nhận được báo cáo", "the day the report was due"),
    ),
    ("known_on", ("thời điểm kiểm tra", "when it was looked up")),
    (
        "silence",
        (
            "đã bao lâu không có báo cáo",
            "how long nothing was reported",
        ),
    ),
    (
        "last_contact",
        ("lần cuối nhận được tệp", "when a file last arrived"),
    ),
    (
        "last_figure",
        (
            "số đã chuyển theo báo cáo gần nhất",
            "what was transferred by the last report",
        ),
    ),
    (
        "difficulties",
        (
            "khó khăn địa phương đã nêu",
            "the difficulties the province named",
        ),
    ),
    ("deadline", ("thời hạn quốc gia", "the national deadline")),
];

/// The template that comes with the program.
#[must_use]
pub const fn built_in_template(language: Language) -> &'static [u8] {
    match language {
        Language::Vi => include_bytes!("../../../data/letters/reminder-vi.docx"),
        Language::En => include_bytes!("../../../data/letters/reminder-en.docx"),
    }
}

/// What letters are made of.
#[derive(Clone, Copy, Debug)]
pub struct LetterInput<'a> {
    /// Who reported when; letters go to those overdue.
    pub lateness: &'a Lateness,
    /// The week that was not reported.
    pub week: Week,
    /// The moment as of which it was known who had not.
    pub known_on: DateTime<Utc>,
    /// The national deadline in force; `None` where there is none.
    pub deadline: Option<chrono::NaiveDate>,
    /// The language.
    pub language: Language,
    /// The body that sends them.
    pub issuer: &'a str,
    /// Whether the figures are made up.
    pub synthetic: bool,
}

/// Why letters cannot be made.
#[derive(Debug, Error)]
pub enum LetterError {
    /// The template cannot be used.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The list cannot be written.
    #[error("the list of letters cannot be written")]
    List(#[from] PackError),
}

/// Reads a template that may carry every known placeholder.
///
/// # Errors
/// [`TemplateError`] naming what is wrong.
pub fn read_template(bytes: &[u8]) -> Result<LetterTemplate, TemplateError> {
    LetterTemplate::read(bytes, &PLACEHOLDERS.map(|(key, _)| key))
}

/// Makes a letter to each province that is overdue, and the list of them; no file at all where none is.
///
/// # Errors
/// [`LetterError`] where a letter or the list cannot be written.
pub fn letters(
    input: &LetterInput<'_>,
    template: &LetterTemplate,
) -> Result<Vec<PackFile>, LetterError> {
    let overdue = input.lateness.overdue();
    if overdue.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for row in &overdue {
        let letter = template.filled(&values(input, row))?;
        files.push(PackFile::new(letter_path(input, row), letter));
    }
    files.extend(list::files(input, &overdue)?);
    Ok(files)
}

/// The name of a letter: week and unit, in letters that every system takes.
fn letter_path(input: &LetterInput<'_>, row: &Latecomer) -> String {
    format!("{}-{}-{}.docx", stem(input), input.week, row.unit)
}

const fn stem(input: &LetterInput<'_>) -> &'static str {
    input.language.pick("cong-van-don-doc", "reminder")
}

fn values(input: &LetterInput<'_>, row: &Latecomer) -> BTreeMap<&'static str, String> {
    let language = input.language;
    let none = || language.pick("chưa có", "none").to_owned();
    PLACEHOLDERS
        .iter()
        .map(|(key, _)| {
            let value = match *key {
                "province" => row.name.in_language(language).to_owned(),
                "issuer" => input.issuer.to_owned(),
                "ISSUER" => input.issuer.to_uppercase(),
                "week" => input.week.to_string(),
                "week_ending" => language.date(input.week.last_day()),
                "due_on" => language.date(input.lateness.due_on),
                "known_on" => moment(language, input.known_on),
                "silence" => silence_words(row, language),
                "last_contact" => row
                    .last_contact
                    .map_or_else(none, |at| moment(language, at)),
                "last_figure" => row
                    .last_figure
                    .map_or_else(none, |count| language.count(count)),
                "difficulties" => difficulty_words(row, language),
                _ => input.deadline.map_or_else(none, |day| language.date(day)),
            };
            (*key, value)
        })
        .collect()
}

/// How long a unit has not reported.
#[must_use]
pub fn silence_words(row: &Latecomer, language: Language) -> String {
    match (row.weeks_silent, row.last_week) {
        (Some(0), _) => language.pick("đã báo cáo", "reported").to_owned(),
        (Some(weeks), Some(last)) => {
            let weeks = language.whole(weeks);
            match language {
                Language::Vi => format!("{weeks} tuần (số gần nhất của tuần {last})"),
                Language::En if weeks == "1" => format!("1 week (last figure of week {last})"),
                Language::En => format!("{weeks} weeks (last figure of week {last})"),
            }
        }
        _ => language
            .pick("chưa từng báo cáo", "never reported")
            .to_owned(),
    }
}

/// The difficulties a unit named, the latest first, in its own words.
#[must_use]
pub fn difficulty_words(row: &Latecomer, language: Language) -> String {
    /// More would not be read in a letter; the page has all of them.
    const MOST: usize = 3;
    let one = |one: &store::domain::Difficulty| {
        format!("{} ({})", one.words.trim(), language.date(one.as_of))
    };
    let named: Vec<String> = row.difficulties.iter().take(MOST).map(one).collect();
    if named.is_empty() {
        language.pick("chưa nêu", "none named").to_owned()
    } else {
        named.join("; ")
    }
}
