//! What changed since the last meeting, and who is late: on pages, as commands and as files.

use std::io::Write as _;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::desk::{Desk, entries};
use crate::http::{Upload, get, post_form};
use crate::program::Server;

/// Bắc Giang corrects a week, after a meeting saw the first figures.
fn corrected() -> Desk {
    let desk = Desk::new();
    desk.record("one.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    desk.record(
        "two.csv",
        &["24,16/02/2025,Kết hôn,1000,600,450,550,đếm hai lần"],
    );
    desk
}

/// Issues a pack and gives the moment as of which its figures were known.
fn packed(desk: &Desk) -> String {
    let order = "pack --cutoff 2025-02-20 --lang en --least-percent 0 --out";
    let packed = desk.order(order, &[&desk.path("pack")]).ended(0).stdout;
    let moment = packed.split("as known on ").nth(1).unwrap();
    moment.split_once(": ").unwrap().0.to_owned()
}

#[test]
fn exactly_the_cells_that_differ_are_listed_with_reason_author_and_file() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let then = packed(&desk);
    desk.record(
        "two.csv",
        &["24,16/02/2025,Kết hôn,1000,600,450,550,đếm hai lần"],
    );
    let said = desk
        .order(&format!("changes --lang en --from {then}"), &[])
        .ended(0)
        .says("1 cells differ")
        .says("đếm hai lần");
    let line = said.stdout.lines().last().unwrap();
    for word in [
        "Bac Giang",
        "500",
        "450",
        "correction",
        "command line",
        "two.csv",
    ] {
        assert!(line.contains(word), "{word}: {line}");
    }
    let again = desk.order("changes --lang en", &[]).ended(0);
    assert_eq!(
        again.stdout, said.stdout,
        "the last pack issued is the last meeting"
    );

    let out = desk.path("changes.xlsx");
    let order = format!("changes --lang en --from {then} --out");
    desk.order(&order, &[&out])
        .ended(0)
        .says("1 cells that differ");
    let mut workbook: Xlsx<_> = open_workbook(&out).unwrap();
    let sheet = workbook.worksheet_range("Figures that changed").unwrap();
    let row = sheet.rows().next_back().unwrap();
    assert_eq!(
        (&row[5], &row[6], &row[7]),
        (
            &Data::Float(500.0),
            &Data::Float(450.0),
            &Data::Float(-50.0)
        )
    );
    let csv = desk.path("changes.csv");
    desk.order(&order, &[&csv]).ended(0);
    let csv = std::fs::read_to_string(csv).unwrap();
    assert_eq!(csv.lines().count(), 2, "{csv}");
    desk.order(&order, &[&desk.path("changes.txt")])
        .refused(2, "must end in .csv or .xlsx");
}

#[test]
fn the_page_of_changes_adds_up_filters_and_saves() {
    let desk = corrected();
    let server = Server::start(&desk.database);
    let page = |query: &str| get(&server.url(&format!("/changes?lang=en&from=2020-01-01{query}")));
    let all = page("").says(200, "new figure");
    assert!(all.text().contains("<strong>3</strong>"), "{}", all.text());
    page("&kind=correction").says(200, "No figure differs.");
    page("&unit=p15").says(200, "No figure differs.");
    page("&unit=q24").says(200, "<strong>3</strong>");
    page("&order=size&page=2").says(200, "No figure differs.");
    page("&order=size").says(200, "shown are");
    for bad in [
        "&kind=all",
        "&page=0",
        "&order=1",
        "&unit=x",
        "&from=soon",
        "&to=19",
    ] {
        assert_eq!(page(bad).status, 400, "{bad}");
    }
    let csv = get(&server.url("/changes.csv?lang=en&from=2020-01-01&unit=p24"));
    assert_eq!(csv.text().lines().count(), 4, "{}", csv.text());
    let book = get(&server.url("/changes.xlsx?from=2020-01-01"));
    assert_eq!((book.status, &book.body[..2]), (200, &b"PK"[..]));
    assert_eq!(get(&server.url("/changes.doc")).status, 404);
    let turned = get(&server.url("/changes?from=2025-02-20T00:00:00Z&to=2020-01-01"));
    assert_eq!(
        turned.status, 400,
        "the earlier moment is after the later one"
    );
}

