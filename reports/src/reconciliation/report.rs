//! Everything the pages show of the reconciliation of one unit or all.

use std::collections::BTreeMap;

use store::domain::{
    Breach, Comparability, Count, PersonalNumbers, ReconciliationBatch, ReconciliationLedger,
    RecordType, SyncStatement, UnitId, Week,
};

use super::ageing::Ageing;
use super::funnel::{Funnel, StagesDone};
use super::rates::{FieldRate, Series};

/// What a report is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The ledger of the units shown.
    pub ledger: &'a ReconciliationLedger,
    /// The steps of their work.
    pub done: StagesDone,
    /// Which rule sets compare.
    pub comparability: &'a Comparability,
}

/// A statement of the two databases with its unexplained part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// The statement.
    pub statement: SyncStatement,
    /// The unexplained difference per thousand records, in thousandths; `None` without records.
    pub permille_thousandths: Option<i64>,
}

/// The rates of fields under one family of rule sets.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyRates {
    /// The first of the rule sets that compare with one another.
    pub family: String,
    /// The rates of all units together.
    pub all: Vec<FieldRate>,
    /// Those of each unit.
    pub units: BTreeMap<UnitId, Vec<FieldRate>>,
}

/// Everything the pages show.
#[derive(Clone, Debug, PartialEq)]
pub struct ReconciliationReport {
    /// From the book to the linked record.
    pub funnel: Funnel,
    /// Stretches of weeks that compare.
    pub series: Vec<Series>,
    /// The rates of fields under each family of rule sets, and those of each unit.
    pub fields: Vec<FamilyRates>,
    /// Personal numbers before and after, with the subjects they are counted among.
    pub numbers: Option<(PersonalNumbers, Count)>,
    /// Open differences.
    pub ageing: Ageing,
    /// The latest statement of each unit and record type.
    pub statements: Vec<StatementLine>,
    /// The last week with a batch; `None` without one.
    pub last_week: Option<Week>,
    /// The kinds of records compared, in order.
    pub record_types: Vec<RecordType>,
}

impl ReconciliationReport {
    /// Builds the report.
    ///
    /// # Errors
    /// The breach of invariant 19, which cutting by rule set rules out.
    pub fn new(subject: &Subject<'_>) -> Result<Self, Box<Breach>> {
        let ledger = subject.ledger;
        let batches: Vec<&ReconciliationBatch> = ledger.standing_batches().collect();
        let mut record_types: Vec<RecordType> =
            batches.iter().map(|batch| batch.record_type).collect();
        record_types.sort_unstable();
        record_types.dedup();
        let mut latest: BTreeMap<(UnitId, RecordType), &SyncStatement> = BTreeMap::new();
        for statement in ledger.standing_statements() {
            latest.insert((statement.unit, statement.record_type), statement);
        }
        Ok(Self {
            funnel: Funnel::new(ledger, subject.done, subject.comparability),
            series: Series::cut(&batches, subject.comparability)?,
            fields: fields(&batches, subject.comparability),
            numbers: numbers(&batches),
            ageing: Ageing::new(ledger),
            statements: latest
                .into_values()
                .map(|statement| StatementLine {
                    statement: statement.clone(),
                    permille_thousandths: statement.unexplained_permille_thousandths(),
                })
                .collect(),
            last_week: batches.iter().map(|batch| batch.week).max(),
            record_types,
        })
    }
}

/// The rates under each family of rule sets: of all units together and of each.
fn fields(batches: &[&ReconciliationBatch], comparability: &Comparability) -> Vec<FamilyRates> {
    let mut families: BTreeMap<&str, Vec<&ReconciliationBatch>> = BTreeMap::new();
    for batch in batches {
        let family = comparability.family(&batch.rule_set);
        families.entry(family).or_default().push(batch);
    }
    let told = families.into_iter().filter_map(|(family, batches)| {
        let all = FieldRate::of(&batches);
        let mut units: BTreeMap<UnitId, Vec<&ReconciliationBatch>> = BTreeMap::new();
        for batch in batches {
            units.entry(batch.unit).or_default().push(batch);
        }
        let units = units
            .into_iter()
            .map(|(unit, own)| (unit, FieldRate::of(&own)));
        (!all.is_empty()).then(|| FamilyRates {
            family: family.to_owned(),
            all,
            units: units.collect(),
        })
    });
    told.collect()
}

fn numbers(batches: &[&ReconciliationBatch]) -> Option<(PersonalNumbers, Count)> {
    let mut sum = PersonalNumbers::default();
    let mut subjects = Count::ZERO;
    for batch in batches {
        // People compared again would have their numbers counted twice.
        let run = batch.run.as_ref().filter(|run| run.again == Count::ZERO);
        let Some(run) = run else { continue };
        let own = run.numbers;
        subjects = subjects + batch.subjects;
        sum = PersonalNumbers {
            before: sum.before + own.before,
            added: sum.added + own.added,
            changed: sum.changed + own.changed,
            removed: sum.removed + own.removed,
            inconsistent: sum.inconsistent + own.inconsistent,
        };
    }
    (subjects > Count::ZERO).then_some((sum, subjects))
}
