//! What holds inside a statement of the two databases: invariants 21 and 22.

use super::super::{Breach, SyncStatement, Weight};
use crate::domain::{Count, Text};

/// Checks a statement by itself.
#[must_use]
pub fn check_statement(statement: &SyncStatement) -> Vec<Breach> {
    let apart = statement
        .registry_total
        .change_since(statement.population_linked);
    let explained = statement.explained.into_iter().sum::<Count>().to_i64();
    let lines = explained.saturating_add(statement.unexplained);
    let what = Text::new(
        "các dòng giải thích và phần chưa rõ",
        "the sum of explained lines and unexplained",
    );
    let mut breaches: Vec<Breach> = Breach::unless_equal(21, Weight::Hard, &what, (lines, apart))
        .into_iter()
        .collect();
    for (direction, exchange) in &statement.exchanges {
        let name = direction.name();
        let what = Text::new(
            format!("{}: đã nhận, từ chối và chờ", name.vi),
            format!("{}: the sum of acknowledged, refused and pending", name.en),
        );
        let answered = exchange.acknowledged + exchange.refused + exchange.pending;
        let pair = (answered.to_i64(), exchange.sent.to_i64());
        breaches.extend(Breach::unless_equal(22, Weight::Hard, &what, pair));
    }
    breaches
}
