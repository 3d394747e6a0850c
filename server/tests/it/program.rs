//! Runs the real program: as a command that ends, and as a server that is stopped with the test.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::{LazyLock, Mutex};

use store::testing::administrator_session;
use tempfile::TempDir;

/// The program built from this workspace.
pub(crate) fn sohoa() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sohoa"));
    command.env_remove("DATABASE_URL").env_remove("RUST_LOG");
    command
}

/// What a command that ended has said.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Said {
    sohoa().args(arguments).output().unwrap().into()
}

/// A folder with a demo database, made once for all tests; tests that write take a copy.
pub(crate) fn demo_folder() -> &'static Path {
    static DEMO: LazyLock<PathBuf> = LazyLock::new(|| {
        // A folder that the next run makes again: a static is never dropped, and nobody would clear a temporary one.
        let demo = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
        let said = run(&[
            "demo",
            "--no-serve",
            "--renew",
            "--dir",
            demo.to_str().unwrap(),
        ]);
        assert_eq!(said.status, 0, "{}", said.stderr);
        demo
    });
    &DEMO
}

/// A copy of the demo database for one test.
pub(crate) fn demo_copy() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let address = folder.path().join("copy.sqlite");
    // The first connection that opened the file has closed it, so everything is in the one file.
    std::fs::copy(demo_folder().join("sohoa.sqlite"), &address).unwrap();
    (folder, address.to_str().unwrap().to_owned())
}

/// A running server; it is stopped when the test lets go of it.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

/// What stands in the cookie of the administrator of each server that runs, by its address.
static SESSIONS: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());

/// The session of the administrator at the server that an address begins with.
pub(crate) fn session_at(url: &str) -> Option<String> {
    let sessions = SESSIONS.lock().unwrap();
    let own = sessions.iter().find(|(server, _)| {
        let rest = url.strip_prefix(server.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    });
    own.map(|(_, session)| session.clone())
}

impl Server {
    /// Starts `sohoa serve` over a database on a free port. Requests to it come from an administrator, who is in no entry of the
    /// log, unless they show another cookie or a token.
    pub(crate) fn start(database: &str) -> Self {
        Self::start_with(database, &[], Stdio::inherit())
    }

    /// The same with more options, and with its log somewhere else.
    pub(crate) fn start_with(database: &str, options: &[&str], log: Stdio) -> Self {
        let session = administrator_session(database);
        let mut serve = sohoa();
        serve.stderr(log);
        let server = Self::spawn(serve, database, options);
        let mut sessions = SESSIONS.lock().unwrap();
        sessions.insert(server.address.clone(), session);
        drop(sessions);
        server
    }

    /// Starts `sohoa serve` as a command says, over a database on a free port, and signs nobody in.
    pub(crate) fn spawn(serve: Command, database: &str, options: &[&str]) -> Self {
        Self::spawn_at(serve, "127.0.0.1:0", database, options)
    }

    /// The same at an address.
    pub(crate) fn spawn_at(
        mut serve: Command,
        listen: &str,
        database: &str,
        options: &[&str],
    ) -> Self {
        let mut child = serve
            .args(["serve", "--listen", listen, "--database", database])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = said.map_while(Result::ok).find_map(|line| {
            line.split_whitespace()
                .find(|word| word.starts_with("http"))
                .map(str::to_owned)
        });
        Self {
            child,
            address: address.unwrap().trim_end_matches('/').to_owned(),
        }
    }

    /// What it writes to standard error, where that was asked to be kept.
    pub(crate) fn stderr(&mut self) -> ChildStderr {
        self.child.stderr.take().unwrap()
    }

    /// Ends it.
    pub(crate) fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Host and port.
    pub(crate) fn authority(&self) -> &str {
        self.address.split_once("://").unwrap().1
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end and gives its exit code.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The test is over either way; a server that is gone already needs no stopping.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
