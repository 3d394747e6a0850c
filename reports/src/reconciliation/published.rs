//! Small cells: a count of one adoption in one province in one week can be a person.

use store::domain::Count;

/// The largest count that is not shown: 1 to 4. Zero says that there was nobody, and is shown.
///
/// # Source
/// Five is the least cell that statistical offices commonly publish, as Eurostat's manual on disclosure control has it;
/// reconciliation.md 5 asks for suppression without a number.
pub const LARGEST_SMALL_CELL: i64 = 4;

/// A count as it may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The count.
    Shown(Count),
    /// Too small to be shown, or hidden because the total would give a small one away.
    Hidden,
}

/// Returns the parts of a total as they may be published beside it.
///
/// Where exactly one part is small, the total less the others would tell it, so the least of the others is hidden as well.
#[must_use]
pub fn publish(parts: &[Count]) -> Vec<Cell> {
    let small = |count: &Count| (1..=LARGEST_SMALL_CELL).contains(&count.to_i64());
    let mut hidden: Vec<bool> = parts.iter().map(small).collect();
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let others = parts.iter().enumerate();
        let others = others.filter(|(place, count)| !hidden[*place] && **count > Count::ZERO);
        if let Some((place, _)) = others.min_by_key(|(_, count)| **count) {
            hidden[place] = true;
        }
    }
    let cells = parts.iter().zip(hidden);
    cells
        .map(|(count, hidden)| {
            if hidden {
                Cell::Hidden
            } else {
                Cell::Shown(*count)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parts: &[i64]) -> Vec<i64> {
        let counts: Vec<Count> = parts
            .iter()
            .map(|part| Count::from_i64(*part).unwrap())
            .collect();
        let cells = publish(&counts).into_iter().map(|cell| match cell {
            Cell::Shown(count) => count.to_i64(),
            Cell::Hidden => -1,
        });
        cells.collect()
    }

    #[test]
    fn a_small_cell_is_hidden_and_no_total_gives_it_away() {
        assert_eq!(shown(&[100, 5, 0, 20]), [100, 5, 0, 20]);
        assert_eq!(shown(&[100, 4, 0, 20]), [100, -1, 0, -1]);
        assert_eq!(shown(&[100, 4, 1, 20]), [100, -1, -1, 20]);
        assert_eq!(shown(&[3]), [-1]);
    }
}
