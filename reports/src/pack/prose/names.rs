//! Names of units in a sentence.

use store::domain::Language;

/// The first few names, and how many others there are.
pub(crate) fn listed(names: &[String], most: usize, language: Language) -> String {
    let first: Vec<&str> = names.iter().take(most).map(String::as_str).collect();
    let first = first.join(", ");
    match (names.len().saturating_sub(most), language) {
        (0, _) => first,
        (more, Language::Vi) => format!("{first} và {more} địa phương khác"),
        (1, Language::En) => format!("{first} and 1 other"),
        (more, Language::En) => format!("{first} and {more} others"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_names_than_fit_are_counted() {
        let names: Vec<String> = ["A", "B", "C", "D"].map(str::to_owned).into();
        assert_eq!(listed(&names, 4, Language::Vi), "A, B, C, D");
        assert_eq!(listed(&names, 3, Language::En), "A, B, C and 1 other");
        assert_eq!(listed(&names, 2, Language::Vi), "A, B và 2 địa phương khác");
        assert_eq!(listed(&[], 2, Language::En), "");
    }
}
