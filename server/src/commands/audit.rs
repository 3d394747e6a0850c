//! `sohoa audit`: plans and samples of the sampling audit.

use std::fs;

use anyhow::Context as _;
use reports::audit::{Risks, plan, sample};
use store::domain::{Digest, Text};

use super::outcome::{Outcome, WrongUse, print};
use crate::args::{Audit, AuditPlan, AuditSample};

/// Runs a subcommand of the audit.
pub(super) fn run(options: &Audit) -> anyhow::Result<Outcome> {
    match options {
        Audit::Plan(options) => print_plan(options),
        Audit::Sample(options) => print_sample(options),
    }
}

fn print_plan(options: &AuditPlan) -> anyhow::Result<Outcome> {
    let risks = Risks {
        acceptable_permille: options.acceptable,
        limiting_permille: options.limiting,
    };
    let found = plan(options.lot, risks).map_err(|error| {
        WrongUse(Text::new(
            "không có cỡ mẫu nào phân biệt được hai tỷ lệ sai này",
            error.to_string(),
        ))
    })?;
    print(format!("n {}\nc {}\n", found.size, found.acceptance).as_bytes())?;
    Ok(Outcome::Done)
}

/// Prints the pointers of the sample, and refuses a list that is not the frozen one.
fn print_sample(options: &AuditSample) -> anyhow::Result<Outcome> {
    let list =
        fs::read(&options.list).with_context(|| format!("reading {}", options.list.display()))?;
    let digest = Digest::of(&list);
    if options.frozen.is_some_and(|frozen| frozen != digest) {
        let message = Text::new(
            format!("danh sách có mã băm {digest}, không phải danh sách đã chốt"),
            format!("the list has the digest {digest}, not the frozen one"),
        );
        anyhow::bail!(WrongUse(message));
    }
    let text = std::str::from_utf8(&list).context("the list is not UTF-8")?;
    let pointers: Vec<&str> = text.lines().collect();
    let chosen = sample(options.seed, &pointers, options.size);
    let lines: String = chosen
        .iter()
        .filter_map(|place| pointers.get(*place))
        .flat_map(|pointer| [*pointer, "\n"])
        .collect();
    print(lines.as_bytes())?;
    Ok(Outcome::Done)
}
