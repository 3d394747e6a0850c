//! The Friday rush: 63 provinces upload within a minute while 50 people read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use benches::Demo;
use store::domain::{Reference, Scheme};

use crate::client::{Client, quantile};
use crate::program::{Program, administrator, copy, databases, order, token};
use crate::readers::read;
use crate::row;

/// How many read meanwhile.
const READERS: usize = 50;

/// The time between two uploads: 63 of them within a minute.
const BETWEEN: Duration = Duration::from_millis(900);

pub(crate) fn measure() {
    let demo = Demo::make();
    for database in databases() {
        copy(&demo.address(), &database.address);
        let reader = administrator(&database.address);
        let before = entries(&database.address);
        let units = &Reference::embedded().units;
        let today = benches::loaded_at().date_naive();
        let senders: Vec<(String, String)> = units
            .of_scheme(Scheme::New34)
            .filter_map(|unit| unit.code_on(today).map(str::to_owned))
            .map(|code| {
                let shown = token(&database.address, &code);
                (code, shown)
            })
            .collect();
        let tokens = senders.len();
        let server = Program::serve(&database.address);
        let over = AtomicBool::new(false);
        let (mut receipts, mut times) = (0, Vec::new());
        std::thread::scope(|scope| {
            let reading =
                scope.spawn(|| read((&server.host, &reader), "/?units=63", READERS, &over).1);
            for (number, (code, shown)) in senders.iter().cycle().take(63).enumerate() {
                std::thread::sleep(BETWEEN);
                let name = format!("{code}.csv");
                let answer = Client::new(&server.host, shown)
                    .upload(&name, &file(code, number / tokens))
                    .expect("an answer");
                let recorded =
                    answer.status == 200 && answer.body.starts_with(b"{\"files\":[{\"name\":");
                receipts += usize::from(recorded);
            }
            over.store(true, Ordering::Relaxed);
            times = reading.join().expect("the readers");
        });
        let recorded = entries(&database.address) - before - tokens;
        assert_eq!(
            (recorded, receipts),
            (63, 63),
            "every file was recorded and told once"
        );
        let p99 = quantile(&mut times, 99);
        let memory = server.peak_memory();
        row(
            &format!(
                "the Friday rush: 63 uploads in a minute while 50 read, {}",
                database.backend
            ),
            &format!("{receipts} recorded, each once; p99 of reads {p99:.0} ms; {memory} MB"),
            "250 ms; 200 MB",
        );
    }
}

/// The file of a province; who sends twice sends the next week.
fn file(code: &str, week: usize) -> Vec<u8> {
    let day = if week == 0 {
        "03/07/2026"
    } else {
        "10/07/2026"
    };
    // No two provinces have the same figures, or the intake asks.
    let own = 7 * code.parse::<usize>().expect("a code");
    let (total, entered, transferred) = (1000 + own, 600 + own + 5 * week, 500 + own + 5 * week);
    format!(
        "Mã tỉnh,Ngày chốt số liệu,Loại việc,Tổng số cần số hóa,Đã nhập,Đã chuyển vào CSDL\n\
         {code},{day},Giám hộ,{total},{entered},{transferred}\n"
    )
    .into_bytes()
}

/// The entries of a log that is whole.
pub(crate) fn entries(database: &str) -> usize {
    let said = order(&["verify", "--lang", "en", "--database", database]);
    let entries = said
        .split_whitespace()
        .nth(4)
        .and_then(|word| word.parse().ok());
    entries.expect("the log is whole: N entries")
}
