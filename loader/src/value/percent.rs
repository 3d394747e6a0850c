//! The percentage of the check column, kept as a whole number and a power of ten: nothing is rounded before it is compared.

use store::domain::Count;

/// A percentage: `digits ÷ 10^decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Percent {
    digits: u32,
    decimals: u32,
}

impl Percent {
    /// Whether it is the share of `part` in `whole` within 0.1 points, both ends included.
    pub(crate) fn is_share_of(self, part: Count, whole: Count) -> bool {
        let (part, whole) = (i128::from(part.to_i64()), i128::from(whole.to_i64()));
        let scale = 10_i128.pow(self.decimals);
        let apart = (i128::from(self.digits) * whole - 100 * part * scale).abs();
        apart * 10 <= whole * scale
    }
}

/// Reads `44,5%`, `44.5` or `100 %`; `None` where it is no percentage.
pub(crate) fn parse_percent(text: &str) -> Option<Percent> {
    let number = text.trim();
    let number = number.strip_suffix('%').unwrap_or(number).trim_end();
    let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, "0"));
    let is_number = |part: &str, longest: usize| {
        (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    // Six decimals are what a spreadsheet shows at most; nine digits in all fit the number kept.
    if !is_number(whole, 3) || !is_number(decimals, 6) {
        return None;
    }
    Some(Percent {
        digits: format!("{whole}{decimals}").parse().ok()?,
        decimals: u32::try_from(decimals.len()).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(text: &str, part: i64, whole: i64) -> bool {
        let count = |value| Count::from_i64(value).unwrap();
        parse_percent(text)
            .unwrap()
            .is_share_of(count(part), count(whole))
    }

    #[test]
    fn a_percentage_agrees_within_a_tenth_of_a_point() {
        // 642,806 of 1,443,893 is 44.5189… %
        for text in ["44,5%", "44.5", "44,52 %", "44,6"] {
            assert!(agrees(text, 642_806, 1_443_893), "{text}");
        }
        for text in ["44,4%", "44,7", "45"] {
            assert!(!agrees(text, 642_806, 1_443_893), "{text}");
        }
        assert!(agrees("50,1", 500, 1000));
        assert!(!agrees("50,11", 500, 1000));
        assert!(agrees("100", i64::MAX, i64::MAX));
    }

    #[test]
    fn what_is_no_percentage_is_not_read() {
        for text in ["", "-3", "44,5,1", "abc", "1234", "44,", ",5", "44.1234567"] {
            assert_eq!(parse_percent(text), None, "{text}");
        }
    }
}
