//! The batches that the reconciliation is made of: by unit, record type and period of the books.

use schemars::JsonSchema;
use serde::Serialize;
use store::domain::{ReconciliationBatch, RecordType, Week};

use super::call::Call;
use super::operation::{Operation, shape};
use super::paging::{Page, Window};
use super::parameter::{CURSOR, Form, KNOWN_ON, LANG, LIMIT, Parameter, UNIT};
use super::problem::Problem;
use super::reconciliation::{OutcomeCounts, alone};
use super::reply::Reply;
use super::table::Table;

/// One comparison run.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Batch")]
pub(crate) struct BatchEntry {
    unit: String,
    week: String,
    record_type: &'static str,
    /// The first registration year of the books; null where all are meant.
    first_year: Option<u16>,
    last_year: Option<u16>,
    /// When in a record's way it was compared.
    stage: &'static str,
    rule_set: String,
    /// Registered events compared.
    records: Option<i64>,
    /// People compared.
    subjects: Option<i64>,
    outcomes: OutcomeCounts,
    /// The submission it came in.
    submission: i64,
    /// The later submission that replaces it; null while it stands.
    replaced_by: Option<i64>,
}

pub(super) static LIST: Operation = Operation {
    about: (
        "Các đợt đối chiếu theo địa phương, loại việc và thời kỳ sổ",
        "The comparison runs by unit, record type and period of the books",
    ),
    parameters: &[
        LANG,
        UNIT,
        Parameter::query(
            "record_type",
            Form::Word(&["birth", "marriage", "death"]),
            ("Chỉ loại việc này", "This record type only"),
        ),
        Parameter::query("from", Form::Week, ("Tuần đầu", "The first week")),
        Parameter::query("to", Form::Week, ("Tuần cuối", "The last week")),
        KNOWN_ON,
        LIMIT,
        CURSOR,
    ],
    tables: &[Table::csv(&[
        ("unit", "/unit"),
        ("week", "/week"),
        ("record_type", "/record_type"),
        ("first_year", "/first_year"),
        ("last_year", "/last_year"),
        ("stage", "/stage"),
        ("rule_set", "/rule_set"),
        ("records", "/records"),
        ("subjects", "/subjects"),
        ("same", "/outcomes/same"),
        ("same_variant", "/outcomes/same_variant"),
        ("differs", "/outcomes/differs"),
        ("unsure", "/outcomes/unsure"),
        ("not_found", "/outcomes/not_found"),
        ("not_compared", "/outcomes/not_compared"),
        ("submission", "/submission"),
        ("replaced_by", "/replaced_by"),
    ])],
    ..Operation::read(list, shape::<Page<BatchEntry>>)
};

fn list(call: &Call) -> Result<Reply, Problem> {
    let unit = call.asked_unit()?;
    let record_type = call.part("record_type", RecordType::from_key)?;
    let (from, to) = (
        call.part("from", Week::parse)?,
        call.part("to", Week::parse)?,
    );
    let window = Window::read(call)?;
    let units = &call.state.reference.units;
    let owner = unit.or_else(|| call.visitor.province());
    let reporters = owner.map(|id| [units.members(id), &[id]].concat());
    let store = &call.state.store;
    let ledger = store.reconciliation_ledger(reporters.as_deref(), window.known_on)?;
    let wanted = ledger.batches.into_iter().filter(|kept| {
        let batch = &kept.entry;
        record_type.is_none_or(|kind| batch.record_type == kind)
            && from.is_none_or(|from| from <= batch.week)
            && to.is_none_or(|to| batch.week <= to)
    });
    window.page(call, wanted, |kept| BatchEntry {
        submission: kept.submission.0,
        replaced_by: kept.replaced_by.map(|later| later.0),
        ..BatchEntry::from(&kept.entry)
    })
}

impl From<&ReconciliationBatch> for BatchEntry {
    fn from(batch: &ReconciliationBatch) -> Self {
        Self {
            unit: batch.unit.to_string(),
            week: batch.week.to_string(),
            record_type: batch.record_type.key(),
            first_year: batch.period.map(|(first, _)| first),
            last_year: batch.period.map(|(_, last)| last),
            stage: batch.stage.key(),
            rule_set: batch.rule_set.clone(),
            records: alone(batch.records),
            subjects: alone(batch.subjects),
            outcomes: batch.outcomes.into(),
            submission: 0,
            replaced_by: None,
        }
    }
}
