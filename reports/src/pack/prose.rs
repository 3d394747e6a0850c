//! The sentences of a pack, made from its figures; the report, the slides and their notes print the same ones.

mod answer;
mod findings;
mod forecast;
mod meeting;
pub(crate) mod names;
mod reporting;

use store::domain::Language;

use super::about::About;
use super::cell::Cell;
use super::input::PackInput;
use super::table::Table;
use super::tables::Tables;
use crate::illustrate::ChartName;
use crate::model::Group;
use crate::words::{count_unit_name, group_name};
pub(crate) use answer::Answer;
use answer::{answer, decisions};
use findings::{findings, groups_in_short};
use forecast::forecast;
use meeting::meeting;
use reporting::reporting;

/// How many units are named as those that did most.
pub(crate) const NAMED_MOVERS: usize = 5;

/// A heading with its paragraphs.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) heading: &'static str,
    pub(crate) paragraphs: Vec<String>,
}

/// The sections of the written report, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Prose {
    pub(crate) results: Section,
    pub(crate) change: Section,
    pub(crate) meeting: Section,
    pub(crate) groups: Section,
    pub(crate) reporting: Section,
    pub(crate) forecast: Section,
    pub(crate) difficulties: Section,
    pub(crate) decisions: Section,
    pub(crate) answer: Answer,
    /// The groups in one sentence.
    pub(crate) groups_in_short: String,
    findings: Vec<(ChartName, String)>,
}

impl Prose {
    pub(crate) fn new(input: &PackInput<'_>, about: &About, tables: &Tables) -> Self {
        Self {
            results: results(input, about, tables),
            change: change(about, tables),
            meeting: meeting(input, about),
            groups: groups(input, about),
            reporting: reporting(about, tables),
            forecast: forecast(input, about, tables),
            difficulties: difficulties(about, tables),
            decisions: decisions(input, about, tables),
            answer: answer(input, about, tables),
            groups_in_short: groups_in_short(input, about),
            findings: findings(input, about, tables),
        }
    }

    /// What a chart shows, in a sentence; `None` where it is only titled by what it is of.
    pub(crate) fn finding(&self, name: ChartName) -> Option<&str> {
        let found = self.findings.iter().find(|(each, _)| *each == name);
        found.map(|(_, sentence)| sentence.as_str())
    }

    pub(crate) const fn each(&self) -> [&Section; 8] {
        [
            &self.results,
            &self.change,
            &self.meeting,
            &self.groups,
            &self.reporting,
            &self.forecast,
            &self.difficulties,
            &self.decisions,
        ]
    }
}

/// A key figure as people read it.
pub(crate) fn figure(tables: &Tables, about: &About, key: &str) -> String {
    key_cell(&tables.headline, key).shown(about.language())
}

/// A key figure as the table has it; [`Cell::Absent`] where it has none of that name.
pub(crate) fn key_cell<'a>(headline: &'a Table, key: &str) -> &'a Cell {
    let row = headline
        .rows
        .iter()
        .find(|row| headline.cell(row, "figure").plain() == key);
    row.map_or(&Cell::Absent, |row| headline.cell(row, "value"))
}

fn results(input: &PackInput<'_>, about: &About, tables: &Tables) -> Section {
    let language = about.language();
    let value = |key| figure(tables, about, key);
    let unit = count_unit_name(input.national.count_unit);
    let unit = unit.in_language(language);
    let (transferred, total, share) = (value("transferred"), value("total"), value("share"));
    let (entered, remaining) = (value("entered"), value("remaining"));
    let as_of = language.date(about.as_of);
    let main = match language {
        Language::Vi => format!(
            "Đến ngày {as_of}, cả nước đã chuyển vào Cơ sở dữ liệu hộ tịch điện tử {transferred} {unit} trên tổng số \
             {total} {unit} cần số hóa, đạt {share}; đã số hóa {entered} {unit}; còn lại {remaining} {unit}."
        ),
        Language::En => format!(
            "By {as_of}, {transferred} of {total} {unit} to be digitized had been transferred to the national electronic \
             civil-status database ({share}); {entered} {unit} had been entered; {remaining} {unit} remained."
        ),
    };
    let (reported, reporting, expected) = (
        value("transferred_reported"),
        value("reporting"),
        value("expected"),
    );
    let coverage = match language {
        Language::Vi => format!(
            "Trong tuần có {reporting} trên {expected} đơn vị báo cáo, cộng {reported} {unit} đã chuyển; đơn vị chưa báo \
             cáo được giữ ở số gần nhất, không tính là số không."
        ),
        Language::En => format!(
            "{reporting} of {expected} units reported in the week, {reported} {unit} transferred in all; units without a \
             report are kept at their last figure and not counted as zero."
        ),
    };
    Section {
        heading: about.t("Kết quả chung", "Results"),
        paragraphs: vec![main, coverage],
    }
}

