//! Every page over the demo: in both languages, complete, marked as synthetic, and asking nobody else for anything.

use crate::desk::Desk;
use crate::http::{Answer, get, get_with, post_form};
use crate::program::{Server, demo_copy};

/// Every page that shows figures of provinces, with something that only it says in Vietnamese and in English.
const PAGES: [(&str, &str, &str); 10] = [
    (
        "/",
        "Số hóa sổ hộ tịch toàn quốc",
        "Digitizing civil-status books: the nation",
    ),
    (
        "/?units=34",
        "Từng địa phương, gấp nhất trước",
        "Every province, most urgent first",
    ),
    ("/?units=63&as_of=2024-06-30", "30/06/2024", "30 Jun 2024"),
    ("/?known_on=2024-07-18", "18/07/2024", "18 Jul 2024"),
    ("/provinces/p49", "Quảng Nam", "Quang Nam"),
    (
        "/provinces/p22?known_on=2025-06-01",
        "Quảng Ninh",
        "Quang Ninh",
    ),
    ("/provinces/q48?units=34", "Gồm", "Formed from"),
    (
        "/forecast",
        "Với tốc độ 8 tuần gần nhất (",
        "At the pace of the last 8 weeks (",
    ),
    ("/upload", "Gửi tệp số liệu", "Upload a file"),
    ("/files", "Tệp đã nhận", "Recorded files"),
];

fn in_english(path: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang=en")
}

/// Where a page names another host, outside the links that a reader may follow to a source.
fn foreign(page: &str) -> Vec<&str> {
    let before = page
        .match_indices("://")
        .map(|(place, _)| page.split_at(place).0);
    before
        .map(|before| before.rsplit(['<', '>']).next().unwrap())
        .filter(|tag| !tag.starts_with("a href=\"http"))
        .collect()
}

#[track_caller]
fn assert_secured(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(
        !policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"),
        "{policy}"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
}

#[test]
fn every_page_stands_on_its_own_in_both_languages() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let banners = ["SỐ LIỆU MÔ PHỎNG", "SYNTHETIC FIGURES"];
    for (path, vi, en) in PAGES {
        let addresses = [
            (path.to_owned(), vi, "vi", banners[0]),
            (in_english(path), en, "en", banners[1]),
        ];
        for (path, own, lang, banner) in addresses {
            let answer = get(&server.url(&path));
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            let page = answer.text();
            assert!(
                page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")),
                "{path}"
            );
            assert!(page.contains(own), "{path}: {own}");
            let banner = format!("<p class=\"synthetic\" role=\"note\">{banner}");
            assert_eq!(page.matches(&banner).count(), 1, "{path}: {banner}");
            assert_eq!(foreign(page), Vec::<&str>::new(), "{path}");
            for inline in ["<style", "style=\"", " onclick", "javascript:", "<script>"] {
                assert!(
                    !page.contains(inline),
                    "{path}: {inline} would be refused by the page's own policy"
                );
            }
            assert_secured(&answer);
        }
    }
}

#[test]
fn published_figures_link_to_their_sources_and_are_not_marked_synthetic() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for path in ["/published", "/published?lang=en"] {
        let answer = get(&server.url(path));
        assert_eq!(answer.status, 200);
        let page = answer.text();
        assert!(
            page.matches("<a href=\"https://").count() > 50,
            "the sources are linked"
        );
        assert_eq!(foreign(page), Vec::<&str>::new());
        assert!(!page.contains("SỐ LIỆU MÔ PHỎNG") && !page.contains("SYNTHETIC FIGURES"));
        assert_secured(&answer);
    }
    let page = get(&server.url("/published"));
    assert!(
        page.text().contains("trên 77.000.000"),
        "more than, as the source says"
    );
    assert!(
        page.text().contains("1.443.893"),
        "Quảng Nam on 18 February 2025"
    );
}

/// The headline numbers of an overview and what remains.
fn national_figures(page: &str) -> Vec<&str> {
    let (figures, _) = page.split_once("<section class=\"panel\">").unwrap();
    let numbers = figures.split("<p class=\"number\">").skip(1);
    let mut numbers: Vec<&str> = numbers
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    let (_, remaining) = figures.split_once("còn lại <strong>").unwrap();
    numbers.push(remaining.split('<').next().unwrap());
    numbers
}

