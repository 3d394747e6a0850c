use proptest::prelude::*;
use store::domain::{Language, Text};

use super::{BurnUp, draw_burn_up};
use crate::charts::reading::{faults, png_size, shapes, texts};
use crate::charts::samples::{count, day, empty_burn_up, full_burn_up, weeks_after};
use crate::charts::{Band, ChartSize, DatedCount, FanPoint, NamedDay, PublishedPoint, RenderError};

fn series(values: &[Option<i64>]) -> Vec<DatedCount> {
    let dated = |(week, value): (i64, &Option<i64>)| DatedCount {
        as_of: weeks_after(day("2025-01-05"), week),
        value: value.map(count),
    };
    (0..).zip(values).map(dated).collect()
}

fn fan(figures: &[(i64, f64, f64, f64)]) -> Vec<FanPoint> {
    let point = |(week, p10, p50, p90): &(i64, f64, f64, f64)| FanPoint {
        on: weeks_after(day("2025-01-05"), *week),
        p10: *p10,
        p50: *p50,
        p90: *p90,
    };
    figures.iter().map(point).collect()
}

/// Three weeks, the second of them without a report.
fn small(language: Language) -> BurnUp {
    BurnUp {
        total: series(&[Some(1000), Some(1000), Some(1200)]),
        entered: series(&[Some(500), None, Some(900)]),
        transferred: series(&[Some(400), None, Some(600)]),
        forecast: fan(&[(3, 640.4, 700.6, 800.0)]),
        deadline: Some(NamedDay {
            on: day("2025-02-28"),
            name: Text::new("Hạn", "Deadline"),
        }),
        published: vec![PublishedPoint {
            as_of: day("2025-01-12"),
            value: count(450),
            label: Text::new("Báo cáo", "Report"),
        }],
        ..empty_burn_up(language, ChartSize::Full)
    }
}

fn with_deadline(on: &str, burn_up: BurnUp) -> BurnUp {
    BurnUp {
        deadline: Some(NamedDay {
            on: day(on),
            name: Text::new("Hạn hoàn thành", "Deadline"),
        }),
        ..burn_up
    }
}

/// A total of ten parts, nine of them entered and eight transferred.
fn of_parts(part: i64, empty: &BurnUp) -> BurnUp {
    let rise = |parts: i64| series(&[Some(0), Some(parts * part / 4), Some(parts * part)]);
    BurnUp {
        total: rise(10),
        entered: rise(9),
        transferred: rise(8),
        ..empty.clone()
    }
}

fn with_long_names(full: &BurnUp) -> BurnUp {
    let long = "Xác nhận tình trạng hôn nhân ở Thừa Thiên Huế và Bà Rịa - Vũng Tàu ".repeat(4);
    let mut named = full.clone();
    named.caption.subject = Text::same(&long);
    named.caption.source = Text::same(&long);
    named.caption.headline = Some(Text::same(&long));
    named.deadline = named.deadline.map(|deadline| NamedDay {
        name: Text::same(&long),
        ..deadline
    });
    for point in &mut named.published {
        point.label = Text::same(&long);
    }
    named
}

/// More published figures and campaigns than can be named.
fn crowded(full: &BurnUp) -> BurnUp {
    let week = |week: i64| weeks_after(day("2024-01-07"), week);
    let point = |place: i64| PublishedPoint {
        as_of: week(place),
        value: count(30_000_000 + 100_000 * place),
        label: Text::same("Thừa Thiên Huế"),
    };
    let campaign = |place: i64| Band {
        first_day: week(place * 3),
        last_day: week(place * 3 + 2),
        name: Text::same("Đợt cao điểm"),
    };
    BurnUp {
        published: (0..40).map(point).collect(),
        campaigns: (0..20).map(campaign).collect(),
        ..full.clone()
    }
}

/// A forecast with points that are no numbers, out of order and below zero.
fn wild_forecast(language: Language) -> BurnUp {
    BurnUp {
        forecast: fan(&[
            (3, f64::NAN, 1.0, 2.0),
            (4, -5.0, f64::INFINITY, 9.0),
            (2, -5.0, 4.0, 9.0),
        ]),
        ..small(language)
    }
}

