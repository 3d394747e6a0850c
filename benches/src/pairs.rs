//! A file of pairs as large as wanted: every row is one person as both sides hold them.

use std::io::{self, Write};

const SURNAMES: [&str; 12] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Lý",
];
const MIDDLES: [&str; 10] = [
    "Văn", "Thị", "Hữu", "Đình", "Ngọc", "Xuân", "Minh", "Thanh", "Quốc", "Thuỳ",
];
const GIVEN: [&str; 16] = [
    "An", "Bình", "Cường", "Dũng", "Hạnh", "Hoà", "Khánh", "Lan", "Mai", "Nam", "Phúc", "Quý",
    "Sơn", "Thuý", "Tuấn", "Yến",
];
const COMMUNES: [&str; 8] = [
    "Hòa Thuận",
    "Tân Lập",
    "Ea Tu",
    "Cư Êbur",
    "Khánh Xuân",
    "Thắng Lợi",
    "Ea Kao",
    "Hòa Phú",
];

/// Writes so many rows under a header, in UTF-8, without a status column: every partner was found.
///
/// Of a hundred rows 70 are equal byte by byte but for the place, 12 have the name in capitals on one side, 6 an older
/// spelling where the name has one, 3 another mark where it has one, 4 a year of birth only, 3 a number on one side only
/// and 2 the parents on one side only. Beside that, two places in five are written another way.
///
/// # Errors
/// Where writing fails.
pub fn write_pairs(rows: u32, mut into: impl Write) -> io::Result<()> {
    into.write_all(
        b"pointer,book_year,hotich_name,dancu_name,hotich_birth_date,dancu_birth_date,hotich_sex,dancu_sex,\
          hotich_personal_number,dancu_personal_number,hotich_birth_place,dancu_birth_place,hotich_father,dancu_father,\
          hotich_mother,dancu_mother\n",
    )?;
    for row in 0..rows {
        write_pair(row, &mut into)?;
    }
    Ok(())
}

fn write_pair(row: u32, into: &mut impl Write) -> io::Result<()> {
    // The fractional part of multiples of the golden ratio is spread evenly and never repeats.
    let spread = row.wrapping_mul(0x9E37_79B9);
    let name = name_of(spread);
    let (father, mother) = (
        name_of(spread.rotate_left(11)),
        name_of(spread.rotate_left(23)),
    );
    let (year, month, day) = (
        1976 + spread % 40,
        1 + spread / 7 % 12,
        1 + spread / 91 % 28,
    );
    let (female, century) = (spread / 3 % 2, year / 100 - 19);
    let sex = ["Nam", "Nữ"][usize::from(female == 1)];
    let number = format!(
        "066{}{:02}{:06}",
        2 * century + female,
        year % 100,
        row % 1_000_000
    );
    let date = format!("{day:02}/{month:02}/{year}");
    let commune = COMMUNES[index(spread / 13, COMMUNES.len())];
    // Some of the communes are wards with numbers, so that as many places repeat as in the books of a province.
    let (ward, town) = (spread / 104 % 40, "TP. Buôn Ma Thuột");
    let place = format!("Xã {commune} {ward}, {town}, Đắk Lắk");
    let written = match spread / 16 % 5 {
        0 => format!("xã {commune} {ward}, {town}, tỉnh Đắk Lắk"),
        1 => format!("Xã {commune} {ward}, tỉnh Đắk Lắk"),
        _ => place.clone(),
    };
    let kind = row % 100;
    let here = match kind {
        70..82 => name.to_uppercase(),
        82..88 => name
            .replace("Hoà", "Hòa")
            .replace("Thuý", "Thúy")
            .replace("Quý", "Quí"),
        88..91 => name.replacen('ễ', "ề", 1).replacen('ầ', "ấ", 1),
        _ => name.clone(),
    };
    let (born, numbered) = match kind {
        91..95 => (format!("{year}"), &*number),
        95..98 => (date.clone(), ""),
        _ => (date.clone(), &*number),
    };
    let (other_father, other_mother) = match kind {
        98..100 => ("", ""),
        _ => (&*father, &*mother),
    };
    writeln!(
        into,
        "{}-{row},{year},{here},{name},{born},{date},{sex},{sex},{numbered},{number},\"{place}\",\"{written}\",\
         {father},{other_father},{mother},{other_mother}",
        year % 97
    )
}

fn name_of(spread: u32) -> String {
    let pick = |list: &[&'static str], by: u32| list[index(spread / by, list.len())];
    [pick(&SURNAMES, 17), pick(&MIDDLES, 211), pick(&GIVEN, 2503)].join(" ")
}

fn index(number: u32, length: usize) -> usize {
    usize::try_from(number).expect("a place") % length
}
