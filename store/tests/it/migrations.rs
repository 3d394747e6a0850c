//! The two trees of migrations.

use std::collections::BTreeSet;
use std::path::Path;

fn folders(tree: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../migrations")
        .join(tree);
    std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn both_trees_have_the_same_folders_with_a_way_up_and_down() {
    let sqlite = folders("sqlite");
    assert_eq!(sqlite, folders("postgres"));
    assert!(!sqlite.is_empty());
    for tree in ["sqlite", "postgres"] {
        for folder in folders(tree) {
            for file in ["up.sql", "down.sql"] {
                let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../migrations")
                    .join(tree)
                    .join(&folder)
                    .join(file);
                assert!(
                    std::fs::read_to_string(&path).unwrap().len() > 5,
                    "{}",
                    path.display()
                );
            }
        }
    }
}
