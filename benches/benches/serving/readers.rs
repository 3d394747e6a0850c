//! Two hundred readers at once on the overview, beside an empty page; and how long a start takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use benches::Demo;

use crate::client::{Client, quantile};
use crate::program::{Program, administrator, copy, databases};
use crate::row;

/// How many read at once.
const READERS: usize = 200;

/// How long they read.
const READING: Duration = Duration::from_secs(10);

/// Requests a second and the times of all of them.
pub(crate) fn read(
    (host, shown): (&str, &str),
    path: &str,
    readers: usize,
    until: &AtomicBool,
) -> (f64, Vec<Duration>) {
    let began = Instant::now();
    let times: Vec<Vec<Duration>> = std::thread::scope(|scope| {
        let reading = (0..readers).map(|_| {
            scope.spawn(move || {
                let mut client = Client::new(host, shown);
                let mut times = Vec::new();
                while !until.load(Ordering::Relaxed) {
                    let answer = client.get(path).expect("an answer");
                    assert_eq!(answer.status, 200);
                    times.push(answer.took);
                }
                times
            })
        });
        let reading: Vec<_> = reading.collect();
        reading
            .into_iter()
            .map(|one| one.join().expect("a reader"))
            .collect()
    });
    let times = times.concat();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    (f64::from(count) / began.elapsed().as_secs_f64(), times)
}

fn for_a_while((host, shown): (&str, &str), path: &str) -> (f64, Vec<Duration>) {
    // The first answer builds the report that all others share.
    Client::new(host, shown).get(path).expect("an answer");
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(READING);
            over.store(true, Ordering::Relaxed);
        });
        read((host, shown), path, READERS, &over)
    })
}

pub(crate) fn measure() {
    let empty = Program::empty_page();
    let (most, _) = for_a_while((&empty.host, ""), "/");
    drop(empty);
    row(
        "empty page of the same library, 200 readers",
        &format!("{most:.0} requests/s"),
        "",
    );
    let demo = Demo::make();
    for database in databases() {
        copy(&demo.address(), &database.address);
        let shown = administrator(&database.address);
        let server = Program::serve(&database.address);
        let (rate, mut times) = for_a_while((&server.host, &shown), "/?units=63");
        let p99 = quantile(&mut times, 99);
        let what = format!("200 readers on the overview, {}", database.backend);
        let ratio = rate / most;
        let memory = server.peak_memory();
        let measured = format!(
            "{rate:.0} requests/s, {ratio:.2} of the empty page; p99 {p99:.0} ms; {memory} MB"
        );
        row(&what, &measured, "0.5; 50 ms");
    }
}

/// How long a server takes from its start to its first answer, over a database that is there.
pub(crate) fn start() {
    let demo = Demo::make();
    for database in databases() {
        copy(&demo.address(), &database.address);
        administrator(&database.address);
        let mut times: Vec<Duration> = (0..5)
            .map(|_| Program::serve(&database.address).ready_after)
            .collect();
        let middle = quantile(&mut times, 50);
        row(
            &format!("start over three years of data, {}", database.backend),
            &format!("{middle:.0} ms"),
            "300 ms",
        );
    }
}
