//! What every file keeps, and how often each ugliness happens.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use loader::{Context, Sender, SourceFile, Verdict, intake};
use store::domain::{
    Content, CountRow, CountUnit, PartKey, ReconciliationEntry, RecordType, Route, Stage, UnitId,
};

use super::reader::Read;
use super::{DemoFile, FILES, READ, WEEKS, counts_files};
use crate::state::local_day;

fn count(row: &CountRow, stage: Stage) -> Option<i64> {
    row.counts
        .get(stage)
        .map(|reported| reported.count.to_i64())
}

fn part(row: &CountRow) -> PartKey {
    PartKey {
        record_type: row.record_type,
        route: row.route,
        sub_unit: row.sub_unit.clone(),
    }
}

#[test]
fn files_come_in_the_order_of_their_arrival_and_after_their_day() {
    assert!(FILES.is_sorted_by_key(|file| file.received_at));
    let paths: BTreeSet<&str> = FILES.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), FILES.len());
    let merger: NaiveDate = "2025-07-01".parse().unwrap();
    for (file, read) in READ.iter() {
        let rows = &read.rows;
        let end_of_day = rows[0].as_of.and_hms_opt(0, 0, 0).unwrap().and_utc();
        assert!(file.received_at > end_of_day, "{}", file.path);
        assert!(file.received_at.date_naive() < merger, "{}", file.path);
        assert!(
            file.path
                .contains(&store::domain::Week::containing(rows[0].as_of).to_string())
        );
        assert!(
            rows.iter().all(|row| row.as_of == rows[0].as_of),
            "{}",
            file.path
        );
    }
}

#[test]
fn every_row_keeps_the_order_of_the_stages() {
    for (file, read) in READ.iter() {
        for row in &read.rows {
            assert!(count(row, Stage::Total).is_some(), "{}", file.path);
            let given: Vec<i64> = Stage::ORDERED
                .into_iter()
                .filter_map(|stage| count(row, stage))
                .collect();
            assert!(
                given.is_sorted_by(|more, less| more >= less),
                "{} {row:?}",
                file.path
            );
            if let Some(returned) = count(row, Stage::Returned) {
                assert_eq!(row.route, Route::PopulationDb);
                let entered = count(row, Stage::Entered).unwrap_or(i64::MAX);
                let transferred = count(row, Stage::Transferred).unwrap_or(0);
                assert!((transferred..=entered).contains(&returned), "{}", file.path);
            }
        }
    }
}

/// By how much the total of the whole exceeds the sum of the parts, for each stage that both give.
fn gaps(read: &Read) -> Vec<(Stage, i64)> {
    let records = || {
        read.rows
            .iter()
            .filter(|row| row.count_unit == CountUnit::Record)
    };
    let (whole, parts): (Vec<&CountRow>, Vec<&CountRow>) =
        records().partition(|row| part(row) == PartKey::WHOLE);
    let sum = |stage| {
        parts
            .iter()
            .map(|row| count(row, stage))
            .sum::<Option<i64>>()
    };
    let of_whole = |stage| match (&read.total, whole.as_slice()) {
        (Some(total), []) => total.get(&stage).copied(),
        (None, [row]) => count(row, stage),
        (None, []) => None,
        _ => panic!("a total beside a row for everything"),
    };
    if parts.is_empty() {
        return Vec::new();
    }
    let stages = Stage::ORDERED.into_iter();
    stages
        .filter_map(|stage| Some((stage, of_whole(stage)? - sum(stage)?)))
        .collect()
}

#[test]
fn parts_add_up_but_for_the_one_published_gap() {
    let mut with_parts = 0;
    for (file, read) in READ.iter() {
        let gaps = gaps(read);
        with_parts += usize::from(!gaps.is_empty());
        let open: Vec<(Stage, i64)> = gaps.into_iter().filter(|(_, gap)| *gap != 0).collect();
        if file.path == "counts/2025-W09/45-quang-tri.csv" {
            assert_eq!(open, [(Stage::Total, 44)]);
            assert!(file.explanation.as_ref().unwrap().contains("chênh 44"));
        } else {
            assert_eq!(open, [], "{}", file.path);
        }
    }
    assert!(with_parts > 1_800, "{with_parts}");
}

