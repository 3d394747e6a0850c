//! What holds between an audited lot and what was found in it: invariants 23 and 24.

use super::super::{AuditLot, AuditResult, Breach, Weight};
use crate::domain::Text;

/// From so many rejections on a lot is accepted only after every entry was checked again.
const REJECTIONS: i64 = 2;

/// Checks a result against its lot.
#[must_use]
pub fn check_audit(lot: &AuditLot, result: &AuditResult) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = order_of_events(lot).into_iter().collect();
    breaches.extend(counts(lot, result));
    breaches.extend(inspector(lot, result));
    breaches.extend(decision(lot, result));
    breaches.extend(rejected_twice(lot, result));
    breaches
}

/// Invariant 23: the list is frozen, then the seed is issued, then entries are looked at.
fn order_of_events(lot: &AuditLot) -> Option<Breach> {
    let frozen_first = lot.seed.is_some_and(|seed| seed.number > lot.number);
    let message = match lot.seed {
        None => Text::new(
            "lô chưa có hạt giống: chốt danh sách, rồi cấp hạt giống, rồi mới kiểm tra",
            "the lot has no seed: its list is frozen, then the seed is issued, then entries are looked at",
        ),
        Some(seed) => Text::new(
            format!(
                "hạt giống ở mục nhật ký {} phải đến sau danh sách ở mục {}",
                seed.number, lot.number
            ),
            format!(
                "the seed of log entry {} must come after the list of entry {}",
                seed.number, lot.number
            ),
        ),
    };
    (!frozen_first).then(|| Breach::new(23, Weight::Hard, &message))
}

/// Invariant 23: each defective entry is counted once, and in one class at least.
fn counts(lot: &AuditLot, result: &AuditResult) -> Vec<Breach> {
    let classes = [
        ("lỗi nghiêm trọng", "critical entries", result.critical),
        ("lỗi lớn", "major entries", result.major),
        ("lỗi nhỏ", "minor entries", result.minor),
    ];
    let defective = Text::new("số mục sai", "the defective entries,");
    let sample = Text::new("cỡ mẫu", "the sample,");
    let size = lot.frozen.plan.size.to_i64();
    let at_most = |what: Text, limit: &Text, pair| {
        Breach::unless_at_most(23, Weight::Hard, (&what, limit), pair)
    };
    let found = result.defective.to_i64();
    let each = classes.iter().filter_map(|(vi, en, count)| {
        let what = Text::new(format!("số mục {vi}"), format!("the number of {en}"));
        at_most(what, &defective, (count.to_i64(), found))
    });
    let mut breaches: Vec<Breach> = each.collect();
    let sum = (result.critical + result.major + result.minor).to_i64();
    let all = Text::new("số mục sai", "the number of defective entries");
    let classes = Text::new("tổng ba mức lỗi", "the sum of the three classes,");
    breaches.extend(at_most(all.clone(), &classes, (found, sum)));
    breaches.extend(at_most(all, &sample, (found, size)));
    let unreadable = Text::new("số mục không đọc được", "the number of unreadable entries");
    breaches.extend(at_most(
        unreadable,
        &sample,
        (result.unreadable.to_i64(), size),
    ));
    breaches
}

