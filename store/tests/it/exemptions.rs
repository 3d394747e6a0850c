//! Exemptions from reporting, in both databases.

use store::domain::{Exemption, RecordedExemption};
use store::testing::on_each_backend;
use store::{StoreError, Verification};

use crate::builders::{day, noon, unit};

fn exemption(last_day: &str) -> Exemption {
    Exemption {
        unit: unit("p24"),
        first_day: day("2025-03-03"),
        last_day: day(last_day),
        reason: "lũ lụt".to_owned(),
    }
}

#[test]
fn an_exemption_is_known_from_its_moment_on_and_is_sealed() {
    on_each_backend(|database| {
        let store = database.store();
        let given = exemption("2025-03-30");
        store
            .record_exemption(&given, "lan", noon("2025-03-05"))
            .unwrap();
        assert_eq!(store.list_exemptions(noon("2025-03-04")).unwrap(), []);
        let known = RecordedExemption {
            exemption: given,
            by: "lan".to_owned(),
            at: noon("2025-03-05"),
        };
        assert_eq!(store.list_exemptions(noon("2025-03-05")).unwrap(), [known]);
        assert!(matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 1, .. }
        ));
    });
}

#[test]
fn one_without_a_near_end_is_refused_and_nothing_is_written() {
    on_each_backend(|database| {
        let store = database.store();
        for last_day in ["2025-03-02", "2025-09-01", "2999-12-31"] {
            let refused = store.record_exemption(&exemption(last_day), "lan", noon("2025-03-05"));
            assert!(
                matches!(refused, Err(StoreError::Conflict(_))),
                "{last_day}"
            );
        }
        assert_eq!(store.list_exemptions(noon("2026-01-01")).unwrap(), []);
    });
}
