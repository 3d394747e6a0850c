//! The two databases beside each other, and personal numbers before and after.

use reports::reconciliation::StatementLine;
use store::domain::{Count, PersonalNumbers, Share};

use crate::pages::wording::Words;

pub(super) fn statement_rows(statements: &[StatementLine], words: &Words) -> Vec<Vec<String>> {
    let row = |line: &StatementLine| {
        let statement = &line.statement;
        let explained: Count = statement.explained.into_iter().sum();
        let permille = line
            .permille_thousandths
            .map_or_else(String::new, |permille| {
                let point = words.language.pick(",", ".");
                let sign = if permille < 0 { "−" } else { "" };
                let hundredths = permille.abs() / 10;
                format!("{sign}{}{point}{:02}", hundredths / 100, hundredths % 100)
            });
        vec![
            format!(
                "{} · {} · {}",
                words.unit(statement.unit),
                words.record_type(statement.record_type),
                words.language.date(statement.as_of)
            ),
            words.cell(statement.registry_total),
            words.cell(statement.population_linked),
            words.cell(explained),
            words.language.whole(statement.unexplained),
            permille,
        ]
    };
    statements.iter().map(row).collect()
}

pub(super) fn number_lines(
    numbers: Option<(PersonalNumbers, Count)>,
    words: &Words,
) -> Vec<String> {
    let Some((numbers, subjects)) = numbers else {
        return Vec::new();
    };
    let line = |vi: &str, en: &str, count: Count| {
        let share = Share::of(count, subjects).map(|share| words.language.percent(share));
        format!(
            "{}: {} ({})",
            words.language.pick(vi, en),
            words.cell(count),
            share.unwrap_or_default()
        )
    };
    vec![
        line(
            "Có số trước khi đối chiếu",
            "With a number before",
            numbers.before,
        ),
        line(
            "Có số sau khi đối chiếu",
            "With a number after",
            numbers.after(),
        ),
        line("Số bị đổi", "Changed", numbers.changed),
        line("Số bị bỏ", "Removed", numbers.removed),
        line(
            "Mâu thuẫn với giới tính hoặc năm sinh",
            "Contradicts sex or year of birth",
            numbers.inconsistent,
        ),
    ]
}
