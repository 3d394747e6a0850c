//! A file at commune level, as large as wanted: every row is one commune, week, kind of event and route.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use store::domain::{Reference, Scheme};

/// About as many communes as there were before July 2025 (10,598 in April 2023).
pub const COMMUNES: usize = 10_000;

/// What a commune reports each week.
const PARTS: [(&str, &str); 10] = [
    ("Khai sinh", "NĐ 87"),
    ("Khai sinh", "QT 1292"),
    ("Kết hôn", "NĐ 87"),
    ("Kết hôn", "QT 1292"),
    ("Khai tử", "NĐ 87"),
    ("Khai tử", "QT 1292"),
    ("Giám hộ", "NĐ 87"),
    ("Giám hộ", "QT 1292"),
    ("Nhận cha, mẹ, con", "NĐ 87"),
    ("Nhận cha, mẹ, con", "QT 1292"),
];

/// As many files with so many rows together, in UTF-8; the 63 provinces are shared out among them.
///
/// Week by week, in each week commune by commune. Every count grows from week to week and no stage exceeds the one before.
///
/// # Panics
/// Where the calendar ends.
#[must_use]
pub fn commune_files(rows: usize, files: usize) -> Vec<Vec<u8>> {
    let first_day = NaiveDate::from_ymd_opt(2024, 1, 5).expect("a day");
    let units: Vec<_> = Reference::embedded()
        .units
        .iter()
        .filter(|unit| unit.id.scheme() == Scheme::Old63)
        .collect();
    let header = "Mã tỉnh;Tỉnh/Thành phố;Đơn vị;Ngày chốt số liệu;Loại việc;Cách làm;Tổng số;Đã quét;Đã nhập;\
                  Đã chuyển vào CSDL\n";
    let mut texts = vec![header.to_owned(); files];
    for row in 0..rows {
        let (part, rest) = (row % PARTS.len(), row / PARTS.len());
        let (commune, week) = (rest % COMMUNES, rest / COMMUNES);
        let province = commune * units.len() / COMMUNES;
        let day = first_day + Days::new(7 * u64::try_from(week).expect("a week"));
        let unit = units[province];
        let (code, name) = (unit.code_on(day).unwrap_or_default(), unit.name_on(day));
        let (kind, route) = PARTS[part];
        let total = 1001 + commune * 7 % 4999 + part * 13;
        let scanned = total / 3 + week * 3 + part;
        let (entered, transferred) = (scanned - 3 - part, scanned - 11 - part - commune % 40);
        writeln!(
            texts[province * files / units.len()],
            "{code};{};Xã {commune};{};{kind};{route};{total};{scanned};{entered};{transferred}",
            name.vi,
            day.format("%d/%m/%Y")
        )
        .expect("memory");
    }
    texts.into_iter().map(String::into_bytes).collect()
}
