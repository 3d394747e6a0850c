//! Comparing pairs: the rule set is its labelled pairs, counts add up, and no value of a person leaves.

use loader::comparison::{
    CONFORMANCE, Class, Comparison, Difference, Field, PairsError, RULE_SET, RunFacts,
    compare_pairs, counts_csv, counts_json, judge_field,
};
use loader::{Context, SourceFile, Verdict, intake};
use proptest::prelude::*;
use store::domain::{Language, Outcome, ReconciliationStage, RecordType, UnitId, Week};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::compose;

use crate::builders::sender;

fn facts() -> RunFacts {
    RunFacts {
        province: UnitId::parse("q66"),
        record_type: Some(RecordType::Birth),
        week: Week::parse("2026-W47").unwrap(),
        stage: ReconciliationStage::BeforeApproval,
        hotich_as_of: "2026-11-15".parse().unwrap(),
        dancu_as_of: "2026-11-14".parse().unwrap(),
    }
}

const HEADER: &str = "pointer,book_year,status,hotich_name,dancu_name,hotich_birth_date,dancu_birth_date,hotich_sex,\
                      dancu_sex,hotich_personal_number,dancu_personal_number,hotich_father,dancu_father,hotich_mother,\
                      dancu_mother\n";

/// The counts, and the worklist.
fn compare(text: &[u8]) -> Result<(Comparison, String), PairsError> {
    let mut worklist = Vec::new();
    let comparison = compare_pairs(text, &facts(), Some(&mut worklist))?;
    Ok((comparison, String::from_utf8(worklist).unwrap()))
}

