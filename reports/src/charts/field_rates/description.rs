//! The funnel plots in words and as a table.

use store::domain::Share;

use super::{FieldRates, drawn};
use crate::charts::chart::ChartTable;

pub(super) fn describe(rates: &FieldRates) -> String {
    let language = rates.caption.language;
    let kind = language.pick("Biểu đồ phễu", "Funnel plots");
    let subject = rates.caption.subject();
    let mut sentences = rates.caption.opening(&format!("{kind}, {subject}"));
    for panel in drawn(rates) {
        let outside = panel.points.iter().filter(|point| panel.is_outside(point));
        let names: Vec<&str> = outside
            .map(|point| point.name.in_language(language))
            .collect();
        let share = Share::of(panel.contradictions, panel.paired);
        let share = share.map_or_else(String::new, |share| language.percent(share));
        let named = if names.is_empty() {
            language
                .pick(
                    "không tỉnh nào ngoài giới hạn",
                    "no province is outside the limits",
                )
                .to_owned()
        } else {
            let label = language.pick("ngoài giới hạn", "outside the limits");
            format!("{label}: {}", names.join(", "))
        };
        sentences.push(format!(
            "{}: {share}; {named}.",
            panel.name.in_language(language)
        ));
    }
    sentences.join(" ")
}

pub(super) fn table(rates: &FieldRates) -> ChartTable {
    let language = rates.caption.language;
    let headers = [
        ("Ô", "Field"),
        ("Địa phương", "Province"),
        ("Trái nhau", "Contradictions"),
        ("Số người ghép được", "Pairs"),
        ("Tỷ lệ", "Rate"),
        ("Ngoài giới hạn 99,8%", "Outside the 99.8% limits"),
    ];
    let rows = rates.panels.iter().flat_map(|panel| {
        panel.points.iter().map(move |point| {
            let small = (1..=4).contains(&point.contradictions.to_i64());
            let hidden = |text: String| if small { "‹5".to_owned() } else { text };
            let share = Share::of(point.contradictions, point.paired);
            let outside = if panel.is_outside(point) {
                language.pick("có", "yes")
            } else {
                ""
            };
            vec![
                panel.name.in_language(language).to_owned(),
                point.name.in_language(language).to_owned(),
                hidden(language.count(point.contradictions)),
                language.count(point.paired),
                hidden(share.map_or_else(String::new, |share| language.percent(share))),
                outside.to_owned(),
            ]
        })
    });
    ChartTable::new(language, &headers, rows.collect())
}
