//! The columns of a file of pairs, known by their headers in both languages.

use store::domain::Text;

use super::class::Field;
use super::problem::PairsError;
use crate::fold::fold;
use crate::header_rows::HEADER_SEARCH_ROWS;
use crate::read::Delimiter;

/// The first wording is the key, the others are what offices write; all are folded before they are compared.
const POINTER: [&str; 7] = [
    "pointer",
    "record_id",
    "con trỏ",
    "mã bản ghi",
    "mã hồ sơ",
    "vị trí trong sổ",
    "sổ trang số",
];
const PROVINCE: [&str; 4] = ["province", "province_code", "mã tỉnh", "tỉnh/thành phố"];
const RECORD_TYPE: [&str; 3] = ["record_type", "loại việc", "loại sổ"];
const BOOK_YEAR: [&str; 4] = ["book_year", "năm đăng ký", "năm của sổ", "năm mở sổ"];
const STATUS: [&str; 4] = [
    "status",
    "kết quả dân cư",
    "trạng thái dân cư",
    "kết quả tra cứu",
];
const AGAIN: [&str; 3] = ["compared_before", "đã đối chiếu trước", "đối chiếu lại"];

/// What a header begins or ends with to say whose value it is.
const HOTICH: [&str; 3] = ["hotich", "sohotich", "ht"];
const DANCU: [&str; 4] = ["dancu", "csdldancu", "csdlqgvdc", "dc"];

const fn wordings(field: Field) -> &'static [&'static str] {
    match field {
        Field::Name => &[
            "name",
            "full_name",
            "họ tên",
            "họ và tên",
            "họ, chữ đệm, tên",
        ],
        Field::BirthDate => &[
            "birth_date",
            "date_of_birth",
            "ngày sinh",
            "ngày, tháng, năm sinh",
            "năm sinh",
        ],
        Field::Sex => &["sex", "gender", "giới tính"],
        Field::PersonalNumber => &[
            "personal_number",
            "số định danh",
            "số định danh cá nhân",
            "số ĐDCN",
            "số CCCD",
            "CCCD",
        ],
        Field::BirthPlace => &["birth_place", "place_of_birth", "nơi sinh"],
        Field::RegistrationPlace => &[
            "registration_place",
            "nơi đăng ký",
            "nơi đăng ký khai sinh",
            "cơ quan đăng ký",
        ],
        Field::Father => &[
            "father",
            "father_name",
            "họ tên cha",
            "họ và tên cha",
            "tên cha",
            "cha",
        ],
        Field::Mother => &[
            "mother",
            "mother_name",
            "họ tên mẹ",
            "họ và tên mẹ",
            "tên mẹ",
            "mẹ",
        ],
    }
}

/// What one header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Header {
    Pointer,
    Province,
    RecordType,
    BookYear,
    Status,
    Again,
    Hotich(Field),
    Dancu(Field),
}

impl Header {
    fn read(cell: &str) -> Option<Self> {
        let folded = fold(cell);
        let is = |list: &[&str]| list.iter().any(|wording| fold(wording) == folded);
        if is(&POINTER) {
            return Some(Self::Pointer);
        }
        let plain = [
            (&PROVINCE[..], Self::Province),
            (&RECORD_TYPE, Self::RecordType),
            (&BOOK_YEAR, Self::BookYear),
            (&STATUS, Self::Status),
            (&AGAIN, Self::Again),
        ];
        let plain = plain
            .into_iter()
            .find(|(list, _)| is(list))
            .map(|(_, header)| header);
        plain
            .or_else(|| of_side(&folded, &HOTICH).map(Self::Hotich))
            .or_else(|| of_side(&folded, &DANCU).map(Self::Dancu))
    }
}

fn of_side(folded: &str, sides: &[&str]) -> Option<Field> {
    let rests = sides
        .iter()
        .flat_map(|side| [folded.strip_prefix(side), folded.strip_suffix(side)]);
    rests.flatten().find_map(|rest| {
        let says = |field: &Field| wordings(*field).iter().any(|wording| fold(wording) == rest);
        Field::ALL.into_iter().find(says)
    })
}

/// Where each column is, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) pointer: usize,
    pub(super) province: Option<usize>,
    pub(super) record_type: Option<usize>,
    pub(super) book_year: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) again: Option<usize>,
    /// The columns of both sides; absent where the file does not compare the field.
    pub(super) fields: [Option<(usize, usize)>; 8],
    /// How many columns the header has.
    pub(super) width: usize,
    /// Columns whose header is not known, from 1.
    pub(super) ignored: Vec<usize>,
}

/// The header of a file.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) delimiter: Delimiter,
    /// How many rows end with the header.
    pub(super) header_rows: usize,
    pub(super) columns: Columns,
}

/// Finds the header among the first rows, under the delimiter that makes the most headers known.
pub(super) fn find_layout(head: &str) -> Result<Layout, PairsError> {
    let candidates = Delimiter::ALL.into_iter().flat_map(|delimiter| {
        let rows = first_rows(head, delimiter).into_iter().enumerate();
        rows.map(move |(row, headers)| (headers.iter().flatten().count(), delimiter, row, headers))
    });
    // Of equals the first: `max_by_key` takes the last, so the order is turned.
    let candidates: Vec<_> = candidates.collect();
    match candidates
        .into_iter()
        .rev()
        .max_by_key(|(known, ..)| *known)
    {
        Some((known, delimiter, row, headers)) if known >= 2 => Ok(Layout {
            delimiter,
            header_rows: row + 1,
            columns: columns(&headers)?,
        }),
        _ => Err(PairsError::of_file(Text::new(
            "không thấy dòng tiêu đề: cần cột “pointer” (con trỏ) và từng cặp cột như “Họ tên (hộ tịch)”, “Họ tên (dân cư)”",
            "no header row was found: a column “pointer” and pairs of columns such as “hotich_name”, “dancu_name” are needed",
        ))),
    }
}

