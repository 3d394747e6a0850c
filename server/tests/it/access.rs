//! The wall: every path with every kind of visitor, against the table `server/access.csv`, and what a hostile officer of another
//! province tries.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use chrono::{DateTime, Utc};
use store::domain::{AccountChange, AccountDeed, Digest, Login, Role, TokenScope, UnitId};
use store::testing::{moment, session_of};
use store::{Draft, Store};

use crate::desk::{Desk, HEADERS, counts};
use crate::http::{Answer, Upload, get_with, post_form_with, send};
use crate::program::Server;

/// The table: who may do what. `yes`, `no`, or `own`: of one's own province.
const TABLE: &str = include_str!("../../access.csv");

/// What only the first province may see: the name of its file, its figure, its draft.
const SECRETS: [&str; 5] = ["bi-mat-24", "987.654", "987,654", "987654", "ban-nhap-24"];

/// A file of Bắc Giang, which is of Bắc Ninh today.
const OURS: &str = "24,23/02/2025,Kết hôn,1987654,987655,987654,1000000,";

/// Two provinces and the ministry in one database.
pub(crate) struct Country {
    pub(crate) desk: Desk,
    pub(crate) store: Store,
    sha256: Digest,
    lot: String,
}

fn unit(id: &str) -> UnitId {
    UnitId::parse(id).unwrap()
}

