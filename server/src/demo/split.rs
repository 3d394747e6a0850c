//! Who splits its figures by what: tables of the story.

use store::domain::{RecordType, Route};

/// How a province divides its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Not at all.
    Whole,
    /// By the two ways of working.
    Routes,
    /// By so many kinds of events.
    Types(usize),
    /// By district, from a week on.
    Districts(&'static [(&'static str, i64)], usize),
}

/// The kinds of events in the order of how many there are, with their share in per mille. The shares are made up.
pub(super) const TYPES: [(RecordType, i64); 7] = [
    (RecordType::Birth, 580),
    (RecordType::Marriage, 180),
    (RecordType::Death, 110),
    (RecordType::MaritalStatus, 80),
    (RecordType::Change, 32),
    (RecordType::ParentChild, 13),
    (RecordType::Adoption, 5),
];

/// The routes, with the share of a province that has both.
pub(super) const ROUTES: [(Route, i64); 2] = [(Route::Books, 380), (Route::PopulationDb, 620)];

/// The districts of Quảng Trị with their records of phase 2, published on 2025-03-01; here they weigh all its records.
const QUANG_TRI: [(&str, i64); 9] = [
    ("TP. Đông Hà", 53_268),
    ("Huyện Vĩnh Linh", 28_037),
    ("Huyện Triệu Phong", 45_738),
    ("Huyện Hướng Hóa", 21_231),
    ("Huyện Hải Lăng", 17_734),
    ("Huyện Cam Lộ", 7_439),
    ("Huyện Gio Linh", 13_279),
    ("TX. Quảng Trị", 10_158),
    ("Huyện Đakrông", 6_656),
];

/// The districts of Quảng Bình; the weights are made up.
const QUANG_BINH: [(&str, i64); 8] = [
    ("TP. Đồng Hới", 150),
    ("TX. Ba Đồn", 120),
    ("Huyện Bố Trạch", 200),
    ("Huyện Lệ Thủy", 160),
    ("Huyện Quảng Trạch", 120),
    ("Huyện Quảng Ninh", 100),
    ("Huyện Tuyên Hóa", 90),
    ("Huyện Minh Hóa", 60),
];

/// From this week on Quảng Trị adds its nine districts: the first report of its twenty days and nights.
pub(super) const QUANG_TRI_DISTRICTS_FROM: usize = 138;

/// By how many records the districts fall short of the province in that first report, as in the published table.
pub(super) const QUANG_TRI_GAP: i64 = 44;

/// The provinces that split, with whether they add a row for everything.
pub(super) const SPLITS: [(&str, Split, bool); 16] = [
    ("p08", Split::Types(5), false),
    ("p19", Split::Routes, true),
    ("p24", Split::Types(6), true),
    ("p25", Split::Routes, false),
    ("p31", Split::Types(4), false),
    ("p34", Split::Routes, false),
    ("p37", Split::Routes, true),
    ("p38", Split::Types(3), true),
    ("p42", Split::Types(7), false),
    ("p44", Split::Districts(&QUANG_BINH, 0), false),
    (
        "p45",
        Split::Districts(&QUANG_TRI, QUANG_TRI_DISTRICTS_FROM),
        true,
    ),
    ("p48", Split::Types(5), false),
    ("p60", Split::Types(4), true),
    ("p66", Split::Routes, false),
    ("p92", Split::Types(7), false),
    ("p94", Split::Types(6), true),
];

/// The provinces that also count books.
pub(super) const BOOK_COUNTERS: [&str; 4] = ["p10", "p14", "p52", "p86"];

/// How many records a book has. Quảng Trị's published table gives 97.5; the national figures give an eighth of it.
pub(super) const RECORDS_A_BOOK: i64 = 97;
