//! The rows of a submission, and the proof that what a log entry recorded is still what is kept.

use std::panic::resume_unwind;

use diesel::prelude::*;
use serde::Serialize;

use super::accounts::AccountRow;
use super::answers::AnswerRow;
use super::audit_rows::{LotRow, ResultRow, SeedRow};
use super::bulk;
use super::campaigns::CampaignRow;
use super::connection::AnyConnection;
use super::difficulties::MoveRow;
use super::exemptions::ExemptionRow;
use super::forecasts::ForecastRow;
use super::letter_templates::TemplateRow;
use super::letters::LettersRow;
use super::outbox::{
    ContactRow, DispatchRow, WebhookRow, contact_changes, dispatch_facts, webhook_changes,
};
use super::packs::PackRow;
use super::reconciliation_rows::ReconciliationRows;
use super::rows::{self, CountsRow, DeadlineRow, PublishedRow, unwritable};
use super::rule_sets::RuleSetRow;
use super::schema::{
    account_changes, audit_lots, audit_results, audit_seeds, campaigns, counts, deadlines,
    difficulty_moves, exemptions, forecasts, letter_templates, letters, packs, published_figures,
    rule_sets, submissions, token_revocations, tokens, withdrawals,
};
use super::tokens::{RevocationRow, TokenRow};
use super::withdrawals::WithdrawalRow;
use crate::StoreError;
use crate::domain::{Content, CountRow, Digest};

/// The rows of a submission as the tables take them.
pub(super) enum ContentRows<'a> {
    /// Of the submission with a number; made into rows one after the other, for there may be millions.
    Counts(i64, &'a [CountRow]),
    Reconciliation(ReconciliationRows),
    Published(Vec<PublishedRow>),
}

/// How the file of a submission was read: what its digest covers beside the rows.
#[derive(Queryable, Serialize)]
pub(super) struct Reading {
    pub(super) form: String,
    pub(super) encoding: String,
    pub(super) rules_version: String,
    pub(super) synthetic: bool,
    pub(super) row_count: i64,
}

impl<'a> ContentRows<'a> {
    pub(super) fn new(id: i64, content: &'a Content) -> Self {
        match content {
            Content::Counts(rows) => Self::Counts(id, rows),
            Content::Reconciliation(entries) => {
                Self::Reconciliation(ReconciliationRows::new(id, entries))
            }
            Content::Published(figures) => Self::Published(
                (1..)
                    .zip(figures)
                    .map(|(line, figure)| PublishedRow::new(id, line, figure))
                    .collect(),
            ),
        }
    }

    pub(super) fn insert(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        match self {
            Self::Counts(id, rows) => bulk::insert_counts(connection, *id, rows),
            Self::Reconciliation(rows) => bulk::insert_reconciliations(connection, rows),
            Self::Published(rows) => bulk::insert_published(connection, rows),
        }
    }

    /// The digest of the file and how it was read, of the answers to what was asked about it and of every row.
    pub(super) fn digest(
        &self,
        file: (Digest, &Reading),
        answers: &[AnswerRow],
    ) -> Result<Digest, StoreError> {
        let above = above(file, answers)?;
        match self {
            Self::Counts(_, rows) => digest_of_counts(&above, rows),
            Self::Reconciliation(rows) => rows.digest(&above),
            Self::Published(rows) => rows::digest_of(&above, rows),
        }
    }

    /// Gives every row the number of its submission, which is known only inside the transaction.
    pub(super) fn number(&mut self, id: i64) {
        match self {
            Self::Counts(own, _) => *own = id,
            Self::Reconciliation(rows) => rows.number(id),
            Self::Published(rows) => rows.iter_mut().for_each(|row| row.submission_id = id),
        }
    }
}

/// What stands above the rows in the text that is digested: the digests of the file, of how it was read and of the answers, where
/// there are any.
fn above((file, reading): (Digest, &Reading), answers: &[AnswerRow]) -> Result<String, StoreError> {
    let mut above = format!("{file}\n{}\n", rows::digest_of("", &[reading])?);
    if !answers.is_empty() {
        above = format!("{above}{}\n", rows::digest_of("", answers)?);
    }
    Ok(above)
}

/// How many rows are written as lines before they are digested: some 10 MB.
const ROWS_AT_ONCE: usize = 100_000;

/// The digest of rows that there may be millions of: two threads write them.
fn digest_of_counts(above: &str, rows: &[CountRow]) -> Result<Digest, StoreError> {
    let written = |rows: &[CountRow]| {
        let mut lines = Vec::new();
        // The number of the submission is in no line.
        rows::write_rows(&mut lines, rows.iter().map(|row| CountsRow::new(0, row)))?;
        Ok::<_, StoreError>(lines)
    };
    Digest::of_written(|digest| {
        digest.write_all(above.as_bytes()).map_err(unwritable)?;
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let (first, second) = rows.split_at(rows.len() / 2);
            let (first, second) = std::thread::scope(|scope| {
                let second = scope.spawn(|| written(second));
                (written(first), second.join())
            });
            let second = second.unwrap_or_else(|panic| resume_unwind(panic));
            for lines in [first?, second?] {
                digest.write_all(&lines).map_err(unwritable)?;
            }
        }
        Ok(())
    })
}