#[test]
fn a_figure_falls_only_with_a_note_and_an_explanation() {
    let mut known: BTreeMap<(UnitId, CountUnit, PartKey, Stage), BTreeMap<NaiveDate, i64>> =
        BTreeMap::new();
    let mut falls = 0;
    for (file, read) in READ.iter() {
        for row in &read.rows {
            for (stage, reported) in row.counts.iter() {
                let days = known
                    .entry((row.unit, row.count_unit, part(row), stage))
                    .or_default();
                let value = reported.count.to_i64();
                let lower = days
                    .range(..row.as_of)
                    .next_back()
                    .is_some_and(|(_, before)| *before > value);
                let later = days.range(row.as_of..).find(|(day, _)| **day > row.as_of);
                let higher = later.is_some_and(|(_, after)| *after < value);
                let replaced = days
                    .insert(row.as_of, value)
                    .is_some_and(|before| before != value);
                if lower || higher || replaced {
                    falls += 1;
                    let note = row.note.as_deref().unwrap_or_default();
                    let said = ["Giảm", "Đính chính", "rà soát"]
                        .iter()
                        .any(|word| note.contains(word));
                    assert!(said, "{} {stage:?}: {note}", file.path);
                    assert!(file.explanation.is_some(), "{}", file.path);
                }
            }
        }
    }
    assert!(falls > 100, "{falls}");
}

#[test]
fn uglinesses_are_as_frequent_as_the_readme_says() {
    let of_kind = |word: &str| {
        let explained = counts_files().filter_map(|file| file.explanation.as_ref());
        explained.filter(|text| text.contains(word)).count()
    };
    let corrections = counts_files()
        .filter(|file| file.path.ends_with("-dinh-chinh.csv"))
        .count();
    let daily = counts_files()
        .filter(|file| file.path.contains("-quang-nam-2025-"))
        .count();
    let weekly = counts_files().count() - corrections - daily;
    let expected = 63 * WEEKS - 62 - 70 - 58;
    let late = of_kind("Gửi muộn");
    assert!((9_200..=9_700).contains(&weekly), "{weekly}");
    assert!(
        (25..=45).contains(&((expected - weekly) * 1000 / expected)),
        "{weekly} of {expected}"
    );
    assert!(
        (30..=50).contains(&(late * 1000 / weekly)),
        "{late} of {weekly}"
    );
    assert!((60..=130).contains(&corrections), "{corrections}");
    assert!(of_kind("Giảm tổng số") >= 6);
    assert!(FILES.iter().map(|file| file.bytes.len()).sum::<usize>() < 8_000_000);
}

#[test]
fn every_way_of_writing_occurs() {
    let text = |file: &DemoFile| String::from_utf8(file.bytes.clone()).unwrap();
    let mut separators = BTreeMap::new();
    for (_, read) in READ.iter() {
        *separators.entry(read.separator).or_insert(0) += 1;
    }
    assert!(
        separators.len() == 3 && separators.values().all(|files| *files > 400),
        "{separators:?}"
    );
    let with = |what: &str| {
        counts_files()
            .filter(|file| text(file).contains(what))
            .count()
    };
    let ways = [
        "\u{feff}",
        "\r\n",
        "Tổng cộng",
        "UBND TỈNH",
        "Ma tinh",
        "province",
        ";-;",
        "TP.HCM",
        "Ðiện Biên",
        "Thừa Thiên - Huế",
        "Thành phố Huế",
        "QT 1292",
        "tháng 02 năm 2025",
        "Sổ;",
        "%",
        "\"1,",
    ];
    for way in ways {
        assert!((1..counts_files().count()).contains(&with(way)), "{way}");
    }
    assert_eq!(
        FILES
            .iter()
            .filter(|file| !text(file).to_lowercase().contains("số liệu giả lập"))
            .count(),
        0
    );
}

#[test]
fn every_reconciliation_file_obeys_the_invariants() {
    let mut provinces = BTreeSet::new();
    let files = FILES
        .iter()
        .filter(|file| file.path.starts_with("reconciliation/"));
    let mut sent = 0;
    for file in files {
        let name = file.path.rsplit('/').next().unwrap();
        let source = SourceFile::new(name, file.bytes.clone());
        let context = Context::embedded(local_day(file.received_at));
        let receipt = intake(source, &context, None, &Sender::default());
        assert_eq!(
            receipt.verdict,
            Verdict::Accepted,
            "{:#?}",
            receipt.findings
        );
        let Content::Reconciliation(entries) = &receipt.submission().unwrap().content else {
            panic!("{}", file.path);
        };
        provinces.extend(entries.iter().map(ReconciliationEntry::unit));
        sent += 1;
    }
    assert_eq!(provinces.len(), 20);
    assert!(sent > 300, "{sent}");
}

#[test]
fn nine_provinces_split_by_kind_of_event_and_never_without_births() {
    let mut split = BTreeSet::new();
    for (file, read) in READ.iter() {
        let types: BTreeSet<RecordType> = read.rows.iter().map(|row| row.record_type).collect();
        if types.iter().any(|kind| *kind != RecordType::All) {
            assert!(types.contains(&RecordType::Birth), "{}", file.path);
            split.insert(read.rows[0].unit);
        }
    }
    assert_eq!(split.len(), 9);
}
