//! What may be asked of an address, and in which form.

use serde_json::{Value, json};
use store::domain::{Stage, UnitView};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the path; it must be there.
    Path,
    /// In the query.
    Query,
}

/// The form of a parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// `2025-02-18`.
    Day,
    /// A day, at its end in Viet Nam, or a moment as RFC 3339 writes it.
    Known,
    /// `2025-W08`.
    Week,
    /// `p24` or `q24`.
    Unit,
    /// `as-reported`, `63` or `34`.
    Units,
    /// A stage of the work.
    Stage,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A whole number between two.
    Whole(i64, i64),
    /// A number from 0 to a largest one.
    Number(f64),
    /// Where a page begins, as the page before said.
    Cursor,
    /// The name of a type of problem.
    Name,
    /// The key of a message.
    Key,
    /// A text of at most so many letters on one line.
    Line(usize),
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) form: Form,
    /// What it is, in Vietnamese and English.
    pub(crate) about: (&'static str, &'static str),
}

/// The most rows of a page.
pub(crate) const MOST_ROWS: i64 = 1000;

/// The rows of a page where no limit is asked for.
pub(crate) const USUAL_ROWS: i64 = 100;

impl Parameter {
    pub(crate) const fn query(
        name: &'static str,
        form: Form,
        about: (&'static str, &'static str),
    ) -> Self {
        Self {
            name,
            place: Place::Query,
            form,
            about,
        }
    }

    pub(crate) const fn path(
        name: &'static str,
        form: Form,
        about: (&'static str, &'static str),
    ) -> Self {
        Self {
            name,
            place: Place::Path,
            form,
            about,
        }
    }
}

pub(crate) const LANG: Parameter = Parameter::query(
    "lang",
    Form::Word(&["vi", "en"]),
    (
        "Ngôn ngữ của lời văn; không nêu thì theo Accept-Language",
        "The language of texts; else that of Accept-Language",
    ),
);
pub(crate) const AS_OF: Parameter = Parameter::query(
    "as_of",
    Form::Day,
    (
        "Ngày có tuần được xem; không nêu là tuần mới nhất có báo cáo",
        "A day of the week shown; else the latest week with reports",
    ),
);
pub(crate) const KNOWN_ON: Parameter = Parameter::query(
    "known_on",
    Form::Known,
    (
        "Như đã biết vào cuối ngày hoặc thời điểm này; không nêu là hiện nay",
        "As known at the end of a day or on a moment; else now",
    ),
);
pub(crate) const UNITS: Parameter = Parameter::query(
    "units",
    Form::Units,
    (
        "Phạm vi đơn vị: như báo cáo, 63 hoặc 34",
        "Which units: as reported, the 63 or the 34",
    ),
);
pub(crate) const UNIT: Parameter =
    Parameter::query("unit", Form::Unit, ("Chỉ đơn vị này", "This unit only"));
pub(crate) const UNIT_PATH: Parameter = Parameter::path(
    "unit",
    Form::Unit,
    ("Mã bền của đơn vị", "The permanent id of the unit"),
);
pub(crate) const NUMBER_PATH: Parameter =
    Parameter::path("number", Form::Whole(1, i64::MAX), ("Số", "The number"));
pub(crate) const FILE_PATH: Parameter = Parameter::path(
    "file",
    Form::Whole(1, i64::MAX),
    ("Số của tệp", "The number of the file"),
);
pub(crate) const LIMIT: Parameter = Parameter::query(
    "limit",
    Form::Whole(1, MOST_ROWS),
    (
        "Số dòng nhiều nhất của một trang; mặc định 100",
        "The most rows of a page; 100 where it is not asked",
    ),
);
pub(crate) const CURSOR: Parameter = Parameter::query(
    "cursor",
    Form::Cursor,
    (
        "Trang tiếp theo, như trang trước đã nêu; trang sau xem đúng thời điểm của trang trước",
        "The next page, as the page before said; it shows what was known when the first was read",
    ),
);

pub(crate) const FOLLOWED: Parameter = Parameter::query(
    "stage",
    Form::Word(&[
        "slowest",
        "scanned",
        "entered",
        "checked",
        "approved",
        "transferred",
    ]),
    (
        "Dự báo của khâu nào: cả chuỗi, xong khi khâu chậm nhất xong (không nêu), hoặc riêng một khâu",
        "Whose forecast: the whole chain, done when its slowest stage is (not given), or one stage alone",
    ),
);

/// What narrows a view: language, units, day and moment of knowledge.
pub(crate) const VIEW: [Parameter; 4] = [LANG, UNITS, AS_OF, KNOWN_ON];

impl Form {
    /// The form as JSON Schema.
    pub(crate) fn schema(self) -> Value {
        match self {
            Self::Day => json!({"type": "string", "format": "date"}),
            Self::Known => json!({"anyOf": [
                {"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}
            ]}),
            Self::Week => {
                json!({"type": "string", "pattern": "^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$"})
            }
            Self::Unit => json!({"type": "string", "pattern": "^[pq][0-9]{2}$"}),
            Self::Units => json!({"enum": UnitView::ALL.map(UnitView::key)}),
            Self::Stage => json!({"enum": Stage::ALL.map(Stage::key)}),
            Self::Word(words) => json!({"enum": words}),
            Self::Whole(least, most) => {
                json!({"type": "integer", "minimum": least, "maximum": most})
            }
            Self::Number(most) => json!({"type": "number", "minimum": 0, "maximum": most}),
            Self::Cursor => json!({"type": "string", "pattern": "^[0-9a-f]{1,15}-[0-9a-f]{1,7}$"}),
            Self::Name => json!({"type": "string", "pattern": "^[a-z-]+$"}),
            Self::Key => json!({"type": "string", "pattern": "^[A-Za-z0-9-]+$"}),
            Self::Line(most) => json!({"type": "string", "minLength": 1, "maxLength": most}),
        }
    }

    /// A value that is taken, for examples.
    pub(crate) fn example(self) -> String {
        match self {
            Self::Day | Self::Known => "2025-02-18".to_owned(),
            Self::Week => "2025-W08".to_owned(),
            Self::Unit => "p24".to_owned(),
            Self::Units => "34".to_owned(),
            Self::Stage => Stage::Transferred.key().to_owned(),
            Self::Word(words) => words.first().copied().unwrap_or_default().to_owned(),
            Self::Whole(least, _) => least.to_string(),
            Self::Number(_) => "10".to_owned(),
            Self::Cursor => "1a-64".to_owned(),
            Self::Name => "conflict".to_owned(),
            Self::Key => "week-complete-2025-W08-12".to_owned(),
            Self::Line(_) => "record_deadline".to_owned(),
        }
    }

    /// What it takes, in a few words of the document.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Known => "2025-02-18, 2025-02-18T10:00:00Z".to_owned(),
            Self::Units => UnitView::ALL.map(UnitView::key).join(", "),
            Self::Stage => Stage::ALL.map(Stage::key).join(", "),
            Self::Word(words) => words.join(", "),
            Self::Whole(least, i64::MAX) => format!("≥ {least}"),
            Self::Whole(least, most) => format!("{least} … {most}"),
            Self::Number(most) => format!("0 … {most}"),
            Self::Line(most) => format!("1 … {most}"),
            Self::Cursor => "…".to_owned(),
            Self::Day | Self::Week | Self::Unit | Self::Name | Self::Key => self.example(),
        }
    }
}