fn change(about: &About, tables: &Tables) -> Section {
    let language = about.language();
    let value = |key| figure(tables, about, key);
    let before = about.order.cutoff.before().words(language);
    let (work, corrections, scope, compared) = (
        value("work"),
        value("corrections"),
        value("scope"),
        value("compared"),
    );
    let heading = about.t(
        "Thay đổi so với kỳ trước",
        "Change since the cut-off before",
    );
    if compared == "–" {
        let none = about.t(
            "Không đơn vị nào báo cáo ở cả hai kỳ nên không so sánh được.",
            "No unit reported at both cut-offs, so nothing can be compared.",
        );
        return Section {
            heading,
            paragraphs: vec![none.to_owned()],
        };
    }
    let main = match language {
        Language::Vi => format!(
            "So với kỳ chốt {before}, {compared} đơn vị báo cáo cả hai kỳ đã chuyển thêm {work} trường hợp, đính chính giảm \
             {corrections}; tổng số cần số hóa thay đổi {scope}."
        ),
        Language::En => format!(
            "Since the cut-off {before}, the {compared} units that reported both times transferred {work} more records \
             and corrected {corrections}; the total to digitize changed by {scope}."
        ),
    };
    let movers: Vec<String> = movers(&tables.provinces)
        .into_iter()
        .take(NAMED_MOVERS)
        .map(|row| {
            let cell = |key| tables.provinces.cell(row, key).shown(language);
            format!("{} ({})", cell("name"), cell("work"))
        })
        .collect();
    let mut paragraphs = vec![main];
    if !movers.is_empty() {
        let label = about.t("Làm thêm nhiều nhất", "Most work done");
        paragraphs.push(format!("{label}: {}.", movers.join(", ")));
    }
    Section {
        heading,
        paragraphs,
    }
}

/// The rows of the units that did some work since the cut-off before, most first.
pub(crate) fn movers(provinces: &Table) -> Vec<&Vec<Cell>> {
    let work = |row: &Vec<Cell>| match provinces.cell(row, "work") {
        Cell::Number(work) => *work,
        _ => 0,
    };
    let mut rows: Vec<&Vec<Cell>> = provinces.rows.iter().filter(|row| work(row) > 0).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(work(row)));
    rows
}

/// The groups in the order of the report: done, on course, at risk, and those nobody can place.
pub(crate) const GROUPS: [Group; 4] =
    [Group::Done, Group::OnCourse, Group::AtRisk, Group::NoFigure];

/// The names of the units of a group.
pub(crate) fn group_members(
    input: &PackInput<'_>,
    group: Group,
    language: Language,
) -> Vec<String> {
    let rows = input.national.rows.iter().filter(|row| row.group == group);
    rows.map(|row| row.name.in_language(language).to_owned())
        .collect()
}

fn groups(input: &PackInput<'_>, about: &About) -> Section {
    let language = about.language();
    let paragraph = |group: Group| {
        let names = group_members(input, group, language);
        let name = group_name(group);
        let count = names.len();
        (count > 0).then(|| {
            format!(
                "{} ({count}): {}.",
                name.in_language(language),
                names.join(", ")
            )
        })
    };
    Section {
        heading: about.t("Các nhóm địa phương", "Groups of provinces"),
        paragraphs: GROUPS.into_iter().filter_map(paragraph).collect(),
    }
}

fn difficulties(about: &About, tables: &Tables) -> Section {
    let table = &tables.difficulties;
    let language = about.language();
    let one = |row: &Vec<Cell>| {
        let cell = |key| table.cell(row, key).shown(language);
        format!("{} ({}): {}", cell("name"), cell("as_of"), cell("words"))
    };
    let mut paragraphs: Vec<String> = table.rows.iter().map(one).collect();
    if paragraphs.is_empty() {
        let none = about.t(
            "Không địa phương nào nêu khó khăn trong kỳ.",
            "No province reported a difficulty in the period.",
        );
        paragraphs.push(none.to_owned());
    }
    Section {
        heading: about.t("Khó khăn, vướng mắc", "Difficulties"),
        paragraphs,
    }
}
