//! The two languages of the program, and how each writes numbers and dates.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Count, Share};

/// A language of pages, receipts, charts and the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Vietnamese, the first language.
    #[default]
    Vi,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Text {
    /// Vietnamese, in Unicode NFC.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// No text at all.
    pub const EMPTY: Self = Self {
        vi: String::new(),
        en: String::new(),
    };

    /// A text in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            vi: vi.into(),
            en: en.into(),
        }
    }

    /// A text that reads the same in both languages.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self::new(text, text)
    }

    /// The text in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The tag used in addresses, on the command line and in `lang` attributes.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a tag; `None` for any other.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.key() == key)
    }

    /// Chooses between two constant texts.
    #[must_use]
    pub const fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// A count with its digits in groups of three: `1.234.567` in Vietnamese, `1,234,567` in English.
    #[must_use]
    pub fn count(self, count: Count) -> String {
        self.whole(count.to_i64())
    }

    /// A whole number with its digits in groups of three; the minus sign is U+2212.
    #[must_use]
    pub fn whole(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
        if number < 0 {
            text.push('−');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(self.pick(".", ","));
            }
            text.push(digit);
        }
        text
    }

    /// A percentage to one decimal: `44,5%` in Vietnamese, `44.5%` in English.
    #[must_use]
    pub fn percent(self, share: Share) -> String {
        let tenths = share.tenths_of_percent();
        format!(
            "{}{}{}%",
            self.whole(tenths / 10),
            self.pick(",", "."),
            tenths % 10
        )
    }

    /// A day: `18/02/2025` in Vietnamese, `18 Feb 2025` in English.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        match self {
            Self::Vi => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
            Self::En => {
                let month = MONTHS
                    .get(day.month0() as usize)
                    .copied()
                    .unwrap_or_default();
                format!("{} {month} {}", day.day(), day.year())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_numbers_its_own_way() {
        assert_eq!(Language::Vi.whole(1_234_567), "1.234.567");
        assert_eq!(Language::En.whole(-1_234), "−1,234");
        assert_eq!(Language::Vi.whole(999), "999");
        let share = Share::of(
            Count::from_i64(642_806).unwrap(),
            Count::from_i64(1_443_893).unwrap(),
        )
        .unwrap();
        assert_eq!(Language::Vi.percent(share), "44,5%");
        assert_eq!(Language::En.percent(share), "44.5%");
    }

    #[test]
    fn each_language_writes_days_its_own_way() {
        let day = NaiveDate::from_ymd_opt(2025, 2, 8).unwrap();
        assert_eq!(Language::Vi.date(day), "08/02/2025");
        assert_eq!(Language::En.date(day), "8 Feb 2025");
    }
}
