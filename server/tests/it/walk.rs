//! A person's walk through the demo in a real browser: overview → province → upload of a bad and a good file. No page may
//! write an error to its console, at any width, in either language.

use std::path::Path;

use crate::browser::Browser;
use crate::program::{Server, demo_copy, run};

/// The widths of a telephone, a laptop and a projector.
const WIDTHS: [u32; 3] = [360, 1280, 1920];

fn no_errors(browser: &Browser, place: &str) {
    let errors = browser.console_errors();
    assert!(errors.is_empty(), "{place}: {errors:?}");
}

/// A filled form of Hưng Yên for a day after the demo's last week.
fn write_forms(folder: &Path) -> (String, String) {
    let said = run(&[
        "template",
        "counts",
        "--province",
        "33",
        "--as-of",
        "2026-07-03",
    ]);
    assert_eq!(said.status, 0, "{}", said.stderr);
    let header =
        "Mã tỉnh;Tỉnh/Thành phố;Ngày chốt số liệu;Tổng số cần số hóa;Đã nhập;Đã chuyển vào CSDL\n";
    let good = format!("{header}33;Hưng Yên;03/07/2026;3.700.000;3.600.000;3.500.000\n");
    let bad = format!(
        "{header}33;Hưng Yên;03/07/2026;3.700.000;3.600.000;9.999.999\n99;Nơi Khác;hôm qua;-5;1,5;x\n"
    );
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("tốt.csv"), good).unwrap();
    std::fs::write(path("xấu.csv"), bad).unwrap();
    (path("tốt.csv"), path("xấu.csv"))
}

#[test]
fn from_the_overview_to_a_province_to_an_upload() {
    let Some(browser) = Browser::open(1280) else {
        return;
    };
    let (folder, database) = demo_copy();
    let server = Server::start(&database);
    let (good, bad) = write_forms(folder.path());

    browser.go(&server.url("/"));
    assert!(
        browser.text("h1").contains("toàn quốc"),
        "{}",
        browser.text("h1")
    );
    assert!(browser.text(".synthetic").contains("MÔ PHỎNG"));
    let drawn = browser.value_of("document.querySelector('figure img').naturalWidth");
    assert!(
        drawn.as_u64().unwrap() >= 640,
        "the chart is drawn: {drawn}"
    );
    no_errors(&browser, "overview");

    browser.follow("tbody th a");
    assert!(browser.url().contains("/provinces/p"), "{}", browser.url());
    assert!(browser.text("#files h2").contains("Tệp"));
    no_errors(&browser, "province");

    browser.go(&server.url("/upload"));
    browser.type_into("#file", &bad);
    browser.click("form[enctype] button");
    browser.shows(".message h2", "BỊ TỪ CHỐI");
    assert!(
        browser.text("main").contains("hôm qua"),
        "{}",
        browser.text("main")
    );
    let commits = browser.value_of("document.querySelectorAll('form.commit').length");
    assert_eq!(commits, 0, "a rejected file cannot be committed");
    no_errors(&browser, "bad file");

    browser.go(&server.url("/upload"));
    browser.type_into("#file", &good);
    browser.click("form[enctype] button");
    browser.shows(".message h2", "ĐẠT");
    browser.click("form.commit button");
    browser.shows(".message", "Đã ghi nhận");
    no_errors(&browser, "commit");

    browser.go(&server.url("/provinces/q33?units=34&as_of=2026-07-03"));
    assert!(
        browser.text("main").contains("3.500.000"),
        "the committed figure is shown"
    );
    no_errors(&browser, "province after the commit");
}

#[test]
fn every_page_fits_its_window_and_keeps_its_console_clean() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for width in WIDTHS {
        let Some(browser) = Browser::open(width) else {
            return;
        };
        browser.set_width(width);
        for path in [
            "/",
            "/provinces/p45",
            "/upload",
            "/packs",
            "/late",
            "/contacts",
            "/webhooks",
            "/deliveries",
            "/forecast",
            "/forecast/scorecard",
            "/forecast/changes",
            "/files",
            "/published",
        ] {
            for language in ["vi", "en"] {
                let place = format!("{path}?lang={language}");
                browser.go(&server.url(&place));
                let excess =
                    browser.value_of("document.documentElement.scrollWidth - window.innerWidth");
                assert!(
                    excess.as_i64().unwrap() <= 0,
                    "{place} at {width}: {excess} px too wide"
                );
                let seen = browser.value_of("window.innerWidth");
                assert_eq!(seen, width, "the window has the width asked for");
                no_errors(&browser, &format!("{place} at {width}"));
            }
        }
    }
}
