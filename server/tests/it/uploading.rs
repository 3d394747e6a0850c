//! The upload page: a preview writes nothing, a commit records exactly what was previewed, and nothing a file or its name
//! holds acts in the page.

use store::domain::Digest;

use crate::desk::{Desk, SOUND, counts, entries, forecast, order, unit};
use crate::http::{Answer, Upload, get, post_form};
use crate::program::{Server, demo_copy};

/// What stands between two texts; `None` where the first is not there.
fn between<'a>(page: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// Sends one file for a preview in English.
fn preview(server: &Server, name: &str, file: &str) -> Answer {
    Upload::of(name, file).post(&server.url("/upload?lang=en"))
}

/// Clicks the button under a preview.
fn commit(server: &Server, preview: &Answer, explanation: &str) -> Answer {
    let page = preview.text();
    let hidden = |name: &str| between(page, &format!("name=\"{name}\" value=\""), "\"").unwrap();
    let form = [
        ("sha256", hidden("sha256")),
        ("preview", hidden("preview")),
        ("basis", hidden("basis")),
        ("explanation", explanation),
    ];
    post_form(&server.url("/upload/commit?lang=en"), &form)
}

/// The counts of new, raised, lowered and unchanged cells in a preview.
fn cells(page: &Answer) -> Vec<&str> {
    let heading = "<h3>If this file is committed</h3>";
    let line = between(page.text(), heading, "</p>").unwrap();
    let counts = line.split("<strong>").skip(1);
    counts.map(|rest| rest.split('<').next().unwrap()).collect()
}

/// Two rows of which the second does not leave what it says, which is asked about.
const TWO_ROWS: [&str; 2] = [
    "24,23/02/2025,Kết hôn,1000,650,500,500,",
    "24,23/02/2025,Khai sinh,800,,400,399,",
];

#[test]
fn a_preview_shows_what_would_change_and_writes_nothing() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let before = forecast(&desk.database, "");
    let page = preview(&server, "tuần 8.csv", &counts(&TWO_ROWS));
    let page = page.says(200, "<h2>EXPLANATION NEEDED</h2>");
    let page = page.says(200, "<strong>tuần 8.csv</strong> · 2 rows · UTF-8");
    assert_eq!(cells(&page), ["2", "1", "0", "2"]);
    let raised =
        "<td>23 Feb 2025 · Entered · Marriage</td><td class=\"n\">600</td><td class=\"n\">650</td>";
    let page = page.says(200, raised);
    let unexplained = commit(&server, &page, " ");
    unexplained.says(200, "<h2>EXPLANATION NEEDED</h2>");
    assert_eq!(entries(&desk.database), 1);
    assert_eq!(forecast(&desk.database, ""), before);
    assert_eq!(get(&server.url("/files/2")).status, 404);
}

#[test]
fn a_commit_records_exactly_what_was_previewed_and_only_once() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let file = counts(&TWO_ROWS);
    let page = preview(&server, "tuần 8.csv", &file);
    let explained = || commit(&server, &page, "chỉ có khai sinh");
    explained().says(200, "Recorded as number 2");
    let kept = get(&server.url("/files/2"));
    assert_eq!(kept.text(), file, "the file is kept as it came");
    get(&server.url("/files?lang=en")).says(200, "tuần 8.csv");

    explained().says(200, "This file was recorded before as number 2");
    let again = preview(&server, "tuần 8.csv", &file);
    assert_eq!(cells(&again), ["0", "0", "0", "5"]);
    let again = commit(&server, &again, "chỉ có khai sinh");
    again.says(200, "This file was recorded before as number 2");
    assert_eq!(entries(&desk.database), 2, "nothing is doubled");
}

#[test]
fn figures_that_moved_since_the_preview_are_shown_before_anything_is_recorded() {
    let desk = Desk::new();
    desk.record("a.csv", &["24,23/02/2025,Kết hôn,1000,500,400,600,"]);
    let server = Server::start(&desk.database);
    let page = preview(&server, "mine.csv", &counts(&[SOUND]));
    assert_eq!(cells(&page), ["0", "2", "0", "1"]);
    desk.record("theirs.csv", &["24,23/02/2025,Kết hôn,1000,700,450,550,"]);

    let moved = commit(&server, &page, "");
    let words = "The figures have changed since the preview, so the file was not recorded.";
    let moved = moved.says(200, words);
    assert_eq!(cells(&moved), ["0", "1", "1", "1"], "the preview is new");
    assert_eq!(entries(&desk.database), 2, "nothing of it was recorded");
    assert_eq!(unit(&forecast(&desk.database, ""), "p24")["done"], 450);

    commit(&server, &moved, "kiểm kê lại").says(200, "Recorded as number 3");
    assert_eq!(unit(&forecast(&desk.database, ""), "p24")["done"], 500);
}

