//! Reconciliation through the front door: counts come in and are shown, people never do.

use crate::desk::{Desk, entries, order};
use crate::http::{Upload, get};
use crate::program::{Server, demo_copy};

const DOCUMENTS: &str =
    include_str!("../../../data/fixtures/reconciliation/accepted-documents.json");

/// A name and a number that are in no file of ours.
const CANARIES: [&str; 2] = ["Nguyễn Thị Hoàng Yến", "001085012345"];

#[test]
fn planted_personal_data_are_nowhere_in_the_database() {
    let desk = Desk::new();
    let server = Server::start(&desk.database);
    let [name, number] = CANARIES;
    let planted = [
        DOCUMENTS.replacen("\"v\": 1", &format!("\"v\": 1, \"{name}\": 1"), 1),
        DOCUMENTS.replacen("reconcile 0.3", name, 1),
        DOCUMENTS.replacen("10420", number, 1),
        format!("{{\"note\": \"{name} {number}\"}}"),
        format!("Khóa,Giá trị,STT\n{name},{number},1\n"),
        format!("pointer,status,hotich_name,dancu_name\ns1,found,{name},{number}\n"),
    ];
    for text in planted {
        let page = Upload::of("doi-chieu.json", &text).post(&server.url("/upload?lang=en"));
        page.says(200, "<h2>REJECTED</h2>");
        let path = desk.write("planted.json", &text);
        desk.load(&path).ended(3);
    }
    Upload::of(&format!("{name} {number}.json"), DOCUMENTS)
        .post(&server.url("/upload?lang=en"))
        .says(200, "<h2>REJECTED</h2>");
    assert_eq!(entries(&desk.database), 0);
    let folder = std::path::Path::new(&desk.database).parent().unwrap();
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let database = files.filter(|file| file.to_string_lossy().contains(".sqlite"));
    for file in database {
        let bytes = std::fs::read(&file).unwrap();
        for canary in CANARIES {
            let found = bytes
                .windows(canary.len())
                .any(|part| part == canary.as_bytes());
            assert!(!found, "{canary} in {}", file.display());
        }
    }
}

#[test]
fn the_pages_tell_the_demonstration_in_both_languages() {
    let (_folder, database) = demo_copy();
    let server = Server::start(&database);
    let page = get(&server.url("/reconciliation?lang=en"));
    let page = page.says(200, "Break in the series: another rule set");
    let page = page.says(200, "Rule set C06-1050");
    let page = page.says(200, "whose move it is");
    page.says(200, "→");
    let page = get(&server.url("/reconciliation/p66"));
    page.says(200, "Sai lệch còn mở: đến lượt ai");
    let births = get(&server.url("/reconciliation/p66?lang=en&type=birth"));
    let births = births.says(200, "/reconciliation/p66?type=birth&#38;lang=en");
    births.says(200, "<option value=\"birth\" selected>");
    let all = get(&server.url("/reconciliation?lang=en"));
    all.says(200, "Same under rule set");
    let none = get(&server.url("/reconciliation?lang=en&type=death&period=1883-1884"));
    none.says(200, "No batch passes the filter.");
    get(&server.url("/reconciliation?type=deth")).says(400, "deth");
    get(&server.url("/reconciliation?period=99")).says(400, "99");
    get(&server.url("/reconciliation/p00")).says(404, "p00");
    let past = get(&server.url("/reconciliation?known_on=2024-07-01"));
    past.says(200, "Chưa có đợt đối chiếu nào.");
}

#[test]
fn a_sample_is_the_same_for_everybody_and_only_of_the_frozen_list() {
    let desk = Desk::new();
    let pointers: String = (1..=500)
        .map(|entry| format!("KS.1985.01/{entry}\n"))
        .collect();
    let list = desk.write("pointers.txt", &pointers);
    order("audit plan --lot 500 --acceptable 5 --limiting 20", &[]).says("n 224\nc 2\n");
    let seed = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let asked = format!("audit sample --seed {seed} --size 3 --list");
    let mine = order(&asked, &[&list]).ended(0).stdout;
    assert_eq!(mine.lines().count(), 3, "{mine}");
    assert_eq!(order(&asked, &[&list]).ended(0).stdout, mine);
    let other = format!("audit sample --lang en --seed {seed} --size 3 --frozen {seed} --list");
    order(&other, &[&list]).refused(2, "not the frozen one");
}
