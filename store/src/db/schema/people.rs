//! The tables of who may come in: accounts, sessions, links and tokens.

diesel::table! {
    tokens (id) {
        id -> BigInt,
        sha256 -> Text,
        unit_id -> Nullable<Text>,
        name -> Text,
        expires_at -> Timestamp,
        recorded_at -> Timestamp,
        scope -> Text,
    }
}

diesel::table! {
    token_revocations (id) {
        id -> BigInt,
        token_id -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    account_changes (id) {
        id -> BigInt,
        login -> Text,
        deed -> Text,
        name -> Text,
        role -> Text,
        unit_id -> Nullable<Text>,
        active -> Bool,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    credentials (login) {
        login -> Text,
        password_hash -> Text,
        totp_secret -> Nullable<Text>,
        totp_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (sha256) {
        sha256 -> Text,
        login -> Text,
    }
}

diesel::table! {
    sessions (sha256) {
        sha256 -> Text,
        login -> Text,
        pending -> Bool,
        client -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    one_time_links (sha256) {
        sha256 -> Text,
        login -> Text,
        expires_at -> Timestamp,
    }
}

diesel::joinable!(token_revocations -> tokens (token_id));
diesel::allow_tables_to_appear_in_same_query!(token_revocations, tokens);
