//! Counts physical lines: a line ends with CR LF, LF or CR, inside quotation marks too.

/// Gives the line of byte offsets that are asked for in rising order.
#[derive(Debug)]
pub(crate) struct LineCounter<'a> {
    bytes: &'a [u8],
    place: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            place: 0,
            line: 1,
        }
    }

    /// The line, from 1, of a byte; never before the line given last.
    pub(crate) fn line_at(&mut self, place: usize) -> u64 {
        if let Some(passed) = self.bytes.get(self.place..place) {
            let next = self.bytes.get(place).copied();
            self.line += breaks(passed, next);
            self.place = place;
        }
        self.line
    }
}

/// How many lines end in some bytes; a CR before LF is no end of its own, wherever the LF is.
pub(crate) fn breaks(bytes: &[u8], next: Option<u8>) -> u64 {
    if !bytes.contains(&b'\r') {
        return bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum();
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
        let mut lines = LineCounter::new(b"a\r\nb\nc\rd");
        assert_eq!(lines.line_at(0), 1);
        assert_eq!(lines.line_at(2), 1);
        assert_eq!(lines.line_at(3), 2);
        assert_eq!(lines.line_at(5), 3);
        assert_eq!(lines.line_at(7), 4);
        assert_eq!(lines.line_at(99), 4);
    }
}
