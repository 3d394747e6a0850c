//! The desk of one test: a folder with the files a province sends, a database of its own, and orders to the program.

use std::fmt::Write as _;

use serde_json::Value;
use store::{Store, Verification};
use tempfile::TempDir;

use crate::program::{Said, run};

/// The headers of [`counts`].
pub(crate) const HEADERS: &str = "Mã tỉnh,Ngày chốt số liệu,Loại việc,Tổng số cần số hóa,\
     Đã nhập,Đã chuyển vào CSDL,Còn lại,Ghi chú";

/// A row of Bắc Giang that nothing is wrong with.
pub(crate) const SOUND: &str = "24,23/02/2025,Kết hôn,1000,600,500,500,";

/// A counts file with some rows under [`HEADERS`].
pub(crate) fn counts(rows: &[&str]) -> String {
    let mut text = format!("{HEADERS}\n");
    for row in rows {
        writeln!(text, "{row}").unwrap();
    }
    text
}

/// A folder and an empty database in it; both go with the test.
pub(crate) struct Desk {
    folder: TempDir,
    pub(crate) database: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("test.sqlite");
        let database = database.to_str().unwrap().to_owned();
        Self { folder, database }
    }

    /// The path of a name in the folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Gives an order about the database.
    pub(crate) fn order(&self, line: &str, more: &[&str]) -> Said {
        order(line, &[more, &["--database", &self.database]].concat())
    }

    /// Loads a file or a folder into the database, with messages in English.
    pub(crate) fn load(&self, path: &str) -> Said {
        self.order("load --lang en", &[path])
    }

    /// Loads a counts file with some rows, which must be recorded.
    #[track_caller]
    pub(crate) fn record(&self, name: &str, rows: &[&str]) {
        let said = self.load(&self.write(name, counts(rows)));
        said.ended(0).says("1 of 1 files recorded\n");
    }
}

/// Runs the program with the words of a line, and with others that may hold blanks.
pub(crate) fn order(line: &str, more: &[&str]) -> Said {
    let words: Vec<&str> = line.split_whitespace().collect();
    run(&[&words, more].concat())
}

impl Said {
    /// It ended with a code and had nothing to complain of on standard error.
    #[track_caller]
    pub(crate) fn ended(self, status: i32) -> Self {
        let (stdout, stderr) = (&self.stdout, self.stderr.as_str());
        assert_eq!((self.status, stderr), (status, ""), "{stdout}");
        self
    }

    /// It printed some words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "{words}: {}", self.stdout);
        self
    }

    /// It printed nothing, gave a reason on standard error and ended with a code.
    #[track_caller]
    pub(crate) fn refused(self, status: i32, reason: &str) {
        let (stdout, stderr) = (self.stdout.as_str(), &self.stderr);
        assert_eq!((self.status, stdout), (status, ""), "{stderr}");
        assert!(stderr.contains(reason), "{reason}: {stderr}");
    }
}

/// How many entries the log of a database has; it must be whole. The administrator of tests, who is in no entry, is what the
/// proof finds last.
#[track_caller]
pub(crate) fn entries(database: &str) -> usize {
    let store = Store::open(database).unwrap();
    match store.verify().unwrap() {
        Verification::Whole { .. } | Verification::Broken { entry: 0, .. } => {
            let until = chrono::DateTime::<chrono::Utc>::MAX_UTC;
            store.list_log(until, i64::MAX).unwrap().len()
        }
        broken => panic!("{broken:?}"),
    }
}

/// The forecast of a database as JSON, for some options.
#[track_caller]
pub(crate) fn forecast(database: &str, options: &str) -> Value {
    let json = forecast_text(database, &format!("{options} --format json"));
    serde_json::from_str(&json).unwrap()
}

/// What `sohoa forecast` prints, for some options.
#[track_caller]
pub(crate) fn forecast_text(database: &str, options: &str) -> String {
    let line = format!("forecast {options} --database");
    order(&line, &[database]).ended(0).stdout
}

/// The entry of one unit in a forecast.
#[track_caller]
pub(crate) fn unit<'a>(forecast: &'a Value, id: &str) -> &'a Value {
    let entries = forecast["forecasts"].as_array().unwrap();
    let own = entries.iter().find(|entry| entry["unit"] == id);
    own.unwrap_or_else(|| panic!("{id} is no row"))
}
