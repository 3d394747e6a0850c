//! Keys of writes on both databases.

use chrono::{DateTime, TimeDelta, Utc};
use store::domain::Digest;
use store::testing::on_each_backend;
use store::{KeptAnswer, Reserved};

#[test]
fn a_key_stands_for_one_request_and_its_answer_for_a_day() {
    on_each_backend(|database| {
        let store = database.store();
        let now: DateTime<Utc> = "2026-11-21T10:00:00Z".parse().unwrap();
        let (key, request) = (Digest::of(b"key"), Digest::of(b"request"));
        let reserve = |request, now| store.reserve_key(key, request, now).unwrap();
        assert_eq!(reserve(request, now), Reserved::New);
        assert_eq!(reserve(request, now), Reserved::UnderWay);
        store.release_key(key).unwrap();
        assert_eq!(reserve(request, now), Reserved::New);
        let answer = KeptAnswer {
            status: 201,
            location: Some("/api/v1/submissions/1".to_owned()),
            body: b"{}".to_vec(),
        };
        store.keep_answer(key, &answer).unwrap();
        assert_eq!(reserve(request, now), Reserved::Answered(answer.clone()));
        assert_eq!(reserve(Digest::of(b"other"), now), Reserved::OtherRequest);
        let next_day = now + TimeDelta::hours(23);
        assert_eq!(reserve(request, next_day), Reserved::Answered(answer));
        assert_eq!(reserve(request, now + TimeDelta::hours(25)), Reserved::New);
        let broken_off = now + TimeDelta::hours(26);
        assert_eq!(reserve(request, broken_off), Reserved::New);
    });
}
