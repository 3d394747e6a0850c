//! Open differences: whose move it is, and how they age.

use reports::reconciliation::{Ageing, Clearance, OwnerStock, ResolutionShare, RunOff};
use store::domain::{Count, Language, Share};

use crate::pages::wording::Words;

pub(super) fn owner_rows(ageing: &Ageing, words: &Words) -> Vec<Vec<String>> {
    let row = |stock: &OwnerStock| {
        let clear = match stock.clearance {
            Clearance::Nothing => "0".to_owned(),
            Clearance::Never => words.language.pick("không bao giờ", "never").to_owned(),
            Clearance::Weeks(weeks) => Count::from_f64(weeks.ceil())
                .map_or_else(|| "–".to_owned(), |weeks| words.language.count(weeks)),
        };
        vec![
            words.text(&stock.owner.name()),
            words.cell(stock.open),
            words.cell(stock.old),
            words.cell(stock.came),
            words.cell(stock.resolved),
            clear,
        ]
    };
    ageing.owners.iter().map(row).collect()
}

pub(super) fn ageing_words(ageing: &Ageing, words: &Words) -> String {
    let Some(week) = ageing.week else {
        return String::new();
    };
    let open: Count = ageing.owners.iter().map(|stock| stock.open).sum();
    let (open, resolved) = (words.cell(open), words.cell(ageing.resolved));
    let (returned, reopened) = (words.cell(ageing.returned), words.cell(ageing.reopened));
    match words.language {
        Language::Vi => format!(
            "Đến tuần {week} còn mở {open}; đã giải quyết {resolved}, trả lại {returned}, mở lại {reopened}."
        ),
        Language::En => format!(
            "Up to week {week} {open} are open; {resolved} were resolved, {returned} sent back, {reopened} reopened."
        ),
    }
}

pub(super) fn resolution_lines(ageing: &Ageing, words: &Words) -> Vec<String> {
    let total = ageing.resolved;
    let line = |share: &ResolutionShare| {
        let percent = Share::of(share.count, total).map(|share| words.language.percent(share));
        format!(
            "{}: {} ({})",
            words.text(&share.resolution.name()),
            words.cell(share.count),
            percent.unwrap_or_default()
        )
    };
    ageing.resolutions.iter().map(line).collect()
}

pub(super) fn triangle_rows(ageing: &Ageing, words: &Words) -> Vec<Vec<String>> {
    let row = |run_off: &RunOff| {
        let mut cells = vec![run_off.opened_in.to_string(), words.cell(run_off.opened)];
        cells.extend(
            run_off
                .still_open
                .map(|share| share.map_or_else(String::new, |share| words.percent(share))),
        );
        cells
    };
    ageing.triangle.iter().map(row).collect()
}
