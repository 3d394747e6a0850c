//! What happens when it cannot go on: killed servers, a full disk, a database that goes and comes back.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use store::testing::sqlite;

use crate::client::Client;
use crate::program::{Program, administrator, databases, order, sohoa, token};
use crate::row;
use crate::rush::entries;

/// How often a server is killed, on each database.
const KILLS: usize = 100;

fn file(number: usize) -> Vec<u8> {
    format!(
        "Mã tỉnh,Ngày chốt số liệu,Loại việc,Tổng số cần số hóa,Đã nhập,Đã chuyển vào CSDL\n\
         24,23/02/2025,Kết hôn,1000000,{},{}\n",
        500_000 + number,
        400_000 + number
    )
    .into_bytes()
}

/// A new database; gives what shows a token for its uploads, and what shows its administrator.
fn prepare(database: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let first = folder.path().join("first.csv");
    std::fs::write(&first, file(0)).expect("a file");
    order(&["load", &first.display().to_string(), "--database", database]);
    (token(database, "24"), administrator(database))
}

/// Kills a server in the middle of uploads: every acknowledged one is there, no half one is, and the log is whole.
pub(crate) fn kill() {
    for database in databases() {
        let (shown, _) = prepare(&database.address);
        let number = AtomicUsize::new(1);
        let (mut acknowledged, mut before) = (0, entries(&database.address));
        for round in 0..KILLS {
            let server = Program::serve(&database.address);
            let host = server.host.clone();
            let told = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        let mut client = Client::new(&host, &shown);
                        loop {
                            let next = number.fetch_add(1, Ordering::Relaxed);
                            match client.upload("a.csv", &file(next)) {
                                Some(answer) if answer.status == 200 => {
                                    told.fetch_add(1, Ordering::Relaxed);
                                }
                                Some(_) => {}
                                None => break,
                            }
                        }
                    });
                }
                // Each round is cut off at another place of the work.
                std::thread::sleep(Duration::from_micros(
                    20_000 + 371 * u64::try_from(round).unwrap_or(0),
                ));
                server.kill();
            });
            let (told, after) = (told.into_inner(), entries(&database.address));
            let recorded = after - before;
            assert!(
                recorded >= told,
                "{told} were acknowledged, {recorded} are there"
            );
            assert!(
                recorded <= told + 2,
                "{recorded} are there of {told} acknowledged and two on their way"
            );
            acknowledged += told;
            before = after;
        }
        row(
            &format!(
                "`kill -9` in the middle of uploads, {KILLS} times, {}",
                database.backend
            ),
            &format!("{acknowledged} acknowledged, none lost; the log whole each time"),
            "none lost",
        );
    }
}

/// No file may grow any more: uploads are answered 503, pages are shown, and it goes on by itself with more room.
pub(crate) fn full_disk() {
    let database = sqlite();
    let (shown, reader) = prepare(&database.address);
    let before = entries(&database.address);
    let script = "trap '' XFSZ; ulimit -f 900; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(sohoa());
    command.args([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--write-limit",
        "0",
        "--database",
        &database.address,
    ]);
    let server = Program::run(&mut command);
    let mut client = Client::new(&server.host, &shown);
    let statuses: Vec<u16> = (1..400)
        .map(|number| {
            client
                .upload("a.csv", &file(number))
                .expect("an answer")
                .status
        })
        .collect();
    let told = statuses.iter().filter(|status| **status == 200).count();
    let refused = statuses.iter().filter(|status| **status == 503).count();
    assert_eq!(told + refused, statuses.len(), "{statuses:?}");
    assert!(refused > 0, "the disk was never full");
    let page = Client::new(&server.host, &reader).get("/");
    let page = page.expect("an answer").status;
    server.kill();
    assert_eq!(entries(&database.address), before + told);
    let again = Program::serve(&database.address);
    let after = Client::new(&again.host, &shown).upload("a.csv", &file(9999));
    assert_eq!(after.map(|answer| answer.status), Some(200));
    row(
        "a full disk",
        &format!(
            "{told} uploads recorded, {refused} answered 503, the overview {page}; none lost, goes on by itself"
        ),
        "clear answers",
    );
}

/// PostgreSQL refuses everybody and then takes them again.
pub(crate) fn database_gone() {
    let Some(database) = store::testing::postgres() else {
        return;
    };
    let (_, shown) = prepare(&database.address);
    let server = Program::serve(&database.address);
    let mut client = Client::new(&server.host, &shown);
    let mut status = |path: &str| client.get(path).map(|answer| answer.status);
    assert_eq!(status("/health/ready"), Some(200));
    let (address, name) = database.maintenance().expect("a cluster of our own");
    let psql = |statement: String| {
        let ran = Command::new("psql")
            .args(["-q", "-d", &address, "-c", &statement])
            .output();
        assert!(ran.expect("psql").status.success(), "{statement}");
    };
    psql(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
    psql(format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    ));
    let gone = (
        status("/health/live"),
        status("/health/ready"),
        status("/files"),
    );
    psql(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    let back = (0..100).find(|_: &u32| {
        std::thread::sleep(Duration::from_millis(100));
        status("/health/ready") == Some(200)
    });
    let back = back.expect("it comes back by itself");
    row(
        "PostgreSQL gone and back",
        &format!(
            "live {:?}, ready {:?}, pages {:?}; ready again after {} ms",
            gone.0,
            gone.1,
            gone.2,
            100 * (back + 1)
        ),
        "without hands",
    );
}
