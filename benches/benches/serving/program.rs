//! The release build of the program as a server, and an empty page to compare it with.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};
use store::Store;
use store::domain::{AccountChange, AccountDeed, Login, Role};
use store::testing::{self, TestDatabase};

/// The word by which this program serves an empty page.
pub(crate) const EMPTY_PAGE: &str = "empty-page";

/// A server that is killed with the measurement.
pub(crate) struct Program {
    child: Child,
    pub(crate) host: String,
    pub(crate) ready_after: Duration,
}

impl Program {
    /// `sohoa serve` over a database; nobody is limited, for the load comes from one address.
    pub(crate) fn serve(database: &str) -> Self {
        let mut command = Command::new(sohoa());
        command.args(["serve", "--listen", "127.0.0.1:0", "--write-limit", "0"]);
        command.args([
            "--rate-limit",
            "0",
            "--least-free",
            "0",
            "--database",
            database,
        ]);
        Self::run(&mut command)
    }

    /// A page without anything, by the same library in the same kind of process.
    pub(crate) fn empty_page() -> Self {
        let own = std::env::current_exe().expect("the name of this program");
        Self::run(Command::new(own).arg(EMPTY_PAGE))
    }

    pub(crate) fn run(command: &mut Command) -> Self {
        let began = Instant::now();
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a release build: cargo build --release");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let host = lines.map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            Some(rest.split('/').next().unwrap_or_default().to_owned())
        });
        Self {
            child,
            host: host.expect("an address"),
            ready_after: began.elapsed(),
        }
    }

    /// The most memory it has held so far, in megabytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.unwrap_or_default() / 1024
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The release build beside this one.
pub(crate) fn sohoa() -> PathBuf {
    let own = std::env::current_exe().expect("the name of this program");
    let folder = own.parent().and_then(Path::parent).expect("its folder");
    folder.join("sohoa")
}

/// Runs a command of the program and gives what it printed.
pub(crate) fn order(words: &[&str]) -> String {
    let output = Command::new(sohoa())
        .args(words)
        .output()
        .expect("a release build");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {said}{complaint}");
    said
}

/// Both databases, empty; PostgreSQL only where the machine has it.
pub(crate) fn databases() -> Vec<TestDatabase> {
    testing::each_backend()
}

/// Puts the content of one database into another.
pub(crate) fn copy(from: &str, into: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = folder.path().join("copy.zip").display().to_string();
    order(&["backup", &archive, "--database", from]);
    order(&["restore", &archive, "--database", into]);
}

/// The header that scripts of a province show.
pub(crate) fn token(database: &str, province: &str) -> String {
    let made = order(&[
        "token",
        "create",
        "--province",
        province,
        "--expires",
        "9d",
        "--database",
        database,
    ]);
    format!("Authorization: Bearer {}\r\n", made.trim())
}

/// Makes an administrator, for without one every start invites one; gives the header that a browser of theirs shows.
pub(crate) fn administrator(database: &str) -> String {
    let store = Store::open(database).expect("a database");
    let login = Login::parse("admin").expect("a login");
    let change = |deed, standing| AccountChange {
        login,
        deed,
        standing,
        by: "bench",
        at: benches::loaded_at(),
    };
    let role = Some(("Bench", Role::Administrator));
    store
        .change_account(&change(AccountDeed::Create, role))
        .and_then(|()| store.set_password(&change(AccountDeed::Password, None), "none"))
        .expect("an account");
    let session = testing::session_of(&store, login).expect("a session");
    format!("Cookie: sohoa={session}\r\n")
}

/// Serves an empty page until it is killed.
pub(crate) fn serve_empty_page() {
    let served = actix_web::rt::System::new().block_on(async {
        let app = || App::new().route("/", web::get().to(HttpResponse::Ok));
        let server = HttpServer::new(app)
            .bind("127.0.0.1:0")
            .expect("an address");
        println!("http://{}/", server.addrs().first().expect("an address"));
        server.run().await
    });
    served.expect("it serves");
}
