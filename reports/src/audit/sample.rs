//! Which entries of a lot are looked at. The province cannot choose them, and anybody can work them out again.

use store::domain::Digest;

/// Returns the rank of an entry: the SHA-256 digest of the seed and the pointer.
///
/// The bytes that are digested are the seed in 64 lower-case hexadecimal digits, a line feed, and the pointer in UTF-8 as
/// it stands in the frozen list, without its line end. `printf '%s\n%s' "$SEED" "$POINTER" | sha256sum` prints the same.
#[must_use]
pub fn rank(seed: Digest, pointer: &str) -> Digest {
    Digest::of(format!("{seed}\n{pointer}").as_bytes())
}

/// Returns the places, from 0 and in order, of the entries in the sample: the `size` least by rank, then by place.
#[must_use]
pub fn sample(seed: Digest, pointers: &[&str], size: usize) -> Vec<usize> {
    let ranks = pointers.iter().enumerate();
    let mut ranked: Vec<(Digest, usize)> = ranks
        .map(|(place, pointer)| (rank(seed, pointer), place))
        .collect();
    ranked.sort_unstable();
    let mut places: Vec<usize> = ranked
        .into_iter()
        .take(size)
        .map(|(_, place)| place)
        .collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_the_same_for_everybody() {
        let seed = Digest::of(b"seed");
        let pointers: Vec<String> = (1..=1000)
            .map(|entry| format!("KS.1985.01/{entry}"))
            .collect();
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let chosen = sample(seed, &pointers, 20);
        assert_eq!(chosen.len(), 20);
        assert!(chosen.is_sorted());
        let last = chosen
            .iter()
            .map(|place| rank(seed, pointers[*place]))
            .max();
        let others = (0..1000).filter(|place| !chosen.contains(place));
        assert!(others.map(|place| rank(seed, pointers[place])).min() > last);
        assert_ne!(chosen, sample(Digest::of(b"other"), &pointers, 20));
        assert_eq!(sample(seed, &pointers, 5_000).len(), 1000);
        // printf '%s\n%s' "$(printf abc | sha256sum | cut -c1-64)" KS.1985.01/7 | sha256sum
        let seed = Digest::of(b"abc");
        let text = format!("{seed}\nKS.1985.01/7");
        assert_eq!(rank(seed, "KS.1985.01/7"), Digest::of(text.as_bytes()));
    }
}
