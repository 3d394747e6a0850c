//! Runs the real program: as a command that ends, and as a server that is stopped with the test.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

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

impl Server {
    /// Starts `sohoa serve` over a database on a free port.
    pub(crate) fn start(database: &str) -> Self {
        let mut child = sohoa()
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = said.map_while(Result::ok).find_map(|line| {
            line.split_whitespace()
                .find(|word| word.starts_with("http://"))
                .map(str::to_owned)
        });
        Self {
            child,
            address: address.unwrap().trim_end_matches('/').to_owned(),
        }
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
