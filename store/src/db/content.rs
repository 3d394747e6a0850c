//! The rows of a submission, and the proof that what a log entry recorded is still what is kept.

use diesel::prelude::*;

use super::answers::AnswerRow;
use super::bulk;
use super::connection::AnyConnection;
use super::forecasts::ForecastRow;
use super::letters::LettersRow;
use super::packs::PackRow;
use super::reconciliation_rows::ReconciliationRows;
use super::rows::{self, CountsRow, DeadlineRow, PublishedRow};
use super::rule_sets::RuleSetRow;
use super::schema::{
    counts, deadlines, forecasts, letters, packs, published_figures, rule_sets, submissions,
    token_revocations, tokens, withdrawals,
};
use super::tokens::{RevocationRow, TokenRow};
use super::withdrawals::WithdrawalRow;
use crate::StoreError;
use crate::domain::{Content, Digest};

/// The rows of a submission as the tables take them.
pub(super) enum ContentRows {
    Counts(Vec<CountsRow>),
    Reconciliation(ReconciliationRows),
    Published(Vec<PublishedRow>),
}

impl ContentRows {
    pub(super) fn new(id: i64, content: &Content) -> Self {
        match content {
            Content::Counts(rows) => {
                Self::Counts(rows.iter().map(|row| CountsRow::new(id, row)).collect())
            }
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
            Self::Counts(rows) => bulk::insert_counts(connection, rows),
            Self::Reconciliation(rows) => bulk::insert_reconciliations(connection, rows),
            Self::Published(rows) => bulk::insert_published(connection, rows),
        }
    }

    /// The digest of the file, of the answers to what was asked about it and of every row read from it.
    pub(super) fn digest(&self, file: Digest, answers: &[AnswerRow]) -> Result<Digest, StoreError> {
        let mut file = format!("{file}\n");
        if !answers.is_empty() {
            file = format!("{file}{}\n", rows::digest_of("", answers)?);
        }
        match self {
            Self::Counts(rows) => rows::digest_of(&file, rows),
            Self::Reconciliation(rows) => rows.digest(&file),
            Self::Published(rows) => rows::digest_of(&file, rows),
        }
    }

    fn stored(connection: &mut AnyConnection, id: i64, form: &str) -> Result<Self, StoreError> {
        match form {
            "counts" => {
                let rows = counts::table
                    .filter(counts::submission_id.eq(id))
                    .order(counts::line);
                Ok(Self::Counts(
                    rows.select(CountsRow::as_select()).load(connection)?,
                ))
            }
            "reconciliation" => Ok(Self::Reconciliation(ReconciliationRows::stored(
                connection, id,
            )?)),
            "published" => {
                let rows = published_figures::table.filter(published_figures::submission_id.eq(id));
                let rows = rows
                    .order(published_figures::line)
                    .select(PublishedRow::as_select());
                Ok(Self::Published(rows.load(connection)?))
            }
            other => Err(rows::corrupt("form", other)),
        }
    }

    /// Gives every row the number of its submission, which is known only inside the transaction.
    pub(super) fn number(&mut self, id: i64) {
        match self {
            Self::Counts(rows) => rows.iter_mut().for_each(|row| row.submission_id = id),
            Self::Reconciliation(rows) => rows.number(id),
            Self::Published(rows) => rows.iter_mut().for_each(|row| row.submission_id = id),
        }
    }
}

/// Says what is wrong with what a log entry recorded; `None` where it is what the entry says.
pub(super) fn content_fault(
    connection: &mut AnyConnection,
    entry: i64,
    content_sha256: &str,
) -> Result<Option<String>, StoreError> {
    let file = submissions::table.find(entry).select((
        submissions::sha256,
        submissions::bytes,
        submissions::form,
    ));
    let found = if let Some((sha256, bytes, form)) = file
        .first::<(String, Vec<u8>, String)>(connection)
        .optional()?
    {
        let digest = Digest::of(&bytes);
        if digest.to_string() != sha256 {
            return Ok(Some("the kept file does not have its digest".to_owned()));
        }
        let answers = AnswerRow::of_submission(connection, entry)?;
        ContentRows::stored(connection, entry, &form)?.digest(digest, &answers)?
    } else if let Some((row, archive)) = packs::table
        .find(entry)
        .select((PackRow::as_select(), packs::archive))
        .first::<(PackRow, Vec<u8>)>(connection)
        .optional()?
    {
        if !row.fits(&archive) {
            return Ok(Some("the kept pack does not have its digest".to_owned()));
        }
        rows::digest_of("", &[row])?
    } else if let Some((row, archive)) = letters::table
        .find(entry)
        .select((LettersRow::as_select(), letters::archive))
        .first::<(LettersRow, Vec<u8>)>(connection)
        .optional()?
    {
        if !row.fits(&archive) {
            return Ok(Some("the kept letters do not have their digest".to_owned()));
        }
        rows::digest_of("", &[row])?
    } else if let Some(digest) = row_digest(connection, entry)? {
        digest
    } else {
        return Ok(Some("what it recorded is gone".to_owned()));
    };
    let whole = found.to_string() == content_sha256;
    Ok((!whole).then(|| "what it recorded was changed afterwards".to_owned()))
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
    find_in!(rule_sets, RuleSetRow);
    find_in!(tokens, TokenRow);
    find_in!(token_revocations, RevocationRow);
    find_in!(forecasts, ForecastRow);
    Ok(None)
}
