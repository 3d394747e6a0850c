//! The reconciliation ledger: kept as it came, replaced and never edited, and guarded by the database itself.

use std::collections::BTreeMap;
use std::error::Error as _;

use store::domain::{
    CaseAccount, Content, Digest, Direction, DuplicateKind, Duplicates, Exchange, Field,
    FieldCounts, Method, Move, NewSubmission, Outcomes, Owner, PersonalNumbers,
    ReconciliationBatch, ReconciliationEntry, ReconciliationStage, RecordType, Resolution, RuleSet,
    Run, SyncStatement, Week, Worklist, check_batch, check_statement,
};
use store::testing::on_each_backend;
use store::{Store, StoreError, Verification};

use crate::builders::{count, day, noon, submission, unit};

const LATER: &str = "2030-01-01";

/// The batch that reconciliation.md 6.5 prints, with every part of it.
pub(crate) fn batch() -> ReconciliationBatch {
    let fields = [
        (Field::Name, [8903, 1012, 318, 0, 2, 0]),
        (Field::BirthDate, [9000, 255, 700, 100, 80, 100]),
        (Field::Father, [9000, 435, 500, 100, 100, 100]),
    ];
    ReconciliationBatch {
        line: 2,
        unit: unit("p66"),
        week: Week::parse("2025-W09").unwrap(),
        record_type: RecordType::Birth,
        period: Some((1976, 1999)),
        stage: ReconciliationStage::BeforeApproval,
        rule_set: "VN-1.2".to_owned(),
        population_as_of: Some(day("2025-02-20")),
        records: count(10_980),
        subjects: count(10_980),
        outcomes: Outcomes::new([7605, 1650, 980, 240, 450, 55].map(count)),
        run: Some(Run {
            method: Method::ToolCheck,
            tool: Some("reconcile 0.3".to_owned()),
            cutoff_permille: None,
            registry_as_of: day("2025-02-21"),
            first: count(10_420),
            again: count(560),
            numbers: PersonalNumbers {
                before: count(1204),
                added: count(8110),
                changed: count(31),
                removed: count(4),
                inconsistent: count(57),
            },
            worklist: Some(Worklist {
                sha256: Digest::of(b"worklist"),
                rows: count(1327),
            }),
        }),
        fields: fields
            .map(|(field, counts)| (field, FieldCounts::new(counts.map(count))))
            .into(),
        duplicates: BTreeMap::from([
            (
                DuplicateKind::SameEventTwice,
                Duplicates {
                    groups: count(41),
                    records: count(83),
                },
            ),
            (
                DuplicateKind::TwoRecordsOnePerson,
                Duplicates {
                    groups: count(12),
                    records: count(24),
                },
            ),
        ]),
        note: Some("tính lại".to_owned()),
    }
}

pub(crate) fn cases() -> CaseAccount {
    let week = Week::parse("2025-W09").unwrap();
    CaseAccount {
        line: 3,
        unit: unit("p66"),
        record_type: RecordType::Birth,
        week,
        flows: BTreeMap::from([
            ((Owner::Police, Move::Opened, None), count(40)),
            (
                (
                    Owner::Police,
                    Move::Resolved,
                    Some(Resolution::PopulationFixed),
                ),
                count(10),
            ),
        ]),
        open: BTreeMap::from([((Owner::Police, week), count(30))]),
    }
}

pub(crate) fn statement() -> SyncStatement {
    SyncStatement {
        line: 4,
        unit: unit("p66"),
        record_type: RecordType::Birth,
        as_of: day("2025-02-23"),
        registry_total: count(1000),
        population_linked: count(900),
        explained: [10, 20, 30, 5, 5, 10, 0].map(count),
        unexplained: 20,
        exchanges: BTreeMap::from([(
            Direction::RegistryToPopulation,
            Exchange {
                sent: count(100),
                acknowledged: count(80),
                refused: count(5),
                pending: count(15),
            },
        )]),
    }
}

pub(crate) fn file(entries: Vec<ReconciliationEntry>) -> NewSubmission {
    let content = Content::Reconciliation(entries);
    NewSubmission {
        bytes: format!("{content:?}").into_bytes(),
        content,
        ..submission(Vec::new())
    }
}

fn of_batch(batch: &ReconciliationBatch) -> NewSubmission {
    file(vec![ReconciliationEntry::Batch(Box::new(batch.clone()))])
}

