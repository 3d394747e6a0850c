//! The server as its administrator meets it: health, metrics, logs, limits, TLS and stopping.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::desk::{Desk, SOUND, counts, entries, order};
use crate::http::{Upload, get, get_with, post_form};
use crate::program::{Server, session_at};

/// A server over a database with one file, with some options.
fn start(desk: &Desk, options: &[&str]) -> Server {
    desk.record("a.csv", &[SOUND]);
    Server::start_with(&desk.database, options, Stdio::inherit())
}

#[test]
fn health_says_whether_it_lives_and_whether_it_can_work() {
    let desk = Desk::new();
    let server = start(&desk, &[]);
    get(&server.url("/health/live")).says(200, "live");
    get(&server.url("/health/ready")).says(200, "ready");
    drop(server);
    let full = Server::start_with(
        &desk.database,
        &["--least-free", "99999999999"],
        Stdio::null(),
    );
    get(&full.url("/health/live")).says(200, "live");
    get(&full.url("/health/ready")).says(503, "the disk of the database is nearly full");
}

#[test]
fn metrics_count_by_route_and_are_shown_to_this_machine_only() {
    let desk = Desk::new();
    let server = start(&desk, &[]);
    get(&server.url("/provinces/p24?units=63"));
    get(&server.url("/no/such/page/at/all"));
    Upload::of("b.csv", "no form at all").post(&server.url("/upload"));
    let archive = desk.path("a.zip");
    desk.order("backup", &[&archive]).ended(0);
    let metrics = get(&server.url("/metrics"));
    for line in [
        "sohoa_requests_total{route=\"/provinces/{unit}\",method=\"GET\",status=\"200\"} 1\n",
        "sohoa_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1\n",
        "sohoa_request_seconds_count{route=\"/provinces/{unit}\"} 1\n",
        "sohoa_uploads_total{verdict=\"rejected\"} 1\n",
        "sohoa_log_entries 1\n",
        "sohoa_packs_waiting 0\n",
        "# EOF\n",
    ] {
        assert!(metrics.text().contains(line), "{line}{}", metrics.text());
    }
    assert!(
        !metrics.text().contains("last_backup_timestamp_seconds 0"),
        "{}",
        metrics.text()
    );
    assert!(!metrics.text().contains("no/such"), "a path is no label");
    let through_a_proxy = get_with(
        &server.url("/metrics"),
        &[("X-Forwarded-For", "203.0.113.9")],
    );
    assert_eq!(through_a_proxy.status, 404);
}

#[test]
fn metrics_may_have_an_address_of_their_own() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let desk = Desk::new();
    let server = start(&desk, &["--metrics-listen", &address]);
    assert_eq!(get(&server.url("/metrics")).status, 404);
    get(&format!("http://{address}/metrics")).says(200, "sohoa_log_entries 1");
    assert_eq!(get(&format!("http://{address}/")).status, 404);
}

#[test]
fn every_answer_has_the_id_of_its_request_and_error_pages_show_it() {
    let desk = Desk::new();
    let server = start(&desk, &[]);
    let given = get_with(
        &server.url("/health/live"),
        &[("X-Request-Id", "order-66_a.b")],
    );
    assert_eq!(given.header("x-request-id"), "order-66_a.b");
    let too_long = "a".repeat(65);
    for bad in ["", "a b", "a\"><script>", &too_long] {
        let answer = get_with(&server.url("/nowhere"), &[("X-Request-Id", bad)]);
        let id = answer.header("x-request-id").to_owned();
        assert!(
            id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{id}"
        );
        answer.says(404, &format!("<code>{id}</code>"));
    }
    let other = get(&server.url("/nowhere"));
    assert_ne!(
        other.header("x-request-id"),
        get(&server.url("/")).header("x-request-id")
    );
}

