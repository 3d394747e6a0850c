//! The words and figures of a burn-up: title, definition, key, description for screen readers, and table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::domain::{Language, Share};

use super::BurnUp;
use crate::charts::canvas::Marker;
use crate::charts::chart::ChartTable;
use crate::charts::legend::{Key, Swatch};
use crate::charts::series::{Band, DatedCount, FanPoint, Runs, last_count, unreported};
use crate::charts::style::{
    CAMPAIGN, CAMPAIGN_BAND, ChartSize, ENTERED_LINE, ESTIMATE_LINE, GAP_LINE, MEDIAN_LINE,
    PUBLISHED_LINE, TET_BAND, TOTAL_LINE, TRANSFERRED_LINE, forecast_count, things,
};

/// The names of the lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub(super) Language);

impl Words {
    pub(super) const fn total(self) -> &'static str {
        self.0.pick("Tổng số cần số hóa", "To be digitized")
    }

    pub(super) const fn entered(self) -> &'static str {
        self.0.pick("Đã nhập", "Entered")
    }

    pub(super) const fn transferred(self) -> &'static str {
        self.0.pick("Đã chuyển vào CSDL", "Transferred")
    }

    const fn estimate(self) -> &'static str {
        self.0.pick(
            "Đã chuyển, ước tính gồm cả đơn vị chưa báo cáo",
            "Transferred, estimate with missing units carried forward",
        )
    }

    pub(super) const fn estimate_short(self) -> &'static str {
        self.0
            .pick("Đã chuyển (ước tính)", "Transferred (estimate)")
    }

    const fn gap(self) -> &'static str {
        self.0.pick("Kỳ chưa có báo cáo", "No report")
    }

    const fn forecast(self) -> &'static str {
        self.0.pick(
            "Dự báo: trung vị và khoảng 80%",
            "Forecast: median and 80% interval",
        )
    }

    const fn published(self) -> &'static str {
        self.0.pick("Đã công bố", "Published")
    }

    const fn campaign(self) -> &'static str {
        self.0.pick("Đợt cao điểm", "Campaign")
    }

    const fn tet(self) -> &'static str {
        self.0.pick("Nghỉ Tết", "Tết holiday")
    }

    const fn not_reported(self) -> &'static str {
        self.0.pick("chưa báo cáo", "not reported")
    }
}

/// The title.
pub(super) fn title(burn_up: &BurnUp) -> String {
    let language = burn_up.caption.language;
    let what = language.pick(
        "Tiến độ số hóa sổ hộ tịch",
        "Digitizing the civil-status books",
    );
    format!("{what}: {}", burn_up.caption.subject())
}

/// What is counted and what "done" means.
pub(super) fn definition(burn_up: &BurnUp) -> String {
    let language = burn_up.caption.language;
    let things = things(language, burn_up.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Số {things} lũy kế đến từng ngày chốt. Hoàn thành là đã chuyển vào Cơ sở dữ liệu hộ tịch điện tử. \
             Kỳ chưa có báo cáo để trống, không tính là 0."
        ),
        Language::En => format!(
            "Cumulative {things} at each reporting date. Done means transferred into the national electronic \
             civil-status database. A date without a report is left open, never counted as 0."
        ),
    }
}

/// The keys of what is really drawn.
pub(super) fn keys(burn_up: &BurnUp) -> Vec<Key> {
    let words = Words(burn_up.caption.language);
    let has = |series: &[DatedCount]| last_count(series).is_some();
    let broken = |series: &[DatedCount]| Runs::of(series).gaps().next().is_some();
    let has_gap =
        broken(&burn_up.total) || broken(&burn_up.entered) || !burn_up.open_gaps().is_empty();
    let estimate = match burn_up.size {
        ChartSize::Full | ChartSize::Slide => words.estimate(),
        ChartSize::Compact => words.estimate_short(),
    };
    let published = Swatch::Mark(Marker::Diamond, 6.0, PUBLISHED_LINE);
    let all = [
        (
            has(&burn_up.total),
            Swatch::Steps(TOTAL_LINE),
            words.total(),
        ),
        (
            has(&burn_up.entered),
            Swatch::Line(ENTERED_LINE),
            words.entered(),
        ),
        (
            has(&burn_up.transferred),
            Swatch::Line(TRANSFERRED_LINE),
            words.transferred(),
        ),
        (
            has(&burn_up.estimate),
            Swatch::Line(ESTIMATE_LINE),
            estimate,
        ),
        (has_gap, Swatch::Line(GAP_LINE), words.gap()),
        (
            burn_up.fan().next().is_some(),
            Swatch::Fan(MEDIAN_LINE),
            words.forecast(),
        ),
        (!burn_up.published.is_empty(), published, words.published()),
        (
            !burn_up.campaigns.is_empty(),
            Swatch::Band(CAMPAIGN_BAND, Some(CAMPAIGN)),
            words.campaign(),
        ),
        (
            !burn_up.tet.is_empty(),
            Swatch::Band(TET_BAND, None),
            words.tet(),
        ),
    ];
    let drawn = all.into_iter().filter(|(drawn, _, _)| *drawn);
    drawn
        .map(|(_, swatch, text)| Key::new(swatch, text))
        .collect()
}

