//! Suggestions for a mistyped word: the known words with the fewest letters to change.

/// How many letters must be inserted, removed or replaced to turn one word into the other (Levenshtein's distance).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut above_left = place;
        let mut left = place + 1;
        for (cell, letter_below) in row.iter_mut().skip(1).zip(&other) {
            let replaced = above_left + usize::from(letter != *letter_below);
            above_left = *cell;
            *cell = replaced.min(left + 1).min(above_left + 1);
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = place + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The largest word that is compared letter by letter; a longer one is no mistyped name.
const LONGEST: usize = 60;

/// Up to three known words near a word, the nearest first; empty where nothing is near.
///
/// Near means a third of the letters or fewer, at least two. Known words are pairs of a folded key and what it stands for;
/// of several keys of one thing the nearest counts.
pub(crate) fn nearest<'a, T: Ord + 'a>(
    word: &str,
    known: impl Iterator<Item = (&'a str, T)>,
) -> Vec<T> {
    let letters = word.chars().count();
    if letters == 0 || letters > LONGEST {
        return Vec::new();
    }
    let reach = (letters / 3).max(2).min(letters - 1);
    let mut near: Vec<(usize, T)> = known
        .map(|(key, thing)| (distance(word, key), thing))
        .filter(|(away, _)| *away <= reach)
        .collect();
    near.sort();
    let mut nearest: Vec<T> = Vec::new();
    for (_, thing) in near {
        if nearest.len() < 3 && !nearest.contains(&thing) {
            nearest.push(thing);
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_changed_letters() {
        assert_eq!(distance("hanoi", "hanoi"), 0);
        assert_eq!(distance("hanoi", "hanam"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn the_nearest_word_comes_first_and_far_words_do_not_come() {
        let known = ["hanoi", "hanam", "camau", "hanoi"];
        let found = nearest("hanoj", known.iter().map(|word| (*word, *word)));
        assert_eq!(found, ["hanoi", "hanam"]);
        let found = nearest("hanam", known.iter().map(|word| (*word, *word)));
        assert_eq!(found, ["hanam", "hanoi"]);
        assert!(nearest("xyz", known.iter().map(|word| (*word, *word))).is_empty());
    }
}
