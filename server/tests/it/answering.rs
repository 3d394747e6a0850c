//! Questions about a file: answered one by one, offered again while the answer holds, seen by the ministry; and two who send
//! the same week.

use store::testing::ADMINISTRATOR;

use crate::desk::{Desk, SOUND, counts, entries, order};
use crate::http::{Answer, Upload, get, post_form};
use crate::program::Server;

/// What stands between two texts.
#[track_caller]
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}: {page}"));
    rest.split_once(after).unwrap().0
}

fn preview(server: &Server, name: &str, rows: &[&str]) -> Answer {
    Upload::of(name, counts(rows)).post(&server.url("/upload?lang=en"))
}

/// Clicks the button under a preview, with other fields than the hidden ones.
fn commit(server: &Server, preview: &Answer, more: &[(&str, &str)]) -> Answer {
    let hidden = ["sha256", "preview", "basis"].map(|name| {
        let value = between(preview.text(), &format!("name=\"{name}\" value=\""), "\"");
        (name, value)
    });
    post_form(
        &server.url("/upload/commit?lang=en"),
        &[&hidden[..], more].concat(),
    )
}

/// The name of the only question of a preview.
fn question(preview: &Answer) -> String {
    format!("answer.{}", between(preview.text(), "name=\"answer.", "\""))
}

const FALLEN: &str = "24,02/03/2025,Kết hôn,1000,550,500,500,";

#[test]
fn each_query_needs_its_answer_which_the_ministry_sees_and_which_is_offered_again() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let page = preview(&server, "tuần 9.csv", &[FALLEN]).says(200, "EXPLANATION NEEDED");
    let open = get(&server.url("/questions?lang=en"));
    open.says(200, "<h2>Open (1)</h2>").says(200, "tuần 9.csv");
    commit(&server, &page, &[]).says(200, "<h2>EXPLANATION NEEDED</h2>");
    assert_eq!(
        entries(&desk.database),
        1,
        "an unexplained query is not committed"
    );
    let name = question(&page);
    commit(&server, &page, &[(&name, "sổ bị đếm hai lần")]).says(200, "Recorded as number 2");

    let seen = get(&server.url("/questions?lang=en&unit=p24"));
    let seen = seen
        .says(200, "<h2>Open (0)</h2>")
        .says(200, "<h2>Answered (1)</h2>");
    let seen = seen
        .says(200, "sổ bị đếm hai lần")
        .says(200, "<strong>Marriage · Entered</strong>");
    seen.says(200, ADMINISTRATOR);
    get(&server.url("/questions?lang=en&unit=p04")).says(200, "<h2>Answered (0)</h2>");

    let next = preview(
        &server,
        "tuần 10.csv",
        &["24,09/03/2025,Kết hôn,1000,540,500,500,"],
    );
    assert_eq!(question(&next), name, "the same question keeps its name");
    let next = next.says(200, ">sổ bị đếm hai lần</textarea>");
    let offered = (&*name.replace("answer", "offered"), "sổ bị đếm hai lần");
    let confirm = name.replace("answer", "confirm");
    let answer = (&*name, "sổ bị đếm hai lần");
    commit(&server, &next, &[answer, offered]).says(200, "<h2>EXPLANATION NEEDED</h2>");
    let confirmed = commit(&server, &next, &[answer, offered, (&confirm, "1")]);
    confirmed.says(200, "Recorded as number 3");

    let late = preview(
        &server,
        "tuần 20.csv",
        &["24,18/05/2025,Kết hôn,1000,530,500,500,"],
    );
    assert!(
        !late.text().contains("sổ bị đếm"),
        "it does not hold for longer than eight weeks"
    );
}

