//! The order of the stages: no later one can hold more than the one before it.

use store::domain::{Language, Reported, Stage, StageCounts, Text};

use crate::column::Column;
use crate::finding::{Finding, Findings, Severity};
use crate::rule::Rule;
use crate::sheet::DataRow;

/// Compares each reported stage with the reported one before it; stages that were not reported are passed over.
///
/// Where one of the two is approximate the order may only be lost by rounding, so it is asked and not refused.
pub(crate) fn check_stage_order(row: DataRow<'_>, counts: &StageCounts, findings: &mut Findings) {
    let mut before: Option<(Stage, Reported)> = None;
    for stage in Stage::ORDERED {
        let Some(reported) = counts.get(stage) else {
            continue;
        };
        if let Some(earlier) = before.filter(|(_, earlier)| reported.count > earlier.count) {
            report(row, earlier, (stage, reported), findings);
        }
        before = Some((stage, reported));
    }
    // What the population database returned had been typed on it.
    let entered = counts
        .get(Stage::Entered)
        .map(|each| (Stage::Entered, each));
    if let (Some(entered), Some(returned)) = (entered, counts.get(Stage::Returned))
        && returned.count > entered.1.count
    {
        report(row, entered, (Stage::Returned, returned), findings);
    }
}

fn report(
    row: DataRow<'_>,
    (earlier, limit): (Stage, Reported),
    (stage, reported): (Stage, Reported),
    findings: &mut Findings,
) {
    let message = |language: Language, verb: &str| {
        let (later, before) = (Column::Stage(stage), Column::Stage(earlier));
        format!(
            "“{}” {} {verb} “{}” {}",
            later.header(language),
            language.count(reported.count),
            before.header(language),
            language.count(limit.count),
        )
    };
    let severity = if reported.approximate || limit.approximate {
        Severity::Query
    } else {
        Severity::Error
    };
    let finding = Finding::new(
        severity,
        Rule::StageOrder,
        Text::new(
            message(Language::Vi, "lớn hơn"),
            message(Language::En, "is more than"),
        ),
        Text::new(
            "sửa số nhập sai; nếu tổng số hoặc khâu trước đã tăng thì ghi số mới của cột đó",
            "correct the mistyped one; if the total or the earlier stage has grown, write its new \
             figure",
        ),
    );
    findings.push(row.mark(finding, Column::Stage(stage)));
}
