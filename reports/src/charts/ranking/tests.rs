use proptest::prelude::*;
use store::domain::{Language, Text};

use super::{Columns, Ranking, RankingRow, draw_ranking};
use crate::charts::ChartSize;
use crate::charts::reading::{faults, png_size, shapes, texts};
use crate::charts::samples::{count, full_ranking, names};

fn row(name: &str, total: i64, entered: Option<i64>, transferred: Option<i64>) -> RankingRow {
    RankingRow {
        name: Text::same(name),
        total: Some(count(total)),
        entered: entered.map(count),
        transferred: transferred.map(count),
        carried_from: None,
    }
}

fn ranking(language: Language, rows: Vec<RankingRow>) -> Ranking {
    Ranking {
        rows,
        ..full_ranking(language, ChartSize::Full)
    }
}

fn small(language: Language) -> Ranking {
    let mut carried = row("Cao Bằng", 1000, Some(100), Some(100));
    carried.carried_from = store::domain::Week::parse("2025-W20");
    let mut no_total = row("Lào Cai", 1, Some(9), Some(8));
    no_total.total = None;
    let rows = vec![
        row("Hà Giang", 1000, None, None),
        row("Hà Nội", 2000, Some(1500), Some(890)),
        no_total,
        row("Đà Nẵng", 700, Some(700), Some(700)),
        carried,
        row("Sơn La", 500, Some(60), Some(50)),
    ];
    ranking(language, rows)
}