#[test]
fn the_nation_is_the_same_in_every_view() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for day in ["2025-06-29", "2024-06-30"] {
        let pages = ["as-reported", "63", "34"].map(|units| {
            let answer = get(&server.url(&format!("/?as_of={day}&units={units}")));
            assert_eq!(answer.status, 200);
            answer.text().to_owned()
        });
        let figures = pages.each_ref().map(|page| national_figures(page));
        assert!(figures[0].len() >= 5, "{:?}", figures[0]);
        assert_eq!(figures[0], figures[1], "{day}");
        assert_eq!(figures[0], figures[2], "{day}");
        let rows = pages
            .each_ref()
            .map(|page| page.matches("<th scope=\"row\">").count());
        assert_eq!(rows, [63, 63, 34], "{day}");
    }
}

#[test]
fn the_overview_travels_in_less_than_a_hundred_kilobytes() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let plain = get(&server.url("/"));
    let packed = get_with(&server.url("/"), &[("Accept-Encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.starts_with(b"\x1f\x8b"));
    assert!(packed.body.len() < 100_000, "{}", packed.body.len());
    assert!(
        packed.body.len() < plain.body.len() / 2,
        "{} of {}",
        packed.body.len(),
        plain.body.len()
    );
}

#[test]
fn what_is_not_there_or_cannot_be_read_is_said_in_both_languages() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let cases = [
        ("/provinces/p99", 404, "p99"),
        ("/provinces/hanoi", 404, "Not found: hanoi."),
        ("/provinces/%3Cscript%3E", 404, "&#60;script&#62;"),
        ("/charts/pie.svg", 404, "Not found: chart pie."),
        (
            "/charts/burn-up.gif",
            404,
            "Not found: chart in format gif.",
        ),
        (
            "/provinces/p49/charts/ranking.svg",
            404,
            "Not found: chart ranking.svg.",
        ),
        ("/files/999999", 404, "Not found: submission 999999."),
        ("/files/abc", 404, "Not found: /files/abc."),
        ("/nowhere", 404, "Không tìm thấy: /nowhere."),
        ("/static/..%2fCargo.toml", 404, "Not found: "),
        (
            "/?as_of=18/02/2025",
            400,
            "“18/02/2025” in parameter as_of cannot be read.",
        ),
        (
            "/?as_of=2025-02-30",
            400,
            "Không đọc được “2025-02-30” trong tham số as_of.",
        ),
        (
            "/?known_on=today",
            400,
            "“today” in parameter known_on cannot be read.",
        ),
        ("/?units=64", 400, "“64” in parameter units cannot be read."),
        (
            "/files?lang=fr",
            400,
            "“fr” in parameter lang cannot be read.",
        ),
        ("/?lang=en&lang=vi", 400, "parameter query cannot be read."),
    ];
    for (path, status, words) in cases {
        let answer = get(&server.url(path));
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert_eq!(
            answer.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert!(answer.text().contains(words), "{path}: {}", answer.text());
        assert!(
            answer.text().contains("<a href=\"/\">"),
            "{path}: a way back"
        );
        assert!(!answer.text().contains("<script"), "{path}");
        assert_secured(&answer);
    }
}

#[test]
fn dates_at_the_ends_of_time_are_answered() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for day in [
        "-262143-01-01",
        "0001-01-01",
        "9999-12-31",
        "%2B262142-12-31",
    ] {
        for path in [
            format!("/?as_of={day}"),
            format!("/?known_on={day}"),
            format!("/?as_of={day}&known_on={day}&units=34"),
        ] {
            assert_eq!(get(&server.url(&path)).status, 200, "{path}");
        }
    }
}

#[test]
fn every_chart_is_listed_and_given_in_every_form() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let page = get(&server.url("/charts?lang=en"));
    assert_eq!(page.status, 200);
    let charts = [
        "burn-up",
        "ranking",
        "tiles",
        "timeline",
        "multiples",
        "pace",
        "stage-gap",
        "throughput",
        "submissions",
        "meeting",
        "comparison",
        "field-rates",
        "ageing",
    ];
    for name in charts {
        for (ending, kind, start) in [
            ("svg", "image/svg+xml", &b"<svg"[..]),
            ("pdf", "application/pdf", &b"%PDF-"[..]),
            ("csv", "text/csv; charset=utf-8", "\u{feff}".as_bytes()),
        ] {
            let path = format!("/charts/{name}.{ending}?lang=en");
            assert!(page.text().contains(&path), "{path}");
            let file = get(&server.url(&path));
            assert_eq!(
                (file.status, file.header("content-type")),
                (200, kind),
                "{path}"
            );
            assert!(file.body.starts_with(start), "{path}");
        }
    }
}

