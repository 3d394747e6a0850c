//! The words and figures of a timeline.

use chrono::NaiveDate;
use store::domain::Language;

use super::{DateSpread, Ending, Timeline, TimelineRow};
use crate::charts::canvas::Marker;
use crate::charts::chart::ChartTable;
use crate::charts::legend::{Key, Swatch};
use crate::charts::style::{AS_OF_LINE, DEADLINE_LINE, DONE_MARK, ENTERED_BAR, TRANSFERRED_LINE};

/// The title.
pub(super) fn title(timeline: &Timeline) -> String {
    let language = timeline.caption.language;
    let what = language.pick(
        "Thời điểm hoàn thành dự báo so với thời hạn",
        "Forecast completion against the deadline",
    );
    format!("{what}: {}", timeline.caption.subject())
}

/// What the interval means.
pub(super) fn definition(timeline: &Timeline) -> String {
    timeline
        .caption
        .language
        .pick(
            "Thanh: khoảng dự báo 80%, mười lần thì tám lần ngày thật nằm trong khoảng; chấm: trung vị. Dự báo đúng \
             khi không có quyết định mới nào. Đơn vị không dự báo được thì ghi rõ lý do, không có ngày.",
            "Bar: 80% prediction interval, meant to hold the true date eight times in ten; dot: the median. The \
             forecast holds if nothing new is decided. A unit that cannot be forecast has its reason, and no date.",
        )
        .to_owned()
}

/// The keys of what is really drawn.
pub(super) fn keys(timeline: &Timeline) -> Vec<Key> {
    let language = timeline.caption.language;
    let has = |wanted: fn(&Ending) -> bool| timeline.rows.iter().any(|row| wanted(&row.ending));
    let mut keys = Vec::new();
    if has(|ending| matches!(ending, Ending::Spread(_))) {
        let interval = Swatch::Band(ENTERED_BAR, None);
        keys.push(Key::new(
            interval,
            language.pick("Khoảng 80%", "80% interval"),
        ));
        let median = Swatch::Mark(Marker::Disc, 4.4, TRANSFERRED_LINE);
        keys.push(Key::new(median, language.pick("Trung vị", "Median")));
    }
    if has(|ending| matches!(ending, Ending::Done { .. })) {
        let done = Swatch::Done(DONE_MARK);
        keys.push(Key::new(done, language.pick("Đã hoàn thành", "Done")));
    }
    if let Some(deadline) = &timeline.deadline {
        let name = deadline.name.in_language(language);
        let text = format!("{name} {}", language.date(deadline.on));
        keys.push(Key::new(Swatch::Line(DEADLINE_LINE), text));
    }
    let as_of = language.pick("Ngày chốt số liệu", "As of");
    keys.push(Key::new(Swatch::Line(AS_OF_LINE), as_of));
    keys
}

/// A day, or that it is further away than was looked.
fn day(language: Language, day: Option<NaiveDate>) -> String {
    day.map_or_else(
        || language.pick("chưa thấy", "not in sight").to_owned(),
        |day| language.date(day),
    )
}

/// What a reader would see, in sentences.
pub(super) fn describe(timeline: &Timeline) -> String {
    let language = timeline.caption.language;
    let kind = language.pick(
        "Biểu đồ khoảng dự báo theo đơn vị",
        "Chart of prediction intervals by unit",
    );
    let subject = timeline.caption.subject();
    let mut sentences = timeline.caption.opening(&format!("{kind}, {subject}"));
    if let Some(deadline) = &timeline.deadline {
        let name = deadline.name.in_language(language);
        sentences.push(format!("{name}: {}.", language.date(deadline.on)));
    }
    let words = |row: &TimelineRow| {
        let name = row.name.in_language(language);
        match &row.ending {
            Ending::Spread(DateSpread { p10, p50, p90 }) => {
                let [early, middle, late] = [p10, p50, p90].map(|one| day(language, *one));
                format!("{name}: {middle} (80%: {early} – {late})")
            }
            Ending::Done { since } => {
                let done = language.pick("hoàn thành từ", "done since");
                format!("{name}: {done} {}", language.date(*since))
            }
            Ending::None(words) => format!("{name}: {}", words.in_language(language)),
        }
    };
    let rows: Vec<String> = timeline.rows.iter().map(words).collect();
    if !rows.is_empty() {
        sentences.push(format!("{}.", rows.join("; ")));
    }
    sentences.join(" ")
}

/// Every figure of the chart.
pub(super) fn table(timeline: &Timeline) -> ChartTable {
    let language = timeline.caption.language;
    let headers = [
        ("Đơn vị", "Unit"),
        ("P10", "P10"),
        ("P50", "P50"),
        ("P90", "P90"),
        ("Tình trạng", "State"),
    ];
    let cells = |row: &TimelineRow| {
        let (days, state) = match &row.ending {
            Ending::Spread(DateSpread { p10, p50, p90 }) => {
                let days = [p10, p50, p90].map(|one| day(language, *one));
                (days, language.pick("dự báo", "forecast").to_owned())
            }
            Ending::Done { since } => {
                let done = language.pick("hoàn thành từ", "done since");
                let words = format!("{done} {}", language.date(*since));
                (Default::default(), words)
            }
            Ending::None(words) => (Default::default(), words.in_language(language).to_owned()),
        };
        let name = row.name.in_language(language).to_owned();
        [name].into_iter().chain(days).chain([state]).collect()
    };
    ChartTable::new(
        language,
        &headers,
        timeline.rows.iter().map(cells).collect(),
    )
}