/// What a reader would see, in sentences.
pub(super) fn describe(burn_up: &BurnUp) -> String {
    let caption = &burn_up.caption;
    let language = caption.language;
    let words = Words(language);
    let subject = caption.subject();
    let kind = language.pick("Biểu đồ đường lũy kế", "Cumulative line chart");
    let mut sentences = caption.opening(&format!("{kind}, {subject}"));
    if burn_up.is_empty() {
        sentences.push(
            language
                .pick("Chưa có số liệu.", "No figures yet.")
                .to_owned(),
        );
    }
    for (series, name) in [
        (&burn_up.total, words.total()),
        (&burn_up.entered, words.entered()),
        (&burn_up.transferred, words.transferred()),
        (&burn_up.estimate, words.estimate()),
    ] {
        sentences.extend(describe_series(burn_up, series, name));
    }
    sentences.extend(describe_forecast(burn_up));
    if let Some(deadline) = &burn_up.deadline {
        let name = deadline.name.in_language(language);
        sentences.push(format!("{name}: {}.", language.date(deadline.on)));
    }
    for point in &burn_up.published {
        let (figure, day) = (language.count(point.value), language.date(point.as_of));
        let label = point.label.in_language(language);
        sentences.push(format!("{}: {figure} ({day}; {label}).", words.published()));
    }
    for (bands, kind) in [
        (&burn_up.campaigns, words.campaign()),
        (&burn_up.tet, words.tet()),
    ] {
        sentences.extend(bands.iter().map(|band| describe_band(language, kind, band)));
    }
    sentences.join(" ")
}

/// One line in words: its last figure, its share of the total, and how many reports are missing.
fn describe_series(burn_up: &BurnUp, series: &[DatedCount], name: &str) -> Option<String> {
    let language = burn_up.caption.language;
    let (as_of, count) = last_count(series)?;
    let (figure, day) = (language.count(count), language.date(as_of));
    let is_total = std::ptr::eq(series, burn_up.total.as_slice());
    let share = last_count(&burn_up.total)
        .filter(|_| !is_total)
        .and_then(|(_, total)| Share::of(count, total))
        .map(|share| language.percent(share));
    let share = match (share, language) {
        (Some(share), Language::Vi) => format!(", bằng {share} tổng số"),
        (Some(share), Language::En) => format!(", {share} of the total"),
        (None, _) => String::new(),
    };
    let missing = match (unreported(series), language) {
        (0, _) => String::new(),
        (missing, Language::Vi) => format!("; {missing} kỳ chưa có báo cáo"),
        (missing, Language::En) => format!("; {missing} dates without a report"),
    };
    Some(format!("{name}: {figure}{share} ({day}){missing}."))
}

fn describe_forecast(burn_up: &BurnUp) -> Option<String> {
    let language = burn_up.caption.language;
    let last = burn_up.fan().max_by_key(|point| point.on)?;
    let day = language.date(last.on);
    let [low, median, high] =
        [last.p10, last.p50, last.p90].map(|value| forecast_count(language, value));
    Some(match language {
        Language::Vi => {
            format!("Dự báo đến ngày {day}: trung vị {median}, khoảng 80% từ {low} đến {high}.")
        }
        Language::En => {
            format!("Forecast for {day}: median {median}, 80% interval from {low} to {high}.")
        }
    })
}

fn describe_band(language: Language, kind: &str, band: &Band) -> String {
    let name = band.name.in_language(language);
    let (first, last) = (language.date(band.first_day), language.date(band.last_day));
    format!("{kind}: {name} ({first} – {last}).")
}

/// One of the figures of a forecast.
type Quantile = fn(&FanPoint) -> f64;

/// Every figure of the chart by date. Columns without any figure are left out.
pub(super) fn table(burn_up: &BurnUp) -> ChartTable {
    let language = burn_up.caption.language;
    let words = Words(language);
    let mut columns: Vec<(String, BTreeMap<NaiveDate, String>)> = Vec::new();
    for (series, name) in [
        (&burn_up.total, words.total()),
        (&burn_up.entered, words.entered()),
        (&burn_up.transferred, words.transferred()),
        (&burn_up.estimate, words.estimate_short()),
    ] {
        let figure = |point: &DatedCount| match point.value {
            Some(count) => language.count(count),
            None => words.not_reported().to_owned(),
        };
        let cells = series.iter().map(|point| (point.as_of, figure(point)));
        columns.push((name.to_owned(), cells.collect()));
    }
    let quantiles: [(&str, Quantile); 3] = [
        ("P10", |point| point.p10),
        ("P50", |point| point.p50),
        ("P90", |point| point.p90),
    ];
    for (name, value) in quantiles {
        let name = format!("{} {name}", language.pick("Dự báo", "Forecast"));
        let cells = burn_up
            .fan()
            .map(|point| (point.on, forecast_count(language, value(&point))));
        columns.push((name, cells.collect()));
    }
    let mut published: BTreeMap<NaiveDate, String> = BTreeMap::new();
    for point in &burn_up.published {
        let cell = published.entry(point.as_of).or_default();
        if !cell.is_empty() {
            cell.push_str("; ");
        }
        cell.push_str(&language.count(point.value));
    }
    columns.push((words.published().to_owned(), published));
    columns.retain(|(_, cells)| !cells.is_empty());
    tabulate(language, &columns)
}

/// Puts columns side by side, one row a date.
fn tabulate(language: Language, columns: &[(String, BTreeMap<NaiveDate, String>)]) -> ChartTable {
    let mut rows: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for day in columns.iter().flat_map(|(_, cells)| cells.keys()) {
        rows.entry(*day).or_insert_with(|| {
            let cells = columns
                .iter()
                .map(|(_, cells)| cells.get(day).cloned().unwrap_or_default());
            [language.date(*day)].into_iter().chain(cells).collect()
        });
    }
    let first = language.pick("Ngày", "Date").to_owned();
    let names = columns.iter().map(|(name, _)| name.clone());
    ChartTable {
        headers: [first].into_iter().chain(names).collect(),
        rows: rows.into_values().collect(),
    }
}
