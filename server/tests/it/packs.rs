//! The meeting pack: the same figures on every surface, the same bytes every time, all of it or nothing.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use calamine::{Reader as _, Xlsx, open_workbook};
use store::testing::on_each_backend;

use crate::desk::{Desk, counts, entries, order};
use crate::http::{get, post_form};
use crate::program::{Said, Server, demo_copy};

/// The files of a pack in a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Makes a pack of a database into a folder.
pub(crate) fn pack(database: &str, out: &Path, options: &str) -> Said {
    let line = format!("pack {options} --database {database} --out");
    order(&line, &[out.to_str().unwrap()])
}

/// The rows of a table of a pack, by the first column, each cell by its column.
pub(crate) fn table(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let path = folder.join(format!("data/{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// The words of every part of an Office document whose path begins so, tags left out.
pub(crate) fn words_of(document: &Path, parts: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(document).unwrap()).unwrap();
    let mut words = String::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        if part.name().unwrap().starts_with(parts) {
            let xml = std::io::read_to_string(&mut part).unwrap();
            for piece in xml.split('<') {
                words.push_str(piece.split_once('>').map_or("", |(_, text)| text));
                words.push('\n');
            }
        }
    }
    words.replace("&lt;", "<").replace("&gt;", ">")
}

pub(crate) fn document(folder: &Path, ending: &str) -> std::path::PathBuf {
    let all = std::fs::read_dir(folder).unwrap();
    let mut paths = all.map(|entry| entry.unwrap().path());
    let found = paths.find(|path| path.extension().is_some_and(|one| one == ending));
    found.unwrap_or_else(|| panic!("no {ending}"))
}

/// The words of a PDF; `None` where the machine has no reader, which is said.
pub(crate) fn words_of_pdf(document: &Path) -> Option<String> {
    let read = Command::new("pdftotext")
        .args(["-layout", document.to_str().unwrap(), "-"])
        .output();
    let Ok(output) = read else {
        let said = "NOT TESTED: pdftotext is not installed";
        drop(writeln!(std::io::stderr(), "{said}"));
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap())
}

pub(crate) const ASKED: &str = "--cutoff 2024-07-18 --known-on 2024-07-18 --units 63 --lang vi";

#[test]
fn a_pack_issued_before_a_correction_is_the_same_afterwards_in_both_databases() {
    on_each_backend(|database| {
        drop(database.store());
        let (desk, address) = (Desk::new(), database.address.as_str());
        let record = |name: &str, row: &str| {
            let file = desk.write(name, counts(&[row]));
            order("load --lang en --database", &[address, &file]).ended(0);
        };
        let issue = |options: &str, out: &str| {
            let options = format!("--cutoff 2024-W28 --least-percent 0 --lang en {options}");
            let said = pack(address, Path::new(out), &options).ended(0).stdout;
            let known_on = said.split("as known on ").nth(1).unwrap();
            let known_on = known_on.split_once(": ").unwrap().0.to_owned();
            let digest = said.lines().find_map(|line| line.strip_prefix("digest "));
            (digest.unwrap().to_owned(), known_on)
        };
        let (first, again) = (desk.path("first"), desk.path("again"));
        record("one.csv", "24,14/07/2024,Kết hôn,1000,600,500,500,");
        let (digest, known_on) = issue("", &first);
        assert_eq!(issue("", &again).0, digest, "the same pack twice");
        assert_eq!(files(Path::new(&first)), files(Path::new(&again)));

        record("two.csv", "24,14/07/2024,Kết hôn,1000,800,700,300,");
        assert_eq!(issue(&format!("--known-on {known_on}"), &again).0, digest);
        let (before, after) = (files(Path::new(&first)), files(Path::new(&again)));
        assert_eq!(
            before.keys().collect::<Vec<_>>(),
            after.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &before {
            assert!(*bytes == after[name], "{name} differs after the correction");
        }
        let (corrected, _) = issue("", &again);
        assert_ne!(corrected, digest, "the correction is in the pack of now");

        let store = database.store();
        let packs = store.list_packs(10).unwrap();
        let digests: Vec<String> = packs
            .iter()
            .map(|pack| pack.issue.sha256.to_string())
            .collect();
        assert_eq!(
            digests,
            [&corrected, &digest, &digest, &digest].map(String::clone)
        );
        let log = store
            .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 10)
            .unwrap();
        let issued = log.iter().filter(|entry| entry.action == "issue_pack");
        let subjects: Vec<&str> = issued.map(|entry| entry.subject.as_str()).collect();
        assert_eq!(subjects.len(), 4, "every issue is in the log");
        assert!(
            subjects
                .iter()
                .filter(|subject| subject.contains(&digest))
                .count()
                == 3
        );
    });
}

#[test]
fn below_the_coverage_rule_every_surface_says_so_and_names_the_missing() {
    let (folder, database) = demo_copy();
    let out = folder.path().join("pack");
    let asked = format!("{ASKED} --least-percent 95");
    pack(&database, &out, &asked)
        .ended(0)
        .says("SỐ LIỆU CHƯA ĐẦY ĐỦ");
    let mark = "SỐ LIỆU CHƯA ĐẦY ĐỦ / INCOMPLETE FIGURES";
    let headers = words_of(&document(&out, "docx"), "word/document");
    assert!(headers.contains(mark));
    let slides = words_of(&document(&out, "pptx"), "ppt/slides/slide");
    let pages = slides.matches(mark).count();
    assert!(pages > 63 + 10, "{pages} slides are marked");
    let mut workbook: Xlsx<_> = open_workbook(document(&out, "xlsx")).unwrap();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).unwrap();
        let third = range.get_value((2, 0)).unwrap().to_string();
        assert_eq!(third, mark, "{sheet}");
    }
    assert!(
        headers.contains("Yên Bái (số của tuần 2024-W27)"),
        "the missing are named"
    );
    if let Some(text) = words_of_pdf(&document(&out, "pdf")) {
        let pages = text.matches(mark).count();
        assert!(pages > 63 + 10, "{pages} pages are marked");
    }
    let described = std::fs::read_to_string(out.join("datapackage.json")).unwrap();
    assert!(described.contains("\"complete\": false"));
    assert_eq!(table(&out, "missing").len(), 6);
}

