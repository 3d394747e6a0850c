//! Which rates may stand side by side (invariant 19).

use std::collections::BTreeMap;

use super::{Breach, Outcomes, ReconciliationBatch, RuleSet, Weight};
use crate::domain::Text;

/// The rule sets by what they compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparability {
    earlier: BTreeMap<String, String>,
}

impl Comparability {
    /// Takes the recorded rule sets. One that was never recorded compares with itself alone.
    #[must_use]
    pub fn new(rule_sets: &[RuleSet]) -> Self {
        let earlier = rule_sets.iter().filter_map(|set| {
            let other = set.comparable_with.as_ref()?;
            Some((set.name.clone(), other.clone()))
        });
        Self {
            earlier: earlier.collect(),
        }
    }

    /// The first of the rule sets that a rule set compares with; itself where it compares with none. Two rule sets compare
    /// where this is the same.
    #[must_use]
    pub fn family<'a>(&'a self, rule_set: &'a str) -> &'a str {
        let mut name = rule_set;
        // A rule set names an earlier one, so the way ends; the bound is for a ledger that was written by another hand.
        for _ in 0..=self.earlier.len() {
            match self.earlier.get(name) {
                Some(earlier) => name = earlier,
                None => break,
            }
        }
        name
    }
}

/// Adds up the outcomes of some batches.
///
/// # Errors
/// The breach of invariant 19 where their rule sets are not comparable.
pub fn sum_outcomes(
    batches: &[&ReconciliationBatch],
    comparability: &Comparability,
) -> Result<Outcomes, Box<Breach>> {
    let mut sum = Outcomes::default();
    for batch in batches {
        sum = sum.plus(batch.outcomes);
        let (one, other) = (&batches[0].rule_set, &batch.rule_set);
        if comparability.family(one) != comparability.family(other) {
            let message = Text::new(
                format!("không cộng kết quả theo {one} với kết quả theo {other}"),
                format!("outcomes under {one} are not added to outcomes under {other}"),
            );
            return Err(Box::new(Breach::new(19, Weight::Hard, &message)));
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Digest;

    fn rule_set(name: &str, comparable_with: Option<&str>) -> RuleSet {
        RuleSet {
            name: name.to_owned(),
            sha256: Digest::of(name.as_bytes()),
            effective_from: "2024-07-01".parse().unwrap(),
            retired_on: None,
            comparable_with: comparable_with.map(str::to_owned),
        }
    }

    #[test]
    fn rule_sets_compare_along_their_line_and_with_no_other() {
        let sets = [
            rule_set("VN-1", None),
            rule_set("VN-1.1", Some("VN-1")),
            rule_set("VN-1.2", Some("VN-1.1")),
            rule_set("VN-2", None),
        ];
        let comparability = Comparability::new(&sets);
        assert_eq!(comparability.family("VN-1.2"), "VN-1");
        assert_eq!(comparability.family("VN-2"), "VN-2");
        assert_eq!(comparability.family("unknown"), "unknown");
    }
}