/// What the database says when it refuses a file.
fn refusal(store: &Store, file: &NewSubmission) -> String {
    match store.record_submission(file, noon("2025-03-05")) {
        Err(error @ StoreError::Query(_)) => error.source().unwrap().to_string(),
        other => panic!("the database must refuse: {other:?}"),
    }
}

#[test]
fn every_part_of_an_entry_comes_back_as_it_was_recorded() {
    on_each_backend(|database| {
        let store = database.store();
        let entries = vec![
            ReconciliationEntry::Batch(Box::new(batch())),
            ReconciliationEntry::Cases(Box::new(cases())),
            ReconciliationEntry::Statement(Box::new(statement())),
        ];
        let recorded = store.record_submission(&file(entries), noon("2025-03-03"));
        let id = recorded.unwrap().id;
        let units = [unit("p66")];
        let ledger = store
            .reconciliation_ledger(Some(&units), noon(LATER))
            .unwrap();
        assert_eq!(ledger.batches[0].submission, id);
        assert_eq!(ledger.batches[0].entry, batch());
        assert_eq!(ledger.cases[0].entry, cases());
        assert_eq!(ledger.statements[0].entry, statement());
        let elsewhere = store.reconciliation_ledger(Some(&[unit("p01")]), noon(LATER));
        assert!(elsewhere.unwrap().batches.is_empty());
        let before = store.reconciliation_ledger(None, noon("2025-03-02"));
        assert!(before.unwrap().batches.is_empty());
        let of_unit = store.list_submissions(Some(unit("p66")), noon(LATER), 10);
        assert_eq!(of_unit.unwrap()[0].units, units);
        let whole = store.verify().unwrap();
        assert!(
            matches!(whole, Verification::Whole { entries: 1, .. }),
            "{whole:?}"
        );
    });
}

#[test]
fn a_later_batch_of_the_same_run_replaces_the_earlier_one_and_both_are_kept() {
    on_each_backend(|database| {
        let store = database.store();
        let first = store.record_submission(&of_batch(&batch()), noon("2025-03-03"));
        let first = first.unwrap().id;
        let mut lower = batch();
        lower.outcomes = Outcomes::new([7600, 1650, 980, 240, 455, 55].map(count));
        lower.fields.clear();
        let second = store.record_submission(&of_batch(&lower), noon("2025-03-10"));
        let second = second.unwrap().id;
        let ledger = store.reconciliation_ledger(None, noon(LATER)).unwrap();
        let replaced: Vec<_> = ledger.batches.iter().map(|kept| kept.replaced_by).collect();
        assert_eq!(replaced, [Some(second), None]);
        assert_eq!(ledger.standing_batches().collect::<Vec<_>>(), [&lower]);
        let then = store
            .reconciliation_ledger(None, noon("2025-03-09"))
            .unwrap();
        assert_eq!(then.batches.len(), 1);
        assert_eq!(then.batches[0].submission, first);
        assert_eq!(then.batches[0].replaced_by, None);
        store
            .withdraw_submission(second, "monitor", "nhầm", noon("2025-03-12"))
            .unwrap();
        let after = store.reconciliation_ledger(None, noon(LATER)).unwrap();
        assert_eq!(after.standing_batches().collect::<Vec<_>>(), [&batch()]);
    });
}

#[test]
fn the_database_itself_refuses_a_batch_that_does_not_add_up() {
    type Break = fn(&mut ReconciliationBatch);
    fn run(batch: &mut ReconciliationBatch) -> &mut Run {
        batch.run.as_mut().unwrap()
    }
    fn set_field(batch: &mut ReconciliationBatch, counts: [i64; 6]) {
        let counts = FieldCounts::new(counts.map(count));
        batch.fields.insert(Field::Father, counts);
    }
    let breaks: [(u8, Break); 9] = [
        (1, |batch| {
            batch.outcomes = Outcomes::new([7605, 1650, 980, 240, 450, 56].map(count));
        }),
        (2, |batch| batch.records = count(10_979)),
        (3, |batch| run(batch).first = count(10_421)),
        (4, |batch| set_field(batch, [8992, 435, 500, 100, 100, 100])),
        (5, |batch| set_field(batch, [8954, 300, 981, 0, 0, 0])),
        (9, |batch| run(batch).numbers.added = count(10_980)),
        (9, |batch| run(batch).numbers.removed = count(1205)),
        (10, |batch| run(batch).numbers.changed = count(1205)),
        (16, |batch| run(batch).registry_as_of = day("2025-03-06")),
    ];
    on_each_backend(|database| {
        let store = database.store();
        for (number, break_it) in breaks {
            let mut broken = batch();
            break_it(&mut broken);
            let refused = refusal(&store, &of_batch(&broken));
            let name = format!("invariant_{number}");
            let ends = refused.split(&name).nth(1);
            assert!(
                ends.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit())),
                "{number}: {refused}"
            );
            let rules: Vec<u8> = check_batch(&broken).iter().map(|each| each.rule).collect();
            assert!(number == 16 || rules == [number], "{number}: {rules:?}");
        }
        assert!(
            store
                .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 10)
                .unwrap()
                .is_empty()
        );
        store
            .record_submission(&of_batch(&batch()), noon("2025-03-05"))
            .unwrap();
    });
}

