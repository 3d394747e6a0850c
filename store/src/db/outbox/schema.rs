//! The tables of the outbox.

diesel::table! {
    contact_changes (id) {
        id -> BigInt,
        contact_id -> Nullable<BigInt>,
        unit_id -> Nullable<Text>,
        address -> Text,
        language -> Text,
        active -> Bool,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    webhook_changes (id) {
        id -> BigInt,
        webhook_id -> Nullable<BigInt>,
        deed -> Text,
        url -> Text,
        least_percent -> BigInt,
        active -> Bool,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    webhook_secrets (webhook_id) {
        webhook_id -> BigInt,
        secret -> Text,
    }
}

diesel::table! {
    dispatches (id) {
        id -> BigInt,
        letters_id -> Nullable<BigInt>,
        pack_id -> Nullable<BigInt>,
        contacts -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    outbox (key) {
        key -> Text,
        cause_id -> Nullable<BigInt>,
        contact_id -> Nullable<BigInt>,
        webhook_id -> Nullable<BigInt>,
        content -> Text,
        state -> Text,
        attempts -> BigInt,
        queued_at -> Timestamp,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        status -> Nullable<BigInt>,
        error -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        settled_by -> Nullable<Text>,
    }
}