fn accounts() -> [(&'static str, Role); 5] {
    [
        ("administrator", Role::Administrator),
        ("monitor", Role::Monitor),
        ("reader", Role::Reader),
        ("uploader", Role::Uploader(unit("q24"))),
        ("neighbour", Role::Uploader(unit("q15"))),
    ]
}

/// Makes every account of [`accounts`].
fn make_accounts(store: &Store, at: DateTime<Utc>) {
    for (login, role) in accounts() {
        let change = AccountChange {
            login: Login::parse(login).unwrap(),
            deed: AccountDeed::Create,
            standing: Some((login, role)),
            by: "test",
            at,
        };
        store.change_account(&change).unwrap();
    }
}

/// Records a token of every kind, whose secret is its name.
fn record_tokens(store: &Store, at: DateTime<Utc>) {
    let until = moment("2999-01-01T00:00:00Z");
    let tokens = [
        ("upload_token", TokenScope::Upload, Some(unit("q24"))),
        ("read_token", TokenScope::Read, None),
        (
            "read_token_of_province",
            TokenScope::Read,
            Some(unit("q24")),
        ),
        (
            "neighbour_upload_token",
            TokenScope::Upload,
            Some(unit("q15")),
        ),
        (
            "neighbour_read_token_of_province",
            TokenScope::Read,
            Some(unit("q15")),
        ),
    ];
    for (name, scope, unit) in tokens {
        let digest = Digest::of(name.as_bytes());
        let what = (scope, unit, name);
        store
            .record_token(digest, what, until, ("test", at))
            .unwrap();
    }
}

impl Country {
    pub(crate) fn new() -> Self {
        let desk = Desk::new();
        let ours = counts(&[OURS]);
        let path = desk.write("bi-mat-24.csv", &ours);
        desk.load(&path).ended(0);
        desk.record(
            "other.csv",
            &["24,16/02/2025,Kết hôn,1987654,900000,900000,1087654,"],
        );
        let told = format!(
            "{HEADERS},\"Khó khăn, vướng mắc\"\n24,09/02/2025,Kết hôn,1987654,890000,890000,1097654,,thiếu máy bi-mat-24\n"
        );
        let told = desk.write("told.csv", told);
        desk.load(&told).ended(0);
        desk.record("theirs.csv", &["15,23/02/2025,Kết hôn,2000,600,500,1500,"]);
        let list: String = (1..=500).map(|entry| format!("KS/{entry}\n")).collect();
        let list = desk.write("list.txt", list);
        let freeze = "audit freeze --lang en --province 24 --type birth --contractor A --list";
        let frozen = desk.order(freeze, &[&list]).ended(0).stdout;
        let lot = frozen.lines().find_map(|line| line.strip_prefix("lot "));
        let lot = lot.unwrap().to_owned();
        let store = Store::open(&desk.database).unwrap();
        let at = moment("2026-01-01T00:00:00Z");
        make_accounts(&store, at);
        record_tokens(&store, at);
        let draft = Draft {
            owner: Some(unit("q24")),
            file_name: "ban-nhap-24.csv".to_owned(),
            bytes: counts(&["24,02/03/2025,Kết hôn,1987654,987656,900001,1087653,"]).into(),
        };
        store
            .keep_draft(&draft, moment("2998-01-01T00:00:00Z"))
            .unwrap();
        let sha256 = Digest::of(ours.as_bytes());
        Self {
            desk,
            store,
            sha256,
            lot,
        }
    }

    /// The header by which a visitor is known; a session is new each time, for one path ends it.
    pub(crate) fn shown(&self, visitor: &str) -> (&'static str, String) {
        if visitor == "nobody" {
            ("Cookie", String::new())
        } else if visitor.contains("token") {
            ("Authorization", format!("Bearer {visitor}"))
        } else {
            let login = Login::parse(visitor).unwrap();
            let session = session_of(&self.store, login).unwrap();
            ("Cookie", format!("sohoa={session}"))
        }
    }

    /// The difficulty that the first province told of.
    fn difficulty(&self) -> String {
        let cases = self
            .store
            .list_difficulty_cases(moment("2999-01-01T00:00:00Z"));
        let cases = cases.unwrap().into_iter();
        let mut own = cases.filter(|case| case.unit == unit("p24"));
        own.next().unwrap().identity.to_string()
    }

    /// An address of a path, naming what is the first province's own.
    pub(crate) fn address(&self, method: &str, path: &str) -> String {
        // What is read and what is taken back are two files.
        let file = if method == "GET" { "1" } else { "2" };
        let sha256 = self.sha256.to_string();
        let name = if path.starts_with("/static") {
            "style.css"
        } else {
            "burn-up.svg"
        };
        let deed = if path.starts_with("/files") {
            "withdraw"
        } else {
            "disable"
        };
        let ending = if path.starts_with("/changes") {
            "csv"
        } else {
            "txt"
        };
        let parts = [
            ("{unit}", "p24"),
            ("{file}", file),
            ("{sha256}", &sha256),
            ("{name}", name),
            ("{deed}", deed),
            ("{ending}", ending),
            ("{number}", "1"),
            ("{path:.*}", "all.zip"),
            ("{login}", "unknown"),
            ("{secret}", "unknown"),
            ("{message}", "unknown"),
            ("{identity}", &self.difficulty()),
            ("{lot}", &self.lot),
        ];
        let address = parts.iter().fold(path.to_owned(), |path, (part, value)| {
            path.replace(part, value)
        });
        assert!(
            !address.contains('{'),
            "say here what stands for the part of {path}"
        );
        address
    }

    fn ask(&self, server: &Server, visitor: &str, (method, address): (&str, &str)) -> Answer {
        let (name, value) = self.shown(visitor);
        let headers = [(name, value.as_str())];
        let url = server.url(address);
        match method {
            "GET" => get_with(&url, &headers),
            "DELETE" => send(method, &url, &headers, b""),
            _ => post_form_with(&url, &[("reason", "thử")], &headers),
        }
    }
}

/// Whether an answer lets the visitor in.
fn is_let_in(answer: &Answer) -> bool {
    let to_sign_in = answer.status == 303 && answer.header("location").starts_with("/sign-in?");
    !to_sign_in && ![401, 403].contains(&answer.status)
}

fn has_secret(answer: &Answer) -> bool {
    let body = String::from_utf8_lossy(&answer.body);
    SECRETS.iter().any(|secret| body.contains(secret))
}

/// The rows of the table: method and path with the word of each visitor.
pub(crate) fn table() -> BTreeMap<(String, String), BTreeMap<String, String>> {
    let mut lines = TABLE.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').skip(2).collect();
    let row = |line: &str| {
        let mut cells = line.split(',').map(str::to_owned);
        let key = (cells.next().unwrap(), cells.next().unwrap());
        let words: Vec<String> = cells.collect();
        assert_eq!(words.len(), header.len(), "{line}");
        let visitors = header.iter().map(|visitor| (*visitor).to_owned());
        (key, visitors.zip(words).collect())
    };
    lines.map(row).collect()
}

#[test]
fn every_path_has_a_row_and_every_row_a_path() {
    let routes = server::routes::routes().demands();
    let registered: BTreeSet<(String, String)> = routes
        .iter()
        .map(|(method, path, _)| (method.to_string(), (*path).to_owned()))
        .collect();
    assert_eq!(registered.len(), routes.len(), "a path is registered once");
    let listed: BTreeSet<(String, String)> = table().into_keys().collect();
    assert_eq!(registered, listed, "server/access.csv says who may do what");
}

#[test]
fn every_path_answers_every_visitor_as_the_table_says() {
    let country = Country::new();
    let unlimited = ["--write-limit", "0"];
    let server = Server::start_with(&country.desk.database, &unlimited, Stdio::inherit());
    for ((method, path), words) in table() {
        let address = country.address(&method, &path);
        let names_something = ["{unit}", "{file}", "{sha256}", "{identity}", "{lot}"]
            .iter()
            .any(|part| path.contains(part));
        for (visitor, word) in words {
            let place = format!("{method} {address} by {visitor}");
            let answer = country.ask(&server, &visitor, (&method, &address));
            assert!(answer.status < 500, "{place}: {}", answer.text());
            assert_eq!(
                is_let_in(&answer),
                word != "no",
                "{place}: {}",
                answer.status
            );
            match word.as_str() {
                "yes" | "no" => {}
                "own" => {
                    assert_ne!(answer.status, 404, "{place}");
                    let other = format!(
                        "neighbour{}",
                        visitor
                            .strip_prefix("uploader")
                            .map_or_else(|| format!("_{visitor}"), str::to_owned)
                    );
                    let answer = country.ask(&server, &other, (&method, &address));
                    let is_refused = [403, 404].contains(&answer.status);
                    assert_eq!(
                        is_refused, names_something,
                        "{place}, {other}: {}",
                        answer.status
                    );
                    assert!(!has_secret(&answer), "{place}, {other}: {}", answer.text());
                }
                other => panic!("{place}: {other}"),
            }
            if word == "no" {
                assert!(!has_secret(&answer), "{place}");
                let is_of_api = path.starts_with("/api/");
                let problem = answer.header("content-type") == "application/problem+json";
                assert_eq!(problem, is_of_api, "{place}");
            }
        }
    }
}

#[test]
fn the_first_province_sees_what_the_others_do_not() {
    let country = Country::new();
    let server = Server::start(&country.desk.database);
    for address in [
        "/files",
        "/provinces/p24",
        "/questions",
        "/difficulties",
        "/provinces/p24/cells?as_of=2025-02-23",
        "/api/v1/submissions",
        "/api/v1/questions",
        "/api/v1/difficulties",
        "/api/v1/series",
        "/api/v1/units/p24/history?as_of=2025-02-23",
    ] {
        let own = country.ask(&server, "uploader", ("GET", address));
        let seen = has_secret(&own);
        // The draft asks why a figure fell, which is an open question.
        assert!(seen, "{address}: {}", own.text());
        let other = country.ask(&server, "neighbour", ("GET", address));
        assert!(!has_secret(&other), "{address}");
    }
    let first = country.ask(&server, "uploader", ("GET", "/"));
    assert_eq!(
        (first.status, first.header("location")),
        (303, "/provinces/q24")
    );
}

#[test]
fn an_officer_of_another_province_gets_nothing_by_asking_otherwise() {
    let country = Country::new();
    let server = Server::start(&country.desk.database);
    let status = |address: &str| country.ask(&server, "neighbour", ("GET", address)).status;
    for (address, refused) in [
        ("/questions?unit=p24", 403),
        ("/template?province=24", 403),
        ("/provinces/p24?units=34", 403),
        ("/provinces/q24?units=63", 403),
        ("/provinces/%7024", 403),
        ("/reconciliation/q24", 403),
        ("/files/1?lang=en", 404),
        ("/files/01", 404),
        ("/api/v1/anything", 404),
    ] {
        assert_eq!(status(address), refused, "{address}");
    }
    let (name, value) = country.shown("neighbour");
    let headers = [(name, value.as_str())];
    let send = |file: &str, rows: &[&str]| {
        let upload = Upload::of(file, counts(rows)).header(name, &value);
        upload.post(&server.url("/upload?lang=en"))
    };
    let mixed = ["15,02/03/2025,Kết hôn,2000,700,600,1400,", OURS];
    let answer = send("mixed.csv", &mixed);
    let answer = answer.says(
        200,
        "The file has rows of another province or of the nation.",
    );
    assert!(
        !answer.text().contains("/uploads/"),
        "nothing of it is kept"
    );
    assert!(!has_secret(&answer), "{}", answer.text());

    let draft =
        Digest::of(counts(&["24,02/03/2025,Kết hôn,1987654,987656,900001,1087653,"]).as_bytes());
    for sha256 in [draft, country.sha256] {
        let form = [("sha256", sha256.to_string()), ("preview", "x".to_owned())];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = post_form_with(&server.url("/upload/commit"), &form, &headers);
        assert_eq!(answer.status, 404, "{}", answer.text());
        assert_eq!(status(&format!("/uploads/{sha256}/receipt.json")), 404);
        assert_eq!(status(&format!("/uploads/{sha256}/annotated")), 404);
    }
    let own = send("own.csv", &mixed[..1]).says(200, "<h2>ACCEPTED</h2>");
    assert!(
        !own.text().contains("The nation"),
        "the nation is not the province's"
    );
}

#[test]
fn an_officer_of_another_province_gets_nothing_from_the_api() {
    let country = Country::new();
    let server = Server::start(&country.desk.database);
    for (address, refused) in [
        ("/api/v1/units/p24", 403),
        ("/api/v1/units/q24/reconciliation", 403),
        ("/api/v1/forecast/q24", 403),
        ("/api/v1/submissions/1/receipt", 404),
        ("/api/v1/submissions?unit=p24", 403),
        ("/api/v1/series?unit=q24", 403),
        ("/api/v1/questions?unit=p24", 403),
        ("/api/v1/difficulties?unit=p24", 403),
        ("/api/v1/answers?unit=p24", 403),
        ("/api/v1/reconciliation/batches?unit=p24", 403),
        ("/api/v1/deadlines?unit=q24", 403),
    ] {
        let answer = country.ask(&server, "neighbour", ("GET", address));
        assert_eq!(answer.status, refused, "{address}");
    }
    let (name, value) = country.shown("neighbour");
    let mixed = counts(&["15,02/03/2025,Kết hôn,2000,700,600,1400,", OURS]);
    for (address, refused) in [("/api/v1/checks", 403), ("/api/v1/submissions", 422)] {
        let upload = Upload::of("mixed.csv", &mixed).header(name, &value);
        let answer = upload.post(&server.url(address));
        assert_eq!(answer.status, refused, "{}", answer.text());
        assert!(!has_secret(&answer), "{}", answer.text());
    }
}

#[test]
fn pages_offer_only_what_the_visitor_may_open() {
    let country = Country::new();
    let server = Server::start(&country.desk.database);
    for (visitor, page) in [
        ("administrator", "/"),
        ("monitor", "/"),
        ("reader", "/"),
        ("uploader", "/provinces/p24"),
        ("uploader", "/upload"),
        ("uploader", "/files"),
        ("uploader", "/questions"),
        ("uploader", "/published"),
        ("uploader", "/account"),
        ("reader", "/forecast"),
        ("reader", "/packs"),
        ("reader", "/files"),
    ] {
        let shown = country.ask(&server, visitor, ("GET", page));
        let text = shown.text();
        assert!(text.contains("/sign-out"), "{visitor} {page}: {text}");
        let links = text
            .split(" href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap());
        // One link of each kind: a list has sixty of the same.
        let kind = |link: &str| {
            let path = link.split('?').next().unwrap();
            let mut parts = path.split('/').skip(1);
            (parts.next().unwrap().to_owned(), parts.count())
        };
        let links = links.filter(|link| link.starts_with('/'));
        let links: BTreeMap<_, &str> = links.map(|link| (kind(link), link)).collect();
        assert!(links.len() > 4, "{visitor} {page}: {links:?}");
        for link in links.into_values() {
            let link = link.replace("&#38;", "&");
            let answer = country.ask(&server, visitor, ("GET", &link));
            assert!(
                is_let_in(&answer),
                "{visitor} {page} offers {link}: {}",
                answer.status
            );
        }
        let forms = text.split(" method=\"post\" action=\"").skip(1);
        for form in forms.map(|rest| rest.split('"').next().unwrap()) {
            let may = matches!(visitor, "administrator" | "monitor" | "uploader");
            let is_own = form.starts_with("/sign-out") || form.starts_with("/account/");
            assert!(may || is_own, "{visitor} {page} offers {form}");
        }
    }
}
