//! The check columns: remaining and percent must follow from total and transferred.

use store::domain::{Count, Language, Share, Stage, StageCounts, Text};

use super::values::{check_count, check_percent};
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::rule::Rule;
use crate::sheet::{Cell, Sheet};

/// Reads the check columns of a row and compares them with its counts.
///
/// They are compared only where total and transferred were both reported exactly; a difference is a question, for offices
/// reckon "remaining" in more than one way.
pub(crate) fn check_columns(
    sheet: Sheet<'_>,
    place: usize,
    counts: &StageCounts,
    findings: &mut Findings,
) {
    let exact = |stage| counts.get(stage).filter(|reported| !reported.approximate);
    let both = exact(Stage::Total)
        .zip(exact(Stage::Transferred))
        .map(|(total, transferred)| (total.count, transferred.count));
    if let Some(cell) = sheet.cell_of(place, Column::Remaining) {
        let remaining = check_count(cell, findings).filter(|remaining| !remaining.approximate);
        if let (Some(remaining), Some((total, transferred))) = (remaining, both) {
            check_remaining(cell, remaining.count, (total, transferred), findings);
        }
    }
    if let Some(cell) = sheet.cell_of(place, Column::Percent) {
        let percent = check_percent(cell, findings);
        if let (Some(percent), Some((total, transferred))) = (percent, both)
            && !percent.is_share_of(transferred, total)
        {
            findings.push(percent_differs(total, transferred).at(cell));
        }
    }
}

fn check_remaining(
    cell: Cell<'_>,
    remaining: Count,
    (total, transferred): (Count, Count),
    findings: &mut Findings,
) {
    let due = total.change_since(transferred);
    if remaining.to_i64() == due {
        return;
    }
    let message = |language: Language, equals: &str, given: &str| {
        format!(
            "{} − {} {equals} {}, {given} {}",
            language.count(total),
            language.count(transferred),
            language.whole(due),
            language.count(remaining),
        )
    };
    let finding = Finding::query(
        Rule::RemainingCheck,
        Text::new(
            message(Language::Vi, "=", "cột này ghi"),
            message(Language::En, "=", "this column says"),
        ),
        Text::new(
            "Còn lại = Tổng số − Đã chuyển vào CSDL; sửa cột bị cũ, hoặc giải trình cách tính",
            "remaining = total − transferred; correct the stale column, or explain how it was \
             reckoned",
        ),
    );
    findings.push(finding.at(cell));
}

fn percent_differs(total: Count, transferred: Count) -> Finding {
    let share = Share::of(transferred, total);
    let shown = |language: Language| {
        let percent = share.map(|share| language.percent(share));
        percent.unwrap_or_else(|| "—".to_owned())
    };
    let pair = |language: Language| {
        format!(
            "{} / {}",
            language.count(transferred),
            language.count(total)
        )
    };
    Finding::query(
        Rule::PercentCheck,
        Text::new(
            format!(
                "{} là {}, khác tỷ lệ đã ghi hơn 0,1 điểm",
                pair(Language::Vi),
                shown(Language::Vi)
            ),
            format!(
                "{} is {}, more than 0.1 points from the percentage given",
                pair(Language::En),
                shown(Language::En)
            ),
        ),
        Text::new(
            "Tỷ lệ = Đã chuyển vào CSDL ÷ Tổng số; sửa cột bị cũ, hoặc giải trình cách tính",
            "percent = transferred ÷ total; correct the stale column, or explain how it was \
             reckoned",
        ),
    )
}
