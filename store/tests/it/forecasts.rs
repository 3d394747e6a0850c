//! Issued forecasts: kept as they were given out, each once, sealed in the log.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use store::domain::{Digest, NewForecast, UnitView};
use store::testing::{on_each_backend, sqlite};
use store::{StoreError, Verification};

use crate::builders::{day, noon};

fn forecast(data: &str) -> NewForecast {
    NewForecast {
        as_of: day("2025-02-23"),
        known_on: noon("2025-02-24"),
        view: UnitView::New34,
        method: "pooled-2".to_owned(),
        data: Digest::of(data.as_bytes()),
        document: "{\n  \"version\": 1, \"name\": \"Quảng Nam\"\n}\n".to_owned(),
        issued_by: "monitor".to_owned(),
    }
}

#[test]
fn an_issued_forecast_is_read_back_byte_for_byte_from_the_moment_it_was_issued() {
    on_each_backend(|database| {
        let store = database.store();
        let issued = forecast("a");
        let id = store.issue_forecast(&issued, noon("2025-02-25")).unwrap();
        assert_eq!(store.list_forecasts(noon("2025-02-24")).unwrap(), []);
        let found = store.list_forecasts(noon("2025-02-25")).unwrap();
        assert_eq!((found.len(), found[0].id), (1, id));
        assert_eq!(found[0].forecast, issued);
        assert_eq!(found[0].issued_at, noon("2025-02-25"));
        assert_eq!(store.find_forecast(id).unwrap(), Some(found[0].clone()));
        assert_eq!(store.find_forecast(id + 1).unwrap(), None);
        let whole = matches!(
            store.verify().unwrap(),
            Verification::Whole { entries: 1, .. }
        );
        assert!(whole);
    });
}

#[test]
fn the_same_data_are_issued_once_for_each_method_and_view() {
    on_each_backend(|database| {
        let store = database.store();
        let first = store
            .issue_forecast(&forecast("a"), noon("2025-02-25"))
            .unwrap();
        let again = store.issue_forecast(&forecast("a"), noon("2025-02-26"));
        let Err(StoreError::Conflict(reason)) = again else {
            unreachable!("issued twice: {again:?}")
        };
        assert!(
            reason.en.ends_with(&format!("number {first}")),
            "{reason:?}"
        );
        let mut other = forecast("a");
        other.view = UnitView::Old63;
        store.issue_forecast(&other, noon("2025-02-26")).unwrap();
        store
            .issue_forecast(&forecast("b"), noon("2025-02-26"))
            .unwrap();
        // What was refused left no entry in the log.
        let entries = store
            .list_log(chrono::DateTime::<chrono::Utc>::MAX_UTC, 10)
            .unwrap()
            .len();
        assert_eq!(entries, 3);
        let mut nobody = forecast("c");
        nobody.issued_by = " ".to_owned();
        assert!(store.issue_forecast(&nobody, noon("2025-02-27")).is_err());
    });
}

#[test]
fn an_issued_forecast_cannot_be_changed_and_tampering_is_found() {
    let database = sqlite();
    let store = database.store();
    store
        .issue_forecast(&forecast("a"), noon("2025-02-25"))
        .unwrap();
    let mut intruder = SqliteConnection::establish(&database.address).unwrap();
    for statement in [
        "UPDATE forecasts SET document = '{}'",
        "DELETE FROM forecasts",
    ] {
        let refused = intruder.batch_execute(statement).unwrap_err();
        assert!(refused.to_string().contains("are kept"), "{refused}");
    }
    let tampered = "DROP TRIGGER forecasts_are_kept_update; UPDATE forecasts SET document = '{}'";
    intruder.batch_execute(tampered).unwrap();
    let found = store.verify().unwrap();
    assert!(
        matches!(found, Verification::Broken { entry: 1, .. }),
        "{found:?}"
    );
}