#[test]
fn no_text_overlaps_or_is_cut_whatever_the_units() {
    for language in Language::ALL {
        for size in ChartSize::ALL {
            for columns in [Columns::Automatic, Columns::One, Columns::Two] {
                let full = Ranking {
                    columns,
                    ..full_ranking(language, size)
                };
                let long = "Xác nhận tình trạng hôn nhân Bà Rịa - Vũng Tàu, Thừa Thiên Huế";
                let named = |name: &str| row(name, 1000, Some(999), Some(998));
                let with = |rows: Vec<RankingRow>| Ranking {
                    rows,
                    ..full.clone()
                };
                let worst = full.rows.iter().map(|row| RankingRow {
                    name: Text::same(long),
                    carried_from: store::domain::Week::parse("2025-W20"),
                    ..row.clone()
                });
                let cases = [
                    ("all 63", full.clone()),
                    ("nothing", with(Vec::new())),
                    ("one", with(vec![named("Huế")])),
                    ("long names", with(worst.collect())),
                    ("all zero", with(vec![row("Huế", 9, Some(0), Some(0)); 30])),
                    (
                        "too low a total",
                        with(vec![row("Huế", 1, Some(9), Some(1_000_000_000_000))]),
                    ),
                ];
                for (name, case) in cases {
                    let chart = draw_ranking(&case).unwrap();
                    let at = format!("{name} {language:?} {size:?} {columns:?}");
                    assert_eq!(faults(&chart), Vec::<String>::new(), "{at}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_overlaps_or_is_cut_in_random_rankings(
        figures in prop::collection::vec((0..9_000_i64, prop::option::of(0..9_000_i64), 0..9_000_i64), 0..70),
        compact in any::<bool>(),
    ) {
        let size = if compact { ChartSize::Compact } else { ChartSize::Full };
        let names = names().into_iter().cycle();
        let rows = figures.iter().zip(names).map(|((total, transferred, entered), name)| {
            row(&name.vi, *total, Some(*entered), *transferred)
        });
        let ranking = Ranking {
            rows: rows.collect(),
            ..full_ranking(Language::Vi, size)
        };
        let chart = draw_ranking(&ranking).unwrap();
        prop_assert_eq!(faults(&chart), Vec::<String>::new());
    }
}

#[test]
fn the_table_is_in_the_order_of_the_bars_and_missing_is_not_zero() {
    let table = draw_ranking(&small(Language::Vi)).unwrap().table;
    assert_eq!(
        table.rows,
        [
            ["1", "Đà Nẵng", "700", "700", "700", "100,0%", "hoàn thành"],
            ["2", "Hà Nội", "2.000", "1.500", "890", "44,5%", ""],
            [
                "3",
                "Cao Bằng",
                "1.000",
                "100",
                "100",
                "10,0%",
                "tuần 2025-W20"
            ],
            ["3", "Sơn La", "500", "60", "50", "10,0%", ""],
            [
                "",
                "Lào Cai",
                "chưa báo cáo",
                "9",
                "8",
                "chưa có tổng số",
                ""
            ],
            [
                "",
                "Hà Giang",
                "1.000",
                "chưa báo cáo",
                "chưa báo cáo",
                "chưa báo cáo",
                ""
            ],
        ]
    );
    assert_eq!(table.headers.len(), 7);
}

#[test]
fn bars_are_as_long_as_their_shares_and_only_where_there_is_one() {
    let chart = draw_ranking(&small(Language::Vi)).unwrap();
    let width = |bar: &Vec<(f64, f64)>| bar[1].0 - bar[0].0;
    let bars: Vec<f64> = shapes(&chart, "transferred").iter().map(width).collect();
    // Đà Nẵng, Hà Nội and Sơn La; Cao Bằng is carried forward and drawn as another kind of bar.
    assert_eq!(bars.len(), 3);
    assert!((bars[1] / bars[0] - 0.445).abs() < 0.002, "{bars:?}");
    assert!((bars[2] / bars[0] - 0.1).abs() < 0.002, "{bars:?}");
    let entered: Vec<f64> = shapes(&chart, "entered").iter().map(width).collect();
    // Hà Nội has entered 75.0 %, Sơn La 12.0 %: what is drawn is the part not yet transferred.
    assert_eq!(entered.len(), 2);
    assert!((entered[0] / bars[0] - 0.305).abs() < 0.002, "{entered:?}");
    assert!((entered[1] / bars[0] - 0.02).abs() < 0.002, "{entered:?}");
}

#[test]
fn the_description_names_every_unit_with_its_share() {
    let vi = draw_ranking(&small(Language::Vi)).unwrap().description;
    assert_eq!(
        vi,
        "Biểu đồ thanh ngang, 63 tỉnh, thành phố, 6 đơn vị, chốt số liệu ngày 18/05/2025. \
         SỐ LIỆU MÔ PHỎNG / SYNTHETIC DATA. 58/63 đơn vị đã báo cáo. Cả nước: 77,8%. \
         Từ cao xuống thấp (4): Đà Nẵng 100,0%; Hà Nội 44,5%; Cao Bằng 10,0% (tuần 2025-W20); Sơn La 10,0%. \
         Hoàn thành (1): Đà Nẵng. Chưa có tổng số (1): Lào Cai. Chưa báo cáo (1): Hà Giang."
    );
    let en = draw_ranking(&small(Language::En)).unwrap().description;
    assert!(en.contains("Cao Bằng 10.0% (week 2025-W20)"), "{en}");
    assert!(en.contains("Not reported (1): Hà Giang."), "{en}");
}

#[test]
fn every_unit_is_written_once_with_its_label() {
    let chart = draw_ranking(&full_ranking(Language::Vi, ChartSize::Full)).unwrap();
    let written: Vec<String> = texts(&chart).into_iter().map(|shown| shown.text).collect();
    for name in names().into_iter().map(|name| name.vi) {
        assert_eq!(
            written.iter().filter(|text| **text == name).count(),
            1,
            "{name}"
        );
    }
    assert_eq!(
        written
            .iter()
            .filter(|text| *text == "chưa báo cáo")
            .count(),
        5
    );
    assert_eq!(
        written
            .iter()
            .filter(|text| *text == "tuần 2025-W18")
            .count(),
        4
    );
}

#[test]
fn names_from_data_stay_text() {
    let rows = vec![row("<script>&", 10, None, Some(5))];
    let chart = draw_ranking(&ranking(Language::Vi, rows)).unwrap();
    assert!(!chart.svg.contains("<script"));
    assert!(chart.svg.contains(">&lt;script&gt;&amp;</text>"));
}

#[test]
fn a_picture_has_the_width_asked_for_and_the_same_bytes_twice() {
    let ranking = full_ranking(Language::En, ChartSize::Compact);
    let (one, two) = (
        draw_ranking(&ranking).unwrap(),
        draw_ranking(&ranking).unwrap(),
    );
    let picture = one.png(320).unwrap();
    assert_eq!(png_size(&picture).0, 320);
    assert_eq!(picture, two.png(320).unwrap());
}