#[test]
fn a_bad_file_shows_every_finding_and_offers_no_commit() {
    let (_folder, database) = demo_copy();
    let before = entries(&database);
    let server = Server::start(&database);
    let wrong = "24,hôm qua,Tổng hợp,1000,-5,500,500,";
    let bad = counts(&["99,23/02/2025,Kết hôn,1000,600,500,500,", wrong]);
    let good = counts(&["24,29/06/2025,Tổng hợp,1.679.512,1.679.512,1.679.512,0,"]);
    let upload = Upload::of("xấu.csv", bad).and("tốt.csv", good);
    let page = upload
        .post(&server.url("/upload"))
        .says(200, "SỐ LIỆU MÔ PHỎNG");
    let (bad, good) = page.text().split_once("id=\"result-2\"").unwrap();
    assert!(bad.contains("<h2>BỊ TỪ CHỐI</h2>") && good.contains("<h2>ĐẠT</h2>"));
    for place in [
        "dòng 2, cột 1, “Mã tỉnh”</td><td data-label=\"Đã gõ\"><span class=\"value\">99</span>",
        "dòng 3, cột 2, “Ngày chốt số liệu”</td><td data-label=\"Đã gõ\"><span class=\"value\">hôm qua</span>",
        "dòng 3, cột 5, “Đã nhập”</td><td data-label=\"Đã gõ\"><span class=\"value\">-5</span>",
    ] {
        assert!(bad.contains(place), "{place}: {bad}");
    }
    assert!(!bad.contains("class=\"commit\"") && good.contains("class=\"commit\""));
    assert_eq!(entries(&database), before);
}

#[test]
fn hostile_files_and_names_do_not_act_in_the_page() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let script = "<script>alert(1)</script>";
    let image = "\"<img src=x onerror=alert(1)>\"";
    let file = counts(&[&format!(
        "24,23/02/2025,{script},{image},600,500,500,{script}"
    )]);
    for (name, shown) in [
        ("../../etc/passwd", "<strong>passwd</strong>"),
        (r"C:\\Users\\x\\tuan.csv", "<strong>tuan.csv</strong>"),
        (
            "<script>a<b>.csv",
            "<strong>&#60;script&#62;a&#60;b&#62;.csv</strong>",
        ),
    ] {
        let page = preview(&server, name, &file).says(200, shown);
        let page = page.says(
            200,
            "<span class=\"value\">&#60;img src=x onerror=alert(1)&#62;</span>",
        );
        for acting in ["<script>", "<img", "<b>", "etc/", "Users"] {
            assert!(!page.text().contains(acting), "{acting}: {}", page.text());
        }
    }
}

#[test]
fn a_recorded_file_does_not_act_in_any_page() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let script = "<script>alert(1)</script>";
    let file = counts(&[&format!("24,23/02/2025,Kết hôn,1000,600,500,500,{script}")]);
    let page = preview(&server, "<b>.csv", &file);
    commit(&server, &page, script).says(200, "Recorded as number 1");
    desk.order("withdraw 1 --by", &["<i>", "--reason", script])
        .ended(0);
    for path in ["/files?lang=en", "/provinces/p24?lang=en&as_of=2025-02-23"] {
        let page = get(&server.url(path)).says(200, "&#60;b&#62;.csv");
        let page = page.says(200, "&#60;i&#62; · &#60;script&#62;alert(1)");
        assert!(!page.text().contains("<script>"), "{path}");
    }
    let kept = get(&server.url("/files/1"));
    assert_eq!(kept.header("content-type"), "application/octet-stream");
    assert!(
        kept.header("content-disposition")
            .starts_with("attachment;")
    );
    assert_eq!(kept.text(), file);
}

#[test]
fn forms_of_other_sites_are_refused() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let post = |origin: &str| {
        let upload = Upload::of("a.csv", counts(&[SOUND])).header("Origin", origin);
        upload.post(&server.url("/upload?lang=en"))
    };
    let refused = "The form was sent from another site and is not accepted.";
    for origin in ["http://elsewhere.example", "null", "http://127.0.0.1"] {
        post(origin).says(403, refused);
    }
    post(&server.address).says(200, "<h2>ACCEPTED</h2>");
}

#[test]
fn broken_forms_are_refused_with_their_reason() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let (upload, commit) = (server.url("/upload"), server.url("/upload/commit"));
    Upload::of("", "")
        .post(&upload)
        .says(400, "No file was chosen.");
    post_form(&upload, &[("file", "x")]).says(400, "in parameter file cannot be read.");
    post_form(&commit, &[("sha256", "x")]).says(400, "“x” in parameter sha256 cannot be read.");
    let form = [("sha256", "x"), ("preview", "y")];
    post_form(&commit, &form).says(400, "“x” in parameter sha256 cannot be read.");
    let unknown = "0".repeat(64);
    let form = [("sha256", unknown.as_str()), ("preview", "y")];
    post_form(&commit, &form).says(404, "Không tìm thấy: bản xem trước này.");
    assert_eq!(entries(&desk.database), 0, "nothing was written");
}