fn problems(text: &[u8]) -> Vec<String> {
    match compare(text) {
        Err(PairsError::Problems { listed, .. }) => listed
            .iter()
            .map(|problem| problem.in_language(Language::En))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_labelled_pair_is_judged_as_labelled() {
    let mut wrong = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut rows = csv::Reader::from_reader(CONFORMANCE.as_bytes());
    for row in rows.records() {
        let row = row.unwrap();
        let field = Field::ALL
            .into_iter()
            .find(|field| field.key() == &row[0])
            .unwrap();
        // The order of the sides says nothing but which of them lacks a value.
        let difference = judge_field(field, &row[1], &row[2]);
        let turned = judge_field(field, &row[2], &row[1]).class();
        let class = difference.class();
        let expected_turned = match class {
            Class::OnlyHotich => Class::OnlyDancu,
            Class::OnlyDancu => Class::OnlyHotich,
            other => other,
        };
        if (class.key(), difference.key()) != (&row[3], &row[4]) || turned != expected_turned {
            wrong.push(format!(
                "{row:?}: {} {}, turned {}",
                class.key(),
                difference.key(),
                turned.key()
            ));
        }
        seen.insert(difference);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unseen: Vec<_> = Difference::ALL
        .iter()
        .filter(|each| !seen.contains(each))
        .collect();
    assert!(unseen.is_empty(), "no labelled pair for {unseen:?}");
}

#[test]
fn a_rule_set_is_named_again_when_its_pairs_change() {
    assert_eq!(
        (RULE_SET.name, RULE_SET.digest().short()),
        ("VN-1.0", "a48889fa2a61".to_owned())
    );
}

#[test]
fn outcomes_worklist_and_numbers_follow_from_the_classes() {
    let text = format!(
        "{HEADER}\
         a1,1980,found,Lê Văn An,Lê Văn An,05/09/1980,05/09/1980,Nam,Nam,,001080000017,A B,A B,C D,C D\n\
         a2,1980,found,Lê Thị Hoà,Lê Thị Hòa,1980,05/09/1980,Nữ,Nữ,001080000025,001080000025,A B,A B,E F,E F\n\
         a3,1980,found,Lê Thị Thùy,Lê Thị Thúy,05/09/1981,05/09/1981,Nữ,Nữ,,,,,,\n\
         a4,2017,found,Lê Thị Mai,Trần Văn Bình,05/09/1981,11/02/1990,Nữ,Nam,,,,,,\n\
         a5,,not_found,Lê Thị Lan,,,,,,,,,,,\n\
         a6,,không đối chiếu,Lê Thị Cúc,,,,,,,,,,,\n\
         a7,,tìm thấy,Lê Thị Đào,,,05/09/1980,,,,,,,,\n"
    );
    let (comparison, worklist) = compare(text.as_bytes()).unwrap();
    let by_period: Vec<_> = comparison
        .batches
        .iter()
        .map(|(key, tally)| (key.years(), tally.outcomes))
        .collect();
    assert_eq!(
        by_period,
        [
            (None, [0, 0, 0, 0, 1, 2]),
            (Some((Some(1976), Some(1998))), [0, 2, 1, 0, 0, 0]),
            (Some((Some(2016), None)), [0, 0, 0, 1, 0, 0]),
        ]
    );
    let old = comparison.batches.values().nth(1).unwrap();
    assert_eq!(
        (old.id_before, old.id_added, old.id_inconsistent),
        (1, 1, 1)
    );
    assert_eq!(old.class(Field::Name, Class::Contradiction), 1);
    assert_eq!(old.class(Field::PersonalNumber, Class::OnlyDancu), 1);
    assert_eq!(
        worklist,
        "pointer,line,kind,differences\n\
         \"a2\",3,number,name=tone_placement;birth_date=precision;number_contradicts_sex_or_year\n\
         \"a3\",4,differs,name=marks\n\
         \"a4\",5,unsure,name=different;birth_date=different;sex=different\n"
    );
}

#[test]
fn repeats_are_flags_beside_the_outcomes() {
    let row = |pointer: &str, name: &str, number: &str| {
        format!(
            "{pointer},1980,found,{name},{name},05/09/1980,05/09/1980,Nam,Nam,{number},{number},A B,A B,C D,C D\n"
        )
    };
    let rows = [
        row("a1", "Lê Văn An", ""),
        row("a2", "LÊ VĂN AN", ""),
        row("a3", "Lê Văn Ân", "001080000017"),
        row("a4", "Vũ Văn Bình", "001080000017"),
        row("a5", "Vũ Văn Cường", "001080000018"),
        row("a6", "Vũ Văn Cường", "001080000019"),
    ];
    let (comparison, worklist) = compare(format!("{HEADER}{}", rows.concat()).as_bytes()).unwrap();
    let tally = comparison.batches.values().next().unwrap();
    let counts = tally
        .repeats
        .map(|repeats| (repeats.groups, repeats.records));
    assert_eq!(counts, [(1, 2), (0, 0), (1, 2), (1, 2)]);
    assert_eq!(
        (tally.outcome(Outcome::Same), tally.worklist_rows()),
        (6, 6)
    );
    let kinds: Vec<_> = worklist
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "same_event_twice",
            "same_event_twice",
            "one_number_two_people",
            "one_number_two_people",
            "two_numbers_one_person",
            "two_numbers_one_person"
        ]
    );
}

#[test]
fn a_marriage_has_two_subjects_whatever_the_rows() {
    let text = "con trỏ,loại việc,hotich_name,dancu_name\nm1,Kết hôn,A B,A B\nm1,Kết hôn,C D,C D\nm2,Kết hôn,E F,E F\n";
    let facts = RunFacts {
        record_type: None,
        ..facts()
    };
    let comparison = compare_pairs(text.as_bytes(), &facts, None).unwrap();
    let tally = comparison.batches.values().next().unwrap();
    assert_eq!(
        (
            tally.records,
            tally.subjects(),
            tally.outcome(Outcome::NotCompared)
        ),
        (2, 4, 1)
    );
}

#[test]
fn the_one_of_a_marriage_without_a_row_was_compared_before_where_the_other_was() {
    let text = "con trỏ,compared_before,hotich_name,dancu_name\nm1,có,A B,A B\nm1,có,C D,C D\n\
                m2,có,E F,E F\nm3,không,G H,G H\n";
    let facts = RunFacts {
        record_type: Some(RecordType::Marriage),
        ..facts()
    };
    let comparison = compare_pairs(text.as_bytes(), &facts, None).unwrap();
    let tally = comparison.batches.values().next().unwrap();
    assert_eq!(
        (tally.records, tally.subjects(), tally.again),
        (3, 6, 4),
        "both of m1, both of m2"
    );
    let document: serde_json::Value =
        serde_json::from_slice(&counts_json(&comparison, &facts)).unwrap();
    let batch = &document[0]["batch"];
    assert_eq!((&batch["first"], &batch["again"]), (&2.into(), &4.into()));
}

/// A text in Windows-1258, which writes the tones after their letters.
fn windows_1258(text: &str) -> Vec<u8> {
    let mut parted = String::new();
    for letter in text.chars() {
        let mut parts = letter.nfd();
        let mut base = parts.next().unwrap();
        let mut tones = String::new();
        for mark in parts {
            match compose(base, mark).filter(|_| matches!(mark, '\u{302}' | '\u{306}' | '\u{31b}'))
            {
                Some(whole) => base = whole,
                None => tones.push(mark),
            }
        }
        parted.push(base);
        parted.push_str(&tones);
    }
    let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(&parted);
    assert!(!lost);
    bytes.into_owned()
}

#[test]
fn files_of_offices_give_the_same_counts_in_every_encoding() {
    let text = "Con trỏ;Họ tên (hộ tịch);Họ tên (dân cư);Nơi sinh HT;Nơi sinh DC\r\n\
                a1;Nguyễn Thị Hoà;NGUYỄN THỊ HÒA;Đắk Lắk;Đắk Lắk\r\na2;Lê Thị Thùy;Lê Thị Thúy;Hà Nội;Hà Nội\r\n";
    let (expected, list) = compare(text.as_bytes()).unwrap();
    assert_eq!(expected.rows, 2);
    let marked = format!("\u{feff}{text}");
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        marked.into_bytes(),
        wide,
        windows_1258(text),
        text.replace(';', "\t").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
    ] {
        let (found, worklist) = compare(&bytes).unwrap();
        assert_eq!((&found, &worklist), (&expected, &list));
    }
}