#[test]
fn ten_people_ask_for_packs_and_the_pages_answer_meanwhile() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,14/07/2024,Kết hôn,1000,600,500,500,"]);
    let server = Server::start(&desk.database);
    let url = server.url("/packs");
    let form = [
        ("cutoff", "2024-W28"),
        ("known_on", ""),
        ("units", "63"),
        ("language", "en"),
        ("least_percent", "90"),
    ];
    let ask = || post_form(&url, &form).status;
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..10).map(|_| scope.spawn(ask)).collect();
        let answers: Vec<u16> = asking.into_iter().map(|one| one.join().unwrap()).collect();
        assert_eq!(answers, [303; 10]);
    });
    assert_eq!(ask(), 503, "the line holds ten");
    let page = get(&url);
    let begun = page.text().matches("<progress").count();
    assert!(begun >= 9, "{begun} are in line, one after another");
    for path in ["/", "/charts", "/forecast"] {
        assert_eq!(get(&server.url(path)).status, 200, "{path}");
    }
    for job in 2..=10 {
        let job = job.to_string();
        let cancel = server.url("/packs/cancel");
        assert_eq!(post_form(&cancel, &[("job", &job)]).status, 303);
    }
    let ended = (0..600).map(|_| get(&url)).find(|answer| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        !answer.text().contains("<progress")
    });
    let cancelled = ended.unwrap().text().matches("đã hủy").count();
    let issued = entries(&desk.database) - 1;
    assert_eq!(cancelled + issued, 10);
    assert!(
        issued <= 2,
        "{issued} were finished before they could be cancelled"
    );
}

#[test]
fn a_folder_with_other_files_is_not_touched() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,14/07/2024,Kết hôn,1000,600,500,500,"]);
    let kept = desk.write("mine/notes.txt", "mine");
    let mine = Path::new(&kept).parent().unwrap();
    pack(&desk.database, mine, "--cutoff 2024-W28 --lang en")
        .refused(2, "is not empty and holds no pack");
    assert_eq!(files(mine).len(), 1);
    assert_eq!(entries(&desk.database), 1, "nothing was issued");
}

#[test]
fn a_pack_is_asked_for_cancelled_and_taken_away_on_pages() {
    let desk = Desk::new();
    desk.record("one.csv", &["24,14/07/2024,Kết hôn,1000,600,500,500,"]);
    let server = Server::start(&desk.database);
    let url = server.url("/packs");
    let form = [
        ("cutoff", "2024-W28"),
        ("known_on", ""),
        ("units", "63"),
        ("language", "en"),
        ("least_percent", "90"),
    ];
    let wrong = [("cutoff", "18/07/2024"), form[1], form[2], form[3], form[4]];
    assert_eq!(post_form(&url, &wrong).status, 400);
    // The second waits behind the first, so that it can be cancelled before its turn.
    assert_eq!(post_form(&url, &form).status, 303);
    assert_eq!(post_form(&url, &form).status, 303);
    assert_eq!(
        post_form(&server.url("/packs/cancel"), &[("job", "2")]).status,
        303
    );
    let ended = (0..600).map(|_| get(&url)).find(|answer| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        !answer.text().contains("http-equiv=\"refresh\"")
    });
    let page = ended
        .unwrap()
        .says(200, "đã phát hành, số 2")
        .says(200, "đã hủy");
    assert!(page.text().contains("/packs/2/all.zip"));
    assert_eq!(
        entries(&desk.database),
        2,
        "the cancelled one is not in the log"
    );

    let shown = get(&server.url("/packs/2")).says(200, "--cutoff 2024-W28 --known-on ");
    assert!(shown.text().contains("/packs/2/data/provinces.csv"));
    get(&server.url("/packs/2/data/headline.csv")).says(200, "transferred,");
    let archive = get(&server.url("/packs/2/all.zip"));
    assert_eq!((archive.status, &archive.body[..2]), (200, &b"PK"[..]));
    assert_eq!(get(&server.url("/packs/2/nothing")).status, 404);
    assert_eq!(get(&server.url("/packs/99")).status, 404);
}