#[test]
fn an_upload_has_its_limits() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let url = server.url("/upload");
    let large = Upload::of("large.csv", vec![b'x'; 50 * 1024 * 1024 + 1]).post(&url);
    large.says(413, "The file is larger than 50 MB. Nothing was recorded.");
    let name = |number: u32| format!("{number}.csv");
    let one = Upload::of("0.csv", "x");
    let many = (1..=126).fold(one, |upload, number| upload.and(&name(number), "x"));
    many.post(&url)
        .says(413, "126 files. Nothing was recorded.");
    get(&server.url("/health/ready")).says(200, "ready\n");
    assert_eq!(entries(&desk.database), 0, "nothing was written");
}

#[test]
fn a_download_has_the_same_bytes_as_the_command_line_prints() {
    let desk = Desk::new();
    desk.record("earlier.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let server = Server::start(&desk.database);
    let bad = counts(&[
        "24,23/02/2025,Kết hôn,1000,-6,=1+1,500,",
        "99,x,Khai sinh,5,5,5,0,",
    ]);
    for (name, file) in [("xấu.csv", bad), ("tốt.csv", counts(&[SOUND]))] {
        let path = desk.write(name, &file);
        Upload::of(name, &file)
            .post(&server.url("/upload"))
            .says(200, "/receipt.csv?lang=vi\">CSV</a>");
        let sha256 = Digest::of(file.as_bytes());
        let known = ["--database", &desk.database];
        for lang in ["vi", "en"] {
            for (format, ending) in [("text", "txt"), ("json", "json"), ("csv", "csv")] {
                let line = format!("check --lang {lang} --format {format}");
                let printed = order(&line, &[&[path.as_str()], &known[..]].concat()).stdout;
                let url = format!("/uploads/{sha256}/receipt.{ending}?lang={lang}");
                let given = get(&server.url(&url));
                assert_eq!(given.text(), printed, "{name} {lang} {format}");
                assert!(
                    given
                        .header("content-disposition")
                        .starts_with("attachment;")
                );
            }
            let out = desk.path("out.xlsx");
            let line = format!("check --lang {lang} --annotate {out}");
            let said = order(&line, &[&[path.as_str()], &known[..]].concat());
            assert_eq!(said.stderr, "");
            let given = get(&server.url(&format!("/uploads/{sha256}/annotated?lang={lang}")));
            assert_eq!(given.body, std::fs::read(&out).unwrap(), "{name} {lang}");
        }
    }
    assert_eq!(entries(&desk.database), 1, "nothing was recorded");
    for (url, status) in [
        (format!("/uploads/{}/receipt.txt", "0".repeat(64)), 404),
        ("/uploads/x/receipt.txt".to_owned(), 400),
        (format!("/uploads/{}/annotated", "0".repeat(64)), 404),
        (
            format!(
                "/uploads/{}/receipt.exe",
                Digest::of(counts(&[SOUND]).as_bytes())
            ),
            404,
        ),
    ] {
        assert_eq!(get(&server.url(&url)).status, status, "{url}");
    }
}

#[test]
fn forms_are_downloaded_with_the_figures_of_the_last_report() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let url = server.url("/template?form=counts&format=xlsx&province=24&lang=en");
    let form = get(&url);
    assert_eq!((form.status, &form.body[..2]), (200, &b"PK"[..]));
    assert!(form.header("content-disposition").contains("counts.xlsx"));
    get(&server.url("/template?province=99")).says(404, "province 99");

    desk.record("a.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let line = "template counts --province 24 --as-of 2025-02-23";
    let said = desk.order(line, &[]).ended(0);
    let said = said.says("Kỳ trước 16/02/2025: Tổng số cần số hóa,");
    said.says("24,Bắc Giang,,23/02/2025,Kết hôn,,Trường hợp,,,,,,,,,,1000,,600,,,500,");
}

#[test]
fn the_receipt_of_a_recorded_file_stays_as_it_was_when_it_was_recorded() {
    let desk = Desk::new();
    desk.record("a.csv", &["24,16/02/2025,Kết hôn,1000,600,500,500,"]);
    let server = Server::start(&desk.database);
    let file = counts(&["24,23/02/2025,Kết hôn,1000,600,400,600,"]);
    let path = desk.write("b.csv", &file);
    let known = ["--database", &desk.database];
    let line = "check --lang en --format json";
    let before = order(line, &[&[path.as_str()], &known[..]].concat()).stdout;
    let mut before: serde_json::Value = serde_json::from_str(&before).unwrap();
    let page = preview(&server, "b.csv", &file);
    commit(&server, &page, "kiểm kê lại").says(200, "Recorded as number 2");
    desk.record(
        "c.csv",
        &["24,23/02/2025,Kết hôn,1000,700,450,550,kiểm kê lại"],
    );
    desk.order("withdraw 3 --reason nhầm", &[]).ended(0);

    let sha256 = Digest::of(file.as_bytes());
    let after = get(&server.url(&format!("/uploads/{sha256}/receipt.json")));
    let mut after: serde_json::Value = serde_json::from_slice(&after.body).unwrap();
    let answer = after["questions"][0]["answer"].take();
    assert_eq!(
        (before["verdict"].take(), answer),
        ("queries".into(), "kiểm kê lại".into())
    );
    assert_eq!(after["verdict"].take(), "accepted");
    assert_eq!(after, before, "nothing else has changed");
}