/// The same digest of the rows that are kept of a submission.
fn kept_digest(
    connection: &mut AnyConnection,
    (id, form): (i64, &str),
    above: &str,
) -> Result<Digest, StoreError> {
    match form {
        "counts" => {
            let rows = counts::table
                .filter(counts::submission_id.eq(id))
                .order(counts::line);
            let rows: Vec<CountsRow<'_>> = rows.select(CountsRow::as_select()).load(connection)?;
            rows::digest_of(above, &rows)
        }
        "reconciliation" => ReconciliationRows::stored(connection, id)?.digest(above),
        "published" => {
            let rows = published_figures::table.filter(published_figures::submission_id.eq(id));
            let rows = rows
                .order(published_figures::line)
                .select(PublishedRow::as_select());
            rows::digest_of(above, rows.load(connection)?)
        }
        other => Err(rows::corrupt("form", other)),
    }
}

/// Says what is wrong with what a log entry recorded; `None` where it is what the entry says.
pub(super) fn content_fault(
    connection: &mut AnyConnection,
    entry: i64,
    content_sha256: &str,
) -> Result<Option<String>, StoreError> {
    let file = submissions::table.find(entry).select((
        (submissions::sha256, submissions::bytes),
        (
            submissions::form,
            submissions::encoding,
            submissions::rules_version,
            submissions::synthetic,
            submissions::row_count,
        ),
    ));
    let found = if let Some(((sha256, bytes), reading)) = file
        .first::<((String, Vec<u8>), Reading)>(connection)
        .optional()?
    {
        let digest = Digest::of(&bytes);
        if digest.to_string() != sha256 {
            return Ok(Some("the kept file does not have its digest".to_owned()));
        }
        let answers = AnswerRow::of_submission(connection, entry)?;
        let above = above((digest, &reading), &answers)?;
        kept_digest(connection, (entry, &reading.form), &above)?
    } else if let Some(kept) = document_digest(connection, entry)? {
        match kept {
            Ok(digest) => digest,
            Err(fault) => return Ok(Some(fault.to_owned())),
        }
    } else if let Some(digest) = row_digest(connection, entry)? {
        digest
    } else {
        return Ok(Some("what it recorded is gone".to_owned()));
    };
    let whole = found.to_string() == content_sha256;
    Ok((!whole).then(|| "what it recorded was changed afterwards".to_owned()))
}

/// The digest of the row that an entry recorded with a document beside it, or what is wrong with the document; `None` where
/// none has its number.
fn document_digest(
    connection: &mut AnyConnection,
    entry: i64,
) -> Result<Option<Result<Digest, &'static str>>, StoreError> {
    macro_rules! find_in {
        ($table:ident, $row:ty, $document:ident, $fault:literal) => {
            let found = $table::table
                .find(entry)
                .select((<$row>::as_select(), $table::$document))
                .first::<($row, Vec<u8>)>(connection)
                .optional()?;
            if let Some((row, document)) = found {
                let whole = row.fits(&document);
                let digest = rows::digest_of("", &[row])?;
                return Ok(Some(whole.then_some(digest).ok_or($fault)));
            }
        };
    }
    find_in!(
        packs,
        PackRow,
        archive,
        "the kept pack does not have its digest"
    );
    find_in!(
        letters,
        LettersRow,
        archive,
        "the kept letters do not have their digest"
    );
    find_in!(
        letter_templates,
        TemplateRow,
        document,
        "the kept template does not have its digest"
    );
    Ok(None)
}

/// The digest of the one row that an entry recorded, in whichever table it lies; `None` where none has its number.
fn row_digest(connection: &mut AnyConnection, entry: i64) -> Result<Option<Digest>, StoreError> {
    macro_rules! find_in {
        ($table:ident, $row:ty) => {
            let found = $table::table
                .find(entry)
                .select(<$row>::as_select())
                .first::<$row>(connection)
                .optional()?;
            if let Some(row) = found {
                return Ok(Some(rows::digest_of("", &[row])?));
            }
        };
    }
    find_in!(withdrawals, WithdrawalRow);
    find_in!(deadlines, DeadlineRow);
    find_in!(campaigns, CampaignRow);
    find_in!(rule_sets, RuleSetRow);
    find_in!(account_changes, AccountRow);
    find_in!(tokens, TokenRow);
    find_in!(token_revocations, RevocationRow);
    find_in!(forecasts, ForecastRow);
    find_in!(difficulty_moves, MoveRow);
    find_in!(exemptions, ExemptionRow);
    find_in!(audit_lots, LotRow);
    find_in!(audit_seeds, SeedRow);
    find_in!(audit_results, ResultRow);
    find_in!(contact_changes, ContactRow);
    find_in!(webhook_changes, WebhookRow);
    find_in!(dispatch_facts, DispatchRow);
    Ok(None)
}
