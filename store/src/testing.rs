//! Test helpers: the same test on both databases.
//!
//! SQLite always runs, on a file of its own. PostgreSQL is taken from `TEST_DATABASE_URL` where that is set; else a
//! throw-away cluster is started from the binaries of the machine, once for a test binary. Where there is neither, the
//! test says so loudly, and under CI it fails.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use crate::domain::{Digest, Login, Session};
use crate::{Store, StoreError};

/// A database of one test, removed with it.
#[derive(Debug)]
pub struct TestDatabase {
    /// Where it is, as [`Store::open`] takes it.
    pub address: String,
    /// `SQLite` or `PostgreSQL`.
    pub backend: &'static str,
    folder: Option<TempDir>,
}

impl TestDatabase {
    /// The address of another database of the same PostgreSQL server, and the name of this one; `None` for SQLite.
    #[must_use]
    pub fn maintenance(&self) -> Option<(String, String)> {
        let server = POSTGRES.as_ref().filter(|_| self.folder.is_none())?;
        let name = self.address.split('?').next()?.rsplit('/').next()?;
        Some((server.maintenance(), name.to_owned()))
    }

    /// Opens the archive in it.
    ///
    /// # Panics
    /// Where it cannot be opened.
    #[must_use]
    pub fn store(&self) -> Store {
        match Store::open(&self.address) {
            Ok(store) => store,
            Err(error) => fail(&format!("opening {}: {error}", self.backend)),
        }
    }
}

/// Runs a test on an empty SQLite database, then on an empty PostgreSQL one.
///
/// # Panics
/// Where a database cannot be made, and under CI where there is no PostgreSQL.
pub fn on_each_backend(test: impl Fn(&TestDatabase)) {
    for database in each_backend() {
        eprintln_backend(&database);
        test(&database);
    }
}

/// The empty databases of one test: SQLite, and PostgreSQL where there is one.
///
/// # Panics
/// As [`on_each_backend`].
#[must_use]
pub fn each_backend() -> Vec<TestDatabase> {
    std::iter::once(sqlite()).chain(postgres()).collect()
}

/// An empty SQLite database.
///
/// # Panics
/// Where no temporary folder can be made.
#[must_use]
pub fn sqlite() -> TestDatabase {
    let folder = temporary_folder();
    let address = folder.path().join("test.sqlite").display().to_string();
    TestDatabase {
        address,
        backend: "SQLite",
        folder: Some(folder),
    }
}

/// An empty PostgreSQL database; `None`, said loudly, where the machine has no PostgreSQL.
///
/// # Panics
/// Under CI where there is none, and where the cluster does not answer.
#[must_use]
pub fn postgres() -> Option<TestDatabase> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let server = POSTGRES.as_ref()?;
    let name = format!(
        "test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    server.make_database(&name);
    Some(TestDatabase {
        address: server.address(&name),
        backend: "PostgreSQL",
        folder: None,
    })
}

/// The login of the administrator that tests sign in as.
pub const ADMINISTRATOR: &str = "test-admin";

/// Signs the administrator of tests in, who is in no entry of the log, so that a test counts its own; gives what stands in the
/// cookie. The session outlasts every test.
///
/// # Panics
/// Where the database cannot be opened or does not take it.
#[must_use]
pub fn administrator_session(address: &str) -> String {
    let made = Store::open(address).and_then(|store| {
        let login = Login::parse(ADMINISTRATOR)
            .ok_or_else(|| StoreError::Corrupt(ADMINISTRATOR.to_owned()))?;
        store.plant_administrator(login)?;
        session_of(&store, login)
    });
    match made {
        Ok(cookie) => cookie,
        Err(error) => fail(&format!("signing in at {address}: {error}")),
    }
}

/// Opens a session of an account that outlasts every test; gives what stands in its cookie.
///
/// # Errors
/// [`StoreError`] where the database does not take it.
pub fn session_of(store: &Store, login: Login) -> Result<String, StoreError> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let seed = format!("{} {number} {login}", std::process::id());
    let cookie = Digest::of(seed.as_bytes()).to_string();
    store.open_session(&Session {
        sha256: Digest::of(cookie.as_bytes()),
        login,
        pending: false,
        client: "test".to_owned(),
        created_at: DateTime::UNIX_EPOCH,
        seen_at: moment("2998-01-01T00:00:00Z"),
        expires_at: moment("2999-01-01T00:00:00Z"),
    })?;
    Ok(cookie)
}

/// A moment, written as RFC 3339.
///
/// # Panics
/// Where it is not written so.
#[must_use]
pub fn moment(text: &str) -> DateTime<Utc> {
    match text.parse() {
        Ok(moment) => moment,
        Err(error) => fail(&format!("{text}: {error}")),
    }
}

static POSTGRES: LazyLock<Option<Server>> = LazyLock::new(|| {
    let server = variable("TEST_DATABASE_URL")
        .map(Server::Given)
        .or_else(Cluster::start);
    if server.is_none() {
        let message = "no PostgreSQL here: set TEST_DATABASE_URL or install its server; half of the tests did not run";
        if variable("CI").is_some() {
            fail(message);
        }
        say(message);
    }
    server
});