#[test]
fn the_log_is_json_with_request_ids_and_without_what_was_asked() {
    let desk = Desk::new();
    desk.record("a.csv", &[SOUND]);
    let log = desk.path("log");
    let file = File::create(&log).unwrap();
    let options = ["--log", "info", "--log-format", "json"];
    let mut server = Server::start_with(&desk.database, &options, file.into());
    get_with(
        &server.url("/files?token=secret"),
        &[("X-Request-Id", "find-me")],
    );
    get_with(
        &server.url("/links/hidden"),
        &[("Authorization", "Bearer hidden")],
    );
    let session = session_at(&server.address).unwrap();
    server.signal("TERM");
    assert_eq!(server.wait(), Some(0));
    let log = fs::read_to_string(log).unwrap();
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let own: Vec<_> = lines
        .filter(|line| line["span"]["id"] == "find-me")
        .collect();
    let [line] = own.as_slice() else {
        panic!("{log}")
    };
    let fields = &line["fields"];
    assert_eq!(
        (&fields["path"], &fields["status"]),
        (&"/files".into(), &200.into()),
        "{line}"
    );
    for told in ["token=secret", "hidden", &session] {
        assert!(!log.contains(told), "{told}: {log}");
    }
    assert!(log.contains("/links/{secret}"), "{log}");
}

#[test]
fn who_asks_too_often_is_told_when_to_come_back() {
    let desk = Desk::new();
    let options = [
        "--rate-limit",
        "3",
        "--write-limit",
        "2",
        "--trusted-proxy",
        "127.0.0.1",
    ];
    let server = start(&desk, &options);
    let ask = |client: &str| get_with(&server.url("/health/live"), &[("X-Forwarded-For", client)]);
    for _ in 0..3 {
        assert_eq!(ask("198.51.100.1, 203.0.113.9").status, 200);
    }
    let refused = ask("198.51.100.2, 203.0.113.9");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    refused.says(429, "Quá nhiều yêu cầu");
    assert_eq!(ask("203.0.113.10").status, 200, "another client");
    assert_eq!(
        ask("203.0.113.9, 127.0.0.1").status,
        429,
        "the proxy itself is no client"
    );

    let send = || post_form(&server.url("/packs/cancel"), &[("number", "7")]).status;
    assert_ne!(send(), 429);
    assert_ne!(send(), 429);
    assert_eq!(send(), 429, "changes are limited on this machine too");
    assert_eq!(
        get(&server.url("/health/live")).status,
        200,
        "reading is not"
    );
}

#[test]
fn an_account_and_a_token_are_held_to_their_limits_from_any_address() {
    let desk = Desk::new();
    let options = ["--rate-limit", "3", "--trusted-proxy", "127.0.0.1"];
    let server = start(&desk, &options);
    let ask = |client: &str, path: &str, header: (&str, &str)| {
        get_with(&server.url(path), &[("X-Forwarded-For", client), header])
    };
    let cookie = format!("__Host-sohoa={}", session_at(&server.address).unwrap());
    let asked = |n: u8| ask(&format!("203.0.113.{n}"), "/units", ("Cookie", &cookie));
    for n in 1..=3 {
        assert_eq!(asked(n).status, 200, "address {n}");
    }
    asked(4).says(429, "Quá nhiều yêu cầu");

    let made = desk.order("token create --scope read --expires 1d", &[]);
    let bearer = format!("Bearer {}", made.ended(0).stdout.trim());
    let read = |n: u8| {
        let client = format!("198.51.100.{n}");
        ask(&client, "/api/v1/units", ("Authorization", &bearer))
    };
    for n in 1..=3 {
        assert_eq!(read(n).status, 200, "address {n}");
    }
    let refused = read(4);
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(
        ask("198.51.100.4", "/health/live", ("X-A", "b")).status,
        200
    );
}

#[test]
fn nobody_but_a_trusted_proxy_says_who_the_client_is() {
    let desk = Desk::new();
    let server = start(&desk, &["--write-limit", "1"]);
    let form = |client: &str| Upload::of("a.csv", "x").header("X-Forwarded-For", client);
    let url = server.url("/upload");
    assert_eq!(form("203.0.113.1").post(&url).status, 200);
    assert_eq!(form("203.0.113.2").post(&url).status, 429);
}

