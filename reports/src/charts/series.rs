//! Figures over time as charts take them, and how a line runs through them without inventing a value.

use chrono::NaiveDate;
use store::domain::{Count, Text};

/// A cumulative count on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedCount {
    /// The date the count is true for.
    pub as_of: NaiveDate,
    /// The count; `None` where nothing was reported, which is a gap in the line and never zero.
    pub value: Option<Count>,
}

/// What a forecast says about one date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FanPoint {
    /// The date.
    pub on: NaiveDate,
    /// One future in ten stays below this count.
    pub p10: f64,
    /// The median.
    pub p50: f64,
    /// One future in ten goes above this count.
    pub p90: f64,
}

/// A day with a name, such as a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// The day.
    pub on: NaiveDate,
    /// What it is, in a few words.
    pub name: Text,
}

/// A stretch of days with a name, such as a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day.
    pub last_day: NaiveDate,
    /// What it is called.
    pub name: Text,
}

/// A figure that was published before, shown beside our own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPoint {
    /// The date it was true for.
    pub as_of: NaiveDate,
    /// The figure.
    pub value: Count,
    /// Where it was published, in a few words.
    pub label: Text,
}

/// A date and a value that is drawn.
pub(crate) type Dated = (NaiveDate, f64);

/// A line through the reported values, broken where nothing was reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Runs {
    /// The unbroken pieces, in order of dates; a piece may be a single value.
    pub(crate) pieces: Vec<Vec<Dated>>,
}

impl Runs {
    /// The pieces of a series, whatever the order of its points.
    pub(crate) fn of(series: &[DatedCount]) -> Self {
        let mut points = series.to_vec();
        points.sort_by_key(|point| point.as_of);
        let pieces = points
            .split(|point| point.value.is_none())
            .filter(|piece| !piece.is_empty())
            .map(|piece| {
                let value = |point: &DatedCount| Some((point.as_of, point.value?.to_f64()));
                piece.iter().filter_map(value).collect()
            })
            .collect();
        Self { pieces }
    }

    /// Every value, in order of dates.
    pub(crate) fn values(&self) -> impl Iterator<Item = Dated> + '_ {
        self.pieces.iter().flatten().copied()
    }

    /// The last value; `None` where nothing was ever reported.
    pub(crate) fn last(&self) -> Option<Dated> {
        self.values().last()
    }

    /// The last value before a day.
    pub(crate) fn last_before(&self, day: NaiveDate) -> Option<Dated> {
        self.values().take_while(|(on, _)| *on < day).last()
    }

    /// The two ends of each gap between pieces.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = (Dated, Dated)> + '_ {
        let pairs = self.pieces.iter().zip(self.pieces.iter().skip(1));
        pairs.filter_map(|(before, after)| Some((*before.last()?, *after.first()?)))
    }
}

/// How many dates of a series have no report.
pub(crate) fn unreported(series: &[DatedCount]) -> usize {
    series.iter().filter(|point| point.value.is_none()).count()
}

/// The last reported count of a series with its date.
pub(crate) fn last_count(series: &[DatedCount]) -> Option<(NaiveDate, Count)> {
    series
        .iter()
        .filter_map(|point| Some((point.as_of, point.value?)))
        .max_by_key(|(as_of, _)| *as_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 1, number).unwrap()
    }

    fn point(number: u32, value: Option<i64>) -> DatedCount {
        DatedCount {
            as_of: day(number),
            value: value.and_then(Count::from_i64),
        }
    }

    #[test]
    fn a_missing_report_breaks_the_line_and_is_no_zero() {
        let series = [
            point(19, Some(30)),
            point(5, Some(0)),
            point(12, None),
            point(26, Some(40)),
        ];
        let runs = Runs::of(&series);
        assert_eq!(
            runs.pieces,
            [vec![(day(5), 0.0)], vec![(day(19), 30.0), (day(26), 40.0)]]
        );
        let gaps: Vec<(Dated, Dated)> = runs.gaps().collect();
        assert_eq!(gaps, [((day(5), 0.0), (day(19), 30.0))]);
        assert_eq!(runs.last(), Some((day(26), 40.0)));
        assert_eq!(runs.last_before(day(19)), Some((day(5), 0.0)));
        assert_eq!(unreported(&series), 1);
        assert_eq!(
            last_count(&series),
            Some((day(26), Count::from_i64(40).unwrap()))
        );
    }

    #[test]
    fn nothing_reported_is_no_line_at_all() {
        let runs = Runs::of(&[point(5, None), point(12, None)]);
        assert_eq!(runs, Runs::default());
        assert_eq!(runs.last(), None);
        assert_eq!(last_count(&[]), None);
    }
}
