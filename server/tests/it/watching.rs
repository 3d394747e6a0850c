//! A watched folder: nothing dropped into it is lost or loaded twice, whenever the program ends.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::desk::{Desk, SOUND, counts, entries};
use crate::program::sohoa;

fn watch(desk: &Desk, inbox: &str) -> Child {
    let arguments = ["load", "--watch", inbox, "--database", &desk.database];
    sohoa()
        .args(arguments)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn names(folder: &str) -> Vec<String> {
    let Ok(entries) = Path::new(folder).read_dir() else {
        return Vec::new();
    };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Waits until as many files are in a folder; a minute is far longer than it takes.
#[track_caller]
fn wait_for(folder: &str, files: usize) -> Vec<String> {
    for _ in 0..600 {
        if names(folder).len() >= files {
            return names(folder);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{folder}: {:?}", names(folder));
}

fn tell_to_stop(mut child: Child) -> Option<i32> {
    let told = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(told.unwrap().success());
    child.wait().unwrap().code()
}

#[test]
fn dropped_files_go_to_done_or_with_a_receipt_to_refused() {
    let desk = Desk::new();
    let inbox = PathBuf::from(desk.write("inbox/tuần 8.csv", counts(&[SOUND])));
    let inbox = inbox.parent().unwrap().to_str().unwrap().to_owned();
    desk.write(
        "inbox/sai.csv",
        counts(&["24,hôm qua,Kết hôn,1000,600,500,500,"]),
    );
    desk.write("inbox/.đang gửi.csv", counts(&[SOUND]));
    let child = watch(&desk, &inbox);
    assert_eq!(wait_for(&format!("{inbox}/done"), 1), ["1-tuần 8.csv"]);
    let refused = wait_for(&format!("{inbox}/refused"), 2);
    assert!(
        refused[0].ends_with("-sai.csv") && refused[1].ends_with("-sai.csv.txt"),
        "{refused:?}"
    );
    let receipt = std::fs::read_to_string(format!("{inbox}/refused/{}", refused[1])).unwrap();
    assert!(
        receipt.contains("BỊ TỪ CHỐI") && receipt.contains("REJECTED"),
        "{receipt}"
    );
    assert_eq!(tell_to_stop(child), Some(0));
    assert_eq!(
        names(&inbox),
        [".đang gửi.csv", "done", "refused", "taking"]
    );
    assert_eq!(names(&format!("{inbox}/taking")), [""; 0]);
}

#[test]
fn a_file_is_loaded_once_though_the_program_is_killed_again_and_again() {
    let desk = Desk::new();
    let mut inbox = String::new();
    for number in 1..=20 {
        let day = format!("24,{number:02}/02/2025,Kết hôn,1000,6{number:02},5{number:02},,");
        let path = PathBuf::from(desk.write(&format!("inbox/{number:02}.csv"), counts(&[&day])));
        path.parent()
            .unwrap()
            .to_str()
            .unwrap()
            .clone_into(&mut inbox);
    }
    // Killed once when the first files are done, wherever it is with the next one.
    let mut child = watch(&desk, &inbox);
    wait_for(&format!("{inbox}/done"), 3);
    child.kill().unwrap();
    child.wait().unwrap();
    // As if it had been killed between the record and the rename.
    let done = format!("{inbox}/done");
    let first = names(&done)
        .into_iter()
        .find(|name| name.starts_with("1-"))
        .unwrap();
    let taking = format!("{inbox}/taking/{}", first.trim_start_matches("1-"));
    std::fs::rename(format!("{done}/{first}"), taking).unwrap();
    let child = watch(&desk, &inbox);
    assert_eq!(wait_for(&done, 20).len(), 20);
    assert_eq!(tell_to_stop(child), Some(0));
    assert_eq!(entries(&desk.database), 20, "nothing is lost or doubled");
}
