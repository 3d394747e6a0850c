//! The rows of a ranking in their order, with what is written beside each bar.

use store::domain::{Count, Share};

use super::{Ranking, RankingRow};

/// What is known of a unit's share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// Its share.
    Share(Share),
    /// It never reported what it transferred.
    NotReported,
    /// It reported, but what it has to digitize is not known or zero.
    NoTotal,
}

/// A unit in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ranked<'a> {
    pub(super) row: &'a RankingRow,
    pub(super) standing: Standing,
    /// One more than the units with a larger share; `None` without a share.
    pub(super) rank: Option<usize>,
    pub(super) name: String,
    /// What is written at the end of the bar: the share, or why there is none.
    pub(super) label: String,
    /// The week of figures carried forward, as it is written.
    pub(super) carried: Option<String>,
}

impl Ranked<'_> {
    /// How long the dark part of the bar is; 1 is everything.
    pub(super) fn transferred(&self) -> Option<f64> {
        match self.standing {
            Standing::Share(share) => Some(share.to_f64()),
            Standing::NotReported | Standing::NoTotal => None,
        }
    }

    /// How far the light part of the bar reaches; `None` where nothing more is entered than transferred.
    pub(super) fn entered(&self) -> Option<f64> {
        let (entered, total) = (self.row.entered?, self.row.total?);
        let share = Share::of(entered, total)?.to_f64();
        (share > self.transferred()?).then_some(share)
    }

    /// Whether all is transferred.
    pub(super) fn is_done(&self) -> bool {
        matches!((self.row.transferred, self.row.total), (Some(done), Some(total))
            if total > Count::ZERO && done >= total)
    }
}

/// The units from the largest share to the smallest, and those without one after them.
pub(super) fn ranked(ranking: &Ranking) -> Vec<Ranked<'_>> {
    let language = ranking.caption.language;
    let mut rows: Vec<Ranked<'_>> = ranking
        .rows
        .iter()
        .map(|row| {
            let standing = standing(row);
            Ranked {
                row,
                standing,
                rank: None,
                name: row.name.in_language(language).to_owned(),
                label: match standing {
                    Standing::Share(share) => language.percent(share),
                    Standing::NotReported => {
                        language.pick("chưa báo cáo", "not reported").to_owned()
                    }
                    Standing::NoTotal => language.pick("chưa có tổng số", "no total").to_owned(),
                },
                carried: row
                    .carried_from
                    .filter(|_| standing != Standing::NotReported)
                    .map(|week| format!("{} {week}", language.pick("tuần", "week"))),
            }
        })
        .collect();
    rows.sort_by(|one, two| key(two).total_cmp(&key(one)));
    let shares: Vec<f64> = rows.iter().filter_map(Ranked::transferred).collect();
    for row in &mut rows {
        let larger = |own: f64| shares.iter().filter(|share| **share > own).count();
        row.rank = row.transferred().map(|own| larger(own) + 1);
    }
    rows
}

fn standing(row: &RankingRow) -> Standing {
    let Some(transferred) = row.transferred else {
        return Standing::NotReported;
    };
    row.total
        .and_then(|total| Share::of(transferred, total))
        .map_or(Standing::NoTotal, Standing::Share)
}

/// Larger comes first: every share before no total, and that before no report.
fn key(row: &Ranked<'_>) -> f64 {
    match row.standing {
        Standing::Share(share) => share.to_f64(),
        Standing::NoTotal => -1.0,
        Standing::NotReported => -2.0,
    }
}
