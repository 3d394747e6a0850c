//! An invariant that does not hold: which, how grave, and by how much.

use super::super::{Language, Text};

/// What a breach means for the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It cannot be recorded.
    Hard,
    /// It is asked about, and recorded with an answer.
    Warn,
}

/// One of the 24 invariants that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Its number, from 1 to 24.
    pub rule: u8,
    /// How grave it is.
    pub weight: Weight,
    /// What does not hold, with the missing amount.
    pub message: Text,
}

impl Breach {
    pub(super) fn new(rule: u8, weight: Weight, message: &Text) -> Self {
        Self {
            rule,
            weight,
            message: Text::new(
                format!("quy tắc {rule}: {}", message.vi),
                format!("rule {rule}: {}", message.en),
            ),
        }
    }

    /// A sum that must be exactly so much; `None` where it is.
    pub(super) fn unless_equal(
        rule: u8,
        weight: Weight,
        what: &Text,
        (sum, need): (i64, i64),
    ) -> Option<Self> {
        let [vi, en] = Language::ALL.map(|language| {
            let apart = amount_apart(language, sum, need);
            let (sum, need) = (language.whole(sum), language.whole(need));
            let what = what.in_language(language);
            match language {
                Language::Vi => format!("{what} cộng {sum}, cần {need}; {apart}"),
                Language::En => format!("{what} adds up to {sum}, needs {need}; {apart}"),
            }
        });
        (sum != need).then(|| Self::new(rule, weight, &Text { vi, en }))
    }

    /// A number that must not be above another; `None` where it is not.
    pub(super) fn unless_at_most(
        rule: u8,
        weight: Weight,
        (what, limit_name): (&Text, &Text),
        (value, limit): (i64, i64),
    ) -> Option<Self> {
        let [vi, en] = Language::ALL.map(|language| {
            let apart = amount_apart(language, value, limit);
            let (value, limit) = (language.whole(value), language.whole(limit));
            let (what, name) = (what.in_language(language), limit_name.in_language(language));
            match language {
                Language::Vi => {
                    format!("{what} là {value}, nhiều nhất bằng {name} {limit}; {apart}")
                }
                Language::En => format!("{what} is {value}, at most {name} {limit}; {apart}"),
            }
        });
        (value > limit).then(|| Self::new(rule, weight, &Text { vi, en }))
    }
}

fn amount_apart(language: Language, have: i64, need: i64) -> String {
    let word = if have < need {
        language.pick("thiếu", "short by")
    } else {
        language.pick("thừa", "over by")
    };
    let apart = i64::try_from(have.abs_diff(need)).unwrap_or(i64::MAX);
    format!("{word} {}", language.whole(apart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_amount_is_named_in_both_languages() {
        let father = Text::new("tên cha", "father's name");
        let breach = Breach::unless_equal(4, Weight::Hard, &father, (10_412, 10_420)).unwrap();
        assert_eq!(
            breach.message,
            Text::new(
                "quy tắc 4: tên cha cộng 10.412, cần 10.420; thiếu 8",
                "rule 4: father's name adds up to 10,412, needs 10,420; short by 8",
            )
        );
        assert_eq!(Breach::unless_equal(4, Weight::Hard, &father, (7, 7)), None);
    }
}
