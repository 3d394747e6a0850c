//! The upload page in a real browser: the progress and the result of each file, by keyboard, and without any script.

use crate::browser::Browser;
use crate::desk::{Desk, SOUND, counts, entries};
use crate::program::Server;

/// The keys in `WebDriver` (section "Keyboard actions").
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// A sound file and one with a wrong code, by path, as a file field takes several.
fn two_files(desk: &Desk) -> String {
    let good = desk.write("tốt.csv", counts(&[SOUND]));
    let wrong = "99,23/02/2025,Kết hôn,1000,600,500,500,";
    let bad = desk.write("xấu.csv", counts(&[wrong]));
    format!("{bad}\n{good}")
}

#[test]
fn every_file_has_its_progress_and_its_result_and_a_commit_leaves_the_others() {
    let Some(browser) = Browser::open(1280) else {
        return;
    };
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    browser.go(&server.url("/upload?lang=en"));
    browser.type_into("#file", &two_files(&desk));
    browser.click("form.upload button");
    browser.shows("form.upload [role=status]", "Files checked: 2/2");
    browser.shows(".progress li:nth-child(1)", "REJECTED");
    browser.shows(".progress li:nth-child(2)", "ACCEPTED");
    let full = "[...document.querySelectorAll('.progress progress')].every(bar => bar.value === 1)";
    assert_eq!(browser.value_of(full), true);
    assert_eq!(browser.text("#result-1 h2"), "REJECTED");
    assert_eq!(browser.text("#result-2 h2"), "ACCEPTED");
    let focused = "document.activeElement.closest('section').id";
    assert_eq!(browser.value_of(focused), "result-1");

    browser.click("#result-2 form.commit button");
    browser.shows("#result-2 .message", "Recorded as number 1");
    assert_eq!(browser.value_of(focused), "result-2");
    assert_eq!(browser.text("#result-1 h2"), "REJECTED");
    let names = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(one => one.id))";
    assert_eq!(browser.value_of(names), 0, "no name is given twice");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
    assert_eq!(entries(&desk.database), 1);
}

#[test]
fn an_upload_needs_no_mouse() {
    let Some(browser) = Browser::open(1280) else {
        return;
    };
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    browser.go(&server.url("/upload?lang=en"));
    browser.type_into("#file", &desk.write("a.csv", counts(&[SOUND])));
    browser.value_of("document.getElementById('file').focus()");
    browser.press(TAB);
    browser.press(ENTER);
    browser.shows("#result-1 h2", "ACCEPTED");
    browser.shows("form.upload [role=status]", "1/1");
    // From the heading over the three receipts and the list of changes to the button.
    for _ in 0..5 {
        browser.press(TAB);
    }
    let words = "document.activeElement.textContent";
    assert_eq!(browser.value_of(words), "Commit exactly this");
    browser.press(ENTER);
    browser.shows("#result-1 .message", "Recorded as number 1");
    assert_eq!(entries(&desk.database), 1);
}

#[test]
fn an_upload_needs_no_script() {
    let Some(browser) = Browser::open(360) else {
        return;
    };
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    browser.without_script();
    browser.go(&server.url("/upload?lang=en"));
    browser.type_into("#file", &two_files(&desk));
    browser.click("form.upload button");
    browser.shows("#result-1 h2", "REJECTED");
    browser.shows("#result-2 h2", "ACCEPTED");
    browser.click("#result-2 form.commit button");
    browser.shows("#result-1 .message", "Recorded as number 1");
    assert_eq!(entries(&desk.database), 1);
}

#[test]
fn a_server_that_is_gone_is_said_beside_the_file() {
    let Some(browser) = Browser::open(1280) else {
        return;
    };
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    browser.go(&server.url("/upload?lang=en"));
    browser.type_into("#file", &two_files(&desk));
    drop(server);
    browser.click("form.upload button");
    browser.shows("form.upload [role=status]", "Files checked: 0/2");
    browser.shows(
        ".progress li:nth-child(2)",
        "No answer came; please try again.",
    );
}
