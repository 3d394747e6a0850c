//! The sentences of a pack, made from its figures; the report, the slides and their notes print the same ones.

use store::domain::{Language, Text};

use super::about::About;
use super::cell::Cell;
use super::input::PackInput;
use super::table::Table;
use super::tables::Tables;
use crate::model::Group;
use crate::words::{completion_words, count_unit_name, group_name, state_words};

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
    pub(crate) groups: Section,
    pub(crate) reporting: Section,
    pub(crate) forecast: Section,
    pub(crate) difficulties: Section,
}

impl Prose {
    pub(crate) fn new(input: &PackInput<'_>, about: &About, tables: &Tables) -> Self {
        Self {
            results: results(input, about, tables),
            change: change(about, tables),
            groups: groups(input, about),
            reporting: reporting(about, tables),
            forecast: forecast(input, about, tables),
            difficulties: difficulties(about, tables),
        }
    }

    pub(crate) const fn each(&self) -> [&Section; 6] {
        [
            &self.results,
            &self.change,
            &self.groups,
            &self.reporting,
            &self.forecast,
            &self.difficulties,
        ]
    }
}

/// A key figure as people read it.
pub(crate) fn figure(tables: &Tables, about: &About, key: &str) -> String {
    key_cell(&tables.headline, key).shown(about.language())
}

fn key_cell<'a>(headline: &'a Table, key: &str) -> &'a Cell {
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

fn reporting(about: &About, tables: &Tables) -> Section {
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

fn forecast(input: &PackInput<'_>, about: &About, tables: &Tables) -> Section {
    let language = about.language();
    let national = &input.national.forecast.national;
    let words = |text: Text| text.in_language(language).to_owned();
    let when = match (&national.done_since, &national.completion) {
        (Some(since), _) => {
            format!(
                "{} {}",
                about.t("đã hoàn thành từ", "done since"),
                language.date(*since)
            )
        }
        (None, Some(completion)) => words(completion_words(completion)),
        (None, None) => about
            .t("chưa dự báo được", "no date can be forecast yet")
            .to_owned(),
    };
    let last = about.t(
        "Thời điểm đơn vị cuối cùng hoàn thành",
        "When the last unit is done",
    );
    let mut paragraphs = vec![format!("{last}: {when}.")];
    if let Some(most) = &national.most_done {
        let label = about.t(
            "Thời điểm đạt 95% tổng số toàn quốc",
            "When 95% of the national total is done",
        );
        paragraphs.push(format!("{label}: {}.", words(completion_words(most))));
    }
    let value = |key| figure(tables, about, key);
    let (deadline, chance) = (value("deadline"), value("chance"));
    let (actual, required) = (value("actual_rate"), value("required_rate"));
    paragraphs.push(match language {
        Language::Vi => format!(
            "Thời hạn đang áp dụng: {deadline}; khả năng kịp hạn: {chance}. Tốc độ thực tế {actual} trường hợp mỗi tuần \
             làm việc, tốc độ cần có {required}."
        ),
        Language::En => format!(
            "Deadline in force: {deadline}; chance of meeting it: {chance}. Actual rate {actual} records per working \
             week, required rate {required}."
        ),
    });
    paragraphs.extend(excluded(input, about));
    paragraphs.push(
        about
            .t(
                "Dự báo đúng khi không có quyết định mới; khoảng dự báo 80%: mười lần thì tám lần ngày thật nằm trong khoảng.",
                "The forecast holds if nothing new is decided; the 80% interval is meant to hold the true date eight times in ten.",
            )
            .to_owned(),
    );
    Section {
        heading: about.t("Dự báo hoàn thành", "Forecast"),
        paragraphs,
    }
}

/// The units that cannot be forecast, each with its reason; `None` where there are none.
fn excluded(input: &PackInput<'_>, about: &About) -> Option<String> {
    let excluded = &input.national.forecast.national.excluded;
    let words = |text: Text| text.in_language(about.language()).to_owned();
    let one = |excluded: &crate::forecast::Excluded| {
        let name = words(input.national.name(excluded.unit));
        format!("{name} ({})", words(state_words(&excluded.reason)))
    };
    let names: Vec<String> = excluded.iter().map(one).collect();
    let label = about.t(
        "Chưa thể dự báo, không có trong thời điểm nêu trên",
        "Cannot be forecast and is not in the dates above",
    );
    (!names.is_empty()).then(|| format!("{label} ({}): {}.", names.len(), names.join("; ")))
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
