//! The words and figures of a chart of weekly work.

use store::domain::{Count, Language};

use super::{Throughput, WeekWork};
use crate::charts::canvas::Marker;
use crate::charts::chart::ChartTable;
use crate::charts::geometry::number;
use crate::charts::legend::{Key, Swatch};
use crate::charts::series::Band;
use crate::charts::style::{
    CAMPAIGN, CAMPAIGN_BAND, CORRECTED_MARK, DEADLINE_LINE, ENTERED_BAR, HATCH_LINE, TET_BAND,
    TRANSFERRED, forecast_count, real, things,
};

/// The title.
pub(super) fn title(throughput: &Throughput) -> String {
    let language = throughput.caption.language;
    let what = language.pick("Khối lượng hoàn thành mỗi tuần", "Work done each week");
    format!("{what}: {}", throughput.caption.subject())
}

/// What a bar counts.
pub(super) fn definition(throughput: &Throughput) -> String {
    let language = throughput.caption.language;
    let things = things(language, throughput.caption.count_unit);
    match language {
        Language::Vi => format!(
            "Số {things} chuyển thêm vào Cơ sở dữ liệu hộ tịch điện tử so với tuần trước, chỉ tính đơn vị báo cáo cả \
             hai tuần. Tuần không so được để gạch chéo, không tính là 0."
        ),
        Language::En => format!(
            "The {things} transferred into the national electronic civil-status database since the week before, only \
             of units that reported in both weeks. A week that cannot be compared is hatched, never counted as 0."
        ),
    }
}

/// The keys of what is really drawn.
pub(super) fn keys(throughput: &Throughput) -> Vec<Key> {
    let language = throughput.caption.language;
    let has = |wanted: fn(&WeekWork) -> bool| throughput.weeks.iter().any(wanted);
    let mark = Swatch::Mark(Marker::Diamond, 4.4, CORRECTED_MARK);
    let campaign = Swatch::Band(CAMPAIGN_BAND, Some(CAMPAIGN));
    let required = throughput.required.map_or_else(String::new, |rate| {
        format!(" ({})", forecast_count(language, rate))
    });
    let all = [
        (
            true,
            Swatch::Band(TRANSFERRED, None),
            "Việc đã làm trong tuần",
            "Work of the week",
        ),
        (
            has(|week| week.work.is_some() && week.is_partial()),
            Swatch::Band(ENTERED_BAR, None),
            "Dưới 90% đơn vị so được",
            "Under 90% of units compared",
        ),
        (
            has(|week| week.work.is_none()),
            Swatch::Hatch(HATCH_LINE, HATCH_LINE),
            "Không có số để so",
            "Nothing to compare",
        ),
        (
            has(|week| week.corrections < 0),
            mark,
            "Có đính chính giảm",
            "Corrected downwards",
        ),
        (
            throughput.required.is_some(),
            Swatch::Line(DEADLINE_LINE),
            "Mức cần mỗi tuần làm việc",
            "Required per working week",
        ),
        (
            !throughput.campaigns.is_empty(),
            campaign,
            "Đợt cao điểm",
            "Campaign",
        ),
        (
            !throughput.tet.is_empty(),
            Swatch::Band(TET_BAND, None),
            "Nghỉ Tết",
            "Tết holiday",
        ),
    ];
    let drawn = all.into_iter().filter(|(drawn, ..)| *drawn);
    drawn
        .map(|(_, swatch, vi, en)| match swatch {
            Swatch::Line(_) => Key::new(swatch, format!("{}{required}", language.pick(vi, en))),
            _ => Key::new(swatch, language.pick(vi, en)),
        })
        .collect()
}

/// What a reader would see, in sentences.
pub(super) fn describe(throughput: &Throughput) -> String {
    let language = throughput.caption.language;
    let kind = language.pick("Biểu đồ cột theo tuần", "Column chart by week");
    let subject = throughput.caption.subject();
    let mut sentences = throughput.caption.opening(&format!("{kind}, {subject}"));
    let known = || {
        let weeks = throughput.weeks.iter();
        weeks.filter_map(|week| Some((week.week, week.work?)))
    };
    let say = |vi: &str, en: &str, (week, work): (store::domain::Week, Count)| {
        let what = language.pick(vi, en);
        let unit = language.pick("tuần", "week");
        format!("{what}: {} ({unit} {week}).", language.count(work))
    };
    sentences.extend(
        known()
            .next_back()
            .map(|last| say("Gần nhất", "Latest", last)),
    );
    let most = known().max_by_key(|(_, work)| *work);
    sentences.extend(most.map(|most| say("Cao nhất", "Highest", most)));
    let absent = throughput.weeks.iter().filter(|week| week.work.is_none());
    let absent = real(language, number(absent.count()), 0);
    let of = real(language, number(throughput.weeks.len()), 0);
    let words = language.pick("Tuần không có số để so", "Weeks with nothing to compare");
    sentences.push(format!("{words}: {absent}/{of}."));
    if let Some(rate) = throughput.required {
        let words = language.pick("Mức cần mỗi tuần làm việc", "Required per working week");
        sentences.push(format!("{words}: {}.", forecast_count(language, rate)));
    }
    for (bands, vi, en) in [
        (&throughput.campaigns, "Đợt cao điểm", "Campaign"),
        (&throughput.tet, "Nghỉ Tết", "Tết holiday"),
    ] {
        let words = |band: &Band| {
            let name = band.name.in_language(language);
            let days = [band.first_day, band.last_day].map(|day| language.date(day));
            format!("{}: {name} ({}).", language.pick(vi, en), days.join(" – "))
        };
        sentences.extend(bands.iter().map(words));
    }
    sentences.join(" ")
}

/// Every figure of the chart.
pub(super) fn table(throughput: &Throughput) -> ChartTable {
    let language = throughput.caption.language;
    let headers = [
        ("Tuần", "Week"),
        ("Từ ngày", "From"),
        ("Việc đã làm", "Work done"),
        ("Đính chính giảm", "Corrected downwards"),
        ("Đơn vị so được", "Units compared"),
        ("Đơn vị phải báo cáo", "Units expected"),
    ];
    let cells = |week: &WeekWork| {
        let absent = || {
            language
                .pick("không có số để so", "nothing to compare")
                .to_owned()
        };
        vec![
            week.week.to_string(),
            language.date(week.week.first_day()),
            week.work.map_or_else(absent, |work| language.count(work)),
            language.whole(week.corrections),
            real(language, number(week.compared), 0),
            real(language, number(week.expected), 0),
        ]
    };
    ChartTable::new(
        language,
        &headers,
        throughput.weeks.iter().map(cells).collect(),
    )
}
