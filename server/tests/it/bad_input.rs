//! Files that are no report: each is refused by name, quickly, with its reason, and nothing is written.

use std::fs::{self, File};
use std::path::Path;

use crate::desk::{Desk, HEADERS, SOUND, counts, entries, order};

/// A file of the intake's own bad examples.
fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/fixtures/counts");
    fs::read(folder.join(name)).unwrap()
}

/// What every refusal goes on with after the name of the file.
const NOTHING: &str =
    "Nothing was recorded. Correct the errors below and send the whole file again.";

/// Loads a file that must be refused for a reason.
#[track_caller]
fn assert_refused(name: &str, bytes: impl AsRef<[u8]>, reason: &str) {
    let desk = Desk::new();
    desk.record("standing.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let file = desk.write(name, bytes);
    let said = desk.load(&file).ended(3).says(reason).says("\n  fix: ");
    said.says(&format!("REJECTED: {name}\n{NOTHING}\n"))
        .says("0 of 1 files recorded\n");
    order("check --lang en", &[&file]).ended(3).says(reason);
    assert_eq!(entries(&desk.database), 1, "nothing was written");
}

#[test]
fn empty_files_are_refused() {
    let reason = "error[empty-file]: the file has no content\n  at a.csv\n";
    assert_refused("a.csv", "", reason);
    assert_refused("a.csv", "\u{feff}\r\n \r\n", reason);
    assert_refused("a.csv", counts(&[]), "error[no-figures]: ");
}

#[test]
fn files_of_other_kinds_are_refused() {
    for (name, reason) in [
        ("binary.csv", "error[not-csv]: byte 132 (from 0) is NUL"),
        (
            "excel-workbook.csv",
            "error[workbook]: the workbook is damaged",
        ),
    ] {
        assert_refused(name, fixture(name), reason);
    }
}

#[test]
fn files_in_the_encodings_of_offices_are_recorded() {
    for name in [
        "accepted-unicode-text.csv",
        "accepted-windows-1258.csv",
        "accepted-tcvn3.csv",
        "accepted-vni.csv",
    ] {
        let desk = Desk::new();
        let file = desk.write(name, fixture(name));
        desk.load(&file).ended(0).says("1 of 1 files recorded\n");
        assert_eq!(entries(&desk.database), 1, "{name}");
    }
}

#[test]
fn a_file_cut_off_inside_a_quotation_is_refused_where_it_opens() {
    let cut = format!("{HEADERS}\n{SOUND}\n25,23/02/2025,Kết hôn,1000,600,500,500,\"kiểm kê");
    assert_refused("cut.csv", &cut, "error[quote]: ");
    assert_refused("cut.csv", &cut, "\n  at cut.csv, line 3");
}

#[test]
fn unknown_provinces_and_dates_to_come_are_refused() {
    let late = counts(&["24,23/02/2099,Kết hôn,1000,600,500,500,"]);
    assert_refused(
        "late.csv",
        late,
        "error[date-range]: 23 Feb 2099 is in the future",
    );
    let nowhere = counts(&["99,23/02/2025,Kết hôn,1000,600,500,500,"]);
    assert_refused(
        "unit.csv",
        nowhere,
        "error[unit-unknown]: no province has the code “99”\n",
    );
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let desk = Desk::new();
    let path = desk.write("large.csv", "");
    // A sparse file: it takes no room, but reading it would.
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(1 << 30).unwrap();
    let reason = "error[file-size]: the file has 1073741824 bytes, more than the limit of 536870912, \
                  and was not read\n";
    let said = desk.load(&path).ended(3).says(reason).stdout;
    assert!(
        !said.contains("SHA-256"),
        "a digest would mean that it was read: {said}"
    );
    assert_eq!(entries(&desk.database), 0, "nothing was written");
}

#[test]
fn a_path_that_leads_nowhere_is_said() {
    let desk = Desk::new();
    let missing = desk.path("missing.csv");
    let unreadable = "error[unreadable]: the file cannot be read: ";
    let said = order("check --lang en", &[&missing])
        .ended(3)
        .says(unreadable);
    said.says("\n  at missing.csv\n");
    desk.load(&missing).ended(3).says(unreadable);
    desk.write("folder/notes.txt", counts(&[SOUND]));
    let folder = desk.path("folder");
    desk.load(&folder)
        .refused(2, "error: there is no .csv file in the folder\n");
    let ordinary = format!("{unreadable}it is no ordinary file\n");
    order("check --lang en", &[&folder])
        .ended(3)
        .says(&ordinary);
    assert_eq!(entries(&desk.database), 0, "nothing was written");
}

#[test]
fn a_hostile_name_stays_a_name() {
    let desk = Desk::new();
    let name = "\u{1b}[2J\u{202e}a.csv";
    let bad = desk.write(
        name,
        counts(&["99,23/02/2025,Kết hôn,1000,600,500,500,\u{1b}[31m"]),
    );
    let said = order("check --lang en", &[&bad])
        .ended(3)
        .says("REJECTED: [2Ja.csv\n")
        .stdout;
    assert!(
        !said.contains(['\u{1b}', '\u{202e}']),
        "nothing moves the cursor: {said}"
    );
    let good = desk.write(name, counts(&[SOUND]));
    let said = desk
        .load(&good)
        .ended(0)
        .says("recorded as number 1")
        .stdout;
    assert!(!said.contains('\u{1b}'), "nor here: {said}");
}
