//! The rows of a file by the part of work that they are about: from each row to the one before it in time.

use store::domain::CountRow;

use crate::forms::ReadRow;
use crate::history::PartOfWork;
use crate::index::{Index, list_place, short_place};

/// No row.
const NONE: u32 = u32::MAX;

/// For each row the one of the same part of work that is sound and was the last of its day, on the latest day before.
///
/// Rows are gone through in the order of the file. Those before them then follow each other in the file too, whether it goes
/// week by week or commune by commune, so that millions of rows are compared without jumping about in memory. Four bytes a row.
#[derive(Clone, Debug)]
pub(crate) struct Chains {
    before: Vec<u32>,
    /// Rows that give a stage which the row before them in time does not give, or have none before them, in the order of the file.
    pub(crate) more: Vec<u32>,
    /// Rows about a part and a day that an earlier row is about, and that row, in the order of the file.
    pub(crate) twins: Vec<(usize, usize)>,
}

/// The rows of a part that were met so far.
#[derive(Clone, Copy)]
struct Met {
    /// The latest.
    last: u32,
    /// The first of its day.
    first_of_day: u32,
    /// The latest that is sound.
    sound: u32,
}

impl Chains {
    pub(crate) fn of(rows: &[ReadRow<CountRow>]) -> Self {
        let (parts, number) = parts_of(rows);
        let in_file = 0..short_place(rows.len());
        Self::linked(rows, (&parts, number), in_file.clone()).unwrap_or_else(|| {
            let mut order: Vec<u32> = in_file.collect();
            let key = |place: &u32| {
                let place = list_place(*place);
                (parts.get(place), rows.get(place).map(|row| row.value.as_of))
            };
            order.sort_by_key(key);
            let mut chains = Self::linked(rows, (&parts, number), order.into_iter());
            if let Some(chains) = &mut chains {
                chains.more.sort_unstable();
                chains.twins.sort_unstable();
            }
            chains.unwrap_or_else(|| Self {
                before: Vec::new(),
                more: Vec::new(),
                twins: Vec::new(),
            })
        })
    }

    /// Links rows in an order; `None` where the days of a part do not rise in it.
    fn linked(
        rows: &[ReadRow<CountRow>],
        (parts, number): (&[u32], usize),
        order: impl Iterator<Item = u32>,
    ) -> Option<Self> {
        let unmet = Met {
            last: NONE,
            first_of_day: NONE,
            sound: NONE,
        };
        let mut met = vec![unmet; number];
        let mut before = vec![NONE; rows.len()];
        let (mut more, mut twins) = (Vec::new(), Vec::new());
        for place in order {
            let at = list_place(place);
            let row = rows.get(at)?;
            let met = met.get_mut(list_place(*parts.get(at)?))?;
            let last_day = rows.get(list_place(met.last)).map(|row| row.value.as_of);
            if last_day.is_some_and(|last| last > row.value.as_of) {
                return None;
            }
            let link = if last_day == Some(row.value.as_of) {
                twins.push((at, list_place(met.first_of_day)));
                *before.get(list_place(met.last))?
            } else {
                met.first_of_day = place;
                met.sound
            };
            *before.get_mut(at)? = link;
            let counts = rows.get(list_place(link)).map(|row| row.value.counts);
            if !counts.is_some_and(|before| before.gives_all_of(&row.value.counts)) {
                more.push(place);
            }
            met.last = place;
            if !row.flawed {
                met.sound = place;
            }
        }
        Some(Self {
            before,
            more,
            twins,
        })
    }

    /// The sound rows of a row's part of work on the days before it, one a day, the latest first.
    pub(crate) fn before<'r>(
        &'r self,
        rows: &'r [ReadRow<CountRow>],
        place: usize,
    ) -> impl Iterator<Item = &'r CountRow> {
        let mut place = place;
        std::iter::from_fn(move || {
            place = list_place(*self.before.get(place)?);
            Some(&rows.get(place)?.value)
        })
    }
}

/// For each row the number of the part of work that it is about, and how many parts there are.
fn parts_of(rows: &[ReadRow<CountRow>]) -> (Vec<u32>, usize) {
    let mut index = Index::default();
    let part_of = |place: usize| rows.get(place).map(|row| PartOfWork::of(&row.value));
    // The first row about each part.
    let mut first: Vec<u32> = Vec::new();
    let mut parts: Vec<u32> = Vec::with_capacity(rows.len());
    let mut last = 0;
    for place in 0..rows.len() {
        let part = part_of(place);
        let of_number = |number: usize| part_of(list_place(*first.get(number)?));
        // Most rows are about the part of the row before, or about the one that followed that part in an earlier week.
        let mut likely = [last, last + 1].into_iter();
        let found = likely.find(|number| of_number(*number) == part);
        last = found.unwrap_or_else(|| index.first_with(&part, first.len(), of_number));
        if last == first.len() {
            first.push(short_place(place));
        }
        parts.push(short_place(last));
    }
    (parts, first.len())
}

/// What of some rows is the same for most that follow each other, without the repetitions that do.
pub(crate) fn changes<T: PartialEq + Copy>(
    values: impl Iterator<Item = T>,
) -> impl Iterator<Item = T> {
    let mut last = None;
    values.filter(move |value| last.replace(*value) != Some(*value))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;
    use store::domain::{CountUnit, RecordType, Route, StageCounts, UnitId};

    use super::*;
    use crate::sheet::Place;

    fn row(name: &str, as_of: &str, flawed: bool) -> ReadRow<CountRow> {
        ReadRow {
            place: Place::new(1, 0),
            flawed,
            value: CountRow {
                line: 1,
                unit: UnitId::parse("p24").unwrap(),
                sub_unit: Some(Arc::from(name)),
                as_of: as_of.parse().unwrap(),
                record_type: RecordType::All,
                route: Route::All,
                count_unit: CountUnit::Record,
                counts: StageCounts::default(),
                note: None,
                difficulty: None,
            },
        }
    }

    fn before(chains: &Chains, rows: &[ReadRow<CountRow>], place: usize) -> Vec<NaiveDate> {
        chains.before(rows, place).map(|row| row.as_of).collect()
    }

    #[test]
    fn earlier_rows_are_found_in_any_order_of_the_file() {
        let rows = [
            row("a", "2025-02-02", false),
            row("b", "2025-02-09", false),
            row("a", "2025-02-09", true),
            row("a", "2025-02-16", false),
            row("a", "2025-02-16", false),
            row("a", "2025-02-23", false),
        ];
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let chains = Chains::of(&rows);
        assert_eq!(chains.twins, [(4, 3)]);
        assert_eq!(chains.more, [0, 1], "the first of each");
        assert_eq!(before(&chains, &rows, 4), [day("2025-02-02")]);
        let all = [day("2025-02-16"), day("2025-02-02")];
        assert_eq!(before(&chains, &rows, 5), all, "without the flawed one");

        let reversed: Vec<_> = rows.into_iter().rev().collect();
        let chains = Chains::of(&reversed);
        assert_eq!(chains.twins, [(2, 1)]);
        assert_eq!(chains.more, [4, 5]);
        assert_eq!(before(&chains, &reversed, 0), all);
        assert_eq!(before(&chains, &reversed, 4), [] as [NaiveDate; 0]);
    }

    #[test]
    fn values_that_follow_themselves_are_told_once() {
        assert!(changes([1, 1, 2, 1, 1].into_iter()).eq([1, 2, 1]));
    }
}
