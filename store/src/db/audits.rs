//! The sampling audit: freezing a lot, issuing its seed, recording what was found.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::audit_rows::{LotRow, ResultRow, SeedRow};
use super::connection::AnyConnection;
use super::rows::digest_of;
use super::schema::{audit_lots, audit_results, audit_seeds, log};
use super::withdrawals::end_of_time;
use super::{Deed, Store};
use crate::StoreError;
use crate::domain::{
    AuditLot, AuditResult, AuditSeed, Breach, Count, Digest, FrozenLot, Text, check_audit,
};

impl Store {
    /// Freezes a lot and gives its number. Only the digest and the length of its list are known here.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the list is frozen already, or the lot that is audited again was not rejected, is of
    /// another unit, type or contractor, or is audited again already; nothing is written then.
    pub fn freeze_lot(
        &self,
        lot: &FrozenLot,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let rejected_before = match lot.again {
            Some(number) => rejections(&self.audit_lot(number)?, lot)?,
            None => Count::ZERO,
        };
        let mut row = LotRow::new(lot, rejected_before, by);
        let deed = Deed {
            actor: by,
            action: "freeze_lot",
            subject: format!("lot of {} {}", lot.unit, lot.list_sha256),
            content: digest_of("", std::slice::from_ref(&row))?,
        };
        self.write(&deed, now, |connection, entry| {
            refuse_frozen(connection, lot)?;
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(audit_lots::table)
                .values(&row)
                .execute(connection)?;
            Ok(entry.id)
        })
    }