#[test]
fn what_is_wrong_is_named_by_line_and_column_and_never_by_value() {
    let row = |status: &str| format!("{status},Lê Kín,Lê Kín\n");
    let good = "pointer,status,hotich_name,dancu_name\n";
    for (text, expected) in [
        (String::new(), "the file has no content"),
        (good.to_owned(), "a header only"),
        (
            format!("{good},{}", row("found")),
            "line 2, column 1: the pointer is missing",
        ),
        (
            format!("{good}=cmd,{}", row("found")),
            "line 2, column 1: a pointer begins",
        ),
        (
            format!("{good}a1,found,\"x\ny\",z\n\na2,{}", row("Kín")),
            "line 5, column 2: one of these words",
        ),
        (
            format!("{good}a1,found,Lê Kín,x,Kín\n"),
            "line 2, column 5: the row has more cells",
        ),
        (
            format!("{good}a1,found,\"Lê\" Kín,x\n"),
            "line 2, column 3: quotation marks",
        ),
        (
            format!("{good}a1,{}a1,{}", row("found"), row("found")),
            "line 3: the pointer of this row stands on an earlier",
        ),
        ("a,b\n1,2\n".to_owned(), "no header row"),
        (
            "pointer,hotich_name,dancu_name,province\na,b,c,66\n".to_owned(),
            "leave --province out",
        ),
    ] {
        let said = problems(text.as_bytes()).join("\n");
        assert!(said.contains(expected), "{text:?}: {said}");
        assert!(!said.contains("Kín"), "{said}");
    }
    let broken = [good.as_bytes(), b"a1,found,Nguy\xE1\xBB,x\n"].concat();
    assert!(problems(&broken).concat().contains("not UTF-8"));
    assert!(
        problems(b"PK\x03\x04rest of a workbook")
            .concat()
            .contains("workbook")
    );
}

