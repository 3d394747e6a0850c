//! How officers write the name of their province, and the name of their file.

use chrono::NaiveDate;
use store::domain::Unit;

use super::random::Draw;
use super::scenario::day;

/// Spellings of names that are often written in another way, the usual one first. The intake knows each of them.
const VARIANTS: [(&str, [&str; 3]); 14] = [
    ("p06", ["Bắc Cạn", "Bắc Kạn", "Tỉnh Bắc Kạn"]),
    ("p11", ["Điện Biên", "Ðiện Biên", "Ðiện Biên"]),
    ("p17", ["Hòa Bình", "Hoà Bình", "Tỉnh Hòa Bình"]),
    ("p38", ["Thanh Hoá", "Thanh Hóa", "TỈNH THANH HÓA"]),
    ("p46", ["Thừa Thiên - Huế", "TT Huế", "Thừa Thiên Huế"]),
    ("p48", ["TP. Đà Nẵng", "Đà Nẵng", "THÀNH PHỐ ĐÀ NẴNG "]),
    ("p56", ["Khánh Hoà", "Khánh Hòa", "Tỉnh Khánh Hoà"]),
    ("p62", ["Kontum", "KonTum", "Kon Tum"]),
    ("p64", ["Gia Lai", "GIA LAI", "Gialai"]),
    ("p66", ["Đăk Lăk", "Đắc Lắc", "Daklak"]),
    ("p67", ["Đăk Nông", "Đắc Nông", "Dak Nong"]),
    ("p77", ["Bà Rịa – Vũng Tàu", "BR-VT", "Bà Rịa-Vũng Tàu"]),
    (
        "p79",
        ["TP.HCM", "Thành phố Hồ Chí Minh", "TP. Ho Chi Minh"],
    ),
    ("p92", ["TP Cần Thơ", "Thành phố Cần Thơ", "Can Tho"]),
];

/// The cities under central government.
const CITIES: [&str; 5] = ["p01", "p31", "p48", "p79", "p92"];

/// Whether a unit is a city under central government on a day. Huế became one on 1 January 2025.
fn is_city(unit: &Unit, on: NaiveDate) -> bool {
    let id = unit.id.to_string();
    CITIES.contains(&id.as_str()) || (id == "p46" && on >= day(2025, 1, 1))
}

/// The words before a name, such as "tỉnh".
fn kind(unit: &Unit, on: NaiveDate) -> &'static str {
    if is_city(unit, on) {
        "Thành phố"
    } else {
        "Tỉnh"
    }
}

/// Whether a unit's name is among those with several spellings.
pub(super) fn is_often_misspelt(unit: &str) -> bool {
    VARIANTS.iter().any(|(id, _)| *id == unit)
}

/// The name in full and in capitals, as in the head of a letter.
pub(super) fn capitals(unit: &Unit, on: NaiveDate) -> String {
    format!("{} {}", kind(unit, on), unit.name_on(on).vi).to_uppercase()
}

/// One of the ways to write a name on a day.
pub(super) fn spell(unit: &Unit, on: NaiveDate, draw: &mut Draw) -> String {
    let id = unit.id.to_string();
    let name = unit.name_on(on);
    let variants = VARIANTS.iter().find(|(unit, _)| *unit == id);
    if id == "p46" && is_city(unit, on) {
        return format!("{} {}", kind(unit, on), name.vi);
    }
    if let Some((_, [usual, others @ ..])) = variants {
        return if draw.happens(600) {
            usual
        } else {
            draw.pick(*others)
        }
        .to_owned();
    }
    let short = if is_city(unit, on) { "TP." } else { "T." };
    match draw.between(0, 9) {
        0 | 1 => format!("{} {}", kind(unit, on), name.vi),
        2 => format!("{short} {}", name.vi),
        3 => format!("{} ", name.vi),
        4 => name.vi.to_uppercase(),
        5 => name.en.clone(),
        _ => name.vi.clone(),
    }
}

/// The beginning of a file name, such as `24-bac-giang`: the code and the name at the start of the demonstration.
pub(super) fn slug(unit: &Unit) -> String {
    let on = day(2022, 7, 1);
    let words = unit.name_on(on).en.to_lowercase();
    let words = words.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("{}-{}", unit.code_on(on).unwrap_or("00"), words.join("-"))
}

#[cfg(test)]
mod tests {
    use store::domain::{Reference, UnitId};

    use super::super::random::Stream;
    use super::*;

    #[test]
    fn file_names_are_plain_letters() {
        let units = &Reference::embedded().units;
        let slug = |id: &str| slug(units.find(UnitId::parse(id).unwrap()).unwrap());
        assert_eq!(slug("p24"), "24-bac-giang");
        assert_eq!(slug("p77"), "77-ba-ria-vung-tau");
        assert_eq!(slug("p46"), "46-thua-thien-hue");
    }

    #[test]
    fn hue_writes_its_new_name_from_2025_on() {
        let hue = Reference::embedded()
            .units
            .find(UnitId::parse("p46").unwrap())
            .unwrap();
        assert_eq!(capitals(hue, day(2024, 12, 31)), "TỈNH THỪA THIÊN HUẾ");
        assert_eq!(capitals(hue, day(2025, 1, 1)), "THÀNH PHỐ HUẾ");
        let mut draw = Draw::new(Stream::Habit, 0);
        let spelt: Vec<String> = (0..40)
            .map(|_| spell(hue, day(2025, 2, 1), &mut draw))
            .collect();
        assert!(
            spelt.iter().all(|name| !name.contains("Thừa Thiên")),
            "{spelt:?}"
        );
    }
}
