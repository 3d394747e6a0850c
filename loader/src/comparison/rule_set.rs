//! The rule set: its name, its definition as labelled pairs, and its digest.

use store::domain::Digest;

use super::class::{Difference, Field};
use super::{dates, names, numbers, places, sex};

/// The labelled pairs that define the rule set; a test judges every one of them.
pub const CONFORMANCE: &str = include_str!("../../../data/reconciliation/vn-1.csv");

/// The rule set built into the program.
pub const RULE_SET: RuleSet = RuleSet { name: "VN-1.0" };

/// A named way to judge differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// The name under which batches are compared with one another. It changes with every change of the labelled pairs.
    pub name: &'static str,
}

impl RuleSet {
    /// The digest of the name and the labelled pairs: rates are comparable only where it is equal.
    #[must_use]
    pub fn digest(self) -> Digest {
        Digest::of(format!("{}\n{CONFORMANCE}", self.name).as_bytes())
    }
}

/// Judges one field of one pair. A value of blanks is absent.
#[must_use]
pub fn judge_field(field: Field, hotich: &str, dancu: &str) -> Difference {
    let absent = |value: &str| value.bytes().all(|byte| byte == b' ') || value.trim().is_empty();
    match (absent(hotich), absent(dancu)) {
        (true, true) => return Difference::Absent,
        (false, true) if field != Field::PersonalNumber => return Difference::OnlyHotich,
        (true, false) if field != Field::PersonalNumber => return Difference::OnlyDancu,
        _ => {}
    }
    match field {
        Field::Sex => sex::compare_sexes(hotich, dancu),
        Field::PersonalNumber => numbers::compare_numbers(hotich, dancu),
        _ if hotich == dancu => Difference::Equal,
        Field::Name | Field::Father | Field::Mother => names::compare_names(hotich, dancu),
        Field::BirthDate => dates::compare_dates(hotich, dancu),
        Field::BirthPlace | Field::RegistrationPlace => places::compare_places(hotich, dancu),
    }
}
