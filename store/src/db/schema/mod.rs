//! The tables as both databases have them. A test compares this file with the migrations of either.

mod people;

pub(super) use people::{
    account_changes, credentials, one_time_links, recovery_codes, sessions, token_revocations,
    tokens,
};

diesel::table! {
    letter_templates (id) {
        id -> BigInt,
        language -> Text,
        file_name -> Text,
        sha256 -> Text,
        document -> Binary,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    letters (id) {
        id -> BigInt,
        week_ending -> Date,
        known_on -> Timestamp,
        language -> Text,
        letter_count -> BigInt,
        template_sha256 -> Text,
        sha256 -> Text,
        archive_sha256 -> Text,
        archive -> Binary,
        issued_by -> Text,
        recorded_at -> Timestamp,
    }
}

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
        note -> Nullable<Text>,
        method -> Nullable<Text>,
        tool -> Nullable<Text>,
        cutoff_permille -> Nullable<SmallInt>,
        period_from -> Nullable<SmallInt>,
        period_to -> Nullable<SmallInt>,
        registry_as_of -> Nullable<Date>,
        first_time -> Nullable<BigInt>,
        again -> Nullable<BigInt>,
        id_before -> Nullable<BigInt>,
        id_added -> Nullable<BigInt>,
        id_changed -> Nullable<BigInt>,
        id_removed -> Nullable<BigInt>,
        id_inconsistent -> Nullable<BigInt>,
        worklist_sha256 -> Nullable<Text>,
        worklist_rows -> Nullable<BigInt>,
    }
}

diesel::table! {
    reconciliation_fields (submission_id, line, field) {
        submission_id -> BigInt,
        line -> BigInt,
        field -> Text,
        equal -> BigInt,
        variant -> BigInt,
        contradiction -> BigInt,
        only_registry -> BigInt,
        only_population -> BigInt,
        neither -> BigInt,
    }
}

diesel::table! {
    reconciliation_duplicates (submission_id, line, kind) {
        submission_id -> BigInt,
        line -> BigInt,
        kind -> Text,
        groups -> BigInt,
        records -> BigInt,
    }
}

diesel::table! {
    case_flows (submission_id, line, owner, kind, resolution) {
        submission_id -> BigInt,
        line -> BigInt,
        unit_id -> Text,
        record_type -> SmallInt,
        week_of -> Date,
        owner -> Text,
        #[sql_name = "move"]
        kind -> Text,
        resolution -> Text,
        n -> BigInt,
    }
}

diesel::table! {
    case_cohorts (submission_id, line, owner, opened_in) {
        submission_id -> BigInt,
        line -> BigInt,
        unit_id -> Text,
        record_type -> SmallInt,
        week_of -> Date,
        owner -> Text,
        opened_in -> Date,
        n -> BigInt,
    }
}

diesel::table! {
    sync_statements (submission_id, line) {
        submission_id -> BigInt,
        line -> BigInt,
        unit_id -> Text,
        record_type -> SmallInt,
        as_of -> Date,
        registry_total -> BigInt,
        population_linked -> BigInt,
        in_transit -> BigInt,
        rejected -> BigInt,
        no_number_yet -> BigInt,
        died_or_left -> BigInt,
        registered_elsewhere -> BigInt,
        duplicate_in_registry -> BigInt,
        other_explained -> BigInt,
        unexplained -> BigInt,
    }
}

diesel::table! {
    sync_exchanges (submission_id, line, direction) {
        submission_id -> BigInt,
        line -> BigInt,
        direction -> Text,
        sent -> BigInt,
        acknowledged -> BigInt,
        refused -> BigInt,
        pending -> BigInt,
    }
}

diesel::table! {
    rule_sets (id) {
        id -> BigInt,
        name -> Text,
        sha256 -> Text,
        effective_from -> Date,
        retired_on -> Nullable<Date>,
        comparable_with -> Nullable<Text>,
        recorded_at -> Timestamp,
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
    campaigns (id) {
        id -> BigInt,
        unit_id -> Nullable<Text>,
        first_day -> Date,
        last_day -> Date,
        name_vi -> Text,
        name_en -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
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
    forecasts (id) {
        id -> BigInt,
        as_of -> Date,
        known_on -> Timestamp,
        view -> Text,
        method -> Text,
        data_sha256 -> Text,
        document -> Text,
        issued_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    drafts (sha256, owner) {
        sha256 -> Text,
        owner -> Text,
        file_name -> Text,
        bytes -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    idempotency_keys (sha256) {
        sha256 -> Text,
        request_sha256 -> Text,
        status -> Nullable<Integer>,
        location -> Nullable<Text>,
        body -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    units (id) {
        id -> Text,
    }
}

diesel::table! {
    backups (sha256) {
        sha256 -> Text,
        entries -> BigInt,
        finished_at -> Timestamp,
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

diesel::table! {
    difficulty_moves (id) {
        id -> BigInt,
        unit_id -> Text,
        difficulty_sha256 -> Text,
        state -> Text,
        owner -> Text,
        note -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    exemptions (id) {
        id -> BigInt,
        unit_id -> Text,
        first_day -> Date,
        last_day -> Date,
        reason -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    audit_lots (id) {
        id -> BigInt,
        unit_id -> Text,
        record_type -> SmallInt,
        period_from -> Nullable<SmallInt>,
        period_to -> Nullable<SmallInt>,
        contractor -> Text,
        against -> Text,
        list_sha256 -> Text,
        entries -> BigInt,
        acceptable_permille -> BigInt,
        limiting_permille -> BigInt,
        tightened -> Bool,
        size -> BigInt,
        acceptance -> BigInt,
        again -> Nullable<BigInt>,
        rejected_before -> BigInt,
        frozen_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    audit_seeds (id) {
        id -> BigInt,
        lot_id -> BigInt,
        random -> Text,
        seed -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    audit_results (id) {
        id -> BigInt,
        lot_id -> BigInt,
        contractor -> Text,
        size -> BigInt,
        acceptance -> BigInt,
        rejected_before -> BigInt,
        critical -> BigInt,
        major -> BigInt,
        minor -> BigInt,
        defective -> BigInt,
        unreadable -> BigInt,
        accepted -> Bool,
        recheck_all -> Bool,
        inspector -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::joinable!(answers -> submissions (submission_id));
diesel::joinable!(counts -> submissions (submission_id));
diesel::joinable!(reconciliations -> submissions (submission_id));
diesel::joinable!(case_flows -> submissions (submission_id));
diesel::joinable!(case_cohorts -> submissions (submission_id));
diesel::joinable!(sync_statements -> submissions (submission_id));
diesel::joinable!(published_figures -> submissions (submission_id));
diesel::allow_tables_to_appear_in_same_query!(
    answers,
    case_cohorts,
    case_flows,
    counts,
    published_figures,
    reconciliations,
    submissions,
    sync_statements,
    withdrawals
);
diesel::allow_tables_to_appear_in_same_query!(audit_lots, audit_results, audit_seeds, log);