#[test]
fn the_database_itself_refuses_accounts_and_statements_that_do_not_add_up() {
    on_each_backend(|database| {
        let store = database.store();
        let mut without = cases();
        without
            .flows
            .insert((Owner::Police, Move::Closed, None), count(1));
        let entry = ReconciliationEntry::Cases(Box::new(without));
        assert!(refusal(&store, &file(vec![entry])).contains("invariant_15"));
        let mut apart = statement();
        apart.unexplained = 21;
        assert_eq!(check_statement(&apart)[0].rule, 21);
        let entry = ReconciliationEntry::Statement(Box::new(apart));
        assert!(refusal(&store, &file(vec![entry])).contains("invariant_21"));
        let mut lost = statement();
        for exchange in lost.exchanges.values_mut() {
            exchange.pending = count(14);
        }
        assert_eq!(check_statement(&lost)[0].rule, 22);
        let entry = ReconciliationEntry::Statement(Box::new(lost));
        assert!(refusal(&store, &file(vec![entry])).contains("invariant_22"));
    });
}

#[test]
fn accounts_and_statements_sent_meanwhile_stand_in_the_way_as_batches_do() {
    on_each_backend(|database| {
        let store = database.store();
        let parts = [
            ReconciliationEntry::Batch(Box::new(batch())),
            ReconciliationEntry::Cases(Box::new(cases())),
            ReconciliationEntry::Statement(Box::new(statement())),
        ];
        for (number, part) in (0_i64..).zip(parts) {
            let basis = store.basis().unwrap();
            store
                .record_submission(&file(vec![part]), noon("2025-03-05"))
                .unwrap();
            let events = store.events_since(&[unit("p66")].into(), basis).unwrap();
            let about: Vec<i64> = events.iter().map(|event| event.submission.0).collect();
            assert_eq!(about, [basis + 1], "part {number}");
            let others = store.events_since(&[unit("p01")].into(), basis);
            assert_eq!(others.unwrap(), []);
            let mut later = batch();
            later.note = Some(format!("lần {number}"));
            let late = NewSubmission {
                basis: Some(basis),
                ..of_batch(&later)
            };
            let sent = store.record_submission(&late, noon("2025-03-06"));
            assert!(matches!(sent, Err(StoreError::Moved)), "{sent:?}");
        }
    });
}

#[test]
fn a_rule_set_never_changes() {
    on_each_backend(|database| {
        let store = database.store();
        let first = RuleSet {
            name: "VN-1".to_owned(),
            sha256: Digest::of(b"pairs"),
            effective_from: day("2024-07-01"),
            retired_on: None,
            comparable_with: None,
        };
        store
            .record_rule_set(&first, "ministry", noon("2024-07-01"))
            .unwrap();
        let again = store.record_rule_set(&first, "ministry", noon("2024-07-02"));
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        let orphan = RuleSet {
            name: "VN-3".to_owned(),
            comparable_with: Some("VN-2".to_owned()),
            ..first.clone()
        };
        let unknown = store.record_rule_set(&orphan, "ministry", noon("2024-07-02"));
        assert!(
            matches!(unknown, Err(StoreError::Conflict(_))),
            "{unknown:?}"
        );
        let second = RuleSet {
            name: "VN-1.1".to_owned(),
            comparable_with: Some("VN-1".to_owned()),
            ..first.clone()
        };
        store
            .record_rule_set(&second, "ministry", noon("2024-08-01"))
            .unwrap();
        let then = store.list_rule_sets(noon("2024-07-15")).unwrap();
        assert_eq!(then, std::slice::from_ref(&first));
        assert_eq!(store.list_rule_sets(noon(LATER)).unwrap(), [first, second]);
        assert!(matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 2, .. }
        ));
    });
}
