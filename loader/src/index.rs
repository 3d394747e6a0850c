//! Finds things with the same key among millions without keeping the keys.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

/// The first thing of each key, by its place in a list: a dozen bytes a key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// The place of each, and the digest of its key, so that the table grows without the keys.
    first: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl Index {
    /// The place of the first thing with a key; `None` where there is none.
    ///
    /// `key_of` gives the key of an earlier place, for two keys may share a digest.
    pub(crate) fn find<K: Hash + Eq>(&self, key: &K, key_of: impl Fn(usize) -> K) -> Option<usize> {
        let digest = self.digest(key);
        let same = |(place, of): &(u32, u32)| *of == digest && key_of(list_place(*place)) == *key;
        let found = self.first.find(spread(digest), same);
        found.map(|(place, _)| list_place(*place))
    }

    /// The place of the first thing with a key: the given one where none was there before.
    pub(crate) fn first_with<K: Hash + Eq>(
        &mut self,
        key: &K,
        place: usize,
        key_of: impl Fn(usize) -> K,
    ) -> usize {
        let digest = self.digest(key);
        let same = |(place, of): &(u32, u32)| *of == digest && key_of(list_place(*place)) == *key;
        let entry = self
            .first
            .entry(spread(digest), same, |(_, of)| spread(*of));
        let own = (short_place(place), digest);
        list_place(entry.or_insert(own).get().0)
    }

    /// Half of the hash of a key: its other half is the first half again, spread.
    fn digest(&self, key: &impl Hash) -> u32 {
        let [a, b, c, d, ..] = self.hasher.hash_one(key).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

/// A hash of a digest. The factor is that of Fibonacci hashing, two to the 64th over the golden ratio (Knuth 1998, "The Art
/// of Computer Programming" 3, section 6.4).
fn spread(digest: u32) -> u64 {
    u64::from(digest).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A place in four bytes. No file has so many rows: at two bytes each it would be larger than any that is read.
pub(crate) fn short_place(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The place in a list again.
pub(crate) fn list_place(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::hash::Hasher;

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
