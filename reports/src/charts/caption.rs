//! What every chart says about itself: subject, dates, coverage, source, digest, and whether the figures are made up.

use chrono::{DateTime, NaiveDate, Utc};
use store::domain::{CountUnit, Digest, Language, Text};

use super::style::moment;

/// How many of the units that should have reported did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Units that reported.
    pub reporting: usize,
    /// Units that should have.
    pub expected: usize,
}

/// What a chart says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// The language of every word, number and date.
    pub language: Language,
    /// Whose figures: a province, or "Cả nước".
    pub subject: Text,
    /// The finding in one sentence, under the title; absent where the chart should speak for itself.
    pub headline: Option<Text>,
    /// What is counted.
    pub count_unit: CountUnit,
    /// The date the figures are true for.
    pub as_of: NaiveDate,
    /// The moment up to which reports were taken into account.
    pub known_on: DateTime<Utc>,
    /// How many units reported; absent where that means nothing, as for a single unit.
    pub coverage: Option<Coverage>,
    /// Where the figures come from.
    pub source: Text,
    /// The digest of the figures behind the chart; its first 12 digits are printed.
    pub digest: Digest,
    /// Whether the figures are made up; then the chart says so where nobody can miss it.
    pub synthetic: bool,
}

/// The mark of made-up figures, in both languages on every chart: it must be understood by whoever finds the page.
pub(crate) const SYNTHETIC_MARK: &str = "SỐ LIỆU MÔ PHỎNG / SYNTHETIC DATA";

impl Caption {
    /// The subject in the chart's language.
    pub(crate) fn subject(&self) -> &str {
        self.subject.in_language(self.language)
    }

    /// The first sentences of every description: what is drawn, as of when, whether made up, and how many reported.
    pub(crate) fn opening(&self, what: &str) -> Vec<String> {
        let language = self.language;
        let as_of = language.date(self.as_of);
        let mut sentences = vec![match language {
            Language::Vi => format!("{what}, chốt số liệu ngày {as_of}."),
            Language::En => format!("{what}, as of {as_of}."),
        }];
        if self.synthetic {
            sentences.push(format!("{SYNTHETIC_MARK}."));
        }
        sentences.extend(self.coverage_words().map(|words| format!("{words}.")));
        sentences
    }

    /// How many units reported; `None` where that means nothing.
    fn coverage_words(&self) -> Option<String> {
        let Coverage {
            reporting,
            expected,
        } = self.coverage?;
        let units = self.language.pick("đơn vị đã báo cáo", "units reported");
        Some(format!("{reporting}/{expected} {units}"))
    }

    /// The notes at the foot of the chart, in the order they are printed.
    pub(crate) fn notes(&self) -> Vec<String> {
        let language = self.language;
        let as_of = language.date(self.as_of);
        let known_on = moment(language, self.known_on);
        let mut notes = vec![
            format!("{} {as_of}", language.pick("Chốt số liệu ngày", "As of")),
            format!("{} {known_on}", language.pick("Ghi nhận đến", "Known on")),
        ];
        notes.extend(self.coverage_words());
        let source = self.source.in_language(language);
        if !source.is_empty() {
            notes.push(format!("{}: {source}", language.pick("Nguồn", "Source")));
        }
        let digest = self.digest.short();
        notes.push(format!(
            "{}: {digest}",
            language.pick("Mã kiểm chứng", "Digest")
        ));
        if self.synthetic {
            notes.push(SYNTHETIC_MARK.to_owned());
        }
        notes
    }
}
