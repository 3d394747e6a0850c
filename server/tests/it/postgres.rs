//! The same program over PostgreSQL.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::desk::{Desk, counts, entries, forecast, order};
use crate::program::Said;

/// Weeks of two provinces, a correction, and a file that does not pass; gives their folder.
fn write_files(desk: &Desk) -> String {
    let first: NaiveDate = "2024-12-22".parse().unwrap();
    for week in 0..10_u64 {
        let day = first + Days::new(7 * week);
        let (entered, transferred) = (900 + 130 * week, 800 + 120 * week);
        let one = format!("24,{day},Kết hôn,5000,{entered},{transferred},,");
        let other = format!("40,{day},Khai sinh,3000,1600,{},,", 650 + 80 * week);
        desk.write(&format!("files/{day}.csv"), counts(&[&one, &other]));
    }
    let correction = "24,23/02/2025,Kết hôn,4900,1900,1800,,kiểm kê lại";
    desk.write("files/x-correction.csv", counts(&[correction]));
    let bad = "99,23/02/2025,Kết hôn,1000,600,500,500,";
    desk.write("files/y-bad.csv", counts(&[bad]));
    desk.path("files")
}

/// The two databases, asked side by side.
struct Both<'a>([&'a str; 2]);

impl Both<'_> {
    /// Gives an order to both; they must say the same.
    #[track_caller]
    fn order(&self, line: &str, path: &str) -> Said {
        let [embedded, server] = self
            .0
            .map(|address| order(line, &["--database", address, path]));
        assert_eq!(embedded.stdout, server.stdout);
        server.ended(embedded.status)
    }

    /// The forecast that both answer, which differs in nothing but the moment of knowledge.
    #[track_caller]
    fn forecast(&self, options: &str) -> Value {
        let [embedded, server] = self.0.map(|address| {
            let mut json = forecast(address, options);
            assert!(json["known_on"].take().is_string());
            json
        });
        assert_eq!(embedded, server, "{options}");
        server
    }
}

#[test]
fn both_databases_answer_alike() {
    let Some(server) = store::testing::postgres() else {
        return;
    };
    let desk = Desk::new();
    let folder = write_files(&desk);
    let both = Both([&desk.database, &server.address]);
    let load = || both.order("load --lang en", &folder);

    load().ended(3).says("\n11 of 12 files recorded\n");
    let corrected = both.forecast("");
    assert_eq!(corrected["week"], "2025-W08");
    assert_eq!(corrected["national"]["reporting"], 2);
    assert_eq!(corrected["national"]["done"], 1800 + 650 + 80 * 9);
    both.forecast("--units 34 --as-of 2025-01-12");

    both.order("withdraw --reason nhầm", "11").ended(0);
    let withdrawn = both.forecast("");
    assert_eq!(withdrawn["national"]["done"], 800 + 120 * 9 + 650 + 80 * 9);
    load().ended(3).says("\n1 of 12 files recorded\n");
    assert_eq!(both.forecast("")["national"], corrected["national"]);
    assert_eq!(both.0.map(entries), [13, 13]);
}
