//! Line numbers as a receipt shows them: runs, and no more than can be read.

/// How many runs of lines are written out.
const RUNS_SHOWN: usize = 200;

/// Rising line numbers, shown as `3–5, 8`.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub(crate) count: u64,
    runs: Vec<(u64, u64)>,
    /// How many lines are in no run that is shown.
    beyond: u64,
}

impl Lines {
    pub(crate) fn push(&mut self, line: u64) {
        self.count += 1;
        let is_full = self.runs.len() >= RUNS_SHOWN;
        match self.runs.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ if is_full => self.beyond += 1,
            _ => self.runs.push((line, line)),
        }
    }
}

impl std::fmt::Display for Lines {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, (first, last)) in self.runs.iter().enumerate() {
            let between = if number == 0 { "" } else { ", " };
            write!(formatter, "{between}{first}")?;
            if first < last {
                write!(formatter, "–{last}")?;
            }
        }
        match self.beyond {
            0 => Ok(()),
            beyond => write!(formatter, " … (+{beyond})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_numbers_are_written_as_ranges() {
        let shown = |lines: &[u64]| {
            let mut written = Lines::default();
            lines.iter().for_each(|line| written.push(*line));
            written.to_string()
        };
        assert_eq!(shown(&[3]), "3");
        assert_eq!(shown(&[3, 4, 5, 8, 10, 11]), "3–5, 8, 10–11");
        let many: Vec<u64> = (0..300).map(|line| line * 2).collect();
        assert!(shown(&many).ends_with("396, 398 … (+100)"));
    }
}
