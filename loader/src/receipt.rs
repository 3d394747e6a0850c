//! The answer to a file: verdict, findings, what could not be checked, and the submission if it was accepted.

use serde::Serialize;
use store::domain::{Digest, Language, NewSubmission, Text};

use crate::finding::{Finding, PLACES_KEPT, Places, Severity};
use crate::form::Form;
use crate::history::HISTORY_DAYS;
use crate::questions::Asked;
use crate::read::Delimiter;
use crate::rule::Rule;

/// The version of the rules; it is kept with every submission and grows when a verdict could change.
pub const RULES_VERSION: &str = "5";

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It can be recorded as it is.
    Accepted,
    /// It waits for an explanation; nothing is recorded.
    Queries,
    /// It must be corrected; nothing is recorded.
    Rejected,
}

impl Verdict {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Queries => "queries",
            Self::Rejected => "rejected",
        }
    }

    /// The words shown to people.
    #[must_use]
    pub const fn title(self, language: Language) -> &'static str {
        match self {
            Self::Accepted => language.pick("ĐẠT", "ACCEPTED"),
            Self::Queries => language.pick("CẦN GIẢI TRÌNH", "EXPLANATION NEEDED"),
            Self::Rejected => language.pick("BỊ TỪ CHỐI", "REJECTED"),
        }
    }
}

/// What is known of a file apart from its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    /// Its plain name.
    pub name: String,
    /// Its length in bytes; 0 where it could not be opened.
    pub size: u64,
    /// The digest of its bytes; `None` where it was not read.
    pub sha256: Option<Digest>,
    /// The encoding found, or the kind of workbook; `None` where none was.
    pub encoding: Option<String>,
    /// The sign between cells; `None` in a workbook and where no table was read.
    pub delimiter: Option<Delimiter>,
    /// The sheet of a workbook that was read; `None` in a text file.
    pub sheet: Option<String>,
    /// The form; `None` where the headers were not understood.
    pub form: Option<Form>,
    /// How many rows carry figures, those with errors included; total rows and empty ones are not counted.
    pub rows: u64,
    /// The version of the rules it was checked with.
    pub rules_version: &'static str,
}

/// Rules that could not be applied, and why. A receipt that is silent about a rule has applied it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// The rules.
    pub rules: Vec<Rule>,
    /// Why.
    pub reason: Text,
}

impl NotChecked {
    /// Nothing below the header was looked at.
    pub(crate) fn whole_file() -> Self {
        let structural = |rule: &Rule| *rule <= Rule::FieldCount;
        Self {
            rules: Rule::EVERY
                .iter()
                .copied()
                .filter(|rule| !structural(rule))
                .collect(),
            reason: Text::new(
                "không đọc được bảng nên các dòng chưa được kiểm tra",
                "the table could not be read, so no row was checked",
            ),
        }
    }

    /// The earlier figures of a template, which stand beside those to be filled in.
    pub(crate) fn earlier_columns() -> Self {
        Self {
            rules: vec![Rule::IgnoredColumn],
            reason: Text::new(
                "các cột “Kỳ trước” của biểu mẫu chỉ để so sánh nên không được đọc",
                "the columns “Earlier” of the form are for comparison only and were not read",
            ),
        }
    }

    /// Rows with errors, which were left out where rows are compared; `None` where there are none.
    pub(crate) fn broken_rows(rules: &[Rule], rows: u64) -> Option<Self> {
        (rows > 0).then(|| Self {
            rules: rules.to_vec(),
            reason: Text::new(
                format!("{rows} dòng có lỗi nên chưa so sánh được với dòng khác hoặc kỳ trước"),
                format!(
                    "rows with errors: {rows}; they were not compared with others or earlier \
                     figures"
                ),
            ),
        })
    }

    /// Rows given twice have no sum.
    pub(crate) fn sums_of_duplicates() -> Self {
        Self {
            rules: vec![Rule::Sums],
            reason: Text::new(
                "có dòng trùng nên chưa cộng được các phần",
                "some rows are given twice, so parts were not added up",
            ),
        }
    }

    /// No earlier figures were at hand, or none for some rows.
    pub(crate) fn no_history(reason: Text) -> Self {
        Self {
            rules: vec![
                Rule::Lowered,
                Rule::TotalLowered,
                Rule::SameAsBefore,
                Rule::TotalRaised,
                Rule::Jump,
                Rule::Repeated,
                Rule::RenamedWeek,
            ],
            reason,
        }
    }