#[test]
fn an_explained_standstill_is_not_asked_about_again_until_its_answer_expires() {
    let desk = Desk::new();
    let week = |day: &str| format!("24,{day},Kết hôn,1000,600,500,500,");
    for (name, day) in [("1.csv", "05/01/2025"), ("2.csv", "12/01/2025")] {
        desk.record(name, &[&week(day)]);
    }
    let third = desk.write("3.csv", counts(&[&week("19/01/2025")]));
    let asked = desk.load(&third).ended(4).says("Questions:\n");
    let id = between(&asked.stdout, "Questions:\n  ", "  ").to_owned();
    let answers = desk.write(
        "answers.csv",
        format!("question,answer\n{id},máy quét hỏng\n"),
    );
    let said = desk.order("load --lang en", &[&third, "--answers", &answers]);
    said.ended(0).says("1 of 1 files recorded\n");

    desk.record("4.csv", &[&week("26/01/2025")]);
    desk.record("10.csv", &[&week("16/03/2025")]);
    let late = desk.write("11.csv", counts(&[&week("23/03/2025")]));
    desk.load(&late).ended(4).says(&id);
    let wrong = desk.write("wrong.csv", "question,answer\nlowered,vì sao\n");
    let said = desk.order("load --lang en", &[&late, "--answers", &wrong]);
    said.refused(2, "line 2");
    order("verify --database", &[&desk.database]).ended(0);
}

#[test]
fn of_two_who_commit_one_week_at_once_one_is_told_what_moved() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let server = Server::start(&desk.database);
    let mine = preview(
        &server,
        "mine.csv",
        &["24,02/03/2025,Kết hôn,1000,650,510,490,"],
    );
    let theirs = preview(
        &server,
        "theirs.csv",
        &["24,02/03/2025,Kết hôn,1000,660,520,480,"],
    );
    let mine = mine.says(
        200,
        "<td>Bac Giang</td><td class=\"n\">50.0%</td><td class=\"n\">51.0%</td>",
    );
    let mine = mine.says(200, "<td>The nation</td>");
    let told = std::thread::scope(|scope| {
        let both = [&mine, &theirs];
        let threads = both.map(|page| scope.spawn(|| commit(&server, page, &[])));
        threads.map(|thread| thread.join().unwrap())
    });
    let (won, lost): (Vec<_>, Vec<_>) = told
        .iter()
        .partition(|page| page.text().contains("Recorded as number 2"));
    assert_eq!((won.len(), lost.len()), (1, 1));
    let words = "The figures have changed since the preview";
    assert!(lost[0].text().contains(words), "{}", lost[0].text());
    let moved = between(lost[0].text(), "<ul><li>", "</li></ul>");
    assert!(moved.starts_with("file number 2 “"), "{moved}");
    let by = format!("was recorded by {ADMINISTRATOR} on ");
    assert!(moved.contains(&by), "{moved}");
    assert!(
        moved.contains("2 Mar 2025 · Transferred to the national database · Marriage"),
        "{moved}"
    );
    assert_eq!(entries(&desk.database), 2);
}

#[test]
fn a_file_is_taken_back_and_restored_from_its_page_and_the_history_of_a_figure_shows_it() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    desk.record("b.csv", &["24,23/02/2025,Kết hôn,1000,700,600,400,"]);
    let server = Server::start(&desk.database);
    let history = || get(&server.url("/provinces/p24/cells?lang=en&as_of=2025-02-23"));
    let states = |page: &Answer| {
        let rows = page.text().split("<td class=\"n\">").skip(1);
        let row = |row: &str| {
            (
                row.split('<').next().unwrap().to_owned(),
                between(row, "<span class=\"mark ", "\"").to_owned(),
            )
        };
        rows.map(row).collect::<Vec<_>>()
    };
    let named = |states: &[(&str, &str)]| {
        states
            .iter()
            .map(|(value, mark)| ((*value).to_owned(), (*mark).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        states(&history()),
        named(&[("600", "good"), ("500", "plain")])
    );
    let turn = |deed: &str, reason: &str| {
        let url = server.url(&format!("/files/2/{deed}?lang=en"));
        post_form(&url, &[("reason", reason)])
    };
    assert_eq!(turn("withdraw", " ").status, 400, "a reason is needed");
    assert_eq!(turn("withdraw", "nhầm tuần").status, 303);
    let page = history().says(200, &format!("{ADMINISTRATOR} · nhầm tuần"));
    assert_eq!(states(&page), named(&[("600", "bad"), ("500", "good")]));
    assert_eq!(turn("restore", "đúng tuần").status, 303);
    assert_eq!(
        states(&history()),
        named(&[("600", "good"), ("500", "plain")])
    );
    assert_eq!(turn("burn", "x").status, 404);
    let province = get(&server.url("/provinces/p24?lang=en"));
    province.says(
        200,
        "/provinces/p24/cells?lang=en&#38;as_of=2025-02-23&#38;stage=transferred",
    );
}
