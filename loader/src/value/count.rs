//! Counts as offices write them.
//!
//! `1.234` is 1,234 and never a fraction: a sign before exactly three digits in every group is a grouping sign, in the
//! Vietnamese way, the English way and with blanks. Anything else with a sign in it is a fraction or a mistake.

use store::domain::{Count, Reported};

/// Why a text is no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountProblem {
    /// Letters or signs that no number has.
    NotANumber,
    /// The groups of digits do not have three digits each.
    Grouping,
    /// Below zero.
    Negative,
    /// A part of a whole.
    Fraction,
    /// The short form in which Excel shows large numbers, with digits lost.
    Scientific,
    /// More than the archive can keep.
    TooLarge,
}

/// Words before a number that make it approximate, without marks and in lower case.
const ABOUT: [&str; 12] = [
    "tren",
    "hon",
    "gan",
    "khoang",
    "uoc tinh",
    "uoc",
    "xap xi",
    "more than",
    "over",
    "nearly",
    "almost",
    "about",
];

/// Words after a number that multiply it by a power of ten, and thereby make it approximate.
const SCALES: [(&str, u32); 9] = [
    ("nghin", 3),
    ("ngan", 3),
    ("thousand", 3),
    ("trieu", 6),
    ("tr", 6),
    ("million", 6),
    ("ty", 9),
    ("ti", 9),
    ("billion", 9),
];

/// Reads a count; `None` where the cell says that nothing was reported (empty, `-`, `–`, `x`).
pub(crate) fn parse_count(text: &str) -> Result<Option<Reported>, CountProblem> {
    if let Some(count) = plain_digits(text) {
        return Ok(Some(Reported::exact(count)));
    }
    let plain: String = crate::fold::plain(text).map(plain_blank).collect();
    // The mark before what Excel is to take as text, typed or saved along.
    let plain = plain.trim().trim_start_matches('\'');
    if matches!(plain, "" | "-" | "–" | "—" | "x") {
        return Ok(None);
    }
    let (rest, about) = strip_about(plain);
    let (digits, power) = strip_scale(rest);
    let count = if power == 0 {
        parse_whole(digits)?
    } else {
        parse_scaled(digits, power)?
    };
    let count = i64::try_from(count)
        .ok()
        .and_then(Count::from_i64)
        .ok_or(CountProblem::TooLarge)?;
    Ok(Some(Reported {
        count,
        approximate: about || power > 0,
    }))
}

/// The number of plain digits, as programs write them; `None` for any other text, which is looked at more closely.
fn plain_digits(text: &str) -> Option<Count> {
    // Eighteen digits always fit.
    if !(1..=18).contains(&text.len()) {
        return None;
    }
    let number = text.bytes().try_fold(0_i64, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    });
    number.and_then(Count::from_i64)
}

/// Every blank is one blank: no-break and narrow ones are what spreadsheets group digits with.
fn plain_blank(letter: char) -> char {
    if letter.is_whitespace() { ' ' } else { letter }
}

fn strip_about(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_prefix(['~', '≈']) {
        return (rest.trim_start(), true);
    }
    let rest = ABOUT
        .iter()
        .find_map(|word| text.strip_prefix(word).filter(|rest| rest.starts_with(' ')));
    rest.map_or((text, false), |rest| (rest.trim_start(), true))
}

fn strip_scale(text: &str) -> (&str, u32) {
    let found = SCALES.iter().find_map(|(word, power)| {
        let rest = text.strip_suffix(word)?;
        let number = rest.ends_with(|last: char| last.is_ascii_digit() || last == ' ');
        number.then_some((rest.trim_end(), *power))
    });
    found.unwrap_or((text, 0))
}

/// The digits of a number and what stands between them.
struct Digits<'a> {
    groups: Vec<&'a str>,
    signs: Vec<char>,
}

impl<'a> Digits<'a> {
    fn of(text: &'a str) -> Result<Self, CountProblem> {
        if is_scientific(text) {
            return Err(CountProblem::Scientific);
        }
        let unsigned = text.strip_prefix(['-', '−', '–']).unwrap_or(text);
        let bracketed = text
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        let body = bracketed.unwrap_or(unsigned).trim();
        let is_sign = |letter: char| matches!(letter, '.' | ',' | ' ');
        let groups: Vec<&str> = body.split(is_sign).collect();
        let signs = body.chars().filter(|letter| is_sign(*letter)).collect();
        let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
        if !groups.iter().all(is_digits) || groups.first().is_none_or(|group| group.is_empty()) {
            return Err(CountProblem::NotANumber);
        }
        if groups.iter().any(|group| group.is_empty()) {
            return Err(CountProblem::Grouping);
        }
        if body.len() < text.len() {
            return Err(CountProblem::Negative);
        }
        Ok(Self { groups, signs })
    }

    /// Whether the first `length` groups are one number with its digits grouped by one sign, or not grouped at all.
    fn is_grouped(&self, length: usize) -> bool {
        let mut signs = self.signs.iter().take(length.saturating_sub(1));
        let one_sign = signs
            .next()
            .is_none_or(|first| signs.all(|sign| sign == first));
        let rest_of_three = |groups: &[&str]| groups.iter().all(|group| group.len() == 3);
        match self.groups.get(..length) {
            Some([_]) => true,
            Some([first, rest @ ..]) => {
                let first_fits = first.len() <= 3 && !first.starts_with('0');
                one_sign && first_fits && rest_of_three(rest)
            }
            _ => false,
        }
    }

