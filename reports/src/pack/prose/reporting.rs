//! Who reported and who did not.

use store::domain::Language;

use super::Section;
use crate::pack::about::About;
use crate::pack::cell::Cell;
use crate::pack::tables::Tables;

pub(super) fn reporting(about: &About, tables: &Tables) -> Section {
    let missing = &tables.missing;
    let language = about.language();
    let heading = about.t("Tình hình báo cáo", "Reporting");
    let coverage = format!("{}.", about.coverage_words());
    if missing.rows.is_empty() {
        let all = about.t("Mọi đơn vị đã báo cáo.", "Every unit has reported.");
        return Section {
            heading,
            paragraphs: vec![coverage, all.to_owned()],
        };
    }
    let (late, silent): (Vec<_>, Vec<_>) = missing
        .rows
        .iter()
        .partition(|row| *missing.cell(row, "last_week") != Cell::Absent);
    let name = |row: &&Vec<Cell>| missing.cell(row, "name").shown(language);
    let dated = |row: &&Vec<Cell>| {
        let week = missing.cell(row, "last_week").shown(language);
        format!(
            "{} ({} {week})",
            name(row),
            about.t("số của tuần", "figure of week")
        )
    };
    let list = |label: &str, names: Vec<String>| {
        (!names.is_empty()).then(|| format!("{label} ({}): {}.", names.len(), names.join(", ")))
    };
    let late = list(
        about.t("Chưa báo cáo tuần này", "No report this week"),
        late.iter().map(dated).collect(),
    );
    let silent = list(
        about.t("Chưa từng báo cáo", "Never reported"),
        silent.iter().map(name).collect(),
    );
    let rule = (!about.complete).then(|| match language {
        Language::Vi => format!(
            "Tỷ lệ báo cáo dưới mức {}% nên mọi trang mang dòng “số liệu chưa đầy đủ”.",
            about.order.least_percent
        ),
        Language::En => format!(
            "Fewer than {}% of the units reported, so every page is marked as incomplete.",
            about.order.least_percent
        ),
    });
    let paragraphs = [Some(coverage), rule, late, silent];
    Section {
        heading,
        paragraphs: paragraphs.into_iter().flatten().collect(),
    }
}