/// What tends to break charts.
fn hard_cases(language: Language, size: ChartSize) -> Vec<(&'static str, BurnUp)> {
    let empty = empty_burn_up(language, size);
    let full = full_burn_up(language, size);
    let only = |values: &[Option<i64>]| BurnUp {
        transferred: series(values),
        ..empty.clone()
    };
    vec![
        ("empty", empty.clone()),
        ("silent", only(&[None, None])),
        ("one point", only(&[Some(7)])),
        ("all zero", of_parts(0, &empty)),
        ("huge", of_parts(100_000_000_000, &empty)),
        ("largest", of_parts(i64::MAX / 10, &empty)),
        ("long names", with_long_names(&full)),
        ("crowded", crowded(&full)),
        (
            "deadline long past",
            with_deadline("2015-01-01", full.clone()),
        ),
        (
            "deadline far ahead",
            with_deadline("2045-01-01", full.clone()),
        ),
        ("deadline today", with_deadline("2025-05-18", full.clone())),
        (
            "deadline at the start",
            with_deadline("2022-05-29", full.clone()),
        ),
        ("wild forecast", wild_forecast(language)),
        ("small", small(language)),
        ("156 weeks", full),
    ]
}

#[test]
fn no_text_overlaps_or_is_cut_whatever_the_data() {
    for language in Language::ALL {
        for size in ChartSize::ALL {
            for (name, burn_up) in hard_cases(language, size) {
                let chart = draw_burn_up(&burn_up).unwrap();
                if let Some(deadline) = &burn_up.deadline {
                    let due = language.date(deadline.on);
                    let is_written = texts(&chart).iter().any(|shown| shown.text.contains(&due));
                    assert!(is_written, "{name} {language:?} {size:?} names no deadline");
                }
                assert_eq!(
                    faults(&chart),
                    Vec::<String>::new(),
                    "{name} {language:?} {size:?}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_overlaps_or_is_cut_in_random_burn_ups(
        values in prop::collection::vec(prop::option::weighted(0.8, 0..60_000_000_i64), 0..60),
        total in 0..80_000_000_i64,
        deadline in 0..140_i64,
        published in prop::collection::vec((0..60_i64, 0..60_000_000_i64), 0..6),
        compact in any::<bool>(),
    ) {
        let size = if compact { ChartSize::Compact } else { ChartSize::Full };
        let burn_up = BurnUp {
            total: series(&vec![Some(total); values.len()]),
            entered: series(&values),
            transferred: series(&values.iter().map(|value| value.map(|v| v / 2)).collect::<Vec<_>>()),
            deadline: Some(NamedDay {
                on: weeks_after(day("2024-04-07"), deadline),
                name: Text::new("Hạn hoàn thành", "Deadline"),
            }),
            published: published
                .into_iter()
                .map(|(week, value)| PublishedPoint {
                    as_of: weeks_after(day("2025-01-05"), week),
                    value: count(value),
                    label: Text::same("Báo cáo 6 tháng"),
                })
                .collect(),
            ..empty_burn_up(Language::Vi, size)
        };
        let chart = draw_burn_up(&burn_up).unwrap();
        prop_assert_eq!(faults(&chart), Vec::<String>::new());
        let due = Language::Vi.date(weeks_after(day("2024-04-07"), deadline));
        prop_assert!(texts(&chart).iter().any(|shown| shown.text.contains(&due)));
    }
}

#[test]
fn a_week_without_a_report_breaks_the_line_and_never_falls_to_zero() {
    let chart = draw_burn_up(&small(Language::Vi)).unwrap();
    let zero = shapes(&chart, "axis")[0][0].1;
    let transferred = shapes(&chart, "transferred");
    // One thin line across the gap; the two lone reports are marks, not lines.
    assert_eq!(transferred.len(), 1);
    assert_eq!(transferred[0].len(), 2);
    for (_, y) in transferred
        .into_iter()
        .chain(shapes(&chart, "entered"))
        .flatten()
    {
        assert!(y < zero - 50.0, "{y} is at zero, which lies at {zero}");
    }
    let gap = chart.svg.split("class=\"transferred\"").nth(1).unwrap();
    assert!(gap.contains("stroke-dasharray=\"20 40\""), "{gap}");
}

#[test]
fn the_estimate_leads_across_missing_weeks_in_dashes() {
    let burn_up = BurnUp {
        transferred: series(&[Some(400), None, None]),
        estimate: series(&[None, Some(450), Some(500)]),
        ..empty_burn_up(Language::Vi, ChartSize::Full)
    };
    let chart = draw_burn_up(&burn_up).unwrap();
    let estimate = shapes(&chart, "estimate");
    assert_eq!(estimate.len(), 1);
    assert_eq!(estimate[0].len(), 3, "it begins at the last report");
    assert!(shapes(&chart, "transferred").is_empty());
    let written: Vec<String> = texts(&chart).into_iter().map(|shown| shown.text).collect();
    assert!(written.iter().any(|text| text == "500"), "{written:?}");
}

#[test]
fn heights_are_in_proportion_to_counts() {
    let chart = draw_burn_up(&BurnUp {
        transferred: series(&[Some(0), Some(600), Some(1200)]),
        ..empty_burn_up(Language::Vi, ChartSize::Full)
    })
    .unwrap();
    let zero = shapes(&chart, "axis")[0][0].1;
    let line = &shapes(&chart, "transferred")[0];
    assert!((line[0].1 - zero).abs() < 0.2);
    assert!(((zero - line[2].1) - 2.0 * (zero - line[1].1)).abs() < 0.3);
}

#[test]
fn the_table_holds_every_figure() {
    let table = draw_burn_up(&small(Language::Vi)).unwrap().table;
    assert_eq!(
        table.headers,
        [
            "Ngày",
            "Tổng số cần số hóa",
            "Đã nhập",
            "Đã chuyển vào CSDL",
            "Dự báo P10",
            "Dự báo P50",
            "Dự báo P90",
            "Đã công bố"
        ]
    );
    assert_eq!(
        table.rows,
        [
            ["05/01/2025", "1.000", "500", "400", "", "", "", ""],
            [
                "12/01/2025",
                "1.000",
                "chưa báo cáo",
                "chưa báo cáo",
                "",
                "",
                "",
                "450"
            ],
            ["19/01/2025", "1.200", "900", "600", "", "", "", ""],
            ["26/01/2025", "", "", "", "640", "701", "800", ""],
        ]
    );
}

#[test]
fn the_description_says_what_the_picture_shows() {
    let vi = draw_burn_up(&small(Language::Vi)).unwrap().description;
    assert_eq!(
        vi,
        "Biểu đồ đường lũy kế, Cả nước, chốt số liệu ngày 18/05/2025. SỐ LIỆU MÔ PHỎNG / SYNTHETIC DATA. \
         58/63 đơn vị đã báo cáo. Tổng số cần số hóa: 1.200 (19/01/2025). \
         Đã nhập: 900, bằng 75,0% tổng số (19/01/2025); 1 kỳ chưa có báo cáo. \
         Đã chuyển vào CSDL: 600, bằng 50,0% tổng số (19/01/2025); 1 kỳ chưa có báo cáo. \
         Dự báo đến ngày 26/01/2025: trung vị 701, khoảng 80% từ 640 đến 800. Hạn: 28/02/2025. \
         Đã công bố: 450 (12/01/2025; Báo cáo)."
    );
    let en = draw_burn_up(&small(Language::En)).unwrap().description;
    assert!(
        en.contains("Transferred: 600, 50.0% of the total (19 Jan 2025)"),
        "{en}"
    );
}

#[test]
fn made_up_figures_and_the_caption_are_marked_on_the_picture() {
    let mut burn_up = small(Language::En);
    let written = |burn_up: &BurnUp| {
        let chart = draw_burn_up(burn_up).unwrap();
        let texts = texts(&chart).into_iter().map(|shown| shown.text);
        texts.collect::<Vec<_>>().join("\n")
    };
    let text = written(&burn_up);
    assert_eq!(text.matches("SYNTHETIC DATA").count(), 2);
    for note in [
        "As of 18 May 2025",
        "Known on 19 May 2025 08:30",
        "58/63 units reported",
        "Digest: ",
        "Source: weekly reports",
        "Deadline: 28 Feb 2025",
    ] {
        assert!(text.contains(note), "{note} is not in {text}");
    }
    burn_up.caption.synthetic = false;
    assert!(!written(&burn_up).contains("SYNTHETIC"));
}

#[test]
fn names_from_data_stay_text() {
    let mut burn_up = small(Language::Vi);
    burn_up.caption.subject = Text::same("</title><script>alert('&')</script>");
    let chart = draw_burn_up(&burn_up).unwrap();
    assert!(!chart.svg.contains("<script"));
    assert!(
        chart
            .svg
            .contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;")
    );
    assert_eq!(faults(&chart), Vec::<String>::new());
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    let burn_up = full_burn_up(Language::Vi, ChartSize::Full);
    let (one, two) = (
        draw_burn_up(&burn_up).unwrap(),
        draw_burn_up(&burn_up).unwrap(),
    );
    assert_eq!(one, two);
    let picture = one.png(800).unwrap();
    assert_eq!(picture, two.png(800).unwrap());
    assert_eq!(png_size(&picture), (800, 427));
    assert!(matches!(
        one.png(0),
        Err(RenderError::Width { width_px: 0, .. })
    ));
    assert!(matches!(one.png(20_000), Err(RenderError::Width { .. })));
}