    /// The digits before and after the decimal sign; `None` where the signs fit no number.
    fn split_fraction(&self) -> Option<(String, &'a str)> {
        let whole = self.groups.len().checked_sub(1)?;
        let (last, before) = (self.groups.last()?, self.signs.last()?);
        let sign_is_new = self.signs.iter().filter(|sign| *sign == before).count() == 1;
        let is_decimal = sign_is_new && *before != ' ' && self.is_grouped(whole);
        is_decimal.then(|| (self.groups.iter().take(whole).copied().collect(), *last))
    }
}

/// `1.2E+06`, as Excel writes a number that does not fit its column.
fn is_scientific(text: &str) -> bool {
    text.split_once('e').is_some_and(|(number, power)| {
        let is_number = |part: &str| {
            part.bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'+' | b'-'))
        };
        number.starts_with(|first: char| first.is_ascii_digit())
            && power.ends_with(|last: char| last.is_ascii_digit())
            && is_number(number)
            && is_number(power)
    })
}

fn parse_digits(digits: &str) -> Result<u128, CountProblem> {
    // More digits than a 128-bit number holds are too many as well.
    digits.parse().ok().ok_or(CountProblem::TooLarge)
}

fn parse_whole(text: &str) -> Result<u128, CountProblem> {
    let digits = Digits::of(text)?;
    if digits.is_grouped(digits.groups.len()) {
        return parse_digits(&digits.groups.concat());
    }
    match digits.split_fraction() {
        // A spreadsheet column with decimals writes 1234.00 for a whole number.
        Some((whole, zeros)) if zeros.len() <= 2 && zeros.bytes().all(|byte| byte == b'0') => {
            parse_digits(&whole)
        }
        // 1234.567 may be a fraction or digits grouped once only.
        Some((_, last)) if last.len() == 3 && digits.groups.len() == 2 => match digits.groups[..] {
            [first, _] if first.len() > 3 => Err(CountProblem::Grouping),
            _ => Err(CountProblem::Fraction),
        },
        Some(_) => Err(CountProblem::Fraction),
        None => Err(CountProblem::Grouping),
    }
}

/// A number before a word such as "triệu", which may have decimals: "1,5 triệu" is 1,500,000.
fn parse_scaled(text: &str, power: u32) -> Result<u128, CountProblem> {
    let digits = Digits::of(text)?;
    let (whole, decimals) = if digits.is_grouped(digits.groups.len()) {
        (digits.groups.concat(), "")
    } else {
        digits.split_fraction().ok_or(CountProblem::Grouping)?
    };
    let places = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
    let zeros = power.checked_sub(places).ok_or(CountProblem::Fraction)?;
    parse_digits(&format!("{whole}{decimals}"))?
        .checked_mul(10_u128.pow(zeros))
        .ok_or(CountProblem::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Option<i64> {
        let reported = parse_count(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))?;
        assert!(!reported.approximate, "{text}");
        Some(reported.count.to_i64())
    }

    #[test]
    fn digits_are_grouped_in_every_way_offices_use() {
        for text in [
            "1234567",
            "1.234.567",
            "1,234,567",
            "1 234 567",
            "1\u{a0}234\u{a0}567",
            "1\u{202f}234\u{202f}567",
            " 1.234.567 ",
            "1234567.00",
            "1.234.567,0",
            "'1234567",
        ] {
            assert_eq!(exact(text), Some(1_234_567), "{text}");
        }
        assert_eq!(exact("1.234"), Some(1234));
        assert_eq!(exact("0"), Some(0));
        assert_eq!(exact("007"), Some(7));
        assert_eq!(exact("9223372036854775807"), Some(i64::MAX));
    }

    #[test]
    fn nothing_reported_is_not_zero() {
        for text in ["", "  ", "-", "–", "—", "x", "X", "\u{a0}"] {
            assert_eq!(parse_count(text), Ok(None), "{text:?}");
        }
    }

    #[test]
    fn words_make_a_number_approximate() {
        for (text, value) in [
            ("trên 32 triệu", 32_000_000),
            ("hơn 2.500.000", 2_500_000),
            ("Gần 12 triệu", 12_000_000),
            ("khoảng 70.000", 70_000),
            ("1,5 triệu", 1_500_000),
            ("111.5 triệu", 111_500_000),
            ("36 tr", 36_000_000),
            ("67 nghìn", 67_000),
            ("trên 1 tỷ", 1_000_000_000),
            ("~5000", 5000),
            ("ước 1.200.000", 1_200_000),
            ("xấp xỉ 900", 900),
            ("more than 3 million", 3_000_000),
        ] {
            let reported = parse_count(text).unwrap().unwrap();
            assert_eq!(
                (reported.count.to_i64(), reported.approximate),
                (value, true),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_count_says_why() {
        use CountProblem::*;
        for (text, problem) in [
            ("44.5", Fraction),
            ("12,34", Fraction),
            ("0.123", Fraction),
            ("1.234,567", Fraction),
            ("1.234.567,5", Fraction),
            ("1,23456789 triệu", Fraction),
            ("1234.567", Grouping),
            ("1.23.456", Grouping),
            ("1.234,567.890", Grouping),
            ("1..234", Grouping),
            ("1 23", Grouping),
            ("-5", Negative),
            ("−1.234", Negative),
            ("(12)", Negative),
            ("1.2E+06", Scientific),
            ("1E6", Scientific),
            ("9223372036854775808", TooLarge),
            ("99999999999999999999999999999999999999999999", TooLarge),
            ("99999999999 tỷ", TooLarge),
            ("abc", NotANumber),
            ("12 sổ", NotANumber),
            ("44,5%", NotANumber),
            ("trên", NotANumber),
            ("triệu", NotANumber),
            ("+5", NotANumber),
            (".5", NotANumber),
            ("--", NotANumber),
            ("١٢", NotANumber),
        ] {
            assert_eq!(parse_count(text), Err(problem), "{text}");
        }
    }
}
