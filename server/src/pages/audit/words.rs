//! Lots and contractors in the language of the page.

use reports::audit::{AuditedLot, ContractorHistory, InspectionLevel, LotState};
use store::domain::{AuditLot, Language, Text};

use crate::pages::wording::Words;
use crate::state::local_day;

/// A lot in the list.
pub(super) struct LotRow {
    pub(super) number: i64,
    pub(super) what: String,
    pub(super) contractor: String,
    pub(super) entries: String,
    pub(super) plan: String,
    pub(super) defective: String,
    pub(super) state: String,
    /// The class of the mark.
    pub(super) mark: &'static str,
    pub(super) is_frozen: bool,
    pub(super) frozen_on: String,
}

/// A contractor with the decisions on its lots.
pub(super) struct ContractorRow {
    pub(super) contractor: String,
    pub(super) decisions: Vec<(&'static str, String)>,
    pub(super) defective: String,
    pub(super) tightened: bool,
}

pub(super) fn lot_row(audited: &AuditedLot, words: &Words) -> LotRow {
    let lot = &audited.lot;
    let (vi, en, mark) = match audited.state {
        LotState::Frozen => ("chờ hạt giống", "waits for its seed", "plain"),
        LotState::Drawn => ("đang kiểm tra", "being looked at", "warn"),
        LotState::Accepted => ("nhận", "accepted", "good"),
        LotState::Rejected => ("loại", "rejected", "bad"),
    };
    let plan = &lot.frozen.plan;
    LotRow {
        number: lot.number,
        what: what(lot, words),
        contractor: lot.frozen.contractor.clone(),
        entries: words.language.count(lot.frozen.entries),
        plan: format!(
            "n {}, c {}",
            words.language.count(plan.size),
            words.language.count(plan.acceptance)
        ),
        defective: audited
            .defective
            .map_or_else(|| "–".to_owned(), |share| words.interval(share)),
        state: words.language.pick(vi, en).to_owned(),
        mark,
        is_frozen: audited.state == LotState::Frozen,
        frozen_on: words.language.date(local_day(lot.frozen_at)),
    }
}

fn what(lot: &AuditLot, words: &Words) -> String {
    let frozen = &lot.frozen;
    let mut parts = vec![
        words.unit(frozen.unit),
        words.record_type(frozen.record_type),
    ];
    parts.extend(frozen.period.map(|(from, to)| format!("{from}–{to}")));
    parts.join(" · ")
}

pub(super) fn contractor_row(history: &ContractorHistory, words: &Words) -> ContractorRow {
    let decision = |accepted: &bool| {
        if *accepted {
            ("good", words.language.pick("nhận", "accepted").to_owned())
        } else {
            ("bad", words.language.pick("loại", "rejected").to_owned())
        }
    };
    ContractorRow {
        contractor: history.contractor.clone(),
        decisions: history.decisions.iter().map(decision).collect(),
        defective: history
            .defective
            .map_or_else(|| "–".to_owned(), |share| words.percent(share)),
        tightened: history.level == InspectionLevel::Tightened,
    }
}

/// What is known of a lot, by name.
pub(super) fn facts(lot: &AuditLot, words: &Words) -> Vec<(String, String)> {
    let frozen = &lot.frozen;
    let name = |vi: &str, en: &str| words.language.pick(vi, en).to_owned();
    let mut facts = vec![
        (name("Hồ sơ", "Records"), what(lot, words)),
        (name("Nhà thầu", "Contractor"), frozen.contractor.clone()),
        (
            name("So với", "Compared with"),
            words.text(&frozen.against.name()),
        ),
        (
            name("Số mục", "Entries"),
            words.language.count(frozen.entries),
        ),
        (
            name("Mã băm danh sách", "Digest of the list"),
            frozen.list_sha256.to_string(),
        ),
        (
            name("Ngày chốt", "Frozen on"),
            words.language.date(local_day(lot.frozen_at)),
        ),
    ];
    if let Some(again) = frozen.again {
        let times = lot.rejected_before.to_i64();
        let text = Text::new(
            format!("lô số {again}; đã bị loại {times} lần"),
            format!("lot {again}; rejected {times} times so far"),
        );
        facts.push((name("Kiểm tra lại", "Audited again"), words.text(&text)));
    }
    facts
}

/// The plan in words.
pub(super) fn plan_words(lot: &AuditLot, words: &Words) -> String {
    let plan = &lot.frozen.plan;
    let share = |permille: u32| words.percent(f64::from(permille) / 1000.0);
    let (good, bad) = (
        share(plan.acceptable_permille),
        share(plan.limiting_permille),
    );
    let (size, acceptance) = (
        words.language.count(plan.size),
        words.language.count(plan.acceptance),
    );
    let level = if plan.tightened {
        words.language.pick(
            "Kiểm tra ngặt, vì các lô trước của nhà thầu bị loại. ",
            "Tightened inspection, for earlier lots of the contractor were rejected. ",
        )
    } else {
        ""
    };
    match words.language {
        Language::Vi => format!(
            "{level}Xem {size} mục; nhận lô nếu sai nhiều nhất {acceptance} mục. Lô có {good} mục sai bị loại trong nhiều nhất 5% trường hợp; lô có {bad} mục sai được nhận trong nhiều nhất 10%."
        ),
        Language::En => format!(
            "{level}{size} entries are looked at; the lot is accepted with at most {acceptance} defective ones. A lot with {good} defective entries is rejected in 5% of cases at most; one with {bad} is accepted in 10% at most."
        ),
    }
}

/// The decision in words; empty before it.
pub(super) fn decision_words(audited: &AuditedLot, words: &Words) -> String {
    let lot = &audited.lot;
    let Some(decision) = &lot.decision else {
        return String::new();
    };
    let result = &decision.result;
    let count = |count| words.language.count(count);
    let plan = &lot.frozen.plan;
    let (found, size, limit) = (
        count(result.defective),
        count(plan.size),
        count(plan.acceptance),
    );
    let classes = [
        (result.critical, "nghiêm trọng", "critical"),
        (result.major, "lớn", "major"),
        (result.minor, "nhỏ", "minor"),
        (result.unreadable, "không đọc được", "unreadable"),
    ];
    let classes: Vec<String> = classes
        .iter()
        .map(|(number, vi, en)| format!("{} {}", count(*number), words.language.pick(vi, en)))
        .collect();
    let classes = classes.join(", ");
    let share = audited
        .defective
        .map_or_else(String::new, |share| words.interval(share));
    let recheck = if result.recheck_all {
        words.language.pick(
            " Toàn bộ lô đã được soát lại trước đó.",
            " All of the lot was checked again before.",
        )
    } else {
        ""
    };
    let inspector = &result.inspector;
    match (words.language, result.accepted) {
        (Language::Vi, true) => format!(
            "Nhận lô: sai {found} trong {size} mục, không quá {limit} ({classes}). Tỷ lệ sai {share}. Đơn vị kiểm tra: {inspector}.{recheck}"
        ),
        (Language::Vi, false) => format!(
            "Loại lô: sai {found} trong {size} mục, quá {limit} ({classes}). Tỷ lệ sai {share}. Đơn vị kiểm tra: {inspector}.{recheck}"
        ),
        (Language::En, true) => format!(
            "Accepted: {found} of {size} entries are defective, not above {limit} ({classes}). Share {share}. Inspector: {inspector}.{recheck}"
        ),
        (Language::En, false) => format!(
            "Rejected: {found} of {size} entries are defective, above {limit} ({classes}). Share {share}. Inspector: {inspector}.{recheck}"
        ),
    }
}
