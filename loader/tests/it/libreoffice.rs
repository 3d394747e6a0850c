//! Files saved by a real LibreOffice, in the locales and formats of offices.

use std::path::{Path, PathBuf};
use std::process::Command;

use loader::{Receipt, Verdict};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook};
use store::domain::Language;
use tempfile::TempDir;

use crate::annotated::{annotated, office_workbook, parts};
use crate::templates::{filled_form, full_reconciliation_form};
use crate::workbooks::{check_named, row};

/// The office program; `None`, said loudly, where the machine has none.
pub(crate) fn office() -> Option<Office> {
    if Command::new("soffice").arg("--version").output().is_err() {
        #[expect(clippy::print_stderr, reason = "a test that does not run must say so")]
        {
            eprintln!("NOT TESTED: there is no soffice on this machine (Debian: libreoffice-calc)");
        }
        return None;
    }
    Some(Office {
        folder: tempfile::tempdir().unwrap(),
    })
}

/// A folder with files and with the settings of the program.
pub(crate) struct Office {
    folder: TempDir,
}

/// How files are saved: the locale, the format, its options, and the ending. The options of text are the sign between cells
/// and the number of the character set (76 is UTF-8, 65535 is UTF-16, 40 is Windows-1258), as the program's documentation lists them, and that
/// every cell is saved as it is shown.
const SAVED: [(&str, &str, &str); 10] = [
    ("vi-VN", "xlsx", "xlsx"),
    ("vi-VN", "xls", "xls"),
    ("vi-VN", "ods", "ods"),
    (
        "vi-VN",
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true",
        "csv",
    ),
    (
        "vi-VN",
        "csv:Text - txt - csv (StarCalc):9,34,65535,1,,0,false,true",
        "csv",
    ),
    (
        "vi-VN",
        "csv:Text - txt - csv (StarCalc):59,34,40,1,,0,false,true",
        "csv",
    ),
    (
        "fr-FR",
        "csv:Text - txt - csv (StarCalc):124,34,76,1,,0,true,true",
        "csv",
    ),
    ("en-US", "ods", "ods"),
    ("en-US", "xls", "xls"),
    (
        "en-US",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
        "csv",
    ),
];

impl Office {
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Opens files in a locale and saves them in a format; gives the folder they are in.
    pub(crate) fn save(
        &self,
        files: &[PathBuf],
        locale: &str,
        format: &str,
        into: &str,
    ) -> PathBuf {
        let settings = self.folder.path().join(format!("settings-{locale}"));
        let user = settings.join("user");
        std::fs::create_dir_all(&user).unwrap();
        let setting = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><oor:items \
             xmlns:oor=\"http://openoffice.org/2001/registry\"><item oor:path=\"/org.openoffice.Setup/L10N\">\
             <prop oor:name=\"ooSetupSystemLocale\" oor:op=\"fuse\"><value>{locale}</value></prop></item></oor:items>"
        );
        let registry = user.join("registrymodifications.xcu");
        if !registry.exists() {
            std::fs::write(registry, setting).unwrap();
        }
        let saved = self.folder.path().join(format!("{locale}-{into}"));
        let mut command = Command::new("soffice");
        let installation = format!("-env:UserInstallation=file://{}", settings.display());
        command.args([
            &installation,
            "--headless",
            "--convert-to",
            format,
            "--outdir",
        ]);
        let output = command.arg(&saved).args(files).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        saved
    }
}

