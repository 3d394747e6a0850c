//! The words and figures of a ranking: title, definition, key, description for screen readers, and table.

use store::domain::{Count, Language};

use super::Ranking;
use super::rows::{Ranked, Standing};
use crate::charts::chart::ChartTable;
use crate::charts::geometry::number;
use crate::charts::legend::{Key, Swatch};
use crate::charts::style::{
    CARRIED_LINE, CARRIED_STRIPE, DONE_MARK, ENTERED_BAR, HATCH_LINE, TRANSFERRED, real, things,
};

/// The title.
pub(super) fn title(ranking: &Ranking) -> String {
    let language = ranking.caption.language;
    let what = language.pick(
        "Tỷ lệ số hóa sổ hộ tịch theo đơn vị",
        "Share of the civil-status books digitized",
    );
    format!("{what}: {}", ranking.caption.subject())
}

/// What the share is a share of.
pub(super) fn definition(ranking: &Ranking) -> String {
    let language = ranking.caption.language;
    let things = things(language, ranking.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Tỷ lệ = số {things} đã chuyển vào Cơ sở dữ liệu hộ tịch điện tử ÷ tổng số cần số hóa. \
             Đơn vị chưa báo cáo không có thanh, không tính là 0."
        ),
        Language::En => format!(
            "Share = {things} transferred into the national electronic civil-status database ÷ {things} to be \
             digitized. A unit that has not reported has no bar; it is not counted as 0."
        ),
    }
}

/// The keys of what is really drawn.
pub(super) fn keys(ranking: &Ranking, rows: &[Ranked<'_>]) -> Vec<Key> {
    let language = ranking.caption.language;
    let absent = |row: &Ranked<'_>| row.transferred().is_none();
    let all = [
        (
            rows.iter().any(|row| !absent(row)),
            Swatch::Band(TRANSFERRED, None),
            language.pick(
                "Đã chuyển vào CSDL (tỷ lệ ghi ở cuối thanh)",
                "Transferred (share at the end of the bar)",
            ),
        ),
        (
            rows.iter().any(|row| row.entered().is_some()),
            Swatch::Band(ENTERED_BAR, None),
            language.pick("Đã nhập, chưa chuyển", "Entered, not yet transferred"),
        ),
        (
            rows.iter().any(|row| row.carried.is_some()),
            Swatch::Hatch(CARRIED_STRIPE, CARRIED_LINE),
            language.pick(
                "Số liệu của tuần trước đó (ghi rõ tuần)",
                "Figure of an earlier week (named)",
            ),
        ),
        (
            rows.iter().any(Ranked::is_done),
            Swatch::Done(DONE_MARK),
            language.pick("Hoàn thành", "Done"),
        ),
        (
            rows.iter().any(absent),
            Swatch::Hatch(HATCH_LINE, HATCH_LINE),
            language.pick("Chưa có số liệu", "No figure"),
        ),
    ];
    let drawn = all.into_iter().filter(|(drawn, _, _)| *drawn);
    drawn
        .map(|(_, swatch, text)| Key::new(swatch, text))
        .collect()
}

/// What a reader would see, in sentences.
pub(super) fn describe(ranking: &Ranking, rows: &[Ranked<'_>]) -> String {
    let caption = &ranking.caption;
    let language = caption.language;
    let count = real(language, number(rows.len()), 0);
    let subject = caption.subject();
    let kind = language.pick("Biểu đồ thanh ngang", "Horizontal bar chart");
    let units = language.pick("đơn vị", "units");
    let mut sentences = caption.opening(&format!("{kind}, {subject}, {count} {units}"));
    if let Some((name, share)) = &ranking.reference {
        let name = name.in_language(language);
        sentences.push(format!("{name}: {}.", language.percent(*share)));
    }
    let list = |rows: &[&Ranked<'_>], with_figures: bool| {
        let names = rows.iter().map(|row| match (with_figures, &row.carried) {
            (false, _) => row.name.clone(),
            (true, Some(carried)) => format!("{} {} ({carried})", row.name, row.label),
            (true, None) => format!("{} {}", row.name, row.label),
        });
        names.collect::<Vec<_>>().join("; ")
    };
    let placed: Vec<&Ranked<'_>> = rows.iter().filter(|row| row.rank.is_some()).collect();
    let done: Vec<&Ranked<'_>> = rows.iter().filter(|row| row.is_done()).collect();
    let pick = |standing| -> Vec<&Ranked<'_>> {
        rows.iter().filter(|row| row.standing == standing).collect()
    };
    let (silent, no_total) = (pick(Standing::NotReported), pick(Standing::NoTotal));
    for (rows, with_figures, vi, en) in [
        (placed, true, "Từ cao xuống thấp", "From highest to lowest"),
        (done, false, "Hoàn thành", "Done"),
        (no_total, false, "Chưa có tổng số", "No total"),
        (silent, false, "Chưa báo cáo", "Not reported"),
    ] {
        if !rows.is_empty() {
            let words = language.pick(vi, en);
            let count = real(language, number(rows.len()), 0);
            sentences.push(format!("{words} ({count}): {}.", list(&rows, with_figures)));
        }
    }
    sentences.join(" ")
}

/// Every figure of the chart, in the order of the bars.
pub(super) fn table(ranking: &Ranking, rows: &[Ranked<'_>]) -> ChartTable {
    let language = ranking.caption.language;
    let headers = [
        ("Hạng", "Rank"),
        ("Đơn vị", "Unit"),
        ("Tổng số cần số hóa", "To be digitized"),
        ("Đã nhập", "Entered"),
        ("Đã chuyển vào CSDL", "Transferred"),
        ("Tỷ lệ", "Share"),
        ("Tình trạng", "State"),
    ];
    let figure = |count: Option<Count>| match count {
        Some(count) => language.count(count),
        None => language.pick("chưa báo cáo", "not reported").to_owned(),
    };
    let cells = |row: &Ranked<'_>| {
        let state = match (&row.carried, row.is_done()) {
            (Some(carried), _) => carried.clone(),
            (None, true) => language.pick("hoàn thành", "done").to_owned(),
            (None, false) => String::new(),
        };
        vec![
            row.rank
                .map_or_else(String::new, |rank| real(language, number(rank), 0)),
            row.name.clone(),
            figure(row.row.total),
            figure(row.row.entered),
            figure(row.row.transferred),
            row.label.clone(),
            state,
        ]
    };
    ChartTable::new(language, &headers, rows.iter().map(cells).collect())
}
