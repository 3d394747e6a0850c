//! What an entry says against what the archive holds: earlier batches, the weeks before, the work done so far.

use store::domain::{
    Breach, CaseAccount, CasesBefore, Language, LedgerBefore, Outcome, ReconciliationBatch,
    ReconciliationEntry, Text, check_cases, check_in_ledger,
};

use super::breaches;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::{History, LedgerHistory};
use crate::rule::Rule;

/// Checks the entries of a file against the ledger, each also against those above it in the file.
pub(crate) fn check_ledger(
    rows: &[ReadRow<ReconciliationEntry>],
    history: Option<&History>,
    findings: &mut Findings,
) {
    let nothing = LedgerHistory::default();
    let known = history.map_or(&nothing, |history| &history.ledger);
    let mut check = LedgerCheck {
        known,
        with_archive: history.is_some(),
        batches: known.ledger.standing_batches().collect(),
        cases: known.ledger.standing_cases().collect(),
    };
    for row in rows {
        match &row.value {
            ReconciliationEntry::Batch(batch) => check.batch(batch, row.line(), findings),
            ReconciliationEntry::Cases(cases) => check.cases(cases, row.line(), findings),
            ReconciliationEntry::Statement(_) => {}
        }
    }
}

struct LedgerCheck<'a> {
    known: &'a LedgerHistory,
    with_archive: bool,
    batches: Vec<&'a ReconciliationBatch>,
    cases: Vec<&'a CaseAccount>,
}

impl<'a> LedgerCheck<'a> {
    fn batch(&mut self, batch: &'a ReconciliationBatch, line: u64, findings: &mut Findings) {
        let same = (batch.unit, batch.record_type);
        let others: Vec<&ReconciliationBatch> = self
            .batches
            .iter()
            .copied()
            .filter(|other| (other.unit, other.record_type) == same)
            .collect();
        let before = LedgerBefore {
            batches: &others,
            work: self.known.work_done(batch.unit, batch.record_type),
        };
        push(check_in_ledger(batch, &before), line, findings);
        let earlier = self.known.ledger.standing_batches();
        let mut earlier = earlier.filter(|other| other.key() == batch.key());
        if let Some(earlier) = earlier.next() {
            findings.push(replaces(earlier, batch).on_line(line));
        }
        let unknown = !self.known.rule_sets.contains(&batch.rule_set);
        if self.with_archive && unknown {
            findings.push(rule_set_unknown(&batch.rule_set).on_line(line));
        }
        self.batches.push(batch);
    }

    fn cases(&mut self, account: &'a CaseAccount, line: u64, findings: &mut Findings) {
        let own =
            self.cases.iter().copied().filter(|other| {
                (other.unit, other.record_type) == (account.unit, account.record_type)
            });
        let earlier = own.filter(|other| other.week < account.week);
        let previous = earlier.max_by_key(|other| other.week);
        let of_the_week: Vec<&ReconciliationBatch> = self
            .batches
            .iter()
            .copied()
            .filter(|batch| {
                (batch.unit, batch.record_type, batch.week)
                    == (account.unit, account.record_type, account.week)
            })
            .collect();
        let before = CasesBefore {
            previous,
            out_of_reach: previous.is_none() && !self.with_archive,
            batches: &of_the_week,
        };
        push(check_cases(account, &before), line, findings);
        self.cases.push(account);
    }
}

fn push(breaches: Vec<Breach>, line: u64, findings: &mut Findings) {
    for breach in breaches {
        findings.push(breaches::finding(breach).on_line(line));
    }
}

/// A batch that stands is replaced, never edited; why has to be told, in the note or in the answer.
fn replaces(earlier: &ReconciliationBatch, batch: &ReconciliationBatch) -> Finding {
    if earlier.outcomes == batch.outcomes && earlier.run == batch.run {
        return Finding::note(
            Rule::ReplacesBatch,
            Text::new(
                format!("đợt tuần {} đã có với cùng kết quả", batch.week),
                format!(
                    "the batch of week {} is recorded with the same outcomes",
                    batch.week
                ),
            ),
            Text::new("không cần làm gì", "nothing needs to be done"),
        );
    }
    let clean = |batch: &ReconciliationBatch| {
        batch.outcomes.get(Outcome::Same) + batch.outcomes.get(Outcome::SameVariant)
    };
    let (then, now) = (clean(earlier), clean(batch));
    let message = Text::new(
        format!(
            "thay đợt tuần {} đã ghi: khớp {} thành {}",
            batch.week,
            Language::Vi.count(then),
            Language::Vi.count(now)
        ),
        format!(
            "replaces the recorded batch of week {}: same {} becomes {}",
            batch.week,
            Language::En.count(then),
            Language::En.count(now)
        ),
    );
    let fix = Text::new(
        "nêu lý do thay ở Ghi chú (note) hoặc khi gửi",
        "say why in the note, or when you send it",
    );
    if batch.note.is_some() {
        Finding::note(Rule::ReplacesBatch, message, fix)
    } else {
        Finding::query(Rule::ReplacesBatch, message, fix)
    }
}

fn rule_set_unknown(name: &str) -> Finding {
    Finding::note(
        Rule::RuleSetUnknown,
        Text::new(
            format!("bộ quy tắc {name} chưa được đăng ký nên chỉ so sánh được với chính nó"),
            format!("rule set {name} is not recorded, so it compares with itself alone"),
        ),
        Text::new(
            "Bộ Tư pháp đăng ký bằng sohoa rule-set",
            "the ministry records it with sohoa rule-set",
        ),
    )
}
