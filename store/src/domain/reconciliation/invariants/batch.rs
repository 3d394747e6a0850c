//! What holds inside one batch: invariants 1 to 6, 9, 10 and 17.

use super::super::{
    Breach, FieldClass, Outcome, ReconciliationBatch, Run, Weight, subjects_per_record,
};
use crate::domain::{Count, Text};

/// Checks a batch by itself. The rules about its run and its fields apply where these are told.
#[must_use]
pub fn check_batch(batch: &ReconciliationBatch) -> Vec<Breach> {
    let six = Text::new("6 kết quả", "the sum of the 6 outcomes");
    let partition = Breach::unless_equal(
        1,
        Weight::Hard,
        &six,
        (batch.outcomes.sum().to_i64(), batch.subjects.to_i64()),
    );
    let mut breaches: Vec<Breach> = partition.into_iter().chain(subjects(batch)).collect();
    if let Some(run) = &batch.run {
        breaches.extend(first_and_again(batch, run));
        breaches.extend(personal_numbers(batch, run));
        breaches.extend(worklist(batch, run));
    }
    if batch.run.is_some() || !batch.fields.is_empty() {
        breaches.extend(fields(batch));
    }
    breaches.sort_by_key(|breach| breach.rule);
    breaches
}

/// Invariant 2. Types whose subjects are not fixed have one a record at least.
fn subjects(batch: &ReconciliationBatch) -> Option<Breach> {
    let (records, subjects) = (batch.records.to_i64(), batch.subjects.to_i64());
    match subjects_per_record(batch.record_type) {
        Some(each) => {
            let need = records.saturating_mul(each);
            let what = Text::new("số người", "the number of subjects");
            Breach::unless_equal(2, Weight::Hard, &what, (subjects, need))
        }
        None => {
            let what = Text::new("số trường hợp", "the number of records");
            let limit = Text::new("số người", "the subjects,");
            Breach::unless_at_most(2, Weight::Hard, (&what, &limit), (records, subjects))
        }
    }
}

/// Invariant 3.
fn first_and_again(batch: &ReconciliationBatch, run: &Run) -> Option<Breach> {
    let what = Text::new(
        "lần đầu và đối chiếu lại",
        "the sum of first time and again",
    );
    let sum = (run.first + run.again).to_i64();
    Breach::unless_equal(3, Weight::Hard, &what, (sum, batch.subjects.to_i64()))
}

/// Invariants 4, 5 and 6.
fn fields(batch: &ReconciliationBatch) -> Vec<Breach> {
    let paired = batch.outcomes.paired().to_i64();
    let differs = batch.outcomes.get(Outcome::Differs).to_i64();
    let differing = Text::new("số người sai lệch", "the subjects that differ,");
    let mut breaches = Vec::new();
    for (field, counts) in &batch.fields {
        let sum = counts.sum().to_i64();
        breaches.extend(Breach::unless_equal(
            4,
            Weight::Hard,
            &field.name(),
            (sum, paired),
        ));
        let contradiction = counts.get(FieldClass::Contradiction).to_i64();
        let name = field.name();
        let what = Text::new(
            format!("{} trái nhau", name.vi),
            format!("contradictions of {}", name.en),
        );
        let limit = (contradiction, differs);
        breaches.extend(Breach::unless_at_most(
            5,
            Weight::Hard,
            (&what, &differing),
            limit,
        ));
    }
    let total = |count: fn(&super::super::FieldCounts) -> Count| -> i64 {
        batch.fields.values().map(count).sum::<Count>().to_i64()
    };
    let what = Text::new("số người sai lệch", "the number of subjects that differ");
    let limit = Text::new("tổng các ô trái nhau", "all contradictions,");
    let contradictions = total(|counts| counts.get(FieldClass::Contradiction));
    breaches.extend(Breach::unless_at_most(
        5,
        Weight::Hard,
        (&what, &limit),
        (differs, contradictions),
    ));
    let what = Text::new(
        "khớp, khác cách viết",
        "the number that is the same by variant",
    );
    let limit = Text::new(
        "tổng các ô khác cách viết hoặc thiếu một bên",
        "all variants and values missing on one side,",
    );
    let variants = batch.outcomes.get(Outcome::SameVariant).to_i64();
    let varied = total(super::super::FieldCounts::varied);
    breaches.extend(Breach::unless_at_most(
        6,
        Weight::Hard,
        (&what, &limit),
        (variants, varied),
    ));
    breaches
}

/// Invariants 9 and 10.
fn personal_numbers(batch: &ReconciliationBatch, run: &Run) -> Vec<Breach> {
    let numbers = run.numbers;
    let before = Text::new("số có sẵn trước", "the numbers before,");
    let both = Text::new("số có sẵn và gán thêm", "the numbers before and added,");
    let have = (numbers.before + numbers.added).to_i64();
    let limits = [
        (
            9,
            Text::new(
                "số định danh có sẵn và gán thêm",
                "the sum of numbers before and added",
            ),
            Text::new("số người", "the subjects,"),
            (have, batch.subjects.to_i64()),
        ),
        (
            9,
            Text::new("số định danh bị bỏ", "the number of removed numbers"),
            before.clone(),
            (numbers.removed.to_i64(), numbers.before.to_i64()),
        ),
        (
            10,
            Text::new("số định danh bị đổi", "the number of changed numbers"),
            before,
            (numbers.changed.to_i64(), numbers.before.to_i64()),
        ),
        (
            10,
            Text::new(
                "số định danh mâu thuẫn",
                "the number of inconsistent numbers",
            ),
            both,
            (numbers.inconsistent.to_i64(), have),
        ),
    ];
    let broken = limits.into_iter().filter_map(|(rule, what, limit, pair)| {
        Breach::unless_at_most(rule, Weight::Hard, (&what, &limit), pair)
    });
    broken.collect()
}

/// Invariant 17: a list of another length is of another run, or rows were dropped.
fn worklist(batch: &ReconciliationBatch, run: &Run) -> Option<Breach> {
    let rows = run.worklist.as_ref()?.rows.to_i64();
    let open = batch.outcomes.get(Outcome::Differs) + batch.outcomes.get(Outcome::Unsure);
    let need = (open + batch.duplicate_records()).to_i64();
    let what = Text::new("danh sách cần xử lý", "the worklist");
    Breach::unless_equal(17, Weight::Warn, &what, (rows, need))
}
