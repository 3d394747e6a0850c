//! The open differences of a province in the demonstration: found, passed between offices, settled or given up.

use std::collections::BTreeMap;

use store::domain::Week;

use super::comparison::Head;
use super::random::Draw;

const COMMUNE: &str = "justice_commune";
const POLICE: &str = "police";
const CITIZEN: &str = "citizen";

/// What is open, by owner and week of finding.
#[derive(Default)]
pub(super) struct OpenCases(BTreeMap<(&'static str, Week), i64>);

/// What says how differences were settled, with its share in per mille.
const RESOLUTIONS: [(&str, i64); 4] = [
    ("typing_error_fixed", 520),
    ("book_itself_wrong", 90),
    ("both_right_explained", 70),
    ("number_assigned", 60),
];

impl OpenCases {
    /// The account of the next week in which `found` differences are opened, as a document.
    pub(super) fn next_week(&mut self, head: &Head, found: i64, draw: &mut Draw) -> String {
        let passed = self.pass(COMMUNE, POLICE, draw.between(100, 180));
        let returned = self.pass(POLICE, COMMUNE, draw.between(10, 40));
        let asked = self.pass(COMMUNE, CITIZEN, draw.between(20, 60));
        let by_commune = self.settle(COMMUNE, draw.between(340, 520));
        let by_police = self.settle(POLICE, draw.between(120, 260));
        let by_citizen = self.settle(CITIZEN, draw.between(40, 100));
        // Given up: the book cannot be read.
        let closed = self.settle(COMMUNE, 6);
        *self.0.entry((COMMUNE, head.week)).or_default() += found;
        self.0.retain(|_, open| *open > 0);
        let mut open: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((owner, opened), n) in &self.0 {
            let own = open.entry(*owner).or_default();
            own.push(format!("\"{opened}\":{n}"));
        }
        let open = open
            .into_iter()
            .map(|(owner, weeks)| format!("\"{owner}\":{{{}}}", weeks.join(",")));
        format!(
            "{{\"v\":1,\"cases\":{{\"province\":\"{}\",\"type\":\"birth\",\"week\":\"{}\"}},\"flow\":{{\
             \"{COMMUNE}\":{{\"opened\":{found},\"passed_out\":{},\"returned_in\":{returned},\"resolved\":{{{}}},\
             \"closed\":{{\"book_itself_wrong\":{closed}}}}},\
             \"{POLICE}\":{{\"passed_in\":{passed},\"returned_out\":{returned},\"resolved\":{{\"population_fixed\":{by_police}}}}},\
             \"{CITIZEN}\":{{\"passed_in\":{asked},\"resolved\":{{\"rectified_by_procedure\":{by_citizen}}}}}}},\
             \"open\":{{{}}}}}",
            head.code,
            head.week,
            passed + asked,
            split(by_commune),
            open.collect::<Vec<_>>().join(","),
        )
    }

    /// Hands a share of every week's differences from one owner to another.
    fn pass(&mut self, from: &'static str, to: &'static str, permille: i64) -> i64 {
        let mut moved = 0;
        for week in self.weeks(from) {
            let open = self.0.entry((from, week)).or_default();
            let part = *open * permille / 1000;
            *open -= part;
            *self.0.entry((to, week)).or_default() += part;
            moved += part;
        }
        moved
    }

    /// Takes a share of every week's differences away.
    fn settle(&mut self, owner: &'static str, permille: i64) -> i64 {
        let mut settled = 0;
        for week in self.weeks(owner) {
            let open = self.0.entry((owner, week)).or_default();
            let part = (*open * permille + 999) / 1000;
            *open -= part;
            settled += part;
        }
        settled
    }

    fn weeks(&self, owner: &str) -> Vec<Week> {
        let own = self.0.keys().filter(|(each, _)| *each == owner);
        own.map(|(_, week)| *week).collect()
    }
}

/// What was settled by resolution; what rounding leaves had been paired with the wrong person.
fn split(settled: i64) -> String {
    let mut rest = settled;
    let mut parts: Vec<String> = RESOLUTIONS
        .iter()
        .map(|(resolution, permille)| {
            let part = settled * permille / 1000;
            rest -= part;
            format!("\"{resolution}\":{part}")
        })
        .collect();
    parts.push(format!("\"wrong_pair\":{rest}"));
    parts.join(",")
}
