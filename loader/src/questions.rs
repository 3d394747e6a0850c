//! What the rules ask about a file: the name of each question, the answers given, and those of earlier weeks that still hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use store::domain::{
    CountRow, CountUnit, GivenAnswer, Language, Question, QuestionId, RecordType, Reference, Route,
    Stage, Text, UnitId,
};

use crate::batches::Seen;
use crate::chains::changes;
use crate::column::Column;
use crate::finding::{Finding, Places, Severity};
use crate::forms::ReadRow;
use crate::history::History;
use crate::layout::Layout;
use crate::rule::Rule;

/// What a sender says to the questions of a file: to each by its name, to all of a rule, or to all of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// To every question that has no answer of its own; `None` or blank where there is none.
    pub all: Option<String>,
    /// To every question of a rule, by its key.
    pub rules: BTreeMap<String, String>,
    /// To single questions.
    pub each: BTreeMap<QuestionId, String>,
}

impl Answers {
    /// The same answer to every question.
    #[must_use]
    pub fn to_all(text: Option<String>) -> Self {
        Self {
            all: text,
            ..Self::default()
        }
    }

    /// The answer to a question, the most particular first; `None` where there is none.
    fn to(&self, question: &Question) -> Option<String> {
        let given = [
            self.each.get(&question.id),
            self.rules.get(&question.rule),
            self.all.as_ref(),
        ];
        let mut given = given.into_iter().flatten().map(|text| text.trim());
        given.find(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// Reads answers from a CSV file with the columns `question` and `answer`.
///
/// # Errors
/// The number of the first line that does not have a name and an answer.
pub fn read_answers(bytes: &[u8]) -> Result<BTreeMap<QuestionId, String>, u64> {
    let mut answers = BTreeMap::new();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    for (line, record) in (2..).zip(reader.records()) {
        let Ok(record) = record else {
            return Err(line);
        };
        let id = record
            .get(0)
            .and_then(|text| QuestionId::parse(text.trim()));
        let text = record.get(1).map(str::trim).filter(|text| !text.is_empty());
        let (id, text) = id.zip(text).ok_or(line)?;
        answers.insert(id, text.to_owned());
    }
    Ok(answers)
}

/// A question about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question; of several findings that ask the same, the first in the file.
    pub question: Question,
    /// The findings that ask it, by their place in the receipt.
    pub findings: Vec<usize>,
    /// What the sender says to it; `None` where nothing.
    pub answer: Option<String>,
    /// What was said to it in an earlier week and still holds: offered, never taken by itself.
    pub earlier: Option<GivenAnswer>,
}

/// The rows of a file, by line, with the meaning of its columns.
pub(crate) struct Subjects<'a> {
    rows: &'a [ReadRow<CountRow>],
    units: BTreeSet<UnitId>,
    last: Option<NaiveDate>,
    /// The meaning of the columns; `None` for a document, which has none.
    layout: Option<&'a Layout>,
}

impl<'a> Subjects<'a> {
    pub(crate) fn new(rows: &'a [ReadRow<CountRow>], layout: Option<&'a Layout>) -> Self {
        Self {
            rows,
            units: changes(rows.iter().map(|row| row.value.unit)).collect(),
            last: rows.iter().map(|row| row.value.as_of).max(),
            layout,
        }
    }

    /// With the rows of some lines only, of a file that has these units and dates; for a file that is compared with no archive.
    pub(crate) fn of_some(
        rows: &'a [ReadRow<CountRow>],
        seen: &Seen,
        layout: Option<&'a Layout>,
    ) -> Self {
        Self {
            rows,
            units: seen.units.clone(),
            last: seen.dates.last().copied(),
            layout,
        }
    }

    fn row(&self, finding: &Finding) -> Option<&'a CountRow> {
        let line = finding.line?;
        let place = self.rows.binary_search_by_key(&line, ReadRow::line).ok()?;
        self.rows.get(place).map(|row| &row.value)
    }

    /// What a finding asks.
    fn question(&self, finding: &Finding) -> Question {
        let row = self.row(finding);
        let only = self.units.first().copied();
        let only = only.filter(|_| self.units.len() == 1);
        let unit = row.map(|row| row.unit).or(only);
        let part = row.filter(|_| !is_of_report(finding.rule));
        let place = finding.column.and_then(|column| column.checked_sub(1));
        let column = place.and_then(|place| self.layout?.column_at(usize::try_from(place).ok()?));
        let stage = match column {
            Some(Column::Stage(stage)) => Some(stage),
            _ => None,
        };
        let owner = unit.map_or_else(String::new, |unit| unit.to_string());
        let counted = row.map_or("", |row| row.count_unit.key());
        let words = [
            owner.as_str(),
            counted,
            part.and_then(|row| row.sub_unit.as_deref()).unwrap_or(""),
            part.map_or("", |row| row.record_type.key()),
            part.map_or("", |row| row.route.key()),
            stage.map_or("", Stage::key),
        ];
        Question {
            id: QuestionId::of(topic(finding.rule), &words),
            rule: finding.rule.key().to_owned(),
            unit,
            as_of: row.map(|row| row.as_of).or(self.last),
            about: Text::new(
                about(part, stage, Language::Vi),
                about(part, stage, Language::En),
            ),
            asked: finding.message.clone(),
        }
    }