/// The head of an upload and the first bytes of its body; the rest is still to come.
fn begin_upload(server: &Server, body: &str) -> TcpStream {
    let host = server.authority();
    let mut stream = TcpStream::connect(host).unwrap();
    let session = session_at(&server.address).unwrap();
    let head = format!(
        "POST /upload HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\
         Origin: http://{host}\r\nCookie: sohoa={session}\r\n\
         Content-Type: multipart/form-data; boundary=x\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body.as_bytes()[..20]).unwrap();
    stream
}

fn body() -> String {
    let file = counts(&["24,02/03/2025,Kết hôn,1000,700,600,400,"]);
    format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.csv\"\r\n\r\n{file}\r\n--x--\r\n"
    )
}

fn answer_of(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_slow_upload_is_cut_off() {
    let desk = Desk::new();
    let server = start(&desk, &["--body-timeout", "1"]);
    let answer = answer_of(begin_upload(&server, &body()));
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert_eq!(entries(&desk.database), 1);
}

#[test]
fn a_stop_lets_running_requests_end() {
    let desk = Desk::new();
    let mut server = start(&desk, &[]);
    let body = body();
    let mut stream = begin_upload(&server, &body);
    // The request is running when something that came later was answered.
    get(&server.url("/health/live")).says(200, "live");
    server.signal("TERM");
    while TcpStream::connect(server.authority()).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(&body.as_bytes()[20..]).unwrap();
    let answer = answer_of(stream);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!(server.wait(), Some(0));
}

#[test]
fn a_second_signal_waits_for_nobody() {
    let desk = Desk::new();
    let log = File::create(desk.path("log")).unwrap();
    desk.record("a.csv", &[SOUND]);
    let mut server = Server::start_with(&desk.database, &[], log.into());
    let stream = begin_upload(&server, &body());
    get(&server.url("/health/live")).says(200, "live");
    for words in [
        "running requests are finished first",
        "nothing is waited for",
    ] {
        server.signal("TERM");
        while !fs::read_to_string(desk.path("log"))
            .unwrap()
            .contains(words)
        {
            std::thread::yield_now();
        }
    }
    assert_eq!(server.wait(), Some(130));
    drop(stream);
}

#[test]
fn settings_that_do_not_fit_together_are_refused_with_words() {
    let desk = Desk::new();
    let refused = |options: &[&str], reason: &str| {
        desk.order("serve --lang en", options).refused(2, reason);
    };
    refused(&["--tls-cert", "a.pem"], "--tls-key");
    let same = [
        "--listen",
        "127.0.0.1:9999",
        "--metrics-listen",
        "127.0.0.1:9999",
    ];
    refused(&same, "--metrics-listen is the same as --listen");
    refused(
        &["--body-timeout", "0"],
        "--body-timeout must be at least 1 second",
    );
    refused(&["--trusted-proxy", "0.0.0.0"], "would believe anybody");
    let (cert, key) = (
        desk.write("cert.pem", "no certificate"),
        desk.path("no-key.pem"),
    );
    let unreadable = order(
        "serve --lang en --listen 127.0.0.1:0",
        &[
            "--database",
            &desk.database,
            "--tls-cert",
            &cert,
            "--tls-key",
            &key,
        ],
    );
    unreadable.refused(1, "--tls-key");
}

#[test]
fn it_speaks_tls_with_a_certificate_of_its_own() {
    let desk = Desk::new();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let cert = desk.write("cert.pem", made.cert.pem());
    let key = desk.write("key.pem", made.signing_key.serialize_pem());
    let server = start(&desk, &["--tls-cert", &cert, "--tls-key", &key]);
    assert!(server.address.starts_with("https://"), "{}", server.address);

    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let session = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(server.authority()).unwrap();
    let mut stream = StreamOwned::new(session, stream);
    stream
        .write_all(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    // A server that hangs up without a word of farewell has answered all the same.
    drop(stream.read_to_string(&mut answer));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
