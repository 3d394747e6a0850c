//! The tables as both databases have them. A test compares this file with the migrations of either.

diesel::table! {
    log (id) {
        id -> BigInt,
        recorded_at -> Timestamp,
        actor -> Text,
        action -> Text,
        subject -> Text,
        content_sha256 -> Text,
        previous_sha256 -> Text,
        sha256 -> Text,
    }
}

diesel::table! {
    submissions (id) {
        id -> BigInt,
        file_name -> Text,
        sha256 -> Text,
        bytes -> Binary,
        form -> Text,
        encoding -> Text,
        rules_version -> Text,
        submitted_by -> Text,
        recorded_at -> Timestamp,
        synthetic -> Bool,
        row_count -> BigInt,
    }
}

diesel::table! {
    withdrawals (id) {
        id -> BigInt,
        submission_id -> BigInt,
        withdrawn -> Bool,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        reason -> Text,
    }
}

diesel::table! {
    counts (submission_id, line) {
        submission_id -> BigInt,
        line -> BigInt,
        unit_id -> Text,
        sub_unit -> Text,
        as_of -> Date,
        record_type -> SmallInt,
        route -> SmallInt,
        count_unit -> SmallInt,
        total -> Nullable<BigInt>,
        scanned -> Nullable<BigInt>,
        entered -> Nullable<BigInt>,
        checked -> Nullable<BigInt>,
        approved -> Nullable<BigInt>,
        transferred -> Nullable<BigInt>,
        returned -> Nullable<BigInt>,
        approximate -> SmallInt,
        note -> Nullable<Text>,
        difficulty -> Nullable<Text>,
    }
}

diesel::table! {
    reconciliations (submission_id, line) {
        submission_id -> BigInt,
        line -> BigInt,
        unit_id -> Text,
        week_of -> Date,
        record_type -> SmallInt,
        stage -> Text,
        rule_set -> Text,
        population_as_of -> Nullable<Date>,
        records -> BigInt,
        subjects -> BigInt,
        same -> BigInt,
        same_variant -> BigInt,
        differs -> BigInt,
        unsure -> BigInt,
        not_found -> BigInt,
        not_compared -> BigInt,
    }
}

diesel::table! {
    published_figures (submission_id, line) {
        submission_id -> BigInt,
        line -> BigInt,
        as_of -> Date,
        unit_id -> Nullable<Text>,
        record_type -> Text,
        measure -> Text,
        value -> Text,
        count_unit -> Text,
        approximation -> Text,
        note -> Text,
        source -> Text,
    }
}

diesel::table! {
    deadlines (id) {
        id -> BigInt,
        unit_id -> Nullable<Text>,
        due_on -> Date,
        announced_on -> Date,
        kind -> Text,
        source_vi -> Text,
        source_en -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    drafts (sha256) {
        sha256 -> Text,
        file_name -> Text,
        bytes -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    packs (id) {
        id -> BigInt,
        cutoff -> Text,
        known_on -> Timestamp,
        units -> Text,
        language -> Text,
        least_percent -> BigInt,
        issuer -> Text,
        version -> Text,
        complete -> Bool,
        sha256 -> Text,
        archive_sha256 -> Text,
        archive -> Binary,
        issued_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    answers (submission_id, place) {
        submission_id -> BigInt,
        place -> BigInt,
        question_id -> Text,
        rule -> Text,
        unit_id -> Nullable<Text>,
        as_of -> Nullable<Date>,
        about_vi -> Text,
        about_en -> Text,
        asked_vi -> Text,
        asked_en -> Text,
        answer -> Text,
    }
}

diesel::joinable!(answers -> submissions (submission_id));
diesel::joinable!(counts -> submissions (submission_id));
diesel::joinable!(reconciliations -> submissions (submission_id));
diesel::joinable!(published_figures -> submissions (submission_id));
diesel::allow_tables_to_appear_in_same_query!(
    answers,
    counts,
    published_figures,
    reconciliations,
    submissions,
    withdrawals
);