fn first_rows(head: &str, delimiter: Delimiter) -> Vec<Vec<Option<Header>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .from_reader(head.as_bytes());
    let rows = reader
        .records()
        .take(HEADER_SEARCH_ROWS)
        .map_while(Result::ok);
    rows.map(|row| row.iter().map(Header::read).collect())
        .collect()
}

fn columns(headers: &[Option<Header>]) -> Result<Columns, PairsError> {
    let find = |wanted: Header| headers.iter().position(|header| *header == Some(wanted));
    for (place, header) in headers.iter().enumerate() {
        let Some(header) = header else { continue };
        if find(*header) != Some(place) {
            return Err(at_column(
                place,
                Text::new(
                    "hai cột có cùng tiêu đề",
                    "two columns have the same header",
                ),
            ));
        }
    }
    let fields = fields(&find)?;
    let Some(pointer) = find(Header::Pointer) else {
        return Err(PairsError::of_file(Text::new(
            "thiếu cột “pointer” (con trỏ)",
            "the column “pointer” is missing",
        )));
    };
    if fields.iter().all(Option::is_none) {
        return Err(PairsError::of_file(Text::new(
            "không có trường nào đủ cả hai bên để so",
            "no field has the columns of both sides",
        )));
    }
    let unknown = headers
        .iter()
        .enumerate()
        .filter(|(_, header)| header.is_none());
    Ok(Columns {
        pointer,
        province: find(Header::Province),
        record_type: find(Header::RecordType),
        book_year: find(Header::BookYear),
        status: find(Header::Status),
        again: find(Header::Again),
        fields,
        width: headers.len(),
        ignored: unknown.map(|(place, _)| place + 1).collect(),
    })
}

/// The columns of both sides of every field.
fn fields(
    find: &impl Fn(Header) -> Option<usize>,
) -> Result<[Option<(usize, usize)>; 8], PairsError> {
    let mut fields = [None; 8];
    for field in Field::ALL {
        let slot = fields.get_mut(field.place());
        match (find(Header::Hotich(field)), find(Header::Dancu(field))) {
            (Some(one), Some(other)) => {
                if let Some(slot) = slot {
                    *slot = Some((one, other));
                }
            }
            (None, None) => {}
            (Some(place), None) | (None, Some(place)) => {
                let key = field.key();
                return Err(at_column(
                    place,
                    Text::new(
                        format!(
                            "trường “{key}” chỉ có một bên: thêm cột của bên kia hoặc bỏ cột này"
                        ),
                        format!(
                            "field “{key}” has one side only: add the column of the other side or remove this one"
                        ),
                    ),
                ));
            }
        }
    }
    Ok(fields)
}

fn at_column(place: usize, message: Text) -> PairsError {
    let problem = super::problem::PairProblem {
        line: None,
        column: Some(place + 1),
        message,
    };
    PairsError::Problems {
        listed: vec![problem],
        total: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages_and_orders() {
        for (cell, header) in [
            ("Con trỏ", Some(Header::Pointer)),
            ("Họ và tên (hộ tịch)", Some(Header::Hotich(Field::Name))),
            ("dancu_name", Some(Header::Dancu(Field::Name))),
            ("HT - Ngày sinh", Some(Header::Hotich(Field::BirthDate))),
            (
                "Họ tên cha (CSDL dân cư)",
                Some(Header::Dancu(Field::Father)),
            ),
            ("Số ĐDCN dân cư", Some(Header::Dancu(Field::PersonalNumber))),
            ("Kết quả dân cư", Some(Header::Status)),
            ("Họ tên", None),
            ("", None),
        ] {
            assert_eq!(Header::read(cell), header, "{cell}");
        }
    }

    #[test]
    fn a_header_below_titles_is_found_under_its_delimiter() {
        let layout =
            find_layout("DANH SÁCH, NĂM 2026\npointer;x;hotich_name;dancu_name\na;b;c;d\n")
                .unwrap();
        assert_eq!(
            (layout.delimiter, layout.header_rows),
            (Delimiter::Semicolon, 2)
        );
        assert_eq!(layout.columns.fields.first(), Some(&Some((2, 3))));
        assert_eq!(layout.columns.ignored, [2]);
    }

    #[test]
    fn a_column_without_its_partner_is_refused() {
        for (head, word) in [
            ("pointer,hotich_name\n", "one side only"),
            ("hotich_name,dancu_name\n", "pointer"),
            ("pointer,hotich_name,dancu_name,Họ tên HT\n", "same header"),
            ("a,b,c\n1,2,3\n", "no header row"),
        ] {
            let PairsError::Problems { listed, .. } = find_layout(head).unwrap_err() else {
                panic!()
            };
            assert!(listed[0].message.en.contains(word), "{head}: {listed:?}");
        }
    }
}
