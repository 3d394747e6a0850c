//! The empty forms, filled in as an officer would.

use loader::{
    Receipt, SourceFile, Verdict, Vocabulary, intake, template_counts, template_reconciliation,
};
use store::domain::{Content, Language, UnitId};

use crate::builders::{context, counts, day, sender};

/// The lines of a template without the byte order mark, header first.
fn lines(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    text.lines().map(str::to_owned).collect()
}

fn send(lines: &[String]) -> Receipt {
    let text = format!("\u{feff}{}\r\n", lines.join("\r\n"));
    let file = SourceFile::new("mẫu.csv", text.into_bytes());
    intake(file, &context(), None, &sender())
}

#[test]
fn a_filled_counts_template_is_accepted_without_a_finding() {
    for language in Language::ALL {
        let unit = UnitId::parse("q15");
        let template = template_counts(Vocabulary::embedded(), language, unit, day("2025-08-29"));
        let mut lines = lines(&template);
        assert_eq!(lines.len(), 13);
        assert!(
            lines[1].starts_with("15,Lào Cai,,29/08/2025,"),
            "{}",
            lines[1]
        );
        // Eleven record types with 100,100 and less each, so the unsplit row has eleven times as much.
        for (place, line) in lines.iter_mut().enumerate().skip(1) {
            let times = if place == 1 { 11 } else { 1 };
            let counts: Vec<String> = [100_100, 90_090, 80_080, 70_070, 60_060, 50_050]
                .map(|count| (count * times).to_string())
                .to_vec();
            let remaining = 50_050 * times;
            *line = line.replace(
                ",,,,,,,,,,,",
                &format!(",{},,{remaining},50%,,", counts.join(",")),
            );
        }
        let receipt = send(&lines);
        assert_eq!(
            receipt.verdict,
            Verdict::Accepted,
            "{:#?}",
            receipt.findings
        );
        assert!(receipt.findings.is_empty(), "{:#?}", receipt.findings);
        assert_eq!(counts(&receipt).len(), 12);
    }
}

#[test]
fn the_national_template_has_a_row_for_each_unit_of_the_day() {
    for (on, units) in [("2025-06-30", 63), ("2025-07-01", 34)] {
        let template = template_counts(Vocabulary::embedded(), Language::Vi, None, day(on));
        assert_eq!(lines(&template).len(), units + 1);
    }
}

#[test]
fn an_empty_template_reports_nothing() {
    let template = template_counts(
        Vocabulary::embedded(),
        Language::Vi,
        None,
        day("2025-08-29"),
    );
    let receipt = send(&lines(&template));
    assert_eq!(receipt.verdict, Verdict::Rejected);
    let rules: Vec<&str> = receipt
        .findings
        .iter()
        .map(|finding| finding.rule.key())
        .collect();
    assert_eq!(rules, ["no-figures"]);
}

#[test]
fn a_filled_reconciliation_template_is_accepted_without_a_finding() {
    for language in Language::ALL {
        let unit = UnitId::parse("q66");
        let template =
            template_reconciliation(Vocabulary::embedded(), language, unit, day("2025-08-29"));
        let mut lines = lines(&template);
        assert_eq!(lines.len(), 12);
        for line in lines.iter_mut().skip(1) {
            // A marriage has two subjects, every other event here one.
            let subjects = if line.contains("Kết hôn") || line.contains("Marriage") {
                200
            } else {
                100
            };
            let rest = subjects - 95;
            let filled = format!(",VN-1.2,25/08/2025,100,{subjects},{rest},20,30,40,5,0");
            *line = line.replace(",,,,,,,,,,", &filled);
        }
        let receipt = send(&lines);
        assert_eq!(
            receipt.verdict,
            Verdict::Accepted,
            "{:#?}\n{lines:#?}",
            receipt.findings
        );
        assert!(receipt.findings.is_empty());
        let content = receipt.submission().map(|submission| &submission.content);
        assert!(matches!(content, Some(Content::Reconciliation(batches)) if batches.len() == 11));
    }
}