    /// Rows of parts of work of which nothing earlier is known; `None` where there are none.
    pub(crate) fn no_earlier(rows: usize) -> Option<Self> {
        (rows > 0).then(|| {
            Self::no_history(Text::new(
                format!("{rows} dòng không có số liệu nào trước đó để so sánh"),
                format!("rows without any earlier figures to compare with: {rows}"),
            ))
        })
    }

    /// Rows whose unit has no figures of its own that are recent enough for more than a look for falls; `None` where there are
    /// none.
    pub(crate) fn no_recent(rows: usize) -> Option<Self> {
        (rows > 0).then(|| Self {
            rules: vec![
                Rule::SameAsBefore,
                Rule::TotalRaised,
                Rule::Jump,
                Rule::Repeated,
                Rule::RenamedWeek,
            ],
            reason: Text::new(
                format!(
                    "{rows} dòng chỉ được xem có giảm hay không, vì đơn vị không có số liệu trong \
                     {HISTORY_DAYS} ngày trước đó"
                ),
                format!(
                    "rows that were only looked at for falls, for the unit has no figures of the \
                     {HISTORY_DAYS} days before: {rows}"
                ),
            ),
        })
    }

    /// Rows with too few earlier reports to know the usual pace; `None` where there are none.
    pub(crate) fn no_pace(rows: usize) -> Option<Self> {
        (rows > 0).then(|| Self {
            rules: vec![Rule::Jump],
            reason: Text::new(
                format!(
                    "{rows} dòng chưa có đủ 6 tuần có tăng trong 26 tuần trước để biết nhịp độ"
                ),
                format!(
                    "rows without six weeks of growth in the 26 weeks before, so that their pace \
                     is not known: {rows}"
                ),
            ),
        })
    }

    /// Nothing was known of earlier batches, of the weeks before and of the work done.
    pub(crate) fn no_ledger() -> Self {
        Self {
            rules: vec![Rule::LedgerInvariant, Rule::ReplacesBatch],
            reason: Text::new(
                "không có kho số liệu để so với các đợt trước và tiến độ (quy tắc 7, 8, 11 đến 14, 18, 20)",
                "there was no archive with earlier batches and the work done (rules 7, 8, 11 to 14, 18, 20)",
            ),
        }
    }

    /// Nothing was known of what the archive holds.
    pub(crate) fn no_archive() -> Self {
        Self {
            rules: vec![Rule::AlreadyKnown, Rule::OtherUnit],
            reason: Text::new(
                "không có kho số liệu để tìm báo cáo giống hệt",
                "there was no archive to look for the same report in",
            ),
        }
    }
}

/// The answer to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The file.
    pub file: FileFacts,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The problems found, in the order of the file: of each distinct problem the first [`PLACES_KEPT`] places.
    pub findings: Vec<Finding>,
    /// How often each distinct problem was found, those places included that are not kept.
    pub places: Places,
    /// What could not be checked.
    pub not_checked: Vec<NotChecked>,
    /// The answer given to all questions of the file, where one was.
    pub explanation: Option<String>,
    /// What is asked about the file, each question once, with its answer.
    pub questions: Vec<Asked>,
    pub(crate) submission: Option<NewSubmission>,
}

impl Receipt {
    /// What is to be recorded; only an accepted file has it, and only until it was taken.
    #[must_use]
    pub const fn submission(&self) -> Option<&NewSubmission> {
        self.submission.as_ref()
    }

    /// Takes out what is to be recorded, so that a kept receipt does not keep the file's bytes.
    pub fn take_submission(&mut self) -> Option<NewSubmission> {
        self.submission.take()
    }

    /// How many places of each distinct problem are counted only: those beyond the first [`PLACES_KEPT`].
    #[must_use]
    pub fn unlisted(&self) -> Places {
        let beyond = |(problem, places): (&_, &u64)| (*problem, places.saturating_sub(PLACES_KEPT));
        let beyond = self.places.iter().map(beyond);
        beyond.filter(|(_, places)| *places > 0).collect()
    }

    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let places = self.places.iter();
        let of_severity = places.filter(|((found, _), _)| *found == severity);
        let count: u64 = of_severity.map(|(_, places)| places).sum();
        usize::try_from(count).unwrap_or(usize::MAX)
    }
}