/// The check of a saved file.
pub(crate) fn check_saved(folder: &Path, name: &str, ending: &str) -> Receipt {
    let name = format!("{name}.{ending}");
    let bytes = std::fs::read(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    check_named(&name, bytes)
}

const HEADERS: [&str; 9] = [
    "STT",
    "Mã tỉnh",
    "Tỉnh/Thành phố",
    "Ngày chốt số liệu",
    "Loại việc",
    "Tổng số cần số hóa",
    "Đã nhập",
    "Đã chuyển vào CSDL",
    "Tỷ lệ (%)",
];

/// A report as an office makes it, with what is planted at some cells. The province and the date are merged over its rows,
/// numbers are grouped, the date is a date, the share a percentage by formula, a row is hidden. Text
/// files have no merged cells here, for a text cannot say so.
fn report(merged: bool, plant: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tuần 26").unwrap();
    let grouped = Format::new().set_num_format("#,##0");
    let share = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    row(sheet, 0, &["BÁO CÁO TIẾN ĐỘ SỐ HÓA"]);
    row(sheet, 2, &HEADERS);
    let kinds = ["Khai sinh", "Kết hôn", "Khai tử", "Nuôi con nuôi"];
    for (place, kind) in kinds.iter().enumerate() {
        let line = 3 + u32::try_from(place).unwrap();
        let total = 201_234.0 - 11_111.0 * f64::from(line);
        sheet.write_number(line, 0, f64::from(line - 2)).unwrap();
        sheet.write_string(line, 4, *kind).unwrap();
        for (column, part) in [(5, 1.0), (6, 0.75), (7, 0.5)] {
            let count = (total * part).floor();
            sheet
                .write_number_with_format(line, column, count, &grouped)
                .unwrap();
        }
        let formula = format!("=H{}/F{}", line + 1, line + 1);
        sheet
            .write_formula_with_format(
                line,
                8,
                Formula::new(formula).set_result((((total * 0.5).floor()) / total).to_string()),
                &share,
            )
            .unwrap();
    }
    let june = ExcelDateTime::from_ymd(2025, 6, 30).unwrap();
    for (column, text) in [(1, "04"), (2, "Cao Bằng")] {
        if merged {
            let plain = Format::new();
            sheet
                .merge_range(3, column, 6, column, text, &plain)
                .unwrap();
        } else {
            for line in 3..7 {
                sheet.write_string(line, column, text).unwrap();
            }
        }
    }
    for line in 3..7 {
        sheet
            .write_datetime_with_format(line, 3, &june, &date)
            .unwrap();
    }
    sheet.set_row_hidden(5).unwrap();
    plant(sheet);
    book.save_to_buffer().unwrap()
}

/// The faults: rule, row and column from 1.
const PLANTED: [(&str, u64, u64); 6] = [
    ("date", 5, 4),
    ("word", 6, 5),
    ("negative-number", 4, 7),
    ("fraction-number", 7, 7),
    ("number", 6, 8),
    ("number", 7, 8),
];

fn faulty(merged: bool) -> Vec<u8> {
    report(merged, |sheet| {
        sheet.write_string(4, 3, "31/02/2025").unwrap();
        sheet.write_string(5, 4, "Khai thuế").unwrap();
        sheet.write_number(3, 6, -7.0).unwrap();
        sheet.write_number(6, 6, 1234.5).unwrap();
        sheet.write_string(5, 7, "nhiều").unwrap();
        sheet
            .write_formula(6, 7, Formula::new("=1/0").set_result("#DIV/0!"))
            .unwrap();
        // Their shares would be errors as well.
        for line in [5, 6] {
            sheet.write_string(line, 8, "-").unwrap();
        }
    })
}

/// The findings of a receipt: rule, row and column.
fn errors(receipt: &Receipt) -> Vec<(&str, u64, u64)> {
    // That an old encoding or a hidden row was read is said of the whole file, and is no fault.
    let findings = receipt.findings.iter();
    let no_fault = ["old-encoding", "hidden-cells"];
    let findings = findings.filter(|finding| !no_fault.contains(&finding.rule.key()));
    let mut places: Vec<(&str, u64, u64)> = findings
        .map(|finding| {
            let place = (finding.line.unwrap_or(0), finding.column.unwrap_or(0));
            (finding.rule.key(), place.0, place.1)
        })
        .collect();
    places.sort_by_key(|(_, line, column)| (*column, *line));
    places
}

#[test]
fn what_libreoffice_saves_is_read_and_every_planted_cell_is_named() {
    let Some(office) = office() else { return };
    let mut wrong = Vec::new();
    for (number, (locale, format, ending)) in SAVED.into_iter().enumerate() {
        let merged = ending != "csv";
        let given = [
            office.write("clean.xlsx", &report(merged, |_| {})),
            office.write("faulty.xlsx", &faulty(merged)),
        ];
        let folder = office.save(&given, locale, format, &number.to_string());
        let clean = check_saved(&folder, "clean", ending);
        if clean.verdict != Verdict::Accepted || !errors(&clean).is_empty() {
            wrong.push(format!("{locale} {format}, clean: {:?}", errors(&clean)));
        }
        let faulty = check_saved(&folder, "faulty", ending);
        if errors(&faulty) != PLANTED {
            wrong.push(format!("{locale} {format}, faulty: {:?}", errors(&faulty)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn marks_and_comments_survive_libreoffice() {
    let Some(office) = office() else { return };
    let csv = "Mã tỉnh,Ngày,Đã nhập\n04,30/06/2025,-5\n";
    let copies = [
        (
            "own",
            annotated("a.xlsx", &office_workbook(true), Language::Vi),
        ),
        ("table", annotated("a.csv", csv.as_bytes(), Language::Vi)),
    ];
    let files: Vec<PathBuf> = copies
        .iter()
        .map(|(name, copy)| office.write(&format!("{name}.xlsx"), &copy.bytes))
        .collect();
    let saved = office.save(&files, "vi-VN", "xlsx", "again");
    for name in ["own", "table"] {
        let bytes = std::fs::read(saved.join(format!("{name}.xlsx"))).unwrap();
        let parts = parts(&bytes);
        let comment = parts.keys().find(|part| part.contains("comments")).unwrap();
        let text = String::from_utf8(parts[comment].clone()).unwrap();
        assert!(
            text.contains("lỗi: số lượng không thể âm"),
            "{name}: {text}"
        );
        let styles = String::from_utf8(parts["xl/styles.xml"].clone()).unwrap();
        assert!(styles.contains("FFC7CE"), "{name}");
    }
}

#[test]
fn a_form_that_libreoffice_has_saved_is_still_accepted() {
    let Some(office) = office() else { return };
    let given = [office.write("form.xlsx", &filled_form(Language::Vi))];
    for format in ["xlsx", "ods", "xls"] {
        let folder = office.save(&given, "vi-VN", format, &format!("form-{format}"));
        let receipt = check_saved(&folder, "form", format);
        assert_eq!(
            receipt.verdict,
            Verdict::Accepted,
            "{format}: {:#?}",
            receipt.findings
        );
        assert!(
            receipt.findings.is_empty(),
            "{format}: {:#?}",
            receipt.findings
        );
    }
}

fn rules(receipt: &Receipt) -> Vec<&str> {
    let findings = receipt.findings.iter();
    findings.map(|finding| finding.rule.key()).collect()
}

#[test]
fn a_reconciliation_form_that_libreoffice_has_saved_is_no_personal_data() {
    let Some(office) = office() else { return };
    let form = full_reconciliation_form().xlsx().unwrap();
    let given = [office.write("form.xlsx", &form)];
    for format in ["xlsx", "ods"] {
        let folder = office.save(&given, "vi-VN", format, &format!("reconciliation-{format}"));
        let receipt = check_saved(&folder, "form", format);
        assert_eq!(
            rules(&receipt),
            ["no-figures"],
            "{format}: {:#?}",
            receipt.findings
        );
    }
}

#[test]
fn a_remark_in_a_reconciliation_form_of_libreoffice_is_refused() {
    let Some(office) = office() else { return };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    row(sheet, 0, &["STT", "Khóa", "Giá trị"]);
    row(sheet, 1, &["1", "batch.week", "2025-W35"]);
    sheet
        .insert_note(1, 2, &Note::new("gọi lại cho bà An"))
        .unwrap();
    let given = [office.write("note.xlsx", &book.save_to_buffer().unwrap())];
    let folder = office.save(&given, "vi-VN", "ods", "note");
    let receipt = check_saved(&folder, "note", "ods");
    assert!(
        rules(&receipt).contains(&"personal-data"),
        "{:#?}",
        receipt.findings
    );
    assert!(receipt.submission().is_none());
}
