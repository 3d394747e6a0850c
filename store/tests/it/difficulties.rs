//! Difficulties and what was done about them, in both databases.

use store::Verification;
use store::domain::{
    CountRow, DifficultyCase, DifficultyMove, DifficultyOwner, DifficultyState, Stage,
};
use store::testing::on_each_backend;

use crate::builders::{noon, record, row};

fn report(unit: &str, day: &str, words: &str) -> CountRow {
    CountRow {
        difficulty: Some(words.into()),
        ..row(unit, day, &[(Stage::Transferred, 1)])
    }
}

#[test]
fn a_move_is_known_from_its_moment_on_and_is_in_the_log() {
    on_each_backend(|database| {
        let store = database.store();
        let withdrawn = record(
            &store,
            vec![report("p26", "2025-02-23", "mất điện")],
            "2025-02-24",
        );
        record(
            &store,
            vec![report("p24", "2025-02-23", "thiếu máy quét")],
            "2025-02-24",
        );
        store
            .withdraw_submission(withdrawn, "monitor", "nhầm", noon("2025-02-25"))
            .unwrap();
        let cases = store.list_difficulty_cases(noon("2025-03-01")).unwrap();
        let [case] = cases.as_slice() else {
            panic!("{cases:?}")
        };
        let moved = DifficultyMove {
            unit: case.unit,
            difficulty: case.identity,
            state: DifficultyState::Working,
            owner: DifficultyOwner::Ministry,
            note: "cấp thêm máy".to_owned(),
        };
        store
            .record_difficulty_move(&moved, "lan", noon("2025-03-02"))
            .unwrap();
        assert_eq!(
            store.list_difficulty_cases(noon("2025-03-01")).unwrap(),
            cases
        );
        let later = store.list_difficulty_cases(noon("2025-03-03")).unwrap();
        let state = |case: &DifficultyCase| (case.state, case.owner(), case.moves.len());
        assert_eq!(
            later.iter().map(state).collect::<Vec<_>>(),
            [(DifficultyState::Working, Some(DifficultyOwner::Ministry), 1)]
        );
        assert_eq!(
            store
                .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 1)
                .unwrap()[0]
                .action,
            "move_difficulty"
        );
        assert!(matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 4, .. }
        ));
    });
}