    /// Issues the seed of a lot, made of the seal of the entry that froze it and of random bits, and gives it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such lot; [`StoreError::Conflict`] where its seed is issued: a second one
    /// would be a choice.
    pub fn issue_seed(
        &self,
        number: i64,
        random: Digest,
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<AuditSeed, StoreError> {
        let lot = self.audit_lot(number)?;
        let mut row = SeedRow::new(number, random, AuditSeed::derive(lot.seal, random));
        let deed = Deed {
            actor: by,
            action: "issue_seed",
            subject: format!("seed of lot {number}"),
            content: digest_of("", std::slice::from_ref(&row))?,
        };
        self.write(&deed, now, |connection, entry| {
            let own = audit_seeds::table.filter(audit_seeds::lot_id.eq(number));
            refuse_second(connection, own.count(), number, ("hạt giống", "seed"))?;
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(audit_seeds::table)
                .values(&row)
                .execute(connection)?;
            row.into_domain()
        })
    }

    /// Records what looking at the sample of a lot gave.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where invariant 23 or 24 does not hold, or a result is recorded already.
    pub fn record_audit(
        &self,
        number: i64,
        result: &AuditResult,
        (by, now): (&str, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let lot = self.audit_lot(number)?;
        let breaches = check_audit(&lot, result);
        if !breaches.is_empty() {
            return Err(StoreError::Conflict(joined(&breaches)));
        }
        let mut row = ResultRow::new(&lot, result);
        let deed = Deed {
            actor: by,
            action: "record_audit",
            subject: format!("result of lot {number}"),
            content: digest_of("", std::slice::from_ref(&row))?,
        };
        self.write(&deed, now, |connection, entry| {
            let own = audit_results::table.filter(audit_results::lot_id.eq(number));
            refuse_second(connection, own.count(), number, ("kết quả", "result"))?;
            row.id = entry.id;
            row.recorded_at = entry.recorded_at.naive_utc();
            diesel::insert_into(audit_results::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
    }

    /// Every lot as known on a moment, in the order frozen.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub fn list_audit_lots(&self, known_on: DateTime<Utc>) -> Result<Vec<AuditLot>, StoreError> {
        self.lots_until(known_on.naive_utc())
    }

    fn lots_until(&self, moment: NaiveDateTime) -> Result<Vec<AuditLot>, StoreError> {
        self.read(|connection| {
            type Found = (LotRow, String, Option<SeedRow>, Option<ResultRow>);
            let found: Vec<Found> = audit_lots::table
                .inner_join(log::table.on(log::id.eq(audit_lots::id)))
                .left_join(audit_seeds::table.on(audit_seeds::lot_id.eq(audit_lots::id)))
                .left_join(audit_results::table.on(audit_results::lot_id.eq(audit_lots::id)))
                .filter(audit_lots::recorded_at.le(moment))
                .order(audit_lots::id)
                .select((
                    LotRow::as_select(),
                    log::sha256,
                    Option::<SeedRow>::as_select(),
                    Option::<ResultRow>::as_select(),
                ))
                .load(connection)?;
            let lots = found.into_iter().map(|(row, seal, seed, result)| {
                let seed = seed.filter(|seed| seed.recorded_at <= moment);
                let result = result.filter(|result| result.recorded_at <= moment);
                row.into_domain(&seal, seed, result)
            });
            lots.collect()
        })
    }

    /// A lot as it is known now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none of that number.
    pub fn audit_lot(&self, number: i64) -> Result<AuditLot, StoreError> {
        let lots = self.lots_until(end_of_time())?;
        let found = lots.into_iter().find(|lot| lot.number == number);
        found.ok_or_else(|| StoreError::NotFound {
            what: Text::new(format!("lô số {number}"), format!("lot {number}")),
        })
    }
}

/// How often a lot was rejected before, counting the audit that is repeated.
fn rejections(earlier: &AuditLot, lot: &FrozenLot) -> Result<Count, StoreError> {
    let number = earlier.number;
    let frozen = &earlier.frozen;
    let same = (frozen.unit, frozen.record_type) == (lot.unit, lot.record_type)
        && frozen.contractor == lot.contractor;
    if !same {
        return Err(StoreError::Conflict(Text::new(
            format!("lô số {number} của tỉnh, loại việc hoặc nhà thầu khác"),
            format!("lot {number} is of another unit, record type or contractor"),
        )));
    }
    let rejected = earlier
        .decision
        .as_ref()
        .is_some_and(|decision| !decision.result.accepted);
    if !rejected {
        return Err(StoreError::Conflict(Text::new(
            format!("lô số {number} chưa bị loại nên không kiểm tra lại"),
            format!("lot {number} was not rejected, so it is not audited again"),
        )));
    }
    Ok(Count::from_i64(1).map_or(earlier.rejected_before, |one| earlier.rejected_before + one))
}

/// A list is frozen once; one that was rejected is frozen again only as the same lot, so that rejections are counted.
fn refuse_frozen(connection: &mut AnyConnection, lot: &FrozenLot) -> Result<(), StoreError> {
    if let Some(number) = lot.again {
        let successor = audit_lots::table.filter(audit_lots::again.eq(number));
        let found: Option<i64> = successor
            .select(audit_lots::id)
            .first(connection)
            .optional()?;
        if let Some(successor) = found {
            return Err(StoreError::Conflict(Text::new(
                format!("lô số {number} đã được kiểm tra lại là lô số {successor}"),
                format!("lot {number} is audited again already, as lot {successor}"),
            )));
        }
    }
    let same = audit_lots::table
        .filter(audit_lots::list_sha256.eq(lot.list_sha256.to_string()))
        .filter(audit_lots::unit_id.eq(lot.unit.to_string()))
        .filter(audit_lots::record_type.eq(lot.record_type.code()))
        .order(audit_lots::id.desc())
        .select(audit_lots::id);
    let last: Option<i64> = same.first(connection).optional()?;
    match last.filter(|last| Some(*last) != lot.again) {
        None => Ok(()),
        Some(last) => Err(StoreError::Conflict(Text::new(
            format!(
                "danh sách này đã được chốt là lô số {last}; nếu lô đó bị loại, ghi rõ là kiểm tra lại lô số {last}"
            ),
            format!(
                "this list is frozen as lot {last}; where that was rejected, say that lot {last} is audited again"
            ),
        ))),
    }
}

fn refuse_second<'q, Q>(
    connection: &mut AnyConnection,
    count: Q,
    lot: i64,
    (vi, en): (&str, &str),
) -> Result<(), StoreError>
where
    Q: diesel::query_dsl::LoadQuery<'q, AnyConnection, i64>,
{
    let found: i64 = count.get_result(connection)?;
    if found == 0 {
        return Ok(());
    }
    Err(StoreError::Conflict(Text::new(
        format!("lô số {lot} đã có {vi}, chỉ ghi được một lần"),
        format!("lot {lot} has its {en}, which is recorded once"),
    )))
}

fn joined(breaches: &[Breach]) -> Text {
    let words = |read: fn(&Breach) -> &str| -> String {
        let words: Vec<&str> = breaches.iter().map(read).collect();
        words.join("; ")
    };
    Text::new(
        words(|breach| &breach.message.vi),
        words(|breach| &breach.message.en),
    )
}