/// The words of a document, tags left out.
fn words_of(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut part = archive.by_name("word/document.xml").unwrap();
    let xml = std::io::read_to_string(&mut part).unwrap();
    let pieces = xml.split('<').map(|piece| piece.split_once('>'));
    pieces
        .map(|piece| piece.map_or("", |(_, text)| text))
        .collect()
}

#[test]
fn letters_go_to_the_overdue_with_a_list_and_an_entry_in_the_log() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let out = desk.path("letters");
    let said = desk.order("letters --week 2025-W07 --lang en --out", &[&out]);
    let said = said.ended(0).says("62 letters, 66 files");
    let letter = words_of(&Path::new(&out).join("reminder-2025-W07-p15.docx"));
    for words in [
        "Yen Bai",
        "week 2025-W07",
        "16 Feb 2025",
        "19 Feb 2025",
        "never reported",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    assert!(!letter.contains("{{"), "{letter}");
    let list = words_of(&Path::new(&out).join("reminder-2025-W07-list.docx"));
    assert!(
        list.contains("Yen Bai") && !list.contains("Bac Giang"),
        "{list}"
    );
    let digest = said.stdout.lines().last().unwrap().to_owned();
    assert_eq!(entries(&desk.database), 2);
    let again = desk.order("letters --week 2025-W07 --lang en --out", &[&out]);
    again.ended(0).says(&digest);
    assert_eq!(entries(&desk.database), 3, "every issue is in the log");
}

/// Writes the least template that holds some words and gives its path.
fn template(desk: &Desk, name: &str, words: &str) -> String {
    let path = desk.path(name);
    let mut file = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    file.start_file("word/document.xml", options).unwrap();
    let xml = format!("<w:document><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:document>");
    file.write_all(xml.as_bytes()).unwrap();
    file.finish().unwrap();
    path
}

#[test]
fn a_template_of_ones_own_is_filled_and_an_unknown_placeholder_is_named() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let template = |name: &str, words: &str| template(&desk, name, words);
    let out = desk.path("letters");
    let order = "letters --week 2025-W07 --out";
    let own = template("own.docx", "Gửi {{province}}");
    desk.order(order, &[&out, "--template", &own]).ended(0);
    let letter = words_of(&Path::new(&out).join("cong-van-don-doc-2025-W07-p15.docx"));
    assert_eq!(letter, "Gửi Yên Bái");
    let wrong = template("wrong.docx", "Gửi {{tỉnh}}");
    desk.order(order, &[&out, "--template", &wrong])
        .refused(2, "mẫu có chỗ điền không biết `{{tỉnh}}`");
    let text = desk.write("text.docx", "Gửi {{province}}");
    desk.order(order, &[&out, "--template", &text])
        .refused(2, "mẫu không phải là tệp DOCX");
    assert_eq!(entries(&desk.database), 2, "nothing else was issued");
}