#[test]
fn charts_and_files_are_given_as_what_they_are() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let svg = get(&server.url("/charts/burn-up.svg"));
    assert_eq!(
        (svg.status, svg.header("content-type")),
        (200, "image/svg+xml")
    );
    assert!(svg.text().starts_with("<svg"));
    assert_eq!(
        get(&server.url("/charts/burn-up.svg")).body,
        svg.body,
        "the same bytes each time"
    );
    let png = get(&server.url("/provinces/p49/charts/burn-up.png?lang=en"));
    assert_eq!((png.status, png.header("content-type")), (200, "image/png"));
    assert!(png.body.starts_with(b"\x89PNG\r\n\x1a\n"));
    let csv = get(&server.url("/charts/ranking.csv"));
    assert_eq!(
        (csv.status, csv.header("content-type")),
        (200, "text/csv; charset=utf-8")
    );
    assert!(csv.text().starts_with('\u{feff}') && csv.text().lines().count() == 64);
    let form = get(&server.url("/template?form=counts"));
    assert!(
        form.text().starts_with("\u{feff}Mã tỉnh,Tỉnh/Thành phố,"),
        "{}",
        form.text()
    );
    assert!(
        form.header("content-disposition")
            .starts_with("attachment; filename=")
    );

    let files = get(&server.url("/files"));
    let listed = files.text();
    let (_, first) = listed.split_once("href=\"/files/").unwrap();
    let (number, _) = first.split_once(['"', '?']).unwrap();
    let file = get(&server.url(&format!("/files/{number}")));
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "application/octet-stream")
    );
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=")
    );
    assert_secured(&file);
    let (ready, icon) = (
        get(&server.url("/health/ready")),
        get(&server.url("/static/icon.svg")),
    );
    assert_eq!((ready.status, ready.text()), (200, "ready\n"));
    assert_eq!(
        (icon.status, icon.header("content-type")),
        (200, "image/svg+xml")
    );
}

#[test]
fn pages_over_an_empty_database_say_that_nobody_has_reported() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    for (path, words) in [
        ("/?lang=en", "No report yet"),
        ("/?lang=en&units=34", "No report yet"),
        ("/provinces/q01?lang=en&units=34", "Never reported"),
        ("/files?lang=en", "No file yet."),
        (
            "/published?lang=en",
            "No published figure has been loaded yet.",
        ),
        ("/upload?lang=en", "Upload a file"),
    ] {
        let answer = get(&server.url(path));
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains(words), "{path}: {}", answer.text());
        assert!(
            !answer.text().contains("SYNTHETIC") && !answer.text().contains("1970"),
            "{path}"
        );
    }
    assert_eq!(get(&server.url("/charts/ranking.png?units=34")).status, 200);
}

#[test]
fn a_page_that_is_only_read_cannot_be_written() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    for path in ["/", "/published", "/files", "/static/style.css"] {
        let answer = post_form(&server.url(path), &[]);
        assert_eq!(answer.status, 405, "{path}");
    }
    assert_eq!(get(&server.url("/upload/commit")).status, 405);
}

#[test]
fn a_province_that_reports_by_commune_shows_how_many_are_done() {
    let desk = Desk::new();
    let header = "Mã tỉnh,Đơn vị,Ngày chốt số liệu,Tổng số cần số hóa,Đã chuyển vào CSDL\n";
    let rows = [("Xã A", 995), ("Xã B", 994), ("Xã C", 99)];
    let rows = rows.map(|(name, done)| format!("24,{name},23/02/2025,1000,{done}\n"));
    let path = desk.write("communes.csv", format!("{header}{}", rows.concat()));
    desk.load(&path).ended(0).says("1 of 1 files recorded\n");
    desk.record("other.csv", &["40,23/02/2025,Khai sinh,800,600,400,400,"]);
    let server = Server::start(&desk.database);
    let page = |unit| get(&server.url(&format!("/provinces/{unit}?lang=en&as_of=2025-02-23")));
    let words = "<strong>1 of 3 sub-units done (99.5 % and more), 1 under 10 %</strong>";
    page("p24").says(200, words);
    let without = page("p40").says(200, "Nghe An");
    assert!(!without.text().contains("sub-units"), "{}", without.text());
}
