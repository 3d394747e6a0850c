//! Rules of the reconciliation form: outcomes partition the subjects, and subjects follow from records.

use store::domain::{Count, Language, Outcome, OutcomesDoNotAddUp, RecordType, Text};

use crate::finding::Finding;
use crate::rule::Rule;

/// The six outcomes must add up to the subjects; the finding names the missing amount (invariant 1).
pub(crate) fn outcomes_do_not_add_up(wrong: OutcomesDoNotAddUp) -> Finding {
    let apart = wrong.subjects.change_since(wrong.sum);
    let word = |language: Language| match (apart > 0, language) {
        (true, Language::Vi) => "thiếu",
        (false, Language::Vi) => "thừa",
        (true, Language::En) => "short by",
        (false, Language::En) => "over by",
    };
    let message = |language: Language, outcomes: &str, subjects: &str| {
        format!(
            "{} {}: {outcomes} {}, {subjects} {}",
            word(language),
            language.whole(apart.abs()),
            language.count(wrong.sum),
            language.count(wrong.subjects),
        )
    };
    let count = Outcome::ALL.len();
    Finding::error(
        Rule::OutcomesSum,
        Text::new(
            message(
                Language::Vi,
                &format!("{count} kết quả cộng lại"),
                "số người là",
            ),
            message(
                Language::En,
                &format!("the {count} outcomes add up to"),
                "the subjects are",
            ),
        ),
        Text::new(
            "mỗi người thuộc đúng một kết quả; người chưa so được thì ghi vào Chưa đối chiếu",
            "every subject has exactly one outcome; those that could not be compared go to Not \
             compared",
        ),
    )
}

/// How many subjects a number of records has: a birth and a death one each, a marriage two, any other event one at least
/// (invariant 2).
pub(crate) fn check_subjects(
    record_type: RecordType,
    records: Count,
    subjects: Count,
) -> Option<Finding> {
    let (due, exactly) = match record_type {
        RecordType::Birth | RecordType::Death => (records, true),
        RecordType::Marriage => (records + records, true),
        _ => (records, false),
    };
    if subjects == due || (!exactly && subjects > due) {
        return None;
    }
    let apart = due.change_since(subjects);
    let message = |language: Language, words: [&str; 4]| {
        let [short, over, need, given] = words;
        format!(
            "{} {}: {} {need} {}, {given} {}",
            if apart > 0 { short } else { over },
            language.whole(apart.abs()),
            language.count(records),
            language.count(due),
            language.count(subjects),
        )
    };
    let (vi, en) = if exactly {
        (
            "trường hợp phải có số người là",
            "records have subjects numbering",
        )
    } else {
        (
            "trường hợp phải có số người ít nhất là",
            "records have at least as many subjects as",
        )
    };
    Some(Finding::error(
        Rule::Subjects,
        Text::new(
            message(Language::Vi, ["thiếu", "thừa", vi, "đã ghi"]),
            message(Language::En, ["short by", "over by", en, "given"]),
        ),
        Text::new(
            "khai sinh, khai tử: mỗi trường hợp 1 người; kết hôn: 2 người; loại khác: ít nhất 1 \
             người",
            "birth and death: 1 subject each; marriage: 2; other types: at least 1",
        ),
    ))
}

#[cfg(test)]
mod tests {
    use store::domain::Outcomes;

    use super::*;

    fn count(value: i64) -> Count {
        Count::from_i64(value).unwrap()
    }

    #[test]
    fn the_missing_amount_is_named() {
        let counts = [7605, 1650, 980, 240, 450, 43].map(count);
        let wrong = Outcomes::new(counts, count(10_980)).unwrap_err();
        let finding = outcomes_do_not_add_up(wrong);
        assert_eq!(
            finding.message.vi,
            "thiếu 12: 6 kết quả cộng lại 10.968, số người là 10.980"
        );
        let wrong = Outcomes::new(counts, count(10_960)).unwrap_err();
        assert_eq!(
            outcomes_do_not_add_up(wrong).message.en,
            "over by 8: the 6 outcomes add up to 10,968, the subjects are 10,960"
        );
    }

    #[test]
    fn subjects_follow_from_records() {
        use RecordType::{Adoption, Birth, Marriage};
        assert_eq!(check_subjects(Birth, count(100), count(100)), None);
        assert_eq!(check_subjects(Marriage, count(100), count(200)), None);
        assert_eq!(check_subjects(Adoption, count(100), count(130)), None);
        for (kind, subjects, amount) in [
            (Birth, 88, "thiếu 12"),
            (Marriage, 201, "thừa 1"),
            (Adoption, 99, "thiếu 1"),
        ] {
            let finding = check_subjects(kind, count(100), count(subjects)).unwrap();
            assert!(
                finding.message.vi.starts_with(amount),
                "{}",
                finding.message.vi
            );
        }
    }
}