#[test]
fn the_ministry_sends_its_own_template_and_every_later_letter_uses_it() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let server = Server::start(&desk.database);
    let send = |words: &str| {
        let path = template(&desk, "own.docx", words);
        let bytes = std::fs::read(path).unwrap();
        Upload::of("mẫu <b>của Bộ.docx", bytes).post(&server.url("/late/template?lang=vi"))
    };
    let wrong = send("Gửi {{tỉnh}}");
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    wrong.says(422, "mẫu có chỗ điền không biết `{{tỉnh}}`");
    assert_eq!(
        Upload::of("", "")
            .post(&server.url("/late/template"))
            .status,
        400
    );
    assert_eq!(entries(&desk.database), 1, "nothing was recorded");

    assert_eq!(send("Gửi {{province}}").status, 303);
    assert_eq!(send("Kính gửi {{province}}").status, 303);
    let page = get(&server.url("/late?lang=vi"));
    assert!(
        page.text().contains("mẫu &#60;b&#62;của Bộ.docx"),
        "{}",
        page.text()
    );
    page.says(200, "/late/templates/2.docx")
        .says(200, "/late/templates/3.docx");
    get(&server.url("/late?lang=en")).says(200, "the template that comes with the program");
    let first = get(&server.url("/late/templates/2.docx"));
    assert_eq!((first.status, &first.body[..2]), (200, &b"PK"[..]));
    assert_eq!(get(&server.url("/late/templates/1.docx")).status, 404);

    let letters = |language: &str, name: &str| {
        let out = desk.path(language);
        let order = format!("letters --week 2025-W07 --lang {language} --out");
        desk.order(&order, &[&out]).ended(0);
        words_of(&Path::new(&out).join(name))
    };
    let own = letters("vi", "cong-van-don-doc-2025-W07-p15.docx");
    assert_eq!(own, "Kính gửi Yên Bái");
    let other = letters("en", "reminder-2025-W07-p15.docx");
    assert!(other.contains("Yen Bai") && other.len() > 200, "{other}");
}

#[test]
fn the_page_shows_who_is_late_and_issues_letters() {
    let desk = corrected();
    let server = Server::start(&desk.database);
    let url = server.url("/late?lang=en");
    let page = get(&url)
        .says(200, "Overdue (62)")
        .says(200, "never reported");
    assert!(page.text().contains("on time, corrected") || page.text().contains("late, corrected"));
    let answer = post_form(&server.url("/late/letters?lang=en"), &[]);
    assert_eq!(answer.status, 303);
    get(&url).says(200, "id=\"letter-3\"");
    let archive = get(&server.url("/late/letters/3.zip"));
    assert_eq!((archive.status, &archive.body[..2]), (200, &b"PK"[..]));
    assert_eq!(get(&server.url("/late/letters/2.zip")).status, 404);
    assert_eq!(get(&server.url("/late/template.docx")).status, 200);
    assert_eq!(entries(&desk.database), 3);
}

#[test]
fn an_exempt_province_is_not_reminded_until_its_day_and_still_counts_as_missing() {
    let desk = corrected();
    let server = Server::start(&desk.database);
    let late = server.url("/late?lang=en");
    let give = |unit: &str, last_day: &str, reason: &str| {
        let form = [("unit", unit), ("last_day", last_day), ("reason", reason)];
        post_form(&server.url("/late/exemptions?lang=en"), &form)
    };
    for (unit, last_day, reason) in [
        ("p01", "2025-03-30", "  "),
        ("p01", "30/03/2025", "flood"),
        ("q15", "2025-03-30", "flood"),
        ("nowhere", "2025-03-30", "flood"),
    ] {
        let refused = give(unit, last_day, reason);
        assert_eq!(refused.status, 400, "{unit} {last_day} {reason}");
    }
    give("p01", "2026-03-30", "flood").says(409, "within half a year");
    get(&late).says(200, "Overdue (62)");
    assert_eq!(give("p01", "2025-03-30", "lũ <lụt>").status, 303);
    let page = get(&late).says(200, "Overdue (61)");
    let page = page.says(200, "Exempt from reminders (1)");
    page.says(200, "l\u{169} &#60;lụt&#62;")
        .says(200, "30 Mar 2025");
    let overview = get(&server.url("/?lang=en"));
    overview.says(200, "1 of 63 units");
    let letters = desk.path("letters");
    desk.order("letters --week 2025-W08 --lang en --out", &[&letters])
        .ended(0);
    let own = Path::new(&letters).join("reminder-2025-W08-p01.docx");
    assert!(!own.exists());

    let end = [("unit", "p01"), ("reason", "the office is open again")];
    let ended = post_form(&server.url("/late/exemptions/end?lang=en"), &end);
    assert_eq!(ended.status, 303);
    get(&late)
        .says(200, "Overdue (62)")
        .says(200, "Exempt from reminders (0)");
}
