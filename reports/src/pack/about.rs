//! What a pack is asked for, and what it says about itself on every page.

use chrono::{DateTime, NaiveDate, Utc};
use store::domain::{Digest, Language, Stage, Standing, UnitView, Week};

use super::cutoff::Cutoff;
use super::input::PackInput;
use super::xlsx::Masthead;
use crate::charts::Coverage;
use crate::charts::style::moment;

/// The least share of expected units, in percent, whose reports make the figures complete where nothing else is asked for.
///
/// Source: the rule of the meeting pack, 90 % of the units expected.
pub const LEAST_PERCENT: u8 = 90;

/// The body that issues packs where no other is named: its name since 2025.
pub const ISSUER: &str = "Cục Hành chính tư pháp";

/// What a pack is asked for. Together with the data known on its moment it determines every byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackOrder {
    /// Up to when it looks.
    pub cutoff: Cutoff,
    /// The moment as of which figures are known.
    pub known_on: DateTime<Utc>,
    /// Which units stand as rows.
    pub view: UnitView,
    /// The language.
    pub language: Language,
    /// The least share of expected units, in percent, that must have reported.
    pub least_percent: u8,
    /// The body that issues it, under the ministry's name in the head of the report.
    pub issuer: String,
}

/// What a pack says about itself.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) order: PackOrder,
    pub(crate) week: Week,
    pub(crate) as_of: NaiveDate,
    pub(crate) coverage: Coverage,
    pub(crate) complete: bool,
    pub(crate) digest: Digest,
    pub(crate) synthetic: bool,
    pub(crate) version: String,
}

impl About {
    pub(crate) fn new(input: &PackInput<'_>) -> Self {
        let national = input.national;
        let standing = national
            .headline(Stage::Transferred)
            .map(|headline| &headline.standing);
        let coverage = Coverage {
            reporting: standing.map_or(0, Standing::reporting_count),
            expected: standing.map_or(0, |standing| standing.expected),
        };
        let needed = coverage.expected * usize::from(input.order.least_percent);
        Self {
            order: input.order.clone(),
            week: national.week,
            as_of: national.as_of,
            coverage,
            complete: coverage.reporting * 100 >= needed,
            digest: national.digest,
            synthetic: input.synthetic,
            version: input.version.to_owned(),
        }
    }

    pub(crate) const fn language(&self) -> Language {
        self.order.language
    }

    /// Chooses between two texts by the language of the pack.
    pub(crate) const fn t(&self, vi: &'static str, en: &'static str) -> &'static str {
        self.order.language.pick(vi, en)
    }

    /// The title of every document.
    pub(crate) const fn title(&self) -> &'static str {
        self.t(
            "Kết quả số hóa sổ hộ tịch",
            "Digitization of civil-status books: results",
        )
    }

    /// What must stand across every page; `None` where the figures are complete.
    pub(crate) fn watermark(&self) -> Option<&'static str> {
        (!self.complete).then_some("SỐ LIỆU CHƯA ĐẦY ĐỦ / INCOMPLETE FIGURES")
    }

    /// What must be known before a figure is believed: made-up figures, in both languages.
    pub(crate) fn synthetic_mark(&self) -> Option<&'static str> {
        self.synthetic.then_some(crate::charts::SYNTHETIC_MARK)
    }

    /// How many units reported: `58 trên 63 đơn vị đã báo cáo`.
    pub(crate) fn coverage_words(&self) -> String {
        let Coverage {
            reporting,
            expected,
        } = self.coverage;
        let (of, units) = (
            self.t("trên", "of"),
            self.t("đơn vị đã báo cáo", "units reported"),
        );
        format!("{reporting} {of} {expected} {units}")
    }

    /// The moment of knowledge in words.
    pub(crate) fn known_words(&self) -> String {
        moment(self.language(), self.order.known_on)
    }

    /// The line at the foot of every page: dates, coverage, source and digest.
    pub(crate) fn foot(&self) -> String {
        let language = self.language();
        format!(
            "{} {} ({} {}) · {} {} · {} · {} {}",
            self.t("Số liệu đến", "As of"),
            language.date(self.as_of),
            self.t("tuần", "week"),
            self.week,
            self.t("ghi nhận đến", "known on"),
            self.known_words(),
            self.coverage_words(),
            self.t("mã kiểm chứng", "digest"),
            self.digest.short(),
        )
    }

    /// The cut-off, with its capital in a title.
    pub(crate) fn cutoff_words(&self) -> String {
        let words = self.order.cutoff.words(self.language());
        format!("{} {words}", self.t("Kỳ chốt số liệu", "Cut-off"))
    }

    /// What stands on every sheet of the workbook.
    pub(crate) fn masthead(&self) -> Masthead {
        Masthead {
            title: format!("{}. {}", self.title(), self.cutoff_words()),
            foot: self.foot(),
            corner: self.cutoff_words(),
            digest: self.digest.short(),
            watermark: self.watermark(),
            synthetic: self.synthetic_mark(),
            language: self.language(),
        }
    }

    /// The beginning of the name of every document: `sohoa-2024-07-18-63-vi`.
    pub(crate) fn file_stem(&self) -> String {
        let (cutoff, view) = (self.order.cutoff, self.order.view.key());
        format!("sohoa-{cutoff}-{view}-{}", self.language().key())
    }
}
