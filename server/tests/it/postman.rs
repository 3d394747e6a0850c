//! A real mail server, in Python: `SOHOA_SMTPD` names one that has aiosmtpd; `.ci/run` makes it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::tool::named_by;

/// A mail server that is stopped with the test.
pub(crate) struct Postman {
    child: Child,
    folder: TempDir,
    pub(crate) port: u16,
}

/// The Python that runs the mail server; `None`, said loudly, where nobody named one, and a failure under CI.
fn python() -> Option<String> {
    named_by("SOHOA_SMTPD", "mail")
}

impl Postman {
    /// Starts one in a mode on a port, 0 for a free one.
    pub(crate) fn start(mode: &str, port: u16) -> Option<Self> {
        let python = python()?;
        let folder = tempfile::tempdir().unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtpd.py");
        let mut command = Command::new(python);
        command.arg(script).arg(folder.path()).arg(mode);
        command.arg(port.to_string());
        if mode != "plain" {
            let names = vec!["localhost".to_owned()];
            let made = rcgen::generate_simple_self_signed(names).unwrap();
            let (cert, key) = (
                folder.path().join("cert.pem"),
                folder.path().join("key.pem"),
            );
            fs::write(&cert, made.cert.pem()).unwrap();
            fs::write(&key, made.signing_key.serialize_pem()).unwrap();
            command.arg(cert).arg(key);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        Some(Self {
            child,
            folder,
            port,
        })
    }

    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// A mail that came, by its number.
    pub(crate) fn mail(&self, number: usize) -> Option<String> {
        fs::read_to_string(self.folder.path().join(format!("{number}.eml"))).ok()
    }

    /// Every mail that came.
    pub(crate) fn mails(&self) -> Vec<String> {
        (1..).map_while(|number| self.mail(number)).collect()
    }
}

impl Drop for Postman {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A line of the head of a mail.
#[track_caller]
pub(crate) fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("{name}: {mail}")).trim()
}
