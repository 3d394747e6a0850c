//! Which record type and period of books a page is asked for. Both stand in the address.

use std::collections::BTreeSet;

use loader::comparison::OPEN_YEARS;
use serde::Deserialize;
use store::domain::{LedgerFilter, ReconciliationLedger, RecordType};

use crate::auditing::parse_period;
use crate::error::ServerError;
use crate::pages::wording::Words;
use crate::view::part;

/// The parts of the address that choose entries of the ledger, as they came.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(rename = "type")]
    record_type: Option<String>,
    period: Option<String>,
}

/// What may be chosen: the word in the address, the name, and whether it is chosen.
pub(super) struct Choice {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

impl Asked {
    pub(super) fn read(&self) -> Result<LedgerFilter, ServerError> {
        Ok(LedgerFilter {
            record_type: part("type", self.record_type.as_deref(), RecordType::from_key)?,
            period: part("period", self.period.as_deref(), parse_period)?,
        })
    }
}

/// A path with the filter behind it.
pub(super) fn with_filter(path: &str, filter: LedgerFilter) -> String {
    let mut parts = Vec::new();
    parts.extend(
        filter
            .record_type
            .map(|kind| format!("type={}", kind.key())),
    );
    parts.extend(
        filter
            .period
            .map(|(from, to)| format!("period={from}-{to}")),
    );
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

/// The record types that were compared, and the one asked for.
pub(super) fn type_choices(
    ledger: &ReconciliationLedger,
    filter: LedgerFilter,
    words: &Words,
) -> Vec<Choice> {
    let compared = ledger.standing_batches().map(|batch| batch.record_type);
    let types: BTreeSet<RecordType> = compared.chain(filter.record_type).collect();
    let choice = |record_type: RecordType| Choice {
        key: record_type.key().to_owned(),
        name: words.record_type(record_type),
        chosen: filter.record_type == Some(record_type),
    };
    types.into_iter().map(choice).collect()
}

/// The periods of books that batches tell, and the one asked for.
pub(super) fn period_choices(
    ledger: &ReconciliationLedger,
    filter: LedgerFilter,
    words: &Words,
) -> Vec<Choice> {
    let told = ledger.standing_batches().filter_map(|batch| batch.period);
    let periods: BTreeSet<(u16, u16)> = told.chain(filter.period).collect();
    let choice = |(from, to): (u16, u16)| Choice {
        key: format!("{from}-{to}"),
        name: period_name((from, to), words),
        chosen: filter.period == Some((from, to)),
    };
    periods.into_iter().map(choice).collect()
}

/// A period of books, whose ends may be open.
fn period_name((from, to): (u16, u16), words: &Words) -> String {
    let (first, last) = OPEN_YEARS;
    let until = words.language.pick("đến hết", "until");
    let since = words.language.pick("từ", "from");
    match (from <= first, to >= last) {
        (true, true) => words.language.pick("mọi năm", "any year").to_owned(),
        (true, false) => format!("{until} {to}"),
        (false, true) => format!("{since} {from}"),
        (false, false) => format!("{from}–{to}"),
    }
}