/// Invariant 23: nobody audits his own work.
fn inspector(lot: &AuditLot, result: &AuditResult) -> Option<Breach> {
    let same = |one: &str, other: &str| {
        let words = |name: &str| -> Vec<String> {
            name.to_lowercase()
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        words(one) == words(other)
    };
    let message = Text::new(
        "đơn vị kiểm tra chính là nhà thầu; cần một đơn vị khác",
        "the inspector is the contractor; another office is needed",
    );
    same(&result.inspector, &lot.frozen.contractor).then(|| Breach::new(23, Weight::Hard, &message))
}

/// Invariant 23: the decision follows the acceptance number.
fn decision(lot: &AuditLot, result: &AuditResult) -> Option<Breach> {
    let acceptance = lot.frozen.plan.acceptance.to_i64();
    let found = result.defective.to_i64();
    if result.accepted {
        let what = Text::new(
            "số mục sai của lô được nhận",
            "the number of defective entries in an accepted lot",
        );
        let limit = Text::new("số chấp nhận", "the acceptance number");
        Breach::unless_at_most(23, Weight::Hard, (&what, &limit), (found, acceptance))
    } else {
        let what = Text::new("số loại lô", "the rejection number");
        let limit = Text::new(
            "số mục sai của lô bị loại",
            "the defective entries of the rejected lot,",
        );
        let need = acceptance.saturating_add(1);
        Breach::unless_at_most(23, Weight::Hard, (&what, &limit), (need, found))
    }
}

/// Invariant 24.
fn rejected_twice(lot: &AuditLot, result: &AuditResult) -> Option<Breach> {
    let times = lot.rejected_before.to_i64();
    let refused = result.accepted && times >= REJECTIONS && !result.recheck_all;
    let message = Text::new(
        format!("lô đã bị loại {times} lần, chỉ được nhận khi đã soát lại toàn bộ (recheck_all)"),
        format!(
            "the lot was rejected {times} times and is accepted only after all of it was checked again (recheck_all)"
        ),
    );
    refused.then(|| Breach::new(24, Weight::Hard, &message))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        AuditBasis, AuditPlan, AuditSeed, Count, Digest, FrozenLot, RecordType, UnitId,
    };

    fn count(value: i64) -> Count {
        Count::from_i64(value).unwrap()
    }

    prop_compose! {
        /// A lot with its seed and a result that obeys both rules; every count can be broken by one.
        fn lawful()(
            acceptance in 3_i64..50,
            more in 5_i64..400,
            found in 3_i64..100,
            classes in prop::array::uniform3(1_i64..=100),
            rejected in 0_i64..4,
            unreadable in 0_i64..5,
        ) -> (AuditLot, AuditResult) {
            let size = acceptance + more + 100;
            let mut classes = classes.map(|share| (found * share / 100).max(1));
            // Every defective entry is in one class at least, and none in all of them only once more.
            classes[0] = found;
            let random = Digest::of(&size.to_le_bytes());
            let seal = Digest::of(b"seal");
            let moment = chrono::DateTime::UNIX_EPOCH;
            let lot = AuditLot {
                number: 7,
                frozen_at: moment,
                seal,
                frozen: FrozenLot {
                    unit: UnitId::parse("q66").unwrap(),
                    record_type: RecordType::Birth,
                    period: Some((1976, 1998)),
                    contractor: "Công ty Một".to_owned(),
                    against: AuditBasis::PaperBook,
                    list_sha256: Digest::of(b"list"),
                    entries: count(100_000),
                    plan: AuditPlan {
                        acceptable_permille: 5,
                        limiting_permille: 20,
                        tightened: false,
                        size: count(size),
                        acceptance: count(acceptance),
                    },
                    again: None,
                },
                rejected_before: count(rejected),
                seed: Some(AuditSeed {
                    number: 9,
                    issued_at: moment,
                    random,
                    seed: AuditSeed::derive(seal, random),
                }),
                decision: None,
            };
            let [critical, major, minor] = classes.map(count);
            let accepted = found <= acceptance;
            let result = AuditResult {
                critical,
                major,
                minor,
                defective: count(found),
                unreadable: count(unreadable),
                accepted,
                recheck_all: accepted && rejected >= 2,
                inspector: "Sở Tư pháp".to_owned(),
            };
            (lot, result)
        }
    }

    fn said(lot: &AuditLot, result: &AuditResult) -> Vec<String> {
        let breaches = check_audit(lot, result);
        assert!(breaches.iter().all(|breach| breach.weight == Weight::Hard));
        breaches
            .into_iter()
            .map(|breach| breach.message.vi)
            .collect()
    }

    proptest! {
        #[test]
        fn a_lawful_result_passes_and_each_change_names_what_is_missing(
            (lot, result) in lawful(),
            by in 1_i64..50,
        ) {
            prop_assert_eq!(said(&lot, &result), Vec::<String>::new());
            let found = result.defective.to_i64();
            let size = lot.frozen.plan.size.to_i64();
            let acceptance = lot.frozen.plan.acceptance.to_i64();
            let over = format!("thừa {by}");

            let more = AuditResult { major: count(found + by), ..result.clone() };
            prop_assert_eq!(
                said(&lot, &more),
                [format!("quy tắc 23: số mục lỗi lớn là {}, nhiều nhất bằng số mục sai {found}; {over}", found + by)]
            );
            let none = AuditResult { critical: Count::ZERO, major: Count::ZERO, minor: count(found - 1), ..result.clone() };
            prop_assert_eq!(
                said(&lot, &none),
                [format!("quy tắc 23: số mục sai là {found}, nhiều nhất bằng tổng ba mức lỗi {}; thừa 1", found - 1)]
            );
            let unread = AuditResult { unreadable: count(size + by), ..result.clone() };
            prop_assert!(said(&lot, &unread).concat().ends_with(&over));
            let all = count(size + by);
            let many = AuditResult {
                critical: all, defective: all, accepted: false, recheck_all: false, ..result.clone()
            };
            prop_assert_eq!(said(&lot, &many).len(), 1);
            prop_assert!(said(&lot, &many).concat().contains("cỡ mẫu"));

            let turned = AuditResult { accepted: !result.accepted, recheck_all: true, ..result.clone() };
            let apart = if result.accepted { acceptance + 1 - found } else { found - acceptance };
            let words = said(&lot, &turned);
            prop_assert_eq!(words.len(), 1);
            prop_assert!(words[0].starts_with("quy tắc 23: ") && words[0].ends_with(&format!("thừa {apart}")), "{}", words[0]);

            let own = AuditResult { inspector: " CÔNG TY  MỘT ".to_owned(), ..result.clone() };
            prop_assert!(said(&lot, &own).concat().contains("nhà thầu"));
            let unseeded = AuditLot { seed: None, ..lot.clone() };
            prop_assert!(said(&unseeded, &result).concat().contains("chưa có hạt giống"));
            let mut early = lot.clone();
            early.number = 9;
            prop_assert!(said(&early, &result).concat().contains("phải đến sau"));
        }

        #[test]
        fn a_lot_rejected_twice_is_accepted_only_after_all_of_it_was_checked((lot, result) in lawful()) {
            let careless = AuditResult { recheck_all: false, ..result };
            let rules: Vec<u8> = check_audit(&lot, &careless).iter().map(|breach| breach.rule).collect();
            let times = lot.rejected_before.to_i64();
            prop_assert_eq!(rules == [24], careless.accepted && times >= 2);
            if times >= 2 && careless.accepted {
                let expected = format!("quy tắc 24: lô đã bị loại {times} lần");
                prop_assert!(said(&lot, &careless)[0].starts_with(&expected));
            }
        }
    }
}
