//! Every chart of units, drawn from figures of each kind.

use chrono::{Months, NaiveDate};
use store::domain::{Language, Share, Text, UnitId, Week};

use crate::charts::samples::{band, caption, count, day};
use crate::charts::{
    Arrival, Caption, Chart, ChartSize, DateSpread, DatedShare, Ending, Meeting, MeetingRow,
    Multiples, NamedDay, Pace, PaceRow, Panel, SharePoint, StageGap, StageGapRow, SubmissionRow,
    Submissions, Throughput, Tile, TileGrid, TileState, Timeline, TimelineRow, WeekWork,
    draw_meeting, draw_multiples, draw_pace, draw_stage_gap, draw_submissions, draw_throughput,
    draw_tile_grid, draw_timeline,
};
use crate::model::MeetingChange;

/// What the figures are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    Mixed,
    Zero,
    Done,
    Silent,
    Huge,
}

pub(super) const ALL: [Figures; 5] = [
    Figures::Mixed,
    Figures::Zero,
    Figures::Done,
    Figures::Silent,
    Figures::Huge,
];

/// The figure of a unit; `None` where it is silent.
fn figure(figures: Figures, place: usize) -> Option<i64> {
    let seed = i64::try_from(place * 37 % 63).unwrap();
    match figures {
        Figures::Mixed => (seed % 7 != 6).then_some(20_000 + seed * 14_321),
        Figures::Zero => Some(0),
        Figures::Done => Some(1_000_000),
        Figures::Silent => None,
        Figures::Huge => Some(100_000_000 * (seed + 1)),
    }
}

fn look(language: Language) -> Caption {
    caption(language)
}

fn share(figures: Figures, place: usize) -> Option<Share> {
    let whole = match figures {
        Figures::Huge => 6_400_000_000,
        _ => 1_000_000,
    };
    Share::of(count(figure(figures, place)?), count(whole))
}

fn deadline() -> Option<NamedDay> {
    Some(NamedDay {
        on: day("2025-12-31"),
        name: Text::new("Thời hạn", "Deadline"),
    })
}

fn after(months: usize) -> NaiveDate {
    day("2025-05-18") + Months::new(u32::try_from(months).unwrap())
}

pub(super) type Look = (Language, ChartSize);

fn timeline(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let ending = |place: usize| match (figures, place % 9) {
        (Figures::Done, _) | (Figures::Mixed, 8) => Ending::Done {
            since: day("2024-12-15"),
        },
        (Figures::Silent, _) | (Figures::Mixed, 7) => Ending::None(Text::new(
            "không có tiến triển 12 tuần qua, còn lại 123.456.789",
            "no progress for 12 weeks, 123,456,789 left",
        )),
        (Figures::Huge, _) | (Figures::Mixed, 6) => Ending::Spread(DateSpread {
            p10: Some(after(place)),
            p50: None,
            p90: None,
        }),
        (_, months) => Ending::Spread(DateSpread {
            p10: Some(after(months)),
            p50: Some(after(months + 2)),
            p90: Some(after(months * 3 + 2)),
        }),
    };
    let row = |(place, name): (usize, &Text)| TimelineRow {
        name: name.clone(),
        ending: ending(place),
    };
    draw_timeline(&Timeline {
        caption: look(language),
        size,
        rows: names.iter().enumerate().map(row).collect(),
        deadline: deadline(),
    })
    .unwrap()
}

fn multiples(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let panel = |(place, name): (usize, &Text)| Panel {
        name: name.clone(),
        shares: (0..30)
            .map(|month| DatedShare {
                as_of: day("2023-01-01") + Months::new(month),
                share: share(figures, place).filter(|_| month % 11 != 7),
            })
            .collect(),
        fan: (0..12)
            .map(|month| SharePoint {
                on: after(month),
                p10: 0.5,
                p50: 0.6,
                p90: f64::from(u32::try_from(month).unwrap()),
            })
            .collect(),
        absent: Text::new("chưa từng báo cáo", "never reported"),
    };
    draw_multiples(&Multiples {
        caption: look(language),
        size,
        panels: names.iter().enumerate().map(panel).collect(),
        deadline: deadline(),
    })
    .unwrap()
}

pub(super) fn tiles(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    // Units of the 63 and, for fewer names, of the 34, in the order of their codes.
    let scheme = if names.len() == 34 {
        store::domain::Scheme::New34
    } else {
        store::domain::Scheme::Old63
    };
    let units = store::domain::Reference::embedded().units.of_scheme(scheme);
    let tile = |(place, (unit, name)): (usize, (UnitId, &Text))| Tile {
        place: unit,
        name: name.clone(),
        state: match (share(figures, place), place % 8) {
            (Some(share), 3) => TileState::Carried(share),
            (Some(_), 5) => TileState::NoTotal,
            (Some(share), _) => TileState::Reported(share),
            (None, _) => TileState::NotReported,
        },
    };
    let tiles = units.map(|unit| unit.id).zip(names).enumerate().map(tile);
    draw_tile_grid(&TileGrid {
        caption: look(language),
        size,
        tiles: tiles.collect(),
    })
    .unwrap()
}

