//! `sohoa audit`: plans, lots, seeds, samples and results of the sampling audit.

use std::fs;

use anyhow::Context as _;
use reports::audit::{AuditedLot, LotState, Risks, read_results, sample, sample_sheet};
use store::Store;
use store::domain::{Digest, Language, Reference, Text};

use super::outcome::{Outcome, WrongUse, no_province, print};
use crate::args::{
    Audit, AuditFreeze, AuditList, AuditPlan, AuditRecord, AuditSample, AuditSeedOrder,
    SampleFormat,
};
use crate::auditing::{ListFacts, LotOrder, draw, freeze, pointers, record, report, smallest_plan};
use crate::state::{Clock, local_day};

/// Runs a subcommand of the audit.
pub(super) fn run(options: &Audit, clock: &Clock) -> anyhow::Result<Outcome> {
    match options {
        Audit::Plan(options) => print_plan(options),
        Audit::Sample(options) => print_sample(options),
        Audit::Freeze(options) => freeze_lot(options, clock),
        Audit::Seed(options) => issue_seed(options, clock),
        Audit::Record(options) => record_result(options, clock),
        Audit::List(options) => print_lots(options, clock),
    }
}

fn print_plan(options: &AuditPlan) -> anyhow::Result<Outcome> {
    let risks = Risks {
        acceptable_permille: options.acceptable,
        limiting_permille: options.limiting,
    };
    let found = smallest_plan(options.lot, risks)?;
    print(format!("n {}\nc {}\n", found.size, found.acceptance).as_bytes())?;
    Ok(Outcome::Done)
}

/// Prints the pointers of the sample, and refuses a list that is not the frozen one.
fn print_sample(options: &AuditSample) -> anyhow::Result<Outcome> {
    let list =
        fs::read(&options.list).with_context(|| format!("reading {}", options.list.display()))?;
    let digest = Digest::of(&list);
    if options.frozen.is_some_and(|frozen| frozen != digest) {
        let message = Text::new(
            format!("danh sách có mã băm {digest}, không phải danh sách đã chốt"),
            format!("the list has the digest {digest}, not the frozen one"),
        );
        anyhow::bail!(WrongUse(message));
    }
    let pointers = pointers(&list)?;
    let places = sample(options.seed, &pointers, options.size);
    match options.format {
        SampleFormat::Csv => print(sample_sheet(&pointers, &places))?,
        SampleFormat::Lines => {
            let chosen = places.iter().filter_map(|place| pointers.get(*place));
            let lines: String = chosen.map(|pointer| format!("{pointer}\n")).collect();
            print(lines.as_bytes())?;
        }
    }
    Ok(Outcome::Done)
}

fn freeze_lot(options: &AuditFreeze, clock: &Clock) -> anyhow::Result<Outcome> {
    let now = clock();
    let today = local_day(now);
    let units = &Reference::embedded().units;
    let unit = units
        .find_by_code(&options.province, today)
        .ok_or_else(|| no_province(&options.province, today))?;
    let list = match (&options.list, options.sha256, options.entries) {
        (Some(path), ..) => {
            let list = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
            ListFacts::of(&list)?
        }
        (None, Some(sha256), Some(entries)) => ListFacts { sha256, entries },
        // The command line asks for one of the two.
        (None, ..) => anyhow::bail!(WrongUse(Text::new("thiếu danh sách", "no list is given"))),
    };
    let order = LotOrder {
        unit: unit.id,
        record_type: options.record_type,
        period: options.period,
        contractor: options.contractor.clone(),
        against: options.against,
        list,
        risks: Risks {
            acceptable_permille: options.acceptable,
            limiting_permille: options.limiting,
        },
        again: options.again,
    };
    let store = Store::open_existing(&options.database.database)?;
    let number = freeze(&store, &order, (&options.by, now))?;
    let plan = store.audit_lot(number)?.frozen.plan;
    let (size, acceptance, sha256) = (plan.size, plan.acceptance, list.sha256);
    let level = level(options.lang.language, plan.tightened);
    print(format!(
        "lot {number}\nlist {sha256}\nn {}\nc {}\n{level}\n",
        size.to_i64(),
        acceptance.to_i64()
    ))?;
    Ok(Outcome::Done)
}

const fn level(language: Language, tightened: bool) -> &'static str {
    if tightened {
        language.pick("kiểm tra ngặt", "tightened inspection")
    } else {
        language.pick("kiểm tra thường", "normal inspection")
    }
}

fn issue_seed(options: &AuditSeedOrder, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let seed = draw(&store, options.lot, (&options.by, clock()))?;
    let seal = store.audit_lot(options.lot)?.seal;
    print(format!(
        "seal {seal}\nrandom {}\nseed {}\n",
        seed.random, seed.seed
    ))?;
    Ok(Outcome::Done)
}

fn record_result(options: &AuditRecord, clock: &Clock) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let sheet =
        fs::read(&options.sheet).with_context(|| format!("reading {}", options.sheet.display()))?;
    let found = read_results(&sheet).map_err(|error| {
        WrongUse(Text::new(
            format!("không đọc được phiếu kiểm tra: {error}"),
            error.to_string(),
        ))
    })?;
    let store = Store::open_existing(&options.database.database)?;
    let looked = (options.inspector.as_str(), options.recheck_all);
    let accepted = record(&store, options.lot, found, looked, (&options.by, clock()))?;
    print(if accepted {
        language.pick("nhận lô\n", "the lot is accepted\n")
    } else {
        language.pick("loại lô\n", "the lot is rejected\n")
    })?;
    Ok(Outcome::Done)
}

/// Prints a line a lot: number, unit, contractor, digest, n, c, seed, state and the interval in per mille.
fn print_lots(options: &AuditList, clock: &Clock) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&options.database.database)?;
    let report = report(&store, clock())?;
    for lot in report.lots.iter().rev() {
        print(line_of(lot, options.lang.language))?;
    }
    Ok(Outcome::Done)
}

fn line_of(audited: &AuditedLot, language: Language) -> String {
    let lot = &audited.lot;
    let state = match audited.state {
        LotState::Frozen => language.pick("đã chốt", "frozen"),
        LotState::Drawn => language.pick("đã cấp hạt giống", "drawn"),
        LotState::Accepted => language.pick("nhận", "accepted"),
        LotState::Rejected => language.pick("loại", "rejected"),
    };
    let seed = lot
        .seed
        .map_or_else(|| "-".to_owned(), |seed| seed.seed.to_string());
    let share = audited.defective.map_or_else(String::new, |share| {
        let permille = |share: f64| format!("{:.1}", share * 1000.0);
        let (low, point, high) = (
            permille(share.lower),
            permille(share.point),
            permille(share.upper),
        );
        format!("{point} ({low}-{high}) ‰")
    });
    let frozen = &lot.frozen;
    format!(
        "{}\t{}\t{}\t{}\t{}\tn {}\tc {}\t{seed}\t{state}\t{share}\n",
        lot.number,
        frozen.unit,
        frozen.record_type.key(),
        frozen.contractor,
        frozen.list_sha256,
        frozen.plan.size.to_i64(),
        frozen.plan.acceptance.to_i64(),
    )
}
