//! Difficulties on their page: reported beside counts, taken up and resolved.

use store::testing::ADMINISTRATOR;

use crate::desk::{Desk, entries};
use crate::http::{get, post_form};
use crate::program::Server;

/// A counts file of Bắc Giang that tells of a difficulty.
fn report(day: &str, entered: u32) -> String {
    format!(
        "Mã tỉnh,Ngày chốt số liệu,Loại việc,Tổng số cần số hóa,Đã nhập,Đã chuyển vào CSDL,\"Khó khăn, vướng mắc\"\n\
         24,{day},Kết hôn,4000,{entered},500,Thiếu máy quét\n"
    )
}

/// The address under which the only difficulty of a page is moved.
fn address(page: &str) -> String {
    let (_, after) = page.split_once("action=\"/difficulties/").unwrap();
    let (identity, _) = after.split_once(['?', '"']).unwrap();
    format!("/difficulties/{identity}?lang=en")
}

#[test]
fn a_difficulty_is_taken_up_and_resolved_and_every_step_is_shown() {
    let desk = Desk::new();
    desk.load(&desk.write("mot.csv", report("03/01/2025", 600)))
        .ended(0);
    let server = Server::start(&desk.database);
    let page = get(&server.url("/difficulties?lang=en")).says(200, "Thiếu máy quét");
    let place = address(page.text());
    let move_to = |state: &str, note: &str| {
        let fields = [("state", state), ("owner", "ministry"), ("note", note)];
        assert_eq!(post_form(&server.url(&place), &fields).status, 303);
    };
    move_to("working", "Bộ cấp thêm máy");
    let page = get(&server.url("/difficulties?lang=en")).says(200, "Being worked on (1)");
    let words = format!("{ADMINISTRATOR}: Being worked on (Ministry) – Bộ cấp thêm máy");
    page.says(200, &words);
    move_to("resolved", "Đã nhận máy");
    get(&server.url("/difficulties?lang=en")).says(200, "Resolved (1)");
}

#[test]
fn a_move_without_words_or_about_nothing_is_refused() {
    let desk = Desk::new();
    desk.load(&desk.write("mot.csv", report("03/01/2025", 600)))
        .ended(0);
    let server = Server::start(&desk.database);
    let page = get(&server.url("/difficulties?lang=en"));
    let place = address(page.text());
    let before = entries(&desk.database);
    let with = |state: &str, owner: &str, note: &str| {
        let fields = [("state", state), ("owner", owner), ("note", note)];
        post_form(&server.url(&place), &fields).status
    };
    assert_eq!(with("working", "ministry", "  "), 400);
    assert_eq!(with("working", "ministry", &"a".repeat(501)), 400);
    assert_eq!(with("working", "ministry", "so\u{0}"), 400);
    assert_eq!(with("gone", "ministry", "so"), 400);
    assert_eq!(with("working", "nobody", "so"), 400);
    let fields = [("state", "working"), ("owner", "ministry"), ("note", "so")];
    assert_eq!(
        post_form(&server.url("/difficulties/abc"), &fields).status,
        404
    );
    assert_eq!(entries(&desk.database), before);
}
