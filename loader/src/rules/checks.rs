//! The check columns: remaining and percent must follow from total and transferred.

use store::domain::{Count, Language, Share, Stage, StageCounts, Text};

use super::values::{check_count, check_percent};
use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::rule::Rule;
use crate::sheet::{Cell, DataRow};

/// Reads the check columns of a row and compares them with its counts.
///
/// They are compared only where total and transferred were both reported exactly; a difference is a question, for offices
/// reckon "remaining" in more than one way.
pub(crate) fn check_columns(row: DataRow<'_>, counts: &StageCounts, findings: &mut Findings) {
    let exact = |stage| counts.get(stage).filter(|reported| !reported.approximate);
    let both = exact(Stage::Total)
        .zip(exact(Stage::Transferred))
        .map(|(total, transferred)| (total.count, transferred.count));
    if let Some(cell) = row.cell(Column::Remaining) {
        let remaining = check_count(cell, findings).filter(|remaining| !remaining.approximate);
        if let (Some(remaining), Some((total, transferred))) = (remaining, both) {
            check_remaining(cell, remaining.count, (total, transferred), findings);
        }
    }
    if let Some(cell) = row.cell(Column::Percent) {
        let percent = check_percent(cell, findings);
        if let (Some(percent), Some((total, transferred))) = (percent, both)
            && !percent.is_share_of(transferred, total)
        {
            findings.push(percent_differs(total, transferred).at(cell));
        }
    }
    check_period(row, counts, findings);
}

/// What was done before the period and what was done in it make one of the row's cumulative counts.
///
/// Which one is not said by the form, so any that fits is taken; nothing is asked where one of the figures is approximate.
fn check_period(row: DataRow<'_>, counts: &StageCounts, findings: &mut Findings) {
    let cells = (row.cell(Column::Before), row.cell(Column::InPeriod));
    let mut read = |cell: Option<Cell<'_>>| cell.and_then(|cell| check_count(cell, findings));
    let (before, within) = (read(cells.0), read(cells.1));
    let (Some(before), Some(within), Some(cell)) = (before, within, cells.1) else {
        return;
    };
    let work = || counts.iter().filter(|(stage, _)| *stage != Stage::Total);
    let sum = before.count + within.count;
    let approximate = before.approximate || within.approximate;
    if approximate || work().any(|(_, each)| each.approximate || each.count == sum) {
        return;
    }
    let message = |language: Language, fits_none: &str| {
        let stages = work().map(|(stage, each)| {
            let header = Column::Stage(stage).header(language);
            format!("“{header}” {}", language.count(each.count))
        });
        format!(
            "{} + {} = {}, {fits_none} {}",
            language.count(before.count),
            language.count(within.count),
            language.count(sum),
            stages.collect::<Vec<_>>().join(", ")
        )
    };
    let finding = Finding::query(
        Rule::PeriodCheck,
        Text::new(
            message(Language::Vi, "không bằng số lũy kế nào:"),
            message(Language::En, "which is none of the cumulative counts:"),
        ),
        Text::new(
            "Kỳ trước + Trong kỳ = số lũy kế; sửa cột bị cũ, hoặc giải trình cách tính",
            "previous + in period = cumulative; correct the stale column, or explain how it was \
             reckoned",
        ),
    );
    findings.push(finding.at(cell));
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