/// Text as cells of files have it, and worse.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\\PC]{0,20}",
        "[0-9/.-]{0,12}",
        "[A-ZĐa-zăâđêôơưáàảãạ' .-]{0,24}",
        Just("Lê Văn An".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        "[a-z\"\n\r;,\t]{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_add_up_and_no_canary_leaves(
        canary in "[B-DF-HJ-NP-TV-Z]{9}",
        rows in proptest::collection::vec((cell(), cell(), cell(), cell(), 0..4_usize), 1..30),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADER.trim().split(',')).unwrap();
        for (number, (a, b, c, d, status)) in rows.iter().enumerate() {
            let status = ["found", "not_found", "unsure", "not_compared"][*status];
            let mut cells = vec![format!("p{number}"), "1980".to_owned(), status.to_owned()];
            cells.extend([a, b, c, d, a, b, c, d, d, c, b, a].map(|cell| format!("{cell}{canary}")));
            cells.truncate(15);
            writer.write_record(&cells).unwrap();
        }
        let text = writer.into_inner().unwrap();
        // Sent by mistake, the file itself is refused, and without a word of it.
        let astray = SourceFile::new("pairs.csv", text.clone());
        let receipt = intake(astray, &Context::embedded("2026-12-01".parse().unwrap()), None, &sender());
        prop_assert_eq!(receipt.verdict, Verdict::Rejected);
        let said = format!("{:?}", receipt.findings);
        prop_assert!(!said.contains(&canary), "{said}");
        match compare(&text) {
            Ok((comparison, worklist)) => {
                let documents = [counts_json(&comparison, &facts()), counts_csv(&comparison, &facts())];
                for document in documents {
                    prop_assert!(!String::from_utf8(document).unwrap().contains(&canary));
                }
                prop_assert!(!worklist.contains(&canary));
                let sent = SourceFile::new("doi-chieu.json", counts_json(&comparison, &facts()));
                let receipt = intake(sent, &Context::embedded("2026-12-01".parse().unwrap()), None, &sender());
                prop_assert_eq!(receipt.verdict, Verdict::Accepted, "{:#?}", receipt.findings);
                for tally in comparison.batches.values() {
                    let paired = tally.outcome(Outcome::Same) + tally.outcome(Outcome::SameVariant) + tally.outcome(Outcome::Differs);
                    let mut contradictions = 0;
                    let mut softer = 0;
                    for field in Field::ALL {
                        let of = |class| tally.class(field, class);
                        let sum: u64 = Class::ALL.into_iter().map(of).sum();
                        prop_assert!(sum == 0 || sum == paired, "invariant 4");
                        prop_assert!(of(Class::Contradiction) <= tally.outcome(Outcome::Differs), "invariant 5");
                        contradictions += of(Class::Contradiction);
                        softer += of(Class::Variant) + of(Class::OnlyHotich) + of(Class::OnlyDancu);
                    }
                    prop_assert_eq!(tally.subjects(), comparison.rows, "invariants 1 and 2");
                    prop_assert!(tally.outcome(Outcome::Differs) <= contradictions, "invariant 5");
                    prop_assert!(tally.outcome(Outcome::SameVariant) <= softer, "invariant 6");
                    prop_assert!(tally.id_before + tally.id_added <= tally.subjects(), "invariant 9");
                    prop_assert!(tally.id_inconsistent <= tally.id_before + tally.id_added, "invariant 10");
                }
            }
            Err(error) => {
                let said = format!("{error:?} {error}");
                prop_assert!(!said.contains(&canary));
            }
        }
    }

    #[test]
    fn judging_never_fails_and_knows_no_first_side(one in cell(), other in cell()) {
        for field in Field::ALL {
            let class = judge_field(field, &one, &other).class();
            let turned = judge_field(field, &other, &one).class();
            let expected = match turned {
                Class::OnlyHotich => Class::OnlyDancu,
                Class::OnlyDancu => Class::OnlyHotich,
                same => same,
            };
            prop_assert_eq!(class, expected, "{:?}", field);
            let itself = judge_field(field, &one, &one).class();
            let unreadable = matches!(field, Field::Sex | Field::PersonalNumber);
            prop_assert!(unreadable || matches!(itself, Class::Equal | Class::None), "{:?}", field);
        }
    }
}
