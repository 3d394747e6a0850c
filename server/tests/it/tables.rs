//! Long tables in a real browser: sorted, filtered and reachable by keyboard.

use serde_json::json;

use crate::browser::Browser;
use crate::program::{Server, demo_copy};

/// The words of a column of the last table, from the top, of rows that are shown.
fn column(number: usize) -> String {
    format!(
        "[...[...document.querySelectorAll('.scroll table')].at(-1).tBodies[0].rows]\
         .filter(row => !row.hidden).map(row => row.cells[{number}].innerText.trim())"
    )
}

#[test]
fn a_long_table_is_sorted_by_number_in_both_languages_with_the_unknown_last() {
    let Some(browser) = Browser::open(1280) else {
        return;
    };
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    for (lang, group) in [("vi", "."), ("en", ",")] {
        browser.go(&server.url(&format!("/?lang={lang}")));
        for (click, sign) in [("ascending", 1), ("descending", -1)] {
            browser.click("thead th:nth-child(3) .sort");
            let said = "document.querySelector('thead th:nth-child(3)').getAttribute('aria-sort')";
            assert_eq!(browser.value_of(said), click);
            let totals: Vec<i64> = browser
                .value_of(&column(2))
                .as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap().replace(group, "").parse().unwrap())
                .collect();
            assert_eq!(totals.len(), 63);
            assert!(totals.is_sorted_by_key(|total| sign * total), "{totals:?}");
        }
    }
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn a_table_is_filtered_by_words_without_their_marks() {
    let Some(browser) = Browser::open(1280) else {
        return;
    };
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    browser.go(&server.url("/"));
    browser.type_into(".tools input", "dak");
    assert_eq!(browser.value_of(&column(0)), json!(["Đắk Lắk", "Đắk Nông"]));
    browser.shows(".tools [role=status]", "2 / 63 dòng");
}

#[test]
fn a_table_that_is_wider_than_a_telephone_can_be_scrolled_with_the_keyboard() {
    let Some(browser) = Browser::open(600) else {
        return;
    };
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    browser.set_width(360);
    browser.go(&server.url("/"));
    let regions = "[...document.querySelectorAll('.scroll')].filter(region => region.scrollWidth > region.clientWidth)";
    assert_ne!(browser.value_of(&format!("{regions}.length")), 0);
    let reached = format!(
        "{regions}.every(region => region.tabIndex === 0 && region.getAttribute('aria-label') !== '')"
    );
    assert_eq!(browser.value_of(&reached), true);
}
