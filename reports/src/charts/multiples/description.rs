//! The words and figures of small multiples.

use store::domain::Language;

use super::{Multiples, Panel};
use crate::charts::chart::ChartTable;
use crate::charts::legend::{Key, Swatch};
use crate::charts::style::{DEADLINE_LINE, GAP_LINE, MEDIAN_LINE, TRANSFERRED_LINE, real, things};

/// The title.
pub(super) fn title(multiples: &Multiples) -> String {
    let language = multiples.caption.language;
    let what = language.pick(
        "Tiến độ và dự báo từng đơn vị",
        "Progress and forecast of every unit",
    );
    format!("{what}: {}", multiples.caption.subject())
}

/// What is drawn, on which axes.
pub(super) fn definition(multiples: &Multiples) -> String {
    let language = multiples.caption.language;
    let things = things(language, multiples.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Tỷ lệ {things} đã chuyển vào Cơ sở dữ liệu hộ tịch điện tử trên tổng số cần số hóa; mọi ô cùng trục. Số \
             ở góc: tỷ lệ báo cáo gần nhất. Tuần chưa có báo cáo để trống, không tính là 0."
        ),
        Language::En => format!(
            "Share of the {things} to be digitized that is transferred into the national electronic civil-status \
             database; every field has the same axes. The number: the last share reported. A week without a report \
             is left open, never counted as 0."
        ),
    }
}

/// The keys of what is really drawn.
pub(super) fn keys(multiples: &Multiples) -> Vec<Key> {
    let language = multiples.caption.language;
    let share = language.pick("Đã chuyển", "Transferred");
    let mut keys = vec![
        Key::new(Swatch::Line(TRANSFERRED_LINE), share),
        Key::new(
            Swatch::Line(GAP_LINE),
            language.pick("Kỳ chưa có báo cáo", "No report"),
        ),
    ];
    if multiples
        .panels
        .iter()
        .any(|panel| panel.fan().next().is_some())
    {
        let fan = language.pick(
            "Dự báo: trung vị và khoảng 80%",
            "Forecast: median and 80% interval",
        );
        keys.push(Key::new(Swatch::Fan(MEDIAN_LINE), fan));
    }
    if let Some(deadline) = &multiples.deadline {
        let name = deadline.name.in_language(language);
        let text = format!("{name} {}", language.date(deadline.on));
        keys.push(Key::new(Swatch::Line(DEADLINE_LINE), text));
    }
    keys
}

/// What a reader would see, in sentences.
pub(super) fn describe(multiples: &Multiples) -> String {
    let language = multiples.caption.language;
    let kind = language.pick("Các biểu đồ nhỏ cùng trục", "Small charts on the same axes");
    let subject = multiples.caption.subject();
    let mut sentences = multiples.caption.opening(&format!("{kind}, {subject}"));
    let words = |panel: &Panel| {
        let name = panel.name.in_language(language);
        match panel.last() {
            Some((as_of, share)) => {
                format!(
                    "{name}: {} ({})",
                    language.percent(share),
                    language.date(as_of)
                )
            }
            None => format!("{name}: {}", panel.absent.in_language(language)),
        }
    };
    let panels: Vec<String> = multiples.panels.iter().map(words).collect();
    if !panels.is_empty() {
        sentences.push(format!("{}.", panels.join("; ")));
    }
    sentences.join(" ")
}

/// Every figure of the chart, one line a unit and date.
pub(super) fn table(multiples: &Multiples) -> ChartTable {
    let language = multiples.caption.language;
    let headers = [
        ("Đơn vị", "Unit"),
        ("Ngày", "Date"),
        ("Tỷ lệ", "Share"),
        ("Dự báo P10", "Forecast P10"),
        ("Dự báo P50", "Forecast P50"),
        ("Dự báo P90", "Forecast P90"),
    ];
    let percent = |share: f64| format!("{}%", real(language, share * 100.0, 1));
    let rows = multiples.panels.iter().flat_map(|panel| {
        let name = panel.name.in_language(language).to_owned();
        let reported = panel.shares.iter().map(|point| {
            let share = point.share.map(|share| language.percent(share));
            let absent = || panel.absent_words(language);
            vec![language.date(point.as_of), share.unwrap_or_else(absent)]
        });
        let ahead = panel.fan().map(|point| {
            let spread = [point.p10, point.p50, point.p90].map(percent);
            [language.date(point.on), String::new()]
                .into_iter()
                .chain(spread)
                .collect()
        });
        let named = move |mut cells: Vec<String>| {
            cells.insert(0, name.clone());
            cells.resize(6, String::new());
            cells
        };
        reported.chain(ahead).map(named).collect::<Vec<_>>()
    });
    ChartTable::new(language, &headers, rows.collect())
}

impl Panel {
    /// What stands in the table for a date without a share.
    fn absent_words(&self, language: Language) -> String {
        match self.last() {
            Some(_) => language.pick("chưa báo cáo", "not reported").to_owned(),
            None => self.absent.in_language(language).to_owned(),
        }
    }
}
