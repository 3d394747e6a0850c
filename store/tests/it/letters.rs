//! Issued letters: kept with their files, sealed in the log, no change of figures.

use store::Verification;
use store::domain::{Digest, Language, NewLetters, NewTemplate};
use store::testing::on_each_backend;

use crate::builders::{day, noon, record, row};

#[test]
fn issued_letters_are_kept_with_their_files_and_change_no_figure() {
    on_each_backend(|database| {
        let store = database.store();
        record(&store, vec![row("p24", "2025-02-23", &[])], "2025-02-24");
        let before = store.latest_moment().unwrap();
        let issue = NewLetters {
            week_ending: day("2025-02-23"),
            known_on: noon("2025-02-27"),
            language: Language::Vi,
            letters: 5,
            template: Digest::of(b"template"),
            sha256: Digest::of(b"sums"),
            issued_by: "monitor".to_owned(),
        };
        let issued = store
            .record_letters(&issue, b"archive", noon("2025-02-28"))
            .unwrap();
        assert_eq!((issued.number, &issued.issue), (2, &issue));
        let kept = store.find_letters(2).unwrap();
        assert_eq!(kept, Some((issued.clone(), b"archive".to_vec())));
        assert_eq!(store.list_letters(10).unwrap(), [issued]);
        assert_eq!(store.find_letters(1).unwrap(), None);
        assert_eq!(store.latest_moment().unwrap(), before);
        let whole = matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 2, .. }
        );
        assert!(whole);
    });
}

#[test]
fn templates_are_kept_with_their_history_in_each_language_and_change_no_figure() {
    on_each_backend(|database| {
        let store = database.store();
        record(&store, vec![row("p24", "2025-02-23", &[])], "2025-02-24");
        let before = store.latest_moment().unwrap();
        let keep = |language, document: &[u8], on: &str| {
            let template = NewTemplate {
                language,
                file_name: "mẫu.docx".to_owned(),
                document: document.to_vec(),
                recorded_by: "monitor".to_owned(),
            };
            store.record_letter_template(&template, noon(on)).unwrap()
        };
        let first = keep(Language::Vi, b"first", "2025-02-28");
        let english = keep(Language::En, b"english", "2025-03-01");
        let second = keep(Language::Vi, b"second", "2025-03-02");
        let of = |language| store.list_letter_templates(language, 10).unwrap();
        assert_eq!(of(Language::Vi), [second.clone(), first]);
        assert_eq!(of(Language::En), [english]);
        let kept = store.find_letter_template(second.number).unwrap();
        assert_eq!(kept, Some((second, b"second".to_vec())));
        assert_eq!(store.find_letter_template(1).unwrap(), None);
        assert_eq!(store.latest_moment().unwrap(), before);
        let whole = matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 4, .. }
        );
        assert!(whole);
    });
}
