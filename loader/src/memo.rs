//! Remembers what texts were read as: names, dates and words repeat in a file a thousand times.

use hashbrown::HashMap;

/// How many texts are remembered at most: more than there are communes, and few enough for any file.
const MOST_TEXTS: usize = 1 << 15;

/// The longest text remembered, in bytes.
const LONGEST: usize = 400;

/// What the texts of a column were read as.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    known: HashMap<String, T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self {
            known: HashMap::new(),
        }
    }
}

impl<T: Clone> Memo<T> {
    /// What a text is read as. What could not be read is not remembered, so that it is found wrong at every place.
    pub(crate) fn read(&mut self, text: &str, read: impl FnOnce() -> Option<T>) -> Option<T> {
        if let Some(known) = self.known.get(text) {
            return Some(known.clone());
        }
        let value = read()?;
        if self.known.len() < MOST_TEXTS && text.len() <= LONGEST {
            self.known.insert(text.to_owned(), value.clone());
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_read_is_remembered() {
        let mut memo = Memo::default();
        assert_eq!(memo.read("a", || None), None);
        assert_eq!(memo.read("a", || Some(1)), Some(1));
        assert_eq!(memo.read("a", || Some(2)), Some(1));
        for number in 0..2 * MOST_TEXTS {
            memo.read(&number.to_string(), || Some(number));
        }
        assert_eq!(memo.known.len(), MOST_TEXTS);
    }
}