fn stage_gap(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let row = |(place, name): (usize, &Text)| StageGapRow {
        name: name.clone(),
        entered: figure(figures, place).map(count),
        transferred: figure(figures, place).map(|figure| {
            let place = i64::try_from(place).unwrap();
            count(if place == 4 {
                figure + 99
            } else {
                figure * (place % 10) / 10
            })
        }),
    };
    draw_stage_gap(&StageGap {
        caption: look(language),
        size,
        rows: names.iter().enumerate().map(row).collect(),
    })
    .unwrap()
}

fn pace(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let row = |(place, name): (usize, &Text)| PaceRow {
        name: name.clone(),
        required: figure(figures, place).map(|figure| count(figure).to_f64() / 30.0),
        actual: (place % 5 != 3).then(|| 3_000.0 * f64::from(u32::try_from(place + 1).unwrap())),
        note: Text::new(
            "quá hạn 123 tuần; 12.345 /tuần",
            "123 weeks overdue; 12,345 a week",
        ),
    };
    draw_pace(&Pace {
        caption: look(language),
        size,
        rows: names.iter().enumerate().map(row).collect(),
    })
    .unwrap()
}

fn meeting(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let change = |place: usize, work: i64| MeetingChange {
        work,
        corrections: match place % 6 {
            1 => -work / 3,
            2 => work / 4,
            _ => 0,
        },
        scope: (place % 4 != 1).then_some(work / 2),
    };
    let row = |(place, name): (usize, &Text)| MeetingRow {
        name: name.clone(),
        change: figure(figures, place).map(|work| change(place, work)),
    };
    draw_meeting(&Meeting {
        caption: look(language),
        size,
        earlier: day("2025-04-20"),
        earlier_known_on: "2025-04-24T01:30:00Z".parse().unwrap(),
        rows: names.iter().enumerate().map(row).collect(),
    })
    .unwrap()
}

fn submissions(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let first = Week::parse("2024-W40").unwrap();
    let weeks: Vec<Week> = first.through(first.plus(34)).collect();
    let kinds = [
        Arrival::OnTime,
        Arrival::OnTime,
        Arrival::Late,
        Arrival::Corrected,
        Arrival::LateCorrected,
        Arrival::Missing,
    ];
    let arrival = |place: usize, week: usize| match figures {
        Figures::Silent | Figures::Zero => Arrival::Missing,
        Figures::Done => Arrival::OnTime,
        _ if week == 34 => Arrival::NotDue,
        _ => kinds[(place * 7 + week * week) % kinds.len()],
    };
    let row = |(place, name): (usize, &Text)| SubmissionRow {
        name: name.clone(),
        arrivals: (0..weeks.len()).map(|week| arrival(place, week)).collect(),
    };
    draw_submissions(&Submissions {
        caption: look(language),
        size,
        days_allowed: 3,
        rows: names.iter().enumerate().map(row).collect(),
        weeks,
    })
    .unwrap()
}

fn throughput(names: &[Text], figures: Figures, (language, size): Look) -> Chart {
    let first = Week::parse("2024-W01").unwrap();
    let week = |place: usize| WeekWork {
        week: first.plus(i64::try_from(place).unwrap()),
        work: figure(figures, place).map(count),
        corrections: if place % 9 == 2 { -40 } else { 0 },
        compared: place % 64,
        expected: 63,
    };
    draw_throughput(&Throughput {
        caption: look(language),
        size,
        weeks: (0..names.len()).map(week).collect(),
        required: Some(123_456.0),
        campaigns: vec![band(
            "2024-10-01",
            "2024-12-31",
            Text::new("Đợt cao điểm 90 ngày đêm số hóa", "90 days and nights"),
        )],
        tet: vec![band("2025-01-25", "2025-02-02", Text::same("Tết"))],
    })
    .unwrap()
}

pub(super) type Draw = fn(&[Text], Figures, Look) -> Chart;

pub(super) const CHARTS: [(&str, Draw); 8] = [
    ("timeline", timeline),
    ("multiples", multiples),
    ("tiles", tiles),
    ("stage gap", stage_gap),
    ("pace", pace),
    ("meeting", meeting),
    ("submissions", submissions),
    ("throughput", throughput),
];
