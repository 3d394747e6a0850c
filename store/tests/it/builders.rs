//! Builders that default everything but what a test is about.

use chrono::{DateTime, NaiveDate, Utc};
use store::Store;
use store::domain::{
    Content, Count, CountRow, CountUnit, NewSubmission, RecordType, Reported, Route, Stage,
    StageCounts, SubmissionId, UnitId,
};
use store::testing::moment;

pub(crate) fn unit(id: &str) -> UnitId {
    UnitId::parse(id).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn count(value: i64) -> Count {
    Count::from_i64(value).unwrap()
}

/// Noon UTC of a day.
pub(crate) fn noon(text: &str) -> DateTime<Utc> {
    moment(&format!("{text}T12:00:00Z"))
}

pub(crate) fn counts(values: &[(Stage, i64)]) -> StageCounts {
    values
        .iter()
        .fold(StageCounts::default(), |counts, (stage, value)| {
            counts.with(*stage, Reported::exact(count(*value)))
        })
}

pub(crate) fn row(id: &str, as_of: &str, values: &[(Stage, i64)]) -> CountRow {
    CountRow {
        line: 2,
        unit: unit(id),
        sub_unit: None,
        as_of: day(as_of),
        record_type: RecordType::All,
        route: Route::All,
        count_unit: CountUnit::Record,
        counts: counts(values),
        note: None,
        difficulty: None,
    }
}

/// A submission whose bytes are the text of its rows, so that different rows are different files.
pub(crate) fn submission(rows: Vec<CountRow>) -> NewSubmission {
    let content = Content::Counts(rows);
    NewSubmission {
        file_name: "test.csv".to_owned(),
        bytes: format!("{content:?}").into_bytes(),
        encoding: "UTF-8".to_owned(),
        rules_version: "test".to_owned(),
        submitted_by: "tester".to_owned(),
        synthetic: true,
        content,
        answers: Vec::new(),
        basis: None,
    }
}

pub(crate) fn record(store: &Store, rows: Vec<CountRow>, at: &str) -> SubmissionId {
    store
        .record_submission(&submission(rows), noon(at))
        .unwrap()
        .id
}

/// The reported figure of a unit, week and stage as known on a moment.
pub(crate) fn figure(
    store: &Store,
    id: &str,
    week_day: &str,
    known_on: DateTime<Utc>,
) -> Option<i64> {
    let series = store.series_known_on(CountUnit::Record, known_on).unwrap();
    let own = series.iter().find(|series| series.unit == unit(id))?;
    let week = store::domain::Week::containing(day(week_day));
    own.figure_in(week, Stage::Transferred)
        .map(|figure| figure.value.to_i64())
}