    /// Whether every row of a row's unit and date is what it was on an earlier date.
    fn stands_still(&self, row: &CountRow, history: &History, since: &GivenAnswer) -> bool {
        let Some(since) = since.answer.question.as_of else {
            return false;
        };
        let report = |other: &&ReadRow<CountRow>| {
            (other.value.unit, other.value.as_of) == (row.unit, row.as_of)
        };
        self.rows.iter().filter(report).all(|row| {
            let then = history.of(&row.value);
            let then = then.and_then(|days| days.get(&since));
            then.is_some_and(|then| then.counts == row.value.counts)
        })
    }
}

/// Rules that ask about a report as a whole, of which the row is only the first.
const fn is_of_report(rule: Rule) -> bool {
    matches!(rule, Rule::Repeated | Rule::RenamedWeek)
}

/// A report that is that of the week before and one that has not changed for weeks are one standstill, explained once.
const fn topic(rule: Rule) -> &'static str {
    match rule {
        Rule::RenamedWeek => Rule::Repeated.key(),
        rule => rule.key(),
    }
}

/// A part of a unit's work in words; empty for all of it.
pub(crate) fn about(part: Option<&CountRow>, stage: Option<Stage>, language: Language) -> String {
    let record_type = part.filter(|row| row.record_type != RecordType::All);
    let record_type = record_type.and_then(|row| {
        let mut names = Reference::embedded().record_types.iter();
        let names = names.find(|names| names.record_type == row.record_type)?;
        Some(names.name.in_language(language).to_owned())
    });
    let route = part.and_then(|row| match row.route {
        Route::All => None,
        Route::Books => Some(language.pick("NĐ 87", "Decree 87")),
        Route::PopulationDb => Some(language.pick("QT 1292", "Procedure 1292")),
    });
    let counted = part.and_then(|row| match row.count_unit {
        CountUnit::Record => None,
        CountUnit::Book => Some(language.pick("sổ", "books")),
        CountUnit::Page => Some(language.pick("trang", "pages")),
    });
    let words = [
        part.and_then(|row| row.sub_unit.as_deref().map(str::to_owned)),
        record_type,
        route.map(str::to_owned),
        counted.map(str::to_owned),
        stage.map(|stage| Column::Stage(stage).header(language).to_owned()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Names the questions of a file and puts the answers to them.
///
/// A standstill that was explained is not asked about again while the answer holds and nothing has changed since: the query
/// becomes a note that says whose answer it is.
pub(crate) fn ask(
    (findings, places): (&mut [Finding], &mut Places),
    subjects: &Subjects<'_>,
    history: Option<&History>,
    answers: &Answers,
) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    let mut by_id: BTreeMap<QuestionId, usize> = BTreeMap::new();
    for (place, finding) in findings.iter_mut().enumerate() {
        if finding.severity != Severity::Query {
            continue;
        }
        let question = subjects.question(finding);
        let earlier = history.and_then(|history| history.answer_to(&question));
        let still = is_of_report(finding.rule).then(|| subjects.row(finding));
        if let (Some(row), Some(history), Some(answer)) = (still.flatten(), history, earlier)
            && subjects.stands_still(row, history, answer)
        {
            explain(finding, answer);
            recount(places, finding.rule);
            continue;
        }
        let known = by_id.get(&question.id);
        if let Some(same) = known.and_then(|known| asked.get_mut(*known)) {
            same.findings.push(place);
            continue;
        }
        by_id.insert(question.id.clone(), asked.len());
        asked.push(Asked {
            findings: vec![place],
            answer: answers.to(&question),
            earlier: earlier.cloned(),
            question,
        });
    }
    asked
}

/// A query of a rule has become a note.
fn recount(places: &mut Places, rule: Rule) {
    if let Some(queries) = places.get_mut(&(Severity::Query, rule)) {
        *queries = queries.saturating_sub(1);
    }
    places.retain(|_, found| *found > 0);
    *places.entry((Severity::Note, rule)).or_default() += 1;
}

fn explain(finding: &mut Finding, answer: &GivenAnswer) {
    finding.severity = Severity::Note;
    let text = &answer.answer.text;
    let given = answer.answer.question.as_of;
    let words = |language: Language| {
        let date = |day| language.date(day);
        (
            given.map_or_else(String::new, date),
            answer.holds_until().map_or_else(String::new, date),
        )
    };
    let ((vi, vi_until), (en, en_until)) = (words(Language::Vi), words(Language::En));
    let message = &finding.message;
    finding.message = Text::new(
        format!(
            "{}; đã giải trình trong báo cáo ngày {vi}: {text}",
            message.vi
        ),
        format!("{}; explained in the report of {en}: {text}", message.en),
    );
    finding.fix = Text::new(
        format!("không cần làm gì; giải trình có giá trị đến hết ngày {vi_until}"),
        format!("nothing to do; the answer holds until {en_until}"),
    );
}
