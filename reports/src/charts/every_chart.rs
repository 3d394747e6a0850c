//! What holds for every chart of units, whatever its figures: nothing overlaps, is cut or left unsaid.

mod drawn;

use store::domain::{Language, Text};

use self::drawn::{ALL, CHARTS, Figures, tiles};
use super::reading::{faults, names_cut, unsaid};
use super::samples::{day, names};
use super::{ChartFormat, ChartSize};

/// The names of the 34 of July 2025.
fn new_names() -> Vec<Text> {
    let units = store::domain::Reference::embedded()
        .units
        .of_scheme(store::domain::Scheme::New34);
    units
        .map(|unit| unit.name_on(day("2025-12-31")).clone())
        .collect()
}

#[test]
fn no_text_overlaps_or_is_cut_and_no_promise_is_broken() {
    let long = Text::same("Xác nhận tình trạng hôn nhân Bà Rịa - Vũng Tàu, Thừa Thiên Huế <&>");
    let lists = [
        names(),
        new_names(),
        vec![long; 63],
        names().into_iter().take(1).collect(),
        Vec::new(),
    ];
    for (chart_name, draw) in CHARTS {
        for language in Language::ALL {
            for size in ChartSize::ALL {
                for names in &lists {
                    for figures in ALL {
                        // Who the units are matters to the room for names, not to each kind of figure.
                        if names.len() < 34 && figures != Figures::Mixed {
                            continue;
                        }
                        let chart = draw(names, figures, (language, size));
                        let at = format!(
                            "{chart_name} {language:?} {size:?} {figures:?} {}",
                            names.len()
                        );
                        assert_eq!(faults(&chart), Vec::<String>::new(), "{at}");
                        assert!(unsaid(&chart).is_empty(), "{at} {:?}", unsaid(&chart));
                    }
                }
            }
        }
    }
}

#[test]
fn no_name_of_a_province_is_cut() {
    for (chart_name, draw) in CHARTS {
        for names in [names(), new_names()] {
            for language in Language::ALL {
                for size in ChartSize::ALL {
                    let chart = draw(&names, Figures::Mixed, (language, size));
                    let cut = names_cut(&chart, &names);
                    assert_eq!(
                        cut,
                        Vec::<String>::new(),
                        "{chart_name} {language:?} {size:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_archipelagos_are_named_whole_under_their_provinces() {
    for names in [names(), new_names()] {
        for size in ChartSize::ALL {
            let chart = tiles(&names, Figures::Silent, (Language::Vi, size));
            for name in ["(Hoàng Sa)", "(Trường Sa)"] {
                assert!(chart.svg.contains(&format!(">{name}</text>")), "{name}");
            }
            assert!(chart.description.contains("Đà Nẵng (Hoàng Sa)"));
            assert!(chart.description.contains("Khánh Hòa (Trường Sa)"));
        }
    }
}

#[test]
fn a_silent_unit_is_never_zero_in_a_table() {
    for (chart_name, draw) in CHARTS {
        let table = draw(&names(), Figures::Silent, (Language::En, ChartSize::Full)).table;
        assert!(!table.rows.is_empty(), "{chart_name}");
        if chart_name == "throughput" {
            assert_eq!(table.rows[0][2], "nothing to compare");
        } else {
            for row in table.rows {
                assert!(!row.iter().any(|cell| cell == "0"), "{chart_name} {row:?}");
            }
        }
    }
}

#[test]
fn every_chart_becomes_the_same_page_twice_with_real_text() {
    for (chart_name, draw) in CHARTS {
        let chart = draw(&names(), Figures::Mixed, (Language::Vi, ChartSize::Full));
        let pdf = || chart.file(ChartFormat::Pdf, 0).unwrap();
        let page = pdf();
        assert!(page.starts_with(b"%PDF-"), "{chart_name}");
        assert_eq!(page, pdf(), "{chart_name}");
        let has = |words: &[u8]| page.windows(words.len()).any(|part| part == words);
        assert!(has(b"NotoSans"), "{chart_name}: no font in the page");
        assert!(!has(b"CreationDate"), "{chart_name}: a time stamp");
    }
}
