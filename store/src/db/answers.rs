//! What was asked about files and what their senders answered.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::Store;
use super::connection::AnyConnection;
use super::rows;
use super::schema::{answers, submissions};
use super::withdrawals::{end_of_time, withdrawn_on};
use crate::StoreError;
use crate::domain::{Answer, GivenAnswer, Question, QuestionId, SubmissionId, Text, UnitId};

#[derive(Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = answers, treat_none_as_default_value = false)]
pub(super) struct AnswerRow {
    #[serde(skip)]
    pub(super) submission_id: i64,
    place: i64,
    question_id: String,
    rule: String,
    unit_id: Option<String>,
    as_of: Option<NaiveDate>,
    about_vi: String,
    about_en: String,
    asked_vi: String,
    asked_en: String,
    answer: String,
}

impl AnswerRow {
    pub(super) fn new((place, answer): (i64, &Answer)) -> Self {
        let Question {
            id,
            rule,
            unit,
            as_of,
            about,
            asked,
        } = answer.question.clone();
        Self {
            submission_id: 0,
            place,
            question_id: id.to_string(),
            rule,
            unit_id: unit.map(|unit| unit.to_string()),
            as_of,
            about_vi: about.vi,
            about_en: about.en,
            asked_vi: asked.vi,
            asked_en: asked.en,
            answer: answer.text.clone(),
        }
    }

    pub(super) fn of_submission(
        connection: &mut AnyConnection,
        id: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let own = answers::table.filter(answers::submission_id.eq(id));
        Ok(own
            .order(answers::place)
            .select(Self::as_select())
            .load(connection)?)
    }

    fn into_domain(self) -> Result<Answer, StoreError> {
        Ok(Answer {
            question: Question {
                id: question_id(&self.question_id)?,
                rule: self.rule,
                unit: self.unit_id.as_deref().map(rows::unit_id).transpose()?,
                as_of: self.as_of,
                about: Text::new(self.about_vi, self.about_en),
                asked: Text::new(self.asked_vi, self.asked_en),
            },
            text: self.answer,
        })
    }
}

fn question_id(text: &str) -> Result<QuestionId, StoreError> {
    QuestionId::parse(text).ok_or_else(|| rows::corrupt("question_id", text))
}

type GivenRow = (AnswerRow, (String, String, NaiveDateTime));

/// What is told of the file an answer came with.
const FILE: (
    submissions::file_name,
    submissions::submitted_by,
    submissions::recorded_at,
) = (
    submissions::file_name,
    submissions::submitted_by,
    submissions::recorded_at,
);

fn given(
    connection: &mut AnyConnection,
    rows: Vec<GivenRow>,
    known_on: NaiveDateTime,
) -> Result<Vec<GivenAnswer>, StoreError> {
    let withdrawn = withdrawn_on(connection, known_on)?;
    let into_domain = |(row, (file_name, by, at)): GivenRow| {
        Ok(GivenAnswer {
            submission: SubmissionId(row.submission_id),
            file_name,
            by,
            at: at.and_utc(),
            withdrawn: withdrawn.contains(&row.submission_id),
            answer: row.into_domain()?,
        })
    };
    rows.into_iter().map(into_domain).collect()
}

impl Store {
    /// The answers about some units for a date in `since..=until` as known on a moment, now where none is given, oldest
    /// first; those of files that were taken back are left out.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn answers_between(
        &self,
        units: &BTreeSet<UnitId>,
        (since, until): (NaiveDate, NaiveDate),
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Vec<GivenAnswer>, StoreError> {
        let known_on = known_on.map_or_else(end_of_time, |moment| moment.naive_utc());
        let given = self.read(|connection| {
            let own = answers::table
                .inner_join(submissions::table)
                .filter(answers::unit_id.eq_any(units.iter().map(UnitId::to_string)))
                .filter(answers::as_of.ge(since).and(answers::as_of.le(until)))
                .filter(submissions::recorded_at.le(known_on))
                .order((answers::submission_id, answers::place))
                .select((AnswerRow::as_select(), FILE));
            let rows = own.load(connection)?;
            given(connection, rows, known_on)
        })?;
        Ok(given.into_iter().filter(|one| !one.withdrawn).collect())
    }

    /// The answers that came with a submission, in the order of its questions.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn answers_of(&self, submission: SubmissionId) -> Result<Vec<Answer>, StoreError> {
        let rows = self.read(|connection| AnswerRow::of_submission(connection, submission.0))?;
        rows.into_iter().map(AnswerRow::into_domain).collect()
    }

    /// The latest answers as known on a moment, newest first; about one unit where one is given.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_answers(
        &self,
        unit: Option<UnitId>,
        known_on: DateTime<Utc>,
        at_most: i64,
    ) -> Result<Vec<GivenAnswer>, StoreError> {
        self.read(|connection| {
            let mut query = answers::table
                .inner_join(submissions::table)
                .filter(submissions::recorded_at.le(known_on.naive_utc()))
                .order((answers::submission_id.desc(), answers::place))
                .limit(at_most)
                .select((AnswerRow::as_select(), FILE))
                .into_boxed();
            if let Some(unit) = unit {
                query = query.filter(answers::unit_id.eq(unit.to_string()));
            }
            let rows = query.load(connection)?;
            given(connection, rows, known_on.naive_utc())
        })
    }
}
