//! Two servers over one PostgreSQL: the same answers, and nothing done twice.

use std::sync::Barrier;

use crate::desk::{Desk, SOUND, counts, entries, order};
use crate::http::{Upload, get, post_form};
use crate::program::Server;

/// How many ask at once, half of them the one server and half the other.
const ASKING: usize = 8;

/// Asks both servers at the same moment, many times over, and gives the statuses in order.
fn at_once(servers: &[Server; 2], ask: impl Fn(&Server) -> u16 + Sync) -> Vec<u16> {
    let start = Barrier::new(ASKING);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let asking = (0..ASKING).map(|number| {
            let (start, ask) = (&start, &ask);
            scope.spawn(move || {
                start.wait();
                ask(&servers[number % 2])
            })
        });
        let asking: Vec<_> = asking.collect();
        asking.into_iter().map(|one| one.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    statuses
}

fn once_and_else(once: u16, other: u16) -> Vec<u16> {
    let mut statuses = vec![other; ASKING];
    statuses[0] = once;
    statuses.sort_unstable();
    statuses
}

#[test]
fn two_servers_over_one_database_answer_alike_and_do_nothing_twice() {
    let Some(database) = store::testing::postgres() else {
        return;
    };
    let desk = Desk::new();
    let file = desk.write("a.csv", counts(&[SOUND]));
    order("load --lang en", &["--database", &database.address, &file]).ended(0);
    let servers = [(); 2].map(|()| Server::start(&database.address));
    let same = |path: &str| {
        let [one, other] = [0, 1].map(|number: usize| get(&servers[number].url(path)));
        assert_eq!(one.status, 200, "{path}");
        assert!(one.body == other.body, "{path}");
    };
    let pages = [
        "/",
        "/provinces/p24",
        "/forecast?units=63",
        "/charts/burn-up.svg",
        "/files",
    ];
    pages.into_iter().for_each(same);

    // One forecast for one digest, whoever was asked.
    let issue = |server: &Server| post_form(&server.url("/forecast"), &[("by", "monitor")]).status;
    assert_eq!(at_once(&servers, issue), once_and_else(303, 409));
    assert_eq!(entries(&database.address), 2);

    // One file is recorded once, whoever took it.
    let token = order(
        "token create --province 24 --expires 90d --database",
        &[&database.address],
    );
    let shown = format!("Bearer {}", token.ended(0).stdout.trim());
    let later = counts(&["24,02/03/2025,Kết hôn,1000,700,600,400,"]);
    let send = |server: &Server| {
        let upload = Upload::of("b.csv", &later).header("Authorization", &shown);
        upload.post(&server.url("/upload")).status
    };
    assert_eq!(at_once(&servers, send), once_and_else(200, 409));
    assert_eq!(entries(&database.address), 4);

    // What one has recorded the other shows at once.
    pages.into_iter().for_each(same);
    get(&servers[1].url("/files")).says(200, "b.csv");
}
