//! What holds between a batch and what is known already: invariants 7, 8, 18 and 20.

use super::super::{
    Breach, Outcome, ReconciliationBatch, ReconciliationStage, Run, Weight, subjects_per_record,
};
use crate::domain::{Count, Language, Text};

/// The work a unit has done so far on a record type, in records; `None` where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Typed in.
    pub entered: Option<Count>,
    /// Checked.
    pub checked: Option<Count>,
    /// In the national database.
    pub transferred: Option<Count>,
}

/// What is known before a batch comes.
#[derive(Clone, Copy, Debug)]
pub struct LedgerBefore<'a> {
    /// The standing batches of the same unit and record type, in the order they were recorded.
    pub batches: &'a [&'a ReconciliationBatch],
    /// The work done so far. Counts are not split by the years of the books, so neither are these.
    pub work: WorkDone,
}

/// How far the share that is not found may move between two runs on the same books, in per mille (invariant 20: 2 points).
const LARGEST_MOVE: i64 = 20;

/// Checks a batch against the ledger. Batches that it replaces are left out.
#[must_use]
pub fn check_in_ledger(batch: &ReconciliationBatch, before: &LedgerBefore<'_>) -> Vec<Breach> {
    let key = batch.key();
    let others: Vec<&ReconciliationBatch> = before
        .batches
        .iter()
        .copied()
        .filter(|other| other.key() != key)
        .collect();
    let mut breaches = Vec::new();
    breaches.extend(first_times(batch, &others, before.work));
    breaches.extend(stage_so_far(batch, before.work));
    breaches.extend(sent_twice(batch, &others));
    breaches.extend(not_found_moved(batch, &others));
    breaches
}

fn as_subjects(batch: &ReconciliationBatch, records: Count) -> Option<i64> {
    let each = subjects_per_record(batch.record_type)?;
    Some(records.to_i64().saturating_mul(each))
}

/// Invariant 7: nobody is compared for the first time twice, so first times do not outgrow the records typed in.
fn first_times(
    batch: &ReconciliationBatch,
    others: &[&ReconciliationBatch],
    work: WorkDone,
) -> Option<Breach> {
    let first = |batch: &ReconciliationBatch| batch.run.as_ref().map(|run| run.first);
    let so_far: Count = others.iter().filter_map(|other| first(other)).sum();
    let limit = as_subjects(batch, work.entered?)?;
    let what = Text::new(
        "tổng số người đối chiếu lần đầu",
        "the number compared for the first time, all batches together,",
    );
    let name = Text::new("số người đã nhập", "the subjects entered,");
    let value = (so_far + first(batch)?).to_i64();
    Breach::unless_at_most(7, Weight::Hard, (&what, &name), (value, limit))
}

/// Invariant 8: what is compared before approval was checked, and what is compared after transfer was transferred.
fn stage_so_far(batch: &ReconciliationBatch, work: WorkDone) -> Option<Breach> {
    let (done, name) = match batch.stage {
        ReconciliationStage::BeforeApproval => (
            work.checked,
            Text::new("số đã kiểm tra", "the records checked,"),
        ),
        ReconciliationStage::AfterTransfer => (
            work.transferred,
            Text::new("số đã chuyển", "the records transferred,"),
        ),
    };
    let what = Text::new("số trường hợp đối chiếu", "the number of records compared");
    let pair = (batch.records.to_i64(), done?.to_i64());
    Breach::unless_at_most(8, Weight::Hard, (&what, &name), pair)
}

/// Invariant 18: one run is not counted twice.
fn sent_twice(batch: &ReconciliationBatch, others: &[&ReconciliationBatch]) -> Option<Breach> {
    let run = batch.run.as_ref()?;
    let same_list = |other: &Run| {
        let lists = run.worklist.zip(other.worklist);
        lists.is_some_and(|(one, other)| one.rows > Count::ZERO && one.sha256 == other.sha256)
    };
    let same_run = |other: &&&ReconciliationBatch| {
        let same_counts = (other.records, other.outcomes) == (batch.records, batch.outcomes)
            && (&other.fields, other.population_as_of) == (&batch.fields, batch.population_as_of);
        other.run.as_ref().is_some_and(|other| {
            same_list(other) || (same_counts && other.registry_as_of == run.registry_as_of)
        })
    };
    let twin = others.iter().find(same_run)?;
    let message = Text::new(
        format!(
            "trùng danh sách hoặc số liệu với đợt tuần {} đang có; có thể gửi hai lần",
            twin.week
        ),
        format!(
            "the same worklist or figures as the batch of week {}; it may have been sent twice",
            twin.week
        ),
    );
    Some(Breach::new(18, Weight::Warn, &message))
}

/// Invariant 20: the books do not change between two runs, so what is not found hardly does either.
fn not_found_moved(batch: &ReconciliationBatch, others: &[&ReconciliationBatch]) -> Option<Breach> {
    let run = batch.run.as_ref().filter(|run| run.again > Count::ZERO)?;
    let same_books = |other: &&&ReconciliationBatch| {
        let same = (
            other.period,
            other.stage,
            &other.rule_set,
            other.population_as_of,
        ) == (
            batch.period,
            batch.stage,
            &batch.rule_set,
            batch.population_as_of,
        );
        let cutoff = other.run.as_ref().map(|run| run.cutoff_permille);
        same && cutoff == Some(run.cutoff_permille)
    };
    let earlier = others.iter().rev().find(same_books)?;
    let share = |batch: &ReconciliationBatch| {
        let part = batch.outcomes.get(Outcome::NotFound).to_i64();
        part.saturating_mul(1000)
            .checked_div(batch.subjects.to_i64())
    };
    let (now, then) = (share(batch)?, share(earlier)?);
    let moved = (now - then).abs();
    let points = |language: Language, permille: i64| {
        let comma = language.pick(",", ".");
        format!("{}{comma}{}", permille / 10, permille % 10)
    };
    let words = |language: Language| [now, then, moved].map(|share| points(language, share));
    let [now_vi, then_vi, moved_vi] = words(Language::Vi);
    let [now_en, then_en, moved_en] = words(Language::En);
    let message = Text::new(
        format!(
            "không tìm thấy là {now_vi}%, tuần {} là {then_vi}%; lệch {moved_vi} điểm, nhiều nhất 2 \
             điểm khi không có gì thay đổi",
            earlier.week
        ),
        format!(
            "not found is {now_en}%, in week {} it was {then_en}%; apart by {moved_en} points, at \
             most 2 where nothing changed",
            earlier.week
        ),
    );
    (moved > LARGEST_MOVE).then(|| Breach::new(20, Weight::Warn, &message))
}
