//! Finds things with the same key among millions without keeping the keys.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The first thing of each key, by its place in a list: sixteen bytes a key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    first: HashMap<u64, usize>,
}

impl Index {
    /// The place of the first thing with a key; `None` where there is none.
    pub(crate) fn find<K: Hash + Eq>(&self, key: &K, key_of: impl Fn(usize) -> K) -> Option<usize> {
        let mut digest = digest_of(key);
        loop {
            let first = *self.first.get(&digest)?;
            if key_of(first) == *key {
                return Some(first);
            }
            digest = digest.wrapping_add(1);
        }
    }

    /// The place of the first thing with a key: the given one where none was there before.
    ///
    /// `key_of` gives the key of an earlier place, for two keys may share a digest.
    pub(crate) fn first_with<K: Hash + Eq>(
        &mut self,
        key: &K,
        place: usize,
        key_of: impl Fn(usize) -> K,
    ) -> usize {
        let mut digest = digest_of(key);
        loop {
            let first = *self.first.entry(digest).or_insert(place);
            if first == place || key_of(first) == *key {
                return first;
            }
            digest = digest.wrapping_add(1);
        }
    }
}

fn digest_of(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key whose digest is that of every other.
    #[derive(PartialEq, Eq)]
    struct Same(usize);

    impl Hash for Same {
        fn hash<H: Hasher>(&self, state: &mut H) {
            state.write_u8(0);
        }
    }

    #[test]
    fn keys_of_one_digest_are_told_apart() {
        let keys = [7, 8, 7, 9, 8, 9, 7];
        let mut index = Index::default();
        let firsts = keys
            .iter()
            .enumerate()
            .map(|(place, key)| index.first_with(&Same(*key), place, |place| Same(keys[place])));
        assert!(firsts.eq([0, 1, 0, 3, 1, 3, 0]));
        assert_eq!(index.find(&Same(9), |place| Same(keys[place])), Some(3));
        assert_eq!(index.find(&Same(5), |place| Same(keys[place])), None);
    }
}
