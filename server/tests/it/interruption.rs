//! What happens when it cannot go on: a full disk, a killed process, a database that is none. What was recorded stays
//! recorded, nothing is recorded by half, and the next try goes on from there.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use chrono::{Days, NaiveDate};
use store::domain::Reference;

use crate::desk::{Desk, SOUND, counts, entries, forecast, order, unit};
use crate::program::{Said, sohoa};

/// Writes a file for each of the 63 provinces and each of some weeks; gives the folder and the files in order.
fn write_weeks(desk: &Desk, weeks: u64) -> (String, Vec<PathBuf>) {
    let first: NaiveDate = "2024-01-07".parse().unwrap();
    for week in 0..weeks {
        let day = first + Days::new(7 * week);
        for unit in Reference::embedded().units.existing_on(day) {
            let code = unit.code_on(day).unwrap();
            let (entered, transferred) = (600 + week, 500 + week);
            let row = format!("{code},{day},Kết hôn,50{code},{entered},{transferred},,");
            desk.write(&format!("weeks/{day}-{code}.csv"), counts(&[&row]));
        }
    }
    let folder = desk.path("weeks");
    let files = fs::read_dir(&folder).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    (folder, files)
}

/// Runs the program where no file may grow beyond a number of blocks of 512 bytes, as on a disk that is full.
fn order_on_a_full_disk(blocks: u32, line: &str, more: &[&str]) -> Said {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_sohoa")]);
    command
        .args(line.split_whitespace())
        .args(more)
        .env_remove("DATABASE_URL");
    command.output().unwrap().into()
}

#[test]
fn a_full_disk_stops_a_load_and_harms_nothing() {
    let desk = Desk::new();
    let (folder, files) = write_weeks(&desk, 4);
    desk.record("first.csv", &["24,31/12/2023,Kết hôn,5024,600,500,4524,"]);
    let more = [folder.as_str(), "--database", &desk.database];
    let said = order_on_a_full_disk(600, "load --lang en", &more);
    assert_eq!(said.status, 5, "{}{}", said.stdout, said.stderr);
    let recorded = said.stdout.matches(": recorded as number ").count();
    assert!(
        (1..files.len()).contains(&recorded),
        "{recorded} of {}",
        files.len()
    );
    let stopped = files[recorded].display();
    let place = format!("error: loading stopped at {stopped}: database unavailable: ");
    assert!(said.stderr.starts_with(&place), "{}", said.stderr);
    said.says(&format!("\n{recorded} files recorded before the stop\n"));
    assert_eq!(entries(&desk.database), 1 + recorded);

    let sum = format!(
        "\n{} of {} files recorded\n",
        files.len() - recorded,
        files.len()
    );
    desk.load(&folder).ended(0).says(&sum);
    assert_eq!(entries(&desk.database), 1 + files.len());
}

#[test]
fn a_killed_load_leaves_whole_files_and_the_next_one_completes_it() {
    let desk = Desk::new();
    let (folder, files) = write_weeks(&desk, 12);
    let mut load = sohoa();
    load.args(["load", &folder, "--database", &desk.database])
        .stdout(Stdio::null());
    let mut child = load.spawn().unwrap();
    // The write-ahead log grows with the first files; hundreds more are still to come then.
    let log = desk.path("test.sqlite-wal");
    while fs::metadata(&log).map_or(0, |facts| facts.len()) < 1_000_000 {
        assert_eq!(child.try_wait().unwrap(), None, "it was still loading");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = entries(&desk.database);
    assert!(
        (1..files.len()).contains(&before),
        "{before} of {}",
        files.len()
    );

    let sum = format!(
        "\n{} of {} files recorded\n",
        files.len() - before,
        files.len()
    );
    let said = desk.load(&folder).ended(0).says(&sum);
    assert_eq!(
        said.stdout.matches("already recorded as number").count(),
        before
    );
    assert_eq!(
        entries(&desk.database),
        files.len(),
        "every file exactly once"
    );
    let last = forecast(&desk.database, "");
    assert_eq!(last["week"], "2024-W12");
    assert_eq!(last["national"]["reporting"], 63);
    assert_eq!(last["national"]["done"], 63 * (500 + 11));
    assert_eq!(unit(&last, "p24")["missing_weeks"], 0);
}

#[test]
fn what_is_no_database_is_unavailable() {
    let desk = Desk::new();
    let text = "not a database, but long enough to look like one\n".repeat(100);
    let garbage = desk.write("garbage.sqlite", &text);
    fs::create_dir(desk.path("folder")).unwrap();
    for (address, reason) in [
        (garbage.clone(), "file is not a database"),
        (desk.path("folder"), "there is no such database"),
        (
            desk.path("nowhere/test.sqlite"),
            "there is no such database",
        ),
    ] {
        let message = format!("error: database unavailable: {address}: {reason}");
        for command in ["verify --lang en", "forecast --lang en"] {
            order(command, &["--database", &address]).refused(5, &message);
        }
    }
    let file = desk.write("a.csv", counts(&[SOUND]));
    order("load --lang en", &[&file, "--database", &garbage]).refused(5, "file is not a database");
    assert_eq!(
        fs::read_to_string(&garbage).unwrap(),
        text,
        "it is left as it was"
    );
    let nobody = "postgres://nobody@127.0.0.1:1/nothing";
    order("load --lang en", &[&file, "--database", nobody])
        .refused(5, "error: database unavailable: ");
}

#[test]
fn a_mistyped_database_is_not_made_by_reading() {
    let desk = Desk::new();
    let file = desk.write("a.csv", counts(&[SOUND]));
    let chart = desk.path("a.svg");
    let reason = format!(
        "unavailable: {}: there is no such database\n",
        desk.database
    );
    let orders: [(&str, &[&str]); 6] = [
        ("check --lang en", &[&file]),
        ("verify --lang en", &[]),
        ("forecast --lang en", &[]),
        ("chart ranking --lang en --out", &[&chart]),
        ("withdraw 1 --lang en --reason x", &[]),
        ("restore-submission 1 --lang en --reason x", &[]),
    ];
    for (line, more) in orders {
        order(line, &[more, &["--database", &desk.database]].concat()).refused(5, &reason);
    }
    assert!(!fs::exists(&desk.database).unwrap() && !fs::exists(&chart).unwrap());
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        return;
    };
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let mut forecast = sohoa();
    forecast
        .args(["forecast", "--database", &desk.database])
        .stdout(full);
    let said = Said::from(forecast.stderr(Stdio::piped()).output().unwrap());
    said.refused(1, "No space left on device");
    let chart = desk.path("a.png");
    let more = ["--out", &chart, "--database", &desk.database];
    let said = order_on_a_full_disk(150, "chart ranking --lang en --width 4000", &more);
    said.refused(1, &format!("error: writing {chart}: "));
}
