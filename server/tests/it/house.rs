//! The house: one direction, no circles, no room too large.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// Every Rust file below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The files below a folder of the workspace in which a word stands.
fn naming(folder: &str, word: &str) -> Vec<String> {
    let root = root();
    let files = rust_files(&root.join(folder)).into_iter();
    files
        .filter(|file| std::fs::read_to_string(file).unwrap().contains(word))
        .map(|file| file.strip_prefix(&root).unwrap().display().to_string())
        .collect()
}

#[test]
fn the_top_level_is_what_it_must_be() {
    let found: BTreeSet<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && name != "target" && name != "sohoa-demo")
        .collect();
    let expected = [
        "ARCHITECTURE.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "benches",
        "data",
        "loader",
        "migrations",
        "reports",
        "server",
        "store",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
}

#[test]
fn data_move_one_way() {
    assert!(naming("store/src", "loader::").is_empty());
    assert!(naming("store/src", "reports::").is_empty());
    assert!(naming("store/src", "server::").is_empty());
    assert!(naming("loader/src", "reports::").is_empty());
    assert!(naming("loader/src", "server::").is_empty());
    assert!(naming("reports/src", "loader::").is_empty());
    assert!(naming("reports/src", "server::").is_empty());
}

#[test]
fn only_the_archive_speaks_to_a_database() {
    for folder in ["loader/src", "reports/src", "server/src"] {
        assert!(naming(folder, "diesel").is_empty(), "{folder}");
    }
    let outside = naming("store/src", "diesel::");
    let outside: Vec<_> = outside
        .iter()
        .filter(|file| !file.starts_with("store/src/db/") && *file != "store/src/error.rs")
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn the_workshop_is_pure() {
    for word in [
        "std::fs",
        "std::env",
        "std::net",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "rand::rng",
    ] {
        let found = naming("reports/src", word);
        assert!(found.is_empty(), "{word}: {found:?}");
    }
}

#[test]
fn comparing_pairs_opens_files_only() {
    let root = root();
    let mut files = rust_files(&root.join("loader/src/comparison"));
    files.push(root.join("server/src/commands/reconcile.rs"));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        // Of the archive's crate only the words, which open nothing.
        let text = text.replace("store::domain::", "");
        for word in [
            "store::",
            "Store",
            "Database",
            "crate::state",
            "net::",
            "actix",
            "process::",
        ] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}

#[test]
fn no_room_is_too_large_and_none_is_nameless() {
    let root = root();
    for folder in ["store", "loader", "reports", "server", "benches"] {
        for file in rust_files(&root.join(folder)) {
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= 500, "{} has {lines} lines", file.display());
            let name = file.file_stem().unwrap().to_str().unwrap();
            let nameless = [
                "utils", "util", "common", "helpers", "types", "manager", "misc",
            ];
            assert!(!nameless.contains(&name), "{}", file.display());
        }
    }
}
