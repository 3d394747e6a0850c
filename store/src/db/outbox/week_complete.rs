//! The event that enough units have reported for a week, found in the transaction of the file, or of its restoration, that
//! makes it so.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::messages::{NewMessage, body_of, is_queued, queue};
use super::webhooks::active;
use crate::StoreError;
use crate::db::Entry;
use crate::db::connection::AnyConnection;
use crate::db::counts::series_in_week;
use crate::db::schema::{counts, submissions};
use crate::domain::{CountUnit, Panel, Recipient, Reference, Stage, Webhook, Week, WeekComplete};

/// Tells every webhook of the weeks that the counts of a submission, as it comes or counts again, have made complete for it. A week
/// is told once to each, whatever is recorded or withdrawn later.
pub(in crate::db) fn announce_weeks(
    connection: &mut AnyConnection,
    submission: i64,
    entry: Entry,
) -> Result<(), StoreError> {
    let webhooks = active(connection)?;
    if webhooks.is_empty() {
        return Ok(());
    }
    let days: Vec<NaiveDate> = counts::table
        .filter(counts::submission_id.eq(submission))
        .select(counts::as_of)
        .distinct()
        .load(connection)?;
    let synthetic = submissions::table
        .find(submission)
        .select(submissions::synthetic)
        .first(connection)?;
    let weeks: BTreeSet<Week> = days.into_iter().map(Week::containing).collect();
    for week in weeks {
        let key = |webhook: &Webhook| format!("week-complete-{week}-{}", webhook.number);
        let mut untold = Vec::new();
        for webhook in &webhooks {
            if !is_queued(connection, &key(webhook))? {
                untold.push(webhook);
            }
        }
        if untold.is_empty() {
            continue;
        }
        let event = coverage(connection, week, (submission, synthetic))?;
        let is_enough = |least: u8| event.reporting * 100 >= event.expected * usize::from(least);
        for webhook in untold
            .into_iter()
            .filter(|one| is_enough(one.least_percent))
        {
            let message = NewMessage {
                key: key(webhook),
                recipient: Recipient::Webhook(webhook.number),
                content: body_of(WeekComplete::KIND, &event, entry.recorded_at)?,
            };
            queue(connection, &message, (Some(entry.id), entry.recorded_at))?;
        }
    }
    Ok(())
}

/// Who has reported for a week, as the pages count it.
fn coverage(
    connection: &mut AnyConnection,
    week: Week,
    (submission, synthetic): (i64, bool),
) -> Result<WeekComplete, StoreError> {
    let series = series_in_week(connection, week, CountUnit::Record)?;
    let panel = Panel::new(&Reference::embedded().units, series);
    let standing = panel.national(week, Stage::Transferred);
    Ok(WeekComplete {
        week: week.to_string(),
        last_day: week.last_day(),
        reporting: standing.reporting_count(),
        expected: standing.expected,
        submission,
        synthetic,
    })
}