enum Server {
    /// An address from the environment; databases are made beside the one it names.
    Given(String),
    /// A cluster of our own.
    Own(Cluster),
}

struct Cluster {
    folder: TempDir,
}

impl Server {
    fn address(&self, database: &str) -> String {
        match self {
            Self::Given(url) => {
                let (server, _) = url.rsplit_once('/').unwrap_or((url, ""));
                format!("{server}/{database}")
            }
            Self::Own(cluster) => {
                format!(
                    "postgres:///{database}?host={}&user=sohoa",
                    cluster.socket().display()
                )
            }
        }
    }

    /// The address from which databases are made.
    fn maintenance(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Own(_) => self.address("postgres"),
        }
    }

    fn make_database(&self, name: &str) {
        if let Err(error) = crate::db::make_postgres_database(&self.maintenance(), name) {
            fail(&format!("making a PostgreSQL database: {error}"));
        }
    }
}

impl Cluster {
    /// Starts a cluster from the binaries of the machine; `None` where there are none.
    ///
    /// It listens on a socket in its own folder only. It ends by itself when the folder's owner has ended: a watcher
    /// waits for the test process and then stops the server and removes the folder.
    fn start() -> Option<Server> {
        let binaries = find_binaries()?;
        let folder = temporary_folder();
        let cluster = Self { folder };
        cluster.give_to_server_user();
        let data = cluster.folder.path().join("data");
        cluster.run(
            Command::new(binaries.join("initdb"))
                .args([
                    "--auth=trust",
                    "--username=sohoa",
                    "--encoding=UTF8",
                    "--no-sync",
                ])
                .args(["--locale=C", "--pgdata"])
                .arg(&data),
        );
        let settings = format!(
            "-c listen_addresses= -c fsync=off -c max_connections=200 -c unix_socket_directories={}",
            cluster.socket().display()
        );
        cluster.run(
            Command::new(binaries.join("pg_ctl"))
                .args(["start", "--wait", "--timeout=60", "--silent", "--pgdata"])
                .arg(&data)
                .arg("--log")
                .arg(cluster.folder.path().join("log"))
                .args(["--options", &settings]),
        );
        cluster.stop_with_this_process(&binaries, &data);
        Some(Server::Own(cluster))
    }

    fn socket(&self) -> &Path {
        self.folder.path()
    }

    /// PostgreSQL refuses to run as root, so under root the folder goes to its own user.
    fn give_to_server_user(&self) {
        if is_root() {
            self.run_as_self(
                Command::new("chown")
                    .arg(SERVER_USER)
                    .arg(self.folder.path()),
            );
        }
    }

    fn run(&self, command: &mut Command) {
        self.run_as_self(&mut as_server_user(command));
    }

    fn run_as_self(&self, command: &mut Command) {
        command
            .current_dir(self.folder.path())
            .stdout(Stdio::null());
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(status) => fail(&format!("{command:?} ended with {status}")),
            Err(error) => fail(&format!("{command:?}: {error}")),
        }
    }

    fn stop_with_this_process(&self, binaries: &Path, data: &Path) {
        let script = r#"while [ -d "/proc/$1" ]; do sleep 1; done
            "$2" stop --mode=immediate --silent --pgdata "$3"; rm -rf "$4""#;
        let mut watcher = Command::new("sh");
        watcher
            .args(["-c", script, "watcher", &std::process::id().to_string()])
            .arg(binaries.join("pg_ctl"))
            .arg(data)
            .arg(self.folder.path());
        let mut watcher = as_server_user(&mut watcher);
        watcher
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/");
        if let Err(error) = watcher.spawn() {
            fail(&format!("{watcher:?}: {error}"));
        }
    }
}

/// The user that Debian's package makes for the server.
const SERVER_USER: &str = "postgres";

fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

/// The same command, run as the server's user where this process is root.
fn as_server_user(command: &mut Command) -> Command {
    let mut changed;
    if is_root() {
        changed = Command::new("setpriv");
        changed.args([
            "--reuid",
            SERVER_USER,
            "--regid",
            SERVER_USER,
            "--clear-groups",
            "--",
        ]);
        changed.arg(command.get_program());
    } else {
        changed = Command::new(command.get_program());
    }
    changed.args(command.get_args());
    changed
}

/// The folder of `initdb` and `pg_ctl`: that of the newest version Debian's way, else one on the path.
fn find_binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    let path = variable("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by the environment where PostgreSQL is"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn temporary_folder() -> TempDir {
    match tempfile::Builder::new().prefix("sohoa-test-").tempdir() {
        Ok(folder) => folder,
        Err(error) => fail(&format!("no temporary folder: {error}")),
    }
}

fn eprintln_backend(database: &TestDatabase) {
    say(&format!("on {}", database.backend));
}

#[expect(
    clippy::print_stderr,
    reason = "the test runner shows it with the test"
)]
fn say(message: &str) {
    eprintln!("{message}");
}

#[expect(clippy::panic, reason = "a test that cannot run must fail")]
fn fail(message: &str) -> ! {
    panic!("{message}")
}
