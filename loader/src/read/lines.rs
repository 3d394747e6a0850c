//! Counts physical lines: a line ends with CR LF, LF or CR, inside quotation marks too.

/// How many lines end in some bytes; a CR before LF is no end of its own, wherever the LF is.
pub(crate) fn breaks(bytes: &[u8], next: Option<u8>) -> u64 {
    if !bytes.contains(&b'\r') {
        let ends = memchr::memchr_iter(b'\n', bytes).count();
        return u64::try_from(ends).unwrap_or(u64::MAX);
    }
    let following = bytes.iter().copied().skip(1).map(Some).chain([next]);
    let ends = bytes
        .iter()
        .zip(following)
        .filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && *next != Some(b'\n')));
    ends.map(|_| 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = b"a\r\nb\nc\rd";
        for (place, line) in [(0, 1), (2, 1), (3, 2), (5, 3), (7, 4), (8, 4)] {
            let (passed, rest) = text.split_at(place);
            assert_eq!(1 + breaks(passed, rest.first().copied()), line, "{place}");
        }
    }
}
